import { describe, expect, test } from "vitest";
import type { StaffRole } from "~/kernel/actor";
import {
  admin,
  auditor,
  designer,
  hanlinEngineer,
  manager,
  metisApprover,
  metisGuest,
  metisOwner,
  metisViewer,
  pricing,
  production,
  support,
} from "../../tests/personas";
import { briefRights, judgeMove, mayComment, mayNote, maySubmit, movesFor } from "./idea";
import { inLanguage, type StatusKind, type StatusRow, WEIGHT } from "./idea-status";

const row = (id: string, kind: StatusKind, position: number, retired = false): StatusRow => ({
  ...{ id, key: id, kind, position, retired, revision: 1 },
  names: { en: `${id} en`, uk: `${id} uk`, ru: `${id} ru`, zh: `${id} zh` },
});
const known = [
  row("new", "new", 10),
  row("under_review", "signal", 20),
  row("planned", "intent", 30),
  row("someday", "intent", 35, true),
  row("in_work", "intent", 40),
  row("done", "done", 50),
  row("declined", "declined", 60),
];
const inUse = known.filter(({ retired }) => !retired).map(({ id }) => id);

const staffWhoMayNotMove = [pricing, production, support, auditor];
const clients = [metisOwner, metisApprover, metisViewer, hanlinEngineer];

describe("who may what", () => {
  test("owner, member and approver suggest and comment; a viewer reads", () => {
    expect(clients.map(maySubmit)).toEqual([true, true, false, true]);
    expect(clients.map(mayComment)).toEqual([true, true, false, true]);
  });

  test("every staff role comments and notes except the auditor, who changes nothing", () => {
    const staff = [designer, pricing, manager, production, support, admin, auditor];
    expect(staff.map(mayComment)).toEqual([true, true, true, true, true, true, false]);
    expect(staff.map(mayNote)).toEqual([true, true, true, true, true, true, false]);
    expect(staff.map(maySubmit)).toEqual(staff.map(() => false));
  });

  test("no client writes internal notes or moves a status", () => {
    expect(clients.filter(mayNote)).toEqual([]);
    expect(clients.flatMap((client) => inUse.flatMap((status) => movesFor(client, status, known)))).toEqual([]);
  });

  test("designer, manager and admin move a status; the rest of staff does not", () => {
    for (const actor of [designer, manager, admin]) expect(movesFor(actor, "new", known)).not.toEqual([]);
    for (const actor of staffWhoMayNotMove) expect(movesFor(actor, "new", known)).toEqual([]);
  });

  test("a person with two staff roles may what either role may", () => {
    const both = { ...auditor, roles: ["auditor", "designer"] as StaffRole[] };
    expect(mayNote(both)).toBe(true);
    expect(movesFor(both, "planned", known)).toContain("in_work");
  });

  test("the brief is written by those who suggest and those who shape; everybody else reads it", () => {
    const rights = [
      metisOwner,
      metisApprover,
      hanlinEngineer,
      metisViewer,
      designer,
      manager,
      admin,
      ...staffWhoMayNotMove,
    ];
    expect(rights.map(briefRights)).toEqual("edit edit edit view edit edit edit view view view view".split(" "));
    for (const rights of ["view", "comment", "edit"] as const) {
      expect(briefRights({ ...metisGuest, rights })).toBe(rights);
    }
  });
});

describe("the status of an idea", () => {
  const idea = { status: "under_review", revision: 3, merged: false };

  test("a move from an older revision is refused, whatever it asks", () => {
    expect(judgeMove(designer, idea, { to: "planned", revision: 2 }, known)).toEqual({
      ok: false,
      why: "moved-meanwhile",
    });
    expect(judgeMove(designer, idea, { to: "planned", revision: 3 }, known)).toEqual({ ok: true });
  });

  test("who may not move is told so, not that the idea changed", () => {
    expect(judgeMove(support, idea, { to: "planned", revision: 2 }, known)).toEqual({
      ok: false,
      why: "not-yours-to-move",
    });
    expect(judgeMove(metisOwner, idea, { to: "planned", revision: 3 }, known)).toEqual({
      ok: false,
      why: "not-yours-to-move",
    });
  });

  test("an idea is not done before it was in work", () => {
    expect(judgeMove(designer, idea, { to: "done", revision: 3 }, known)).toEqual({ ok: false, why: "no-such-move" });
  });

  test("every status can be reached from new, and none is a dead end", () => {
    const reached = new Set(["new"]);
    for (const status of reached) for (const next of movesFor(designer, status, known)) reached.add(next);
    expect([...reached].sort()).toEqual([...inUse].sort());
    for (const status of inUse) expect(movesFor(designer, status, known)).not.toEqual([]);
  });

  test("an idea is given no retired status, and leaves one it still has", () => {
    expect(judgeMove(designer, idea, { to: "someday", revision: 3 }, known)).toMatchObject({ why: "no-such-move" });
    expect(movesFor(designer, "someday", known)).toContain("in_work");
  });

  test("an idea that is followed up in another one goes where that one goes", () => {
    const merged = { ...idea, merged: true };
    expect(judgeMove(designer, merged, { to: "planned", revision: 3 }, known)).toEqual({ ok: false, why: "merged" });
  });

  test("a status is called what admins called it in the reader's language", () => {
    expect(inLanguage(known, "uk")[1]).toEqual({
      ...{ id: "under_review", kind: "signal", retired: false },
      name: "under_review uk",
    });
  });

  test("no status is a promise: each is a signal, an intent or an outcome", () => {
    expect(WEIGHT.signal).toBe("signal");
    expect(WEIGHT.intent).toBe("intent");
    expect(new Set(Object.values(WEIGHT))).toEqual(new Set(["signal", "intent", "outcome"]));
  });
});
