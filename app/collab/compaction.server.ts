import { Worker } from "node:worker_threads";

type Outcome = { id: number; snapshot?: Uint8Array; failure?: string };
type Job = { resolve: (snapshot: Uint8Array) => void; reject: (error: Error) => void };

const HERE = new URL(".", import.meta.url);
/** A thread keeps some megabytes; it goes when nothing was asked of it for so long. */
const IDLE_MS = 30_000;

/** Makes snapshots in a thread of its own, started when the first is asked for. */
export class Compactor {
  private worker: Worker | null = null;
  private readonly jobs = new Map<number, Job>();
  private asked = 0;
  private idle: NodeJS.Timeout | null = null;

  /** In: updates, oldest first. Out: one that stands for all of them. Throws when yjs cannot read them. */
  compact(parts: readonly Uint8Array[]): Promise<Uint8Array> {
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
    return new Promise((resolve, reject) => {
      this.jobs.set(++this.asked, { resolve, reject });
      this.worker ??= this.start();
      this.worker.postMessage({ id: this.asked, parts });
    });
  }

  async end(): Promise<void> {
    if (this.idle) clearTimeout(this.idle);
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(new URL("compaction-worker.mjs", HERE), { execArgv: [] });
    worker.on("message", (outcome: Outcome) => this.finish(outcome));
    worker.on("error", (error: unknown) => this.lose(worker, String(error)));
    worker.on("exit", () => this.lose(worker, "the thread ended"));
    worker.unref();
    return worker;
  }

  private finish({ id, snapshot, failure }: Outcome): void {
    const job = this.jobs.get(id);
    this.jobs.delete(id);
    if (snapshot) job?.resolve(snapshot);
    else job?.reject(new Error(failure));
    if (this.jobs.size > 0) return;
    this.idle = setTimeout(() => void this.worker?.terminate(), IDLE_MS);
    this.idle.unref();
  }

  private lose(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = null;
    for (const { reject } of this.jobs.values()) reject(new Error(`no snapshot was made: ${why}`));
    this.jobs.clear();
  }
}
