import type { AppLoadContext } from "@remix-run/node";
import type { RequestHandler } from "express";
import { actorAgain } from "~/accounts/visitors.server";
import type { LiveHub, Since } from "~/kernel/live.server";

const STREAMS_OF_PERSON = 40;
/** A reader who takes this many bytes too slowly is let go, and comes back to what was missed. */
const UNREAD = 64 * 1024;
/** How long a page may say it was under way before it asked, in milliseconds. */
const LONGEST_AGE = 10 * 60_000;

/**
 * `GET /api/live`: tells a signed-in person's page what has changed, as it changes (server-sent events). A browser that
 * was cut off names the last event it knows (Last-Event-ID, or `after`); a new page says how old it is (`age`, in
 * milliseconds). 401 for nobody, 403 for pages of others, 429 beyond forty streams of a person.
 * Outside of Remix, whose answers are compressed, and copied twice on their way: here a stream is its socket.
 */
export function liveStreams(hub: LiveHub, origins: ReadonlySet<string>): RequestHandler {
  const held = new Map<string, number>();
  return (request, response) => {
    const { visitor } = response.locals.context as AppLoadContext;
    const refuse = (status: number) => void response.status(status).set("Cache-Control", "no-store").end();
    if (!visitor.actor) return refuse(401);
    if (request.headers.origin !== undefined && !origins.has(request.headers.origin)) return refuse(403);
    const { actor } = visitor;
    // All who look as a customer share one nobody's id.
    const holder = visitor.viewing?.staff.personId ?? actor.personId;
    const others = held.get(holder) ?? 0;
    if (others >= STREAMS_OF_PERSON) return refuse(429);
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
        actor,
        holder,
        again: () => actorAgain(visitor),
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
  };
}

function known(after: unknown, age: unknown): Since {
  if (typeof after === "string" && /^\d{1,18}$/.test(after)) return { event: BigInt(after) };
  const ms = typeof age === "string" ? Number(age) : 0;
  return { ms: Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_AGE) : 0 };
}
