/**
 * The drawing keeps a small canvas for each thing, and another one for its label, in a weak map. What is reachable through such
 * a map alone the browser marks in one go at the end of a collection: with 5,000 things everything stood still for 200 ms, while
 * others dragged or one dragged oneself. What is held here, too, is marked little by little beside everything else.
 */

/** So many are held at most, those made last: each thing has two, and what zooming leaves behind is let go. */
const MOST = 2 * 6_000;

/** Holds the canvases that are made from now on. Out: lets go of them, and holds no more. */
export function holdCanvases(page: Document): () => void {
  const held: HTMLCanvasElement[] = [];
  let next = 0;
  const create = page.createElement;
  const holding = (...asked: Parameters<typeof create>) => {
    const made = create.apply(page, asked);
    if (made instanceof HTMLCanvasElement) {
      held[next] = made;
      next = (next + 1) % MOST;
    }
    return made;
  };
  page.createElement = holding as typeof create;
  return () => {
    // Its own, which stood before the page's until now.
    Reflect.deleteProperty(page, "createElement");
    held.length = 0;
  };
}
