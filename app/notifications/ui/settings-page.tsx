import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import type { NoticeKind } from "~/kernel/notice";
import { Button } from "~/ui/button";
import { Select } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { ReadingNote, useOnlyReading } from "~/ui/reading";
import { Check } from "~/ui/switch";
import { WayUp } from "~/ui/way-up";
import { HOWS, type Settings } from "../notification";

type Props = {
  settings: Settings & { kinds: readonly NoticeKind[] };
  /** IANA name of the reader's zone. */
  zone: string;
  saved: boolean;
  back: string;
  failure: FormFailure | undefined;
};

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

/** What comes by mail, kind by kind, and within which hours. */
export function SettingsPage({ settings, zone, saved, back, failure }: Props) {
  const t = useTranslations("notifications.settings");
  const reading = useOnlyReading();
  const { quiet, digestHour, mailOff } = settings;
  const quietHours = [{ value: "", label: t("noQuiet") }, ...HOURS];
  const labels = { quietFrom: t("quietFrom"), quietTo: t("quietTo"), digestHour: t("digestHour") };
  const above = <WayUp to={back}>{t("back")}</WayUp>;
  if (reading) {
    return (
      <div className="max-w-180">
        <PageHeader title={t("title")} lead={t("lead")} above={above} />
        <Notice tone="info">
          <ReadingNote />
        </Notice>
      </div>
    );
  }
  return (
    <div className="max-w-180">
      <PageHeader title={t("title")} lead={t("lead")} above={above} />
      {saved && !failure && (
        <div className="mb-6">
          <Notice tone="success">{t("saved")}</Notice>
        </div>
      )}
      <PostForm
        name="notifications"
        failure={failure}
        labels={labels}
        sentences={{ "both-or-none": t("bothOrNone"), "not-same": t("notSame") }}
        className="flex flex-col gap-8"
      >
        <Kinds settings={settings} typed={failure?.values} />
        <Check
          name="mailOff"
          defaultChecked={failure ? failure.values.mailOff === "on" : mailOff}
          label={t("mailOff")}
          help={t("mailOffHelp")}
        />
        <fieldset className="flex flex-col gap-4">
          <legend className="mb-3 text-lg font-semibold">{t("hours")}</legend>
          <div className="grid items-end gap-4 sm:grid-cols-3">
            <Select name="digestHour" label={t("digestHour")} options={HOURS} defaultValue={String(digestHour)} />
            <Select
              name="quietFrom"
              label={t("quietFrom")}
              options={quietHours}
              defaultValue={quiet ? String(quiet.from) : ""}
              optional
            />
            <Select
              name="quietTo"
              label={t("quietTo")}
              options={quietHours}
              defaultValue={quiet ? String(quiet.to) : ""}
              optional
            />
          </div>
          <p className="text-sm text-muted">
            {t("quietHelp")} {t("zone", { zone })}
          </p>
        </fieldset>
        <div>
          <Button look="main">{t("save")}</Button>
        </div>
      </PostForm>
    </div>
  );
}

function Kinds({ settings, typed }: Pick<Props, "settings"> & { typed: Record<string, string> | undefined }) {
  const t = useTranslations("notifications");
  return (
    <div className="divide-y divide-line rounded-md border border-line bg-surface">
      {settings.kinds.map((kind) => (
        <fieldset key={kind} className="px-4 py-3 sm:flex sm:items-center sm:justify-between sm:gap-6">
          <legend className="float-left mb-2 w-full font-medium sm:mb-0 sm:w-auto sm:max-w-90">
            {t(`kind.${kind}`)}
          </legend>
          <div className="clear-both flex flex-wrap gap-x-5 sm:flex-nowrap">
            {HOWS.map((how) => (
              <label key={how} className="flex min-h-11 items-center gap-2 whitespace-nowrap pointer-fine:min-h-9">
                <input
                  type="radio"
                  name={kind}
                  value={how}
                  defaultChecked={(typed?.[kind] ?? settings.choices[kind]) === how}
                  className="size-5 accent-accent"
                />
                {t(`how.${how}`)}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
