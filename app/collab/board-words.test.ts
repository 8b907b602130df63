import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanElement } from "./board-element";
import { addStickyAt, reword } from "./board-outline";
import { widthOf, widthWithin, wrapped } from "./board-words";

const ids = () => {
  let made = 0;
  return () => `id-${++made}`;
};

test("words are broken at spaces, long ones inside, and Chinese between its signs but never before what closes", () => {
  expect(wrapped("the joint needs a stiffer spring", 160)).toBe("the joint\nneeds a\nstiffer spring");
  expect(wrapped("електроенергопостачання", 160).split("\n").length).toBeGreaterThan(1);
  expect(wrapped("灯臂的关节需要更硬的弹簧。", 160)).toBe("灯臂的关节需要更\n硬的弹簧。");
  expect(wrapped("一二三四五六七八。九", 160)).toBe("一二三四五六七\n八。九");
  expect(wrapped("a\n\nb", 160)).toBe("a\n\nb");
});

test("no line is wider than what it stands in, and nothing is lost, whatever is written", () => {
  const words = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.stringMatching(/^[а-яА-Я ]{0,80}$/),
    fc.stringMatching(/^[一-龥。，a-z ]{0,80}$/),
  );
  fc.assert(
    fc.property(words, fc.integer({ min: 40, max: 400 }), (text, width) => {
      const lines = wrapped(text, width).split("\n");
      for (const line of lines) expect(widthOf(line) <= width || [...line].length <= 2).toBe(true);
      expect(lines.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
    }),
  );
});

describe("a thing that is given more words than fit", () => {
  const long =
    "Пружина має витримувати двадцять тисяч рухів без втрати зусилля, а важіль не повинен провисати. ".repeat(3);
  const inner = (elements: readonly { type: string }[]) => elements.find(({ type }) => type === "text");

  test("a sticky grows with its words when it is put and when it is reworded", () => {
    const { added } = addStickyAt([], long, { x: 0, y: 0 }, ids());
    const [box, text] = added;
    expect(box?.height).toBeGreaterThan(180);
    expect(text && text.y >= 0 && text.y + text.height <= (box?.height ?? 0)).toBe(true);

    const [small, few] = addStickyAt([], "Пружина", { x: 0, y: 0 }, ids()).added;
    expect(small?.height).toBe(180);
    const { changed } = reword(
      [small, few].flatMap((one) => one ?? []),
      small?.id ?? "",
      long,
      ids(),
    );
    expect(changed.get(small?.id ?? "")).toEqual({ height: box?.height });
    expect(changed.get(few?.id ?? "")).toMatchObject({ text: text?.text, y: text?.y });
  });

  test("in an ellipse and a diamond words keep to the part that is theirs", () => {
    for (const type of ["ellipse", "diamond"] as const) {
      const shape = cleanElement({ id: "shape", type, x: 0, y: 0, width: 200, height: 100 });
      if (!shape) throw new Error("no shape");
      const change = reword([shape], "shape", "a much stiffer spring", ids());
      expect(inner(change.added)).toMatchObject({ containerId: "shape" });
      expect(Number(inner(change.added) && change.added[0]?.width)).toBeLessThanOrEqual(widthWithin(shape));
      expect(Number(change.changed.get("shape")?.height ?? 100)).toBeGreaterThanOrEqual(100);
    }
  });

  test("the words of an arrow stand at its middle, wherever it leads", () => {
    const arrow = cleanElement({
      id: "arrow",
      type: "arrow",
      x: 500,
      y: 100,
      width: 400,
      height: 0,
      points: [
        [0, 0],
        [-400, 0],
      ],
    });
    if (!arrow) throw new Error("no arrow");
    const [text] = reword([arrow], "arrow", "leads back", ids()).added;
    expect((text?.x ?? 0) + (text?.width ?? 0) / 2).toBe(300);
    expect((text?.y ?? 0) + (text?.height ?? 0) / 2).toBe(100);
  });
});
