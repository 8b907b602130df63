import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportAccount } from "~/accounts/account-closings.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { mayManageAccounts } from "~/accounts/staff-account";
import { notThere } from "~/accounts/staff-answers.server";
import { requireId } from "~/kernel/params";

/** The account's data as one archive. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  if (!mayManageAccounts(staff)) throw notThere();
  await requireRecentProof(context, { back: `/staff/accounts/${id}/close` });
  const made = await exportAccount(staff, id);
  if (!made) throw notThere();
  return new Response(new Uint8Array(made.archive), {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="account.zip"; filename*=UTF-8''${encodeURIComponent(made.name)}.zip`,
      "Cache-Control": "no-store",
    },
  });
}
