import { createStores, openDB } from "lib0/indexeddb";
import { fetchUpdates, IndexeddbPersistence, PREFERRED_TRIM_SIZE } from "y-indexeddb";
import * as Y from "yjs";
import { isKept, keepRoom, keptName, onKept } from "~/ui/kept";
import { parseRoom } from "../room";

/** Whether everything that stands in a document now is on this device: not, not yet, or surely. */
export type KeptState = "no" | "keeping" | "kept";

/** What a page without a connection needs to know of a kept document, beside its text. */
export type KeptAbout = {
  title: string;
  /** What the person calls themselves. */
  name: string;
  mayEdit: boolean;
  /** Something in it was not known to be stored by the server. */
  unsent: boolean;
};

/** What comes within this time is written in one go, in milliseconds. */
const TOGETHER = 50;
/** A store that does not answer within this time is none, in milliseconds. */
const PATIENCE = 10_000;
const ABOUT = "about";
const STORES: [string, IDBObjectStoreParameters?][] = [["updates", { autoIncrement: true }], ["custom"]];

/** Whether an edit came from this device's store, where this or another tab wrote it. */
export const isFromDevice = (origin: unknown): boolean => origin instanceof IndexeddbPersistence;

/** What a copy asks of the line whose document it keeps. */
type Keeping = { room: string; person: string; about: () => KeptAbout; changed: () => void };

/**
 * One document's copy on this device: y-indexeddb reads it and gives it its form. What it writes by itself it writes without
 * knowing whether it arrived; here each write is a transaction of ours, and only its end counts.
 */
export class KeptCopy {
  private store: IndexeddbPersistence | null = null;
  private waiting: Uint8Array[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private writing = 0;
  private rows = 0;
  private opening = false;
  private hasPage = false;
  private noted: string | null = null;
  private readonly forget: () => void;

  constructor(
    private readonly doc: Y.Doc,
    private readonly keeping: Keeping,
  ) {
    this.forget = onKept(() => {
      if ((this.store || this.opening) && !isKept(keeping.person, keeping.room)) this.stop();
    });
    window.addEventListener("pagehide", this.flush);
  }

  get state(): KeptState {
    if (!this.store) return this.opening ? "keeping" : "no";
    return this.opening || this.waiting.length > 0 || this.writing > 0 ? "keeping" : "kept";
  }

  /** Brings what is kept into the document. Out: what is known of it; null when nothing whole is kept. */
  async load(): Promise<KeptAbout | null> {
    const { person, room } = this.keeping;
    if (!isKept(person, room)) return null;
    const store = await this.open();
    const about = (await store?.get(ABOUT).catch(() => null)) as KeptAbout | null | undefined;
    this.opened();
    // A copy that was begun and never finished is none.
    if (!about) this.stop();
    return about ?? null;
  }

  /** The document is whole: from now on all of it is kept. Does nothing where it is kept already. */
  async begin(): Promise<void> {
    const { person, room } = this.keeping;
    if (!keepRoom(person, room)) return;
    this.keepPage();
    if (this.store || this.opening) return;
    if (await this.open()) await this.together();
    this.opened();
    this.note();
  }

  /** The worker keeps, once, what draws such a document without a connection (public/offline-worker.js). */
  private keepPage(): void {
    if (this.hasPage) return;
    this.hasPage = true;
    const keep = parseRoom(this.keeping.room)?.part;
    void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ keep }));
  }

  /** Writes what is known of the document, when that has changed. */
  note(): void {
    if (this.store && !this.opening && this.noted !== JSON.stringify(this.keeping.about())) this.later();
  }

  /** Nothing is kept any more. */
  readonly stop = (): void => {
    const { store } = this;
    this.store = null;
    this.opening = false;
    this.waiting = [];
    this.doc.off("update", this.wrote);
    store?.destroy().catch(() => undefined);
    this.keeping.changed();
  };

  /** The document is closed; what waits is still written. */
  end(): void {
    this.flush();
    this.forget();
    window.removeEventListener("pagehide", this.flush);
    this.doc.off("update", this.wrote);
    this.store?.destroy().catch(() => undefined);
    this.store = null;
  }

  private async open(): Promise<IndexeddbPersistence | null> {
    this.opening = true;
    const name = keptName(this.keeping.person, this.keeping.room);
    let store: IndexeddbPersistence | null = null;
    try {
      // Where a browser refuses (a private window, a full disk) it does so here.
      (await soon(openDB(name, (db) => createStores(db, STORES as never)))).close();
      store = new IndexeddbPersistence(name, this.doc);
      this.doc.off("update", store._storeUpdate);
      this.doc.on("update", this.wrote);
      await soon(store.whenSynced);
      // Somebody signed out while it was opened.
      if (!this.opening) throw new Error("no longer kept");
      this.store = store;
      this.rows = store._dbsize;
      return store;
    } catch {
      store?.destroy().catch(() => undefined);
      this.stop();
      return null;
    }
  }

  private opened(): void {
    this.opening = false;
    if (this.waiting.length > 0) this.later();
    this.keeping.changed();
  }

  private readonly wrote = (update: Uint8Array, origin: unknown): void => {
    if (isFromDevice(origin)) return;
    this.waiting.push(update);
    if (this.store && !this.opening) this.later();
  };

  private later(): void {
    this.timer ??= setTimeout(this.flush, TOGETHER);
  }

  private readonly flush = (): void => {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const db = this.store?.db;
    if (!db || this.opening) return;
    const about = this.keeping.about();
    const updates = this.waiting;
    this.waiting = [];
    this.write(() => {
      const writing = db.transaction(["updates", "custom"], "readwrite");
      if (updates.length > 0) writing.objectStore("updates").add(Y.mergeUpdates(updates));
      writing.objectStore("custom").put(about, ABOUT);
      this.noted = JSON.stringify(about);
      return writing;
    });
    this.rows += 1;
    if (this.rows >= PREFERRED_TRIM_SIZE) void this.together();
  };

  /** Everything becomes one row, with what other tabs wrote. */
  private async together(): Promise<void> {
    const { store } = this;
    if (!store) return;
    this.rows = 1;
    try {
      const updates = await fetchUpdates(store);
      await new Promise<void>((done) => {
        this.write(() => {
          const added = updates.add(Y.encodeStateAsUpdate(this.doc));
          added.onsuccess = () => updates.delete(IDBKeyRange.upperBound(added.result, true));
          return updates.transaction;
        }, done);
      });
    } catch {
      this.stop();
    }
  }

  /** One transaction: what it holds is kept when it has ended well, and no sooner. */
  private write(begin: () => IDBTransaction, done: () => void = () => undefined): void {
    const { store } = this;
    this.writing += 1;
    const ended = (well: boolean) => {
      this.writing -= 1;
      // A full disk, or a database that was taken away: from now on nothing is promised.
      if (!well && this.store === store) this.stop();
      this.keeping.changed();
      done();
    };
    try {
      const writing = begin();
      writing.oncomplete = () => ended(true);
      writing.onabort = () => ended(false);
    } catch {
      ended(false);
    }
  }
}

/** What a store answers, if it does so soon. */
function soon<T>(answer: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error("no answer")), PATIENCE);
    answer.then(done, failed).finally(() => clearTimeout(late));
  });
}

/** What is known of a person's copy of a room, without its text; null when none is whole. */
export async function keptAbout(person: string, room: string): Promise<KeptAbout | null> {
  if (!isKept(person, room)) return null;
  try {
    const db = await soon(openDB(keptName(person, room), (made) => createStores(made, STORES as never)));
    const asked = db.transaction("custom", "readonly").objectStore("custom").get(ABOUT);
    const about = await new Promise<unknown>((done, failed) => {
      asked.onsuccess = () => done(asked.result);
      asked.onerror = failed;
    });
    db.close();
    return (about as KeptAbout | undefined) ?? null;
  } catch {
    return null;
  }
}
