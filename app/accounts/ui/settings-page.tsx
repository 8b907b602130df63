import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { LOCALE_NAMES, LOCALES, type Locale, THEMES, type Theme } from "~/kernel/locale";
import { Button } from "~/ui/button";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { ReadingNote, useOnlyReading } from "~/ui/reading";
import type { OwnSession } from "../settings.server";
import { Section } from "./person-parts";
import { Send } from "./send";
import { SessionList } from "./session-list";

const THEME_WORDS = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

type Profile = { name: string; zone: string; language: Locale; theme: Theme };
type Props = {
  side: "client" | "staff";
  email: string | null;
  profile: Profile;
  sessions: readonly OwnSession[];
  saved: boolean;
  /** How many sessions were just ended; null: none were asked to. */
  ended: number | null;
  failure: FormFailure | undefined;
};

/** What is one's own: name, language, zone and appearance, what one is written, and where one is signed in. */
export function SettingsPage({ side, email, profile, sessions, saved, ended, failure }: Props) {
  const t = useTranslations("accounts.settings");
  const secondFactor = useTranslations("accounts.secondFactor");
  const reading = useOnlyReading();
  const below = side === "staff" ? "/staff" : "";
  // They are a person's own, and an account has none.
  if (reading) {
    return (
      <div className="max-w-180">
        <PageHeader title={t("title")} lead={t("lead")} />
        <Notice tone="info">
          <ReadingNote />
        </Notice>
      </div>
    );
  }
  return (
    <div className="max-w-180">
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="flex flex-col gap-5">
        {saved && (
          <Notice tone="success" takesFocus>
            {t("saved")}
          </Notice>
        )}
        {ended !== null && (
          <Notice tone="success" takesFocus>
            {t("ended", { count: ended })}
          </Notice>
        )}
        <Section id="profile" title={t("profile")}>
          <ProfileForm profile={profile} failure={failure} />
          <p className="border-t border-line pt-4 text-sm text-muted wrap-anywhere">
            {email && t("email", { email })}{" "}
            <Link to="/new-password" className="link">
              {t("password")}
            </Link>
          </p>
        </Section>
        {side === "staff" && (
          <Section id="second-factor" title={secondFactor("title")}>
            <Link to="/staff/settings/second-factor" className="link self-start py-1.5">
              {secondFactor("lead")}
            </Link>
          </Section>
        )}
        <Section id="notifications" title={t("notifications")}>
          <Link to={`${below}/settings/notifications`} className="link self-start py-1.5">
            {t("notificationsText")}
          </Link>
        </Section>
        <Section id="sessions" title={t("sessions")} lead={t("sessionsLead")}>
          <SessionList sessions={sessions} />
        </Section>
      </div>
    </div>
  );
}

function ProfileForm({ profile, failure }: { profile: Profile; failure: FormFailure | undefined }) {
  const t = useTranslations();
  const labels = {
    name: t("accounts.settings.name"),
    language: t("accounts.settings.language"),
    zone: t("accounts.settings.zone"),
    theme: t("accounts.settings.theme"),
  };
  return (
    <PostForm
      name="profile"
      failure={failure}
      labels={labels}
      sentences={{ "not-zone": t("accounts.settings.not-zone") }}
    >
      <TextField name="name" label={labels.name} autoComplete="name" defaultValue={profile.name} />
      <Select
        name="language"
        label={labels.language}
        defaultValue={profile.language}
        options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
      />
      <ZoneField label={labels.zone} zone={profile.zone} />
      <Select
        name="theme"
        label={labels.theme}
        defaultValue={profile.theme}
        options={THEMES.map((theme) => ({ value: theme, label: t(`ui.shell.${THEME_WORDS[theme]}`) }))}
      />
      <Send look="main">{t("accounts.settings.save")}</Send>
    </PostForm>
  );
}

/** A zone by its name: the browser's own list helps as soon as somebody writes there, and the device's is one press away. */
function ZoneField({ label, zone }: { label: string; zone: string }) {
  const t = useTranslations("accounts.settings");
  const box = useRef<HTMLDivElement>(null);
  const [zones, setZones] = useState<readonly string[]>([]);
  const [own, setOwn] = useState<string | null>(null);
  useEffect(() => setOwn(Intl.DateTimeFormat().resolvedOptions().timeZone ?? null), []);
  const take = () => {
    const field = box.current?.querySelector("input");
    if (field && own) field.value = own;
    field?.focus();
  };
  return (
    <div ref={box} className="flex flex-col items-start gap-2">
      <div className="w-full">
        <TextField
          name="zone"
          label={label}
          help={t("zoneHelp")}
          defaultValue={zone}
          list="zones"
          autoComplete="off"
          spellCheck={false}
          onFocus={() => setZones(Intl.supportedValuesOf("timeZone"))}
        />
      </div>
      <datalist id="zones">
        {zones.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {own && own !== zone && (
        <Button type="button" look="quiet" onClick={take}>
          {t("zoneDevice", { zone: own })}
        </Button>
      )}
    </div>
  );
}
