import fc from "fast-check";
import { expect, test } from "vitest";
import { KEPT_MOST, type Kept, keptName, withOpened, without } from "./kept";

const none: Kept = { person: "", rooms: [], going: [] };
const openedBy = (person: string, rooms: readonly string[], kept = none) =>
  rooms.reduce((so, room) => withOpened(so, person, room), kept);
const rooms = (count: number) => Array.from({ length: count }, (_, at) => `room-${at}`);

test("twenty documents are kept, and the twenty-first puts the one out that was opened longest ago", () => {
  const full = openedBy("olena", rooms(KEPT_MOST));
  expect(full.rooms).toHaveLength(20);
  expect(full.going).toEqual([]);
  const again = withOpened(full, "olena", "room-0");
  expect(again.rooms[0]).toBe("room-0");
  const more = withOpened(again, "olena", "room-20");
  expect(more.rooms).toHaveLength(20);
  expect(more.rooms).not.toContain("room-1");
  expect(more.going).toEqual([keptName("olena", "room-1")]);
});

test("another person's first document puts out all that was kept", () => {
  const hers = openedBy("olena", ["a", "b"]);
  const his = withOpened(hers, "jan", "a");
  expect(his).toEqual({ person: "jan", rooms: ["a"], going: [keptName("olena", "b"), keptName("olena", "a")] });
});

test("what is opened anew while it was to be deleted is kept", () => {
  const over = without(openedBy("olena", ["a"]));
  expect(over).toEqual({ person: "", rooms: [], going: [keptName("olena", "a")] });
  expect(withOpened(over, "olena", "a")).toEqual({ person: "olena", rooms: ["a"], going: [] });
});

test("one that is no longer open to a person goes, and the others stay", () => {
  const left = without(openedBy("olena", ["a", "b", "c"]), ["b"]);
  expect(left).toEqual({ person: "olena", rooms: ["c", "a"], going: [keptName("olena", "b")] });
});

test("whatever people open and lose, only one person's rooms are kept, and whatever is left out is to be deleted", () => {
  const step = fc.record({
    person: fc.constantFrom("olena", "jan"),
    room: fc.integer({ min: 0, max: 30 }).map((at) => `room-${at}`),
    leaves: fc.constantFrom("nothing", "all", "this"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const onDevice = new Set<string>();
      let kept = none;
      for (const { person, room, leaves } of steps) {
        kept = withOpened(kept, person, room);
        onDevice.add(keptName(person, room));
        if (leaves === "all") kept = without(kept);
        if (leaves === "this") kept = without(kept, [room]);
        expect(kept.rooms.length).toBeLessThanOrEqual(KEPT_MOST);
        expect(new Set(kept.rooms).size).toBe(kept.rooms.length);
        const stays = kept.rooms.map((one) => keptName(kept.person, one));
        expect([...onDevice].filter((name) => !stays.includes(name) && !kept.going.includes(name))).toEqual([]);
        expect(stays.filter((name) => kept.going.includes(name))).toEqual([]);
      }
    }),
  );
});
