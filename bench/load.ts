import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What a run of requests took. */
export interface Figures {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Milliseconds from sending to the last byte. */
  readonly p50: number;
  readonly p95: number;
}

interface Asked {
  readonly url: string;
  readonly headers: Record<string, string>;
}

export interface Load extends Asked {
  /** How many requests are under way at any moment. */
  readonly inFlight: number;
  /** The run ends after so many requests or seconds, whichever comes first. */
  readonly requests: number;
  readonly seconds: number;
}

/** The value below which this share (0 to 1) of the sorted values lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Sends requests and keeps what each took. */
class Requests {
  private readonly took: number[] = [];
  private failed = 0;
  private readonly began = performance.now();
  private readonly agent: Agent;

  constructor(
    private readonly page: Asked,
    maxSockets: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets });
  }

  one(): Promise<void> {
    return new Promise((resolve) => {
      const start = performance.now();
      const asked = request(this.page.url, { agent: this.agent, headers: this.page.headers }, (answer) => {
        answer.resume();
        answer.once("end", () => {
          if (answer.statusCode === 200) this.took.push(performance.now() - start);
          else this.failed += 1;
          resolve();
        });
      });
      asked.once("error", () => {
        this.failed += 1;
        resolve();
      });
      asked.end();
    });
  }

  figures(): Figures {
    const seconds = (performance.now() - this.began) / 1000;
    this.agent.destroy();
    const sorted = this.took.sort((a, b) => a - b);
    return {
      requests: sorted.length,
      failed: this.failed,
      seconds,
      perSecond: sorted.length / seconds,
      p50: percentile(sorted, 0.5),
      p95: percentile(sorted, 0.95),
    };
  }
}

/** Asks for one page again and again from a closed loop; an answer other than 200 counts as failed. */
export async function load({ inFlight, requests, seconds, ...page }: Load): Promise<Figures> {
  const made = new Requests(page, inFlight);
  const until = performance.now() + seconds * 1000;
  let sent = 0;
  const loop = async () => {
    while (sent < requests && performance.now() < until) {
      sent += 1;
      await made.one();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  return made.figures();
}

/** Lets requests arrive evenly, so many a second, whether or not earlier ones were answered. */
export async function arrivals(run: Asked & { perSecond: number; seconds: number }): Promise<Figures> {
  const made = new Requests(run, 200);
  const began = performance.now();
  const under: Promise<void>[] = [];
  for (let sent = 0; sent < run.perSecond * run.seconds; sent += 1) {
    const wait = began + (sent * 1000) / run.perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    under.push(made.one());
  }
  await Promise.all(under);
  return made.figures();
}
