import { describe, expect, test } from "vitest";
import { Calls, LED_AFTER, ledAt, WRITING } from "./calls";
import { Presence, type PresenceOwner } from "./presence.server";

const present = (...of: [client: number, times: number][]) => new Map(of);

describe("a call to everybody", () => {
  test("is heard once by who is here", () => {
    const calls = new Calls();
    expect(calls.hear(present([1, 0], [2, 0]))).toEqual([]);
    expect(calls.hear(present([1, 1], [2, 0]))).toEqual([1]);
    expect(calls.hear(present([1, 1], [2, 0]))).toEqual([]);
    expect(calls.hear(present([1, 2], [2, 1]))).toEqual([1, 2]);
  });

  test("is not heard by who comes later, nor again when its caller was away for a moment", () => {
    const calls = new Calls();
    expect(calls.hear(present([1, 3]))).toEqual([]);
    expect(calls.hear(present())).toEqual([]);
    expect(calls.hear(present([1, 3]))).toEqual([]);
    expect(calls.hear(present([1, 4]))).toEqual([1]);
  });
});

describe("who is called", () => {
  test("is taken along after a while", () => {
    expect(ledAt(1_000, null)).toBe(1_000 + LED_AFTER);
    expect(ledAt(100_000, 100_000 - WRITING)).toBe(100_000 + LED_AFTER);
  });

  test("stays where they are while they write: before the call, and until they would be taken", () => {
    expect(ledAt(100_000, 100_001 - WRITING)).toBeNull();
    expect(ledAt(100_000, 100_000)).toBeNull();
    expect(ledAt(100_000, 100_000 + LED_AFTER - 1)).toBeNull();
  });
});

describe("the server lets", () => {
  const place = { type: null, tname: "default", item: null, assoc: 0 };
  const at = { anchor: place, head: place };
  const callOf = (owner: Partial<PresenceOwner>, call: unknown) => {
    const identity = { personId: "id", name: "Ann", color: "#0f6b66" };
    const [news] = new Presence().hear({ identity, mayPoint: true, mayCall: true, ...owner }, [
      { client: 1, clock: 1, state: { call, user: { mayCall: true }, mayCall: true } },
    ]);
    return (news?.state as { call?: unknown } | undefined)?.call;
  };

  test("staff who may write call everybody, to a place and with nothing else", () => {
    expect(callOf({}, { n: 2, at, name: "The boss" })).toEqual({ n: 2, at });
    expect(callOf({}, { n: 1, at: "here" })).toEqual({ n: 1, at: null });
  });

  test.each([
    ["customers and guests", { mayCall: false }, { n: 1, at }],
    ["somebody of whom nobody said so", { mayCall: undefined }, { n: 1, at }],
    ["who only reads", { mayPoint: false }, { n: 1, at }],
    ["a number that is none", {}, { n: "1", at }],
    ["a call without a number", {}, { at }],
    ["something that is no call", {}, "everybody"],
  ])("not %s", (_who, owner, call) => {
    expect(callOf(owner as Partial<PresenceOwner>, call)).toBeUndefined();
  });
});
