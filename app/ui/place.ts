import type { LucideIcon } from "lucide-react";

/** A place in the navigation. `exact`: its own page alone counts as being there, not the pages below it. */
export type Place = { to: string; label: string; icon: LucideIcon; exact?: boolean };
