import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { loadAllWords } from "~/all-words";
import { applyChange, readBoard } from "~/collab/board-elements";
import { addSticky, moveBy, reword, takeAway } from "~/collab/board-outline";
import { flatOf, passageAt } from "~/collab/passage-place";
import { boardRoom, briefRoom } from "~/collab/room";
import { beginThread } from "~/ideas/idea-threads.server";
import type { ToldEvent } from "~/kernel/notice";
import { asSystem } from "~/kernel/system-tx.server";
import { asSuperuser } from "../../tests/database";
import { auditor, brixOwner, designer, metisOwner, metisViewer, stifferJoint } from "../../tests/personas";
import { decisionNotices } from "./decision-notices.server";
import { seenDecisions, viewDecision, viewMaking } from "./decision-pages.server";
import { answerDecision, askAbout, makeFromPassage, makeFromThing } from "./decisions.server";
import { quoteOf } from "./source";

const IDEA = stifferJoint;
const ROOM = boardRoom(IDEA);
const WORDS = { title: "A brass joint", reason: "It holds at 60 cm.", rejected: [] };
const no = (why: string) => ({ ok: false, why });

let doc: Y.Doc;
let ids = 0;
const newId = () => `e${++ids}`;

/** Draws as the owner, whose client id it is, and stores that as live editing does. */
async function draw(make: (board: ReturnType<typeof readBoard>) => Parameters<typeof applyChange>[1]) {
  applyChange(doc, make(readBoard(doc)), "test");
  await asSuperuser("delete from collab_doc where room = $1", [ROOM]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id),
       row as (insert into collab_log (doc, seq, payload) select id, 1, $2 from doc)
     insert into collab_author (doc, client, person) select id, $3, $4 from doc`,
    [ROOM, Buffer.from(Y.encodeStateAsUpdate(doc)), doc.clientID, metisOwner.personId],
  );
}

async function made(): Promise<string> {
  const outcome = await makeFromThing(designer, { ideaId: IDEA, element: "e1" }, WORDS);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.decision;
}

const sourceOf = async (id: string) => (await viewDecision(metisOwner, id))?.sources[0];

beforeEach(async () => {
  await asSuperuser("delete from decisions");
  doc = new Y.Doc();
  ids = 0;
  await draw((board) => addSticky(board, "Ball joint of steel", newId));
});

test("a thing of the board is quoted as it was drawn, with whoever put it there and a hash that anybody can take again", async () => {
  const id = await made();
  const source = await sourceOf(id);
  expect(source).toMatchObject({
    kind: "thing",
    element: "e1",
    quote: "Ball joint of steel",
    author: expect.stringMatching(/./),
    authorId: metisOwner.personId,
    standing: "as-quoted",
  });
  expect(source?.drawn?.map(({ type }) => type)).toEqual(["rectangle", "text"]);
  const { objectId, quote: text, authorId, writtenAt, element, drawn, sha256 } = source ?? {};
  const bytes = quoteOf({
    kind: "thing",
    objectId: objectId ?? "",
    text: text ?? "",
    authorId: authorId ?? "",
    writtenAt: writtenAt ?? new Date(0),
    thing: { element: element ?? "", drawn: drawn ?? [] },
  });
  expect(createHash("sha256").update(bytes, "utf8").digest("hex")).toBe(sha256);
});

test("moved, it is the same; reworded, both stand there; taken away, it is gone, and the quote stays", async () => {
  const id = await made();
  await draw((board) => moveBy(board, "e1", 400, -30));
  expect(await sourceOf(id)).toMatchObject({ standing: "as-quoted" });
  await draw((board) => reword(board, "e1", "Ball joint of brass", newId));
  expect(await sourceOf(id)).toMatchObject({
    standing: "changed",
    quote: "Ball joint of steel",
    present: { text: "Ball joint of brass" },
  });
  await draw((board) => takeAway(board, "e1"));
  expect(await sourceOf(id)).toMatchObject({ standing: "gone", quote: "Ball joint of steel", present: null });
});

test("what is not on the board is not quoted; for other accounts there is neither idea nor thing, and readers make nothing", async () => {
  const from = { ideaId: IDEA, element: "e1" };
  expect(await makeFromThing(designer, { ...from, element: "e9" }, WORDS)).toEqual(no("thing-gone"));
  expect(await makeFromThing(brixOwner, from, WORDS)).toEqual(no("not-found"));
  expect(await viewMaking(brixOwner, IDEA, { element: "e1" })).toBeUndefined();
  expect(await viewMaking(designer, IDEA, { element: "e9" })).toMatchObject({ thing: "thing-gone" });
  expect(await viewMaking(designer, IDEA, { element: "e1" })).toMatchObject({ thing: { text: "Ball joint of steel" } });
  for (const reader of [metisViewer, auditor]) expect(await makeFromThing(reader, from, WORDS)).toEqual(no("may-not"));
  await asSuperuser("update collab_doc set head = 9 where room = $1", [ROOM]);
  expect(await makeFromThing(designer, from, WORDS)).toEqual(no("board-unread"));
});

test("a card on a board leads to a decision of whoever may see it, and says how it stands", async () => {
  for (const locale of ["en", "uk"] as const) await loadAllWords(locale);
  const id = await made();
  expect(await seenDecisions(metisViewer, [id], "en")).toEqual([
    { kind: "decision", id, title: WORDS.title, state: "Draft", to: `/decisions/${id}` },
  ]);
  expect(await seenDecisions(designer, [id], "uk")).toMatchObject([{ to: `/staff/decisions/${id}` }]);
  expect(await seenDecisions(brixOwner, [id], "en")).toEqual([]);
});

test("those who are asked are told; whoever made it and all who were asked hear a not yet with its reason, and that all agree", async () => {
  const id = await made();
  const seen = { id, revision: 1 };
  const told = async () => {
    const [event] = await asSuperuser<ToldEvent>(
      `select id::text, name, subject_kind as "subjectKind", subject_id as "subjectId", account_id as "accountId",
         actor_id as "actorId", actor_side as "actorSide", audience, facts
       from events where subject_id = $1 order by id desc limit 1`,
      [id],
    );
    const notices = event ? await asSystem("test: notices", (tx) => decisionNotices.noticesOf(tx, event)) : [];
    return notices.map(({ personId, path, facts }) => ({ personId, path, ...facts }));
  };
  expect(await told()).toEqual([]);
  await askAbout(designer, seen, [metisOwner.personId, designer.personId]);
  const both = [
    { personId: metisOwner.personId, path: `/decisions/${id}` },
    { personId: designer.personId, path: `/staff/decisions/${id}` },
  ];
  const all = (facts: object) =>
    expect.arrayContaining(both.map((one) => expect.objectContaining({ ...one, ...facts })));
  expect(await told()).toEqual(all({ says: "asked", title: WORDS.title }));
  await answerDecision(metisOwner, seen, { says: "not-yet", reason: "Which size?" });
  expect(await told()).toEqual(all({ says: "notYet", excerpt: "Which size?" }));
  await answerDecision(designer, seen, { says: "agree" });
  expect(await told()).toEqual([]);
  await answerDecision(metisOwner, seen, { says: "agree" });
  expect(await told()).toEqual(all({ says: "agreed" }));
  const readers = [metisOwner, brixOwner, designer].map(({ personId }) => personId);
  const may = await asSystem("test: notices", (tx) => decisionNotices.mayStillSee(tx, id, readers));
  expect([...may].sort()).toEqual([metisOwner.personId, designer.personId].sort());
});

test("a passage of the brief is quoted with whoever wrote it; its words change, and both stand there; without them it is gone", async () => {
  const brief = new Y.Doc();
  const line = new Y.XmlText("The arm of the lamp wobbles.");
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [line]);
  brief.getXmlFragment("default").insert(0, [paragraph]);
  const store = async () => {
    await asSuperuser("delete from collab_doc where room = $1", [briefRoom(IDEA)]);
    await asSuperuser(
      `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id),
         row as (insert into collab_log (doc, seq, payload) select id, 1, $2 from doc)
       insert into collab_author (doc, client, person) select id, $3, $4 from doc`,
      [briefRoom(IDEA), Buffer.from(Y.encodeStateAsUpdate(brief)), brief.clientID, metisOwner.personId],
    );
  };
  await store();
  const flat = flatOf(brief.getXmlFragment("default"));
  const from = flat.text.indexOf("lamp wobbles");
  const passage = passageAt(flat, { from, to: from + "lamp wobbles".length });
  const ends = { start: passage?.start ?? "", end: passage?.end ?? "" };
  const thread = await beginThread(designer, IDEA, ends, "How much?");
  const threadId = thread.ok ? thread.thread : "";

  expect(await viewMaking(designer, IDEA, { thread: threadId })).toMatchObject({ passage: { text: "lamp wobbles" } });
  expect(await viewMaking(brixOwner, IDEA, { thread: threadId })).toBeUndefined();
  expect(await makeFromPassage(brixOwner, { ideaId: IDEA, threadId }, WORDS)).toEqual(no("not-found"));
  expect(await makeFromPassage(metisViewer, { ideaId: IDEA, threadId }, WORDS)).toEqual(no("may-not"));
  const outcome = await makeFromPassage(designer, { ideaId: IDEA, threadId }, WORDS);
  const id = outcome.ok ? outcome.decision : "";
  const quoted = { kind: "passage", quote: "lamp wobbles", authorId: metisOwner.personId };
  expect(await sourceOf(id)).toMatchObject({ ...quoted, standing: "as-quoted" });
  // Of the thread alone it does not hang.
  await asSuperuser("delete from idea_threads where id = $1", [threadId]);
  line.insert("The arm of the lamp ".length, "hardly ");
  await store();
  expect(await sourceOf(id)).toMatchObject({ ...quoted, standing: "changed" });
  brief.getXmlFragment("default").delete(0, 1);
  brief.getXmlFragment("default").insert(0, [new Y.XmlElement("paragraph")]);
  await store();
  expect(await sourceOf(id)).toMatchObject({ ...quoted, standing: "gone", present: null });
});
