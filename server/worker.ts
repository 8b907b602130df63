import { EventEmitter } from "node:events";
import { pathToFileURL } from "node:url";
import { Logger, parseCronItems, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { accountTasks } from "~/accounts/invitation.jobs.server";
import { personNotices } from "~/accounts/person-notices.server";
import { decisionNotices } from "~/decisions/decision-notices.server";
import { ideaClock, ideaTasks } from "~/ideas/idea.jobs.server";
import { ideaNotices } from "~/ideas/idea-notices.server";
import { env } from "~/kernel/env.server";
import { log } from "~/kernel/log.server";
import { notificationTasks } from "~/notifications/notification.jobs.server";
import { roundClock, roundTasks } from "~/offers/round.jobs.server";
import { surveyNotices } from "~/price-research/survey-notices.server";
import { prototypeTasks } from "~/prototypes/prototype-file.jobs.server";
import { createMail, type LocalMail } from "./local/mail";

/** Jobs that wait for a person's next page are short; four at once leave the database to the pages. */
const JOBS_AT_ONCE = 4;
/** Less than the five seconds in which everything stops: a job cut short is tried again at the next start. */
const FINISH_WITHIN_MS = 2_000;

export interface Worker {
  /** Whether it is listening for jobs at this moment. */
  ready(): boolean;
  /** Lets running jobs finish for two seconds, then hands them back. */
  stop(): Promise<void>;
}

/** The reactions of every module, gathered here and nowhere else. */
const tasksWith = (mail: LocalMail): TaskList => ({
  ...accountTasks,
  ...ideaTasks,
  ...prototypeTasks,
  ...roundTasks,
  ...notificationTasks({ idea: ideaNotices, person: personNotices, decision: decisionNotices, survey: surveyNotices }),
  send_mail: (payload) => mail.deliver(idIn(payload)),
  sweep_mail: mail.sweep,
  free_jobs: async (_payload, { query }) => {
    await query(FREE_JOBS);
  },
});

/**
 * Jobs of a process that was killed stay locked for hours unless somebody frees them. None of ours runs that long, a process
 * takes one at a time under each of its names, and one that runs twice does no harm.
 */
const FREE_JOBS = `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
  where locked_at < now() - interval '10 minutes' having count(*) > 0`;

/** What runs by the clock here and in no module. */
const OWN_CLOCK = [
  { task: "sweep_mail", match: "* * * * *" },
  { task: "free_jobs", match: "*/5 * * * *" },
];

function idIn(payload: unknown): string {
  if (typeof payload === "object" && payload !== null && "id" in payload) return String(payload.id);
  throw new Error("The job names nothing to work on");
}

/** What letters are sent with, by this process. */
export function mailOfThisProcess(): LocalMail {
  const { JOBS_DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl, MAIL_FROM: from } = env();
  return createMail({ databaseUrl, smtpUrl, from, log });
}

/** What PostgreSQL says while it starts or stops. */
const CANNOT_CONNECT_NOW = "57P03";

/**
 * A method that says of every lost connection that PostgreSQL cannot be reached now. On that the job runner waits and asks
 * again, which does no harm: a job may run twice. On a connection cut or refused it would end, and take the whole process
 * with it where nobody waits for the answer.
 */
function patient<Method>(method: Method, owner: object): Method {
  const wait = (error: unknown): never => {
    const answered = error instanceof pg.DatabaseError && !/^(08|57P)/.test(error.code ?? "");
    if (answered || !(error instanceof Error)) throw error;
    throw Object.assign(new Error(error.message, { cause: error }), { code: CANNOT_CONNECT_NOW });
  };
  const asked = (...given: unknown[]) => {
    const answer: unknown = Reflect.apply(method as () => unknown, owner, given);
    return answer instanceof Promise ? answer.catch(wait) : answer;
  };
  return asked as Method;
}

/** Starts doing jobs. Rejects when the database does not answer. */
export async function startWorker(mail: LocalMail): Promise<Worker> {
  const events: WorkerEvents = new EventEmitter();
  let listening = false;
  events.on("pool:listen:success", () => {
    listening = true;
  });
  events.on("pool:listen:error", () => {
    listening = false;
  });
  // A pool of ours, so that it is closed when stop() says so, and so that a connection lost while idle ends nothing.
  const pgPool = new pg.Pool({
    connectionString: env().JOBS_DATABASE_URL,
    max: JOBS_AT_ONCE + 2,
    application_name: "tandem worker",
  });
  let running = true;
  const lost = ({ message }: Error) => {
    if (running) log.warn({ error: message }, "the worker lost a database connection");
  };
  pgPool.connect = patient(pgPool.connect, pgPool);
  pgPool.on("error", lost).on("connect", (client) => {
    client.on("error", lost);
    client.query = patient(client.query, client);
  });
  const runner = await run({
    pgPool,
    taskList: tasksWith(mail),
    events,
    // Given, so that no file of that name in the working folder is read.
    parsedCronItems: parseCronItems([...ideaClock, ...roundClock, ...OWN_CLOCK]),
    concurrency: JOBS_AT_ONCE,
    noHandleSignals: true,
    logger: new Logger(
      ({ label }) =>
        (level, message, meta) =>
          log[level === "warning" ? "warn" : level]({ ...meta, worker: label }, message),
    ),
    preset: { worker: { gracefulShutdownAbortTimeout: FINISH_WITHIN_MS } },
  });
  const ended = runner.promise.then(
    () => {
      running = false;
    },
    (error) => {
      running = false;
      log.error({ error }, "the worker ended");
    },
  );
  return {
    ready: () => running && listening,
    stop: async () => {
      if (running) await runner.stop();
      await ended;
      await pgPool.end();
    },
  };
}

/** Jobs in a process of their own, until it is told to stop. */
async function workAlone(): Promise<void> {
  const mail = mailOfThisProcess();
  const worker = await startWorker(mail);
  log.info("the worker is up");
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () =>
      worker
        .stop()
        .then(mail.close)
        .then(
          () => process.exit(0),
          () => process.exit(1),
        ),
    );
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await workAlone();
