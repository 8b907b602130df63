import interCyrillic from "@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2?url";
import interLatin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from "@remix-run/react";
import { type ReactNode, useContext } from "react";
import { IntlProvider } from "use-intl";
import { env } from "~/kernel/env.server";
import { LOCALE_TAGS } from "~/kernel/locale";
import { NonceContext } from "~/ui/nonce";
import themeHref from "~/ui/theme.css?url";
import { TroublePage } from "~/ui/trouble";
import { loadedWords, pageLocale, troubleTitle } from "~/words";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: themeHref },
  { rel: "icon", href: "/icon.svg", type: "image/svg+xml" },
  { rel: "manifest", href: "/site.webmanifest" },
];

export const meta: MetaFunction = ({ error, matches }) => [{ title: error ? troubleTitle(error, matches) : "Tandem" }];

/** What every page needs to know about its reader; nothing here says who they are. */
export function loader({ context }: LoaderFunctionArgs) {
  const { visitor, locale, theme, requestId, wordsScript } = context;
  const { COLLAB_URL, PHOTO_MAX_MB: photo, FILE_MAX_MB: file } = env();
  const live = COLLAB_URL ? "elsewhere" : undefined;
  // What may be sent along is said wherever files are chosen, before they are.
  const attachmentMb = visitor.actor ? { photo, file } : undefined;
  return {
    locale,
    theme,
    requestId,
    wordsScript,
    live,
    attachmentMb,
    zone: visitor.actor ? visitor.person.zone : "UTC",
  };
}

// The reader's language and zone change by a post alone, and every post loads this again.
export function shouldRevalidate({ formMethod }: { formMethod?: string }) {
  return formMethod !== undefined && formMethod !== "GET";
}

export function Layout({ children }: { children: ReactNode }) {
  const reader = useRouteLoaderData<typeof loader>("root");
  const nonce = useContext(NonceContext);
  // Of a page whose own loader failed: what the document already says.
  const locale = reader?.locale ?? pageLocale();
  const theme = reader?.theme ?? "system";
  return (
    <html
      lang={LOCALE_TAGS[locale]}
      data-locale={locale}
      data-theme={theme}
      data-live={reader?.live}
      suppressHydrationWarning
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content={theme === "system" ? "light dark" : theme} />
        <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />
        <link rel="preload" as="font" type="font/woff2" href={interLatin} crossOrigin="anonymous" />
        {(locale === "uk" || locale === "ru") && (
          <link rel="preload" as="font" type="font/woff2" href={interCyrillic} crossOrigin="anonymous" />
        )}
        {reader?.wordsScript && <link rel="modulepreload" href={reader.wordsScript} />}
        <Meta />
        <Links />
      </head>
      <body>
        <IntlProvider locale={LOCALE_TAGS[locale]} messages={loadedWords(locale)} timeZone={reader?.zone ?? "UTC"}>
          {children}
        </IntlProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <TroublePage />;
}
