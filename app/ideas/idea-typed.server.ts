import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { TypedName } from "./idea-page";
import { listTypedNames } from "./idea-typed.queries.server";

/** The door to where people are named by hand: erasing somebody reaches mentions and signatures, and no text of others. */

const SHOWN = 50;

/** Where a person's name or address stands typed in an account's ideas, briefs, comments, notes and support; and whether there is more. */
export async function typedNames(
  staff: StaffActor,
  accountId: string,
  { name, email }: { name: string; email: string | null },
): Promise<{ places: TypedName[]; more: boolean }> {
  const names = email ? [name, email] : [name];
  const found = await asActor(staff, (tx) => listTypedNames(tx, accountId, names, SHOWN + 1));
  return { places: found.slice(0, SHOWN), more: found.length > SHOWN };
}
