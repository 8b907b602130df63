import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { env } from "~/kernel/env.server";
import { recordEvent } from "~/kernel/events.server";
import type { Locale } from "~/kernel/locale";
import { savePreferences } from "./accounts.server";
import { type Device, deviceOf } from "./device";
import * as queries from "./person.queries.server";

/** What people see and set about themselves. */

/** A living session: on what, since when, and whether it is the one that asks. */
export type OwnSession = {
  id: string;
  device: Device;
  address: string | null;
  beganAt: Date;
  seenAt: Date;
  here: boolean;
};

/** The actor's address and living sessions, the asking one first. */
export async function viewSettings(
  actor: ClientActor | StaffActor,
  sessionId: string,
): Promise<{ email: string | null; sessions: OwnSession[] }> {
  const { email, rows } = await asActor(actor, async (tx) => ({
    email: await queries.ownEmail(tx, actor.personId),
    rows: await queries.listMySessions(tx),
  }));
  const sessions = rows.map(({ userAgent, address, ...session }) => ({
    ...session,
    device: deviceOf(userAgent),
    // A hosted Supabase notes the address that asked it, which is our server's and tells nobody anything.
    address: env().SUPABASE_URL ? null : address,
    here: session.id === sessionId,
  }));
  return { email, sessions: sessions.sort((one, two) => Number(two.here) - Number(one.here)) };
}

/** Keeps the actor's own name, language and zone. */
export async function saveProfile(
  actor: ClientActor | StaffActor,
  profile: { name: string; language: Locale; zone: string },
): Promise<void> {
  const { name, language, zone } = profile;
  const accountId = actor.side === "client" ? actor.accountId : null;
  await asActor(actor, async (tx) => {
    if (!(await queries.rename(tx, actor.personId, name))) return;
    await recordEvent(tx, actor, "person.renamed", { kind: "person", id: actor.personId, accountId }, {});
  });
  await savePreferences(actor, { language, zone });
}

/**
 * Signs the actor out elsewhere: of one session, or (null) of all but the asking one. What is open there closes within a
 * second. Out: how many sessions ended.
 */
export async function endSessions(
  actor: ClientActor | StaffActor,
  asking: string,
  only: string | null,
): Promise<number> {
  return asActor(actor, async (tx) => {
    const ended = await queries.endMySessions(tx, asking, only);
    const accountId = actor.side === "client" ? actor.accountId : null;
    const subject = { kind: "person", id: actor.personId, accountId };
    if (ended > 0) await recordEvent(tx, actor, "person.signed_out_elsewhere", subject, { sessions: ended });
    return ended;
  });
}
