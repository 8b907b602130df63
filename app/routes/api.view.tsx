import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { homeOf } from "~/accounts/account";
import { leaveView, viewCookie } from "~/accounts/account-views.server";
import { requirePerson } from "~/accounts/session.server";

/** Ends looking at the portal as a customer, and leads back to the account. */
export async function action({ context }: ActionFunctionArgs) {
  const actor = await requirePerson(context);
  const viewing = context.visitor.actor ? context.visitor.viewing : undefined;
  if (!viewing) return redirect(homeOf(actor.side));
  await leaveView(viewing.staff);
  return redirect(`/staff/accounts/${viewing.accountId}`, { headers: { "Set-Cookie": viewCookie(null) } });
}
