/**
 * Which live documents are kept on this device, and for whom: names alone. What is in them lies in IndexedDB, a database
 * each, and is only ever that of one person.
 */
export type Kept = {
  person: string;
  /** Rooms, the one that was opened last in front. */
  rooms: readonly string[];
  /** Databases that are to be deleted, until they are: a page may be closed before. */
  going: readonly string[];
};

const LIST = "kept";
/** So many of those that were opened last are kept. */
export const KEPT_MOST = 20;

const NONE: Kept = { person: "", rooms: [], going: [] };

/** The name of the database in which a person's copy of a room lies. */
export const keptName = (person: string, room: string): string => `kept:${person}:${room}`;

/** The list after somebody opened a room: theirs alone, at most KEPT_MOST, and whatever fell out is to be deleted. */
export function withOpened(kept: Kept, person: string, room: string): Kept {
  const mine = kept.person === person ? kept : without(kept);
  const rooms = [room, ...mine.rooms.filter((one) => one !== room)];
  const out = rooms.slice(KEPT_MOST).map((one) => keptName(person, one));
  const going = [...mine.going.filter((name) => name !== keptName(person, room)), ...out];
  return { person, rooms: rooms.slice(0, KEPT_MOST), going };
}

/** The list without some rooms, or without any: their databases are to be deleted. */
export function without(kept: Kept, gone: readonly string[] = kept.rooms): Kept {
  const names = kept.rooms.filter((room) => gone.includes(room)).map((room) => keptName(kept.person, room));
  const rooms = kept.rooms.filter((room) => !gone.includes(room));
  return { person: rooms.length > 0 ? kept.person : "", rooms, going: [...kept.going, ...names] };
}

const listeners = new Set<() => void>();

/** What is kept now; nothing where a browser refuses storage. */
export function keptNow(): Kept {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(LIST) ?? "null");
    const { person, rooms, going } = (read ?? {}) as Partial<Record<keyof Kept, unknown>>;
    if (typeof person !== "string") return NONE;
    return { person, rooms: texts(rooms), going: texts(going) };
  } catch {
    return NONE;
  }
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** Puts a room that somebody opened on the list. Out: whether it is on it; a browser may refuse. */
export function keepRoom(person: string, room: string): boolean {
  change((kept) => withOpened(kept, person, room));
  return isKept(person, room);
}

/** Whether a person's copy of a room is, or will be, on this device. */
export const isKept = (person: string, room: string): boolean => {
  const kept = keptNow();
  return kept.person === person && kept.rooms.includes(room);
};

/** Deletes the copies of these rooms, or all, in all tabs. */
export const forgetKept = (rooms?: readonly string[]): void => change((kept) => without(kept, rooms));

/** Calls a listener whenever the list may have changed, here or in another tab. Out: stops. */
export function onKept(listener: () => void): () => void {
  const told = ({ key }: StorageEvent) => {
    if (key === LIST || key === null) listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", told);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", told);
  };
}

/** What another person left on this device goes. In: who is signed in, nobody when it is empty. */
export function keepOnlyFor(person: string): void {
  if (keptNow().person !== person) forgetKept();
  else deleteGoing();
}

function change(next: (kept: Kept) => Kept): void {
  const before = keptNow();
  const kept = next(before);
  try {
    if (kept.rooms.length > 0 || kept.going.length > 0) localStorage.setItem(LIST, JSON.stringify(kept));
    else if (before !== NONE) localStorage.removeItem(LIST);
  } catch {
    return;
  }
  // Whoever holds one of the databases closes it first.
  for (const listener of listeners) listener();
  deleteGoing();
}

/** A database that another tab still holds open goes as soon as that tab has let go of it. */
function deleteGoing(): void {
  for (const name of keptNow().going) {
    try {
      indexedDB.deleteDatabase(name).onsuccess = () => isGone(name);
    } catch {
      // A browser that has no databases has none to delete.
      isGone(name);
    }
  }
}

function isGone(name: string): void {
  const kept = keptNow();
  const left = { ...kept, going: kept.going.filter((one) => one !== name) };
  try {
    if (left.rooms.length > 0 || left.going.length > 0) localStorage.setItem(LIST, JSON.stringify(left));
    else localStorage.removeItem(LIST);
  } catch {}
}
