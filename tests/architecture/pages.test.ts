import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { EXAMINED_ON_THE_WAY, NO_PAGES, PAGES } from "../e2e/pages";

/** The tables by which journeys open every page: that no page is missing from them, and none is said to be no page. */

const folder = fileURLToPath(new URL("../../app/routes/", import.meta.url));
const routes = readdirSync(folder)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ id: `routes/${file.replace(/\.tsx?$/, "")}`, source: readFileSync(folder + file, "utf8") }));
const ids = routes.map(({ id }) => id);

const OPENED = [Object.keys(PAGES), NO_PAGES, Object.keys(EXAMINED_ON_THE_WAY)];

test("every route is a page that is opened by its address, or by a journey, or is no page: one of the three", () => {
  expect(ids.length).toBeGreaterThan(70);
  expect(ids.filter((id) => OPENED.filter((table) => table.includes(id)).length !== 1)).toEqual([]);
  expect(OPENED.flat().filter((id) => id !== "root" && !ids.includes(id))).toEqual([]);
});

test("what is said to be no page shows nothing, or is a frame around other pages", () => {
  const shown = routes.filter(({ source }) => /^export default |\bas default\b/m.test(source)).map(({ id }) => id);
  expect(shown.length).toBeGreaterThan(50);
  const frames = shown.filter((id) => ids.some((other) => other.startsWith(`${id}.`)));
  expect(shown.filter((id) => NO_PAGES.includes(id) && !frames.includes(id))).toEqual([]);
});

/** The routes of whose pages a journey says that it has axe look at them; the call itself fails on any other page. */
function examinedBy(spec: string): string[] {
  const path = fileURLToPath(new URL(`../e2e/${spec}`, import.meta.url));
  const source = ts.createSourceFile(spec, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node) && ts.isCallExpression(node.expression)) {
      const { expression, arguments: given } = node.expression;
      const route = given[1];
      if (expression.getText(source) === "examineRoute" && route && ts.isStringLiteral(route)) found.push(route.text);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

test.each(Object.entries(EXAMINED_ON_THE_WAY))("axe looks at %s in %s", (route, spec) => {
  expect(examinedBy(spec)).toContain(route);
});
