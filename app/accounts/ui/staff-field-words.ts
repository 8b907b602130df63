import type { FilledField, Names } from "../staff-account";

/** A field with what it holds, as a page is given it. */
export type ShownField = FilledField;

const short = (locale: string) => locale.slice(0, 2) as keyof Names;

/** What a field is called in the reader's language (BCP 47). */
export function fieldName({ names }: { names: Names }, locale: string): string {
  return names[short(locale)] ?? names.en;
}

/** What a field holds, as the reader's language writes it. */
export function shownValue(field: ShownField, locale: string): string {
  const { kind, value, choices } = field;
  if (value === null) return "";
  if (kind === "number") return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(Number(value));
  if (kind === "date") {
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(
      new Date(`${value}T00:00:00Z`),
    );
  }
  const choice = kind === "choice" ? choices.find(({ key }) => key === value) : undefined;
  return choice ? fieldName(choice, locale) : value;
}
