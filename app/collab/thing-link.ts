/**
 * What a thing on a board may lead to, and how an address names it: the part under which its pages stand, staff's page below it
 * where theirs is another one, and the part of the query that has its id, where the page is that of something larger. What is
 * more exactly said comes first. A further kind is one row here and one where its titles are read (`routes/api.links.tsx`); the
 * compiler asks for its name in each language.
 */
export const LINK_KINDS = {
  idea: { pages: "ideas" },
  decision: { pages: "decisions" },
  pin: { pages: "prototypes", below: "/review", query: "pin" },
  prototype: { pages: "prototypes", below: "/review" },
} as const satisfies Readonly<Record<string, Named>>;
export type LinkKind = keyof typeof LINK_KINDS;
export type Named = { readonly pages: string; readonly below?: string; readonly query?: string };

/** Never more than where to: what it is called is asked anew by each reader, who may not be allowed to know. */
export type ThingLink = { readonly kind: LinkKind; readonly id: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A link as anybody may have written it, made safe; null when it leads nowhere. */
export function cleanLink(raw: unknown): ThingLink | null {
  const { kind, id } = (typeof raw === "object" && raw !== null ? raw : {}) as Record<string, unknown>;
  if (typeof kind !== "string" || !Object.hasOwn(LINK_KINDS, kind) || typeof id !== "string") return null;
  const known = id.toLowerCase();
  return UUID.test(known) ? { kind: kind as LinkKind, id: known } : null;
}

/** What a card says to whoever may read what it leads to. */
export type SeenLink = ThingLink & { readonly title: string; readonly state: string; readonly to: string };
/** By `keyOf`. What is not in here is not shown to this person. */
export type SeenLinks = Readonly<Record<string, SeenLink>>;

export const keyOf = ({ kind, id }: ThingLink): string => `${kind}:${id}`;

/** The other way round; null when it is none. */
export function linkOfKey(key: string): ThingLink | null {
  const at = key.indexOf(":");
  return cleanLink({ kind: key.slice(0, at), id: key.slice(at + 1) });
}

/** What a card leads to; null for every other thing. */
export const linkOf = (element: Readonly<Record<string, unknown>>): ThingLink | null =>
  cleanLink((element.customData as { link?: unknown } | undefined)?.link);
