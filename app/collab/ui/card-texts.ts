import { type BoardElement, cleanElement } from "../board-element";
import { linkOf } from "../thing-link";
import { cardLines } from "./board-card";
import { useLinkSaid, useSeen } from "./seen-links";

/** How the drawing calls its plain script. */
const PLAIN = 2;

/** Makes what cards say into texts of the drawing, which stand nowhere but in a file that this person saves. */
export function useCardTexts(): (elements: readonly BoardElement[]) => BoardElement[] {
  const seen = useSeen();
  const saidOf = useLinkSaid();
  return (elements) =>
    elements.flatMap((element) => {
      const link = linkOf(element);
      if (!link) return [];
      return cardLines(element, saidOf(link, seen)).flatMap(({ line, size, x, y }) => {
        const text = cleanElement({
          id: `${element.id.slice(0, 50)}-said-${y}`,
          type: "text",
          x: element.x + x,
          y: element.y + y - size,
          width: element.width - 2 * x,
          height: size * 1.25,
          angle: 0,
          text: line,
          fontSize: size,
          fontFamily: PLAIN,
          strokeColor: element.strokeColor,
          frameId: element.frameId,
        });
        return text ? [{ ...text, version: 1, versionNonce: 1, isDeleted: false, updated: 1 }] : [];
      });
    });
}
