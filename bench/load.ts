import { Agent, request } from "node:http";

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

export interface Load {
  readonly url: string;
  readonly headers: Record<string, string>;
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

/** Asks for one page again and again from a closed loop; an answer other than 200 counts as failed. */
export async function load({ url, headers, inFlight, requests, seconds }: Load): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const took: number[] = [];
  let sent = 0;
  let failed = 0;
  const began = performance.now();
  const until = began + seconds * 1000;

  const once = () =>
    new Promise<void>((resolve) => {
      const start = performance.now();
      const asked = request(url, { agent, headers }, (answer) => {
        answer.resume();
        answer.once("end", () => {
          if (answer.statusCode === 200) took.push(performance.now() - start);
          else failed += 1;
          resolve();
        });
      });
      asked.once("error", () => {
        failed += 1;
        resolve();
      });
      asked.end();
    });

  const loop = async () => {
    while (sent < requests && performance.now() < until) {
      sent += 1;
      await once();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  const passed = (performance.now() - began) / 1000;
  agent.destroy();
  took.sort((a, b) => a - b);
  return {
    requests: took.length,
    failed,
    seconds: passed,
    perSecond: took.length / passed,
    p50: percentile(took, 0.5),
    p95: percentile(took, 0.95),
  };
}
