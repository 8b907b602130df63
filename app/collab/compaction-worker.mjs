// Runs in a thread of its own (compaction.server.ts), so that a long document stops nobody's typing. Plain JavaScript: the
// thread starts without the loader of TypeScript, from where this file was written.
import { parentPort } from "node:worker_threads";
import * as Y from "yjs";

/** One update that stands for all: without the content of what was removed, unless something still waits for its parts. */
function compacted(parts) {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const part of parts) Y.applyUpdate(doc, part);
  });
  const { pendingStructs, pendingDs } = doc.store;
  return pendingStructs || pendingDs ? Y.mergeUpdates(parts) : Y.encodeStateAsUpdate(doc);
}

parentPort?.on("message", ({ id, parts }) => {
  try {
    parentPort?.postMessage({ id, snapshot: compacted(parts) });
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? error.message : "unknown" });
  }
});
