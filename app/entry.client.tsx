import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { isLocale } from "~/kernel/locale";
import { rememberFailures } from "~/ui/failures";
import { loadStaffWords, loadWords } from "~/words";

const { locale } = document.documentElement.dataset;

rememberFailures();

async function start() {
  const load = /^\/staff(\/|$)/.test(window.location.pathname) ? loadStaffWords : loadWords;
  await load(isLocale(locale) ? locale : "en");
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
