import { Form } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import type { Absence } from "../staff-account";
import { type AccountAnswer, Part, Refusal } from "./staff-account-frame";
import { AwayLine } from "./staff-account-team";

type Person = { id: string; name: string };
type Props = {
  absences: readonly (Absence & { mayTakeBack: boolean })[];
  speaksFor: readonly Person[];
  everybody: readonly Person[];
  me: string;
  answer: AccountAnswer | undefined;
};

const optionOf = ({ id, name }: Person) => ({ value: id, label: name });

/** Who of us is away, and who stands in. */
export function StaffAbsencesPage({ absences, speaksFor, everybody, me, answer }: Props) {
  const t = useTranslations("staffAccounts");
  const labels = { fromDay: t("absences.from"), toDay: t("absences.to") };
  return (
    <>
      <Said sentences={{ absence: t("absences.added"), "take-back": t("absences.removed") }} />
      <PageHeader
        above={<WayUp to="/staff/accounts">{t("list.title")}</WayUp>}
        title={t("absences.title")}
        lead={t("absences.lead")}
      />
      <Refusal refused={answer?.refused} />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-label={t("absences.title")}>
          {absences.length === 0 ? (
            <p className="rounded-md border border-line bg-surface px-4 py-4 text-muted">{t("absences.none")}</p>
          ) : (
            <ul className="divide-y divide-line rounded-md border border-line bg-surface">
              {absences.map((absence) => (
                <li key={absence.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-2">
                  <p className="min-w-0">
                    <span className="font-medium">{absence.name}</span>
                    <span className="block text-muted">
                      <AwayLine absence={absence} />
                    </span>
                  </p>
                  {absence.mayTakeBack && (
                    <Form method="post">
                      <input type="hidden" name="id" value={absence.id} />
                      <Button
                        name="form"
                        value="take-back"
                        look="quiet"
                        aria-label={t("absences.removeOf", { name: absence.name })}
                      >
                        {t("absences.remove")}
                      </Button>
                    </Form>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
        {speaksFor.length > 0 && (
          <Part id="add" title={t("absences.add")}>
            <PostForm name="absence" failure={answer?.failure} labels={labels} className="flex flex-col gap-3">
              <Select
                name="personId"
                label={t("absences.person")}
                defaultValue={me}
                options={speaksFor.map(optionOf)}
              />
              <TextField name="fromDay" label={labels.fromDay} type="date" />
              <TextField name="toDay" label={labels.toDay} type="date" />
              <Select
                name="substituteId"
                label={t("absences.substitute")}
                optional
                options={[{ value: "", label: t("absences.nobody") }, ...everybody.map(optionOf)]}
              />
              <Button look="main">{t("absences.add")}</Button>
            </PostForm>
          </Part>
        )}
      </div>
    </>
  );
}
