import { sql } from "kysely";
import type { SystemTx } from "~/kernel/system-tx.server";

/** A letter that a mail server has taken, held until the transaction ends; undefined when there is none. */
export function takenLetter(tx: SystemTx, id: string) {
  return tx
    .selectFrom("mailOutbox")
    .where("id", "=", id)
    .where("state", "in", ["sending", "sent", "uncertain"])
    .select(["id", "recipient"])
    .forUpdate()
    .executeTakeFirst();
}

/** Notes what came back of a letter; one that failed is not reported again. */
export async function noteLetter(tx: SystemTx, id: string, said: string, failed: boolean): Promise<void> {
  await tx
    .updateTable("mailOutbox")
    .set(failed ? { state: "failed", error: said } : { error: said })
    .where("id", "=", id)
    .execute();
}

/** Writes to an address no more, until a letter arrives or a manager lets it be tried again. */
export async function suppress(tx: SystemTx, email: string, said: string, letter: string): Promise<void> {
  await sql`
    insert into mail_suppressions (email, said, mail_id) values (lower(${email}), ${said}, ${letter}::uuid)
    on conflict (email) do update set said = excluded.said, mail_id = excluded.mail_id, created_at = now()`.execute(tx);
}
