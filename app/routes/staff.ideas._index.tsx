import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { listFilter } from "~/ideas/idea.schema";
import { listStaffIdeas } from "~/ideas/idea-lists.server";
import { StaffIdeaListPage } from "~/ideas/ui/staff-idea-list-page";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { after, ...filter } = listFilter(request.url);
  const { account, ...ideas } = await listStaffIdeas(staff, { ...filter, after });
  const title = translatorOf(context.locale)("ideas.staff.list");
  return { ideas, account, filter, further: after !== null, title };
}

export default function StaffIdeas() {
  const { ideas, account, filter, further } = useLoaderData<typeof loader>();
  useLive(["ideas"]);
  return <StaffIdeaListPage ideas={ideas} account={account} filter={filter} further={further} />;
}
