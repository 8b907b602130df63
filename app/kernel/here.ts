import type { Actor } from "./actor";

/** Somebody who is at a thing now, and at which part of it. */
export type HerePerson = { id: string; name: string; part: string };

/** Who is at a thing now; `more`: so many others, who are not named. */
export type Here = { people: readonly HerePerson[]; more: number };

/** Who is at one part of a thing by way of one process. */
export type HereRoom = {
  /** The thing, as pages call it: `idea:<id>`. */
  topic: string;
  part: string;
  /** Whose it is. Null: it is gone, or staff's alone. */
  account: string | null;
  /** Who may know of it. */
  audience: "both" | "staff";
  people: readonly { id: string; name: string }[];
  /** How many there are; more than are named where many came. */
  count: number;
};

/** Something changed at a thing, for staff and for these accounts. */
export type HereChange = { topic: string; accounts: readonly string[] };

type Node = { heardAt: number; rooms: Map<string, HereRoom> };

export const NOBODY: Here = { people: [], more: 0 };

/**
 * Whether somebody may know who is in a room. Customers know of their own account's things, and of nobody whom they could not
 * meet there themselves; guests see the faces in the room that they are in, and no others.
 */
export function mayKnow(actor: Actor, room: Pick<HereRoom, "account" | "audience">): boolean {
  if (actor.side === "staff") return true;
  return actor.side === "client" && room.audience === "both" && room.account === actor.accountId;
}

/** Who is where, as all processes tell it. Connections and timers live elsewhere. */
export class WhoIsHere {
  private readonly nodes = new Map<string, Node>();
  /** The same by thing: the rooms at it, by process and part. */
  private readonly things = new Map<string, Map<string, HereRoom>>();

  /** In: how long a process counts that says nothing more, in milliseconds. */
  constructor(private readonly patience: number) {}

  /** A process tells who is in a room now. */
  hear(node: string, room: HereRoom, now: number): HereChange {
    const at = this.nodes.get(node) ?? { heardAt: now, rooms: new Map() };
    this.nodes.set(node, { heardAt: now, rooms: at.rooms });
    const key = `${room.topic} ${room.part}`;
    const before = at.rooms.get(key);
    const rooms = this.things.get(room.topic) ?? new Map<string, HereRoom>();
    if (room.people.length > 0) {
      at.rooms.set(key, room);
      this.things.set(room.topic, rooms.set(`${node} ${room.part}`, room));
    } else {
      at.rooms.delete(key);
      rooms.delete(`${node} ${room.part}`);
      if (rooms.size === 0) this.things.delete(room.topic);
    }
    return { topic: room.topic, accounts: accountsOf(before, room) };
  }

  /** A process says that it lives. Out: whether it is known, so that what it told before counts. */
  lives(node: string, now: number): boolean {
    const known = this.nodes.get(node);
    if (known) known.heardAt = now;
    return known !== undefined;
  }

  /** A process begins to tell anew, or ends: what it told before is over. */
  forget(node: string): HereChange[] {
    const rooms = [...(this.nodes.get(node)?.rooms.values() ?? [])];
    const changes = rooms.map((room) => this.hear(node, { ...room, people: [], count: 0 }, 0));
    this.nodes.delete(node);
    return changes;
  }

  /** Forgets the processes that have said nothing for too long: they died without a word. */
  expire(now: number): HereChange[] {
    const silent = [...this.nodes].filter(([, { heardAt }]) => now - heardAt > this.patience);
    return silent.flatMap(([node]) => this.forget(node));
  }

  /** Who is at a thing, as far as this actor may know, without themselves. */
  at(topic: string, actor: Actor): Here {
    const people = new Map<string, HerePerson>();
    let more = 0;
    const self = actor.side === "guest" ? null : actor.personId;
    for (const room of this.things.get(topic)?.values() ?? []) {
      if (!mayKnow(actor, room)) continue;
      more += room.count - room.people.length;
      for (const { id, name } of room.people)
        if (id !== self) people.set(`${room.part} ${id}`, { id, name, part: room.part });
    }
    const named = [...people.values()].sort((one, two) => one.name.localeCompare(two.name));
    return named.length === 0 ? NOBODY : { people: named, more };
  }

  /** Who is at anything, as far as this actor may know: at so many things at most. */
  everywhere(actor: Actor, most: number): Record<string, Here> {
    const all: Record<string, Here> = {};
    let count = 0;
    for (const topic of this.things.keys()) {
      const here = this.at(topic, actor);
      if (here.people.length === 0) continue;
      all[topic] = here;
      count += 1;
      if (count === most) break;
    }
    return all;
  }
}

function accountsOf(...rooms: readonly (HereRoom | undefined)[]): string[] {
  const told = rooms.flatMap((room) => (room?.audience === "both" && room.account !== null ? [room.account] : []));
  return [...new Set(told)];
}
