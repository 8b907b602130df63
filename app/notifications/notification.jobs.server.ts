import { now } from "~/kernel/clock";
import { env } from "~/kernel/env.server";
import { isLocale } from "~/kernel/locale";
import type { Notice, NoticeKind, NoticeSource, ToldEvent } from "~/kernel/notice";
import { asSystem, type SystemTx } from "~/kernel/system-tx.server";
import { writeLetter } from "./emails/letter";
import {
  afterQuiet,
  DEFAULT_DIGEST_HOUR,
  dueAt,
  factsOf,
  type How,
  howOf,
  isNoticeKind,
  unsubscribeToken,
  type Wishes,
} from "./notification";
import * as queries from "./telling.queries.server";

/** Which module tells what of which kind of subject. */
export type NoticeSources = Readonly<Record<string, NoticeSource>>;

/** Tasks of this module by name, for the worker, which knows every module that has something to tell. */
export const notificationTasks = (sources: NoticeSources) => ({
  tell_people: (payload: unknown) => tellPeople(sources, textIn(payload, "event")),
  mail_notices: (payload: unknown) => mailNotices(sources, textIn(payload, "person")),
});

function textIn(payload: unknown, name: string): string {
  const value =
    typeof payload === "object" && payload !== null ? (payload as Record<string, unknown>)[name] : undefined;
  if (typeof value !== "string") throw new Error(`The job does not say which ${name}`);
  return value;
}

/** How many are told in one transaction: however many follow a thing, none of them holds rows for long. */
const TOLD_AT_ONCE = 250;

/**
 * Tells everybody whom an event concerns. May run twice, or end half way and run again: nobody is told of one event twice.
 */
export async function tellPeople(sources: NoticeSources, eventId: string): Promise<void> {
  const found = await asSystem("find out whom an event concerns", async (tx) => {
    const event = await queries.findEvent(tx, eventId);
    const source = event && sources[event.subjectKind];
    if (!event || !source) return undefined;
    await forgetWhatIsHidden(tx, source, event);
    const notices = (await source.noticesOf(tx, event)).filter(({ personId }) => personId !== event.actorId);
    return { event, notices: firstForEach(notices) };
  });
  if (!found) return;
  // In one order, so that two events that concern the same people do not wait for each other in a ring.
  const notices = found.notices.sort((a, b) => (a.personId < b.personId ? -1 : 1));
  for (let from = 0; from < notices.length; from += TOLD_AT_ONCE) {
    const some = notices.slice(from, from + TOLD_AT_ONCE);
    await asSystem("tell people what happened", (tx) => tellSome(tx, found.event, some));
  }
}

function firstForEach(notices: readonly Notice[]): Notice[] {
  const first = new Map<string, Notice>();
  for (const notice of notices) if (!first.has(notice.personId)) first.set(notice.personId, notice);
  return [...first.values()];
}

/** Where a thing may have been hidden from some, what they were told of it goes too: its title stands in there. */
async function forgetWhatIsHidden(tx: SystemTx, source: NoticeSource, event: ToldEvent): Promise<void> {
  if (!event.name.endsWith("visibility_changed")) return;
  const told = await queries.listTold(tx, event.subjectId);
  if (told.length === 0) return;
  await queries.forgetNotices(tx, event.subjectId, await source.mayStillSee(tx, event.subjectId, told));
}

async function tellSome(tx: SystemTx, event: ToldEvent, notices: readonly Notice[]): Promise<void> {
  const recipients = await queries.listRecipients(
    tx,
    notices.map(({ personId }) => personId),
  );
  const byId = new Map(recipients.map((recipient) => [recipient.id, recipient]));
  const createdAt = now();
  const kept: queries.KeptNotice[] = [];
  const planned: queries.PlannedMail[] = [];
  for (const notice of notices) {
    const person = byId.get(notice.personId);
    if (!person || (event.audience === "staff" && person.side !== "staff")) continue;
    const wishes = wishesOf(person);
    // What is internal stays inside: it stands in the bell of staff, and no mail carries it.
    const how: How = event.audience === "staff" || !wishes ? "off" : howOf(notice.kind, wishes);
    kept.push({ ...notice, accountId: person.accountId, mailState: how === "off" ? "none" : how });
    if (how === "off" || !wishes) continue;
    planned.push({ person: person.id, how, at: dueAt(how, createdAt, wishes, env().NOTICE_MAIL_DELAY_SECONDS) });
  }
  const news = await queries.insertNotices(tx, event, kept, createdAt);
  const due = planned.filter(({ person }) => news.has(person));
  await queries.planMail(tx, due, true);
}

/** What a person wants by mail; null when there is nowhere to write to. */
function wishesOf({ email, language, zone, ...person }: queries.Recipient) {
  if (email === null || language === null || zone === null) return null;
  const choices: Partial<Record<NoticeKind, How>> = {};
  for (const [kind, how] of Object.entries(person.choices)) if (isNoticeKind(kind)) choices[kind] = how as How;
  const { quietFrom: from, quietTo: to } = person;
  const wishes: Wishes = {
    choices,
    quiet: from === null || to === null ? null : { from, to },
    // An address that refused a letter for good is not written to: its server would take us for a sender who does not listen.
    mailOff: (person.mailOff ?? false) || person.refused !== null,
    digestHour: person.digestHour ?? DEFAULT_DIGEST_HOUR,
    zone,
  };
  const { id, side, displayName } = person;
  return { ...wishes, recipient: { id, side, displayName, email, language, zone } };
}

type Waiting = Awaited<ReturnType<typeof queries.takeWaiting>>[number];

/**
 * Writes one letter of everything that waits for a person and is due. What was read meanwhile, is not wanted any more or is
 * not theirs to see any more is left out. Letter and notices change together: however often this runs, each is mailed once.
 */
export async function mailNotices(sources: NoticeSources, personId: string): Promise<void> {
  await asSystem("mail what somebody was told", async (tx) => {
    const waiting = await queries.takeWaiting(tx, personId);
    if (waiting.length === 0) return;
    const at = now();
    const [person] = await queries.listRecipients(tx, [personId]);
    const wishes = person ? wishesOf(person) : null;
    const wanted = (row: Waiting) =>
      row.readAt === null && wishes !== null && isNoticeKind(row.kind) && howOf(row.kind, wishes) !== "off";
    await queries.setMailState(tx, idsOf(waiting.filter((row) => !wanted(row))), "dropped");
    const open = waiting.filter(wanted);
    if (!wishes || open.length === 0) return;

    const delay = env().NOTICE_MAIL_DELAY_SECONDS;
    const dueOf = (row: Waiting) => dueAt(waitsFor(row), row.createdAt, wishes, delay);
    const isDue = (row: Waiting) => dueOf(row) <= at;
    // Outside quiet hours one that is due takes all others along that wait for the same: a burst is one letter.
    const quiet = afterQuiet(at, wishes) > at;
    const instant = open.filter((row) => waitsFor(row) === "instant");
    const daily = open.filter((row) => waitsFor(row) === "daily" && isDue(row) && !quiet);
    const atOnce = !quiet && instant.some(isDue) ? instant : [];
    await writeOne(tx, sources, wishes, atOnce, "instant");
    await writeOne(tx, sources, wishes, daily, "daily");

    const left = open.filter((row) => !atOnce.includes(row) && !daily.includes(row));
    for (const how of ["instant", "daily"] as const) {
      const moments = left
        .filter((row) => waitsFor(row) === how)
        .map((row) => afterQuiet(later(dueOf(row), at), wishes));
      const next = moments.sort((a, b) => a.getTime() - b.getTime())[0];
      if (next) await queries.planMail(tx, [{ person: personId, how, at: next }], false);
    }
  });
}

const waitsFor = (row: Waiting) => (row.mailState === "daily" ? "daily" : "instant");
const idsOf = (rows: readonly Waiting[]) => rows.map(({ id }) => id);
const later = (a: Date, b: Date) => (a > b ? a : b);

type KnownWishes = NonNullable<ReturnType<typeof wishesOf>>;

async function writeOne(
  tx: SystemTx,
  sources: NoticeSources,
  wishes: KnownWishes,
  rows: readonly Waiting[],
  how: "instant" | "daily",
): Promise<void> {
  const { recipient } = wishes;
  const seen = await visible(tx, sources, recipient.id, rows);
  await queries.setMailState(tx, idsOf(rows.filter((row) => !seen.includes(row))), "dropped");
  if (seen.length === 0) return;

  const origin = env().APP_ORIGIN;
  const link = async (kind: NoticeKind | "all") => {
    const proof = await queries.unsubscribeProof(tx, recipient.id, kind);
    return `${origin}/unsubscribe/${unsubscribeToken({ personId: recipient.id, kind, proof })}`;
  };
  const kinds = [...new Set(seen.map(({ kind }) => kind).filter(isNoticeKind))];
  const [onlyKind] = kinds.length === 1 ? kinds : [];
  const stopKind = onlyKind ? await link(onlyKind) : null;
  const stopAll = await link("all");
  const language = isLocale(recipient.language) ? recipient.language : "en";
  const letter = await writeLetter({
    language,
    zone: recipient.zone,
    daily: how === "daily",
    name: recipient.displayName,
    email: recipient.email,
    notices: seen.map((row) => ({ path: row.path, facts: factsOf(row.facts), createdAt: row.createdAt })),
    origin,
    settings: `${origin}${recipient.side === "staff" ? "/staff" : ""}/settings/notifications`,
    stopKind,
    stopAll,
  });
  const { subject, html, text } = letter;
  await queries.insertLetter(tx, {
    personId: recipient.id,
    recipient: recipient.email,
    language,
    subject,
    html,
    bodyText: text,
    unsubscribeUrl: stopKind ?? stopAll,
  });
  await queries.setMailState(tx, idsOf(seen), "mailed");
}

/** Those of the notices whose subject their reader may see at this moment. */
async function visible(tx: SystemTx, sources: NoticeSources, personId: string, rows: readonly Waiting[]) {
  const answers = new Map<string, boolean>();
  for (const { subjectKind, subjectId } of rows) {
    if (answers.has(subjectId)) continue;
    const source = sources[subjectKind];
    answers.set(subjectId, source ? (await source.mayStillSee(tx, subjectId, [personId])).includes(personId) : false);
  }
  return rows.filter(({ subjectId }) => answers.get(subjectId));
}
