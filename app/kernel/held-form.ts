/**
 * The field in which a form travels through another one: it stays in the page of whoever typed it, never in an address and
 * never with us. Whatever stands in it counts as if its sender had sent it, which they could have done as well.
 */
export const HELD_FORM = "held-form";
const HELD_MAX = 200_000;

/** A form as the text of one field. Passwords and files are left behind; out: null when the rest is too much to carry. */
export function holdForm(form: FormData): string | null {
  const pairs = [...form].filter(([name, value]) => typeof value === "string" && !/password/i.test(name));
  const text = JSON.stringify(pairs);
  return text.length > HELD_MAX ? null : text;
}

/** The form that stands in such a field; null when none does. */
export function releasedForm(held: FormDataEntryValue | null): FormData | null {
  if (typeof held !== "string" || held.length > HELD_MAX) return null;
  const form = new FormData();
  for (const pair of listIn(held)) {
    if (!Array.isArray(pair) || typeof pair[0] !== "string" || typeof pair[1] !== "string") return null;
    form.append(pair[0], pair[1]);
  }
  return form;
}

function listIn(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [null];
  } catch {
    return [null];
  }
}
