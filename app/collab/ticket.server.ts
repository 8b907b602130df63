import { createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type * as z from "zod";
import { now } from "~/kernel/clock";
import { env } from "~/kernel/env.server";
import { once } from "~/kernel/process.server";
import { ticketSchema } from "./ticket.schema";

/** Who was let in where the page is: a person by their session, a guest by their browser. What they may do is asked again. */
export type Holder = z.output<typeof ticketSchema>["holder"];

/** What `GET /api/collab/ticket` answers. */
export type Ticket = { url: string; room: string; ticket: string; expiresAt: string };

const LIFE_MS = 60_000;

/** A ticket into one room for one minute. In: the room's name and who is to hold it, both found good a moment ago. */
export function ticketFor(room: string, holder: Holder): Ticket {
  const until = now().getTime() + LIFE_MS;
  const said = Buffer.from(JSON.stringify({ id: randomUUID(), room, until, holder })).toString("base64url");
  const { COLLAB_URL, APP_ORIGIN } = env();
  return {
    url: `${COLLAB_URL ?? APP_ORIGIN.replace(/^http/, "ws")}/collab`,
    room,
    ticket: `${said}.${sealOf(said).toString("base64url")}`,
    expiresAt: new Date(until).toISOString(),
  };
}

/** Who holds a ticket into this room; null when it is not ours, for another room, over, or was used at this process before. */
export function takeTicket(ticket: string, room: string): Holder | null {
  const [said = "", seal = "", ...rest] = ticket.split(".");
  const given = Buffer.from(seal, "base64url");
  const own = sealOf(said);
  if (rest.length > 0 || given.length !== own.length || !timingSafeEqual(given, own)) return null;
  const {
    id,
    holder,
    until,
    room: itsRoom,
  } = ticketSchema.parse(JSON.parse(Buffer.from(said, "base64url").toString()));
  const time = now().getTime();
  if (itsRoom !== room || until < time) return null;
  const used = once("used collab tickets", () => new Map<string, number>());
  for (const [one, end] of used) if (end < time) used.delete(one);
  if (used.has(id)) return null;
  used.set(id, until);
  return holder;
}

/** Without a secret that others know, too, tickets are good at this process alone. */
const secret = () => env().COLLAB_SECRET ?? once("collab ticket secret", () => randomBytes(32).toString("hex"));

function sealOf(said: string): Buffer {
  const key = createHmac("sha256", secret()).update("tandem collab ticket").digest();
  return createHmac("sha256", key).update(said).digest();
}
