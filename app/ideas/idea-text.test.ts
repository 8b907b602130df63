import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanRichText } from "~/collab/rich-text-clean";
import { plainText } from "~/collab/rich-text-plain";
import { richFromTyped } from "./idea-text";

const kinds = (typed: string) => richFromTyped(typed).content.map((block) => block.type);

test("paragraphs, headings, lists, tasks and quotes are kept as they were typed", () => {
  const typed =
    "Hello\nthere\n\n## What we want\n- light\n- quiet\n\n1. measure\n2. cut\n\n[ ] open\n[x] done\n\n> she said\n\nBye";
  expect(kinds(typed)).toEqual([
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "taskList",
    "blockquote",
    "paragraph",
  ]);
  expect(plainText(richFromTyped(typed)).replace(/\s+/g, " ")).toBe(
    "Hello there What we want light quiet measure cut open done she said Bye",
  );
});

test("a line break inside a paragraph stays one", () => {
  expect(richFromTyped("a\r\nb").content).toEqual([
    { type: "paragraph", content: [{ type: "text", text: "a" }, { type: "hardBreak" }, { type: "text", text: "b" }] },
  ]);
});

test("bold, italic, code and addresses become marks; arithmetic does not", () => {
  const [block] = richFromTyped("a **b** and *c* with `d` at https://metis.example/x, 2*3*4").content;
  expect(block).toEqual({
    type: "paragraph",
    content: [
      { type: "text", text: "a " },
      { type: "text", text: "b", marks: [{ type: "bold" }] },
      { type: "text", text: " and " },
      { type: "text", text: "c", marks: [{ type: "italic" }] },
      { type: "text", text: " with " },
      { type: "text", text: "d", marks: [{ type: "code" }] },
      { type: "text", text: " at " },
      {
        type: "text",
        text: "https://metis.example/x",
        marks: [{ type: "link", attrs: { href: "https://metis.example/x" } }],
      },
      { type: "text", text: ", 2*3*4" },
    ],
  });
});

test("words in brackets before an address become a link, also within a list and beside other marks", () => {
  const [list] = richFromTyped("- see [the data sheet](https://metis.example/a_(b)?c=1) and **this**").content;
  expect(JSON.stringify(list)).toContain(
    '{"type":"text","text":"the data sheet","marks":[{"type":"link","attrs":{"href":"https://metis.example/a_(b)?c=1"}}]}',
  );
  expect(plainText(richFromTyped("a [b](https://c.example)d")).trim()).toBe("a bd");
});

test.each([
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt://%0aalert(1))",
  "[x](data:text/html,x)",
  "[x](//evil.example)",
  "[x]()",
  "[](https://)",
  "[x](https://)",
])("what leads to no page stays as it was typed: %s", (typed) => {
  const doc = richFromTyped(typed);
  expect(JSON.stringify(doc)).not.toContain('"link"');
  expect(plainText(doc).trim()).toBe(typed);
});

test("tags and javascript: addresses stay text that nobody can press", () => {
  const doc = richFromTyped("<script>alert(1)</script> javascript:alert(1) [x](javascript:alert(1))");
  expect(JSON.stringify(doc)).not.toContain('"link"');
  expect(plainText(doc)).toContain("<script>alert(1)</script>");
});

test("whatever is typed, what is stored is allowed, and no word of it is lost", () => {
  const line = fc.oneof(fc.string(), fc.constantFrom("- a", "1. b", "## c", "> d", "[ ] e", "", "**f** *g* `h`"));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const doc = richFromTyped(lines.join("\n"));
      expect(cleanRichText(doc)).toEqual(doc);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z0-9 .,#>*`[\]-]{0,30}$/), { maxLength: 8 }), (lines) => {
      const letters = (text: string) => text.replace(/[^a-z]/g, "");
      const typed = lines.join("\n");
      expect(letters(plainText(richFromTyped(typed))).length).toBeGreaterThanOrEqual(
        letters(typed).replace(/x/g, "").length,
      );
    }),
  );
});
