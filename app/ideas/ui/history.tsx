import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import type { Step } from "../idea-page";
import { useStatusName } from "./status";

/** The way of an idea up to now, newest step first: who changed what, when, from what to what. */
export function History({ steps, title }: { steps: Stretch<Step>; title: string }) {
  const t = useTranslations("ideas.page");
  const stretches = useStretches(steps, (answer: { history: Stretch<Step> }) => answer.history);
  if (stretches.rows.length === 0) return null;
  return (
    <section aria-labelledby="history" className="flex flex-col gap-3">
      <h2 id="history" className="text-lg font-semibold">
        {t("history")}
      </h2>
      <ol className="flex flex-col border-l border-line">
        {stretches.rows.map((step) => (
          <li key={step.id} className="relative pb-3 pl-5 last:pb-0">
            <span
              aria-hidden="true"
              className="absolute top-1.5 -left-[5px] size-2.5 rounded-full border-2 border-paper bg-edge"
            />
            <StepSentence step={step} title={title} />
            <span className="block text-sm text-muted">
              <DateTime at={step.happenedAt} />
            </span>
          </li>
        ))}
      </ol>
      <LoadMore stretches={stretches} parameter="history" label={t("olderSteps")} />
    </section>
  );
}

function StepSentence({ step, title }: { step: Step; title: string }) {
  const t = useTranslations("ideas.step");
  const visibility = useTranslations("ideas.sharing");
  const news = useTranslations("ideas.news");
  const nameOf = useStatusName();
  const { name, from, to, what } = step;
  // What the system did on its own has no name.
  const parts = {
    who: () => (
      <span key="who" className="font-medium">
        {step.who ?? t("system")}
      </span>
    ),
    what: what ?? "",
  };
  const ofTwo = { ...parts, idea: () => <q key="idea">{title}</q> };
  switch (name) {
    case "idea.submitted":
      return t.rich("submitted", parts);
    case "idea.status_changed":
      return t.rich("moved", { ...parts, from: nameOf(from ?? ""), to: nameOf(to ?? "") });
    case "idea.visibility_changed":
      return t.rich("shared", {
        ...parts,
        from: visibility(from === "all_customers" ? "nameAll" : "nameAccount"),
        to: visibility(to === "all_customers" ? "nameAll" : "nameAccount"),
      });
    case "idea.supported":
      return t.rich("onBehalf", parts);
    case "idea.merged":
      return step.second ? news.rich("mergedHere", ofTwo) : t.rich("merged", parts);
    case "idea.unmerged":
      return step.second ? news.rich("unmergedHere", ofTwo) : t.rich("unmerged", parts);
    case "idea.split":
      return step.second ? news.rich("splitOff", ofTwo) : t.rich("split", parts);
    case "idea.product_changed":
      return t.rich("product", { ...parts, from: from ?? t("noProduct"), to: to ?? t("noProduct") });
    case "idea.owner_changed":
      return t.rich(to ? "owner" : "noOwner", { ...parts, from: from ?? t("nobody"), to: to ?? "" });
    case "idea.tagged":
      return t.rich("tagged", parts);
  }
}
