import { Form } from "@remix-run/react";
import { useLocale, useTranslations } from "use-intl";
import { LOCALES } from "~/kernel/locale";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select, TextArea, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import { type AccountField, FIELD_KINDS } from "../staff-account";
import { type AccountAnswer, Part, Refusal } from "./staff-account-frame";
import { fieldName } from "./staff-field-words";

type Props = { fields: readonly AccountField[]; mayDefine: boolean; answer: AccountAnswer | undefined };

/** The fields that every account has beside its name, defined by admins. */
export function StaffAccountFieldsPage({ fields, mayDefine, answer }: Props) {
  const t = useTranslations("staffAccounts");
  return (
    <>
      <Said sentences={{ field: t("fields.added") }} />
      <PageHeader
        above={<WayUp to="/staff/accounts">{t("list.title")}</WayUp>}
        title={t("fields.title")}
        lead={t("fields.lead")}
      />
      <Refusal refused={answer?.refused} />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <section aria-label={t("fields.title")}>
          {fields.length === 0 ? (
            <p className="rounded-md border border-line bg-surface px-4 py-4 text-muted">{t("fields.none")}</p>
          ) : (
            <ul className="divide-y divide-line rounded-md border border-line bg-surface">
              {fields.map((field) => (
                <FieldRow key={field.id} field={field} mayDefine={mayDefine} />
              ))}
            </ul>
          )}
          {!mayDefine && <p className="mt-3 text-muted">{t("fields.onlyAdmins")}</p>}
        </section>
        {mayDefine && <FieldForm answer={answer} />}
      </div>
    </>
  );
}

function FieldRow({ field, mayDefine }: { field: AccountField; mayDefine: boolean }) {
  const t = useTranslations("staffAccounts.fields");
  const locale = useLocale();
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-4 py-2">
      <div className="min-w-0">
        <p className="font-medium">
          {fieldName(field, locale)} {field.retired && <Badge>{t("retired")}</Badge>}
        </p>
        <p className="text-muted">
          {t(`kinds.${field.kind}`)} · <code>{field.key}</code>
          {field.choices.length > 0 && ` · ${field.choices.map((choice) => fieldName(choice, locale)).join(", ")}`}
        </p>
      </div>
      {mayDefine && (
        <Form method="post">
          <input type="hidden" name="form" value="retire" />
          <input type="hidden" name="id" value={field.id} />
          <input type="hidden" name="revision" value={field.revision} />
          <Button name="retire" value={field.retired ? "no" : "yes"} look="quiet">
            {field.retired ? t("again") : t("retire")}
          </Button>
        </Form>
      )}
    </li>
  );
}

function FieldForm({ answer }: { answer: AccountAnswer | undefined }) {
  const t = useTranslations("staffAccounts.fields");
  const nameIn = (locale: (typeof LOCALES)[number]) => t("nameIn", { language: t(`languages.${locale}`) });
  const names = Object.fromEntries(LOCALES.map((locale) => [locale, nameIn(locale)]));
  const labels = { key: t("key"), kind: t("kind"), choices: t("choices"), ...names };
  return (
    <Part id="add" title={t("add")}>
      <PostForm name="field" failure={answer?.failure} labels={labels} className="flex flex-col gap-3">
        <TextField
          name="key"
          label={labels.key}
          help={t("keyHelp")}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="none"
        />
        <Select
          name="kind"
          label={labels.kind}
          options={FIELD_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        />
        {LOCALES.map((locale) => (
          <TextField key={locale} name={locale} label={nameIn(locale)} maxLength={80} autoComplete="off" />
        ))}
        <TextArea name="choices" label={labels.choices} help={t("choicesHelp")} optional rows={3} />
        <Button look="main">{t("save")}</Button>
      </PostForm>
    </Part>
  );
}
