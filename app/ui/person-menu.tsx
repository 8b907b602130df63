import { useLocation, useRouteLoaderData } from "@remix-run/react";
import { Languages } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { LOCALE_NAMES, LOCALE_TAGS, LOCALES, type Locale, THEMES, type Theme } from "~/kernel/locale";
import { Avatar } from "./avatar";
import { Button } from "./button";
import { Link } from "./link";
import { ReadingNote, useOnlyReading } from "./reading";
import { ShortcutsButton } from "./shortcuts";

// React 18 passes these on as they are and its types do not know them.
declare module "react" {
  interface HTMLAttributes<T> {
    popover?: "auto";
  }
  interface ButtonHTMLAttributes<T> {
    popovertarget?: string;
  }
}

const THEME_WORDS = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

/**
 * Language, appearance and signing out, behind the reader's initials. The browser itself opens and closes it, so it works
 * before and without JavaScript; each choice is a button that posts.
 */
export function PersonMenu({ person, aside = false }: { person?: { name: string; detail: string }; aside?: boolean }) {
  const t = useTranslations("ui.shell");
  const id = useId();
  const place = aside ? "top-16 right-2 lg:top-auto lg:right-auto lg:bottom-16 lg:left-3" : "top-16 right-2 sm:right-4";
  return (
    <div className="ml-auto lg:data-aside:mx-0 lg:data-aside:mt-auto" data-aside={aside || undefined}>
      <button
        type="button"
        popovertarget={id}
        aria-label={person ? t("you", { name: person.name }) : `${t("language")}, ${t("theme")}`}
        className={`flex min-h-11 min-w-11 items-center justify-center gap-2.5 rounded-md px-1 hover:bg-accent-soft ${aside ? "lg:w-full lg:justify-start" : ""}`}
      >
        {person ? <Avatar name={person.name} /> : <Languages className="size-5 text-muted" aria-hidden="true" />}
        {person && aside && <span className="hidden truncate lg:inline">{person.name}</span>}
      </button>
      <div
        id={id}
        popover="auto"
        className={`fixed inset-auto m-0 w-72 max-w-[calc(100vw-16px)] rounded-md border border-line bg-surface p-4 text-base text-ink ${place}`}
      >
        {person && (
          <div className="mb-4 border-b border-line pb-3">
            <p className="font-medium">{person.name}</p>
            <p className="text-sm text-muted">{person.detail}</p>
            <Link to="/settings" className="link mt-1.5 inline-block py-1.5" onClick={close(id)}>
              {t("settings")}
            </Link>
          </div>
        )}
        {useOnlyReading() ? <ReadingNote /> : <Preferences />}
        {person && <ShortcutsButton />}
        {person && (
          <form method="post" action="/logout" className="mt-4 border-t border-line pt-3">
            <Button look="plain" className="w-full">
              {t("signOut")}
            </Button>
          </form>
        )}
      </div>
    </div>
  );
}

/** The page changes below the menu, which would stay open above it. */
const close = (id: string) => () => {
  const menu = document.getElementById(id);
  if (menu && "hidePopover" in menu) menu.hidePopover();
};

function Preferences() {
  const t = useTranslations("ui.shell");
  const { pathname, search } = useLocation();
  const reader = useRouteLoaderData<{ locale: Locale; theme: Theme }>("root");
  return (
    // A plain form: a new language means new words for the whole page, so the page is loaded anew.
    <form method="post" action="/api/preferences" className="flex flex-col gap-4">
      <input type="hidden" name="back" value={pathname + search} />
      <Choices legend={t("language")}>
        {LOCALES.map((locale) => (
          <Choice
            key={locale}
            name="locale"
            value={locale}
            chosen={reader?.locale === locale}
            lang={LOCALE_TAGS[locale]}
          >
            {LOCALE_NAMES[locale]}
          </Choice>
        ))}
      </Choices>
      <Choices legend={t("theme")}>
        {THEMES.map((theme) => (
          <Choice key={theme} name="theme" value={theme} chosen={reader?.theme === theme}>
            {t(THEME_WORDS[theme])}
          </Choice>
        ))}
      </Choices>
    </form>
  );
}

function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm text-muted">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">{children}</div>
    </fieldset>
  );
}

function Choice({
  chosen,
  children,
  ...button
}: {
  name: string;
  value: string;
  chosen: boolean;
  lang?: string;
  children: ReactNode;
}) {
  return (
    <button
      {...button}
      type="submit"
      aria-pressed={chosen}
      className="min-h-11 rounded-md border border-line px-3 hover:bg-accent-soft aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent pointer-fine:min-h-8"
    >
      {children}
    </button>
  );
}
