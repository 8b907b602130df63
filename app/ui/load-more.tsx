import { useFetcher, useLocation } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "./button";

/** One stretch of a list: its rows, and where the next stretch begins (null at the end). */
export type Stretch<Row> = { rows: readonly Row[]; next: string | null };

/**
 * Grows a list in place. In: the stretch the page came with, and how to find a stretch in what the page's loader answers.
 * Another search, filter or a posted form begins anew. Without JavaScript the link opens the next stretch as a page.
 */
export function useStretches<Row, Answer>(first: Stretch<Row>, stretchOf: (answer: Answer) => Stretch<Row>) {
  const fetcher = useFetcher<Answer>();
  const [grown, setGrown] = useState({ first, rows: first.rows, next: first.next });
  const [taken, setTaken] = useState<unknown>();
  const current = grown.first === first ? grown : { first, rows: first.rows, next: first.next };

  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data || fetcher.data === taken) return;
    const more = stretchOf(fetcher.data as Answer);
    setTaken(fetcher.data);
    setGrown({ first, rows: [...current.rows, ...more.rows], next: more.next });
  });

  return {
    rows: current.rows,
    next: current.next,
    busy: fetcher.state !== "idle",
    load: (href: string) => fetcher.load(href),
  };
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
