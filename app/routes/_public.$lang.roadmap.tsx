import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { publicRoadmap } from "~/ideas/roadmap.server";
import { RoadmapPage } from "~/ideas/ui/roadmap-page";
import { isLocale, LOCALE_TAGS, LOCALES } from "~/kernel/locale";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [{ title: "Tandem" }];
  const alternates = LOCALES.map((locale) => ({
    tagName: "link",
    rel: "alternate",
    hrefLang: LOCALE_TAGS[locale],
    href: `${data.origin}/${locale}/roadmap`,
  }));
  return [
    { title: `${data.title} · Tandem` },
    { name: "description", content: data.lead },
    ...alternates,
    { tagName: "link", rel: "alternate", hrefLang: "x-default", href: `${data.origin}/roadmap` },
    { tagName: "link", rel: "canonical", href: `${data.origin}/${data.locale}/roadmap` },
  ];
};

/** Whoever stands in between may keep it for a few minutes: a change shows then, and many readers cost one look. */
export const headers: HeadersFunction = () => ({
  "Cache-Control": "public, max-age=60, s-maxage=300, stale-while-revalidate=600",
});

/** For everybody. Nothing here depends on who asks (server/http/context.ts), so that it may be kept and shown to others. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { lang: locale } = params;
  if (!isLocale(locale)) throw new Response(null, { status: 404, statusText: "Not Found" });
  const t = translatorOf(locale);
  return {
    entries: await publicRoadmap(locale),
    locale,
    title: t("ideas.roadmap.title"),
    lead: t("ideas.roadmap.lead"),
    origin: context.origin,
  };
}

export default function Roadmap() {
  const { entries, locale } = useLoaderData<typeof loader>();
  return <RoadmapPage entries={entries} locale={locale} />;
}
