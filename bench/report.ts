import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

const readme = fileURLToPath(new URL("README.md", import.meta.url));

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The machine that the figures were measured on, in one line. */
export function machine(): string {
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} x ${processor}, ${memory} GiB, Linux ${release()}, Node ${process.versions.node}`;
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
