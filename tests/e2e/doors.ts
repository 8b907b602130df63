import type { Door } from "./doors-expected";
import { openDoors } from "./doors-open";
import { portalDoors } from "./doors-portal";
import { staffDoors } from "./doors-staff";

/** Every route that has a loader or an action. A route that is not listed here fails. */
export const DOORS: Record<string, Door> = { ...portalDoors, ...staffDoors, ...openDoors };
