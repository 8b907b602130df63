import { LOCALE_TAGS, type Locale } from "~/kernel/locale";

/**
 * A letter as text and as a page that says the same. `values` are what {names} in the sentences stand for; they may be what
 * people typed. `code` stands large on a line of its own.
 */
export function plainLetter(letter: {
  language: Locale;
  subject: string;
  lines: readonly string[];
  button?: { label: string; link: string };
  code?: string;
  closing: readonly string[];
  values: Readonly<Record<string, string>>;
}): { subject: string; html: string; bodyText: string } {
  // What people typed is one line: in a subject a line break would begin a header.
  const say = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_all, name: string) => (letter.values[name] ?? "").replace(/[\s\p{C}]+/gu, " ").trim());
  const subject = [...say(letter.subject)].slice(0, 200).join("");
  const { button, code } = letter;
  return {
    subject,
    bodyText: [
      ...letter.lines.map(say),
      ...(button ? [button.link] : []),
      ...(code ? [code] : []),
      ...letter.closing.map(say),
    ].join("\n\n"),
    html: [
      `<!doctype html><html lang="${LOCALE_TAGS[letter.language]}"><head><meta charset="utf-8">`,
      `<title>${escaped(subject)}</title></head>`,
      `<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; color: #1b2422; max-width: 34em">`,
      ...letter.lines.map((line) => `<p>${escaped(say(line))}</p>`),
      button
        ? `<p><a href="${escaped(button.link)}" style="display: inline-block; padding: 0.6em 1.2em; background: #0c5a5b; color: #ffffff; border-radius: 8px; text-decoration: none">${escaped(button.label)}</a></p>`
        : "",
      code ? `<p><strong style="font-size: 1.4em; letter-spacing: 0.15em">${escaped(code)}</strong></p>` : "",
      ...letter.closing.map((line) => `<p style="color: #56615d; font-size: 14px">${escaped(say(line))}</p>`),
      "</body></html>",
    ].join("\n"),
  };
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
