import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Brand } from "~/ui/brand";
import { PersonMenu } from "~/ui/person-menu";

/** Around every page of signing in: the name, the choice of language, one column. */
export function SignInFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("accounts.frame");
  return (
    <div className="mx-auto flex min-h-dvh max-w-270 flex-col px-4 sm:px-6">
      <header className="flex h-14 items-center">
        <Brand to="/login" />
        <PersonMenu />
      </header>
      <main id="content" className="mx-auto flex w-full max-w-100 grow flex-col gap-6 py-8 sm:py-16">
        {children}
      </main>
      <footer className="mx-auto w-full max-w-100 border-t border-line py-6 text-sm text-muted">{t("about")}</footer>
    </div>
  );
}

/** The one heading of a page, and a sentence below it. */
export function PageTitle({ title, lead }: { title: string; lead?: string }) {
  return (
    <div className="flex flex-col gap-2">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      {lead && <p className="text-muted">{lead}</p>}
    </div>
  );
}
