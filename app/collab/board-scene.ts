import { type BoardElement, cleanElement } from "./board-element";
import type { BoardChange } from "./board-elements";

/**
 * Between a board's document and the drawing on one screen. Knows what the drawing was last given, so that what differs from
 * it was done here; sees neither the document nor the drawing itself.
 */

/** An element as the drawing holds it: ours, and how often it was changed there. */
export type SceneElement = { readonly id: string; readonly version: number; readonly versionNonce: number } & Readonly<
  Record<string, unknown>
>;

type Shown = { version: number; nonce: number; element: BoardElement; json: string };

export class BoardScene {
  private readonly shown = new Map<string, Shown>();
  /** What was on this screen and is gone from the document: the drawing may still hold it in its hand. */
  private readonly gone = new Set<string>();

  /**
   * What was done in the drawing since it was last looked at. In: all of its elements; the id of one that is still being
   * drawn and is left for later. `wrong`: it holds what the board does not take and must be given anew.
   */
  take(scene: readonly SceneElement[], drawing: string | null = null): BoardChange & { wrong: boolean } {
    const added: BoardElement[] = [];
    const changed = new Map<string, Record<string, unknown>>();
    const removed: string[] = [];
    let wrong = false;
    for (const raw of scene) {
      const before = this.shown.get(raw.id);
      if (raw.isDeleted === true) {
        if (before) removed.push(raw.id);
        this.forget(raw.id);
        continue;
      }
      if (before?.version === raw.version && before.nonce === raw.versionNonce) continue;
      if (raw.id === drawing) continue;
      if (!before && this.gone.has(raw.id)) {
        wrong = true;
        continue;
      }
      const element = cleanElement(raw);
      if (!element) {
        // A picture that is still on its way has no file yet; anything else is none of ours.
        wrong ||= before !== undefined || raw.type !== "image";
        continue;
      }
      if (before) {
        const fields = differences(before.element, element);
        if (Object.keys(fields).length > 0) changed.set(raw.id, fields);
      } else added.push(element);
      this.remember(element, raw);
    }
    return { added, changed, removed, wrong };
  }

  /**
   * What the drawing is to hold now: its own objects where nothing changed, others made anew. In: the document's elements in
   * order; what the drawing holds; a number that nobody can guess, which tells one state of an element from another.
   */
  give(board: readonly BoardElement[], scene: readonly SceneElement[], chance: () => number): SceneElement[] {
    const held = new Map(scene.map((element) => [element.id, element]));
    const now = new Set(board.map(({ id }) => id));
    for (const id of this.shown.keys()) {
      if (!now.has(id)) this.forget(id);
    }
    const given = board.map((element): SceneElement => {
      const [before, there] = [this.shown.get(element.id), held.get(element.id)];
      const same = there && before?.version === there.version && before.nonce === there.versionNonce;
      if (same && before.element === element && there.isDeleted !== true) return there;
      const json = JSON.stringify(element);
      if (same && before.json === json && there.isDeleted !== true) {
        before.element = element;
        return there;
      }
      const made: SceneElement = {
        ...element,
        version: Math.max(there?.version ?? 0, before?.version ?? 0) + 1,
        versionNonce: chance(),
        isDeleted: false,
        updated: 1,
      };
      this.gone.delete(element.id);
      this.shown.set(element.id, { version: made.version, nonce: made.versionNonce, element, json });
      return made;
    });
    // What is being drawn here is nobody else's business yet, and stays in the hand.
    const inHand = scene.filter(
      ({ id, isDeleted, type }) => !now.has(id) && !this.gone.has(id) && isDeleted !== true && mayBecome(type),
    );
    return [...given, ...inHand];
  }

  private remember(element: BoardElement, raw: SceneElement): void {
    this.shown.set(element.id, {
      version: raw.version,
      nonce: raw.versionNonce,
      element,
      json: JSON.stringify(element),
    });
  }

  private forget(id: string): void {
    if (this.shown.delete(id)) this.gone.add(id);
  }
}

const KNOWN = new Set(["rectangle", "diamond", "ellipse", "line", "arrow", "freedraw", "text", "image", "frame"]);
const mayBecome = (type: unknown): boolean => KNOWN.has(`${type}`);

function differences(before: BoardElement, after: BoardElement): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(after)) {
    if (field !== "id" && JSON.stringify(value) !== JSON.stringify(before[field])) fields[field] = value;
  }
  // A field that is no longer there: only what an element carries besides its picture can go.
  if ("customData" in before && !("customData" in after)) fields.customData = null;
  return fields;
}
