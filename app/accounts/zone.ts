/** Names of the IANA list are words of Latin letters with slashes between them; offsets such as "+02:00" are none. */
const NAME = /^[A-Za-z]+(?:[_+-][A-Za-z0-9]+)*(?:\/[A-Za-z]+(?:[_+-][A-Za-z0-9]+)*){0,2}$/;

/**
 * The zone that somebody typed or chose, by its name on the IANA list with its own capital letters; null when there is none
 * of that name. Old names that still mean a zone ("Europe/Kiev") are taken.
 */
export function zoneOf(typed: string): string | null {
  const name = typed.trim().replaceAll(" ", "_");
  if (name.length > 64 || !NAME.test(name)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    if (timeZone.toLowerCase() === name.toLowerCase()) return timeZone;
  } catch {
    return null;
  }
  // Another name of the same place; PostgreSQL and browsers know it by the letters it is written with.
  return /^[A-Z]/.test(name) ? name : null;
}
