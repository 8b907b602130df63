import { describe, expect, test } from "vitest";
import { designer, metisOwner } from "../../tests/personas";
import type { Asked } from "./account";
import { type GuardContext, requireClient, requireNobody, requirePerson, requireStaff } from "./session.server";
import type { Visitor } from "./visitor";

const nobody: Visitor = { actor: null };
const person = { id: "p", name: "Somebody", accountName: null, locale: null, zone: "UTC" };
const session = { sessionId: "s", mailboxProvedAt: null, identityProvedAt: null, hasSecondFactor: false };
const client: Visitor = { actor: metisOwner, person: { ...person, side: "client" }, ...session };
const staff: Visitor = { actor: designer, person: { ...person, side: "staff" }, ...session };

const at = (visitor: Visitor, path = "/ideas?status=new", document = true): GuardContext => {
  const asked: Asked = { path, document };
  return { visitor, asked };
};

/** What a guard answers in place of the page: status and where it sends to. */
async function answer(guarded: Promise<unknown>) {
  const thrown = await guarded.then(
    () => null,
    (response: unknown) => response,
  );
  if (!(thrown instanceof Response)) return null;
  const to = thrown.headers.get("Location");
  return to === null ? { status: thrown.status } : { status: thrown.status, to };
}

const SIGN_IN = { status: 302, to: `/login?next=${encodeURIComponent("/ideas?status=new")}` };

describe("a page of the portal", () => {
  test("is for clients", async () => expect(await requireClient(at(client))).toBe(metisOwner));
  test("does not exist for staff", async () => expect(await answer(requireClient(at(staff)))).toEqual({ status: 404 }));
  test("sends nobody to sign in and back", async () =>
    expect(await answer(requireClient(at(nobody)))).toEqual(SIGN_IN));
});

describe("a page of staff", () => {
  test("is for staff", async () => expect(await requireStaff(at(staff))).toBe(designer));
  test("does not exist for clients", async () =>
    expect(await answer(requireStaff(at(client)))).toEqual({ status: 404 }));
  test("sends nobody to sign in and back", async () => expect(await answer(requireStaff(at(nobody)))).toEqual(SIGN_IN));
});

test("the front door shows staff to theirs, and only when it is opened as a page", async () => {
  expect(await answer(requireClient(at(staff, "/")))).toEqual({ status: 302, to: "/staff" });
  expect(await answer(requireClient(at(staff, "/", false)))).toEqual({ status: 404 });
  expect(await answer(requireClient(at(nobody, "/")))).toEqual({ status: 302, to: "/login" });
});

test("what both sides use is for whoever is signed in", async () => {
  expect(await requirePerson(at(client))).toBe(metisOwner);
  expect(await requirePerson(at(staff))).toBe(designer);
  expect(await answer(requirePerson(at(nobody)))).toEqual(SIGN_IN);
  expect(await answer(requirePerson(at(nobody, "/api/files/1", false)))).toEqual({ status: 401 });
});

test("the sign-in page sends home whoever is signed in", async () => {
  expect(await answer(requireNobody(at(client)))).toEqual({ status: 302, to: "/" });
  expect(await answer(requireNobody(at(staff)))).toEqual({ status: 302, to: "/staff" });
  expect(await answer(requireNobody(at(nobody)))).toBeNull();
});

test("nobody is sent to another site by way of the sign-in page", async () => {
  for (const path of ["//evil.example", "/.//evil.example", "/login", "/\\evil.example"]) {
    expect(await answer(requireClient(at(nobody, path))), path).toEqual({ status: 302, to: "/login" });
  }
});
