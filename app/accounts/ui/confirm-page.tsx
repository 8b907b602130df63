import { useTranslations } from "use-intl";
import { Button, LinkButton } from "~/ui/button";
import { PostForm } from "~/ui/form";
import type { Answer, LinkType } from "../account";
import { RefusalNotice } from "./refusal-notice";
import { PageTitle } from "./sign-in-frame";

/** The parts of an e-mailed link. */
export type EmailedLink = { tokenHash: string; type: LinkType; next: string | null };

const WORDS = {
  magiclink: "sign-in",
  email: "sign-in",
  recovery: "password",
  invite: "invite",
  signup: "address",
  email_change: "address",
} as const satisfies Record<LinkType, string>;

/**
 * Where an e-mailed link leads: a button, and nothing happens before it is pressed, since mail scanners open links too.
 * Null for a link that lost a part on its way.
 */
export function ConfirmPage({ link, answer }: { link: EmailedLink | null; answer: Answer | undefined }) {
  const t = useTranslations("accounts.confirm");
  if (!link) {
    return (
      <>
        <PageTitle title={t("broken-title")} lead={t("broken-text")} />
        <LinkButton to="/login/code" look="main">
          {t("again")}
        </LinkButton>
      </>
    );
  }
  const about = WORDS[link.type];
  const refusal = answer?.refusal;
  const over = refusal && refusal.why !== "wait";
  return (
    <>
      <PageTitle title={t(`${about}-title`)} {...(over ? {} : { lead: t(`${about}-lead`) })} />
      <RefusalNotice refusal={refusal} />
      {over ? (
        <LinkButton to={about === "password" ? "/forgot" : "/login/code"} look="main">
          {t("again")}
        </LinkButton>
      ) : (
        <PostForm name="confirm" failure={answer?.failure}>
          <input type="hidden" name="token_hash" value={link.tokenHash} />
          <input type="hidden" name="type" value={link.type} />
          {link.next && <input type="hidden" name="next" value={link.next} />}
          <Button look="main">{t(about)}</Button>
        </PostForm>
      )}
    </>
  );
}
