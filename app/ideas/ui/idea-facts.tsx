import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { shownAnswers } from "~/catalog/product";
import { useShortLocale } from "~/catalog/ui/short-locale";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { type AnswerState, answerState } from "../idea-clock";
import type { IdeaFacts as Facts } from "../idea-submission";

/**
 * What an idea was sent as: its kind with the clock of the first answer, the product with what was answered about it, and
 * what stands beside it. `ideas`: where ideas of the reader's side are.
 */
export function IdeaFacts({ facts, ideas }: { facts: Facts; ideas: "/ideas" | "/staff/ideas" }) {
  const t = useTranslations("ideas.clock");
  const locale = useShortLocale();
  const { kind, product, beside, readAt } = facts;
  const answers = product ? shownAnswers(product.questions, facts.answers, locale) : [];
  const state = answerState(facts, readAt);
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={kind === "complaint" ? "warning" : "neutral"}>{t(kind)}</Badge>
        {state !== "none" && <Clock state={state} facts={facts} />}
      </p>
      {product && (
        <dl className="grid grid-cols-[fit-content(45%)_minmax(0,1fr)] gap-x-4 gap-y-1">
          <Fact name={t("product")}>{product.name}</Fact>
          {answers.map(({ key, name, kind: asked, value }) => (
            <Fact key={key} name={name}>
              {asked === "date" ? <DateTime at={`${value}T12:00:00Z`} time={false} /> : value}
            </Fact>
          ))}
        </dl>
      )}
      {beside.length > 0 && (
        <dl>
          <Fact name={t("beside")}>
            {beside.map((other) => (
              <Link key={other.id} to={`${ideas}/${other.id}`} className="link block">
                {t(other.kind)}: {other.title}
              </Link>
            ))}
          </Fact>
        </dl>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </>
  );
}

function Clock({ state, facts }: { state: Exclude<AnswerState, "none">; facts: Facts }) {
  const t = useTranslations("ideas.clock");
  const at = state === "answered" || state === "answered-late" ? facts.answeredAt : facts.answerDueAt;
  return (
    <span className={state === "late" ? "text-danger" : "text-muted"}>
      {t.rich(state, { date: () => <DateTime key="date" at={at ?? facts.readAt} /> })}.
      {state === "waiting" && ` ${t("aim")}`}
    </span>
  );
}
