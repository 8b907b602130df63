import * as Y from "yjs";

type Range = { clock: number; end: number };

/**
 * What was written here and is not yet known to be stored. The server sends every edit back to its author once it is
 * durable, and says on connecting what it has: that, and only that, confirms.
 */
export class Unconfirmed {
  /** Per client id: up to where was written. Edits reach the server in order, so an end is enough. */
  private readonly written = new Map<number, number>();
  private readonly deleted = new Map<number, Range[]>();
  /** Something came from this device, and what of it the server lacks is not known yet. */
  private unsure = false;
  private compared = false;

  get any(): boolean {
    return this.unsure || this.written.size > 0 || this.deleted.size > 0;
  }

  /** A document came from this device, with edits in it that were not known to be stored when it was kept. */
  kept(): void {
    this.unsure = true;
  }

  /** The server said what it has (`storedUpTo`): whatever this document has beyond that is not stored. */
  lackedBy(stateVector: Uint8Array, doc: Y.Doc): void {
    this.compared = true;
    const theirs = Y.decodeStateVector(stateVector);
    for (const [client, end] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
      if ((theirs.get(client) ?? 0) < end) this.written.set(client, end);
    }
  }

  /** The server sent all it has, removals too: whatever else was removed in this document is not stored. */
  removalsLackedBy(update: Uint8Array, doc: Y.Doc): void {
    const theirs = Y.decodeUpdate(update).ds;
    for (const [client, items] of Y.createDeleteSetFromStructStore(doc.store).clients) {
      const known = [...(theirs.clients.get(client) ?? [])].sort((one, other) => one.clock - other.clock);
      const left = beyond(items, known);
      if (left.length > 0) this.deleted.set(client, left);
    }
    // Whoever may only read is not told what the server has of what was written.
    if (this.compared) this.unsure = false;
  }

  /** An edit was made here. */
  wrote(update: Uint8Array): void {
    const { structs, ds } = Y.decodeUpdate(update);
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue;
      const end = struct.id.clock + struct.length;
      this.written.set(struct.id.client, Math.max(end, this.written.get(struct.id.client) ?? 0));
    }
    for (const [client, items] of ds.clients) {
      const ranges = items.map(({ clock, len }) => ({ clock, end: clock + len }));
      this.deleted.set(client, [...(this.deleted.get(client) ?? []), ...ranges]);
    }
  }

  /** The server sent an edit, so it is stored. */
  stored(update: Uint8Array): void {
    if (!this.any) return;
    const { structs, ds } = Y.decodeUpdate(update);
    for (const struct of structs) {
      if (!(struct instanceof Y.Skip)) this.confirm(struct.id.client, struct.id.clock + struct.length);
    }
    for (const [client, items] of ds.clients) {
      for (const { clock, len } of items) this.confirmDeleted(client, clock, clock + len);
    }
  }

  /** The server said what it has. Throws when that is no state vector. */
  storedUpTo(stateVector: Uint8Array): void {
    for (const [client, end] of Y.decodeStateVector(stateVector)) this.confirm(client, end);
  }

  private confirm(client: number, end: number): void {
    const written = this.written.get(client);
    if (written !== undefined && written <= end) this.written.delete(client);
  }

  private confirmDeleted(client: number, clock: number, end: number): void {
    const left = this.deleted.get(client)?.flatMap((range) =>
      [
        { clock: range.clock, end: Math.min(range.end, clock) },
        { clock: Math.max(range.clock, end), end: range.end },
      ].filter((part) => part.clock < part.end),
    );
    if (left && left.length > 0) this.deleted.set(client, left);
    else this.deleted.delete(client);
  }
}

type Stretch = { readonly clock: number; readonly len: number };

/** What of some stretches lies in none of others; both in order. */
function beyond(some: readonly Stretch[], others: readonly Stretch[]): Range[] {
  const left: Range[] = [];
  let at = 0;
  for (const { clock, len } of some) {
    let from = clock;
    const end = clock + len;
    while (at < others.length && (others[at]?.clock ?? 0) + (others[at]?.len ?? 0) <= from) at++;
    for (let next = at; from < end; next++) {
      const other = others[next];
      if (!other || other.clock >= end) {
        left.push({ clock: from, end });
        break;
      }
      if (other.clock > from) left.push({ clock: from, end: other.clock });
      from = Math.max(from, other.clock + other.len);
    }
  }
  return left;
}
