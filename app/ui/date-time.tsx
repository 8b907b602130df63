import { useFormatter } from "use-intl";

/** A moment, in the reader's zone and never "ago". The whole of it, with the zone, stands in its title. */
export function DateTime({ at, time = true }: { at: Date | string; time?: boolean }) {
  const format = useFormatter();
  const moment = new Date(at);
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return (
    // Browsers and our server may know different editions of the calendar's words.
    <time
      dateTime={moment.toISOString()}
      title={format.dateTime(moment, { weekday: "long", ...day, month: "long", ...clock, timeZoneName: "long" })}
      suppressHydrationWarning
      className="whitespace-nowrap"
    >
      {format.dateTime(moment, time ? { ...day, ...clock } : day)}
    </time>
  );
}
