import { useNavigate } from "@remix-run/react";
import { Keyboard } from "lucide-react";
import { type ComponentType, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { Place } from "./place";
import type { ShortcutsDialogProps } from "./shortcuts-dialog";
import { singleKeysWork } from "./single-keys";

const OPEN = "tandem:shortcuts";

/**
 * What single keys do outside of fields: `1` to `9` lead to the places of the navigation, `/` to the search of the page,
 * `?` shows all of it. Somebody whose speech or hands press keys unmeant switches them off, on this device.
 */
export function Shortcuts({ places }: { places: readonly Place[] }) {
  const navigate = useNavigate();
  const [Dialog, setDialog] = useState<ComponentType<ShortcutsDialogProps> | null>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const show = () => {
      setOpen(true);
      // Without a connection the list stays closed; the next press tries again.
      import("./shortcuts-dialog").then(
        (loaded) => setDialog(() => loaded.ShortcutsDialog),
        () => setOpen(false),
      );
    };
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (!singleKeysWork()) return;
      const place = places[Number(event.key) - 1];
      if (event.key === "?") show();
      else if (event.key === "/") focusSearch();
      else if (place) navigate(place.to);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    window.addEventListener(OPEN, show);
    return () => {
      document.removeEventListener("keydown", press);
      window.removeEventListener(OPEN, show);
    };
  }, [navigate, places]);

  return Dialog ? <Dialog places={places} isOpen={open} onOpenChange={setOpen} /> : null;
}

/** Opens the list of shortcuts from anywhere in the page. */
export const showShortcuts = () => void window.dispatchEvent(new Event(OPEN));

/** Opens the list of shortcuts. Without JavaScript there are none, and no button. */
export function ShortcutsButton() {
  const t = useTranslations("ui.keys");
  const [works, setWorks] = useState(false);
  useEffect(() => setWorks(true), []);
  if (!works) return null;
  return (
    <button
      type="button"
      onClick={({ currentTarget }) => {
        // Closing the menu first gives the focus back to its button, and so does the dialog later.
        currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        showShortcuts();
      }}
      className="mt-4 hidden min-h-9 w-full items-center gap-2.5 rounded-md px-2 text-muted hover:bg-accent-soft hover:text-ink pointer-fine:flex"
    >
      <Keyboard className="size-4" aria-hidden="true" />
      {t("title")}
    </button>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select, dialog, [role=dialog]") !== null)
  );
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("input[enterkeyhint=search]")?.focus();
}
