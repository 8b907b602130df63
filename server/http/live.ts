import type { AppLoadContext } from "@remix-run/node";
import type { Request, RequestHandler, Response } from "express";
import type { GuestSeat } from "~/accounts/guest";
import { requireGuest } from "~/accounts/guest-door.server";
import { actorAgain } from "~/accounts/visitors.server";
import { now } from "~/kernel/clock";
import type { LiveHub, LiveReader, Since } from "~/kernel/live.server";

const STREAMS_OF_ONE = 40;
/** A reader who takes this many bytes too slowly is let go, and comes back to what was missed. */
const UNREAD = 64 * 1024;
/** How long a page may say it was under way before it asked, in milliseconds. */
const LONGEST_AGE = 10 * 60_000;
/** What a timer can wait for, in milliseconds: a stream that ends then comes back. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Streams of news to open pages (server-sent events). A browser that was cut off names the last event it knows
 * (Last-Event-ID, or `after`); a new page says how old it is (`age`, in milliseconds). 403 for pages of others, 429 beyond
 * forty streams of a person or a guest. Outside of Remix, whose answers are compressed, and copied twice on their way: here a
 * stream is its socket.
 * - `person`: `GET /api/live`, for whoever is signed in; 401 for nobody.
 * - `guest`: `GET /guest/:token/live`, for the guest of that link in a browser that showed it to be theirs, told of the one
 *   thing that it opens; 404 for everybody else. It ends with the grant.
 */
export function liveStreams(hub: LiveHub, origins: ReadonlySet<string>): Record<"person" | "guest", RequestHandler> {
  const held = new Map<string, number>();

  function begin(request: Request, response: Response, reader: Pick<LiveReader, "actor" | "holder" | "again">): void {
    const { holder } = reader;
    if (request.headers.origin !== undefined && !origins.has(request.headers.origin)) {
      refuse(response, 403);
      return;
    }
    const others = held.get(holder) ?? 0;
    if (others >= STREAMS_OF_ONE) {
      refuse(response, 429);
      return;
    }
    held.set(holder, others + 1);

    response.status(200).set({
      "Content-Type": "text/event-stream; charset=utf-8",
      // no-transform: a stream that is compressed waits until there is enough to compress.
      "Cache-Control": "no-store, no-transform",
      // For proxies that would otherwise collect an answer before they pass it on.
      "X-Accel-Buffering": "no",
    });
    request.socket.setNoDelay(true);
    // Each comes back at a moment of its own after a restart.
    response.write(`retry: ${Math.round(1_000 + Math.random() * 2_000)}\n\n`);

    const forget = hub.open(
      {
        ...reader,
        send(text) {
          if (response.writableLength > UNREAD) response.destroy();
          else response.write(text);
        },
        end: () => void response.end(),
      },
      known(request.headers["last-event-id"] ?? request.query.after, request.query.age),
    );
    response.once("close", () => {
      forget();
      const left = (held.get(holder) ?? 1) - 1;
      if (left > 0) held.set(holder, left);
      else held.delete(holder);
    });
  }

  return {
    person(request, response) {
      const { visitor } = response.locals.context as AppLoadContext;
      if (!visitor.actor) {
        refuse(response, 401);
        return;
      }
      const { actor } = visitor;
      // All who look as a customer share one nobody's id.
      const holder = visitor.viewing?.staff.personId ?? actor.personId;
      begin(request, response, { actor, holder, again: () => actorAgain(visitor) });
    },
    guest(request, response, next) {
      const seat = () => guestBehind(response.locals.context, request.params.token);
      seat().then((guest) => {
        if (!guest) {
          refuse(response, 404);
          return;
        }
        const { actor, expiresAt } = guest;
        begin(request, response, { actor, holder: actor.grantId, again: async () => (await seat())?.actor ?? null });
        // Whoever was given more time meanwhile comes back by themselves.
        const over = setTimeout(() => response.end(), Math.min(expiresAt.getTime() - now().getTime(), LONGEST_TIMER));
        response.once("close", () => clearTimeout(over));
      }, next);
    },
  };
}

function refuse(response: Response, status: number): void {
  response.status(status).set("Cache-Control", "no-store").end();
}

/** The guest of a link; null for everybody else, whom a page would lead elsewhere. */
async function guestBehind(context: AppLoadContext, token: string | undefined): Promise<GuestSeat | null> {
  try {
    return await requireGuest(context, token);
  } catch (elsewhere) {
    if (elsewhere instanceof globalThis.Response) return null;
    throw elsewhere;
  }
}

function known(after: unknown, age: unknown): Since {
  if (typeof after === "string" && /^\d{1,18}$/.test(after)) return { event: BigInt(after) };
  const ms = typeof age === "string" ? Number(age) : 0;
  return { ms: Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_AGE) : 0 };
}
