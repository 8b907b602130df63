import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { forgetDraftsOnSignOut } from "~/ui/draft";
import { rememberFailures } from "~/ui/failures";
import { pageRuns } from "~/ui/later";
import { loadStaffWords, loadWords, pageLocale } from "~/words";

const locale = pageLocale();

rememberFailures();
forgetDraftsOnSignOut();

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

// The offline page is kept in the language of the page that was read last.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  void navigator.serviceWorker.register(`/offline-worker.js?locale=${locale}`).catch(() => undefined);
}
