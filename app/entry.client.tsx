import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { forgetDraftsOnSignOut } from "~/ui/draft";
import { rememberFailures } from "~/ui/failures";
import { forgetKeptOnSignOut } from "~/ui/kept-guard";
import { pageRuns } from "~/ui/later";
import { loadWords, pageLocale } from "~/words";

const locale = pageLocale();

rememberFailures();
forgetDraftsOnSignOut();
forgetKeptOnSignOut();

/**
 * Waits until what the page was loaded with is decoded. The router begins that when it is first drawn, and suspends meanwhile
 * with no boundary above it. A key pressed in that moment has React draw at once, where nothing may suspend: it throws the
 * whole page away, with what was typed (errors 426 and 345). Called before it is drawn, it hands out what it waits for.
 */
async function stateOfPage() {
  try {
    RemixBrowser({});
  } catch (waits) {
    if (waits instanceof Promise) await waits;
  }
}

// A customer's browser is not even told where sentences of staff are.
const loadStaffs: typeof loadWords = async (locale) => {
  const { loadStaffWords } = await import("./staff-words");
  await loadStaffWords(locale);
  return loadWords(locale);
};

async function start() {
  const load = /^\/staff(\/|$)/.test(window.location.pathname) ? loadStaffs : loadWords;
  await Promise.all([load(locale), stateOfPage()]);
  pageRuns();
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  });
}

void start();

/** Milliseconds after a page has loaded: what is fetched for another time comes behind what its reader came for. */
const SETTLED = 3_000;

// The offline page is kept in the language of the page that was read last.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  const register = () =>
    void navigator.serviceWorker.register(`/offline-worker.js?locale=${locale}`).catch(() => undefined);
  const settle = () => setTimeout(register, SETTLED);
  if (document.readyState === "complete") settle();
  else window.addEventListener("load", settle, { once: true });
}
