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
import * as queries from "./notification.queries.server";

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

/** Tells everybody whom an event concerns. May run twice: nobody is told of one event twice. */
export async function tellPeople(sources: NoticeSources, eventId: string): Promise<void> {
  await asSystem("tell people what happened", async (tx) => {
    const event = await queries.findEvent(tx, eventId);
    const source = event && sources[event.subjectKind];
    if (!event || !source) return;
    await forgetWhatIsHidden(tx, source, event);
    const notices = firstForEach(
      (await source.noticesOf(tx, event)).filter(({ personId }) => personId !== event.actorId),
    );
    if (notices.length === 0) return;
    const present = new Map(
      (
        await queries.listPresent(
          tx,
          notices.map(({ personId }) => personId),
        )
      ).map((one) => [one.id, one]),
    );
    for (const notice of notices) {
      const person = present.get(notice.personId);
      if (!person || (event.audience === "staff" && person.side !== "staff")) continue;
      await tellOne(tx, event, { ...notice, accountId: person.accountId });
    }
  });
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

async function tellOne(tx: SystemTx, event: ToldEvent, notice: Notice & { accountId: string | null }): Promise<void> {
  const wishes = await wishesOf(tx, notice.personId);
  // What is internal stays inside: it stands in the bell of staff, and no mail carries it.
  const how: How = event.audience === "staff" || !wishes ? "off" : howOf(notice.kind, wishes);
  const createdAt = now();
  const mailState = how === "off" ? "none" : how;
  if (!(await queries.insertNotice(tx, event, { ...notice, mailState, createdAt }))) return;
  if (how === "off" || !wishes) return;
  await queries.planMail(
    tx,
    notice.personId,
    how,
    dueAt(how, createdAt, wishes, env().NOTICE_MAIL_DELAY_SECONDS),
    true,
  );
}

/** What a person wants by mail; null when there is nowhere to write to. */
async function wishesOf(tx: SystemTx, personId: string) {
  const recipient = await queries.findRecipient(tx, personId);
  if (!recipient) return null;
  const hours = await queries.findHours(tx, personId);
  const chosen = await queries.findChoices(tx, personId);
  const choices: Partial<Record<NoticeKind, How>> = {};
  for (const { kind, how } of chosen) if (isNoticeKind(kind)) choices[kind] = how as How;
  const quiet = hours?.quietFrom == null || hours.quietTo == null ? null : { from: hours.quietFrom, to: hours.quietTo };
  const wishes: Wishes = {
    choices,
    quiet,
    // An address that refused a letter for good is not written to: its server would take us for a sender who does not listen.
    mailOff: (hours?.mailOff ?? false) || recipient.refused !== null,
    digestHour: hours?.digestHour ?? DEFAULT_DIGEST_HOUR,
    zone: recipient.zone,
  };
  return { ...wishes, recipient };
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
    const wishes = await wishesOf(tx, personId);
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
      if (next) await queries.planMail(tx, personId, how, next, false);
    }
  });
}

const waitsFor = (row: Waiting) => (row.mailState === "daily" ? "daily" : "instant");
const idsOf = (rows: readonly Waiting[]) => rows.map(({ id }) => id);
const later = (a: Date, b: Date) => (a > b ? a : b);

type KnownWishes = NonNullable<Awaited<ReturnType<typeof wishesOf>>>;

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
