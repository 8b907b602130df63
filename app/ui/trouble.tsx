import { isRouteErrorResponse, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Brand } from "./brand";
import { LinkButton } from "./button";
import { latestReference } from "./reference";

type Kind = "notFound" | "forbidden" | "broken";

function kindOf(error: unknown): Kind {
  if (!isRouteErrorResponse(error)) return "broken";
  if (error.status === 404) return "notFound";
  return error.status === 403 ? "forbidden" : "broken";
}

/**
 * What stands in place of a page that is not there, not allowed or broken. For error boundaries: reads the error itself.
 * A broken page names the reference number under which the log holds the cause.
 */
export function Trouble({ home = "/" }: { home?: string }) {
  const error = useRouteError();
  const kind = kindOf(error);
  const page = useRouteLoaderData<{ requestId: string }>("root");
  const t = useTranslations("ui.trouble");
  const number = kind === "broken" ? (latestReference() ?? page?.requestId) : undefined;
  return (
    <TroubleText title={t(`${kind}Title`)} text={t(`${kind}Text`)}>
      {number && <p className="text-sm text-muted tabular">{t("reference", { number })}</p>}
      <LinkButton to={home} look="main" reloadDocument={kind === "broken"}>
        {t("goHome")}
      </LinkButton>
    </TroubleText>
  );
}

/** The frame of such a page: one heading, one paragraph, and what to do next. */
export function TroubleText({
  title,
  text,
  level: Heading = "h1",
  children,
}: {
  title: string;
  text: string;
  level?: "h1" | "h3";
  children: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-140 flex-col items-start gap-4 py-8 sm:py-16">
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
      </header>
      <main id="content" className="grow">
        {children}
      </main>
    </div>
  );
}
