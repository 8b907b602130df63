import { sql } from "kysely";
import { type BoardElement, cleanElements } from "~/collab/board-element";
import type { Actor, StaffActor } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { tokenise } from "~/kernel/search-tokens";
import type { SystemTx } from "~/kernel/system-tx.server";
import { THREADS_UNSEEN, type ThreadView } from "./idea-thread";
import { threadsOf, threadsOfRow } from "./idea-thread.queries.server";
import { voteOf, voteOfRow } from "./idea-vote.queries.server";

/** What is kept of boards for reading: the drawing itself lives in its room. */

type Kept = { ideaId: string; elements: readonly BoardElement[]; bodyText: string; seq: bigint };

/**
 * An idea with the last copy of its board, the newest vote about it and what is said about things on it; undefined when it does
 * not exist for the actor.
 */
export async function findBoard(tx: ActorTx, reader: Actor, id: string, view: ThreadView = THREADS_UNSEEN) {
  const me = reader.side === "guest" ? reader.grantId : reader.personId;
  const row = await tx
    .selectFrom("ideas as i")
    .leftJoin("ideaBoards as b", "b.ideaId", "i.id")
    .where("i.id", "=", id)
    .select(["i.id", "i.title", "b.elements", voteOf("i.id", reader).as("vote")])
    .select(threadsOf("i.id", me, view, "board").as("threads"))
    .executeTakeFirst();
  return (
    row && {
      idea: { id: row.id, title: row.title },
      elements: cleanElements(row.elements),
      vote: voteOfRow(row.vote),
      threads: threadsOfRow(row.threads, view),
    }
  );
}

/** The same of what staff drew beside it, about which nobody votes. */
export async function findStaffLayer(tx: ActorTx, staff: StaffActor, id: string, view: ThreadView) {
  const row = await tx
    .selectFrom("ideas as i")
    .leftJoin("ideaStaffLayers as b", "b.ideaId", "i.id")
    .where("i.id", "=", id)
    .select(["i.id", "i.title", "b.elements", threadsOf("i.id", staff.personId, view, "layer").as("threads")])
    .executeTakeFirst();
  return (
    row && {
      idea: { id: row.id, title: row.title },
      elements: cleanElements(row.elements),
      vote: null,
      threads: threadsOfRow(row.threads, view),
    }
  );
}

/** Keeps what a board shows now, unless something newer is kept already. Out: whether it was kept. */
export async function upsertBoard(tx: SystemTx, board: Kept): Promise<boolean> {
  const { rows } = await sql`
    insert into idea_boards (idea_id, account_id, elements, body_text, seq)
    select id, account_id, ${JSON.stringify(board.elements)}::jsonb, ${board.bodyText}, ${board.seq}
    from ideas where id = ${board.ideaId}
    on conflict (idea_id) do update
      set elements = excluded.elements, body_text = excluded.body_text, seq = excluded.seq, updated_at = now()
      where idea_boards.seq < excluded.seq
    returning idea_id`.execute(tx);
  if (rows.length > 0) await indexWords(tx, board.ideaId);
  return rows.length > 0;
}

/** The same of what staff drew beside it. No search finds an idea by that: a customer's would, too. */
export async function upsertStaffLayer(tx: SystemTx, layer: Kept): Promise<boolean> {
  const { rows } = await sql`
    insert into idea_staff_layers (idea_id, account_id, elements, body_text, seq)
    select id, account_id, ${JSON.stringify(layer.elements)}::jsonb, ${layer.bodyText}, ${layer.seq}
    from ideas where id = ${layer.ideaId}
    on conflict (idea_id) do update
      set elements = excluded.elements, body_text = excluded.body_text, seq = excluded.seq, updated_at = now()
      where idea_staff_layers.seq < excluded.seq
    returning idea_id`.execute(tx);
  return rows.length > 0;
}

/** Finds an idea by what its brief and its board say from now on. One at a time for each idea, or one would forget the other. */
export async function indexWords(tx: SystemTx, ideaId: string): Promise<void> {
  await tx.selectFrom("ideas").select("id").where("id", "=", ideaId).forNoKeyUpdate().execute();
  const row = await tx
    .selectFrom("ideas as i")
    .leftJoin("ideaBriefs as t", "t.ideaId", "i.id")
    .leftJoin("ideaBoards as b", "b.ideaId", "i.id")
    .where("i.id", "=", ideaId)
    .select(["t.bodyText as brief", "b.bodyText as board"])
    .executeTakeFirst();
  const briefTokens = tokenise([row?.brief, row?.board].filter(Boolean).join("\n"));
  await tx.updateTable("ideas").set({ briefTokens }).where("id", "=", ideaId).execute();
}
