import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";

/** Keeps the names at others' carets within the text: one that would reach beyond its right edge moves to the left. */
export const CaretNames = Extension.create({
  name: "caretNames",
  addProseMirrorPlugins: () => [new Plugin({ view: () => ({ update: ({ dom }) => keepInside(dom) }) })],
});

function keepInside(text: HTMLElement): void {
  const { right } = text.getBoundingClientRect();
  for (const label of text.querySelectorAll<HTMLElement>(".collaboration-carets__label")) {
    label.style.translate = "";
    const beyond = label.getBoundingClientRect().right - right;
    if (beyond > 0) label.style.translate = `${-beyond}px`;
  }
}
