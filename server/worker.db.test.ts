import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { asSuperuser } from "../tests/database";
import type { LocalMail } from "./local/mail";
import { mailOfThisProcess, startWorker, type Worker } from "./worker";

vi.setConfig({ testTimeout: 60_000 });

let mail: LocalMail;
let worker: Worker;

beforeAll(async () => {
  mail = mailOfThisProcess();
  worker = await startWorker(mail);
});

afterAll(async () => {
  await worker.stop();
  await mail.close();
});

/** Jobs that any process may do at any time. */
const addJobs = (count: number) =>
  asSuperuser("select graphile_worker.add_job('free_jobs') from generate_series(1, $1)", [count]);
const jobsLeft = async () =>
  (await asSuperuser<{ id: string }>("select id::text from graphile_worker.jobs where task_identifier = 'free_jobs'"))
    .length;
const cutAllConnections = () =>
  asSuperuser<{ cut: boolean }>(
    `select pg_terminate_backend(pid) as cut from pg_stat_activity
     where datname = current_database() and application_name = 'tandem worker'`,
  );
const isDone = () => vi.waitFor(async () => expect(await jobsLeft()).toBe(0), { timeout: 30_000, interval: 50 });

test("jobs go on after the database has cut every connection, and none is left undone", async () => {
  await addJobs(300);
  expect((await cutAllConnections()).length).toBeGreaterThan(0);
  await isDone();
  await vi.waitFor(() => expect(worker.ready()).toBe(true), { timeout: 30_000, interval: 50 });
});
