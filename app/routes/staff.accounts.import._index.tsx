import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { checkImport } from "~/accounts/account-imports.server";
import { requireStaff } from "~/accounts/session.server";
import { mayManageAccounts } from "~/accounts/staff-account";
import { type FileWhy, StaffAccountImportPage } from "~/accounts/ui/staff-account-import-pages";
import { readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const forbidden = () => new Response(null, { status: 403, statusText: "Forbidden" });

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  if (!mayManageAccounts(staff)) throw forbidden();
  return { title: translatorOf(context.locale)("staffAccounts.import.title") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const file = (await readForm(request)).get("file");
  if (!(file instanceof File) || file.size === 0) return data({ why: "no-file" as FileWhy }, 422);
  const outcome = await checkImport(staff, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  if (outcome.ok) return redirect(`/staff/accounts/import/${outcome.id}`);
  if (outcome.why === "not-yours") throw forbidden();
  return data({ why: outcome.why as FileWhy }, 422);
}

export default function ImportAccounts() {
  const answer = useActionData<typeof action>();
  return <StaffAccountImportPage why={answer?.why ?? null} />;
}
