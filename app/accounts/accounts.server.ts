import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Locale } from "~/kernel/locale";
import { updatePreferences } from "./account.queries.server";
import { serviceClient } from "./supabase.server";

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
