import { createContext, type ReactNode, useContext } from "react";
import { useTranslations } from "use-intl";

const Reading = createContext(false);

/** Around pages whose reader only looks (`when`): what is in them offers nothing to send. */
export function OnlyReading({ when, children }: { when: boolean; children: ReactNode }) {
  return <Reading.Provider value={when}>{children}</Reading.Provider>;
}

/** Whether the reader of this page only looks. */
export const useOnlyReading = (): boolean => useContext(Reading);

/** What a form holds: of one who only looks it is switched off as a whole, by the browser itself. */
export function Sendable({ children }: { children: ReactNode }) {
  if (!useOnlyReading()) return children;
  return (
    <fieldset disabled className="contents">
      {children}
    </fieldset>
  );
}

/** Says to one who only looks that nothing is sent from here; says nothing to anybody else. */
export function ReadingNote() {
  const t = useTranslations("ui.form");
  return useOnlyReading() ? <p className="text-sm text-muted">{t("reading")}</p> : null;
}
