import { type RefObject, useEffect, useState } from "react";

const PREFIX = "draft:";

/**
 * Keeps what is typed into a form in this browser's session until it is sent: it survives a reload and a lost sign-in.
 * In: the form, a key (none: nothing is kept) and whether the server sent what was typed back, which then counts.
 */
export function useDraft(form: RefObject<HTMLFormElement>, key: string | undefined, answered: boolean) {
  const [shown, setShown] = useState(false);

  useEffect(() => {
    const element = form.current;
    if (!element || !key) return;
    if (!answered && fill(element, read(key))) setShown(true);
    const keep = () => write(key, typed(element));
    element.addEventListener("input", keep);
    return () => element.removeEventListener("input", keep);
  }, [form, key, answered]);

  return {
    /** Whether something from last time stands in the form. */
    shown,
    forget() {
      if (key) write(key, {});
      setShown(false);
    },
  };
}

const textFields = (form: HTMLFormElement) =>
  [...form.elements].filter(
    (field): field is HTMLInputElement | HTMLTextAreaElement =>
      field instanceof HTMLTextAreaElement ||
      (field instanceof HTMLInputElement && /^(text|search|email|url)$/.test(field.type)),
  );

function typed(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(textFields(form).flatMap(({ name, value }) => (name && value ? [[name, value]] : [])));
}

function fill(form: HTMLFormElement, values: Record<string, unknown>): boolean {
  let filled = false;
  for (const field of textFields(form)) {
    const value = values[field.name];
    if (typeof value !== "string" || field.value) continue;
    field.value = value;
    filled = true;
  }
  return filled;
}

// A browser may refuse storage (private windows, full disk): then nothing is kept, and typing goes on.
function read(key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function write(key: string, values: Record<string, string>): void {
  try {
    if (Object.keys(values).length > 0) sessionStorage.setItem(PREFIX + key, JSON.stringify(values));
    else sessionStorage.removeItem(PREFIX + key);
  } catch {}
}
