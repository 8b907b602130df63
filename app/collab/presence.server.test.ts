import { expect, test } from "vitest";
import { LIMITS } from "./limits";
import { cleanCursor, Presence, type PresenceOwner } from "./presence.server";

const owner = (name: string, mayPoint = true): PresenceOwner => ({
  identity: { personId: `id-of-${name}`, name, color: "#0f6b66" },
  mayPoint,
});
const place = { type: null, tname: "default", item: null, assoc: 0 };
const cursor = { anchor: place, head: place };

test("a person is who the session says, whatever they call themselves", () => {
  const presence = new Presence();
  const [news] = presence.hear(owner("Ann"), [{ client: 1, clock: 1, state: { user: { name: "The boss" }, cursor } }]);
  expect(news?.state).toEqual({ user: { personId: "id-of-Ann", name: "Ann", color: "#0f6b66" }, cursor });
});

test("what a browser repeats of others changes nothing", () => {
  const presence = new Presence();
  const [ann, ben] = [owner("Ann"), owner("Ben")];
  const said = presence.hear(ann, [{ client: 1, clock: 1, state: {} }]);
  presence.hear(ben, [{ client: 2, clock: 1, state: {} }]);
  expect(presence.hear(ben, said)).toEqual([]);
  expect(presence.hear(ben, [{ client: 1, clock: 99, state: null }])).toEqual([]);
  expect(presence.everybody()).toHaveLength(2);
});

test("the echo of one's own presence, sent back, ends there", () => {
  const presence = new Presence();
  const ann = owner("Ann");
  const echo = presence.hear(ann, [{ client: 1, clock: 0, state: { cursor } }]);
  expect(echo[0]?.clock).toBe(1);
  expect(presence.hear(ann, echo)).toEqual([]);
  expect(presence.hear(ann, [{ client: 1, clock: 2, state: { cursor } }])).toHaveLength(1);
});

test("who left and comes back under the same id is seen again, a late repeat by somebody else is not", () => {
  const presence = new Presence();
  const [ann, ben] = [owner("Ann"), owner("Ben")];
  presence.hear(ben, [{ client: 2, clock: 1, state: {} }]);
  const said = presence.hear(ann, [{ client: 1, clock: 5, state: {} }]);
  expect(presence.leave(ann)).toEqual([{ client: 1, clock: 5, state: null }]);
  expect(presence.hear(ben, said)).toEqual([]);
  expect(presence.hear(owner("Ann"), [{ client: 1, clock: 5, state: {} }])).toMatchObject([{ client: 1, clock: 6 }]);
});

test("a person may come back before their old line is found dead; another may not take their place", () => {
  const presence = new Presence();
  const old = owner("Ann");
  presence.hear(old, [{ client: 1, clock: 5, state: {} }]);
  expect(presence.hear(owner("Mallory"), [{ client: 1, clock: 9, state: {} }])).toEqual([]);
  expect(presence.hear(owner("Ann"), [{ client: 1, clock: 5, state: { cursor } }])).toMatchObject([{ clock: 6 }]);
  // The old line ends at last, and takes nobody with it.
  expect(presence.leave(old)).toEqual([]);
  expect(presence.everybody()).toHaveLength(1);
});

test("one connection is a handful of presences at most", () => {
  const presence = new Presence();
  const many = Array.from({ length: 50 }, (_, client) => ({ client, clock: 1, state: {} }));
  expect(presence.hear(owner("Ann"), many)).toHaveLength(LIMITS.presencesOfConnection);
});

test("a caret is two places in the text and nothing else", () => {
  const id = { client: 1, clock: 2 };
  const exact = { type: null, tname: null, item: id, assoc: -1 };
  expect(cleanCursor({ anchor: { ...exact, extra: "x" }, head: exact, more: 1 })).toEqual({
    anchor: exact,
    head: exact,
  });
  const bad: unknown[] = [
    ...[null, 1, "x", [], {}, { anchor: exact }, { anchor: exact, head: 1 }, { anchor: exact, head: {} }],
    { anchor: exact, head: { ...exact, item: "1:2" } },
    { anchor: exact, head: { ...exact, item: { client: -1, clock: 0 } } },
    { anchor: exact, head: { ...exact, item: { client: 1e300, clock: 0 } } },
    { anchor: exact, head: { ...place, tname: "another" } },
    { anchor: exact, head: { ...exact, assoc: "x" } },
  ];
  for (const value of bad) expect(cleanCursor(value)).toBeNull();
});

test("a reader's caret is shown to nobody", () => {
  const [news] = new Presence().hear(owner("Reader", false), [{ client: 1, clock: 1, state: { cursor } }]);
  expect(news?.state).toMatchObject({ cursor: null });
});
