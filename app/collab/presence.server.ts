import { boardView, isOnBoard } from "./board-view";
import { LIMITS } from "./limits";
import type { Author } from "./owners";
import type { PresenceEntry } from "./protocol.server";

/** Who stands behind a connection, as the session says. */
export type Identity = { personId: string; name: string; color: string };

/** That somebody asks everybody to come to a place: their how-manieth time, and where. */
type Call = { n: number; at: unknown };

/** What others see of a person: stamped by the server, except where their caret is and where they call to. */
export type PresenceState = { user: Identity; cursor: unknown; call?: Call };

/** The owner of presences. Compared by identity: one a connection. `mayCall`: whether they may ask everybody to come to them. */
export type PresenceOwner = { identity: Identity; mayPoint: boolean; mayCall?: boolean };

/** `node`: the process that told of it; null when its connection is one of this process. */
type Held = {
  clock: number;
  state: PresenceState | null;
  owner: PresenceOwner | null;
  heardAt: number;
  node: string | null;
};

/** How long a clock outlives its presence, in milliseconds: editors remember it, too, and ignore whoever comes back below it. */
const MEMORY = 3_600_000;

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isPlaceId = (value: unknown): boolean => isObject(value) && isCount(value.client) && isCount(value.clock);

function place(value: unknown, root: string): unknown {
  if (!isObject(value)) return null;
  const { type, tname, item, assoc } = value;
  if (type != null && !isPlaceId(type)) return null;
  if (item != null && !isPlaceId(item)) return null;
  if (tname != null && tname !== root) return null;
  if (assoc != null && !Number.isSafeInteger(assoc)) return null;
  if (type == null && item == null && tname == null) return null;
  const only = (id: unknown) => (isObject(id) ? { client: id.client, clock: id.clock } : null);
  return { type: only(type), tname: tname ?? null, item: only(item), assoc: assoc ?? 0 };
}

/**
 * A caret that every editor can place: two relative positions and nothing else. A malformed one would throw in the
 * editors of all others, so it is null.
 */
export function cleanCursor(value: unknown, root = "default"): unknown {
  if (!isObject(value)) return null;
  const anchor = place(value.anchor, root);
  const head = place(value.head, root);
  return anchor && head ? { anchor, head } : null;
}

/** Where somebody points on a board and what of it they see: this and nothing else, null when it is neither. */
export function cleanPoint(value: unknown): unknown {
  if (!isObject(value)) return null;
  const { x, y } = value;
  const view = boardView(value.view);
  const point = isOnBoard(x) && isOnBoard(y) ? { x, y } : null;
  return point || view ? { ...point, ...(view && { view }) } : null;
}

/**
 * Who is in a room. Sockets and timers live elsewhere. Stock clients also send back what they heard of others, so what
 * is not the sender's own is dropped, not refused.
 */
export class Presence {
  private readonly held = new Map<number, Held>();
  private readonly announced = new WeakSet<PresenceOwner>();

  /** In: what is kept of where somebody says they point; carets in a text when left out. */
  constructor(private readonly clean: (cursor: unknown) => unknown = cleanCursor) {}

  /** Takes a connection's message. In: the moment, in milliseconds. Out: what everybody must now hear, the sender included. */
  hear(owner: PresenceOwner, entries: readonly PresenceEntry[], now = performance.now()): PresenceEntry[] {
    const news: PresenceEntry[] = [];
    for (const { client, clock, state } of entries) {
      if (!isCount(client) || !isCount(clock)) continue;
      const known = this.held.get(client);
      if (!this.owns(owner, known, state)) continue;
      const next = this.stamp(owner, state);
      const same = JSON.stringify(known?.state ?? null) === JSON.stringify(next);
      // A repeat under the clock it was given is the sender repeating our echo; answering it would never end.
      if (known && same && clock <= known.clock && known.owner === owner) {
        known.heardAt = now;
        continue;
      }
      const stamped = Math.max(clock, known ? known.clock + 1 : 1);
      this.held.set(client, { clock: stamped, state: next, owner, heardAt: now, node: null });
      news.push({ client, clock: stamped, state: next });
    }
    return news;
  }

  /** A connection is gone. Out: what the others must hear. Clocks stay, so that a return is seen as one. */
  leave(owner: PresenceOwner): PresenceEntry[] {
    const news: PresenceEntry[] = [];
    for (const [client, known] of this.held) {
      if (known.owner !== owner) continue;
      this.held.set(client, { ...known, state: null, owner: null });
      news.push({ client, clock: known.clock, state: null });
    }
    return news;
  }

  /** Ends what nobody renewed; its connection may take it up again. In: the moment. Out: what everybody must now hear. */
  sweep(now = performance.now()): PresenceEntry[] {
    const news: PresenceEntry[] = [];
    for (const [client, known] of this.held) {
      const age = now - known.heardAt;
      if (known.state && age > LIMITS.presenceLife) {
        known.state = null;
        if (known.node !== null) known.owner = null;
        news.push({ client, clock: known.clock, state: null });
      } else if (!known.state && !known.owner && age > MEMORY) this.held.delete(client);
    }
    return news;
  }

  /**
   * Takes what another process tells of its own connections. Out: what everybody in the room here must now hear; what of the
   * connections here the others have wrong and must be told again; and whose client ids it names.
   */
  hearFrom(
    node: string,
    entries: readonly PresenceEntry[],
    now = performance.now(),
  ): { news: PresenceEntry[]; wrong: PresenceEntry[]; owners: Author[] } {
    const news: PresenceEntry[] = [];
    const wrong: PresenceEntry[] = [];
    const owners: Author[] = [];
    for (const { client, clock, state } of entries) {
      const known = this.held.get(client);
      const theirs = isObject(state) ? (state as PresenceState) : null;
      if (theirs) owners.push({ client, person: theirs.user.personId });
      if (known?.owner && known.node === null && theirs?.user.personId !== known.owner.identity.personId) {
        // Of a connection that came here meanwhile: the word about its end is late.
        if (clock < known.clock) continue;
        known.clock = clock + 1;
        wrong.push({ client, clock: known.clock, state: known.state });
      } else if (!known || clock > known.clock || (clock === known.clock && known.state && !theirs)) {
        const owner = theirs && { identity: theirs.user, mayPoint: true };
        this.held.set(client, { clock, state: theirs, owner, heardAt: now, node });
        if (theirs || known?.state) news.push({ client, clock, state: theirs });
      } else if (clock === known.clock && theirs && known.node === node) known.heardAt = now;
    }
    return { news, wrong, owners };
  }

  /** Whoever is connected here, told anew: clocks go on, so that it counts where they were thought to be gone. */
  ofHere(): PresenceEntry[] {
    return [...this.held].flatMap(([client, known]) => {
      if (!known.state || known.node !== null) return [];
      known.clock += 1;
      return [{ client, clock: known.clock, state: known.state }];
    });
  }

  /** The persons connected to this process, each once, in the order in which they came. */
  people(): Identity[] {
    const people = new Map<string, Identity>();
    for (const { state, node } of this.held.values())
      if (state && node === null) people.set(state.user.personId, state.user);
    return [...people.values()];
  }

  /** Everybody here, for a newcomer. */
  everybody(): PresenceEntry[] {
    return [...this.held].flatMap(([client, { clock, state }]) => (state ? [{ client, clock, state }] : []));
  }

  private owns(owner: PresenceOwner, known: Held | undefined, state: unknown): boolean {
    if (known?.owner === owner) return true;
    if (!isObject(state)) return false;
    // A connection's first word is about itself: it may come back as who it was, even before its old line is found dead.
    const first = !this.announced.has(owner);
    if (known?.owner && !(first && known.owner.identity.personId === owner.identity.personId)) return false;
    if (known && !known.owner && !first) return false;
    const own = [...this.held.values()].filter((held) => held.owner === owner).length;
    if (own >= LIMITS.presencesOfConnection) return false;
    this.announced.add(owner);
    return true;
  }

  private stamp({ identity, mayPoint, mayCall }: PresenceOwner, state: unknown): PresenceState | null {
    if (!isObject(state)) return null;
    const { call } = state;
    return {
      user: identity,
      cursor: mayPoint ? this.clean(state.cursor) : null,
      // Who may no longer write here calls nobody, either.
      ...(mayPoint &&
        mayCall &&
        isObject(call) &&
        isCount(call.n) && { call: { n: Number(call.n), at: this.clean(call.at) } }),
    };
  }
}
