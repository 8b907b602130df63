import { useNavigate } from "@remix-run/react";
import { useEffect, useState } from "react";
import {
  Autocomplete,
  Collection,
  Dialog,
  Header,
  I18nProvider,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { useLocale, useTranslations } from "use-intl";
import { LOCALE_NAMES, LOCALES, THEMES } from "~/kernel/locale";
import type { Command } from "./command";
import { LINE, LINE_MAX, SHEET, VEIL } from "./palette-line";
import type { Place } from "./place";
import { useOnlyReading } from "./reading";
import { showShortcuts } from "./shortcuts";

export type PaletteDialogProps = {
  places: readonly Place[];
  commands: readonly Command[];
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  /** What stands in the line: some of it may have been typed before this was here. */
  typed: string;
  onType: (typed: string) => void;
  /** The line has the keys now. */
  onFocus: () => void;
};

type Group = { label: string; items: (Command & { detail?: string | null })[] };

/** The palette itself: one line to type into, and below it what it leads to. Arrow keys choose, Enter does. */
export function PaletteDialog({ isOpen, onOpenChange, ...finder }: PaletteDialogProps) {
  const t = useTranslations("ui.palette");
  return (
    <I18nProvider locale={useLocale()}>
      <ModalOverlay isOpen={isOpen} onOpenChange={onOpenChange} isDismissable className={VEIL}>
        <Modal className={SHEET}>
          <Dialog aria-label={t("open")} className="max-h-[75dvh] overflow-auto outline-none">
            <Finder {...finder} close={() => onOpenChange(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}

type FinderProps = Omit<PaletteDialogProps, "isOpen" | "onOpenChange"> & { close: () => void };

function Finder({ places, commands, typed, onType, onFocus, close }: FinderProps) {
  const t = useTranslations("ui.palette");
  const found = useFound(typed);
  const offered = useOffered(places, commands);
  const navigate = useNavigate();

  // One Escape closes, whatever stands in the line, where the field would only empty itself. One that ends the choice of a
  // Chinese word is the keyboard's.
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    document.addEventListener("keydown", leave, { capture: true });
    return () => document.removeEventListener("keydown", leave, { capture: true });
  }, [close]);

  const words = typed.trim().toLowerCase().split(/\s+/);
  const holds = (label: string) => words.every((word) => label.toLowerCase().includes(word));
  const groups = [
    ...found.groups,
    ...offered
      .map(({ label, items }) => ({ label, items: items.filter(({ label: name }) => holds(name)) }))
      .filter(({ items }) => items.length > 0),
  ];
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);

  const act = (id: string) => {
    const item = groups.flatMap(({ items }) => items).find((one) => one.id === id);
    if (!item) return;
    close();
    if ("to" in item) navigate(item.to);
    else if ("post" in item) post(item.post, item.fields);
    else item.run();
  };

  return (
    <Autocomplete inputValue={typed} onInputChange={onType}>
      <SearchField aria-label={t("open")} autoFocus className="sticky top-0 z-10 border-b border-line bg-surface">
        <Input placeholder={t("hint")} maxLength={LINE_MAX} onFocus={onFocus} className={LINE} />
      </SearchField>
      <Menu
        aria-label={t("open")}
        onAction={(key) => act(String(key))}
        renderEmptyState={() => <p className="p-4 text-muted">{found.busy ? t("looking") : t("nothing")}</p>}
        className="p-1.5 outline-none"
      >
        {groups.map(({ label, items }) => (
          <MenuSection key={label} id={label} className="pb-1.5">
            <Header className="px-2.5 pt-2 pb-1 text-sm text-muted">{label}</Header>
            <Collection items={items}>
              {({ id, label: name, detail }) => (
                <MenuItem
                  id={id}
                  textValue={name}
                  className="flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-2.5 outline-none data-focused:bg-accent-soft pointer-fine:min-h-9"
                >
                  <span className="min-w-0 grow truncate">{name}</span>
                  {detail && <span className="shrink-0 text-sm text-muted">{detail}</span>}
                </MenuItem>
              )}
            </Collection>
          </MenuSection>
        ))}
      </Menu>
      <p role="status" className="sr-only">
        {found.busy ? t("looking") : t("count", { count })}
      </p>
    </Autocomplete>
  );
}

type Answer = { groups: { label: string; hits: { id: string; title: string; detail: string | null; to: string }[] }[] };

/** What the reader may see and what holds the typed words, a moment after the last key. */
function useFound(typed: string): { groups: Group[]; busy: boolean } {
  const words = typed.trim();
  const [answer, setAnswer] = useState<{ words: string; groups: Group[] }>({ words: "", groups: [] });
  useEffect(() => {
    if (words === "") return;
    const giveUp = new AbortController();
    const timer = setTimeout(async () => {
      const groups = await look(words, giveUp.signal);
      if (!giveUp.signal.aborted) setAnswer({ words, groups });
    }, 120);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [words]);
  return { groups: words === "" ? [] : answer.groups, busy: words !== "" && answer.words !== words };
}

/** Without a connection the palette still leads where it can. */
async function look(words: string, signal: AbortSignal): Promise<Group[]> {
  try {
    const answer = await fetch(`/api/search?q=${encodeURIComponent(words)}`, { signal });
    if (!answer.ok) return [];
    const { groups } = (await answer.json()) as Answer;
    return groups.map(({ label, hits }) => ({
      label,
      items: hits.map(({ id, title, detail, to }) => ({ id: `${to} ${id}`, label: title, detail, to, group: label })),
    }));
  } catch {
    return [];
  }
}

/** Places, and what can be done: the reader's own steps, then what everybody may do. */
function useOffered(places: readonly Place[], commands: readonly Command[]): Group[] {
  const t = useTranslations("ui");
  const reading = useOnlyReading();
  // Of the moment in which it is chosen: a page that is on its way has its address already.
  const prefer = (fields: Readonly<Record<string, string>>) => () =>
    post("/api/preferences", { ...fields, back: window.location.pathname + window.location.search });
  const themes = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;
  const all: Command[] = [
    ...places.map(({ to, label }) => ({ id: `go ${to}`, label, group: t("palette.places"), to })),
    ...commands,
    { id: "keys", label: t("keys.title"), group: t("palette.do"), run: showShortcuts },
    ...(reading ? [] : THEMES).map((theme) => ({
      id: `theme ${theme}`,
      label: t("palette.about", { what: t("shell.theme"), which: t(`shell.${themes[theme]}`) }),
      group: t("palette.do"),
      run: prefer({ theme }),
    })),
    ...(reading ? [] : LOCALES).map((locale) => ({
      id: `language ${locale}`,
      label: t("palette.about", { what: t("shell.language"), which: LOCALE_NAMES[locale] }),
      group: t("palette.do"),
      run: prefer({ locale }),
    })),
    { id: "sign out", label: t("shell.signOut"), group: t("palette.do"), post: "/logout", fields: {} },
  ];
  const groups = new Map<string, Command[]>();
  for (const command of all) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups].map(([label, items]) => ({ label, items }));
}

/** Sends a form as its own button would: the page comes anew, in another language or to nobody. */
function post(action: string, fields: Readonly<Record<string, string>>): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  // As a press of its button would: whoever follows what is sent hears of it.
  form.requestSubmit();
}
