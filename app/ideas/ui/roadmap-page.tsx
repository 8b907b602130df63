import { CircleCheck, Eye, Hammer, type LucideIcon } from "lucide-react";
import { useTranslations } from "use-intl";
import { LOCALE_NAMES, LOCALE_TAGS, LOCALES, type Locale } from "~/kernel/locale";
import { PageHeader } from "~/ui/page-header";
import { PlainPage } from "~/ui/trouble";
import { ROADMAP_GROUPS, type RoadmapEntry, type RoadmapGroup } from "../roadmap";

/** A signal is a dashed outline, an intent a line, and only what is made is filled: nothing here looks like a promise. */
const LOOKS: Record<RoadmapGroup, { icon: LucideIcon; box: string; mark: string }> = {
  signal: { icon: Eye, box: "border-dashed border-edge", mark: "text-warning" },
  intent: { icon: Hammer, box: "border-line bg-surface", mark: "text-accent" },
  done: { icon: CircleCheck, box: "border-success/40 bg-success-soft", mark: "text-success" },
};

/** The public roadmap: what staff wrote about ideas, by what it is worth. For everybody, and the same for everybody. */
export function RoadmapPage({ entries, locale }: { entries: readonly RoadmapEntry[]; locale: Locale }) {
  const t = useTranslations("ideas.roadmap");
  return (
    <PlainPage>
      <div className="py-6 sm:py-8">
        <PageHeader title={t("title")} lead={t("lead")} />
        <div className="grid gap-x-6 gap-y-8 lg:grid-cols-3">
          {ROADMAP_GROUPS.map((group) => (
            <Group key={group} group={group} entries={entries.filter(({ kind }) => kind === group)} locale={locale} />
          ))}
        </div>
        <footer className="mt-10 flex flex-wrap gap-x-4 gap-y-2 border-t border-line pt-4 text-sm">
          <nav aria-label={t("languages")} className="flex flex-wrap gap-x-4">
            {LOCALES.map((one) => (
              // The whole document comes anew, since its language does.
              <a
                key={one}
                href={`/${one}/roadmap`}
                lang={LOCALE_TAGS[one]}
                hrefLang={LOCALE_TAGS[one]}
                aria-current={one === locale ? "true" : undefined}
                className="link inline-flex min-h-11 items-center aria-[current=true]:text-ink aria-[current=true]:no-underline pointer-fine:min-h-8"
              >
                {LOCALE_NAMES[one]}
              </a>
            ))}
          </nav>
          <a
            href="/login?next=/ideas"
            className="link inline-flex min-h-11 items-center sm:ml-auto pointer-fine:min-h-8"
          >
            {t("signIn")}
          </a>
        </footer>
      </div>
    </PlainPage>
  );
}

function Group({ group, entries, locale }: { group: RoadmapGroup; entries: readonly RoadmapEntry[]; locale: Locale }) {
  const t = useTranslations("ideas.roadmap");
  const { icon: Icon, box, mark } = LOOKS[group];
  return (
    <section aria-labelledby={group} className="min-w-0">
      <h2 id={group} className="flex items-center gap-2 text-lg font-semibold">
        <Icon className={`size-5 shrink-0 ${mark}`} aria-hidden="true" />
        {t(`groups.${group}`)}
      </h2>
      <p className="mt-1 mb-3 text-sm text-muted">{t(`meaning.${group}`)}</p>
      {entries.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="flex flex-col gap-3">
        {entries.map(({ title, words, language }) => (
          <li
            key={`${title} ${words}`}
            lang={language === locale ? undefined : LOCALE_TAGS[language]}
            className={`rounded-md border px-4 py-3 ${box}`}
          >
            <h3 className="font-medium wrap-anywhere">{title}</h3>
            {words && <p className="mt-1 whitespace-pre-line text-muted">{words}</p>}
            {language !== locale && (
              <p lang={LOCALE_TAGS[locale]} className="mt-1 text-sm text-muted">
                {t("inEnglish")}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
