import { beforeEach, expect, test } from "vitest";
import type { RichDoc } from "~/collab/rich-text";
import { seedUpdate } from "~/collab/rich-text-yjs.server";
import { briefRoom, parseRoom } from "~/collab/room";
import { asSuperuser } from "../../tests/database";
import { accounts, ideaId, metisIdeas, metisOwner, stifferJoint } from "../../tests/personas";
import { eraseMentions, projectBrief, seedBrief } from "./idea.jobs.server";
import { listIdeas } from "./idea-lists.server";
import { viewIdea } from "./ideas.server";

const id = metisIdeas.new;
const room = briefRoom(id);
const saying = (text: string): RichDoc => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text }] }],
});
const found = async (q: string) =>
  (await listIdeas(metisOwner, { q, status: null, after: null })).rows.map((row) => row.id);

/** The room as the collab server would have stored it: one update, at this place in its log. */
async function stored(text: string, seq: number): Promise<void> {
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, $2) returning id),
       log as (insert into collab_snapshot (doc, seq, data) select id, $2, $3 from doc returning 1)
     select * from log`,
    [room, seq, Buffer.from(seedUpdate(room, saying(text)))],
  );
}

beforeEach(async () => {
  await asSuperuser("delete from idea_briefs where idea_id = $1", [id]);
  await asSuperuser("update ideas set brief_tokens = '' where id = $1", [id]);
});

test("what was written in a brief is on its page and in the search after the job", async () => {
  await stored("A dimmable glowworm beside the switch", 3);
  expect(await found("glowworm")).toEqual([]);
  await projectBrief({ room });
  expect(await found("glowworm")).toEqual([id]);
  expect((await viewIdea(metisOwner, id))?.text.brief).toEqual(saying("A dimmable glowworm beside the switch"));
});

test("the job may run again, and an older state never replaces a newer one", async () => {
  await stored("Newer words", 9);
  await projectBrief({ room });
  await projectBrief({ room });
  await stored("Older words", 4);
  await projectBrief({ room });
  expect((await viewIdea(metisOwner, id))?.text.brief).toEqual(saying("Newer words"));
  expect(await found("older words")).toEqual([]);
  expect(await found("newer words")).toEqual([id]);
});

test("neither the revision nor the status of the idea changes by what is written in its brief", async () => {
  const before = (await viewIdea(metisOwner, id))?.idea;
  await stored("Something else", 2);
  await projectBrief({ room });
  expect((await viewIdea(metisOwner, id))?.idea).toEqual(before);
});

test("a job for something that is no room of an idea fails, one for a room nobody opened does nothing", async () => {
  for (const payload of [null, {}, { room: 1 }, { room: "idea:x:brief" }]) {
    await expect(projectBrief(payload)).rejects.toThrow("room of an idea");
  }
  await projectBrief({ room: briefRoom(ideaId(30)) });
  await projectBrief({ room: briefRoom(ideaId(99)) });
});

test("a room begins with the last known brief, or with the idea as it was sent", async () => {
  const seedOf = (ideaNumber: string) => {
    const parsed = parseRoom(briefRoom(ideaNumber));
    if (!parsed) throw new Error("no room");
    return seedBrief(parsed);
  };
  expect(JSON.stringify(await seedOf(stifferJoint))).toContain("wave washer of 12 mm");
  expect(await seedOf(id)).toEqual((await viewIdea(metisOwner, id))?.text.body);
  expect(await seedOf(ideaId(99))).toBeNull();
});

test("a person whose data was erased is named in no brief that mentions them, nor in what its live document keeps", async () => {
  const [person] = await asSuperuser<{ id: string }>(
    `insert into people (side, account_id, display_name, role) values ('client', $1, 'Zoriana Testenko', 'member') returning id`,
    [accounts.metis],
  );
  const mentioning = (name: string, personId: string): RichDoc => ({
    type: "doc",
    content: [{ type: "paragraph", content: [{ type: "mention", attrs: { id: personId, label: name } }] }],
  });
  const personId = person?.id ?? "";
  const both: RichDoc = {
    type: "doc",
    content: [
      ...mentioning("Zoriana Testenko", personId).content,
      ...mentioning("Somebody Else", metisOwner.personId).content,
    ],
  };
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id)
     insert into collab_log (doc, seq, payload) select id, 1, $2 from doc`,
    [room, Buffer.from(seedUpdate(room, both))],
  );
  await projectBrief({ room });
  const kept = async () =>
    (
      await asSuperuser<{ text: string }>(
        `select string_agg(encode(x.data, 'escape'), '') as text from (
           select payload as data from collab_log l join collab_doc d on d.id = l.doc where d.room = $1
           union all select s.data from collab_snapshot s join collab_doc d on d.id = s.doc where d.room = $1) x`,
        [room],
      )
    )[0]?.text ?? "";
  // Nobody is renamed who was not erased.
  await eraseMentions({ person: personId });
  expect(await kept()).toContain("Zoriana Testenko");
  await asSuperuser("update people set display_name = 'Erased person', erased_at = now() where id = $1", [personId]);
  await eraseMentions({ person: personId });
  await eraseMentions({ person: personId });
  await projectBrief({ room });
  const brief = JSON.stringify((await viewIdea(metisOwner, id))?.text.brief);
  expect(brief).toContain("Erased person");
  expect(brief).toContain("Somebody Else");
  expect(brief).not.toContain("Zoriana");
  expect(await kept()).not.toContain("Zoriana");
  expect(await kept()).toContain("Somebody Else");
  expect(await found("zoriana")).toEqual([]);
});
