import { useLocale, useTimeZone } from "use-intl";

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const STYLES = {
  day: DAY,
  moment: { ...DAY, ...CLOCK },
  whole: { weekday: "long", ...DAY, month: "long", ...CLOCK, timeZoneName: "long" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a format costs as much as rendering a row, so each is made once for its language and zone. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, timeZone: string | undefined, style: keyof typeof STYLES): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${style}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...STYLES[style], ...(timeZone ? { timeZone } : {}) });
  formats.set(key, made);
  return made;
}

/** Writing a moment twice, in short and whole, is dear for a list of them; the same ones are asked for again and again. */
const written = new Map<string, string>();
const WRITTEN_KEPT = 5_000;

function write(moment: Date, locale: string, timeZone: string | undefined, style: keyof typeof STYLES): string {
  const key = `${moment.getTime()} ${locale} ${timeZone} ${style}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  const text = formatOf(locale, timeZone, style).format(moment);
  if (written.size >= WRITTEN_KEPT) written.clear();
  written.set(key, text);
  return text;
}

/** A moment, in the reader's zone and never "ago". The whole of it, with the zone, stands in its title. */
export function DateTime({ at, time = true }: { at: Date | string; time?: boolean }) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const moment = new Date(at);
  return (
    // Browsers and our server may know different editions of the calendar's words.
    <time
      dateTime={moment.toISOString()}
      title={write(moment, locale, timeZone, "whole")}
      suppressHydrationWarning
      className="whitespace-nowrap"
    >
      {write(moment, locale, timeZone, time ? "moment" : "day")}
    </time>
  );
}

/** Writes a day of the calendar (`2026-11-23`), which is the same day in every zone, as one writes it in the reader's language. */
export function useDay(): (day: string) => string {
  const locale = useLocale();
  return (day) => write(new Date(`${day}T00:00:00Z`), locale, "UTC", "day");
}
