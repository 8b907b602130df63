import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import type { MakingPageData, Quotable } from "../decision-page";
import { Quote } from "./decision-quote";
import { useRefusals } from "./refusals";
import { useWordLabels, WordFields } from "./word-fields";

type Props = { page: MakingPageData; ideas: "/ideas" | "/staff/ideas"; failure: FormFailure | undefined };

/** Where a decision is made: first what it quotes is chosen, then its words are written. */
export function MakingPage({ page, ideas, failure }: Props) {
  const make = useTranslations("decisions");
  const t = useTranslations("decisions.make");
  const { idea, said, thing, passage, choices, mayMake } = page;
  const refusals = useRefusals();
  const here = `${ideas}/${idea.id}`;
  return (
    <div className="max-w-180">
      <PageHeader
        above={<WayUp to={here}>{t("toIdea")}</WayUp>}
        title={make("makeOne")}
        lead={t("lead", { title: idea.title })}
      />
      {!mayMake && <Notice tone="info">{t("reads")}</Notice>}
      {mayMake && typeof thing === "string" && <Notice tone="warning">{refusals[thing]}</Notice>}
      {mayMake && !said && !thing && !passage && <Choosing choices={choices} here={here} />}
      {mayMake && said && (
        <Making page={page} field={["comment", said.id]} failure={failure}>
          <Quote text={said.text} by={{ author: said.author, at: said.writtenAt }} />
          <Another to={`${here}/decide`}>{t("another")}</Another>
        </Making>
      )}
      {mayMake && passage && (
        <Making page={page} field={["passage", passage.thread]} failure={failure}>
          <Quote text={passage.text} />
        </Making>
      )}
      {mayMake && thing && typeof thing !== "string" && (
        <Making page={page} field={["thing", thing.element]} failure={failure}>
          <Quote text={thing.text} drawn={thing.drawn} />
          <Another to={`${here}/board`}>{t("anotherThing")}</Another>
        </Making>
      )}
    </div>
  );
}

function Choosing({ choices, here }: { choices: readonly Quotable[]; here: string }) {
  const t = useTranslations("decisions.make");
  if (choices.length === 0) {
    return (
      <div className="flex flex-col items-start gap-4">
        <p>{t("noComments")}</p>
        <LinkButton to={here}>{t("toIdea")}</LinkButton>
      </div>
    );
  }
  return (
    <section aria-labelledby="choose" className="flex flex-col gap-4">
      <h2 id="choose" className="text-lg font-semibold">
        {t("choose")}
      </h2>
      <ol className="divide-y divide-line rounded-md border border-line bg-surface">
        {choices.map((one) => (
          <li key={one.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
            <div className="min-w-0 basis-80 grow">
              <p className="text-sm text-muted">
                {one.author} · <DateTime at={one.writtenAt} />
              </p>
              <p className="line-clamp-4 wrap-anywhere whitespace-pre-line">{one.text}</p>
            </div>
            <LinkButton
              to={`${here}/decide?comment=${one.id}`}
              look="quiet"
              aria-label={t("quoteThisOf", { name: one.author })}
            >
              {t("quoteThis")}
            </LinkButton>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Another({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="link inline-flex min-h-8 items-center self-start">
      {children}
    </Link>
  );
}

type MakingProps = {
  page: MakingPageData;
  /** What the form says of its source. */
  field: readonly ["comment" | "thing" | "passage", string];
  failure: FormFailure | undefined;
  /** What it will quote. */
  children: ReactNode;
};

function Making({ page, field: [name, value], failure, children }: MakingProps) {
  const t = useTranslations("decisions.make");
  return (
    <div className="flex flex-col gap-8">
      <section aria-labelledby="quoted" className="flex flex-col gap-2">
        <h2 id="quoted" className="text-lg font-semibold">
          {t("quoted")}
        </h2>
        {children}
      </section>
      <PostForm
        name="make"
        failure={failure}
        labels={useWordLabels()}
        sentences={useRefusals()}
        draft={`decision:${page.me}:${value}`}
      >
        <input type="hidden" name={name} value={value} />
        <WordFields />
        <Send label={t("send")} look="main" />
      </PostForm>
    </div>
  );
}
