// Six digits, because the caret extension takes no other form. Each has 4.5:1 or more against white label text.
const COLOURS = ["#0f6b66", "#8a3b12", "#5b3fa0", "#9c2463", "#1d5fa8", "#4d6414", "#7a4a00", "#3c4a5c"] as const;

/** A person's colour in every room and on every screen. In: the person's id. Out: `#rrggbb`. */
export function personColour(personId: string): string {
  let sum = 0;
  for (const letter of personId) sum = (sum * 31 + letter.charCodeAt(0)) % 65_521;
  return COLOURS[sum % COLOURS.length] ?? COLOURS[0];
}
