import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import { letterOf } from "~/ui/letter";
import { singleKeysWork } from "~/ui/single-keys";

/**
 * Ticking rows of a form by mouse and keyboard. The boxes themselves hold what is ticked, so that a form sent without
 * JavaScript says the same. `x` on a row ticks it, with Shift everything from the last ticked one; arrows (or j and k) go
 * from row to row.
 */
export function useSelection() {
  const form = useRef<HTMLFormElement>(null);
  const last = useRef<HTMLInputElement | null>(null);
  const [count, setCount] = useState(0);

  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>("input[name=item]") ?? [])];
  const recount = () => setCount(boxes().filter((box) => box.checked).length);

  // Rows that came anew lost their ticks; looked at after every drawing, and drawn again only when the number differs.
  useEffect(recount);

  function stretch(to: HTMLInputElement, checked: boolean) {
    const all = boxes();
    const from = last.current ? all.indexOf(last.current) : -1;
    const end = all.indexOf(to);
    if (from === -1) return;
    for (const box of all.slice(Math.min(from, end), Math.max(from, end) + 1)) box.checked = checked;
  }

  function onClick(event: MouseEvent) {
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.name !== "item") return;
    if (event.shiftKey) stretch(target, target.checked);
    last.current = target;
    recount();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const row = event.target.closest("tr");
    if (!row || event.target.matches("select, textarea, input:not([type=checkbox])") || !singleKeysWork()) return;
    const key = letterOf(event);
    const step = key === "arrowdown" || key === "j" ? 1 : key === "arrowup" || key === "k" ? -1 : 0;
    if (step !== 0) {
      const all = [...(row.parentElement?.children ?? [])];
      all[all.indexOf(row) + step]?.querySelector<HTMLElement>("a")?.focus();
    } else if (key === "x") {
      const box = row.querySelector<HTMLInputElement>("input[name=item]");
      if (!box) return;
      box.checked = !box.checked;
      if (event.shiftKey) stretch(box, box.checked);
      last.current = box;
      recount();
    } else return;
    event.preventDefault();
  }

  function tickAll(checked: boolean) {
    for (const box of boxes()) box.checked = checked;
    recount();
  }

  return { form, count, onClick, onKeyDown, tickAll };
}
