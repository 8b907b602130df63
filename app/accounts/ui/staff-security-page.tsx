import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Badge } from "~/ui/badge";
import { Button, LinkButton } from "~/ui/button";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import type { SecuredPerson } from "../second-factor";

export type SecurityAnswer = { done: "switched" | "reset" | null; failure: FormFailure | null };

type Props = {
  settings: { secondFactorRequired: boolean; revision: number };
  people: readonly SecuredPerson[];
  maySecure: boolean;
  answer: SecurityAnswer | undefined;
};

/** How staff sign in: whether a second factor is asked of them, and who has one. */
export function StaffSecurityPage({ settings, people, maySecure, answer }: Props) {
  const t = useTranslations("staffAccounts.security");
  const required = settings.secondFactorRequired;
  const without = people.filter((person) => !person.hasSecondFactor).length;
  const sentences = { "changed-meanwhile": t("changedMeanwhile"), "not-found": t("notFound") };
  return (
    <div className="max-w-180">
      <PageHeader title={t("title")} lead={t("lead")}>
        <LinkButton to="/staff/settings/second-factor">{t("mine")}</LinkButton>
      </PageHeader>
      <div className="flex flex-col gap-8">
        {answer?.done === "reset" && (
          <Notice tone="success" takesFocus>
            {t("resetDone")}
          </Notice>
        )}
        <section aria-labelledby="required" className="flex flex-col gap-3">
          <h2 id="required" className="flex flex-wrap items-center gap-3 text-lg font-semibold">
            {t("requiredTitle")}
            <Badge tone={required ? "success" : "neutral"}>{required ? t("on") : t("off")}</Badge>
          </h2>
          <p className="text-muted">{required ? t("onMeans") : t("offMeans", { count: without })}</p>
          {maySecure && (
            <PostForm name="required" failure={answer?.failure} sentences={sentences}>
              <input type="hidden" name="intent" value="require" />
              <input type="hidden" name="revision" value={settings.revision} />
              <input type="hidden" name="required" value={required ? "no" : "yes"} />
              <Button look={required ? "plain" : "main"} className="self-start">
                {required ? t("switchOff") : t("switchOn")}
              </Button>
            </PostForm>
          )}
        </section>
        <section aria-labelledby="people" className="flex flex-col gap-3">
          <h2 id="people" className="text-lg font-semibold">
            {t("peopleTitle")}
          </h2>
          <ul className="divide-y divide-line rounded-md border border-line bg-surface">
            {people.map((person) => (
              <li key={person.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
                <span className="min-w-0 grow">
                  <span className="font-medium">{person.name}</span>{" "}
                  <span className="text-sm text-muted wrap-anywhere">{person.email}</span>
                </span>
                <Badge tone={person.hasSecondFactor ? "success" : "warning"}>
                  {person.hasSecondFactor ? t("has") : t("hasNot")}
                </Badge>
                {maySecure && person.hasSecondFactor && (
                  <PostForm name={`reset-${person.id}`} failure={answer?.failure} sentences={sentences}>
                    <input type="hidden" name="intent" value="reset" />
                    <input type="hidden" name="person" value={person.id} />
                    <Button aria-label={t("resetOf", { name: person.name })}>{t("reset")}</Button>
                  </PostForm>
                )}
              </li>
            ))}
          </ul>
          {maySecure && <p className="text-sm text-muted">{t("resetMeans")}</p>}
        </section>
      </div>
    </div>
  );
}
