import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Collab, CollabMeasures } from "~/collab/collab.server";

/** What live editing counts, and the page that shows it. */
export type LiveMetrics = {
  measures: CollabMeasures;
  /** What is open at the moment in which somebody looks. */
  watch(collab: Pick<Collab, "figures" | "wireIsUp">): void;
  /** `GET /metrics`, in the text format of Prometheus. */
  page: RequestHandler;
};

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
const THIS_MACHINE = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "via"];
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * In: the token that a collector must bring; null lets whoever asks from this machine itself read, no proxy in between.
 */
export function liveMetrics(token: string | null): LiveMetrics {
  const registers = [new Registry()];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `tandem_collab_${name}`, help, labelNames, registers });
  const taken = counter("updates_in_total", "Edits taken in.");
  const sent = counter("updates_out_total", "Stored updates, times the connections they went to.");
  const refused = counter("refused_total", "What was not taken, by reason.", ["reason"]);
  const wire = counter("wire_total", "Messages between processes, and rows read from the log since none came.", [
    "what",
  ]);
  const commit = new Histogram({
    name: "tandem_collab_commit_seconds",
    help: "How long storing what waited took.",
    buckets: SECONDS,
    registers,
  });
  return {
    measures: {
      updates(more, lines) {
        if (more > 0) taken.inc(more);
        if (lines > 0) sent.inc(lines);
      },
      refused: (reason) => refused.inc({ reason }),
      committed: (seconds) => commit.observe(seconds),
      wire: (what) => wire.inc({ what }),
    },
    watch({ figures, wireIsUp }) {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          name: `tandem_collab_${name}`,
          help,
          registers,
          collect() {
            this.set(read());
          },
        });
      gauge("rooms", "Open documents.", () => figures().rooms);
      gauge("sockets", "Connections.", () => figures().sockets);
      if (wireIsUp() !== null)
        gauge("wire_up", "Whether other processes are told at once.", () => (wireIsUp() ? 1 : 0));
      gauge("queue", "Documents that wait to be stored.", () => figures().queue);
    },
    page(request, response, next) {
      if (!mayLook(request, token)) return next();
      Promise.all(registers.map((registry) => registry.metrics())).then(([text]) => {
        response.set("Cache-Control", "no-store").type("text/plain; version=0.0.4").send(text);
      }, next);
    },
  };
}

function mayLook(request: Request, token: string | null): boolean {
  if (token !== null) return isSame(request.get("authorization") ?? "", `Bearer ${token}`);
  // A proxy on this machine asks from this machine, too, and a page in a browser on it may call it by another name.
  const direct = FORWARDED.every((name) => request.headers[name] === undefined);
  const asked = request.socket.remoteAddress ?? "";
  return direct && LOOPBACK.test(asked) && THIS_MACHINE.test(request.headers.host ?? "");
}

const hash = (text: string) => createHash("sha256").update(text).digest();
const isSame = (one: string, two: string): boolean => timingSafeEqual(hash(one), hash(two));
