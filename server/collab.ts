import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import express from "express";
import * as z from "zod";
import { type Collab, type CollabMeasures, createCollab } from "~/collab/collab.server";
import { seedBrief } from "~/ideas/idea.jobs.server";
import { sayWhoIsHere } from "~/ideas/idea-here.jobs.server";
import { env } from "~/kernel/env.server";
import { openHereTeller } from "~/kernel/here-teller.server";
import { listen } from "~/kernel/listen.server";
import { log } from "~/kernel/log.server";
import { healthz, readyz } from "./http/health";
import { liveMetrics } from "./http/metrics";
import { ownOrigins } from "./http/origin";
import { type Sitter, whatMay, whoAsks, whoIsStill } from "./live-seats";

/** Whose access changed: a person's or a guest's. */
const accessNews = z.object({
  person: z.string().nullish(),
  grant: z.string().nullish(),
  gone: z.boolean().default(false),
});

/** Live editing, and what /readyz says of the Redis between its processes: null without one. */
export type RunningCollab = Collab & { redis: () => "ready" | "away" | null };

/** The live editing of briefs, wired to who people are and what ideas let them do. In: who counts what happens, if anybody. */
export function startCollab(measures?: CollabMeasures): RunningCollab {
  const { REDIS_URL: url, COLLAB_SECRET: secret } = env();
  const here = openHereTeller(sayWhoIsHere);
  const collab = createCollab<Sitter>({
    databaseUrl: env().JOBS_DATABASE_URL,
    origins: ownOrigins(env().APP_ORIGIN),
    log,
    identify: whoAsks,
    again: whoIsStill,
    access: whatMay,
    seed: seedBrief,
    onPeople: ({ name }, people) => here.set(name, people),
    ...(measures && { measures }),
    ...(url && secret && { redis: { url, secret } }),
  });
  // What was told while the database could not be heard is lost, so everybody is looked at after that.
  const stopAccess = listen(
    "tandem_access",
    (payload) => {
      const { person, grant, gone } = accessNews.parse(JSON.parse(payload));
      collab.recheck(person ?? grant ?? null, gone);
    },
    () => collab.recheck(null, false),
  );
  // One that is lost is told again: the job that changes briefs runs twice.
  const stopBriefs = listen("tandem_brief", collab.refresh);
  return {
    ...collab,
    redis() {
      const up = collab.wireIsUp();
      return up === null ? null : up ? "ready" : "away";
    },
    close() {
      stopAccess();
      stopBriefs();
      return Promise.all([collab.close(), here.close()]).then(() => undefined);
    },
  };
}

/** Live editing in a process of its own, on HOST and PORT, until it is told to stop. */
function serveAlone(): void {
  const metrics = liveMetrics(env().METRICS_TOKEN ?? null);
  const collab = startCollab(metrics.measures);
  metrics.watch(collab);
  const app = express();
  app.get("/healthz", healthz);
  app.get("/readyz", readyz({ collab: collab.ready }, { redis: collab.redis }));
  app.get("/metrics", metrics.page);
  const server = createServer(app);
  server.on("upgrade", (request, socket, head) => {
    if (!collab.handleUpgrade(request, socket, head)) socket.destroy();
  });
  server.listen(env().PORT, env().HOST, () => log.info({ port: env().PORT }, "live editing is up"));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.close();
      collab.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) serveAlone();
