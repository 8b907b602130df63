import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { LiveDocument } from "./document.server";
import { readMessage } from "./protocol.server";

const PEOPLE = [11, 4_000_000_000, 77];

type Move = { who: number; what: number; at: number };

const moves = fc.array(fc.record({ who: fc.nat({ max: 2 }), what: fc.nat({ max: 11 }), at: fc.nat({ max: 30 }) }), {
  minLength: 1,
  maxLength: 60,
});

/** Everything that an answer brings, applied in the order it is sent. */
function complete(doc: Y.Doc, server: LiveDocument): void {
  for (const bytes of server.answer(Y.encodeStateVector(doc))) {
    const message = readMessage(bytes);
    if ("update" in message) Y.applyUpdate(doc, message.update, "server");
  }
}

function edit(doc: Y.Doc, { what, at }: Move): void {
  const [text, map] = [doc.getText("text"), doc.getMap<unknown>("map")];
  if (what < 3) text.insert(Math.min(at, text.length), "abc".slice(what));
  else if (what === 3 && text.length > 0) text.delete(Math.min(at, text.length - 1), 1);
  else if (what === 4) map.set(`key ${at % 3}`, at % 2 ? Y.Array.from([at]) : at);
  else if (what === 5) map.delete(`key ${at % 3}`);
}

const snapshotOf = (parts: readonly Uint8Array[]): Uint8Array => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.mergeUpdates([...parts]));
  return doc.store.pendingStructs || doc.store.pendingDs ? Y.mergeUpdates([...parts]) : Y.encodeStateAsUpdate(doc);
};

/** The room, as a person's screen and the log see it. */
class Session {
  server = new LiveDocument([]);
  readonly log: Uint8Array[] = [];
  private readonly unsent: Uint8Array[][] = PEOPLE.map(() => []);
  readonly docs = PEOPLE.map((clientID, who) => {
    const doc = Object.assign(new Y.Doc(), { clientID });
    doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "server" && this.unsent[who]?.push(update));
    return doc;
  });

  make(move: Move): void {
    const { who, what, at } = move;
    const doc = this.docs[who];
    if (!doc) return;
    if (what < 6) doc.transact(() => edit(doc, move));
    // Some of what was written gets there, not always the oldest first, and sometimes twice.
    if (what === 6) this.send(who, this.unsent[who]?.splice(at % 2, 1)[0]);
    if (what === 7) this.store();
    if (what === 8) complete(doc, this.server);
    if (what === 9) this.send(who, Y.encodeStateAsUpdate(doc));
    if (what === 10) this.compact();
    if (what === 11 && at === 0) this.server = new LiveDocument(this.log);
  }

  send(who: number, update: Uint8Array | undefined): void {
    if (update) this.server.take(update, `person ${who}`);
  }

  store(): void {
    this.server.launch();
    const payload = this.server.landed();
    if (payload) this.log.push(payload);
  }

  compact(): void {
    const { parts, mark } = this.server.toCompact();
    this.store();
    this.server.compacted(snapshotOf(parts), mark);
  }
}

test("whatever comes in whatever order, everybody ends with the same text, newcomers and those who come back too", () => {
  fc.assert(
    fc.property(moves, (all) => {
      const session = new Session();
      for (const move of all) session.make(move);
      // Everybody is asked for what the server lacks, and completes what they lack.
      for (const [who, doc] of session.docs.entries()) {
        session.store();
        session.send(who, Y.encodeStateAsUpdate(doc, session.server.stateVector()));
      }
      session.store();
      for (const doc of session.docs) complete(doc, session.server);
      const [newcomer, restarted] = [new Y.Doc(), new Y.Doc()];
      complete(newcomer, session.server);
      complete(restarted, new LiveDocument(session.log));
      const seen = [...session.docs, newcomer, restarted].map((doc) => ({
        text: doc.getText("text").toString(),
        map: doc.getMap("map").toJSON(),
        waits: Boolean(doc.store.pendingStructs ?? doc.store.pendingDs),
      }));
      for (const one of seen) expect(one).toEqual({ ...seen[0], waits: false });
      // What everybody knows is news to nobody.
      const rows = session.log.length;
      for (const [who, doc] of session.docs.entries()) session.send(who, Y.encodeStateAsUpdate(doc));
      session.store();
      session.store();
      expect(session.log.length).toBeLessThanOrEqual(rows + 1);
    }),
    { numRuns: 150, seed: 1 },
  );
});
