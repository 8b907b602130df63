import type { LoaderFunctionArgs } from "@remix-run/node";
import { archiveAnswer, zipped } from "~/accounts/archive.server";
import { exportPerson } from "~/accounts/person-data.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { mayManageAccounts } from "~/accounts/staff-account";
import { notThere } from "~/accounts/staff-answers.server";
import { filesToHandOver } from "~/ideas/idea-handover.server";
import { requireId } from "~/kernel/params";

/** Everything that names a person, and the files they sent, as one archive. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const [accountId, id] = [requireId(params, "accountId"), requireId(params, "personId")];
  if (!mayManageAccounts(staff)) throw notThere();
  await requireRecentProof(context, { back: `/staff/accounts/${accountId}/people/${id}` });
  const made = await exportPerson(staff, accountId, id);
  if (made === undefined) throw notThere();
  const files = await filesToHandOver(staff, accountId, id);
  return archiveAnswer("person", zipped([["person.json", made]], files));
}
