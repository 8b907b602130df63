import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { namesIn } from "./idea-names.queries.server";
import type { Gathered, IdeaHead, Reacted, Said } from "./idea-page";
import { mayChangeSaid, REACTIONS } from "./idea-page";

/** What the page of an idea reads of what was said about it. */

/** `before`: the oldest that the reader has; null: from the newest. */
type Stretch = { before: string | null; take: number };
type Reader = { personId: string };
type Place = Pick<IdeaHead, "id" | "gathered">;

type RawReaction = { reaction: string; name: string; mine: boolean };

/** Reactions in the order of our set, each with who gave it. */
function reacted(raw: readonly RawReaction[] | null): Reacted[] {
  return REACTIONS.flatMap((reaction) => {
    const given = (raw ?? []).filter((one) => one.reaction === reaction);
    return given.length > 0
      ? [{ reaction, names: given.map(({ name }) => name), mine: given.some(({ mine }) => mine) }]
      : [];
  });
}

type Raw = Omit<Said, "mentions" | "reactions" | "changeable" | "about"> & {
  ideaId: string;
  internal: boolean;
  mine: boolean;
  mentions: Said["mentions"] | null;
  reactions: RawReaction[] | null;
};
const saidOf = (
  { ideaId, internal, mine, mentions, reactions, ...said }: Raw,
  gathered: readonly Gathered[],
): Said => ({
  ...said,
  mentions: mentions ?? {},
  reactions: reacted(reactions),
  changeable: mayChangeSaid({ mine, createdAt: said.createdAt }, now()),
  about: gathered.find(({ id }) => id === ideaId) ?? null,
});

/** Comments of both sides on an idea and on what was merged into it, newest first, those before `before`. */
export async function listSaid(tx: ActorTx, idea: Place, me: Reader, stretch: Stretch): Promise<Said[]> {
  return (await comments(tx, idea, me, stretch).execute()).map((row) => saidOf(row, idea.gathered));
}

/** The same, and internal notes, newest first; staff alone hold a grant on them. */
export async function listSaidAndNoted(
  tx: ActorTx,
  idea: Place,
  me: Reader,
  { said, noted }: { said: Stretch; noted: Stretch },
): Promise<{ said: Said[]; noted: Said[] }> {
  const rows = await tx
    .selectFrom(comments(tx, idea, me, said).as("c"))
    .selectAll("c")
    .unionAll(tx.selectFrom(notes(tx, idea, me, noted).as("n")).selectAll("n"))
    .orderBy("id", "desc")
    .execute();
  const of = (internal: boolean) =>
    rows.filter((row) => row.internal === internal).map((row) => saidOf(row, idea.gathered));
  return { said: of(false), noted: of(true) };
}

const reactionsOf = (table: string, said: string, me: Reader) => sql<RawReaction[] | null>`(
  select json_agg(json_build_object('reaction', r.reaction, 'name', p.display_name, 'mine', r.person_id = ${me.personId})
    order by r.created_at)
  from ${sql.table(table)} r join people p on p.id = r.person_id where ${sql.ref(`r.${said}`)} = s.id)`;

function comments(tx: ActorTx, idea: Place, me: Reader, { before, take }: Stretch) {
  const rows = tx
    .selectFrom("ideaComments as s")
    .leftJoin("people as author", "author.id", "s.authorId")
    .leftJoin("guestGrants as guest", "guest.id", "s.guestGrantId")
    .where("s.ideaId", "in", [idea.id, ...idea.gathered.map(({ id }) => id)])
    .select(["s.id", "s.ideaId", "s.body", "s.createdAt", "s.editedAt"])
    .select([
      sql<string>`coalesce(author.display_name, guest.display_name)`.as("author"),
      sql<Said["side"]>`coalesce(author.side, 'guest')`.as("side"),
      sql<boolean>`coalesce(s.author_id = ${me.personId}, false)`.as("mine"),
      namesIn("s").as("mentions"),
      reactionsOf("idea_reactions", "comment_id", me).as("reactions"),
      sql<Said["passage"]>`(select json_build_object('thread', t.id, 'about', t.about, 'kind', t.anchor ->> 'kind',
        'quote', left(t.quote, 200)) from idea_threads t
        where t.id = s.thread_id)`.as("passage"),
      sql<boolean>`false`.as("internal"),
    ])
    .orderBy("s.id", "desc")
    .limit(take);
  return before === null ? rows : rows.where("s.id", "<", before);
}

function notes(tx: ActorTx, idea: Pick<IdeaHead, "id">, me: Reader, { before, take }: Stretch) {
  const rows = tx
    .selectFrom("ideaNotes as s")
    .innerJoin("people as author", "author.id", "s.authorId")
    .where("s.ideaId", "=", idea.id)
    .select(["s.id", "s.ideaId", "s.body", "s.createdAt", "s.editedAt", sql<string>`author.display_name`.as("author")])
    .select([
      sql<Said["side"]>`author.side`.as("side"),
      sql<boolean>`s.author_id = ${me.personId}`.as("mine"),
      namesIn("s").as("mentions"),
      reactionsOf("idea_note_reactions", "note_id", me).as("reactions"),
      sql<Said["passage"]>`(select json_build_object('thread', t.id, 'about', t.about, 'kind', t.anchor ->> 'kind',
        'quote', left(t.quote, 200)) from idea_layer_threads t where t.id = s.thread_id)`.as("passage"),
      sql<boolean>`true`.as("internal"),
    ])
    .orderBy("s.id", "desc")
    .limit(take);
  return before === null ? rows : rows.where("s.id", "<", before);
}
