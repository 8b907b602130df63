import { describe, expect, test } from "vitest";
import { ELSEWHERE as SIXTY } from "../../tests/e2e/elsewhere";
import {
  afterSignIn,
  cookiePolicy,
  isTooLong,
  mailboxProvedAt,
  mayChoosePassword,
  ownPath,
  safeNext,
  whatWasAsked,
} from "./account";

const ELSEWHERE = [
  "https://evil.example",
  "http://evil.example/ideas",
  "HTTPS://evil.example",
  "//evil.example",
  "///evil.example",
  "////evil.example/%2e%2e",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/ /evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/ideas/..//evil.example",
  "/%2e//evil.example",
  "/%2E%2E//evil.example",
  "/./\\evil.example",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "evil.example",
  "ideas",
  "../ideas",
  "@evil.example",
  "http:evil.example",
  "https:/evil.example",
  "/ideas\r\nSet-Cookie: a=b",
  "/ideas\u0000",
  "/%09/evil.example",
  "/%0d%0aSet-Cookie:a=b",
  "/%5cevil.example",
  "/%2Fevil.example",
  "/ідеї",
  "/\u2028/evil.example",
  "//evil.example%2f@localhost",
  "?next=//evil.example",
  "#//evil.example",
  "",
  `/${"a".repeat(2001)}`,
];

describe("nobody is led off our pages", () => {
  test.each(ELSEWHERE)("by %j", (next) => {
    expect(ownPath(next)).toBeNull();
    expect(safeNext(next)).toBeNull();
    expect(afterSignIn("client", next)).toBe("/");
  });

  test.each([null, undefined, 7, {}, ["/ideas"], new Date(0)])("by a value that is no text: %j", (next) => {
    expect(ownPath(next)).toBeNull();
  });

  test.each(["client", "staff"] as const)(
    "who signs in as %s and is asked to go one of sixty ways stays here",
    (side) => {
      expect(SIXTY).toHaveLength(60);
      for (const next of SIXTY) {
        for (const to of [afterSignIn(side, next), ownPath(next) ?? "/", safeNext(next) ?? "/"]) {
          expect(to, next).toMatch(/^\/(?![\\/])[\x21-\x7e]*$/);
          expect(new URL(to, "https://ours.example").origin, next).toBe("https://ours.example");
        }
      }
    },
  );

  test("and whatever is let through stays on this origin when a browser reads it", () => {
    const tries = [
      "/",
      "/ideas?q=//evil.example",
      "/ideas#//evil",
      "/a/../ideas",
      "/ideas/%2f%2fevil",
      "/@evil.example",
      "/https://x",
    ];
    for (const path of tries) {
      const safe = ownPath(path);
      expect(safe, path).not.toBeNull();
      expect(new URL(safe ?? "", "http://ours.example").origin).toBe("http://ours.example");
    }
  });
});

test("a place of ours is kept with its query and fragment", () => {
  expect(safeNext("/ideas?q=lamp&page=2#comments")).toBe("/ideas?q=lamp&page=2#comments");
});

test.each([
  "/login",
  "/login/code?next=/",
  "/logout",
  "/confirm?token_hash=x",
  "/forgot",
  "/api/files/1",
  "/a/../login",
])("signing in never goes on to %s", (next) => {
  expect(safeNext(next)).toBeNull();
});

test("the language may be changed on the sign-in page, which then comes back with where the person wanted to go", () => {
  expect(ownPath("/login?next=%2Fideas")).toBe("/login?next=%2Fideas");
});

test("everybody goes on to a page of their own side", () => {
  expect(afterSignIn("client", "/ideas/1")).toBe("/ideas/1");
  expect(afterSignIn("client", "/staff/ideas")).toBe("/");
  expect(afterSignIn("client", "/staffing")).toBe("/staffing");
  expect(afterSignIn("staff", "/staff/ideas?status=new")).toBe("/staff/ideas?status=new");
  expect(afterSignIn("staff", "/staff")).toBe("/staff");
  expect(afterSignIn("staff", "/ideas/1")).toBe("/staff");
  expect(afterSignIn("staff", undefined)).toBe("/staff");
  expect(afterSignIn("staff", "/new-password")).toBe("/new-password");
});

const asked = (url: string, headers: Record<string, string> = {}, method = "GET") =>
  whatWasAsked({ method, url, header: (name) => headers[name] });

test("a page that Remix fetches as data is the page the person wants to see", () => {
  expect(asked("/ideas.data?q=lamp&_routes=routes%2F_portal.ideas._index").path).toBe("/ideas?q=lamp");
  expect(asked("/_root.data").path).toBe("/");
  expect(asked("/ideas?index", {}, "POST").path).toBe("/ideas");
});

test("a request line that is no path asks for the front door", () => {
  for (const url of ["*", "http://evil.example/x", "//evil.example/x", ""]) {
    expect(safeNext(asked(url).path) ?? "/", url).not.toContain("//");
  }
});

test("only a browser that wants to show a page is sent to the sign-in page", () => {
  expect(asked("/", { accept: "text/html,application/xhtml+xml,*/*;q=0.8" }).document).toBe(true);
  expect(asked("/", { accept: "text/html", "sec-fetch-dest": "empty" }).document, "by the offline worker").toBe(true);
  expect(asked("/", { accept: "*/*", "sec-fetch-dest": "empty" }).document, "by a script").toBe(false);
  expect(asked("/", { accept: "image/avif,image/*,*/*;q=0.8" }).document, "as a picture").toBe(false);
  expect(asked("/").document).toBe(false);
  expect(asked("/", { accept: "text/html" }, "POST").document).toBe(false);
});

test("over https the session cookie belongs to this host alone", () => {
  expect(cookiePolicy("https://tandem.example")).toMatchObject({ name: "__Host-tandem-session", secure: true });
  expect(cookiePolicy("http://localhost:3000")).toMatchObject({ name: "tandem-session", secure: false });
  expect(cookiePolicy("https://tandem.example").maxAgeSeconds).toBeLessThan(400 * 24 * 60 * 60);
});

const at = (text: string) => Math.floor(Date.parse(text) / 1000);

test("a password alone does not prove that somebody reads their mailbox; a link or a code does", () => {
  expect(mailboxProvedAt(undefined)).toBeNull();
  expect(mailboxProvedAt([{ method: "password", timestamp: at("2026-09-01T12:00:00Z") }])).toBeNull();
  expect(mailboxProvedAt([{ method: "token_refresh", timestamp: at("2026-09-01T12:00:00Z") }])).toBeNull();
  expect(mailboxProvedAt([{ method: "totp", timestamp: at("2026-09-01T12:00:00Z") }])).toBeNull();
  const proved = mailboxProvedAt([
    { method: "password", timestamp: at("2026-09-01T13:00:00Z") },
    { method: "otp", timestamp: at("2026-09-01T11:00:00Z") },
    { method: "recovery", timestamp: at("2026-09-01T12:00:00Z") },
  ]);
  expect(proved).toEqual(new Date("2026-09-01T12:00:00Z"));
});

test("a new password is chosen within half an hour of that, not later", () => {
  const proved = new Date("2026-09-01T12:00:00Z");
  expect(mayChoosePassword(null, proved)).toBe(false);
  expect(mayChoosePassword(proved, new Date("2026-09-01T12:29:59Z"))).toBe(true);
  expect(mayChoosePassword(proved, new Date("2026-09-01T12:30:00Z"))).toBe(false);
});

test("a password is never cut silently: length counts in the bytes that are compared", () => {
  expect(isTooLong("a".repeat(72))).toBe(false);
  expect(isTooLong("a".repeat(73))).toBe(true);
  expect(isTooLong("ї".repeat(36))).toBe(false);
  expect(isTooLong("ї".repeat(37))).toBe(true);
});
