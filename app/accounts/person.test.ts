import { expect, test } from "vitest";
import * as people from "../../tests/personas";
import { deviceOf } from "./device";
import { invitationEnds, mayDecideAbout } from "./person";
import { zoneOf } from "./zone";

const { metis } = people.accounts;

test("an owner decides about the own account's people, and about nobody else", () => {
  expect(mayDecideAbout(people.metisOwner, metis)).toBe(true);
  expect(mayDecideAbout(people.metisOwner, people.accounts.brix)).toBe(false);
  expect(mayDecideAbout(people.metisOwner, null)).toBe(false);
  for (const other of [people.metisApprover, people.metisViewer, { ...people.metisOwner, role: "member" } as const]) {
    expect(mayDecideAbout(other, metis)).toBe(false);
  }
});

test("managers and admins decide about customers' people, admins alone about staff", () => {
  expect(mayDecideAbout(people.manager, metis)).toBe(true);
  expect(mayDecideAbout(people.manager, null)).toBe(false);
  expect(mayDecideAbout(people.admin, metis)).toBe(true);
  expect(mayDecideAbout(people.admin, null)).toBe(true);
  for (const other of [people.designer, people.pricing, people.production, people.support, people.auditor]) {
    expect(mayDecideAbout(other, metis)).toBe(false);
    expect(mayDecideAbout(other, null)).toBe(false);
  }
});

test("a letter of invitation is good for seven days", () => {
  expect(invitationEnds(new Date("2026-11-22T10:00:00Z"))).toEqual(new Date("2026-11-29T10:00:00Z"));
});

test.each([
  ["Europe/Berlin", "Europe/Berlin"],
  ["europe/berlin", "Europe/Berlin"],
  [" America/New York ", "America/New_York"],
  ["Europe/Kyiv", "Europe/Kyiv"],
  ["Europe/Kiev", "Europe/Kiev"],
  ["Asia/Shanghai", "Asia/Shanghai"],
  ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
  ["UTC", "UTC"],
])("the zone “%s” is taken", (typed, zone) => {
  expect(zoneOf(typed)).toBe(zone);
});

test.each(["", "Berlin", "+02:00", "Europe/Nowhere", "../etc/passwd", "Europe/Berlin'; drop", "E".repeat(70)])(
  "“%s” is no zone",
  (typed) => {
    expect(zoneOf(typed)).toBeNull();
  },
);

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0", "Firefox", "Linux", false],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0 Safari/537.36 Edg/137.0",
    "Edge",
    "Windows",
    false,
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari",
    "iOS",
    true,
  ],
  [
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0 Mobile Safari/537.36",
    "Chrome",
    "Android",
    true,
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Safari",
    "macOS",
    false,
  ],
  ["node", null, null, false],
  ["<script>alert(1)</script>", null, null, false],
])("a device is named by its browser and system: %s", (said, browser, system, phone) => {
  expect(deviceOf(said)).toEqual({ browser, system, phone });
});
