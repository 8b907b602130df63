import fc from "fast-check";
import { expect, test } from "vitest";
import {
  auditor,
  brixOwner,
  designer,
  metisGuest,
  metisOwner,
  metisViewer,
  production,
  support,
} from "../../tests/personas";
import {
  canBeSeen,
  type FileState,
  isShown,
  MOVES,
  mayComment,
  mayMake,
  mayNote,
  PHASES,
  type Phase,
  phaseAfter,
  publishRefusal,
} from "./prototype";

const PHASE = fc.constantFrom(...PHASES);
const walk = (from: Phase, moves: readonly (typeof MOVES)[number][]) =>
  moves.reduce((phase, move) => phaseAfter(phase, move) ?? phase, from);

test("nothing leads back to a draft, and nothing out of an approval", () => {
  fc.assert(
    fc.property(PHASE, fc.array(fc.constantFrom(...MOVES)), (from, moves) => {
      const to = walk(from, moves);
      if (from !== "draft") expect(to).not.toBe("draft");
      if (from === "approved") expect(to).toBe("approved");
    }),
  );
});

test("nobody edits what was published, or says anything where it is not released", () => {
  for (const phase of PHASES) {
    expect(phaseAfter(phase, "edit") !== null).toBe(phase === "draft");
    expect(phaseAfter(phase, "comment") !== null).toBe(phase === "released");
    expect(phaseAfter(phase, "answer") !== null).toBe(phase === "released");
    expect(canBeSeen(phase)).toBe(phase === "released" || phase === "approved");
  }
});

test("a version nobody is shown any more is staff's alone, and can be shown again", () => {
  expect(walk("draft", ["publish", "release", "end-release"])).toBe("published");
  expect(walk("draft", ["publish", "release", "end-release", "release"])).toBe("released");
});

test.each<[Phase, FileState[], string | null]>([
  ["draft", ["ready"], null],
  ["draft", ["ready", "refused"], null],
  ["draft", [], "no-files"],
  ["draft", ["refused"], "no-files"],
  ["draft", ["ready", "checking"], "files-on-the-way"],
  ["draft", ["uploading"], "files-on-the-way"],
  ["published", ["ready"], "not-a-draft"],
  ["approved", ["ready"], "not-a-draft"],
])("a %s with files %j, about to be published: %s", (phase, states, why) => {
  expect(
    publishRefusal(
      phase,
      states.map((state) => ({ state })),
    ),
  ).toBe(why);
});

const noon = new Date("2026-11-23T12:00:00Z");
const later = (ms: number) => new Date(noon.getTime() + ms);

test("a release is shown from its moment until it ends, and not one millisecond outside", () => {
  const release = { accountId: metisOwner.accountId, people: null, from: noon, ended: later(10) };
  expect([-1, 0, 9, 10].map((ms) => isShown(release, metisOwner, later(ms)))).toEqual([false, true, true, false]);
  expect(isShown({ ...release, ended: null }, metisOwner, later(10))).toBe(true);
});

test("another account is shown nothing, nor a colleague who was not named", () => {
  const release = { accountId: metisOwner.accountId, people: null, from: noon, ended: null };
  expect(isShown(release, brixOwner, later(1))).toBe(false);
  const named = { ...release, people: [metisOwner.personId] };
  expect(isShown(named, metisOwner, later(1))).toBe(true);
  expect(isShown(named, metisViewer, later(1))).toBe(false);
  expect(isShown({ ...release, people: [brixOwner.personId] }, brixOwner, later(1))).toBe(false);
});

test("designers make prototypes, who works here notes, and who does more than read comments", () => {
  const everybody = { auditor, designer, metisGuest, metisOwner, metisViewer, production, support };
  const who = (may: typeof mayMake) => Object.entries(everybody).flatMap(([name, actor]) => (may(actor) ? [name] : []));
  expect(who(mayMake)).toEqual(["designer"]);
  expect(who(mayNote)).toEqual(["designer", "production", "support"]);
  expect(who(mayComment)).toEqual(["designer", "metisGuest", "metisOwner", "production", "support"]);
  expect(mayComment({ ...metisGuest, rights: "view" })).toBe(false);
});
