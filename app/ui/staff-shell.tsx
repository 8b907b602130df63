import { useTranslations } from "use-intl";
import { Brand } from "./brand";
import { PlaceLink } from "./link";
import { Palette, PaletteButton } from "./palette";
import { PersonMenu } from "./person-menu";
import type { Place } from "./place";
import { BottomBar, Main, Progress, type ShellProps, SkipLink } from "./shell";
import { Shortcuts } from "./shortcuts";

/** The staff area: compact, navigation at the side, as much of the page for the work as there is. */
export function StaffShell({ home, places, commands, person, bell, children }: ShellProps) {
  const t = useTranslations("ui.shell");
  return (
    <div className="flex min-h-dvh flex-col pb-16 text-sm sm:pb-0 lg:flex-row">
      <SkipLink />
      <Progress />
      <Shortcuts places={places} />
      <Palette places={places} commands={commands} />
      <header className="sticky top-0 z-10 flex h-14 items-center gap-6 border-b border-line bg-paper px-4 sm:px-6 lg:h-dvh lg:w-52 lg:shrink-0 lg:flex-col lg:items-stretch lg:gap-2 lg:border-r lg:border-b-0 lg:bg-sunken lg:p-3">
        <div className="flex items-center gap-2 lg:mb-2 lg:pl-2">
          <Brand to={home} short />
          <span className="rounded-sm bg-accent-soft px-1.5 py-0.5 text-xs font-medium text-accent">{t("staff")}</span>
        </div>
        <SidePlaces places={places} />
        <div className="ml-auto flex items-center gap-1 lg:mx-0 lg:mt-auto lg:flex-col lg:items-stretch">
          <PaletteButton wide />
          {bell}
          <PersonMenu person={person} aside />
        </div>
      </header>
      <Main className="min-w-0 grow px-4 py-5 outline-none sm:px-6 lg:[--page-bar:0px]">{children}</Main>
      <BottomBar places={places} />
    </div>
  );
}

function SidePlaces({ places }: { places: readonly Place[] }) {
  const t = useTranslations("ui.shell");
  return (
    <nav aria-label={t("navigation")} className="hidden grow items-center gap-0.5 sm:flex lg:flex-col lg:items-stretch">
      {places.map(({ to, label, icon: Icon, exact }) => (
        <PlaceLink
          key={to}
          to={to}
          end={exact ?? false}
          className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-muted hover:bg-line hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          <Icon className="size-4 shrink-0" aria-hidden="true" />
          {label}
        </PlaceLink>
      ))}
    </nav>
  );
}
