import type { BoardElement } from "../board-element";
import { linesOf } from "../board-link";
import { linkOf } from "../thing-link";
import { useLinkSaid, useSeen } from "./seen-links";

/** Room beside the words of a card, and how large they are. */
const [BESIDE, SMALL, LARGE] = [14, 13, 17];

/** What a card says, line by line, and how far below its upper edge each line stands. */
export function cardLines(element: BoardElement, said: { above: string; title: string }) {
  const room = element.width - 2 * BESIDE;
  const above = linesOf(said.above, Math.max(4, Math.floor((room - 28) / 7)), 1);
  const most = Math.max(1, Math.floor((element.height - 44) / 23));
  const title = linesOf(said.title, Math.max(4, Math.floor(room / 9.2)), most);
  return [
    ...above.map((line) => ({ line, size: SMALL, x: BESIDE, y: 28 })),
    ...title.map((line, at) => ({ line, size: LARGE, x: BESIDE, y: 56 + at * 23 })),
  ];
}

/** The words of a card in the board's own units; of every other thing nothing. */
export function CardWords({ element, leads = false }: { element: BoardElement; leads?: boolean }) {
  const seen = useSeen();
  const saidOf = useLinkSaid();
  const link = linkOf(element);
  if (!link) return null;
  const said = saidOf(link, seen);
  const { x, y, width } = element;
  return (
    <g className="board-card" stroke="none">
      {cardLines(element, said).map((one) => (
        <text key={one.y} x={x + one.x} y={y + one.y} fontSize={one.size} fontWeight={one.size === LARGE ? 600 : 400}>
          {one.line}
        </text>
      ))}
      {leads && said.to && (
        // A keyboard has the same way in the list.
        <a href={said.to} tabIndex={-1} className="board-card-way">
          <rect x={x + width - 40} y={y + 4} width={36} height={36} rx={6} />
          <path d={`M${x + width - 28} ${y + 28} l12 -12 m-9 0 h9 v9`} />
        </a>
      )}
    </g>
  );
}
