import { Link } from "@remix-run/react";
import { MoreHorizontal } from "lucide-react";
import { type ButtonHTMLAttributes, type ReactNode, useEffect, useId, useRef } from "react";

/**
 * What else can be done with a thing, behind one button. The browser opens and closes it, before and without JavaScript;
 * with it the list stands below its button and the arrow keys walk it. Forms inside post as anywhere.
 */
export function Menu({ label, children, icon }: { label: string; children: ReactNode; icon?: ReactNode }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const opened = list.current;
    if (!opened) return;
    const place = () => button.current && below(button.current, opened);
    const walk = (event: KeyboardEvent) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step === 0) return;
      event.preventDefault();
      const items = [...opened.querySelectorAll<HTMLElement>("a, button:not(:disabled)")];
      const at = items.indexOf(document.activeElement as HTMLElement);
      items.at(at === -1 ? Math.min(step, 0) : (at + step) % items.length)?.focus();
    };
    const around = opened.parentElement;
    opened.addEventListener("toggle", place);
    around?.addEventListener("keydown", walk);
    return () => {
      opened.removeEventListener("toggle", place);
      around?.removeEventListener("keydown", walk);
    };
  }, []);

  return (
    <div className="inline-block">
      <button
        ref={button}
        type="button"
        popovertarget={id}
        aria-label={label}
        className="flex size-11 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink pointer-fine:size-9"
      >
        {icon ?? <MoreHorizontal className="size-5" aria-hidden="true" />}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        className="m-auto max-h-[80dvh] w-64 max-w-[calc(100vw-16px)] overflow-auto rounded-md border border-line bg-surface p-1.5 text-base text-ink"
      >
        {children}
      </div>
    </div>
  );
}

/** Puts the list below its button, or above where there is no room, inside of the window. */
function below(button: HTMLElement, list: HTMLElement): void {
  const [at, size] = [button.getBoundingClientRect(), list.getBoundingClientRect()];
  if (size.height === 0) return;
  const roomBelow = window.innerHeight - at.bottom > size.height + 8;
  const left = Math.max(8, Math.min(at.right - size.width, window.innerWidth - size.width - 8));
  list.style.margin = "0";
  list.style.inset = `${Math.max(8, roomBelow ? at.bottom + 4 : at.top - size.height - 4)}px auto auto ${left}px`;
}

const ITEM =
  "flex min-h-11 w-full items-center gap-2.5 rounded-sm px-2.5 text-left hover:bg-accent-soft disabled:opacity-60 pointer-fine:min-h-9";

/** A place that the menu leads to. */
export function MenuLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={ITEM}>
      {children}
    </Link>
  );
}

/** A step that the menu offers: the button of the form around it, or with `onClick` a step in this page. */
export function MenuButton({
  danger = false,
  ...button
}: ButtonHTMLAttributes<HTMLButtonElement> & { danger?: boolean }) {
  return <button type="submit" {...button} className={`${ITEM} ${danger ? "text-danger" : ""}`} />;
}
