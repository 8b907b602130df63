import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportPerson } from "~/accounts/person-data.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { mayManageAccounts } from "~/accounts/staff-account";
import { notThere } from "~/accounts/staff-answers.server";
import { requireId } from "~/kernel/params";

/** Everything that names a person, as one document. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const [accountId, id] = [requireId(params, "accountId"), requireId(params, "personId")];
  if (!mayManageAccounts(staff)) throw notThere();
  await requireRecentProof(context, { back: `/staff/accounts/${accountId}/people/${id}` });
  const made = await exportPerson(staff, accountId, id);
  if (made === undefined) throw notThere();
  return new Response(made, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="person.json"',
      "Cache-Control": "no-store",
    },
  });
}
