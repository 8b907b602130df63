import type * as z from "zod";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { PAGE_SIZE, pageOf } from "~/kernel/cursor";
import type { Locale } from "~/kernel/locale";
import { NOTICE_KINDS, type NoticeKind } from "~/kernel/notice";
import {
  type Bell,
  DEFAULT_DIGEST_HOUR,
  DEFAULT_HOW,
  factsOf,
  type How,
  isNoticeKind,
  type NoticeRow,
  readUnsubscription,
  type Settings,
} from "./notification";
import * as queries from "./notification.queries.server";
import type { settingsForm } from "./notification.schema";

/** The door to what people are told. Everything here is somebody's own: the actor's, or that of an unsubscribe link. */

type Person = ClientActor | StaffActor;

/**
 * What the bell shows: how many notices are unread, and about which things. Who opens the page of a thing has seen what they
 * were told of it; `asked` is the page that was opened, and a fetch of its data is none.
 */
export function bellOf(actor: Person, asked: { path: string; document: boolean }): Promise<Bell> {
  return asActor(actor, async (tx) => {
    const unread = await queries.listUnread(tx, actor.personId);
    const subjects = [...new Set(unread.map(({ subjectId }) => subjectId))];
    const opened = asked.document ? subjects.find((id) => asked.path.includes(id)) : undefined;
    if (opened === undefined) return { unread: unread.length, subjects };
    await queries.markRead(tx, actor.personId, { subjectId: opened }, now());
    return {
      unread: unread.filter(({ subjectId }) => subjectId !== opened).length,
      subjects: subjects.filter((id) => id !== opened),
    };
  });
}

/** A page of what the actor was told, newest first, in a language. */
export async function listNotices(
  actor: Person,
  locale: Locale,
  before: string | null,
): Promise<{ rows: NoticeRow[]; next: string | null }> {
  const found = await asActor(actor, (tx) => queries.listNotices(tx, actor.personId, { before, take: PAGE_SIZE + 1 }));
  const rows = found.map(({ id, subjectId, path, facts, readAt, createdAt }): NoticeRow => {
    const { says, title, who, excerpt, from, to, other } = factsOf(facts);
    return {
      id,
      subjectId,
      path,
      says,
      title,
      who,
      excerpt: excerpt ?? null,
      other: other ?? null,
      from: from?.[locale] ?? "",
      to: to?.[locale] ?? "",
      read: readAt !== null,
      createdAt,
    };
  });
  return pageOf(rows, PAGE_SIZE);
}

/** Marks the actor's own notices as read; what is not theirs stays as it is. */
export function readNotices(actor: Person, which: { id: string } | { subjectId: string } | "all"): Promise<void> {
  return asActor(actor, (tx) => queries.markRead(tx, actor.personId, which, now()));
}

/** The kinds that a side hears of. */
const kindsFor = (side: Person["side"]) => NOTICE_KINDS.filter((kind) => side === "staff" || kind !== "idea");

/** What the actor chose, over the defaults, and the kinds they choose about. */
export function settingsOf(actor: Person): Promise<Settings & { kinds: readonly NoticeKind[] }> {
  return asActor(actor, async (tx) => {
    const hours = await queries.findHours(tx, actor.personId);
    const choices = { ...DEFAULT_HOW };
    for (const { kind, how } of await queries.findChoices(tx, actor.personId)) {
      if (isNoticeKind(kind)) choices[kind] = how as How;
    }
    const { quietFrom = null, quietTo = null } = hours ?? {};
    return {
      choices,
      kinds: kindsFor(actor.side),
      mailOff: hours?.mailOff ?? false,
      quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
      digestHour: hours?.digestHour ?? DEFAULT_DIGEST_HOUR,
    };
  });
}

/** Keeps what the actor chose; a kind that was not in the form stays as it is. */
export function saveSettings(actor: Person, form: z.output<typeof settingsForm>): Promise<void> {
  const { mailOff, quietFrom, quietTo, digestHour, ...hows } = form;
  const choices: Partial<Record<NoticeKind, How>> = {};
  for (const kind of kindsFor(actor.side)) {
    const how = hows[kind];
    if (how) choices[kind] = how;
  }
  return asActor(actor, async (tx) => {
    await queries.saveChoices(tx, actor.personId, choices);
    await queries.saveHours(tx, actor.personId, {
      mailOff: mailOff === "on",
      quietFrom: quietFrom ?? null,
      quietTo: quietTo ?? null,
      digestHour,
    });
  });
}

/** What an unsubscribe link would end: one kind of mail or all; null when we did not write it. Changes nothing. */
export async function unsubscription(token: string): Promise<NoticeKind | "all" | null> {
  const one = readUnsubscription(token);
  return one && (await queries.knowsUnsubscription(one)) ? one.kind : null;
}

/** Does what an unsubscribe link says, for whoever holds it. Out: as `unsubscription`. */
export async function unsubscribe(token: string): Promise<NoticeKind | "all" | null> {
  const one = readUnsubscription(token);
  return one && (await queries.unsubscribe(one)) ? one.kind : null;
}

/** Whose addresses refused a letter for good, so that staff see why somebody hears nothing. */
export function mailTroubles(staff: StaffActor, personIds: readonly string[]) {
  return asActor(staff, (tx) => queries.listMailTroubles(tx, personIds));
}

/** Whose last letter was given up, or cut off where nobody knows whether it arrived. */
export function lettersLost(staff: StaffActor, personIds: readonly string[]) {
  return asActor(staff, (tx) => queries.listLettersLost(tx, personIds));
}

/** Whether this member of staff lets addresses be tried again. */
export const mayTryAddressAgain = ({ roles }: StaffActor): boolean =>
  roles.some((role) => role === "manager" || role === "admin");

/** Lets a person's address be tried again; managers and admins. Out: false when there was nothing to lift, or not by them. */
export function tryAddressAgain(staff: StaffActor, personId: string): Promise<boolean> {
  return asActor(staff, (tx) => queries.liftSuppression(tx, personId));
}
