import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { briefRoom } from "./room";
import { takeTicket, ticketFor } from "./ticket.server";

// Needs no table: the settings that a ticket's address comes from are there only beside a database.
const START = new Date("2026-03-02T10:00:00Z");
const room = briefRoom(randomUUID());
const holder = { userId: randomUUID(), sessionId: randomUUID(), mailboxProvedAt: null };

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a ticket opens one room for one minute, once", () => {
  const { ticket, expiresAt, room: named, url } = ticketFor(room, holder);
  expect([named, expiresAt, url]).toEqual([room, "2026-03-02T10:01:00.000Z", "ws://localhost:3000/collab"]);
  expect(takeTicket(ticket, briefRoom(randomUUID()))).toBeNull();
  expect(takeTicket(ticket, room)).toEqual(holder);
  expect(takeTicket(ticket, room)).toBeNull();
  const late = ticketFor(room, { grantId: randomUUID(), browser: "c2VjcmV0" });
  vi.setSystemTime(START.getTime() + 60_001);
  expect(takeTicket(late.ticket, room)).toBeNull();
});

test("a ticket of whose words or seal anything was changed opens nothing", () => {
  const { ticket } = ticketFor(room, holder);
  const [said = "", seal = ""] = ticket.split(".");
  const words = Buffer.from(said, "base64url").toString();
  const other = Buffer.from(words.replace(holder.userId, randomUUID())).toString("base64url");
  for (const forged of [
    "",
    ".",
    said,
    `${said}.`,
    `${other}.${seal}`,
    `${said}.${seal.slice(2)}`,
    `${said}.${[...seal].reverse().join("")}`,
    `${ticket}.`,
    `${said}.${seal}.${seal}`,
    "%E0%A4%A",
  ]) {
    expect(takeTicket(forged, room)).toBeNull();
  }
  expect(takeTicket(ticket, room)).toEqual(holder);
});
