import { useFetcher, useLocation } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "./button";

/** One stretch of a list: its rows, and where the next stretch begins (null at the end). */
export type Stretch<Row> = { rows: readonly Row[]; next: string | null };

type Grown<Row> = Stretch<Row> & { first: Stretch<Row>; address: string };

/**
 * Grows a list in place. In: the stretch the page came with, and how to find a stretch in what the page's loader answers.
 * Another search or filter begins anew; when the same page comes again, what was fetched below it stays. Without
 * JavaScript the link opens the next stretch as a page.
 */
export function useStretches<Row extends { id: string }, Answer>(
  first: Stretch<Row>,
  stretchOf: (answer: Answer) => Stretch<Row>,
) {
  const fetcher = useFetcher<Answer>();
  const { pathname, search } = useLocation();
  const address = pathname + search;
  const [grown, setGrown] = useState<Grown<Row>>({ ...first, first, address });
  // A page that comes again brings what was fetched below it again, too: only what was asked for is taken.
  const asked = useRef(false);
  const current = grown.first === first ? grown : { ...joined(first, grown, address), first, address };

  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data || !asked.current) return;
    asked.current = false;
    const more = stretchOf(fetcher.data as Answer);
    setGrown({ ...current, rows: [...current.rows, ...more.rows], next: more.next });
  });

  return {
    rows: current.rows,
    next: current.next,
    busy: fetcher.state !== "idle",
    load: (href: string) => {
      asked.current = true;
      fetcher.load(href);
    },
  };
}

/** A page that came again, and what was fetched below it; without the latter when more is new than fits on a page. */
function joined<Row extends { id: string }>(first: Stretch<Row>, grown: Grown<Row>, address: string): Stretch<Row> {
  const last = first.rows.at(-1);
  const end = grown.address === address && last ? grown.rows.findIndex(({ id }) => id === last.id) : -1;
  const below = end === -1 ? [] : grown.rows.slice(end + 1);
  return below.length === 0 ? first : { rows: [...first.rows, ...below], next: grown.next };
}

/** The link at the end of a list. In: what useStretches gave; `parameter` names the cursor in the address. */
export function LoadMore({
  stretches,
  parameter = "after",
  label,
}: {
  stretches: { next: string | null; busy: boolean; load: (href: string) => void };
  parameter?: string;
  /** Where "show more" does not say more of what. */
  label?: string;
}) {
  const t = useTranslations("ui.list");
  const { pathname, search } = useLocation();
  const { next, busy, load } = stretches;
  if (!next) return null;
  const query = new URLSearchParams(search);
  query.set(parameter, next);
  const href = `${pathname}?${query}`;
  return (
    <div className="mt-4 flex justify-center">
      <LinkButton
        to={href}
        aria-busy={busy || undefined}
        onClick={(event) => {
          event.preventDefault();
          if (!busy) load(href);
        }}
      >
        {label ?? t("more")}
      </LinkButton>
    </div>
  );
}
