import type { RequestHandler } from "express";
import { LOCALE_TAGS, type Locale, pickLocale } from "~/kernel/locale";
import { escapeHtml, LOCAL_PAGE_HEADERS, localPage } from "./html";
import { LOCAL_WORDS } from "./words";

export type OutboxRow = {
  id: string;
  recipient: string;
  subject: string;
  body_text: string;
  state: "queued" | "sending" | "sent" | "failed" | "uncertain";
  error: string | null;
  created_at: Date;
};

/** GET /dev/mail, or /dev/mail?to=address: the letters of this machine, newest first, links clickable. */
export function outboxPage(letters: (recipient: string) => Promise<OutboxRow[]>): RequestHandler {
  return (req, res, next) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      res.status(405).set("allow", "GET, HEAD").end();
      return;
    }
    const to = typeof req.query.to === "string" ? req.query.to.trim().toLowerCase().slice(0, 320) : "";
    const locale = pickLocale({ acceptLanguage: req.headers["accept-language"] });
    letters(to)
      .then((rows) => res.set(LOCAL_PAGE_HEADERS).send(render(rows, to, locale)))
      .catch(next);
  };
}

function render(rows: OutboxRow[], to: string, locale: Locale): string {
  const words = LOCAL_WORDS[locale].outbox;
  const time = new Intl.DateTimeFormat(LOCALE_TAGS[locale], { dateStyle: "medium", timeStyle: "medium" });
  const articles = rows.map(
    (row) => `<article><h2>${escapeHtml(row.subject)}</h2>
<p><small>${escapeHtml(words.to)}: <a href="?to=${encodeURIComponent(row.recipient)}">${escapeHtml(row.recipient)}</a> · <time datetime="${row.created_at.toISOString()}">${escapeHtml(time.format(row.created_at))}</time> · ${escapeHtml(words[row.state])}${row.error ? ` (${escapeHtml(row.error)})` : ""}</small></p>
<pre>${withLinks(row.body_text)}</pre></article>`,
  );
  const filter = to
    ? `<p>${escapeHtml(words.only.replace("{to}", to))} · <a href="?">${escapeHtml(words.all)}</a></p>`
    : "";
  const body = `<p><small>${escapeHtml(words.local)}</small></p>${filter}${articles.join("\n") || `<p>${escapeHtml(words.empty)}</p>`}`;
  return localPage({ language: LOCALE_TAGS[locale], title: words.title, body });
}

/** Text with its http addresses as links; everything is escaped. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((piece, index) =>
      index % 2 === 1 ? `<a href="${escapeHtml(piece)}">${escapeHtml(piece)}</a>` : escapeHtml(piece),
    )
    .join("");
}
