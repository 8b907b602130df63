import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { NOTICE_KINDS } from "~/kernel/notice";
import { COLOURS } from "./emails/look";
import { afterQuiet, DEFAULT_HOW, dueAt, howOf, nextHour, readUnsubscription, unsubscribeToken } from "./notification";

const at = (text: string) => new Date(text);
const wishes = { mailOff: false, quiet: null, digestHour: 8, zone: "Europe/Kyiv" } as const;

test("every kind has a default, and a choice goes before it; who wants no mail gets none", () => {
  for (const kind of NOTICE_KINDS) expect(howOf(kind, { mailOff: false, choices: {} })).toBe(DEFAULT_HOW[kind]);
  expect(howOf("comment", { mailOff: false, choices: { comment: "daily" } })).toBe("daily");
  expect(howOf("comment", { mailOff: true, choices: { comment: "instant" } })).toBe("off");
});

test("news waits for the time in which a burst is collected", () => {
  expect(dueAt("instant", at("2026-11-22T10:00:00Z"), wishes, 60)).toEqual(at("2026-11-22T10:01:00Z"));
});

describe("the daily mail comes at eight in the person's own zone", () => {
  test.each([
    ["Europe/Kyiv", "2026-11-22T10:00:00Z", "2026-11-23T06:00:00Z"],
    ["Europe/Kyiv", "2026-11-22T05:59:59Z", "2026-11-22T06:00:00Z"],
    ["Europe/Kyiv", "2026-11-22T06:00:00Z", "2026-11-23T06:00:00Z"],
    ["Asia/Shanghai", "2026-11-22T10:00:00Z", "2026-11-23T00:00:00Z"],
    ["America/Los_Angeles", "2026-11-22T10:00:00Z", "2026-11-22T16:00:00Z"],
    ["Asia/Kathmandu", "2026-11-22T10:00:00Z", "2026-11-23T02:15:00Z"],
    ["Pacific/Kiritimati", "2026-11-22T10:00:00Z", "2026-11-22T18:00:00Z"],
    ["UTC", "2026-12-31T23:00:00Z", "2027-01-01T08:00:00Z"],
    // A zone that nobody knows is not a reason to stay silent.
    ["Mars/Olympus", "2026-11-22T10:00:00Z", "2026-11-23T08:00:00Z"],
  ])("%s after %s: %s", (zone, after, due) => {
    expect(dueAt("daily", at(after), { ...wishes, zone }, 60)).toEqual(at(due));
  });
});

describe("clocks that change move it along", () => {
  test.each([
    // Kyiv: to summer time on 29 March 2026 at 3:00, back on 25 October at 4:00.
    ["Europe/Kyiv", 8, "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z"],
    ["Europe/Kyiv", 8, "2026-10-24T12:00:00Z", "2026-10-25T06:00:00Z"],
    // The hour that is left out counts when the clocks have jumped over it.
    ["Europe/Kyiv", 3, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"],
    ["America/New_York", 2, "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z"],
    // The hour that comes twice counts once, and the next one is a day later.
    ["Europe/Kyiv", 3, "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z"],
    ["Europe/Kyiv", 3, "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"],
  ])("%s at %i after %s: %s", (zone, hour, after, next) => {
    expect(nextHour(at(after), hour, zone)).toEqual(at(next));
  });
});

describe("quiet hours hold what is due until they end", () => {
  test.each([
    // Over midnight, from 21 to 7 in Kyiv (UTC+2 in November).
    [21, 7, "2026-11-22T18:59:00Z", "2026-11-22T18:59:00Z"],
    [21, 7, "2026-11-22T19:00:00Z", "2026-11-23T05:00:00Z"],
    [21, 7, "2026-11-23T02:00:00Z", "2026-11-23T05:00:00Z"],
    [21, 7, "2026-11-23T05:00:00Z", "2026-11-23T05:00:00Z"],
    // Within a day.
    [12, 14, "2026-11-22T11:30:00Z", "2026-11-22T12:00:00Z"],
    [12, 14, "2026-11-22T20:00:00Z", "2026-11-22T20:00:00Z"],
  ])("from %i to %i: what is due at %s goes out at %s", (from, to, due, goes) => {
    expect(afterQuiet(at(due), { quiet: { from, to }, zone: "Europe/Kyiv" })).toEqual(at(goes));
  });

  test("the daily mail too", () => {
    const early = { ...wishes, digestHour: 6, quiet: { from: 21, to: 7 } };
    expect(dueAt("daily", at("2026-11-22T10:00:00Z"), early, 60)).toEqual(at("2026-11-23T05:00:00Z"));
  });
});

test("an unsubscribe link is read as it was written, and nothing else is one", () => {
  const one = { personId: "0b000000-0000-4000-8000-000000000001", kind: "comment", proof: "a".repeat(43) } as const;
  expect(readUnsubscription(unsubscribeToken(one))).toEqual(one);
  for (const text of [
    "",
    "x",
    `${one.personId}.salary.${one.proof}`,
    `${one.personId}.comment.`,
    `${unsubscribeToken(one)}x`,
  ]) {
    expect(readUnsubscription(text), text).toBeNull();
  }
});

test("letters have the colours of the pages", () => {
  const theme = readFileSync(new URL("../ui/theme.css", import.meta.url), "utf8");
  for (const [name, colour] of Object.entries(COLOURS)) {
    const token = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(theme, name).toContain(`--color-${token}: light-dark(${colour},`);
  }
});
