import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { endView, startView } from "./account.queries.server";
import { mayViewAs } from "./staff-account";

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
