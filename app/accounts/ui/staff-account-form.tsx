import { useLocale, useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { CURRENCIES, writeAmount } from "~/kernel/money";
import { Button } from "~/ui/button";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { ACCOUNT_KINDS, ACCOUNT_NAME_MAX, type AccountHead, type FilledField } from "../staff-account";
import { fieldName } from "./staff-field-words";

type Props = {
  /** Null: a new account. */
  account: AccountHead | null;
  fields: readonly FilledField[];
  failure: FormFailure | undefined;
};

/** What stands about an account, to be typed. */
export function StaffAccountForm({ account, fields, failure }: Props) {
  const t = useTranslations("staffAccounts");
  const locale = useLocale();
  const labels = {
    name: t("form.name"),
    kind: t("form.kind"),
    domain: t("form.domain"),
    value: t("form.value"),
    currency: t("form.currency"),
    ...Object.fromEntries(fields.map((field) => [`field-${field.id}`, fieldName(field, locale)])),
  };
  return (
    <PostForm name="account" failure={failure} labels={labels} className="flex max-w-140 flex-col gap-5">
      {account && (
        <input
          type="hidden"
          name="revision"
          key={account.revision}
          defaultValue={failure?.values.revision ?? account.revision}
        />
      )}
      <TextField
        name="name"
        label={labels.name}
        defaultValue={account?.name}
        maxLength={ACCOUNT_NAME_MAX}
        autoComplete="off"
      />
      <Select
        name="kind"
        label={labels.kind}
        defaultValue={account?.kind ?? "direct"}
        options={ACCOUNT_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      <TextField
        name="domain"
        label={labels.domain}
        help={t("form.domainHelp")}
        optional
        defaultValue={account?.domain ?? ""}
        autoComplete="off"
        autoCapitalize="none"
      />
      <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <TextField
          name="value"
          label={labels.value}
          help={t("form.valueHelp")}
          optional
          inputMode="decimal"
          defaultValue={account?.value ? writeAmount(account.value) : ""}
        />
        <Select
          name="currency"
          label={labels.currency}
          defaultValue={account?.value?.currency ?? "EUR"}
          options={CURRENCIES.map((currency) => ({ value: currency, label: currency }))}
        />
      </div>
      {fields.length > 0 && (
        <fieldset className="flex flex-col gap-5 border-t border-line pt-5">
          <legend className="sr-only">{t("form.ownFields")}</legend>
          {fields.map((field) =>
            field.kind === "choice" ? (
              <Select
                key={field.id}
                name={`field-${field.id}`}
                label={fieldName(field, locale)}
                optional
                defaultValue={field.value ?? ""}
                options={[
                  { value: "", label: t("form.choose") },
                  ...field.choices.map((choice) => ({ value: choice.key, label: fieldName(choice, locale) })),
                ]}
              />
            ) : (
              <TextField
                key={field.id}
                name={`field-${field.id}`}
                label={fieldName(field, locale)}
                optional
                type={field.kind === "date" ? "date" : "text"}
                inputMode={field.kind === "number" ? "decimal" : undefined}
                defaultValue={field.value ?? ""}
              />
            ),
          )}
        </fieldset>
      )}
      <div>
        <Button look="main">{account ? t("form.save") : t("form.create")}</Button>
      </div>
    </PostForm>
  );
}
