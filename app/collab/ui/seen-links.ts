import { createContext, useContext } from "react";
import { useTranslations } from "use-intl";
import { keyOf, type SeenLink, type ThingLink } from "../thing-link";

/** What cards say to whoever looks. Null: they are not shown it; not in here: not known yet. */
export type Seen = ReadonlyMap<string, SeenLink | null>;

/** For everything that draws cards. */
export const SeenContext = createContext<Seen>(new Map());

export type SaidLink = { above: string; title: string; to: string | null };

/** What a card says: what it is and how it stands, what it is called, and where it leads. */
export function useLinkSaid(): (link: ThingLink, seen: Seen) => SaidLink {
  const t = useTranslations("collab.board.links");
  return (link, seen) => {
    const known = seen.get(keyOf(link));
    const above = t(`kind.${link.kind}`);
    if (known === null) return { above, title: t("hidden"), to: null };
    if (!known) return { above, title: "…", to: null };
    return { above: t("stands", { kind: above, state: known.state }), title: known.title, to: known.to };
  };
}

export const useSeen = (): Seen => useContext(SeenContext);
