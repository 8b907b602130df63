import { expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { guestTokens } from "../../tests/personas";
import { enterByCode, mailGuestCode } from "./guest-door.server";

const browser = {
  visitor: { actor: null },
  asked: { path: `/guest/${guestTokens.living}/idea`, document: true },
  guestKey: null,
  clientAddress: "192.0.2.1",
} as const;
const tryCode = (code: string) => enterByCode(browser, guestTokens.living, code);

async function mailedCode(): Promise<string> {
  expect(await mailGuestCode(browser, guestTokens.living)).toBeNull();
  const [letter] = await asSuperuser<{ body_text: string }>(
    "select body_text from mail_outbox where recipient = 'reviewer@guest.example' order by id desc limit 1",
  );
  return /\b\d{6}\b/.exec(letter?.body_text ?? "")?.[0] ?? "";
}

test("a right code tried in haste is told to wait, and lets the guest in afterwards", async () => {
  for (let guess = 0; guess < 20; guess += 1) expect(await tryCode("1")).toEqual({ ok: false, why: "wrong" });
  const code = await mailedCode();
  expect(await tryCode(code)).toEqual({ ok: false, why: "too-often" });
  await asSuperuser("delete from limits.rate_limits where key like 'guest.try%'");
  expect(await tryCode(code)).toMatchObject({ ok: true });
  expect(await tryCode(code), "it works once").toEqual({ ok: false, why: "wrong" });
});
