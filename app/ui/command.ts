import type { ReactNode } from "react";

/** A step that the palette offers: a place to go to, or a form to send. `group`: what it stands under. */
export type Command = {
  id: string;
  label: string;
  group: string;
} & ({ to: string } | { post: string; fields: Readonly<Record<string, string>> } | { run: () => void });

/** Of the part that knows what its reader may do on this page; it draws what it is given with that. */
export type CommandsProps = { children: (commands: readonly Command[]) => ReactNode };
