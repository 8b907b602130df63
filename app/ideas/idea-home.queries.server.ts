import { sql } from "kysely";
import type { ClientActor } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { IdeaStatus } from "./idea-status";

/** Marks that the asking person is here. Out: when their visit before this one ended; null at the first. */
export async function comeHome(tx: ActorTx): Promise<Date | null> {
  const { rows } = await sql<{ before: Date | null }>`select private.come_home() as before`.execute(tx);
  return rows[0]?.before ?? null;
}

/** Among how many of one's newest ideas the ones that wait are looked for, and for how many days they wait. */
const [NEWEST, DAYS] = [50, 60];

/** The client's own ideas where we spoke last, newest word first. */
export function listWaitingFor(tx: ActorTx, client: ClientActor, take: number) {
  return tx
    .selectFrom((mine) =>
      mine
        .selectFrom("ideas")
        .where("accountId", "=", client.accountId)
        .where("authorId", "=", client.personId)
        .select(["id", "title"])
        .orderBy("id", "desc")
        .limit(NEWEST)
        .as("i"),
    )
    .innerJoinLateral(
      (said) =>
        said
          .selectFrom("ideaComments as c")
          .leftJoin("people as who", "who.id", "c.authorId")
          .whereRef("c.ideaId", "=", "i.id")
          .select(["c.id as commentId", "c.createdAt", "who.side", "who.displayName as who"])
          .select(sql<string>`left(c.body, 160)`.as("body"))
          .orderBy("c.id", "desc")
          .limit(1)
          .as("last"),
      (join) => join.onTrue(),
    )
    .where("last.side", "=", "staff")
    .where("last.createdAt", ">", sql<Date>`now() - ${DAYS} * interval '1 day'`)
    .select(["i.id", "i.title", "last.commentId", "last.createdAt", "last.who", "last.body"])
    .orderBy("last.createdAt", "desc")
    .limit(take)
    .execute();
}

/** Ideas without a first answer, the most urgent first; for staff. One that was merged is answered where it went. */
export function listUnanswered(tx: ActorTx, take: number) {
  return tx
    .selectFrom("ideas as i")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .where("i.answeredAt", "is", null)
    .where("i.answerDueAt", "is not", null)
    .where("i.mergedInto", "is", null)
    .select(["i.id", "i.title", "a.name as account"])
    .select([
      sql<"suggestion" | "complaint">`i.kind`.as("kind"),
      sql<Date>`i.answer_due_at`.as("dueAt"),
      sql<boolean>`i.answer_due_at < now()`.as("late"),
    ])
    .orderBy("i.answerDueAt")
    .limit(take)
    .execute();
}

/** Ideas that one of us looks after, newest first. */
export function listOwned(tx: ActorTx, personId: string, take: number) {
  return tx
    .selectFrom("ideas as i")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .where("i.ownerId", "=", personId)
    .where("i.mergedInto", "is", null)
    .select(["i.id", "i.title", "a.name as account", "i.lastActivityAt"])
    .select(sql<IdeaStatus>`i.status`.as("status"))
    .orderBy("i.id", "desc")
    .limit(take)
    .execute();
}
