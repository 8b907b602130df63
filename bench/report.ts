import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

const readme = fileURLToPath(new URL("README.md", import.meta.url));

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/**
 * How fast the machine is just now: milliseconds of processor time for a fixed piece of work of the kind that pages are made
 * of, the middle one of five. Processors that are shared with others give half as much at one hour as at another.
 */
function pace(): number {
  const ideas = Array.from({ length: 200 }, (_, at) => ({
    id: `idea-${at}`,
    title: `The arm wobbles at ${at} cm`,
    at,
  }));
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (let round = 0; round < 600; round++) JSON.parse(JSON.stringify(ideas).replaceAll("arm", "Arm"));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return times.sort((a, b) => a - b)[2] ?? 0;
}

/** The machine that the figures were measured on, and how fast it was, in one line. */
export function machine(): string {
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} x ${processor}, ${memory} GiB, Linux ${release()}, Node ${process.versions.node}, a fixed piece of work in ${pace().toFixed(0)} ms`;
}

/** Puts a result between its two marks in bench/README.md. Throws when the marks are not there. */
export function writeResult(name: string, text: string): void {
  const before = readFileSync(readme, "utf8");
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`bench/README.md has no place for the result of "${name}"`);
  writeFileSync(readme, `${before.slice(0, from + begin.length)}\n${text}\n${before.slice(to)}`);
}
