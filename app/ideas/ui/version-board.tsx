import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { BoardPicture, sheetOf } from "~/collab/ui/board-picture";
import { SeenContext, useLinkSaid } from "~/collab/ui/seen-links";
import { useSeenLinks } from "~/collab/ui/use-seen-links";
import type { VersionShown, VersionView } from "../idea-version";
import { Writers } from "./version-parts";

/** A version of a board: its picture, or two of them with what is different marked, and the same as a list. */
export function VersionBoard({
  shown,
  view,
  title,
}: {
  shown: Exclude<VersionShown, { part: "brief" }>;
  view: VersionView;
  title: string;
}) {
  const t = useTranslations("collab.versions");
  const kinds = useTranslations("collab.board.page.kind");
  const { before, after, difference, items } = shown;
  const all = useMemo(() => [...before, ...after], [before, after]);
  const [seen, linkSaid] = [useSeenLinks(all), useLinkSaid()];
  const sheet = sheetOf(all);
  const captions = view === "present" ? [title, t("now")] : [t("beforeIt"), title];
  return (
    <SeenContext.Provider value={seen}>
      {view === "text" ? (
        <BoardPicture elements={after} sheet={sheet} label={title} />
      ) : (
        <div className="grid gap-4 lg:grid-cols-2">
          {[before, after].map((elements, at) => (
            <figure key={captions[at]}>
              <figcaption className="mb-1.5 text-sm font-medium">{captions[at]}</figcaption>
              <BoardPicture elements={elements} marks={difference} sheet={sheet} label={captions[at] ?? title} />
            </figure>
          ))}
        </div>
      )}
      <section aria-labelledby="things" className="mt-6">
        <h2 id="things" className="mb-2 text-lg font-semibold">
          {view === "text" ? t("things") : t("changes")}
        </h2>
        {items.length === 0 ? (
          <p className="text-muted">{view === "text" ? t("noThings") : t("noChanges")}</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {items.map(({ item, change, by }) => (
              <li key={`${change} ${item.id}`} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
                <span className="min-w-0 wrap-anywhere">
                  {change && <strong>{t(`change.${change}`)}: </strong>}
                  {kinds(item.kind)}
                  {item.link && <> “{linkSaid(item.link, seen).title}”</>}
                  {item.says !== "" && <> “{item.says}”</>}
                </span>
                {by.length > 0 && <Writers writers={by} />}
              </li>
            ))}
          </ul>
        )}
      </section>
    </SeenContext.Provider>
  );
}
