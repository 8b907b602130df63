import { expect, test } from "vitest";
import type { RoomPart } from "~/collab/room";
import type { Actor } from "~/kernel/actor";
import { roomRights } from "./idea";
import { facesOf, knownTo } from "./idea-here";

const customer: Actor = { side: "client", userId: "u", personId: "p", accountId: "a", role: "owner" };

test.each<RoomPart>(["brief", "board", "staff-layer"])(
  "whom a customer could not meet in the %s, they are not told of",
  (part) => {
    expect(knownTo(part) === "both").toBe(roomRights(customer, part) !== "none");
  },
);

const person = (name: string, part: string) => ({ id: `id-of-${name}`, name, part });
const says = (faces: ReturnType<typeof facesOf>) => faces.map(({ name, where }) => `${name} ${where ?? "here"}`);

test("each person has one face, which says where they are unless it is the idea's own page", () => {
  const people = [person("Ann", "board"), person("Ann", "brief"), person("Ben", "board"), person("Cai", "elsewhere")];
  expect(says(facesOf(people))).toEqual(["Ann here", "Ben board"]);
  expect(says(facesOf(people, { at: "board" }))).toEqual(["Ann board", "Ben board"]);
  expect(says(facesOf(people, { except: "board" }))).toEqual(["Ann here"]);
  expect(facesOf([])).toEqual([]);
});
