import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keptPlace, otherPart } from "./kept-place";

const id = "000d0000-0000-7000-8000-000000000021";

test.each([
  [`/ideas/${id}`, "brief", `/ideas/${id}/board`],
  [`/ideas/${id}/board`, "board", `/ideas/${id}`],
  [`/staff/ideas/${id}`, "brief", `/staff/ideas/${id}/board`],
  [`/staff/ideas/${id}/board/`, "board", `/staff/ideas/${id}`],
])("%s shows the %s of an idea, and its other document is at %s", (path, part, other) => {
  const place = keptPlace(path);
  expect(place).toEqual({ path, idea: id, part });
  expect(place && otherPart(place)).toBe(other);
});

test("the worker stands in at the addresses of briefs and boards, and at no other: not at staff's layer", () => {
  const worker = readFileSync(new URL("../../../public/offline-worker.js", import.meta.url), "utf8");
  const idea = new RegExp(/^const IDEA = \/(.*)\/;$/m.exec(worker)?.[1] ?? "");
  const paths = [`/ideas/${id}`, `/ideas/${id}/board`, `/staff/ideas/${id}`, `/staff/ideas/${id}/board`];
  expect(paths.filter((path) => !idea.test(path) || !keptPlace(path))).toEqual([]);
  const others = ["/", "/ideas", "/ideas/new", `/staff/ideas/${id}/layer`, `/ideas/${id}/guests`, `/guest/${id}/idea`];
  expect(others.filter((path) => idea.test(path) || keptPlace(path))).toEqual([]);
});
