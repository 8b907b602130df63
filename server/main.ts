import { resolve } from "node:path";
import { env, type Settings } from "~/kernel/env.server";
import { Refusal, ROOT, say } from "./bootstrap.mjs";
import { claimFolder, plainReason, portProblem, requirePort } from "./claim";
import { isForThisMachine, originOf, startLocalServices } from "./local/index";
import { settingsOrRefusal } from "./settings";
import type { WebServices } from "./web";

/** A second less than what is promised, for the exit itself. */
const STOP_WITHIN_MS = 4_000;

type Stop = () => Promise<void> | void;

/**
 * Brings the whole installation up in this process and keeps it up until SIGINT or SIGTERM.
 * @param dev pages come from Vite, changed as their files are
 * @throws Refusal with one sentence, after stopping whatever was started
 */
export async function start({ dev }: { dev: boolean }): Promise<void> {
  const stops: Stop[] = [];
  const leave = leaver(stops);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void leave(0));
  try {
    const settings = settingsOrRefusal();
    const dataDir = resolve(ROOT, settings.DATA_DIR);
    await bringUp(settings, dataDir, dev, stops).catch((error: unknown) => {
      throw error instanceof Refusal ? error : (plainReason(error, dataDir) ?? error);
    });
  } catch (reason) {
    process.stderr.write(`${reason instanceof Refusal ? reason.message : detail(reason)}\n`);
    await leave(1);
  }
}

async function bringUp(settings: Settings, dataDir: string, dev: boolean, stops: Stop[]): Promise<void> {
  const { HOST: host, PORT: port } = settings;
  await requirePort(host, port);
  stops.push(claimFolder(dataDir, originOf(settings)));

  say(settings.DATABASE_URL ? "Connecting to the database" : `Starting PostgreSQL in ${dataDir}`);
  const local = await startLocalServices(settings, dataDir, say);
  stops.push(local.stop);

  // Our own code asks env() what kind of installation this is. Libraries look at NODE_ENV, and React renders several
  // times slower when it reads anything but this.
  if (!dev) process.env.NODE_ENV = "production";

  const { adminUrl } = local;
  if (adminUrl) {
    const { migrate } = await import("./migrate");
    const { DATABASE_URL, STAFF_DATABASE_URL, JOBS_DATABASE_URL, GATEWAY_DATABASE_URL } = env();
    const logins = [DATABASE_URL, STAFF_DATABASE_URL, JOBS_DATABASE_URL, GATEWAY_DATABASE_URL ?? []].flat();
    await migrate({ adminUrl, logins, log: say });
  }
  const stripe = await local.startStripe?.((await import("~/kernel/log.server")).log);
  if (stripe) stops.push(stripe.close);
  const demo = local.ownDatabase && isForThisMachine(settings) && settings.NODE_ENV !== "production";
  const loaded = adminUrl !== null && demo && (await loadDemo(adminUrl));
  const logins = adminUrl && demo ? await demoLogins(adminUrl) : null;
  await serve(settings, dataDir, dev, stops);
  if (loaded && !settings.SUPABASE_URL) {
    const { sendDemoFiles } = await import("./local/demo-files");
    await sendDemoFiles(adminUrl);
  }
  if (settings.NODE_ENV === "production") await warnOfStandIns(settings, stripe !== undefined);
  if (logins) say(`\nDemo logins:\n${logins}`);
  say(`\nTandem runs at ${env().APP_ORIGIN} (Ctrl-C stops it)`);
}

async function loadDemo(adminUrl: string): Promise<boolean> {
  const { loadDemoData } = await import("./local/demo-data");
  const loaded = await loadDemoData(adminUrl);
  if (loaded) say("Loaded the demo data");
  return loaded;
}

async function demoLogins(adminUrl: string): Promise<string | null> {
  const { holdsDemoData, loginLines } = await import("./local/demo-data");
  const { logins } = await import("../tests/personas");
  return (await holdsDemoData(adminUrl, logins[0]?.email ?? "")) ? loginLines(logins) : null;
}

/** An operator who allowed stand-ins should read in the log what each of them means. */
async function warnOfStandIns({ DATABASE_URL, SUPABASE_URL, SMTP_URL }: Settings, localStripe: boolean): Promise<void> {
  const { log } = await import("~/kernel/log.server");
  if (!DATABASE_URL) log.warn("Local PostgreSQL: the data lives on this machine alone. Back up DATA_DIR.");
  if (!SUPABASE_URL) log.warn("Local sign-in and files: served by this process alone. Back up DATA_DIR.");
  if (localStripe) log.warn("Local stand-in for Stripe: cards are tried with test numbers and no money moves.");
  if (!SMTP_URL) log.warn("No SMTP_URL: mail stays in the table mail_outbox and nobody is sent any.");
}

/** What people reach: pages, sockets and jobs, with the local gateway in front of them where no Supabase is set. */
async function serve(settings: Settings, dataDir: string, dev: boolean, stops: Stop[]): Promise<void> {
  const { closeDatabases, databasesAnswer } = await import("~/kernel/db.server");
  stops.push(closeDatabases);
  const gateway = env().SUPABASE_URL ? null : await startGateway(dataDir);
  if (gateway) stops.push(gateway.close);
  const { mailOfThisProcess, startWorker } = await import("./worker");
  const mail = mailOfThisProcess();
  stops.push(mail.close);
  const worker = await startWorker(mail);
  stops.push(worker.stop);
  // Where COLLAB_URL says: two places that serve one brief want a Redis between them, and nobody would come here.
  const live = env().COLLAB_URL ? null : await startLive();
  if (live) stops.push(live.collab.close);
  const { startWeb } = await import("./web");
  const services: WebServices = {
    supabaseMount: gateway?.mount() ?? null,
    devMail: mayShowMail(settings) ? mail.page : null,
    collab: live?.collab ?? { handleUpgrade: (_request, socket) => socket.destroy() },
    probes: {
      database: databasesAnswer,
      worker: async () => worker.ready(),
      ...(live && { collab: live.collab.ready }),
    },
    told: live ? { redis: live.collab.redis } : {},
    metrics: live?.metrics.page ?? null,
  };
  const web = await startWeb({ services, dev }).catch((error: unknown) => {
    throw portProblem(error, settings.HOST, settings.PORT);
  });
  // A web server does not close while sockets are open, so live editing goes first.
  stops.push(web.stop);
  if (live) stops.push(live.collab.close);
}

/** Live editing in this process, and what counts it. */
async function startLive() {
  const { startCollab } = await import("./collab");
  const { liveMetrics } = await import("./http/metrics");
  const metrics = liveMetrics(env().METRICS_TOKEN ?? null);
  const collab = startCollab(metrics.measures);
  metrics.watch(collab);
  return { collab, metrics };
}

/** Letters open accounts: only somebody who sits at this machine may read those that were not sent. */
function mayShowMail(settings: Settings): boolean {
  return settings.NODE_ENV !== "production" && isForThisMachine(settings) && !settings.SMTP_URL;
}

async function startGateway(dataDir: string) {
  const { createLocalSupabase } = await import("./local/supabase/gateway");
  const { provideSupabase } = await import("~/accounts/supabase.server");
  const { log } = await import("~/kernel/log.server");
  const { APP_ORIGIN, GATEWAY_DATABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY, LOCAL_JWT_KEY } = env();
  const gateway = await createLocalSupabase({
    databaseUrl: GATEWAY_DATABASE_URL ?? "",
    dataDir,
    origin: APP_ORIGIN,
    publishableKey: SUPABASE_PUBLISHABLE_KEY,
    secretKey: SUPABASE_SECRET_KEY,
    jwtKey: JSON.parse(LOCAL_JWT_KEY ?? ""),
    allowSignUp: false,
    log,
  });
  provideSupabase({
    url: `${APP_ORIGIN}/supabase`,
    publishableKey: SUPABASE_PUBLISHABLE_KEY,
    secretKey: SUPABASE_SECRET_KEY,
    fetch: gateway.fetch,
  });
  return gateway;
}

/** Stops everything once, the last started first; a part that hangs does not keep the process. */
function leaver(stops: Stop[]): (code: number) => Promise<never> {
  let leaving: Promise<never> | null = null;
  return (code) => {
    leaving ??= (async () => {
      const late = setTimeout(() => process.exit(code), STOP_WITHIN_MS);
      for (const stop of stops.reverse()) {
        try {
          await stop();
        } catch (error) {
          process.stderr.write(`${detail(error)}\n`);
        }
      }
      clearTimeout(late);
      process.exit(code);
    })();
    return leaving;
  };
}

function detail(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
