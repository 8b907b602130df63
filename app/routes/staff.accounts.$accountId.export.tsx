import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportAccount } from "~/accounts/account-closings.server";
import { requireStaff } from "~/accounts/session.server";
import { notThere } from "~/accounts/staff-answers.server";
import { requireId } from "~/kernel/params";

/** The account's data as one archive. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const made = await exportAccount(staff, requireId(params, "accountId"));
  if (!made) throw notThere();
  return new Response(new Uint8Array(made.archive), {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="account.zip"; filename*=UTF-8''${encodeURIComponent(made.name)}.zip`,
      "Cache-Control": "no-store",
    },
  });
}
