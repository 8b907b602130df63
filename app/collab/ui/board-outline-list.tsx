import { memo, type ReactNode, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import type { OutlineItem } from "../board-outline";
import type { ThingLink } from "../thing-link";
import { useLookSaid } from "./look-said";
import { useLinkSaid, useSeen } from "./seen-links";

type Props = {
  items: readonly OutlineItem[];
  /** What stands above the list. */
  above?: ReactNode;
  /** What a person can do with one of them. */
  tools?: ((item: OutlineItem) => ReactNode) | undefined;
  /** What the page knows about it besides. */
  beside?: ((item: OutlineItem) => ReactNode) | undefined;
};

/** So many at a time. A browser needs a minute to draw five thousand, each with its field and buttons. */
const AT_ONCE = 100;

const never = () => () => undefined;
/** Whether this is drawn by the server, or just as the server drew it: who has no scripts turns no pages, and reads everything. */
const useAsServed = () =>
  useSyncExternalStore(
    never,
    () => false,
    () => true,
  );

/** Everything on a board as a list, for whoever reads it without seeing it, or without JavaScript. */
export function OutlineList({ items, above, tools, beside }: Props) {
  const t = useTranslations("collab.board.page");
  const asServed = useAsServed();
  const [wanted, setFrom] = useState(0);
  // What was on the last page may be gone.
  const from = Math.min(wanted, Math.max(0, Math.ceil(items.length / AT_ONCE) - 1) * AT_ONCE);
  const shown = asServed ? items : items.slice(from, from + AT_ONCE);
  const to = from + shown.length;
  return (
    <section aria-labelledby="outline" className="board-outline">
      <h2 id="outline" className="text-lg font-semibold">
        {t("outline")}
      </h2>
      {above}
      {items.length === 0 ? (
        <p className="text-muted">{t("empty")}</p>
      ) : (
        <ol className="board-items" data-many={items.length > AT_ONCE} start={asServed ? 1 : from + 1}>
          {shown.map((item) => (
            <Item key={item.id} item={item} tools={tools} beside={beside} />
          ))}
        </ol>
      )}
      {!asServed && items.length > AT_ONCE && (
        <nav aria-label={t("pages")} className="board-pages">
          <Turn ended={from === 0} onTurn={() => setFrom(from - AT_ONCE)}>
            {t("before")}
          </Turn>
          <span role="status">{t("part", { from: from + 1, to, all: items.length })}</span>
          <Turn ended={to >= items.length} onTurn={() => setFrom(from + AT_ONCE)}>
            {t("after")}
          </Turn>
        </nav>
      )}
    </section>
  );
}

/** Keeps the focus where there is nothing more. */
function Turn({ ended, onTurn, children }: { ended: boolean; onTurn: () => void; children: ReactNode }) {
  return (
    <Button type="button" aria-disabled={ended} onClick={() => !ended && onTurn()}>
      {children}
    </Button>
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
        {item.link && <Leads link={item.link} />}
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

/** What a card leads to, as far as its reader is shown it. */
function Leads({ link }: { link: ThingLink }) {
  const said = useLinkSaid()(link, useSeen());
  return (
    <>
      {said.to ? (
        <a href={said.to} className="link wrap-anywhere">
          {said.title}
        </a>
      ) : (
        <span>{said.title}</span>
      )}
      <span className="text-sm text-muted">{said.above}</span>
    </>
  );
}
