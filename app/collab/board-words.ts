import type { BoardElement } from "./board-element";

/**
 * How much room words take on a board, as far as that can be told without drawing them. Rather too wide than too narrow: the
 * drawing cuts off what is wider than its element says.
 */

/** The height of a line and the size of its letters, in the board's units. */
export const LINE = 25;
const [FULL, WIDE, USUAL] = [20, 15, 11];
/** Between words and the edge of what they stand in. */
const EDGE = 10;

/** Signs as wide as they are high: Chinese and the like, and pictures. */
const IS_FULL =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const IS_WIDE = /[\p{Lu}\dmwмшщжюфыд@%—–…]/u;
/** What closes something never begins a line. */
const CLOSES = /[、。，．：；！？）」』】》…”’]/u;

const widthOfSign = (sign: string): number => (IS_FULL.test(sign) ? FULL : IS_WIDE.test(sign) ? WIDE : USUAL);

export function widthOf(line: string): number {
  let width = 0;
  for (const sign of line) width += widthOfSign(sign);
  return width;
}

/** What is never parted unless it is wider than a whole line: words with the space after them, signs of a script without spaces. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let mayJoin = false;
  for (const sign of line) {
    const last = pieces.at(-1);
    const isFull = IS_FULL.test(sign);
    if (last !== undefined && (CLOSES.test(sign) || sign === " " || (mayJoin && !isFull))) {
      pieces[pieces.length - 1] = last + sign;
    } else pieces.push(sign);
    mayJoin = sign !== " " && !isFull;
  }
  return pieces;
}

/** A piece in as many as it takes for each to fit. */
function parted(piece: string, width: number): string[] {
  if (widthOf(piece.trimEnd()) <= width) return [piece];
  const parts = [""];
  for (const sign of piece) {
    const last = parts.at(-1) ?? "";
    if (last !== "" && sign !== " " && widthOf(last + sign) > width) parts.push(sign);
    else parts[parts.length - 1] = last + sign;
  }
  return parts;
}

/** Words in as many lines as it takes, none wider than this unless one sign is. */
export function wrapped(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const lines = [""];
      for (const piece of piecesOf(line).flatMap((one) => parted(one, width))) {
        const last = lines.at(-1) ?? "";
        if (last === "" || widthOf(last + piece.trimEnd()) <= width) lines[lines.length - 1] = last + piece;
        else lines.push(piece);
      }
      return lines.map((one) => one.trimEnd());
    })
    .join("\n");
}

/** What part of a shape's width and height its words may take: all of a rectangle, the square within an ellipse or a diamond. */
const within = (type: BoardElement["type"]): number =>
  type === "ellipse" ? Math.SQRT1_2 : type === "diamond" ? 1 / 2 : 1;

export const widthWithin = ({ type, width }: BoardElement): number => width * within(type) - 2 * EDGE;

/** The same shape, high enough for words of this height. */
export function highEnough(box: BoardElement, height: number): BoardElement {
  const least = Math.ceil((height + 2 * EDGE) / within(box.type));
  return box.height >= least ? box : { ...box, height: least };
}
