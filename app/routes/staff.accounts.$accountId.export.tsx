import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportAccount } from "~/accounts/account-closings.server";
import { archiveAnswer, zipped } from "~/accounts/archive.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { mayManageAccounts } from "~/accounts/staff-account";
import { notThere } from "~/accounts/staff-answers.server";
import { filesToHandOver } from "~/ideas/idea-handover.server";
import { requireId } from "~/kernel/params";

/** The account's data and files as one archive. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  if (!mayManageAccounts(staff)) throw notThere();
  await requireRecentProof(context, { back: `/staff/accounts/${id}/close` });
  const made = await exportAccount(staff, id);
  if (!made) throw notThere();
  return archiveAnswer(made.name, zipped(made.texts, await filesToHandOver(staff, id)));
}
