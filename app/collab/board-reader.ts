import type * as Y from "yjs";
import { arranged, type BoardElement, ELEMENTS_MOST } from "./board-element";
import { elementsOf, readElement } from "./board-elements";

/**
 * Reads one board again and again. Of thousands of elements a person changes one at a time: only what was changed is read from
 * the document, and everything else is the same object as before, by which whoever shows it knows that it need not.
 */
export class BoardReader {
  private readonly known = new Map<string, BoardElement | null>();
  private board: readonly BoardElement[] | null = null;
  /** How many elements were read from the document so far. */
  reads = 0;

  constructor(private readonly doc: Y.Doc) {
    elementsOf(doc).observeDeep(this.hear);
  }

  /** What the board shows now, from below to above, made safe; the same list until something changes. */
  readonly read = (): readonly BoardElement[] => {
    this.board ??= arranged(this.found());
    return this.board;
  };

  end(): void {
    elementsOf(this.doc).unobserveDeep(this.hear);
  }

  private found(): BoardElement[] {
    const elements = elementsOf(this.doc);
    const found: BoardElement[] = [];
    for (const id of elements.keys()) {
      if (found.length >= ELEMENTS_MOST) break;
      let element = this.known.get(id);
      if (element === undefined) {
        element = readElement(elements, id);
        this.known.set(id, element);
        this.reads += 1;
      }
      if (element) found.push(element);
    }
    return found;
  }

  private readonly hear = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    this.board = null;
    for (const event of events) {
      const [id] = event.path;
      if (typeof id === "string") this.known.delete(id);
      else for (const changed of event.keys.keys()) this.known.delete(changed);
    }
  };
}
