import { isLocale, LOCALE_TAGS, type Locale } from "~/kernel/locale";
import { escapeHtml } from "../../html";
import { queueMail } from "../../mail";
import { LOCAL_WORDS } from "../../words";
import type { LocalWords } from "../../words/en";
import type { Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { hoursValid, type TokenKind } from "./one-time";
import type { UserRow } from "./users";

export type LetterKind = TokenKind | "existing" | "password_changed" | "email_changed";

/** The language in which somebody wants their letters; English when they never said. */
export function languageOf(user: Pick<UserRow, "raw_user_meta_data">): Locale {
  const language = user.raw_user_meta_data?.language;
  return isLocale(language) ? language : "en";
}

/**
 * Puts a letter into the outbox, in the same transaction as what it tells about. `email` is the new address in letters
 * about a change of address; `link` and `code` are left out where a letter has none.
 */
export async function sendLetter(
  db: Queryable,
  letter: { kind: LetterKind; to: string; language: Locale; link?: string; code?: string; email?: string },
): Promise<void> {
  const words = LOCAL_WORDS[letter.language];
  const { subject, why, button } = words[letter.kind];
  const say = (text: string) => text.replaceAll("{email}", letter.email ?? "");
  const lines = [say(why)];
  const closing = closingLines(words, letter.kind);

  const text = [
    ...lines,
    ...(letter.link ? [letter.link] : []),
    ...(letter.code ? [letter.link ? `${words.code} ${letter.code}` : letter.code] : []),
    ...closing,
  ].join("\n\n");

  const html = [
    `<!doctype html><html lang="${LOCALE_TAGS[letter.language]}"><head><meta charset="utf-8">`,
    `<title>${escapeHtml(subject)}</title></head>`,
    `<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; color: #1f1d1a; max-width: 34em">`,
    ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    letter.link
      ? `<p><a href="${escapeHtml(letter.link)}" style="display: inline-block; padding: 0.6em 1.2em; background: #1f4f8f; color: #ffffff; border-radius: 4px; text-decoration: none">${escapeHtml(button)}</a></p>`
      : "",
    letter.code
      ? `<p>${letter.link ? `${escapeHtml(words.code)} ` : ""}<strong style="font-size: 1.4em; letter-spacing: 0.15em">${escapeHtml(letter.code)}</strong></p>`
      : "",
    ...closing.map((line) => `<p style="color: #5f5a52; font-size: 14px">${escapeHtml(line)}</p>`),
    "</body></html>",
  ].join("\n");

  await queueMail(db, { to: letter.to, language: letter.language, subject, html, text });
}

function closingLines(words: LocalWords, kind: LetterKind): string[] {
  if (kind === "existing") return [words.ignore];
  if (kind === "password_changed" || kind === "email_changed") return [];
  return [hoursValid(kind) > 24 ? words.validWeek : words.validHour, words.ignore];
}

/**
 * The address of the page that asks "sign in?" and posts: opening it uses nothing up. `next` is where the person goes
 * afterwards, a path of this installation.
 */
export function confirmLink(
  gateway: Gateway,
  letter: { token: string; kind: TokenKind; redirectTo: string | null },
): string {
  const link = new URL("/confirm", gateway.origin);
  link.searchParams.set("token_hash", letter.token);
  link.searchParams.set("type", letter.kind.startsWith("email_change") ? "email_change" : letter.kind);
  const next = nextPath(gateway, letter.redirectTo);
  if (next !== "/") link.searchParams.set("next", next);
  return link.href;
}

/** Where to go after an e-mailed link: only addresses of this installation count, anything else means the start page. */
export function safeRedirect(gateway: Gateway, redirectTo: string | null): URL {
  const home = new URL("/", gateway.origin);
  if (!redirectTo) return home;
  try {
    const wanted = new URL(redirectTo, home);
    // The origin of a `blob:` address is that of the one inside it.
    return wanted.origin === home.origin && wanted.protocol === home.protocol ? wanted : home;
  } catch {
    return home;
  }
}

function nextPath(gateway: Gateway, redirectTo: string | null): string {
  const wanted = safeRedirect(gateway, redirectTo);
  return `${wanted.pathname}${wanted.search}`;
}
