import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { LOCALE_NAMES, LOCALES, type Locale } from "~/kernel/locale";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import type { InviteRefused } from "../person";
import { RoleChoice } from "./role-choice";
import { Send } from "./send";

type Props = {
  /** Where the page belongs. */
  back: string;
  title: string;
  language: Locale;
  /** Null: they may. */
  whyNot: Extract<InviteRefused["why"], "not-yours" | "not-open"> | null;
  failure: FormFailure | undefined;
  refused: InviteRefused | undefined;
  /** The choice of roles; those of customers when left out. */
  roles?: ReactNode;
};

/** Inviting somebody by mail. */
export function InvitePage({ back, title, language, whyNot, failure, refused, roles }: Props) {
  const t = useTranslations("accounts");
  const labels = {
    email: t("fields.email"),
    role: t("invite.role"),
    roles: t("invite.roles"),
    language: t("invite.language"),
  };
  return (
    <div className="max-w-180">
      <PageHeader above={<WayUp to={back}>{t("invite.back")}</WayUp>} title={title} lead={t("invite.lead")} />
      {refused && (
        <div className="mb-5">
          <Notice tone="danger" takesFocus>
            {t(`invite.${refused.why}`)}
          </Notice>
        </div>
      )}
      {whyNot === null || failure ? (
        <PostForm name="invite" failure={failure} labels={labels} sentences={{ "no-role": t("person.no-role") }}>
          <TextField name="email" type="email" label={labels.email} autoComplete="off" />
          {roles ?? <RoleChoice legend={labels.role} chosen="member" />}
          <Select
            name="language"
            label={labels.language}
            help={t("invite.languageHelp")}
            defaultValue={language}
            options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
          />
          <Send look="main">{t("invite.send")}</Send>
        </PostForm>
      ) : (
        <Notice tone="info">{t(`invite.${whyNot}`)}</Notice>
      )}
    </div>
  );
}
