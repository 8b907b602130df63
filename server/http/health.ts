import type { RequestHandler } from "express";

/** What must work before people are let in. Each answers whether it does; throwing and staying silent mean no. */
export type Probes = Readonly<Record<string, () => Promise<boolean>>>;

/** What is said beside them and keeps nobody out. Null: there is nothing to say. */
export type Told = Readonly<Record<string, () => string | null>>;

const PATIENCE_MS = 2_000;

/** `GET /healthz`: the process is up. */
export const healthz: RequestHandler = (_request, response) => {
  response.set("Cache-Control", "no-store").json({ ok: true });
};

/** `GET /readyz`: 200 when every probe says yes, else 503; either way it names each one and what it said, and what is told. */
export function readyz(probes: Probes, told: Told = {}): RequestHandler {
  return async (_request, response) => {
    const answers = await Promise.all(
      Object.entries(probes).map(async ([name, probe]) => [name, (await ask(probe)) ? "ready" : "not ready"]),
    );
    const ready = answers.every(([, answer]) => answer === "ready");
    const said = Object.entries(told).flatMap(([name, say]) => {
      const state = say();
      return state === null ? [] : [[name, state]];
    });
    response
      .status(ready ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json({ ok: ready, ...Object.fromEntries([...answers, ...said]) });
  };
}

async function ask(probe: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  try {
    return await Promise.race([probe(), silence]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
