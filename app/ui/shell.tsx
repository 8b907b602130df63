import { useNavigation } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Brand } from "./brand";
import { PlaceLink } from "./link";
import { type LoadCommands, Palette, PaletteButton } from "./palette";
import { PersonMenu } from "./person-menu";
import type { Place } from "./place";
import { Shortcuts } from "./shortcuts";

export type ShellProps = {
  home: string;
  places: readonly Place[];
  /** Loads what the reader may do besides what everybody may, for the palette. */
  commands: LoadCommands;
  person: { name: string; detail: string };
  /** Stands before the reader's initials. */
  bell?: ReactNode;
  children: ReactNode;
};

/** The portal: comfortable, one column, a bar at the thumb's reach on a phone. */
export function PortalShell({ home, places, commands, person, bell, children }: ShellProps) {
  return (
    <div className="flex min-h-dvh flex-col pb-16 sm:pb-0">
      <SkipLink />
      <Progress />
      <Shortcuts places={places} />
      <Palette places={places} commands={commands} />
      <header className="sticky top-0 z-10 border-b border-line bg-paper">
        <div className="mx-auto flex h-14 max-w-270 items-center gap-6 px-4 sm:px-6">
          <Brand to={home} />
          <TopPlaces places={places} />
          <div className="ml-auto flex items-center gap-1">
            <PaletteButton />
            {bell}
            <PersonMenu person={person} />
          </div>
        </div>
      </header>
      <Main className="mx-auto w-full max-w-270 grow px-4 py-6 outline-none sm:px-6 sm:py-8">{children}</Main>
      <BottomBar places={places} />
    </div>
  );
}

/** What the page is about. As it changes, the keyboard is kept where its reader expects it. */
export function Main({ className, children }: { className: string; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    let stop: (() => void) | null = null;
    let here = true;
    import("./landing").then(
      ({ keepLanding }) => {
        if (here && main.current) stop = keepLanding(main.current);
      },
      // Without a connection there is no page to land on either.
      () => undefined,
    );
    return () => {
      here = false;
      stop?.();
    };
  }, []);
  return (
    <main ref={main} id="content" tabIndex={-1} className={className}>
      {children}
    </main>
  );
}

/** The first thing the keyboard reaches: past the navigation. */
export function SkipLink() {
  const t = useTranslations("ui.shell");
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30 focus:rounded-md focus:bg-accent focus:px-4 focus:py-2.5 focus:text-on-accent"
    >
      {t("skip")}
    </a>
  );
}

/** A line across the top when a page lets us wait; short waits do not show it. */
export function Progress() {
  const t = useTranslations("ui.shell");
  const waiting = useNavigation().state !== "idle";
  return (
    <div role="status" className="fixed inset-x-0 top-0 z-30 h-0.5">
      {waiting && (
        <div className="progress h-full bg-accent">
          <span className="sr-only">{t("loading")}</span>
        </div>
      )}
    </div>
  );
}

function TopPlaces({ places }: { places: readonly Place[] }) {
  const t = useTranslations("ui.shell");
  return (
    <nav aria-label={t("navigation")} className="hidden grow items-center gap-1 sm:flex">
      {places.map(({ to, label, exact }) => (
        <PlaceLink
          key={to}
          to={to}
          end={exact ?? false}
          className="flex h-14 items-center border-b-2 border-transparent px-3 text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {label}
        </PlaceLink>
      ))}
    </nav>
  );
}

/** The navigation of a phone, at the thumb's reach. */
export function BottomBar({ places }: { places: readonly Place[] }) {
  const t = useTranslations("ui.shell");
  return (
    <nav
      aria-label={t("navigation")}
      className="fixed inset-x-0 bottom-0 z-10 flex overflow-x-auto border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {places.map(({ to, label, icon: Icon, exact }) => (
        <PlaceLink
          key={to}
          to={to}
          end={exact ?? false}
          className="flex h-16 min-w-fit grow basis-0 flex-col items-center justify-center gap-1 px-1.5 text-xs -outline-offset-2 text-muted aria-[current=page]:font-medium aria-[current=page]:text-accent"
        >
          <Icon className="size-5" aria-hidden="true" />
          {label}
        </PlaceLink>
      ))}
    </nav>
  );
}
