import { expect, test } from "vitest";
import { pickLocale, pickTheme, publicLocale } from "./locale";

test("a person's own setting comes before the cookie, and the cookie before the browser's wish", () => {
  expect(pickLocale({ person: "uk", cookie: "ru", acceptLanguage: "zh" })).toBe("uk");
  expect(pickLocale({ person: null, cookie: "ru", acceptLanguage: "zh" })).toBe("ru");
  expect(pickLocale({ acceptLanguage: "zh" })).toBe("zh");
});

test("what is not one of our languages is passed over", () => {
  expect(pickLocale({ person: "de", cookie: "<script>", acceptLanguage: "fr, uk;q=0.3" })).toBe("uk");
  expect(pickLocale({ acceptLanguage: "fr, de" })).toBe("en");
  expect(pickLocale({})).toBe("en");
});

test.each([
  ["uk-UA,uk;q=0.9,en;q=0.8", "uk"],
  ["en;q=0.1, zh-Hans-CN;q=0.9", "zh"],
  ["ru;q=0, en;q=0.5", "en"],
  ["*", "en"],
  [";;;,,,q=,", "en"],
])("a browser that asks for %j reads %s", (acceptLanguage, locale) => {
  expect(pickLocale({ acceptLanguage })).toBe(locale);
});

test("an appearance nobody offers follows the device", () => {
  expect(pickTheme("dark")).toBe("dark");
  expect(pickTheme("purple")).toBe("system");
  expect(pickTheme(undefined)).toBe("system");
});

test("only a page that is for everybody takes its language from its address", () => {
  expect(["/uk/roadmap", "/zh/roadmap.data", "/en/roadmap/"].map(publicLocale)).toEqual(["uk", "zh", "en"]);
  const others = [
    "/roadmap",
    "/de/roadmap",
    "/uk/ideas",
    "/uk/roadmap/x",
    "/staff/roadmap",
    "/uk/roadmapx",
    "//uk/roadmap",
  ];
  expect(others.map(publicLocale)).toEqual(others.map(() => null));
});
