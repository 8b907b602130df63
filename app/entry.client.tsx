import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { forgetDraftsOnSignOut } from "~/ui/draft";
import { rememberFailures } from "~/ui/failures";
import { forgetKeptOnSignOut } from "~/ui/kept-guard";
import { pageRuns } from "~/ui/later";
import { loadStaffWords, loadWords, pageLocale } from "~/words";

const locale = pageLocale();

rememberFailures();
forgetDraftsOnSignOut();
forgetKeptOnSignOut();

async function start() {
  const load = /^\/staff(\/|$)/.test(window.location.pathname) ? loadStaffWords : loadWords;
  await load(locale);
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

// The offline page is kept in the language of the page that was read last; once this one has come and stands.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  const register = () =>
    void navigator.serviceWorker.register(`/offline-worker.js?locale=${locale}`).catch(() => undefined);
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register, { once: true });
}
