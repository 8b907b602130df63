import type Stripe from "stripe";
import { LOCALE_TAGS, type Locale, pickLocale } from "~/kernel/locale";
import { escapeHtml, LOCAL_PAGE_HEADERS, localPage } from "../html";
import { LOCAL_WORDS } from "../words";
import { CARDS } from "./cards";

/** Without decimals, and with three, in the API; all others have two there (docs.stripe.com/currencies). */
const NO_DECIMALS = [
  "bif",
  "clp",
  "djf",
  "gnf",
  "jpy",
  "kmf",
  "krw",
  "mga",
  "pyg",
  "rwf",
  "vnd",
  "vuv",
  "xaf",
  "xof",
  "xpf",
];
const THREE_DECIMALS = ["bhd", "jod", "kwd", "omr", "tnd"];

export interface PageAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export const redirect = (to: string): PageAnswer => ({
  status: 303,
  headers: { location: to, "cache-control": "no-store" },
  body: "",
});

/** Where a session leads once it is paid. */
export const successUrl = (session: Stripe.Checkout.Session): string =>
  (session.success_url ?? "").replaceAll("{CHECKOUT_SESSION_ID}", session.id);

/** The language of a page of checkout: its session's, or else the browser's. */
export function languageOf(session: Stripe.Checkout.Session | null, acceptLanguage: string | undefined): Locale {
  const wished = session?.locale && session.locale !== "auto" ? session.locale : acceptLanguage;
  return pickLocale({ acceptLanguage: wished });
}

function money(amount: number | null, currency: string | null, locale: Locale): string {
  if (amount === null || currency === null) return "";
  const decimals = NO_DECIMALS.includes(currency) ? 0 : THREE_DECIMALS.includes(currency) ? 3 : 2;
  return new Intl.NumberFormat(LOCALE_TAGS[locale], { style: "currency", currency: currency.toUpperCase() }).format(
    amount / 10 ** decimals,
  );
}

function page(
  status: number,
  locale: Locale,
  title: string,
  body: string,
  leadsTo: readonly (string | null)[] = [],
): PageAnswer {
  const words = LOCAL_WORDS[locale].checkout;
  const origins = leadsTo.flatMap((address) => (address && URL.canParse(address) ? [new URL(address).origin] : []));
  return {
    status,
    headers: {
      ...LOCAL_PAGE_HEADERS,
      // A form whose answer leads elsewhere is a form that is sent there.
      "content-security-policy": (LOCAL_PAGE_HEADERS["content-security-policy"] ?? "").replace(
        "form-action 'self'",
        ["form-action 'self'", ...new Set(origins)].join(" "),
      ),
    },
    body: localPage({
      language: LOCALE_TAGS[locale],
      title,
      body: `<p><small>${escapeHtml(words.local)}</small></p>${body}`,
    }),
  };
}

/** The page of an open session; `problem`: why the last try was refused, in words; `typed`: what was sent with it. */
export function payPage(
  session: Stripe.Checkout.Session,
  items: readonly Stripe.LineItem[],
  locale: Locale,
  again: { problem?: string; typed?: URLSearchParams; holds: boolean },
): PageAnswer {
  const words = LOCAL_WORDS[locale].checkout;
  const { typed } = again;
  const field = (name: string, label: string, more: string, value = "") =>
    `<p><label>${escapeHtml(label)}<br><input name="${name}" ${more} value="${escapeHtml(typed?.get(name) ?? value)}"></label></p>`;
  const lines = items.map(
    (item) =>
      `<li>${escapeHtml(`${item.quantity ?? 1} × ${item.description ?? ""}`)} · ${escapeHtml(money(item.amount_total, item.currency, locale))}</li>`,
  );
  const total = money(session.amount_total, session.currency, locale);
  const cards = CARDS.map(
    ({ number, token }) =>
      `<option value="${number}"${typed?.get("card") === number ? " selected" : ""}>${escapeHtml(`${number.replace(/(\d{4})(?=\d)/g, "$1 ")} – ${words.cards[token as keyof typeof words.cards]}`)}</option>`,
  );
  const send =
    session.mode === "setup" ? words.save : (again.holds ? words.hold : words.pay).replace("{amount}", total);
  const email = session.customer
    ? ""
    : field("email", words.email, 'type="email" required autocomplete="email"', session.customer_email ?? "");
  const form = `${lines.length > 0 ? `<ul>${lines.join("")}</ul>` : ""}
${again.problem ? `<p role="alert"><strong>${escapeHtml(again.problem)}</strong></p>` : ""}
<form method="post">${email}${field("name", words.name, 'autocomplete="cc-name" maxlength="200"')}
<p><label>${escapeHtml(words.card)}<br><select name="card">${cards.join("")}</select></label></p>
${field("number", words.number, 'inputmode="numeric" autocomplete="off" maxlength="30"')}
<p><button name="do" value="pay">${escapeHtml(send)}</button></p></form>
${session.cancel_url ? `<p><a href="${escapeHtml(session.cancel_url)}">${escapeHtml(words.cancel)}</a></p>` : ""}`;
  const title = session.mode === "setup" ? words.save : words.title.replace("{amount}", total);
  return page(again.problem ? 422 : 200, locale, title, form, [session.success_url]);
}

/** A session that nobody can pay any more. */
export function closedPage(session: Stripe.Checkout.Session, locale: Locale): PageAnswer {
  const words = LOCAL_WORDS[locale].checkout;
  const paid = session.status === "complete";
  const back = paid ? successUrl(session) : session.cancel_url;
  const link = back ? `<p><a href="${escapeHtml(back)}">${escapeHtml(words.back)}</a></p>` : "";
  return page(paid ? 200 : 410, locale, paid ? words.paid : words.expired, link);
}

/** Where a bank asks its cardholder whether it is them who pay. */
export function provePage(
  amount: number | null,
  currency: string | null,
  locale: Locale,
  leadsTo: readonly (string | null)[],
): PageAnswer {
  const words = LOCAL_WORDS[locale].checkout;
  const why = amount === null ? words.proveCard : words.prove.replace("{amount}", money(amount, currency, locale));
  return page(
    200,
    locale,
    words.proveTitle,
    `<p>${escapeHtml(why)}</p><form method="post"><p><button name="do" value="yes">${escapeHtml(words.yes)}</button>
<button name="do" value="no">${escapeHtml(words.no)}</button></p></form>`,
    leadsTo,
  );
}

export function noPage(locale: Locale): PageAnswer {
  return page(404, locale, LOCAL_WORDS[locale].checkout.unknown, "");
}

/** Why a card was refused, in words of this page. */
export function refusalIn(locale: Locale, code: string | undefined): string {
  const { refused } = LOCAL_WORDS[locale].checkout;
  return Object.hasOwn(refused, code ?? "") ? refused[code as keyof typeof refused] : refused.generic;
}
