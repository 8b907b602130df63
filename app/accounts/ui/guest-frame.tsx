import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Brand } from "~/ui/brand";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PersonMenu } from "~/ui/person-menu";
import { GUEST_NAME_MAX } from "../guest";

type Props = {
  guest: { name: string; account: string; expiresAt: Date };
  failure: FormFailure | undefined;
  /** Their access ended while the page was open. */
  ended: boolean;
  children: ReactNode;
};

/** Around what a guest sees: whose guest, until when, and under which name. Nothing leads further. */
export function GuestFrame({ guest, failure, ended, children }: Props) {
  const t = useTranslations("accounts.guest");
  return (
    <div className="mx-auto flex min-h-dvh max-w-220 flex-col px-4 sm:px-6">
      <header className="flex h-14 items-center gap-4">
        <Brand to="" />
        <span className="min-w-0 truncate text-sm text-muted">{t("guestOf", { account: guest.account })}</span>
        <PersonMenu />
      </header>
      <main id="content" className="w-full grow py-6">
        {ended && (
          <div className="mb-5">
            <Notice tone="danger" takesFocus>
              {t("ended", { account: guest.account })}
            </Notice>
          </div>
        )}
        {children}
      </main>
      {!ended && <Footer guest={guest} failure={failure} />}
    </div>
  );
}

function Footer({ guest, failure }: Pick<Props, "guest" | "failure">) {
  const t = useTranslations("accounts.guest");
  return (
    <footer className="flex flex-col gap-4 border-t border-line py-6 text-sm text-muted">
      <p>{t.rich("ends", { date: () => <DateTime key="ends" at={guest.expiresAt} time={false} /> })}</p>
      <details>
        <summary className="py-1.5">
          {t("name")} <span className="font-medium text-ink">{guest.name}</span>
        </summary>
        <PostForm
          name="rename"
          failure={failure}
          labels={{ name: t("name") }}
          className="flex max-w-100 flex-col gap-3 pt-2 text-base text-ink"
        >
          <input type="hidden" name="intent" value="rename" />
          <TextField
            name="name"
            label={t("name")}
            help={t("nameHelp")}
            defaultValue={guest.name}
            maxLength={GUEST_NAME_MAX}
          />
          <Button className="self-start">{t("rename")}</Button>
        </PostForm>
      </details>
    </footer>
  );
}
