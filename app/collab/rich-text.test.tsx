import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type RichDoc, safeHref, safeImageSrc } from "./rich-text";
import { ATTACKS, type Attack } from "./rich-text.attacks.fixture";
import { cleanRichText } from "./rich-text-clean";
import { fromPlainText, plainText } from "./rich-text-plain";
import { richTextOf, seedUpdate } from "./rich-text-yjs.server";
import { RichTextView } from "./ui/rich-text-view";

/** Writes what the editor never would into a document, sends it as an update, and reads it as the projection does. */
function throughForgedUpdate(nodes: readonly Attack[]): RichDoc {
  const forger = new Y.Doc();
  const make = (node: Attack): Y.XmlElement | Y.XmlText => {
    if (node.type === "text") {
      const marks = (node.marks ?? []) as { type: string; attrs?: object }[];
      const attributes = Object.fromEntries(marks.map(({ type, attrs }) => [type, attrs ?? {}]));
      const text = new Y.XmlText();
      text.insert(0, node.text ?? "", attributes);
      return text;
    }
    const element = new Y.XmlElement(node.type);
    for (const [name, value] of Object.entries(node.attrs ?? {})) element.setAttribute(name, value as string);
    element.insert(0, ((node.content ?? []) as Attack[]).map(make));
    return element;
  };
  forger.getXmlFragment("default").insert(0, nodes.map(make));
  const reader = new Y.Doc();
  Y.applyUpdate(reader, Y.encodeStateAsUpdate(forger));
  return richTextOf(reader.getXmlFragment("default"));
}

const render = (doc: RichDoc) => renderToStaticMarkup(<RichTextView doc={doc} />);

const ELEMENTS = new Set(
  "div p br h3 h4 h5 ul ol li input blockquote pre code hr table tbody tr td th img strong em s a span".split(" "),
);
const ATTRIBUTES: Record<string, RegExp> = {
  class: /^(rich-text|mention|table-scroll)$/,
  "data-level": /^[123]$/,
  "data-type": /^taskList$/,
  "data-checked": /^(true|false)$/,
  type: /^checkbox$/,
  disabled: /^$/,
  checked: /^$/,
  "aria-label": /^[^<>"]*$/,
  start: /^\d+$/,
  colspan: /^\d{1,2}$/,
  rowspan: /^\d{1,2}$/,
  href: /^(https?:\/\/[^@\s"<>]+|mailto:[^\s"<>]+|tel:[^\s"<>]+|\/(?![/\\])[^\s"<>]*)$/,
  rel: /^noopener noreferrer nofollow$/,
  src: /^\/api\/files\/[0-9a-f-]{36}$/,
  alt: /^[^<>"]*$/,
  loading: /^lazy$/,
  width: /^\d+$/,
  height: /^\d+$/,
};

/** Every tag and attribute of the markup is one we mean; everything else is a hole. */
function expectHarmless(html: string): void {
  for (const [, name = "", attributes = ""] of html.matchAll(/<([a-zA-Z][^\s/>]*)((?:[^>"]|"[^"]*")*)>/g)) {
    expect(ELEMENTS).toContain(name);
    const rest = attributes.replace(/([a-zA-Z-]+)="([^"]*)"/g, (_all, written: string, value: string) => {
      const attribute = written.toLowerCase();
      expect(Object.keys(ATTRIBUTES)).toContain(attribute);
      expect(value).toMatch(ATTRIBUTES[attribute] ?? /^$/);
      return "";
    });
    expect(rest.replace(/[\s/]/g, "")).toBe("");
  }
  expect(html.replace(/<[^>]+>/g, "")).not.toMatch(/[<>]/);
}

test("there are at least forty attacks", () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(40);
});

describe("what is forged into the live document renders nowhere", () => {
  test.each(ATTACKS.map((attack, at) => [`${at}: ${JSON.stringify(attack).slice(0, 90)}`, attack] as const))(
    "%s",
    (_name, attack) => {
      for (const doc of [throughForgedUpdate([attack]), cleanRichText({ type: "doc", content: [attack] })]) {
        expectHarmless(render(doc));
        expect(cleanRichText(JSON.parse(JSON.stringify(doc)))).toEqual(doc);
        const stored = JSON.stringify(doc);
        expect(stored).not.toMatch(/"(style|class|onclick|onerror|onload|colwidth|language|target)"/);
        expect(stored.replace(/"(text|alt|label)":"(\\.|[^"\\])*"/g, "")).not.toMatch(/script:|data:|evil/i);
      }
    },
  );

  test("all at once, and with a good paragraph among them that stays", () => {
    const good: Attack = { type: "paragraph", content: [{ type: "text", text: "The arm wobbles." }] };
    const doc = throughForgedUpdate([...ATTACKS, good, ...ATTACKS]);
    expectHarmless(render(doc));
    expect(plainText(doc)).toContain("The arm wobbles.");
  });

  test("types that no editor knows, in places no editor puts them", () => {
    const doc = new Y.Doc();
    const fragment = doc.getXmlFragment("default");
    const nested = new Y.XmlElement("paragraph");
    nested.setAttribute("style", new Y.Map([["a", 1]]) as unknown as string);
    const text = new Y.XmlText();
    text.insertEmbed(0, { type: "script" });
    text.insert(1, "kept", {
      bold: null,
      link: "javascript:alert(1)",
      "link--abcdefgh": { href: "javascript:alert(1)" },
    });
    fragment.insert(0, [new Y.XmlHook("script") as unknown as Y.XmlElement, nested, new Y.XmlElement("doc"), text]);
    const read = richTextOf(fragment);
    expectHarmless(render(read));
    expect(plainText(read)).toBe("kept");
  });
});

test("whatever is thrown at it, out comes a text that renders harmlessly and cleans to itself", () => {
  const words = fc.constantFrom(
    "javascript:alert(1)",
    "https://example.com/",
    "x",
    '"><script>',
    "/api/files/x",
    1,
    null,
    true,
  );
  const types = fc.constantFrom(
    ...["doc", "paragraph", "heading", "text", "image", "bulletList", "listItem", "taskList", "taskItem", "table"],
    ...["tableRow", "tableCell", "blockquote", "codeBlock", "mention", "hardBreak", "script", "__proto__"],
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 6, depthSize: "large" },
      fc.anything({ maxDepth: 2 }),
      fc.record(
        {
          type: types,
          text: fc.string({ unit: "binary" }),
          attrs: fc.dictionary(
            fc.constantFrom("href", "src", "level", "start", "id", "label", "style", "checked"),
            words,
          ),
          marks: fc.array(fc.record({ type: types, attrs: fc.dictionary(fc.constantFrom("href", "style"), words) })),
          content: fc.array(tie("node"), { maxLength: 4 }),
        },
        { requiredKeys: ["type"] },
      ),
    ),
  }));
  fc.assert(
    fc.property(fc.array(node, { maxLength: 5 }), (content) => {
      const doc = cleanRichText({ type: "doc", content });
      expectHarmless(render(doc));
      expect(cleanRichText(doc)).toEqual(doc);
      // Postgres takes neither NUL nor half a surrogate in jsonb.
      expect(JSON.stringify(doc)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      expect(typeof plainText(doc)).toBe("string");
    }),
    { numRuns: 200 },
  );
}, 30_000);

test("nesting without end is cut off, and a million nodes do not hang", () => {
  let deep: Attack = { type: "paragraph", content: [{ type: "text", text: "deep" }] };
  for (let level = 0; level < 5_000; level++) deep = { type: "blockquote", content: [deep] };
  expectHarmless(render(cleanRichText({ type: "doc", content: [deep] })));
  const many = Array.from({ length: 200_000 }, () => ({ type: "paragraph", content: [{ type: "text", text: "x" }] }));
  expect(cleanRichText({ type: "doc", content: many }).content.length).toBeLessThanOrEqual(60_000);
});

test("an honest text survives the way through the live document unchanged", () => {
  const inline = [
    {
      type: "text",
      text: "bold and linked",
      marks: [{ type: "bold" }, { type: "link", attrs: { href: "https://example.com/" } }],
    },
    { type: "mention", attrs: { id: "0b000000-0000-4000-8000-000000000011", label: "Lena Hartmann" } },
    { type: "hardBreak" },
    { type: "text", text: "плече 灯臂" },
  ];
  const block = (type: string, extra: object = {}) => ({
    type,
    ...extra,
    content: [{ type: "paragraph", content: inline }],
  });
  const file = "/api/files/0d000000-0000-4000-8000-000000000001";
  const doc = cleanRichText({
    type: "doc",
    content: [
      { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Joint" }] },
      { type: "bulletList", content: [block("listItem")] },
      { type: "orderedList", attrs: { start: 3 }, content: [block("listItem")] },
      { type: "taskList", content: [block("taskItem", { attrs: { checked: true } })] },
      block("blockquote"),
      { type: "codeBlock", content: [{ type: "text", text: "a < b" }] },
      { type: "horizontalRule" },
      { type: "image", attrs: { src: file, alt: "The joint", width: 640, height: 480 } },
      {
        type: "table",
        content: [{ type: "tableRow", content: [block("tableHeader", { attrs: { colspan: 2, rowspan: 1 } })] }],
      },
    ],
  });
  expect(JSON.stringify(doc)).toContain("Lena Hartmann");
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, seedUpdate("idea:x:brief", doc));
  expect(richTextOf(ydoc.getXmlFragment("default"))).toEqual(doc);
  expect(seedUpdate("idea:x:brief", doc)).toEqual(seedUpdate("idea:x:brief", doc));
});

test("addresses: what people write is followed, what attacks is not", () => {
  for (const good of ["https://example.com/a?b=c#d", "mailto:a@example.com", "tel:+49123", "/ideas/1?x=y"]) {
    expect(safeHref(good)).toBe(good);
  }
  expect(safeHref("HTTPS://Example.COM")).toBe("https://example.com/");
  for (const bad of ["example", "", " ", "ftp://x", `https://x/${"y".repeat(3000)}`, null, 7])
    expect(safeHref(bad)).toBeNull();
  expect(safeImageSrc("/api/files/0D000000-0000-4000-8000-000000000001")).toBeNull();
});

test("typed text keeps its paragraphs and lines, and reads back as it was", () => {
  const doc = fromPlainText("One\ntwo\r\n\r\n\n  Three  \n\n\n");
  expect(doc.content).toHaveLength(2);
  expect(plainText(doc)).toBe("One\ntwo\nThree");
  expect(fromPlainText("").content).toEqual([{ type: "paragraph" }]);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expectHarmless(render(fromPlainText(text)))));
});
