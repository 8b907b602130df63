import * as Y from "yjs";
import { env } from "~/kernel/env.server";
import { once } from "~/kernel/process.server";
import { createStore, type Stored } from "./collab.queries.server";

/** Live documents as they are stored, for whoever reads them without a line: jobs, and forms that speak of a place in one. */

/** The store as the collab role, whatever process serves the room. */
export const storeOfJobs = () => once("collab store", () => createStore(env().JOBS_DATABASE_URL));

/** Throws when a part of what is stored is missing: a text must not become shorter by being read. */
export function docOf({ id, updates, broken }: Stored): Y.Doc {
  if (broken) throw new Error(`the log of live document ${id} has a hole`);
  const ydoc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(ydoc, update);
  return ydoc;
}
