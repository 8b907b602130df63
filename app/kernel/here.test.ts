import { describe, expect, test } from "vitest";
import type { ClientActor, GuestActor, StaffActor } from "./actor";
import { type HereRoom, WhoIsHere } from "./here";

const client = (accountId: string, personId = "nobody"): ClientActor => ({
  side: "client",
  userId: "u",
  personId,
  accountId,
  role: "viewer",
});
const staff = (personId = "nobody"): StaffActor => ({ side: "staff", userId: "u", personId, roles: ["designer"] });
const guest: GuestActor = {
  side: "guest",
  grantId: "g",
  accountId: "metis",
  rights: "edit",
  object: { kind: "idea", id: "1" },
};
const LAMP = "idea:1";
const room = (news: Partial<HereRoom> & { who?: readonly string[] } = {}): HereRoom => {
  const { who = ["Ann"], ...rest } = news;
  const people = who.map((name) => ({ id: `id-of-${name}`, name }));
  return { topic: LAMP, part: "brief", account: "metis", audience: "both", people, count: people.length, ...rest };
};
const names = (here: WhoIsHere, actor: Parameters<WhoIsHere["at"]>[1]) =>
  here.at(LAMP, actor).people.map(({ name }) => name);

describe("who is at a thing", () => {
  test.each([
    ["staff know it", staff(), room(), ["Ann"]],
    ["the people of its account know it", client("metis"), room(), ["Ann"]],
    ["another account never does", client("brix"), room(), []],
    ["nobody but staff knows who is where no customer comes", client("metis"), room({ audience: "staff" }), []],
    ["staff know who is where no customer comes", staff(), room({ audience: "staff" }), ["Ann"]],
    ["of a thing that is gone no customer knows", client("metis"), room({ account: null }), []],
    ["a guest hears it in the room alone", guest, room(), []],
  ])("%s", (_name, actor, told, expected) => {
    const here = new WhoIsHere(1_000);
    here.hear("one", told, 0);
    expect(names(here, actor)).toEqual(expected);
    expect(Object.keys(here.everywhere(actor, 10))).toEqual(expected.length > 0 ? [LAMP] : []);
  });

  test("nobody is told of themselves", () => {
    const here = new WhoIsHere(1_000);
    here.hear("one", room({ who: ["Ann", "Ben"] }), 0);
    expect(names(here, client("metis", "id-of-Ann"))).toEqual(["Ben"]);
    expect(names(here, staff("id-of-Ben"))).toEqual(["Ann"]);
  });

  test("is what all processes tell of all its parts, each person once a part", () => {
    const here = new WhoIsHere(1_000);
    here.hear("one", room({ who: ["Ann", "Ben"] }), 0);
    here.hear("two", room({ who: ["Ben", "Cai"] }), 0);
    here.hear("two", room({ who: ["Ann"], part: "board" }), 0);
    expect(here.at(LAMP, staff()).people.map(({ name, part }) => `${name} ${part}`)).toEqual([
      "Ann brief",
      "Ann board",
      "Ben brief",
      "Cai brief",
    ]);
    here.hear("two", room({ who: [] }), 0);
    expect(names(here, client("metis"))).toEqual(["Ann", "Ann", "Ben"]);
  });

  test("counts those whom no message has room for, of rooms that one may know alone", () => {
    const here = new WhoIsHere(1_000);
    here.hear("one", room({ count: 200 }), 0);
    here.hear("one", room({ part: "staff-layer", audience: "staff", count: 30 }), 0);
    expect(here.at(LAMP, client("metis")).more).toBe(199);
    expect(here.at(LAMP, staff()).more).toBe(228);
  });

  test("is told to the account that it was taken from, too", () => {
    const here = new WhoIsHere(1_000);
    expect(here.hear("one", room(), 0)).toEqual({ topic: LAMP, accounts: ["metis"] });
    expect(here.hear("one", room({ account: "brix" }), 0)).toEqual({ topic: LAMP, accounts: ["metis", "brix"] });
    expect(names(here, client("metis"))).toEqual([]);
    expect(here.hear("one", room({ audience: "staff", part: "staff-layer" }), 0).accounts).toEqual([]);
  });
});

describe("a process", () => {
  test("that dies without a word takes its people along, and nobody else's", () => {
    const here = new WhoIsHere(1_000);
    here.hear("dead", room({ who: ["Ann"] }), 0);
    here.hear("lives", room({ who: ["Ben"] }), 0);
    expect(here.lives("lives", 900)).toBe(true);
    expect(here.expire(1_001)).toEqual([{ topic: LAMP, accounts: ["metis"] }]);
    expect(names(here, staff())).toEqual(["Ben"]);
    // Taken for dead: what it told is to be asked for again.
    expect(here.lives("dead", 1_002)).toBe(false);
  });

  test("that begins anew is in the rooms that it names from then on, and in no other", () => {
    const here = new WhoIsHere(1_000);
    here.hear("one", room({ topic: "idea:2" }), 0);
    here.hear("one", room(), 0);
    expect(here.forget("one").map(({ topic }) => topic)).toEqual(["idea:2", LAMP]);
    here.hear("one", room(), 0);
    expect(Object.keys(here.everywhere(staff(), 10))).toEqual([LAMP]);
    expect(here.forget("never heard of")).toEqual([]);
  });
});

test("a page that begins is told of so many things at most", () => {
  const here = new WhoIsHere(1_000);
  for (let thing = 0; thing < 10; thing += 1) here.hear("one", room({ topic: `idea:${thing}` }), 0);
  expect(Object.keys(here.everywhere(staff(), 4))).toHaveLength(4);
});
