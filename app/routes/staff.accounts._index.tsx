import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { accountFilter } from "~/accounts/staff-account.schema";
import { listAccounts } from "~/accounts/staff-accounts.server";
import { StaffAccountListPage } from "~/accounts/ui/staff-account-list-page";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { after, ...filter } = accountFilter(request.url);
  const { mayManage, ...accounts } = await listAccounts(staff, { ...filter, after });
  const title = translatorOf(context.locale)("staffAccounts.list.title");
  return { accounts, filter, mayManage, further: after !== null, title };
}

export default function StaffAccounts() {
  const { accounts, filter, mayManage, further } = useLoaderData<typeof loader>();
  return <StaffAccountListPage accounts={accounts} filter={filter} mayManage={mayManage} further={further} />;
}
