import type * as Y from "yjs";
import { changesBetween, type Standing, standingIn } from "../away";

/** What others did meanwhile; `names`: of those who are here, `more`: others wrote, too. */
export type Away = { added: number; changed: number; removed: number; names: readonly string[]; more: boolean };

/** Whoever had no connection for so long is told what others did meanwhile, in milliseconds. */
const LONG = 10_000;

/** Compares a document as it stood when its line had gone with what it is when the line is back. */
export class AwayWatch {
  /** Null until it is known, and again when it was read. */
  away: Away | null = null;
  private downSince: number | null = null;
  private before: Standing | null = null;

  /** In: who is here under a client id, null when nobody is. */
  constructor(
    private readonly doc: Y.Doc,
    private readonly nameOf: (client: number) => string | null,
  ) {}

  down(): void {
    this.downSince ??= performance.now();
  }

  /** The line stands; nothing has come over it yet. In: whether the document lay on this device until now. */
  up(wasKept: boolean): void {
    const long = this.downSince !== null && performance.now() - this.downSince >= LONG;
    this.before = wasKept || long ? standingIn(this.doc) : null;
    this.downSince = null;
  }

  /** Everything that came meanwhile is in the document. */
  whole(): void {
    const changes = this.before && changesBetween(this.before, standingIn(this.doc));
    this.before = null;
    if (!changes) return;
    const { by, ...counts } = changes;
    const names = by.map(this.nameOf);
    const known = names.filter((name) => name !== null);
    this.away = { ...counts, names: [...new Set(known)].sort(), more: known.length < names.length };
  }
}
