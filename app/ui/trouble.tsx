import { useRouteError, useRouteLoaderData } from "@remix-run/react";
import { Compass, FileWarning, Lock, type LucideIcon, WifiOff, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Brand } from "./brand";
import { Button, LinkButton } from "./button";
import { latestFailure } from "./failures";
import { PersonMenu } from "./person-menu";
import { type TroubleKind, troubleKind } from "./trouble-kind";

const ICONS: Record<TroubleKind, LucideIcon> = {
  notFound: Compass,
  forbidden: Lock,
  unreadable: FileWarning,
  offline: WifiOff,
  broken: Wrench,
};

/**
 * What stands in place of a page that is not there, not allowed or broken. For error boundaries: reads the error itself.
 * A broken page names the reference number under which the log holds the cause.
 */
export function Trouble({ home = "/" }: { home?: string }) {
  const error = useRouteError();
  const kind = troubleKind(error);
  const page = useRouteLoaderData<{ requestId: string }>("root");
  const t = useTranslations("ui.trouble");
  const failure = latestFailure();
  const number = failure && !failure.unreachable ? failure.reference : page?.requestId;
  return (
    <TroubleText icon={ICONS[kind]} title={t(`${kind}Title`)} text={t(`${kind}Text`)}>
      {kind === "broken" && number && <p className="text-sm text-muted tabular">{t("reference", { number })}</p>}
      {kind === "offline" ? (
        <Again />
      ) : (
        <LinkButton to={home} look="main" reloadDocument={kind === "broken"}>
          {t("goHome")}
        </LinkButton>
      )}
    </TroubleText>
  );
}

/** Asks again for the page that could not be reached: without an action, a form leads to the address it stands at. */
export function Again() {
  const t = useTranslations("ui.trouble");
  return (
    <form>
      <Button look="main">{t("again")}</Button>
    </form>
  );
}

type TroubleTextProps = { icon: LucideIcon; title: string; text: string; level?: "h1" | "h2"; children: ReactNode };

/** The frame of such a page: one heading, one paragraph, and what to do next. */
export function TroubleText({ icon: Icon, title, text, level: Heading = "h1", children }: TroubleTextProps) {
  return (
    <div className="mx-auto flex max-w-140 flex-col items-start gap-4 py-8 sm:py-16">
      <span className="flex size-12 items-center justify-center rounded-full bg-accent-soft text-accent">
        <Icon className="size-6" strokeWidth={1.75} aria-hidden="true" />
      </span>
      <Heading className="text-2xl font-semibold tracking-tight">{title}</Heading>
      <p className="text-muted">{text}</p>
      {children}
    </div>
  );
}

/** The same as a whole page, for what happens outside the portal and the staff area. */
export function TroublePage() {
  return (
    <PlainPage>
      <Trouble />
    </PlainPage>
  );
}

/** A page without navigation: the name on top, one thing below. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-270 flex-col px-4 sm:px-6">
      <header className="flex h-14 items-center">
        <Brand to="/" />
        <PersonMenu />
      </header>
      <main id="content" className="grow">
        {children}
      </main>
    </div>
  );
}
