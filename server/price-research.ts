// `npm run -s price-research -- <command>`: an analyst's entry as JSON on standard input, its results as JSON under the names
// of published numbers. A list of entries, or named ones, is answered entry by entry.
import type { ZodType } from "zod";
import { clearingTable } from "../app/offers/clearing-table";
import { answersResults, featureResults, lineResults, logitResults, meterResults } from "../app/price-research/analyst";
import {
  answersEntry,
  bandEntry,
  featureEntry,
  lineEntry,
  logitEntry,
  meterEntry,
  roundEntry,
  shareEntry,
} from "../app/price-research/price-research.schema";
import { dkw95HalfWidth, wilson95 } from "../app/price-research/proportion";
import { orRefuse, Refusal, say } from "./bootstrap.mjs";

type Command = (input: unknown) => unknown;

const COMMANDS: Readonly<Record<string, Command>> = {
  "yes-no": each(answersEntry, answersResults),
  "gabor-granger": each(answersEntry, answersResults),
  "van-westendorp": each(meterEntry, meterResults),
  wilson: each(shareEntry, ({ k, n }) => ({ k, n, ...wilson95(k, n) })),
  dkw: each(bandEntry, bands),
  clear: each(
    roundEntry,
    (entry) => clearingTable(entry) ?? refuse("floor and unit_cost: a number, or “700 if Q<40 else 620”."),
  ),
  "feature-price": each(featureEntry, (entry) => featureResults(entry) ?? refuse("The columns cannot be told apart.")),
  linear: each(lineEntry, ({ Q, c }) => ({ Q, c, ...(lineResults(Q, c) ?? refuse("Q: a falling line, “200-0.5P”.")) })),
  logit: each(logitEntry, (entry) => logitResults(entry) ?? refuse("These answers have no logit curve of their own.")),
};

await orRefuse(async () => {
  const [name = "", ...rest] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) && rest.length === 0 ? COMMANDS[name] : undefined;
  if (!command)
    throw new Refusal(`Use: npm run -s price-research -- <${Object.keys(COMMANDS).join("|")}> < entry.json`);
  const input = await entryFromStandardInput();
  try {
    say(JSON.stringify(command(input), null, 2));
  } catch (error) {
    // The pure rules refuse what no entry may hold, such as prices that do not ascend.
    if (error instanceof RangeError) throw new Refusal(`This entry has no answer: ${error.message}.`);
    throw error;
  }
});

function each<Entry>(schema: ZodType<Entry>, answer: (entry: Entry) => unknown): Command {
  return function answered(input: unknown): unknown {
    const entry = schema.safeParse(input);
    if (entry.success) return answer(entry.data);
    if (Array.isArray(input) && input.length > 0) return input.map(answered);
    const several = namedEntries(input);
    if (several) return Object.fromEntries(several.map(([name, one]) => [name, answered(one)]));
    const { path, message } = entry.error.issues[0] ?? { path: [], message: "it is empty" };
    return refuse(`This is no entry of the command: ${[...path, message].join(": ")}.`);
  };
}

function namedEntries(input: unknown): [string, unknown][] | null {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return null;
  const entries = Object.entries(input);
  const areObjects = entries.every(([, value]) => typeof value === "object" && value !== null && !Array.isArray(value));
  return entries.length > 0 && areObjects ? entries : null;
}

function bands(entry: Record<string, unknown>): Record<string, number> {
  if (typeof entry.n === "number") return { n: entry.n, dkw95_halfwidth: dkw95HalfWidth(entry.n) };
  return Object.fromEntries(Object.keys(entry).map((n) => [n, dkw95HalfWidth(Number(n))]));
}

async function entryFromStandardInput(): Promise<unknown> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) text += chunk;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("Standard input holds no JSON.");
  }
}

function refuse(sentence: string): never {
  throw new Refusal(sentence);
}
