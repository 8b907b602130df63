import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import type { RevisionView, Step } from "../decision-page";
import { Signatories } from "./decision-people";
import { Wording } from "./decision-words";

/** How it came to stand as it does, newest first. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const t = useTranslations("decisions.page");
  return (
    <section aria-labelledby="history" className="flex flex-col gap-3">
      <h2 id="history" className="text-lg font-semibold">
        {t("history")}
      </h2>
      <ol className="flex flex-col border-l border-line">
        {steps.map((step) => (
          <li key={step.id} className="relative pb-3 pl-5 last:pb-0">
            <span
              aria-hidden="true"
              className="absolute top-1.5 -left-[5px] size-2.5 rounded-full border-2 border-paper bg-edge"
            />
            <Sentence step={step} />
            <span className="block text-sm text-muted">
              <DateTime at={step.happenedAt} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Sentence({ step: { name, who, says, revision } }: { step: Step }) {
  const t = useTranslations("decisions.step");
  const parts = {
    who: () => (
      <span key="who" className="font-medium">
        {who ?? t("system")}
      </span>
    ),
    revision: revision ?? "",
  };
  switch (name) {
    case "decision.made":
      return t.rich("made", parts);
    case "decision.worded":
      return t.rich("worded", parts);
    case "decision.asked":
      return t.rich("asked", parts);
    case "decision.answered":
      return t.rich(says === "agree" ? "agree" : "notYet", parts);
    case "decision.agreed":
      return t.rich("agreed", parts);
    case "decision.reopened":
      return t.rich("reopened", parts);
  }
}

/** What earlier revisions said and who had agreed to them. */
export function Before({ revisions }: { revisions: readonly RevisionView[] }) {
  const t = useTranslations("decisions.page");
  if (revisions.length === 0) return null;
  return (
    <section aria-labelledby="before" className="flex flex-col gap-3">
      <h2 id="before" className="text-lg font-semibold">
        {t("before")}
      </h2>
      {revisions.map((one) => (
        <details key={one.id}>
          <summary className="text-accent wrap-anywhere">
            {t("beforeOf", { number: one.number, title: one.title })}
          </summary>
          <div className="flex flex-col gap-4 py-3">
            <Wording words={one} />
            <Signatories {...one} />
          </div>
        </details>
      ))}
    </section>
  );
}
