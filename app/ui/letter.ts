/**
 * The Latin letter that a press of a key means, in small: where the keyboard is set to another alphabet, as for writing
 * Ukrainian or Russian, the one that stands on the same key. What is no letter stays what it writes.
 */
export function letterOf({ key, code }: Pick<KeyboardEvent, "key" | "code">): string {
  const printed = /^Key([A-Z])$/.exec(code)?.[1];
  return (/^[a-z]$/i.test(key) || !printed ? key : printed).toLowerCase();
}
