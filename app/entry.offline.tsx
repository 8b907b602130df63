import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { IntlProvider } from "use-intl";
import { boardRoom, briefRoom } from "~/collab/room";
import { keptAbout } from "~/collab/ui/kept-copy";
import { KeptPage, NotKeptPage } from "~/collab/ui/kept-page";
import { keptPlace } from "~/collab/ui/kept-place";
import { LOCALE_TAGS } from "~/kernel/locale";
import { isKept, keptNow } from "~/ui/kept";
import { loadEditorWords, loadedWords, pageLocale } from "~/words";

/**
 * What runs on the page that stands in for an idea's page without a connection (server/http/offline-shell.ts): it holds
 * nothing of anybody, and draws what this device keeps for its person.
 */
async function start(root: Element) {
  const locale = pageLocale();
  await loadEditorWords(locale);
  const place = keptPlace(window.location.pathname);
  const { person } = keptNow();
  const roomOf = (part: "brief" | "board") => (part === "brief" ? briefRoom : boardRoom)(place?.idea ?? "");
  const about = place && (await keptAbout(person, roomOf(place.part)));
  createRoot(root).render(
    <StrictMode>
      <IntlProvider locale={LOCALE_TAGS[locale]} messages={loadedWords(locale)} timeZone="UTC">
        {place && about ? (
          <KeptPage
            place={place}
            person={person}
            about={about}
            hasOther={isKept(person, roomOf(place.part === "brief" ? "board" : "brief"))}
          />
        ) : (
          <NotKeptPage />
        )}
      </IntlProvider>
    </StrictMode>,
  );
}

const root = document.querySelector("#kept");
if (root) void start(root);
