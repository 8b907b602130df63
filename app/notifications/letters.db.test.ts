import { afterEach, beforeEach, expect, test } from "vitest";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { moveClock, now, resetClock } from "~/kernel/clock";
import type { NoticeFacts, NoticeSource } from "~/kernel/notice";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  brixOwner,
  designer,
  hanlinEngineer,
  manager,
  metisApprover,
  metisOwner,
  metisViewer,
  pricing,
  stifferJoint,
} from "../../tests/personas";
import { mailNotices } from "./notification.jobs.server";
import {
  bellOf,
  listNotices,
  mailTroubles,
  readNotices,
  saveSettings,
  settingsOf,
  tryAddressAgain,
  unsubscribe,
  unsubscription,
} from "./notifications.server";

/** News by mail: one letter for a burst, in its reader's language, hours and zone, and none for what was read. */

type Person = ClientActor | StaffActor;
const MINUTE = 60_000;
let hidden: string[] = [];
const source: NoticeSource = {
  noticesOf: async () => [],
  mayStillSee: async (_tx, _id, people) => people.filter((id) => !hidden.includes(id)),
};
const send = (who: Person) => mailNotices({ idea: source }, who.personId);

beforeEach(async () => {
  hidden = [];
  // A morning in Europe, whatever the hour this runs at.
  moveClock(new Date("2026-11-24T10:00:00Z").getTime() - now().getTime());
  for (const table of [
    "notifications",
    "mail_outbox",
    "notification_choices",
    "notification_settings",
    "mail_suppressions",
  ]) {
    await asSuperuser(`delete from ${table}`);
  }
});
afterEach(resetClock);

const FACTS: NoticeFacts = { says: "commented", title: "Stiffer joint", who: "Lena Hartmann", excerpt: "At 60 cm?" };
let events = 800_000;
async function told(
  who: Person,
  facts: Partial<NoticeFacts> = {},
  row: { kind?: string; state?: string; subject?: string } = {},
): Promise<void> {
  events += 1;
  await asSuperuser(
    `insert into events (id, account_id, chain, chain_seq, name, subject_kind, subject_id, actor_side, audience, facts,
       happened_at, prev_hash, hash) overriding system value
     values ($1, $2, $3, $1, 'idea.tested', 'idea', $3, 'staff', 'both', '{}', now() - interval '1 day', sha256(''), sha256(''))`,
    [events, accounts.metis, stifferJoint],
  );
  await asSuperuser(
    `insert into notifications (person_id, account_id, kind, event_id, subject_kind, subject_id, path, facts, mail_state, created_at)
     values ($1, $2, $3, $4, 'idea', $5, $6, $7, $8, $9)`,
    [
      who.personId,
      who.side === "client" ? who.accountId : null,
      row.kind ?? "comment",
      events,
      row.subject ?? stifferJoint,
      `/ideas/${stifferJoint}#c`,
      JSON.stringify({ ...FACTS, ...facts }),
      row.state ?? "instant",
      now(),
    ],
  );
}

type Kept = {
  recipient: string;
  language: string;
  subject: string;
  html: string;
  body_text: string;
  unsubscribe_url: string;
};
const letters = () => asSuperuser<Kept>("select * from mail_outbox order by id");
const states = async () =>
  (await asSuperuser<{ mail_state: string }>("select mail_state from notifications order by id")).map(
    (row) => row.mail_state,
  );
const plannedFor = async (who: Person) =>
  (
    await asSuperuser<{ run_at: Date }>(
      "select run_at from graphile_worker.jobs where key like 'mail_notices:%' || $1 order by run_at",
      [who.personId],
    )
  ).map(({ run_at }) => run_at.toISOString());

test.each([
  [metisOwner, "uk", /новий коментар до ідеї «Stiffer joint»/, "Вітаємо"],
  [hanlinEngineer, "zh", /评论了/, "您好"],
  [designer, "en", /commented on “Stiffer joint”/, "Hello"],
] as const)("a letter speaks its reader's language (%#)", async (who, language, subject, hello) => {
  await told(who);
  moveClock(2 * MINUTE);
  await send(who);
  const [letter] = await letters();
  expect(letter).toMatchObject({ language, subject: expect.stringMatching(subject) });
  expect(letter?.html).toContain(hello);
  expect(letter?.body_text).toContain(hello);
  expect(letter?.body_text).toContain(`http://localhost:3000/ideas/${stifferJoint}#c`);
});

test("a burst is one letter, however often the job runs, and nothing goes out before it was collected", async () => {
  for (let number = 0; number < 40; number += 1) await told(metisOwner, { excerpt: `Number ${number}.` });
  await send(metisOwner);
  expect(await letters()).toEqual([]);
  moveClock(MINUTE);
  await Promise.all([send(metisOwner), send(metisOwner), send(metisOwner)]);
  const sent = await letters();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.subject).toContain("40");
  expect(sent[0]?.body_text).toContain("Number 29.");
  expect(sent[0]?.body_text).not.toContain("Number 30.");
  expect(new Set(await states())).toEqual(new Set(["mailed"]));
});

test("what was read on the page meanwhile is not mailed", async () => {
  await told(metisOwner);
  await readNotices(metisOwner, "all");
  moveClock(2 * MINUTE);
  await send(metisOwner);
  expect(await letters()).toEqual([]);
  expect(await states()).toEqual(["dropped"]);
});

test("opening the page of a thing reads what one was told of it; a fetch of its data does not", async () => {
  await told(metisOwner);
  const path = `/ideas/${stifferJoint}`;
  expect(await bellOf(metisOwner, { path, document: false })).toEqual({ unread: 1, subjects: [stifferJoint] });
  expect(await bellOf(metisOwner, { path: "/ideas", document: true })).toMatchObject({ unread: 1 });
  expect(await bellOf(metisOwner, { path, document: true })).toEqual({ unread: 0, subjects: [] });
});

test("nobody reads or marks what another person was told: not a colleague, a stranger or staff", async () => {
  await told(metisOwner);
  for (const other of [metisApprover, brixOwner, designer]) {
    expect((await listNotices(other, "en", null)).rows).toEqual([]);
    await readNotices(other, "all");
    await readNotices(other, { subjectId: stifferJoint });
  }
  expect(await bellOf(metisOwner, { path: "/", document: true })).toMatchObject({ unread: 1 });
});

test("quiet hours hold a letter until they end, in the reader's zone", async () => {
  const form = { digestHour: 8, quietFrom: 11, quietTo: 15, mailOff: undefined };
  await asSuperuser("update person_contacts set zone = 'Europe/Kyiv' where person_id = $1", [metisOwner.personId]);
  await saveSettings(metisOwner, form);
  await told(metisOwner);
  moveClock(2 * MINUTE);
  await send(metisOwner);
  expect(await letters()).toEqual([]);
  // 15:00 in Kyiv.
  expect(await plannedFor(metisOwner)).toContain("2026-11-24T13:00:00.000Z");
  moveClock(3 * 60 * MINUTE);
  await send(metisOwner);
  expect(await letters()).toHaveLength(1);
});

test("a letter that is due comes before one that was planned for the end of hours that are no longer quiet", async () => {
  const plan = (at: string) =>
    asSuperuser("select private.plan_notice_mail($1, 'instant', $2, true)", [metisOwner.personId, at]);
  const [due, later, endOfQuiet] = ["2026-11-24T10:01:00.000Z", "2026-11-24T10:02:00.000Z", "2026-11-24T13:00:00.000Z"];
  await asSuperuser("select private.plan_notice_mail($1, 'instant', $2, false)", [metisOwner.personId, endOfQuiet]);
  await plan(due);
  expect(await plannedFor(metisOwner)).toEqual([due]);
  // A second one of the same burst does not put the first one off.
  await plan(later);
  expect(await plannedFor(metisOwner)).toEqual([due]);
});

test("what waits for the daily mail goes out at the reader's hour, as one letter", async () => {
  await asSuperuser("update person_contacts set zone = 'Asia/Shanghai' where person_id = $1", [
    hanlinEngineer.personId,
  ]);
  await told(hanlinEngineer, {}, { state: "daily" });
  await told(hanlinEngineer, { says: "supported" }, { kind: "support", state: "daily" });
  moveClock(60 * MINUTE);
  await send(hanlinEngineer);
  expect(await letters()).toEqual([]);
  expect(await plannedFor(hanlinEngineer)).toContain("2026-11-25T00:00:00.000Z");
  moveClock(13 * 60 * MINUTE);
  await send(hanlinEngineer);
  const sent = await letters();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.subject).toContain("您在 Tandem 的一天");
});

test("what is not wanted any more, not theirs to see any more or has nowhere to go is not mailed", async () => {
  await told(metisOwner);
  await asSuperuser("insert into notification_choices values ($1, 'comment', 'off')", [metisOwner.personId]);
  await told(metisApprover);
  hidden = [metisApprover.personId];
  await told(hanlinEngineer);
  await asSuperuser(
    "insert into mail_suppressions (email, said) values ('engineer@hanlin.example', '550 No such mailbox')",
  );
  await told(brixOwner);
  await asSuperuser("update people set removed_at = now() where id = $1", [brixOwner.personId]);
  moveClock(2 * MINUTE);
  for (const who of [metisOwner, metisApprover, hanlinEngineer, brixOwner]) await send(who);
  await asSuperuser("update people set removed_at = null where id = $1", [brixOwner.personId]);
  expect(await letters()).toEqual([]);
  expect(new Set(await states())).toEqual(new Set(["dropped"]));
});

const ATTACKS = [
  `<img src=x onerror=alert(1)>`,
  `<script>alert(1)</script>`,
  `"><svg onload=alert(1)>`,
  `</title><script>alert(1)</script>`,
  `<a href="javascript:alert(1)">x</a>`,
  `{{constructor.constructor('alert(1)')()}}`,
  `<who>x</who> {who} <about>`,
  `Subject\r\nBcc: everybody@brix.example`,
  `&lt;b&gt;<b>`,
  `<!--<style>@import 'http://evil.example'</style>`,
];
test.each(ATTACKS)("a name, a title and words are text in a letter, whatever they hold: %s", async (attack) => {
  await told(metisOwner, { who: attack, title: attack, excerpt: attack });
  await told(metisOwner, { says: "merged", who: attack, title: attack, other: attack });
  moveClock(2 * MINUTE);
  await send(metisOwner);
  const [letter] = await letters();
  expect(letter?.subject).not.toMatch(/[\r\n]/);
  const tags = [...(letter?.html ?? "").matchAll(/<([a-z]+)[\s>]/g)].map(([, tag]) => tag);
  expect(tags.filter((tag) => ["script", "img", "svg", "b", "who", "about", "style"].includes(tag ?? ""))).toEqual([]);
  expect(letter?.html).not.toMatch(/href="javascript:|<[^>]+\son[a-z]+=/i);
});

const tokenIn = (letter: Kept | undefined) => /\/unsubscribe\/(\S+)$/.exec(letter?.unsubscribe_url ?? "")?.[1] ?? "";

test("one click ends the kind that a letter is of, or all when it holds several, and is seen in the settings", async () => {
  await told(metisOwner);
  moveClock(2 * MINUTE);
  await send(metisOwner);
  const token = tokenIn((await letters())[0]);
  expect(await unsubscription(token)).toBe("comment");
  expect((await settingsOf(metisOwner)).choices.comment).toBe("instant");
  expect(await unsubscribe(token)).toBe("comment");
  expect(await unsubscribe(token)).toBe("comment");
  expect(await settingsOf(metisOwner)).toMatchObject({
    mailOff: false,
    choices: { comment: "off", mention: "instant" },
  });

  await told(metisOwner, {}, { kind: "mention" });
  await told(metisOwner, {}, { kind: "status" });
  moveClock(2 * MINUTE);
  await send(metisOwner);
  const all = tokenIn((await letters())[1]);
  expect(await unsubscribe(all)).toBe("all");
  expect((await settingsOf(metisOwner)).mailOff).toBe(true);
});

test("twelve forged unsubscribe links change nothing for anybody", async () => {
  await told(metisOwner);
  await told(metisViewer);
  moveClock(2 * MINUTE);
  await send(metisOwner);
  await send(metisViewer);
  const [mine, theirs] = (await letters()).map(tokenIn);
  const [person = "", kind = "", proof = ""] = (mine ?? "").split(".");
  const [other = "", , otherProof = ""] = (theirs ?? "").split(".");
  const flipped = proof.startsWith("A") ? `B${proof.slice(1)}` : `A${proof.slice(1)}`;
  const forged = [
    `${person}.all.${proof}`,
    `${person}.mention.${proof}`,
    `${other}.${kind}.${proof}`,
    `${person}.${kind}.${otherProof}`,
    `${person}.${kind}.${flipped}`,
    `${person}.${kind}.${proof.slice(0, -1)}`,
    `${person}.${kind}.${proof}A`,
    `${person}.${kind}.${"A".repeat(43)}`,
    `${person.toUpperCase()}.${kind}.${proof}`,
    `00000000-0000-0000-0000-000000000000.${kind}.${proof}`,
    `${person}.' or true --.${proof}`,
    `${person}.${kind}.${proof}\n`,
  ];
  expect(new Set(forged).size).toBe(12);
  for (const token of forged) {
    expect(await unsubscription(token), token).toBeNull();
    expect(await unsubscribe(token), token).toBeNull();
  }
  expect(await asSuperuser("select from notification_choices")).toEqual([]);
  expect(await asSuperuser("select from notification_settings")).toEqual([]);
});

test("staff see whose address refused mail, and managers let it be tried again", async () => {
  await asSuperuser(
    "insert into mail_suppressions (email, said) values ('owner@metis.example', '550 No such mailbox')",
  );
  expect(await mailTroubles(designer, [metisOwner.personId, brixOwner.personId])).toMatchObject([
    { personId: metisOwner.personId, said: "550 No such mailbox" },
  ]);
  expect(await tryAddressAgain(pricing, metisOwner.personId)).toBe(false);
  expect(await tryAddressAgain(manager, metisOwner.personId)).toBe(true);
  expect(await mailTroubles(designer, [metisOwner.personId])).toEqual([]);
});
