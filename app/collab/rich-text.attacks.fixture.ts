/**
 * Ways to smuggle a script, a style or a foreign address into a brief. Each is a node as somebody could forge it into the
 * live document, whatever the editor would have let them write.
 */

export type Attack = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: unknown[];
  text?: string;
  marks?: unknown[];
};

const paragraph = (...content: unknown[]): Attack => ({ type: "paragraph", content });
const linked = (href: unknown): Attack =>
  paragraph({ type: "text", text: "click me", marks: [{ type: "link", attrs: { href } }] });
const image = (attrs: Record<string, unknown>): Attack => ({ type: "image", attrs });
const FILE = "/api/files/0d000000-0000-4000-8000-000000000001";

const HREFS: unknown[] = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\tscript:alert(1)",
  "java\nscript:alert(1)",
  "java\u0000script:alert(1)",
  "\u0001javascript:alert(1)",
  "javascript&colon;alert(1)",
  "&#106;avascript:alert(1)",
  "javascript://example.com/%0aalert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  "blob:https://evil.example/1",
  "file:///etc/passwd",
  "filesystem:https://evil.example/x",
  "view-source:javascript:alert(1)",
  "feed:javascript:alert(1)",
  "jar:javascript:alert(1)!/",
  "about:blank",
  "//evil.example/x",
  "/\\evil.example/x",
  "/\t/evil.example/x",
  "\\\\evil.example\\x",
  "https://us@evil.example/",
  "https://us:pw@evil.example/",
  ["javascript:alert(1)"],
  { toString: "javascript:alert(1)" },
];

const SOURCES: unknown[] = [
  "javascript:alert(1)",
  "data:image/svg+xml,<svg onload=alert(1)>",
  "https://evil.example/pixel.gif",
  "//evil.example/pixel.gif",
  `${FILE}?x=<script>`,
  `${FILE}/../../logout`,
  `/api/files/../../logout`,
  `x" onerror="alert(1)`,
  [FILE, "x"],
];

export const ATTACKS: readonly Attack[] = [
  ...HREFS.map(linked),
  ...SOURCES.map((src) => image({ src })),
  image({
    src: FILE,
    alt: '"><script>alert(1)</script>',
    onerror: "alert(1)",
    style: "position:fixed",
    class: "fixed",
  }),
  image({ src: FILE, width: '1" onload="alert(1)', height: "100%" }),
  { type: "script", content: [{ type: "text", text: "alert(1)" }] },
  { type: "iframe", attrs: { src: "https://evil.example", srcdoc: "<script>alert(1)</script>" } },
  { type: "svg", attrs: { onload: "alert(1)" }, content: [paragraph({ type: "text", text: "svg" })] },
  { type: "object", attrs: { data: "javascript:alert(1)" } },
  { type: "form", attrs: { action: "https://evil.example" }, content: [paragraph({ type: "text", text: "pay" })] },
  { type: "style", content: [{ type: "text", text: "* { display: none }" }] },
  { type: "html", attrs: { innerHTML: "<img src=x onerror=alert(1)>", dangerouslySetInnerHTML: { __html: "<b>" } } },
  { type: "__proto__", attrs: { polluted: true } },
  { type: "constructor" },
  {
    type: "paragraph",
    attrs: { style: "background:url(https://evil.example)", onclick: "alert(1)", class: "fixed inset-0" },
  },
  { type: "heading", attrs: { level: "1><script>alert(1)</script>" }, content: [{ type: "text", text: "big" }] },
  { type: "heading", attrs: { level: 99, id: "x", style: "color:red" }, content: [{ type: "text", text: "big" }] },
  {
    type: "codeBlock",
    attrs: { language: 'js" onclick="alert(1)', class: "fixed" },
    content: [{ type: "text", text: "<b>" }],
  },
  {
    type: "orderedList",
    attrs: { start: '1" onclick="alert(1)', style: "position:fixed" },
    content: [{ type: "listItem", content: [linked("javascript:alert(1)")] }],
  },
  {
    type: "table",
    attrs: { style: "width:1px" },
    content: [
      {
        type: "tableRow",
        content: [
          {
            type: "tableCell",
            attrs: {
              colspan: 1e9,
              rowspan: -1,
              colwidth: ["1;background:url(//evil.example)"],
              style: "x",
              background: "javascript:alert(1)",
            },
            content: [linked("javascript:alert(1)"), { type: "script" }],
          },
        ],
      },
    ],
  },
  { type: "mention", attrs: { id: "javascript:alert(1)", label: "<img src=x onerror=alert(1)>" } },
  paragraph({
    type: "mention",
    attrs: {
      id: "0b000000-0000-4000-8000-000000000001",
      label: "<script>alert(1)</script>",
      href: "javascript:alert(1)",
    },
  }),
  paragraph({ type: "text", text: "<script>alert(1)</script><img src=x onerror=alert(1)>" }),
  paragraph({
    type: "text",
    text: "styled",
    marks: [
      { type: "textStyle", attrs: { style: "position:fixed;inset:0" } },
      { type: "highlight", attrs: { color: "url(javascript:alert(1))" } },
      { type: "bold", attrs: { style: "font-size:999px", onclick: "alert(1)" } },
    ],
  }),
  paragraph({
    type: "text",
    text: "both",
    marks: [
      {
        type: "link",
        attrs: {
          href: "https://example.com/",
          onclick: "alert(1)",
          style: "position:fixed",
          target: "_top",
          class: "fixed inset-0",
        },
      },
    ],
  }),
];
