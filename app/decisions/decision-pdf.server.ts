import type { ClientActor, StaffActor } from "~/kernel/actor";
import { now } from "~/kernel/clock";
import { limiter } from "~/kernel/limits.server";
import { LOCALE_TAGS, type Locale } from "~/kernel/locale";
import { type PdfPart, pdfOf } from "~/kernel/pdf.server";
import { translatorOf } from "~/words";
import type { DecisionPageData, Signatory, SourceView } from "./decision-page";
import { viewDecision } from "./decision-pages.server";

/** A decision as a document: its words, what it quotes, who agrees, and the hashes by which each of them is known. */

type Translate = ReturnType<typeof translatorOf>;
type Writing = { t: Translate; date: (at: Date) => string };

/** Each takes some hundredths of a second of a thread. */
const printed = limiter("decisions.pdf", { points: 20, seconds: 60 });

export type Printed = { name: string; pdf: Uint8Array } | "too-often" | undefined;

/** In: the reader's language, and where this installation is, for the foot of each page. Undefined: not there for this actor. */
export async function printDecision(
  actor: ClientActor | StaffActor,
  id: string,
  { locale, page }: { locale: Locale; page: string },
): Promise<Printed> {
  const decision = await viewDecision(actor, id);
  if (!decision) return undefined;
  if ((await printed.take(actor.userId)) !== null) return "too-often";
  const t = translatorOf(locale);
  const at = now();
  // Both sides hold the same paper, whatever their zones.
  const format = new Intl.DateTimeFormat(LOCALE_TAGS[locale], {
    dateStyle: "long",
    timeStyle: "short",
    hourCycle: "h23",
    timeZone: "UTC",
  });
  const date = (moment: Date) => `${format.format(moment)} UTC`;
  const pdf = await pdfOf({
    locale,
    kind: t("decisions.pdf.kind"),
    title: decision.title,
    parts: partsOf(decision, { t, date }),
    footer: `${t("decisions.pdf.printed", { date: date(at) })} · ${page}`,
    at,
  });
  return { name: `tandem-decision-${id.slice(-12)}-${decision.number}.pdf`, pdf };
}

function partsOf(decision: DecisionPageData, writing: Writing): PdfPart[] {
  const { t, date } = writing;
  const { account, idea, madeBy, createdAt, number, state, reason, rejected, sources, asked, hash } = decision;
  const parts: PdfPart[] = [
    {
      kind: "facts",
      rows: [
        [t("decisions.pdf.account"), account],
        [t("decisions.pdf.idea"), idea],
        [t("decisions.pdf.made"), t("decisions.pdf.by", { name: madeBy, date: date(createdAt) })],
        [t("decisions.pdf.revision"), String(number)],
        [t("decisions.pdf.state"), t(`decisions.state.${state}`)],
      ],
    },
    { kind: "heading", text: t("decisions.page.reason") },
    { kind: "text", text: reason },
    { kind: "heading", text: t("decisions.page.rejected") },
    rejected.length > 0 ? { kind: "list", items: rejected } : { kind: "text", text: t("decisions.page.noRejected") },
    { kind: "heading", text: t("decisions.quote.title") },
    ...sources.flatMap((source) => partsOfSource(source, writing)),
    { kind: "heading", text: t("decisions.people.title") },
  ];
  if (asked.length === 0) parts.push({ kind: "text", text: t("decisions.people.nobody") });
  else parts.push({ kind: "facts", rows: asked.map((one) => [nameOf(one, t), answerOf(one, writing)] as const) });
  if (hash) parts.push({ kind: "hash", name: t("decisions.people.hash"), value: hash });
  return parts;
}

function partsOfSource(source: SourceView, { t, date }: Writing): PdfPart[] {
  const { author, writtenAt, quote, sha256, standing, present } = source;
  const parts: PdfPart[] = [
    {
      kind: "quote",
      text: quote || t("decisions.quote.drawing"),
      from: t("decisions.pdf.by", { name: author ?? t("decisions.quote.somebody"), date: date(writtenAt) }),
    },
    { kind: "hash", name: t("decisions.quote.hash"), value: sha256 },
  ];
  if (standing === "changed" && present !== null) {
    parts.push({ kind: "text", text: `${t("decisions.quote.changed")}. ${t("decisions.quote.changedMeans")}` });
    parts.push({ kind: "quote", text: present.text || t("decisions.quote.drawing"), from: t("decisions.quote.now") });
  }
  if (standing === "gone") {
    parts.push({ kind: "text", text: `${t("decisions.quote.gone")}. ${t("decisions.quote.goneMeans")}` });
  }
  return parts;
}

const nameOf = ({ name, side }: Signatory, t: Translate) => `${name}\n${t(`decisions.people.${side}`)}`;

function answerOf({ answer }: Signatory, { t, date }: Writing): string {
  if (answer === null) return t("decisions.pdf.waiting");
  if (answer.says === "agree") return t("decisions.pdf.agreed", { date: date(answer.at) });
  return t("decisions.pdf.notYet", { date: date(answer.at), reason: answer.reason });
}
