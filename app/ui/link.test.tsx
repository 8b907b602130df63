import { createPath, resolvePath } from "@remix-run/react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { isWrittenOut, Link } from "./link";

test.each(["/", "/ideas", "/ideas/new", "/ideas?q=lamp&sort=votes", "/ideas/1#2", "/staff/ideas?account=%D0%B0#top"])(
  "%s is written out as the router would write it",
  (address) => {
    expect(isWrittenOut(address)).toBe(true);
    expect(createPath(resolvePath(address, "/somewhere/else"))).toBe(address);
  },
);

test.each([
  "ideas",
  "..",
  "//elsewhere.example",
  "/\\elsewhere.example",
  "https://elsewhere.example",
  "/ideas?",
  "/ideas#",
])("%s is left to the router", (address) => expect(isWrittenOut(address)).toBe(false));

test("on the server a link is an anchor, with nothing on it that only the router reads", () => {
  const link = (
    <Link to="/ideas" prefetch="intent" replace preventScrollReset aria-current="page" className="link">
      Ideas
    </Link>
  );
  expect(renderToStaticMarkup(link)).toBe(
    '<a aria-current="page" class="link" data-discover="true" href="/ideas">Ideas</a>',
  );
});
