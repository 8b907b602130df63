import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";

/** What leads to prototypes and pins from elsewhere: cards on boards, and what is found by its name. */

export type LinkedPrototype = { id: string; name: string; number: number; draft: boolean; approved: boolean };

/** Prototypes of these ids that the actor reads, each at the newest version that they see, published ones before a draft. */
export async function findLinked(tx: ActorTx, ids: readonly string[]): Promise<LinkedPrototype[]> {
  const { rows } = await sql<LinkedPrototype>`
    select p.id, p.name, v.number, v.published_at is null as draft, v.approved_at is not null as approved
    from prototypes p
    cross join lateral (select * from prototype_versions v where v.prototype_id = p.id
      order by v.published_at is not null desc, v.number desc limit 1) v
    where p.id = any (${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

export type LinkedPin = {
  id: string;
  prototypeId: string;
  version: number;
  fileId: string;
  page: number | null;
  /** Of staff's own: null. */
  accountId: string | null;
  resolved: boolean;
  says: string;
};

/** Pins of these ids that the actor reads, those of staff's own among them for staff. */
export async function findLinkedPins(
  tx: ActorTx,
  ids: readonly string[],
  { withStaff }: { withStaff: boolean },
): Promise<LinkedPin[]> {
  const pins = (table: string, account: string) => sql`
    select p.id, v.prototype_id, v.number as version, p.file_id, p.page, ${sql.raw(account)} as account_id,
      p.resolved_at is not null as resolved,
      coalesce((select left(c.body, 140) from ${sql.table(`${table}_comments`.replace("pins_", "pin_"))} c
        where c.pin_id = p.id order by c.id limit 1), '') as says
    from ${sql.table(table)} p join prototype_versions v on v.id = p.version_id
    where p.id = any (${[...ids]}::uuid[])`;
  const { rows } = await sql<LinkedPin>`
    ${pins("prototype_pins", "p.account_id")}
    ${withStaff ? sql`union all ${pins("prototype_staff_pins", "null::uuid")}` : sql``}`.execute(tx);
  return rows;
}

/** Prototypes whose name holds all of these words, newest first, each with the title of its idea when the actor reads that. */
export async function findByName(tx: ActorTx, words: readonly string[], take: number) {
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const { rows } = await sql<{ id: string; name: string; idea: string | null }>`
    select p.id, p.name, i.title as idea from prototypes p left join ideas i on i.id = p.idea_id
    where p.name ilike all (${patterns}::text[]) order by p.id desc limit ${take}`.execute(tx);
  return rows;
}
