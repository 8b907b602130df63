import * as z from "zod";

/**
 * What goes wrong on purpose. `error`, `too-many` and `no-key`: refused before anything was done; `silence`: nothing done and no
 * answer; `answer-lost`: all done, and the line is cut before the answer.
 */
export const faultSchema = z.strictObject({
  kind: z.enum(["error", "too-many", "silence", "answer-lost", "no-key"]),
  /** How many requests; then it is over. */
  times: z.number().int().min(1).max(10_000).default(1),
  method: z.enum(["GET", "POST", "DELETE"]).optional(),
  /** How the path begins. */
  path: z.string().startsWith("/v1/").default("/v1/"),
  /** How the path ends, as `/capture`. */
  ending: z.string().default(""),
});
export type Fault = z.output<typeof faultSchema>;

export class Faults {
  private planned: Fault[] = [];

  plan(fault: Fault): void {
    this.planned.push({ ...fault });
  }

  clear(): void {
    this.planned = [];
  }

  left(): readonly Fault[] {
    return this.planned;
  }

  /** The fault that strikes this request, used up by it. */
  strike(method: string, path: string): Fault["kind"] | null {
    const fault = this.planned.find(
      (one) =>
        (one.method === undefined || one.method === method) && path.startsWith(one.path) && path.endsWith(one.ending),
    );
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times === 0) this.planned = this.planned.filter((one) => one !== fault);
    return fault.kind;
  }
}
