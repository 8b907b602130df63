import * as decoding from "lib0/decoding";
import { messageAuth, WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { forgetKept } from "~/ui/kept";
import { DAMAGED } from "../limits";
import { parseRoom } from "../room";
import { type Away, AwayWatch } from "./away-watch";
import { KeptCopy, type KeptState } from "./kept-copy";
import { readReceipts } from "./receipts";
import { MAY_COME_BACK, type Refusal, refusalOf } from "./refusals";
import { ticketSockets } from "./ticket-socket";
import { Unconfirmed } from "./unconfirmed";

export type Present = { personId: string; name: string; color: string };

/** How a brief's line to the server stands, as one sentence can say it. */
export type LineState = {
  name:
    | "connecting"
    | "saving"
    | "saved"
    | "offline"
    | "kept"
    | "unsaved"
    | "read-only"
    | "read-only-unsaved"
    | "damaged"
    | "offlineReading";
  refused: Refusal | null;
  unsaved: boolean;
  mayEdit: boolean;
  /** The document is here: the server's has arrived at least once, now or when it was kept on this device. */
  arrived: boolean;
  /** What others did while this page had no connection, or was closed; null until it is known, or when it was read. */
  away: Away | null;
  /** Everybody else here, each once, in the order of their names. */
  others: readonly Present[];
};

/** What keeps a document on this device: its title, and what its reader is called. Left out: it is not kept. */
export type KeepAs = { title: string; name: string };

const COLOUR = /^#[0-9a-f]{6}$/;
const ASK_AGAIN_MS = 15_000;
/** After these nothing of a person, or of this document, stays on the device. */
const ENDS: ReadonlySet<Refusal> = new Set(["signed-out", "removed", "not-yours"]);

/** What others may see of a presence; the server stamped it, and nothing else is believed. */
export function presentOf(state: unknown): Present | null {
  const user = (state as { user?: Partial<Present> } | null)?.user;
  if (typeof user?.personId !== "string" || typeof user.name !== "string") return null;
  return {
    personId: user.personId,
    name: user.name,
    color: COLOUR.test(user.color ?? "") ? `${user.color}` : "#3c4a5c",
  };
}

/** One brief open in this tab: its document, its line, and what became of each edit. */
export class BriefLine {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  private readonly unconfirmed = new Unconfirmed();
  private readonly listeners = new Set<() => void>();
  private refused: Refusal | null = null;
  private readOnly: boolean;
  private damaged = false;
  private arrived = false;
  private failures = 0;
  private askedAt = Number.NEGATIVE_INFINITY;
  private now: LineState;
  private holders = 0;
  private over = false;
  private readonly copy: KeptCopy | null;
  /** The document came from this device. */
  private fromDevice = false;
  private readonly watch: AwayWatch;

  constructor(
    private readonly room: string,
    canEdit: boolean,
    readonly me: string,
    keep: KeepAs | null,
    private readonly onEnd: () => void,
  ) {
    this.readOnly = !canEdit;
    this.provider = new WebsocketProvider(`${location.origin.replace(/^http/, "ws")}/collab`, room, this.doc, {
      // Other tabs hear of an edit from the server, so that nobody sees one that is not stored.
      disableBc: true,
      ...(document.documentElement.dataset.live === "elsewhere" && { WebSocketPolyfill: ticketSockets(room) }),
      shouldReconnect: ({ code }) => refusalOf(code) === null,
      // What is on this device comes first, so that the server is told of it at once.
      connect: false,
    });
    const about = (as: KeepAs) => ({ ...as, mayEdit: !this.readOnly, unsent: this.unconfirmed.any });
    // What staff alone draw stays with the server.
    const isKeepable = parseRoom(room)?.part !== "staff-layer";
    this.copy =
      keep && isKeepable
        ? new KeptCopy(this.doc, { room, person: me, about: () => about(keep), changed: () => this.changed() })
        : null;
    this.watch = new AwayWatch(
      this.doc,
      (client) => presentOf(this.provider.awareness.getStates().get(client))?.name ?? null,
    );
    this.now = this.look();
    readReceipts(this.provider, this.unconfirmed, this.changed, () => this.fromDevice);
    // The refusals that leave the line open: this person reads, or nobody can write until the brief is mended.
    this.provider.messageHandlers[messageAuth] = (_encoder, decoder) => {
      decoding.readVarUint(decoder);
      if (decoding.readVarString(decoder) === DAMAGED) this.damaged = true;
      this.readOnly = true;
      this.changed();
    };
    this.provider.on("status", ({ status }) => {
      if (status === "connected") this.watch.up(this.fromDevice && !this.arrived);
      else if (status === "disconnected") this.watch.down();
      this.changed();
    });
    this.provider.on("sync", (synced: boolean) => {
      if (synced) {
        this.arrived = true;
        this.failures = 0;
        this.watch.whole();
        void this.copy?.begin();
      }
      this.changed();
    });
    this.provider.on("closed", ({ code }) => this.refuse(refusalOf(code) ?? "unusable"));
    this.provider.on("connection-close", (event) => {
      // A refused handshake tells a browser nothing, so it asks over HTTP, which also renews the session's cookies.
      if (event && !this.provider.wsconnected) void this.ask();
    });
    this.provider.awareness.on("change", this.changed);
    window.addEventListener("beforeunload", this.warn);
    window.addEventListener("focus", this.back);
    void this.open();
  }

  /** For useSyncExternalStore: the same object until something changes. */
  readonly state = (): LineState => this.now;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  hold(): void {
    this.holders++;
    if (!this.provider.awareness.getLocalState()) this.provider.awareness.setLocalState({});
  }

  /** The screen is gone; the line stays until everything written is stored. */
  letGo(): void {
    this.holders--;
    // React may come straight back (a remount) and then finds the same document.
    setTimeout(() => {
      if (this.holders === 0) this.provider.awareness.setLocalState(null);
      this.endWhenSaved();
    }, 1_000);
  }

  /** Somebody signed in again elsewhere, or closed other windows: what they wrote meanwhile is sent. */
  readonly connectAgain = (): void => {
    if (!this.refused || !MAY_COME_BACK.has(this.refused)) return;
    this.refused = null;
    this.askedAt = Number.NEGATIVE_INFINITY;
    this.provider.connect();
    this.changed();
  };

  /** What others did meanwhile was read. */
  readonly seen = (): void => {
    this.watch.away = null;
    this.changed();
  };

  private async open(): Promise<void> {
    const kept = await this.copy?.load();
    if (kept) {
      this.fromDevice = true;
      if (kept.unsent) this.unconfirmed.kept();
    }
    if (this.over) return;
    this.provider.connect();
    this.changed();
  }

  private readonly back = (): void => {
    if (this.refused !== "signed-out") return;
    void statusOf("/api/session", "GET").then((status) => status === 204 && this.connectAgain());
  };

  private endWhenSaved(): void {
    if (this.holders > 0 || (this.unconfirmed.any && !this.refused && !this.readOnly)) return;
    this.over = true;
    window.removeEventListener("beforeunload", this.warn);
    window.removeEventListener("focus", this.back);
    this.listeners.clear();
    this.provider.destroy();
    this.copy?.end();
    this.doc.destroy();
    this.onEnd();
  }

  private readonly changed = (): void => {
    const next = this.look();
    this.copy?.note();
    if (JSON.stringify(next) !== JSON.stringify(this.now)) {
      this.now = next;
      for (const listener of this.listeners) listener();
    }
    if (this.holders === 0 && !next.unsaved && this.arrived) setTimeout(() => this.endWhenSaved(), 1_000);
  };

  private look(): LineState {
    const unsaved = this.unconfirmed.any;
    const others = new Map<string, Present>();
    for (const [client, state] of this.provider.awareness.getStates()) {
      const person = client === this.doc.clientID ? null : presentOf(state);
      if (person && person.personId !== this.me) others.set(person.personId, person);
    }
    return {
      name: this.name(unsaved),
      refused: this.refused,
      unsaved,
      mayEdit: !this.readOnly && !this.refused && this.isHere,
      arrived: this.isHere,
      away: this.watch.away,
      others: [...others.values()].sort((one, two) => one.name.localeCompare(two.name)),
    };
  }

  private get isHere(): boolean {
    return this.arrived || this.fromDevice;
  }

  private name(unsaved: boolean): LineState["name"] {
    const { wsconnected, synced } = this.provider;
    if (!this.isHere) return this.failures > 2 ? "offlineReading" : "connecting";
    // The first try is under way.
    if (!this.arrived && this.failures === 0 && navigator.onLine) return "connecting";
    if (this.readOnly) {
      if (unsaved) return "read-only-unsaved";
      if (!wsconnected) return "offlineReading";
      return this.damaged ? "damaged" : "read-only";
    }
    if (!wsconnected) return NO_LINE[this.copy?.state ?? "no"] ?? (unsaved ? "unsaved" : "offline");
    if (unsaved) return "saving";
    return synced ? "saved" : "connecting";
  }

  private refuse(why: Refusal): void {
    this.refused = why;
    if (ENDS.has(why)) forgetKept();
    else if (why === "gone") forgetKept([this.room]);
    this.provider.shouldConnect = false;
    this.changed();
  }

  private async ask(): Promise<void> {
    this.failures++;
    this.changed();
    if (performance.now() - this.askedAt < ASK_AGAIN_MS) return;
    this.askedAt = performance.now();
    const session = await statusOf("/api/session", "GET");
    if (session === 401) this.refuse("signed-out");
    // The session lives and still no socket: perhaps the page itself is no longer there for this person.
    else if (session === 204 && (await statusOf(location.pathname, "HEAD")) === 404) this.refuse("gone");
  }

  private readonly warn = (event: BeforeUnloadEvent): void => {
    if (this.unconfirmed.any && this.copy?.state !== "kept") event.preventDefault();
  };
}

/** How a document stands that has no line and of which there is a copy. */
const NO_LINE: Partial<Record<KeptState, LineState["name"]>> = { kept: "kept", keeping: "saving" };

async function statusOf(path: string, method: string): Promise<number | null> {
  try {
    return (await fetch(path, { method, redirect: "manual", cache: "no-store" })).status;
  } catch {
    return null;
  }
}

const lines = new Map<string, BriefLine>();

/** The line of a room in this tab. A screen that comes back while edits are on their way finds the same document. */
export function lineOf(room: string, canEdit: boolean, me: string, keep: KeepAs | null): BriefLine {
  const known = lines.get(room);
  if (known) return known;
  const made = new BriefLine(room, canEdit, me, keep, () => lines.delete(room));
  lines.set(room, made);
  return made;
}
