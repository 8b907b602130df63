import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LOCALE_NAMES, LOCALES } from "~/kernel/locale";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { Select, TextField } from "~/ui/fields";
import { PostForm, useFormBusy } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import { GUEST_DAYS, GUEST_RIGHTS, type GuestListPage, type GuestsAnswer } from "../guest";

type GuestOfList = GuestListPage["guests"][number];
type Props = {
  page: GuestListPage;
  back: string;
  language: string;
  answer: GuestsAnswer | undefined;
  /** What else may be done with a guest, beside what both sides do. */
  more?: (guest: GuestOfList) => ReactNode;
};

/** Who is a guest of an object: inviting, sending again, extending, showing out. The same on both sides. */
export function GuestsPage({ page, back, language, answer, more }: Props) {
  const t = useTranslations("accounts.guests");
  return (
    <div className="max-w-180">
      <PageHeader
        above={<WayUp to={back}>{t("back")}</WayUp>}
        title={t("title")}
        lead={t("lead", { idea: page.object.name })}
      />
      <div className="flex flex-col gap-8">
        {answer?.done && (
          <Notice tone="success" takesFocus>
            {t(answer.done)}
          </Notice>
        )}
        {answer?.sent && (
          <Notice tone="success" takesFocus>
            {t("sent", { email: answer.sent })}
          </Notice>
        )}
        {page.mayInvite && <InviteForm language={language} answer={answer} />}
        <section aria-labelledby="invited" className="flex flex-col gap-3">
          <h2 id="invited" className="text-lg font-semibold">
            {t("listTitle")}
          </h2>
          {page.guests.length === 0 && <p className="text-muted">{t("none")}</p>}
          <ul className="flex flex-col gap-3">
            {page.guests.map((guest) => (
              <Guest key={guest.id} guest={guest} mayInvite={page.mayInvite} answer={answer}>
                {more?.(guest)}
              </Guest>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}

function InviteForm({ language, answer }: { language: string; answer: GuestsAnswer | undefined }) {
  const t = useTranslations("accounts.guests");
  const labels = { email: t("email"), name: t("name"), language: t("language"), rights: t("rights"), days: t("days") };
  return (
    <section
      aria-labelledby="invite"
      className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4"
    >
      <h2 id="invite" className="text-lg font-semibold">
        {t("inviteTitle")}
      </h2>
      <PostForm
        key={answer?.sent}
        name="invite"
        failure={answer?.failure}
        labels={labels}
        sentences={{ "invited-already": t("invitedAlready"), "not-open": t("notOpen") }}
      >
        <input type="hidden" name="intent" value="invite" />
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField name="email" type="email" label={labels.email} autoComplete="off" />
          <TextField name="name" label={labels.name} help={t("nameHelp")} autoComplete="off" />
          <Select
            name="rights"
            label={labels.rights}
            defaultValue="comment"
            options={GUEST_RIGHTS.map((rights) => ({ value: rights, label: t(rights) }))}
          />
          <Select
            name="days"
            label={labels.days}
            defaultValue="14"
            options={GUEST_DAYS.map((days) => ({ value: String(days), label: t("daysCount", { count: days }) }))}
          />
          <Select
            name="language"
            label={labels.language}
            defaultValue={language}
            options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
          />
        </div>
        <Submit look="main" label={t("submit")} />
      </PostForm>
    </section>
  );
}

const TONES = { open: "success", expired: "neutral", revoked: "neutral" } as const;

function Guest({
  guest,
  mayInvite,
  answer,
  children,
}: {
  guest: GuestOfList;
  mayInvite: boolean;
  answer: GuestsAnswer | undefined;
  children: ReactNode;
}) {
  const t = useTranslations("accounts.guests");
  const { name } = guest;
  const moves = [
    ...(guest.state === "open" ? [{ move: "again", label: t("again"), of: t("againOf", { name }) } as const] : []),
    { move: "extend", label: t("extend"), of: t("extendOf", { name }) } as const,
    { move: "revoke", label: t("revoke"), of: t("revokeOf", { name }) } as const,
  ];
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line bg-surface px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-medium wrap-anywhere">{name}</span>
        <span className="text-muted wrap-anywhere">{guest.email}</span>
        <Badge tone={TONES[guest.state]}>{t(guest.state)}</Badge>
      </p>
      <p className="text-sm text-muted">
        {t(guest.rights)}
        {" · "}
        {t.rich("until", { date: () => <DateTime key="until" at={guest.expiresAt} time={false} /> })}
        {" · "}
        {guest.lastSeenAt
          ? t.rich("seen", { date: () => <DateTime key="seen" at={guest.lastSeenAt as Date} /> })
          : t("neverSeen")}
        {" · "}
        {t("invitedBy", { name: guest.invitedBy })}
      </p>
      {mayInvite && guest.state !== "revoked" && (
        <div className="flex flex-wrap gap-2">
          {moves.map(({ move, label, of }) => (
            <PostForm
              key={move}
              name={`${move}-${guest.id}`}
              failure={answer?.failure}
              sentences={{ "changed-meanwhile": t("changedMeanwhile"), "not-found": t("changedMeanwhile") }}
              className="contents"
            >
              <input type="hidden" name="intent" value={move} />
              <input type="hidden" name="guest" value={guest.id} />
              <input type="hidden" name="revision" value={guest.revision} />
              <Submit look={move === "revoke" ? "danger" : "plain"} label={label} aria={of} />
            </PostForm>
          ))}
        </div>
      )}
      {mayInvite && guest.state !== "revoked" && <Change guest={guest} answer={answer} />}
      {children}
    </li>
  );
}

/** What the guest may do and for how long, to be changed afterwards. */
function Change({ guest, answer }: { guest: GuestOfList; answer: GuestsAnswer | undefined }) {
  const t = useTranslations("accounts.guests");
  const form = `change-${guest.id}`;
  const labels = { rights: t("rights"), days: t("days") };
  return (
    <details open={answer?.failure?.values.form === form}>
      <summary className="link w-fit cursor-pointer py-1.5">{t("changeOf", { name: guest.name })}</summary>
      <PostForm
        key={guest.revision}
        name={form}
        failure={answer?.failure}
        labels={labels}
        sentences={{ "changed-meanwhile": t("changedMeanwhile"), "not-found": t("changedMeanwhile") }}
        className="mt-2 flex flex-col gap-4"
      >
        <input type="hidden" name="intent" value="change" />
        <input type="hidden" name="guest" value={guest.id} />
        <input type="hidden" name="revision" value={guest.revision} />
        <div className="grid gap-5 sm:grid-cols-2">
          <Select
            name="rights"
            label={labels.rights}
            defaultValue={guest.rights}
            options={GUEST_RIGHTS.map((rights) => ({ value: rights, label: t(rights) }))}
          />
          <Select
            name="days"
            label={labels.days}
            defaultValue="as-before"
            options={[
              { value: "as-before", label: t("asBefore") },
              ...GUEST_DAYS.map((days) => ({ value: String(days), label: t("fromToday", { count: days }) })),
            ]}
          />
        </div>
        <Submit look="plain" label={t("change")} />
      </PostForm>
    </details>
  );
}

function Submit({ label, look, aria }: { label: string; look: "main" | "plain" | "danger"; aria?: string }) {
  return (
    <Button look={look} busy={useFormBusy()} className="self-start" {...(aria ? { "aria-label": aria } : {})}>
      {label}
    </Button>
  );
}
