import { expect, test } from "vitest";
import {
  browserOf,
  enterByCode,
  type GuestContext,
  guestKeyIn,
  guestOfBrowser,
  mailGuestCode,
  requireGuest,
  viewGuestLink,
} from "~/accounts/guest-door.server";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  auditor,
  brixOwner,
  designer,
  expiredGuest,
  guestTokens,
  metisGuest,
  metisIdeas,
  metisOwner,
  revokedGuest,
  stifferJoint,
} from "../../tests/personas";
import { addGuestComment, guestRoomAccess, viewIdeaAsGuest } from "./guest-ideas.server";
import { addComment } from "./idea-said.server";

const TOKEN = guestTokens.living;
const inBrowser = (guestKey: string | null = null): GuestContext & { clientAddress: string } => ({
  visitor: { actor: null },
  asked: { path: `/guest/${TOKEN}/idea`, document: true },
  guestKey,
  clientAddress: "192.0.2.1",
});
const keyOf = (entry: Awaited<ReturnType<typeof enterByCode>>) => {
  if (!entry.ok) throw new Error(entry.why);
  return guestKeyIn(entry.headers["Set-Cookie"].split(";")[0]);
};
const lastCode = async () => {
  const [letter] = await asSuperuser<{ body_text: string }>(
    "select body_text from mail_outbox where recipient = 'reviewer@guest.example' order by id desc limit 1",
  );
  return /\b\d{6}\b/.exec(letter?.body_text ?? "")?.[0] ?? "";
};

test("a guest sees the idea of the grant with its comments, and one whose grant is over sees nothing", async () => {
  const page = await viewIdeaAsGuest(metisGuest);
  expect(page?.idea.title).toBe("Stiffer joint");
  expect(page?.comments.rows.length).toBeGreaterThan(2);
  for (const over of [expiredGuest, revokedGuest]) expect(await viewIdeaAsGuest(over)).toBeUndefined();
  const elsewhere = { ...metisGuest, object: { kind: "idea", id: metisIdeas.done } } as const;
  expect(await viewIdeaAsGuest(elsewhere)).toBeUndefined();
});

test("a guest reads by name whom a comment on their idea calls, and the names of nobody else", async () => {
  const spoken = await addComment(metisOwner, stifferJoint, "What do you think, @Lena Hartmann?");
  if (!spoken.ok) throw new Error(spoken.why);
  const said = (await viewIdeaAsGuest(metisGuest))?.comments.rows.find(({ id }) => id === spoken.id);
  expect(said?.mentions).toEqual({ [designer.personId]: "Lena Hartmann" });
  const called = auditor.personId;
  const stranger = brixOwner.personId;
  const seen = () =>
    asActor(metisGuest, async (tx) => {
      const people = await tx.selectFrom("people").select("id").where("id", "in", [called, stranger]).execute();
      return people.map(({ id }) => id);
    });
  expect(await seen()).toEqual([]);
  await asSuperuser("update idea_comments set mentions = $2 where id = $1", [spoken.id, [called, stranger]]);
  expect(await seen()).toEqual([called]);
  await asSuperuser("delete from idea_comments where id = $1", [spoken.id]);
});

test("a guest comments under the name of the grant as far as it lets, and the log tells which guest it was", async () => {
  expect(await addGuestComment(metisGuest, "From outside")).toMatchObject({ ok: true });
  expect((await viewIdeaAsGuest(metisGuest))?.comments.rows[0]).toMatchObject({ author: "Ida Reuter", side: "guest" });
  const [event] = await asSuperuser(
    "select actor_side, facts ->> 'guest' as guest from events order by id desc limit 1",
  );
  expect(event).toEqual({ actor_side: "guest", guest: metisGuest.grantId });
  expect(await addGuestComment(revokedGuest, "X")).toEqual({ ok: false, why: "not-found" });
  await asSuperuser("update guest_grants set rights = 'view' where id = $1", [metisGuest.grantId]);
  expect(await addGuestComment({ ...metisGuest, rights: "view" }, "X")).toEqual({ ok: false, why: "may-not-comment" });
  await expect(addGuestComment(metisGuest, "X")).rejects.toThrow(/row-level security/);
  await asSuperuser("update guest_grants set rights = 'comment' where id = $1", [metisGuest.grantId]);
  const room = { name: "", kind: "idea", id: stifferJoint, part: "brief" } as const;
  expect(guestRoomAccess(metisGuest, room)).toBe("comment");
  expect(guestRoomAccess(metisGuest, { ...room, id: metisIdeas.done })).toBe("none");
  expect(guestRoomAccess(metisGuest, { ...room, part: "board" })).toBe("comment");
  expect(guestRoomAccess({ ...metisGuest, rights: "edit" }, { ...room, part: "staff-layer" })).toBe("none");
});

test("a link asks every browser for a code that is mailed when it is asked for, the first one too, and works once", async () => {
  // Looking neither binds nor mails, however often: mail scanners look.
  for (let look = 0; look < 2; look += 1) {
    expect(await viewGuestLink(inBrowser(), TOKEN)).toBe("code");
    const sent = await requireGuest(inBrowser(), TOKEN).catch((thrown: Response) => thrown.headers.get("Location"));
    expect(sent).toBe(`/guest/${TOKEN}`);
  }
  expect(await lastCode()).toBe("");
  expect(await enterByCode(inBrowser(), TOKEN, ""), "no code was asked for").toEqual({ ok: false, why: "wrong" });

  expect(await mailGuestCode(inBrowser(), TOKEN)).toBeNull();
  const earlier = await lastCode();
  const entries = await Promise.all([0, 1].map(() => enterByCode(inBrowser(), TOKEN, earlier)));
  expect(entries.filter((entry) => entry.ok)).toHaveLength(1);
  const first = keyOf(entries.find((entry) => entry.ok) ?? { ok: false, why: "wrong" });
  expect(await viewGuestLink(inBrowser(first), TOKEN)).toBe("in");
  expect((await requireGuest(inBrowser(first), TOKEN)).actor.grantId).toBe(metisGuest.grantId);
  expect(await viewGuestLink(inBrowser(), TOKEN), "another one is asked all the same").toBe("code");

  expect(await mailGuestCode(inBrowser(), TOKEN)).toBeNull();
  const code = await lastCode();
  const wrong = code === "000000" ? "000001" : "000000";
  expect(await enterByCode(inBrowser(), TOKEN, wrong)).toEqual({ ok: false, why: "wrong" });
  const second = keyOf(await enterByCode(inBrowser(), TOKEN, code));
  expect(await guestOfBrowser(browserOf(second ?? ""), stifferJoint)).not.toBeNull();
  expect(await guestOfBrowser(browserOf(second ?? ""), metisIdeas.done)).toBeNull();
  expect(await enterByCode(inBrowser(), TOKEN, code)).toEqual({ ok: false, why: "wrong" });

  expect(await mailGuestCode(inBrowser(), TOKEN)).toBeNull();
  const tried = await lastCode();
  for (let guess = 0; guess < 5; guess += 1) await enterByCode(inBrowser(), TOKEN, tried === "999999" ? "1" : "999999");
  expect(await enterByCode(inBrowser(), TOKEN, tried)).toEqual({ ok: false, why: "wrong" });

  await asSuperuser("update guest_grants set revoked_at = now() where id = $1", [metisGuest.grantId]);
  expect(await guestOfBrowser(browserOf(first ?? ""), stifferJoint)).toBeNull();
  expect(await requireGuest(inBrowser(first), TOKEN).catch((thrown: Response) => thrown.status)).toBe(404);
});

test("a guest who writes without end is asked to wait, from wherever they write; another guest goes on", async () => {
  const busy = { ...metisGuest, grantId: crypto.randomUUID() };
  const answers: string[] = [];
  for (let number = 0; number < 21; number += 1) {
    const outcome = await addGuestComment(busy, "Again");
    answers.push(outcome.ok ? "ok" : outcome.why);
  }
  expect(answers.slice(0, 20)).not.toContain("too-often");
  expect(answers[20]).toBe("too-often");
  expect(await addGuestComment({ ...busy, grantId: crypto.randomUUID() }, "Once")).not.toMatchObject({
    why: "too-often",
  });
});
