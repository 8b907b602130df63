import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { env } from "~/kernel/env.server";
import { recordEvent } from "~/kernel/events.server";
import { currentView, endView, startView } from "./account.queries.server";
import { mayViewAs } from "./staff-account";
import type { Visitor } from "./visitor";

/** The door to looking at the portal as a customer. */

/** Begins a view for this session and notes it. Out: the view's id; null when there is no such account. */
export function beginView(
  staff: StaffActor,
  accountId: string,
  sessionId: string,
): Promise<{ ok: true; id: string } | { ok: false; why: "not-yours" | "not-found" }> {
  return asActor(staff, async (tx) => {
    if (!mayViewAs(staff)) return { ok: false, why: "not-yours" };
    const id = await startView(tx, accountId, sessionId);
    if (!id) return { ok: false, why: "not-found" };
    await recordEvent(
      tx,
      staff,
      "account.viewed",
      { kind: "account", id: accountId, accountId },
      { view: id },
      null,
      "staff",
    );
    return { ok: true, id };
  });
}

/** Ends whatever view the member of staff has. */
export function leaveView(staff: StaffActor): Promise<void> {
  return asActor(staff, endView);
}

const VIEW_COOKIE_VALUE = /(?:^|;\s*)tandem-view=([0-9a-f-]{36})(?:;|$)/;
const NOBODYS_ID = "00000000-0000-0000-0000-000000000000";

/** The view that a request's cookies name, whosever it is. */
export function viewNamed(cookieHeader: string): string | undefined {
  return VIEW_COOKIE_VALUE.exec(cookieHeader)?.[1];
}

/** The Set-Cookie value of a view; null takes it away. It names the view alone, which is of no use without its session. */
export function viewCookie(view: string | null): string {
  const secure = env().APP_ORIGIN.startsWith("https:") ? "; Secure" : "";
  return `tandem-view=${view ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${view ? 30 * 60 : 0}${secure}`;
}

/** The visitor as the customer they look as; null when that view has ended, or was never theirs. */
export async function asViewer(visitor: Visitor, view: string): Promise<Visitor | null> {
  if (!visitor.actor) return null;
  const { actor: staff, person, sessionId } = visitor;
  if (staff.side !== "staff") return null;
  const lasting = await currentView(view, staff.userId, sessionId);
  if (!lasting) return null;
  const { accountId, accountName, endsAt } = lasting;
  return {
    ...visitor,
    actor: { side: "client", userId: staff.userId, personId: NOBODYS_ID, accountId, role: "viewer", view },
    // Nobody of the account is looked at in particular, so pages call the reader as they call the account.
    person: { ...person, id: NOBODYS_ID, name: accountName, side: "client", accountName },
    identityProvedAt: null,
    viewing: { id: view, accountId, accountName, endsAt, staff, staffName: person.name },
  };
}
