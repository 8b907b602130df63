// @vitest-environment happy-dom
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { holdCanvases } from "./board-canvases";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

async function isCollected(made: WeakRef<object>): Promise<boolean> {
  // A weak reference is looked at anew with the next task.
  await new Promise((resolve) => setTimeout(resolve, 5));
  collect();
  return made.deref() === undefined;
}

test("canvases are made as before, and the page makes its elements itself again once they are let go", () => {
  const letGo = holdCanvases(document);
  const canvas = document.createElement("canvas");
  expect(canvas).toBeInstanceOf(HTMLCanvasElement);
  expect(canvas.ownerDocument).toBe(document);
  expect(document.createElement("p").tagName).toBe("P");
  letGo();
  expect(Object.hasOwn(document, "createElement")).toBe(false);
  expect(document.createElement("canvas")).toBeInstanceOf(HTMLCanvasElement);
});

test("a canvas is held until it is let go, or until many others were made; other elements are not held", async () => {
  const letGo = holdCanvases(document);
  const make = (name: string) => new WeakRef(document.createElement(name));
  const [first, other] = [make("canvas"), make("p")];
  expect([await isCollected(first), await isCollected(other)]).toEqual([false, true]);
  for (let more = 0; more < 12_000; more += 1) document.createElement("canvas");
  const last = make("canvas");
  expect([await isCollected(first), await isCollected(last)]).toEqual([true, false]);
  letGo();
  expect(await isCollected(last)).toBe(true);
});
