import { Search } from "lucide-react";
import { type ComponentType, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { CommandsProps } from "./command";
import { letterOf } from "./letter";
import type { PaletteDialogProps } from "./palette-dialog";
import { PaletteLine } from "./palette-line";
import type { Place } from "./place";

const OPEN = "tandem:palette";

/** Loads the part that knows what the reader may do; the same one each time. */
export type LoadCommands = () => Promise<ComponentType<CommandsProps>>;

type Loaded = { Dialog: ComponentType<PaletteDialogProps>; Commands: ComponentType<CommandsProps> };

/**
 * Ctrl-K (or Command-K) and the button in the frame: go anywhere, find anything, do what one may. What it is made of loads
 * when it is first opened; its line is there at once, so that no key is lost meanwhile. In: the places of the navigation, and
 * where the part comes from that knows what a reader may do besides what everybody may.
 */
export function Palette({ places, commands }: { places: readonly Place[]; commands: LoadCommands }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  /** Whether the palette itself has the keys, and not the line that was there before it. */
  const [arrived, setArrived] = useState(false);
  const before = useRef<Element | null>(null);

  useEffect(() => {
    const show = () => {
      before.current = document.activeElement;
      setTyped("");
      setOpen(true);
      // Without a connection it stays closed; the next press tries again.
      Promise.all([import("./palette-dialog"), commands()]).then(
        ([{ PaletteDialog: Dialog }, Commands]) => setLoaded({ Dialog, Commands }),
        () => setOpen(false),
      );
    };
    const press = (event: KeyboardEvent) => {
      if (letterOf(event) !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      // A dialog that is open has a question of its own, and in the editor the same keys make a link.
      if (event.defaultPrevented || document.querySelector("dialog[open], [role=dialog]")) return;
      event.preventDefault();
      show();
    };
    document.addEventListener("keydown", press);
    window.addEventListener(OPEN, show);
    return () => {
      document.removeEventListener("keydown", press);
      window.removeEventListener(OPEN, show);
    };
  }, [commands]);

  useEffect(() => {
    if (open || !before.current) return;
    // The palette gives the focus back to the line that was there before it, which is gone.
    const giveBack = () => {
      if (document.activeElement === document.body && before.current instanceof HTMLElement) before.current.focus();
    };
    const wait = requestAnimationFrame(() => requestAnimationFrame(giveBack));
    return () => cancelAnimationFrame(wait);
  }, [open]);

  return (
    <>
      {open && !arrived && <PaletteLine typed={typed} onType={setTyped} close={() => setOpen(false)} />}
      {loaded && (
        <loaded.Commands>
          {(offered) => (
            <loaded.Dialog
              places={places}
              commands={offered}
              isOpen={open}
              onOpenChange={setOpen}
              typed={typed}
              onType={setTyped}
              onFocus={() => setArrived(true)}
            />
          )}
        </loaded.Commands>
      )}
    </>
  );
}

/** Opens the palette by hand or finger. Without JavaScript there is none, and no button. */
export function PaletteButton({ wide = false }: { wide?: boolean }) {
  const t = useTranslations("ui.palette");
  const [works, setWorks] = useState(false);
  useEffect(() => setWorks(true), []);
  return (
    <button
      type="button"
      hidden={!works}
      aria-label={t("open")}
      aria-keyshortcuts="Control+K"
      onClick={() => window.dispatchEvent(new Event(OPEN))}
      className={`ml-auto flex h-11 min-w-11 items-center justify-center gap-2 rounded-md px-2.5 text-sm text-muted hover:bg-accent-soft hover:text-ink pointer-fine:h-9 ${wide ? "lg:mx-0 lg:justify-start" : ""}`}
    >
      <Search className="size-4 shrink-0" aria-hidden="true" />
      <kbd
        className={`hidden rounded-sm border border-line px-1.5 font-sans text-xs sm:pointer-fine:inline ${wide ? "lg:ml-auto" : ""}`}
      >
        Ctrl K
      </kbd>
    </button>
  );
}
