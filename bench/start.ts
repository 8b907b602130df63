import { parseArgs } from "node:util";
import { startServer } from "../tests/e2e/server";
import { machine, table, writeResult } from "./report";

const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
});

const RUNS = 5;
const COLD_START_MS = 3000;

const server = await startServer();
const cold: number[] = [];
const stops: number[] = [];
try {
  for (let one = 0; one < RUNS; one += 1) {
    stops.push((await server.stop()).ms);
    const began = performance.now();
    await server.start();
    cold.push(performance.now() - began);
  }
} finally {
  await server.dispose();
}
const middle = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const worst = (values: number[]) => Math.max(...values);
const row = (name: string, values: number[], budget: number) => [
  name,
  middle(values).toFixed(0),
  worst(values).toFixed(0),
  `${budget}: ${worst(values) <= budget ? "held" : "**missed**"}`,
];
const result = [
  `${new Date().toISOString().slice(0, 10)}, ${machine()}; ${RUNS} runs.`,
  "",
  table(
    ["what", "median ms", "worst ms", "budget ms"],
    [
      row("start with an existing database, until /readyz says 200", cold, COLD_START_MS),
      row("SIGTERM until nothing is left", stops, 5000),
    ],
  ),
].join("\n");
if (options.write) writeResult("start", result);
console.log(options.json ? JSON.stringify({ machine: machine(), cold, stops }, null, 2) : result);
