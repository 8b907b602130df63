import * as decoding from "lib0/decoding";
import { messageSync } from "y-websocket";
import * as Y from "yjs";
import { guest, textOf, visit } from "../../app/collab/collab-people.fixture";

/** What a browser waits at most before it tries to connect again, in milliseconds: the provider's own. */
const PATIENCE = 2_500;

/** Somebody who types numbered words without pause, and knows which of them the server has confirmed. The unchanged provider. */
export class Typist {
  readonly words: string[] = [];
  /** Milliseconds: the longest this person waited for a confirmation while typing. */
  longest = 0;
  private readonly ends: number[] = [];
  private readonly visitor: ReturnType<typeof visit>;
  private confirmed = 0;
  private waitsSince: number | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    /** Which of the processes this person's line leads to. */
    readonly at: number,
    port: number,
    room: string,
    private readonly name: string,
  ) {
    this.visitor = visit(port, room, guest(name));
    this.visitor.provider.maxBackoffTime = PATIENCE;
    const { provider, doc } = this.visitor;
    const handle = provider.messageHandlers[messageSync];
    if (!handle) throw new Error("y-websocket has no handler for edits");
    provider.messageHandlers[messageSync] = (encoder, decoder, ...rest) => {
      const copy = decoding.clone(decoder);
      const step = decoding.readVarUint(copy);
      const body = decoding.readVarUint8Array(copy);
      handle(encoder, decoder, ...rest);
      if (step === 0) this.confirm(Y.decodeStateVector(body).get(doc.clientID) ?? 0);
      else
        for (const { id, length } of Y.decodeUpdate(body).structs)
          if (id.client === doc.clientID) this.confirm(id.clock + length);
    };
  }

  get isIn(): boolean {
    return this.visitor.provider.synced;
  }

  type(everyMs: number): void {
    this.timer = setInterval(() => {
      const word = `${this.name}.${this.words.length}`;
      this.visitor.write(word);
      this.words.push(word);
      this.ends.push(Y.getState(this.visitor.doc.store, this.visitor.doc.clientID));
      this.waitsSince ??= performance.now();
    }, everyMs);
  }

  rest(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  /** How many words the server has confirmed. */
  get saved(): number {
    let count = this.ends.length;
    while (count > 0 && (this.ends[count - 1] ?? 0) > this.confirmed) count--;
    return count;
  }

  get isSaved(): boolean {
    return this.saved === this.words.length;
  }

  /** What this person's document says. */
  read(): string[] {
    return textOf(this.visitor.doc).split("|");
  }

  leave(): void {
    this.rest();
    this.visitor.leave();
  }

  private confirm(end: number): void {
    this.confirmed = Math.max(this.confirmed, end);
    if (this.waitsSince === null) return;
    const now = performance.now();
    this.longest = Math.max(this.longest, now - this.waitsSince);
    this.waitsSince = this.isSaved ? null : now;
  }
}
