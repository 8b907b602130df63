import { memo } from "react";
import type { BoardDifference, ElementChange } from "../board-difference";
import type { BoardElement } from "../board-element";
import { CardWords } from "./board-card";

/** A board as a still picture, without the drawing program: outlines, words and pictures where they stand. */

type Point = readonly [number, number];
type Box = { x: number; y: number; width: number; height: number };

const MARGIN = 24;

const pointsOf = (element: BoardElement): readonly Point[] => (element.points as readonly Point[] | undefined) ?? [];

function boxOf(element: BoardElement): Box {
  const points = pointsOf(element);
  if (points.length === 0) return element;
  const [xs, ys] = [points.map(([x]) => element.x + x), points.map(([, y]) => element.y + y)];
  const [left, top] = [least(xs), least(ys)];
  return { x: left, y: top, width: most(xs) - left, height: most(ys) - top };
}

const least = (numbers: readonly number[]) =>
  numbers.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
const most = (numbers: readonly number[]) =>
  numbers.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);

/** What encloses all of these, with a margin; a small empty sheet for nothing. */
export function sheetOf(elements: readonly BoardElement[]): Box {
  if (elements.length === 0) return { x: 0, y: 0, width: 480, height: 160 };
  const boxes = elements.map(boxOf);
  const [x, y] = [least(boxes.map((box) => box.x)) - MARGIN, least(boxes.map((box) => box.y)) - MARGIN];
  const width = most(boxes.map((box) => box.x + box.width)) - x + MARGIN;
  const height = most(boxes.map((box) => box.y + box.height)) - y + MARGIN;
  return { x, y, width, height };
}

function Words({ element }: { element: BoardElement }) {
  const size = Number(element.fontSize);
  const { textAlign } = element;
  const anchor = textAlign === "center" ? "middle" : textAlign === "right" ? "end" : "start";
  const at = { start: 0, middle: element.width / 2, end: element.width }[anchor];
  const lines = `${element.text}`
    .split("\n")
    .map((line, index) => ({ line, y: (index + 0.8) * size * Number(element.lineHeight) }));
  return (
    <text fontSize={size} textAnchor={anchor} fill={`${element.strokeColor}`} stroke="none">
      {lines.map(({ line, y }) => (
        <tspan key={y} x={element.x + at} y={element.y + y}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

function Drawn({ element }: { element: BoardElement }) {
  const { x, y, width, height } = element;
  switch (element.type) {
    case "rectangle":
      return (
        <>
          <rect x={x} y={y} width={width} height={height} rx={element.roundness ? 12 : 0} />
          <CardWords element={element} />
        </>
      );
    case "diamond":
      return (
        <path
          d={`M${x + width / 2} ${y} L${x + width} ${y + height / 2} L${x + width / 2} ${y + height} L${x} ${y + height / 2} Z`}
        />
      );
    case "ellipse":
      return <ellipse cx={x + width / 2} cy={y + height / 2} rx={width / 2} ry={height / 2} />;
    case "frame":
      return <rect x={x} y={y} width={width} height={height} rx={8} fill="none" stroke="#868e96" />;
    case "text":
      return <Words element={element} />;
    case "image":
      return (
        <image
          href={`/api/files/${element.fileId}`}
          x={x}
          y={y}
          width={width}
          height={height}
          preserveAspectRatio="none"
        />
      );
    default:
      return <Line element={element} />;
  }
}

function Line({ element }: { element: BoardElement }) {
  const points = pointsOf(element).map(([x, y]): Point => [element.x + x, element.y + y]);
  const path = points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join(" ");
  const [end, from] = [points.at(-1), points.at(-2)];
  const head = element.type === "arrow" && element.endArrowhead !== null && end && from ? headOf(from, end) : "";
  const isClosed = element.type === "line" && `${points[0]}` === `${end}`;
  return (
    <path d={`${path} ${head}`} {...(isClosed ? {} : { fill: "none" })} strokeLinecap="round" strokeLinejoin="round" />
  );
}

/** Two strokes that end where an arrow does. */
function headOf([fromX, fromY]: Point, [x, y]: Point): string {
  const angle = Math.atan2(y - fromY, x - fromX);
  const side = (turn: number) => `${x - 16 * Math.cos(angle + turn)} ${y - 16 * Math.sin(angle + turn)}`;
  return `M${side(0.4)} L${x} ${y} L${side(-0.4)}`;
}

export const turned = (element: BoardElement): string | undefined => {
  const angle = Number(element.angle);
  const { x, y, width, height } = boxOf(element);
  return angle === 0 ? undefined : `rotate(${(angle * 180) / Math.PI} ${x + width / 2} ${y + height / 2})`;
};

const DASHES: Readonly<Record<string, string>> = { dashed: "8 6", dotted: "2 6" };

/** The things themselves, in the board's own units, for any picture they are part of. */
export const DrawnThings = memo(({ elements }: { elements: readonly BoardElement[] }) =>
  elements.map((element) => (
    <g
      key={element.id}
      transform={turned(element)}
      fill={element.backgroundColor === "transparent" ? "none" : `${element.backgroundColor}`}
      stroke={`${element.strokeColor}`}
      strokeWidth={Number(element.strokeWidth)}
      strokeDasharray={DASHES[`${element.strokeStyle}`]}
      opacity={Number(element.opacity) / 100}
    >
      <Drawn element={element} />
    </g>
  )),
);

type Props = {
  elements: readonly BoardElement[];
  /** What of them is marked, and how. */
  marks?: BoardDifference;
  /** The part of the board to show: the same for pictures that are compared. */
  sheet: Box;
  label: string;
};

/** The picture itself. What it shows stands beside it as a list, for whoever does not see it. */
export function BoardPicture({ elements, marks = {}, sheet, label }: Props) {
  const marked = elements.flatMap((element): [BoardElement, ElementChange][] => {
    const change = marks[element.id];
    return change ? [[element, change]] : [];
  });
  return (
    <svg
      className="board-picture"
      role="img"
      aria-label={label}
      viewBox={`${sheet.x} ${sheet.y} ${sheet.width} ${sheet.height}`}
    >
      <DrawnThings elements={elements} />
      {marked.map(([element, change]) => {
        const { x, y, width, height } = boxOf(element);
        return (
          <rect
            key={element.id}
            className={`board-mark board-mark-${change}`}
            x={x - 6}
            y={y - 6}
            width={width + 12}
            height={height + 12}
            transform={turned(element)}
          />
        );
      })}
    </svg>
  );
}
