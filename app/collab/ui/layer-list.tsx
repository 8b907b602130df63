import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { BoardElement } from "../board-element";
import { outlineOf } from "../board-outline";

/** What is drawn on the board that is laid over this one, as a list. */
export function LayerList({ label, elements }: { label: string; elements: readonly BoardElement[] }) {
  const t = useTranslations("collab.board.page");
  const items = useMemo(() => outlineOf(elements), [elements]);
  return (
    <section aria-labelledby="layer-outline" className="board-outline">
      <h2 id="layer-outline" className="text-lg font-semibold">
        {label}
      </h2>
      {items.length === 0 ? (
        <p className="text-muted">{t("empty")}</p>
      ) : (
        <ol className="board-items">
          {items.map(({ id, kind, says }) => (
            <li key={id} className="board-layer-item">
              <p className="board-item-says">
                <span className="text-sm text-muted">{t(`kind.${kind}`)}</span>
                {says && <span className="wrap-anywhere whitespace-pre-line">{says}</span>}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
