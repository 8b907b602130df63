import { type RefObject, useEffect, useState } from "react";

const PREFIX = "draft:";
/** What was begun and not touched for so long is forgotten: the device may have other people by then. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** Where people are asked to sign in again; a form that ends here was not taken. */
export const SIGN_IN = "/login";

/**
 * Keeps what is typed and chosen in a form on this device until it is sent: it survives a reload, a closed browser and a
 * lost sign-in. In: the form, a key that names the person (none: nothing is kept), and whether the server sent what was
 * typed back, which then counts.
 */
export function useDraft(form: RefObject<HTMLFormElement>, key: string | undefined, answered: boolean) {
  const [shown, setShown] = useState(false);

  useEffect(() => {
    const element = form.current;
    if (!element || !key) return;
    if (!answered && fill(element, read(key))) setShown(true);
    const keep = () => write(key, { ...read(key), ...typed(element) });
    // A choice may bring fields of its own into the form, which have their part of the draft.
    const grown = new MutationObserver(() => fill(element, read(key)));
    grown.observe(element, { childList: true, subtree: true });
    // Typed before the page ran: nobody was there to hear of it.
    if (fieldsOf(element).some(isBegun)) keep();
    element.addEventListener("input", keep);
    element.addEventListener("change", keep);
    return () => {
      grown.disconnect();
      element.removeEventListener("input", keep);
      element.removeEventListener("change", keep);
    };
  }, [form, key, answered]);

  return {
    /** Whether something from last time stands in the form. */
    shown,
    forget() {
      if (key) write(key, {});
      setShown(false);
    },
    /** The form was sent and its page is being left: forgets it, unless the way leads to the sign-in. */
    leave() {
      if (key && window.location.pathname !== SIGN_IN) write(key, {});
    },
  };
}

/** Where signing out posts to. */
const SIGN_OUT = "/logout";
/** The drafts of forms (PREFIX), and of the files in them. */
const DRAFT = /^draft(-files)?:/;

/** Forgets every draft on this device when somebody signs out: whoever sits here next must not find it. */
export function forgetDraftsOnSignOut(): void {
  document.addEventListener("submit", ({ target }) => {
    if (!(target instanceof HTMLFormElement) || new URL(target.action).pathname !== SIGN_OUT) return;
    try {
      for (const key of Object.keys(localStorage).filter((name) => DRAFT.test(name))) localStorage.removeItem(key);
    } catch {}
  });
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isTick = (field: Field) => field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type);

const isBegun = (field: Field) =>
  !(field instanceof HTMLSelectElement || isTick(field)) && field.value !== field.defaultValue;

/** The fields a person fills in. Hidden ones, files and passwords are none of them. */
const fieldsOf = (form: HTMLFormElement) =>
  [...form.elements].filter(
    (field): field is Field =>
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement ||
      (field instanceof HTMLInputElement &&
        /^(text|search|email|url|number|date|tel|radio|checkbox)$/.test(field.type)),
  );

/** What stands in the form, by name; what is empty or as the page came is an empty text. */
function typed(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    if (!field.name) continue;
    if (!isTick(field)) values[field.name] = isUntouched(field) ? "" : field.value;
    else if ((field as HTMLInputElement).checked) values[field.name] = field.value;
    else values[field.name] ??= "";
  }
  return values;
}

/** Whether a field stands as its page came. A list without a chosen entry stands at its first. */
function isUntouched(field: Field): boolean {
  if (!(field instanceof HTMLSelectElement)) return field.value === "";
  const came = [...field.options].find(({ defaultSelected }) => defaultSelected) ?? field.options[0];
  return field.value === (came?.value ?? "");
}

function fill(form: HTMLFormElement, values: Record<string, string>): boolean {
  let filled = false;
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (!value) continue;
    if (isTick(field)) {
      const tick = field as HTMLInputElement;
      if (tick.value !== value || tick.checked || tick.dataset.drafted) continue;
      tick.dataset.drafted = "1";
      // By a click, so that a page that follows the choice hears of it.
      tick.click();
    } else {
      if (field.dataset.drafted || !isUntouched(field) || field.value === value) continue;
      field.dataset.drafted = "1";
      field.value = value;
      if (field instanceof HTMLSelectElement) field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    filled = true;
  }
  return filled;
}

// A browser may refuse storage (private windows, full disk): then nothing is kept, and typing goes on.
function read(key: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
    if (typeof kept !== "object" || kept === null || !("at" in kept) || !("values" in kept)) return {};
    if (Date.now() - Number(kept.at) > KEPT_MS) return {};
    const pairs = Object.entries(kept.values ?? {}).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    );
    return Object.fromEntries(pairs);
  } catch {
    return {};
  }
}

function write(key: string, values: Record<string, string>): void {
  try {
    const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
    if (Object.keys(kept).length > 0)
      localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values: kept }));
    else localStorage.removeItem(PREFIX + key);
  } catch {}
}
