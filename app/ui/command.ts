/** A step that the palette offers: a place to go to, or a form to send. `group`: what it stands under. */
export type Command = {
  id: string;
  label: string;
  group: string;
} & ({ to: string } | { post: string; fields: Readonly<Record<string, string>> } | { run: () => void });
