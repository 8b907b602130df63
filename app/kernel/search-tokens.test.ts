import fc from "fast-check";
import { expect, test } from "vitest";
import { findRuns, tokenise, tokeniseEach, tokeniseQuery } from "./search-tokens";

test("words are lower-cased and lose their marks, in every alphabet", () => {
  expect(tokenise("Stiffer JOINT, façade, Ґанок і йод, ёлка")).toBe("stiffer joint facade ґанок і иод елка");
  expect(tokenise("М’який затискач, 40 мм; it's")).toBe("мякии затискач 40 мм its");
  expect(tokenise("Ｆｕｌｌ width ﬁt")).toBe("full width fit");
});

test("a Chinese sentence becomes its characters, whatever a segmenter makes of it", () => {
  expect(tokenise("用 USB-C 供电")).toBe("用 usb c 供 电");
  expect(tokeniseQuery("供电")).toBe("(供 <-> 电)");
});

test("a question asks for the beginnings of words, so that endings do not matter", () => {
  expect(tokeniseQuery("lamps wobbles")).toBe("lamp:* & wobbl:*");
  expect(tokeniseQuery("wobbling светильники")).toBe("wobbl:* & светильн:*");
  expect(tokeniseQuery("лампи столів 40")).toBe("ламп:* & столі:* & 40:*");
});

test("what holds no word asks nothing", () => {
  for (const typed of ["", "  ", "!!! — …", "()&|:*<->"]) expect(tokeniseQuery(typed)).toBeNull();
});

test("a text of any length and a question of any size stay within bounds", () => {
  expect(tokenise("x".repeat(700))).toHaveLength(60);
  expect(tokenise("x".repeat(1_000_000)).length).toBeLessThan(20_000);
  expect(tokeniseQuery(Array.from({ length: 50 }, (_, index) => `w${index}`).join(" "))?.split("&")).toHaveLength(12);
});

test("a text four times as long takes four times as long, not sixteen times", () => {
  const took = (length: number) => {
    const text = "the joint needs a stiffer spring, п’ять міліметрів 台灯支架 ".repeat(length / 50);
    const tries = Array.from({ length: 5 }, () => {
      // Of the processor: what else runs on the machine makes a clock's time longer.
      const began = process.cpuUsage();
      tokenise(text);
      const { user, system } = process.cpuUsage(began);
      return user + system;
    });
    return Math.min(...tries);
  };
  took(20_000);
  const [short, long] = [took(40_000), took(160_000)];
  expect(long / short).toBeLessThan(9);
}, 30_000);

test("words are the same wherever a text is cut into pieces", () => {
  const sentence = "М’який затискач, it's 40 мм; 台灯支架 façade ";
  const words = tokenise(sentence);
  const text = sentence.repeat(400);
  expect(tokenise(text)).toBe(Array.from({ length: 400 }, () => words).join(" "));
});

test("nothing that is typed becomes an operator of a search", () => {
  const term = /^(?:\([\p{L}\p{N}](?: <-> [\p{L}\p{N}])*\)|[\p{L}\p{N}]+:\*)$/u;
  const typed = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[a-zа-я台灯 &|!():*<>'\\-]{0,40}$/u));
  fc.assert(
    fc.property(typed, (text) => {
      for (const part of tokeniseQuery(text)?.split(" & ") ?? []) expect(part).toMatch(term);
    }),
  );
});

test("a text still being written is asked about word by word, without the little ones and without repeating any", () => {
  expect(tokeniseEach("The arm of my lamp is wobbling, the arm")).toEqual(["arm:*", "lamp:*", "wobbl:*"]);
  expect(tokeniseEach("Щоб лампа була який, пожалуйста, для стола")).toEqual(["ламп:*", "стол:*"]);
  expect(tokeniseEach("我们的台灯")).toEqual(tokeniseEach("台灯"));
  expect(tokeniseEach("that which")).toEqual(["that:*", "whic:*"]);
  expect(tokeniseEach("台灯支架 40")).toEqual(tokeniseEach("台灯支架"));
  expect(tokeniseEach("a b")).toEqual(["a:*", "b:*"]);
  expect(tokeniseEach("?! ,")).toEqual([]);
});

const marked = (text: string, typed: string) =>
  findRuns(text, typed)
    .map((run) => (run.found ? `[${run.text}]` : run.text))
    .join("");

test("what a search finds in a text is told apart in every language, as the search itself finds it", () => {
  expect(marked("Lamp arms wobble", "lamps")).toBe("[Lamp] arms wobble");
  expect(marked("Лампи хитаються, лампа ні", "лампу")).toBe("[Лампи] хитаються, [лампа] ні");
  expect(marked("Кронштейн для лампы", "кронштейны")).toBe("[Кронштейн] для лампы");
  expect(marked("可调台灯的支架", "台灯")).toBe("可调[台灯]的支架");
  expect(marked("An arm", "")).toBe("An arm");
  expect(marked("", "arm")).toBe("");
});

test("the runs are the text, letter for letter, whatever it is and whatever is typed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 30 }), fc.string({ maxLength: 20 }), (text, typed) => {
      expect(
        findRuns(text, typed)
          .map((run) => run.text)
          .join(""),
      ).toBe(text);
    }),
  );
});
