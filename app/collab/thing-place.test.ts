import fc from "fast-check";
import { expect, test } from "vitest";
import { shareWords } from "./alike.server";
import type { OutlineItem } from "./board-outline";
import { placeOfThing, quoteOf, THING_QUOTE_MAX } from "./thing-place";

const item = (id: string, says: string, kind: OutlineItem["kind"] = "sticky"): OutlineItem => ({
  id,
  kind,
  says,
  inFrame: false,
  frame: "",
  look: [],
});
const place = (quote: string, ...items: OutlineItem[]) =>
  placeOfThing({ element: "e1", kind: "sticky", quote }, new Map(items.map((one) => [one.id, one])), shareWords);

test("a comment stays with its thing wherever that is moved to, and while its words are only mended", () => {
  expect(place("A ball joint of steel", item("e1", "A ball joint of steel"))).toEqual({ is: "here" });
  expect(place("A ball joint of steel", item("e1", "A ball joint of brass"))).toEqual({ is: "here" });
  expect(place("", item("e1", "Words came later"))).toEqual({ is: "here" });
});

test("a thing that became another one is looked at by somebody, and one that is gone is not any other", () => {
  expect(place("A ball joint", item("e1", "Colours for autumn"))).toEqual({
    is: "moved",
    kind: "sticky",
    present: "Colours for autumn",
  });
  expect(place("A ball joint", item("e1", ""))).toMatchObject({ is: "moved", present: "" });
  expect(place("A ball joint", item("e1", "A ball joint", "frame"))).toMatchObject({ is: "moved", kind: "frame" });
  expect(place("A ball joint", item("e2", "A ball joint"))).toEqual({ is: "gone" });
  expect(place("A ball joint")).toEqual({ is: "gone" });
});

test("whatever stands on the board, a comment is never placed on a thing of another id", () => {
  const words = fc.constantFrom("", "ball", "ball joint", "spring", "a ball joint of steel");
  const things = fc.uniqueArray(fc.tuple(fc.constantFrom("e1", "e2", "e3"), words), { selector: ([id]) => id });
  fc.assert(
    fc.property(things, words, (list, quote) => {
      const at = place(quote, ...list.map(([id, says]) => item(id, says)));
      expect(at.is === "gone").toBe(!list.some(([id]) => id === "e1"));
    }),
  );
});

test("no more of a long text is kept than a thread holds", () => {
  expect(quoteOf(item("e1", `  ${"x".repeat(5_000)} `))).toHaveLength(THING_QUOTE_MAX);
});
