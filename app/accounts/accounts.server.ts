import type { Actor, ClientActor, Side, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Locale } from "~/kernel/locale";
import { findPeopleOf, updatePreferences } from "./account.queries.server";
import { serviceClient } from "./supabase.server";

/** A person as others see them. */
export type PersonCard = { id: string; name: string; side: Exclude<Side, "guest"> };

/**
 * Who can be mentioned about a thing of this account: its people and ours, by name. Removed people are not among them;
 * a client who asks about another account gets our people only.
 */
export function peopleForMentions(actor: Actor, accountId: string): Promise<PersonCard[]> {
  return asActor(actor, (tx) => findPeopleOf(tx, accountId));
}

/**
 * Keeps a person's language and time zone (IANA name); what is absent stays as it is. Sign-in messages follow the
 * language too, and they are written by Supabase, which keeps its own copy.
 */
export async function savePreferences(
  actor: ClientActor | StaffActor,
  preferences: { language?: Locale | undefined; zone?: string | undefined },
): Promise<void> {
  const { language, zone } = preferences;
  if (language === undefined && zone === undefined) return;
  await asActor(actor, (tx) => updatePreferences(tx, actor.personId, { language, zone }));
  if (language === undefined) return;
  const { error } = await serviceClient().auth.admin.updateUserById(actor.userId, { user_metadata: { language } });
  if (error) throw error;
}
