import type { ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import type * as Y from "yjs";
import type { BoardElement } from "../board-element";
import { applyChange, type BoardChange, elementsOf, isNothing, undoOf } from "../board-elements";
import { BoardReader } from "../board-reader";
import { BoardScene, type SceneElement } from "../board-scene";
import type { BriefLine } from "./brief-line";

/** What is drawn is sent so often, and a pointer so often shown to the others, in milliseconds. */
const TOGETHER = 50;

/**
 * So long, in milliseconds, what others do to a board waits after it was last shown: to show one thing anew all of them are drawn.
 * Of up to a thousand things nobody feels that; of 5,000 the hand of whoever draws here would.
 */
const restOf = (things: number): number => Math.min(200, Math.max(0, things - 1_000) / 20);

/** An id that nobody uses, and that nobody uses again once it is gone. */
export const newId = (): string => crypto.randomUUID().replaceAll("-", "");
const chance = () => Math.floor(Math.random() * 2 ** 31);

type Drawing = Pick<ExcalidrawImperativeAPI, "updateScene" | "getSceneElementsIncludingDeleted" | "getAppState">;

/** One board open in this tab: what is in its document, on its canvas and in its list, and one's own way back. */
export class BoardBinding {
  readonly undo: Y.UndoManager;
  private readonly scene = new BoardScene();
  private readonly reader: BoardReader;
  private readonly listeners = new Set<() => void>();
  private drawing: Drawing | null = null;
  private board: readonly BoardElement[];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private resting: ReturnType<typeof setTimeout> | null = null;
  private changed = false;
  private shownAt = 0;

  constructor(private readonly line: BriefLine) {
    // Before whoever asks it is told of the same change.
    this.reader = new BoardReader(line.doc);
    this.board = this.reader.read();
    this.undo = undoOf(line.doc, this);
    elementsOf(line.doc).observeDeep(this.hear);
  }

  /** For useSyncExternalStore: the same list until something changes. */
  readonly elements = (): readonly BoardElement[] => this.board;
  /** What the document holds in this moment, which is shown a little later. */
  readonly now = (): readonly BoardElement[] => this.reader.read();
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The canvas stands; from now on it shows the board. In: how a change is shown without entering the canvas's own history. */
  attach(drawing: Drawing): void {
    this.drawing = drawing;
    this.show();
  }

  detach(): void {
    this.flush();
    this.drawing = null;
  }

  /** Something may have been drawn. */
  readonly touched = (): void => {
    this.timer ??= setTimeout(() => this.flush(), TOGETHER);
  };

  /** Does something to the board that was not drawn. In: what follows from the board as it is now. */
  readonly act = (change: (board: readonly BoardElement[]) => BoardChange): void => {
    if (!this.line.state().mayEdit) return;
    this.newStep();
    applyChange(this.line.doc, change(this.board), this);
    this.undo.stopCapturing();
    this.show();
  };

  /** What is drawn from now on is another step than what was drawn before, however long each takes. */
  readonly newStep = (): void => {
    this.flush();
    this.undo.stopCapturing();
  };

  /** One's own last step is taken back, or done again. */
  readonly back = (way: "undo" | "redo"): void => {
    if (!this.line.state().mayEdit) return;
    this.flush();
    this.undo[way]();
    this.show();
  };

  end(): void {
    this.flush();
    this.wake();
    elementsOf(this.line.doc).unobserveDeep(this.hear);
    this.undo.destroy();
    this.reader.end();
    this.listeners.clear();
  }

  /** What was drawn goes into the document. */
  readonly flush = (): void => {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.drawing && this.line.state().mayEdit) {
      const { newElement } = this.drawing.getAppState();
      // A stroke goes as one: in pieces it would be sent again with each of its points.
      const inHand = newElement?.type === "freedraw" ? newElement.id : null;
      const { wrong, ...change } = this.scene.take(this.held(), inHand);
      if (!isNothing(change)) applyChange(this.line.doc, change, this);
      if (wrong) this.show();
    }
    if (!this.changed) return;
    const rest = this.shownAt + restOf(this.board.length) - performance.now();
    // Not the timer of what is drawn here, which waits for nobody.
    if (rest > 0) this.resting ??= setTimeout(this.rested, rest);
    else this.show();
  };

  private readonly rested = (): void => {
    this.resting = null;
    this.flush();
  };

  private wake(): void {
    if (this.resting) clearTimeout(this.resting);
    this.resting = null;
  }

  private held(): readonly SceneElement[] {
    return (this.drawing?.getSceneElementsIncludingDeleted() ?? []) as unknown as readonly SceneElement[];
  }

  private readonly hear = (): void => {
    this.changed = true;
    this.touched();
  };

  private show(): void {
    this.changed = false;
    this.wake();
    this.shownAt = performance.now();
    this.board = this.reader.read();
    for (const listener of this.listeners) listener();
    if (!this.drawing) return;
    const held = this.held();
    const given = this.scene.give(this.board, held, chance);
    const alive = held.filter(({ isDeleted }) => isDeleted !== true);
    if (given.length === alive.length && given.every((element, at) => element === alive[at])) return;
    type Elements = NonNullable<Parameters<Drawing["updateScene"]>[0]["elements"]>;
    // Never a step of the canvas's own history, which would take back what others did.
    this.drawing.updateScene({ elements: given as unknown as Elements, captureUpdate: "NEVER" });
  }
}
