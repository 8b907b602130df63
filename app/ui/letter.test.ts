import { expect, test } from "vitest";
import { letterOf } from "./letter";

test.each([
  ["k", "KeyK", "k"],
  ["K", "KeyK", "k"],
  // Ukrainian and Russian, with the same hands.
  ["л", "KeyK", "k"],
  ["Л", "KeyK", "k"],
  ["я", "KeyZ", "z"],
  // Another order of the same letters: what is written counts.
  ["k", "KeyV", "k"],
  ["z", "KeyY", "z"],
  ["?", "Digit7", "?"],
  ["ö", "Semicolon", "ö"],
  ["Escape", "Escape", "escape"],
])("%s on %s is %s", (key, code, letter) => {
  expect(letterOf({ key, code })).toBe(letter);
});
