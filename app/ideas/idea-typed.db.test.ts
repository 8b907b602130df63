import { expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { accounts, brixIdea, manager, metisIdeas, metisOwner, stifferJoint } from "../../tests/personas";
import { addComment, addNote } from "./idea-said.server";
import { typedNames } from "./idea-typed.server";

const NAME = "Zdenka O'Typed_%";
const EMAIL = "zdenka.typed@metis.example";
const of = (email: string | null = EMAIL) => typedNames(manager, accounts.metis, { name: NAME, email });

test("before somebody is erased, staff find where their name or address was typed by hand, and no mention and no other account", async () => {
  expect(await of()).toEqual({ places: [], more: false });
  const [{ id } = { id: "" }] = await asSuperuser<{ id: string }>(
    "insert into people (side, account_id, display_name, role) values ('client', $1, $2, 'viewer') returning id",
    [accounts.metis, NAME],
  );
  const said = await addComment(metisOwner, stifferJoint, `zdenka o'typed_% knows it`);
  const noted = await addNote(manager, stifferJoint, `Write to ${EMAIL.toUpperCase()}`);
  if (!said.ok || !noted.ok) throw new Error("refused");
  expect((await addComment(metisOwner, stifferJoint, `@{${id}} look`)).ok).toBe(true);
  expect((await addComment(metisOwner, stifferJoint, "Zdenka O'TypedXY is somebody else")).ok).toBe(true);
  await asSuperuser("update ideas set title = $2, body_text = $2 where id = $1", [
    metisIdeas.new,
    `A lamp for ${NAME}`,
  ]);
  await asSuperuser("update ideas set body_text = body_text || $2 where id = $1", [brixIdea, NAME]);
  const brief = (text: string) =>
    asSuperuser(
      `insert into idea_briefs (idea_id, account_id, doc, body_text, seq) values ($1, $2, '{"type":"doc","content":[]}', $3, 1)
       on conflict (idea_id) do update set body_text = excluded.body_text`,
      [metisIdeas.new, accounts.metis, text],
    );
  await brief(`Ask @${NAME} first`);
  const [comment] = await asSuperuser<{ id: string }>("select id from idea_comments where body like 'zdenka%'");
  const [note] = await asSuperuser<{ id: string }>("select id from idea_notes where body like 'Write to ZDENKA%'");
  const places = async (email?: string | null) =>
    (await of(email)).places.map(({ ideaId, place, at }) => `${ideaId} ${place} ${at}`).sort();
  const expected = [
    `${metisIdeas.new} text null`,
    `${metisIdeas.new} title null`,
    `${stifferJoint} comment ${comment?.id}`,
    `${stifferJoint} note ${note?.id}`,
  ].sort();
  expect(await places()).toEqual(expected);
  expect(await places(null), "of somebody without an address").toEqual(
    expected.filter((one) => !one.includes(" note ")),
  );
  await brief(`${NAME} wrote this`);
  expect(await places()).toContain(`${metisIdeas.new} brief null`);
});

test("of very many places fifty are named, and that there are more is said", async () => {
  await asSuperuser(
    `insert into idea_comments (idea_id, account_id, author_id, body)
     select $1, $2, $3, 'Manifold Person ' || n from generate_series(1, 51) n`,
    [stifferJoint, accounts.metis, metisOwner.personId],
  );
  const { places, more } = await typedNames(manager, accounts.metis, { name: "Manifold Person", email: null });
  expect([places.length, more]).toEqual([50, true]);
});
