import { memo, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { OutlineItem } from "../board-outline";
import { useLookSaid } from "./look-said";

type Props = {
  items: readonly OutlineItem[];
  /** What stands above the list. */
  above?: ReactNode;
  /** What a person can do with one of them. */
  tools?: ((item: OutlineItem) => ReactNode) | undefined;
  /** What the page knows about it besides. */
  beside?: ((item: OutlineItem) => ReactNode) | undefined;
};

/** Of a longer list only what is on the screen is laid out. */
const MANY = 200;

/** Everything on a board as a list, for whoever reads it without seeing it, or without JavaScript. */
export function OutlineList({ items, above, tools, beside }: Props) {
  const t = useTranslations("collab.board.page");
  return (
    <section aria-labelledby="outline" className="board-outline">
      <h2 id="outline" className="text-lg font-semibold">
        {t("outline")}
      </h2>
      {above}
      {items.length === 0 ? (
        <p className="text-muted">{t("empty")}</p>
      ) : (
        <ol className="board-items" data-many={items.length > MANY}>
          {items.map((item) => (
            <Item key={item.id} item={item} tools={tools} beside={beside} />
          ))}
        </ol>
      )}
    </section>
  );
}

type ItemProps = Pick<Props, "tools" | "beside"> & { item: OutlineItem };

/** One thing. Drawn anew only when it, or what can be done with it, has changed: a board may hold thousands. */
const Item = memo(function Item({ item, tools, beside }: ItemProps) {
  const t = useTranslations("collab.board.page");
  const said = useLookSaid();
  return (
    <li className="board-item">
      <p className="board-item-says">
        <span className="text-sm text-muted">{t(`kind.${item.kind}`)}</span>
        {item.says && <span className="wrap-anywhere whitespace-pre-line">{item.says}</span>}
        {item.look.length > 0 && <span className="text-sm text-muted">{item.look.map(said).join("; ")}</span>}
        {item.inFrame && (
          <span className="text-sm text-muted">
            {item.frame ? t("inFrame", { name: item.frame }) : t("inSomeFrame")}
          </span>
        )}
      </p>
      {tools?.(item)}
      {beside?.(item)}
    </li>
  );
});
