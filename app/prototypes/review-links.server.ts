import type { SeenLink } from "~/collab/thing-link";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Hits } from "~/kernel/hit";
import type { Locale } from "~/kernel/locale";
import { translatorOf } from "~/words";
import * as queries from "./review-links.queries.server";
import { pinAddress } from "./review-page";

/** The door for what leads to prototypes and pins from elsewhere. */

type Person = ClientActor | StaffActor;
const WORDS_MAX = 8;

/** Where a prototype is looked at. */
const reviewOf = ({ side }: Person, id: string) =>
  side === "staff" ? `/staff/prototypes/${id}/review` : `/prototypes/${id}`;

/** What cards on a board that lead to these prototypes say to this reader. One that they are not shown is left out. */
export async function seenPrototypes(actor: Person, ids: readonly string[], locale: Locale): Promise<SeenLink[]> {
  if (ids.length === 0) return [];
  const rows = await asActor(actor, (tx) => queries.findLinked(tx, ids));
  const t = translatorOf(locale);
  return rows.map(({ id, name, number, draft, approved }) => {
    const version = t("prototypes.review.version", { number });
    const more = approved ? t("prototypes.review.overall.approved") : draft ? t("prototypes.phase.draft") : null;
    const state = more === null ? version : t("collab.board.links.stands", { kind: version, state: more });
    return { kind: "prototype", id, title: name, state, to: reviewOf(actor, id) };
  });
}

/** The same of pins: by the first words that were said there. A pin of staff's own no customer learns of. */
export async function seenPins(actor: Person, ids: readonly string[], locale: Locale): Promise<SeenLink[]> {
  if (ids.length === 0) return [];
  const withStaff = actor.side === "staff";
  const rows = await asActor(actor, (tx) => queries.findLinkedPins(tx, ids, { withStaff }));
  const t = translatorOf(locale);
  return rows.map((pin) => ({
    kind: "pin",
    id: pin.id,
    title: pin.says,
    state: t(`prototypes.review.pins.${pin.resolved ? "isResolved" : "isOpen"}`),
    to: pinAddress(reviewOf(actor, pin.prototypeId), withStaff ? pin : { ...pin, accountId: null }),
  }));
}

/** Prototypes by words of their names: to a client those that they are shown, to staff all. */
export async function findPrototypes(
  actor: Person,
  typed: string,
  take: number,
): Promise<Hits<"prototypes.list.title">[]> {
  const words = typed.split(/\s+/).filter(Boolean).slice(0, WORDS_MAX);
  if (words.length === 0) return [];
  const rows = await asActor(actor, (tx) => queries.findByName(tx, words, take));
  const hits = rows.map(({ id, name, idea }) => ({ id, title: name, detail: idea, to: reviewOf(actor, id) }));
  return [{ label: "prototypes.list.title", hits }];
}
