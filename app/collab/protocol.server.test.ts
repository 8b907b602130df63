import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import { Malformed, presence, readMessage, refusal, step1, step2, update } from "./protocol.server";
import { boardRoom, briefRoom, parseRoom, roomOfPath } from "./room";
import { addressOf } from "./ui/address";

const ID = "0d000000-0000-4000-8000-000000000001";
const body = new Uint8Array([1, 2, 3]);

test("what one side says, the other reads", () => {
  expect(readMessage(step1(body))).toEqual({ kind: "step1", stateVector: body });
  expect(readMessage(step2(body))).toEqual({ kind: "step2", update: body });
  expect(readMessage(update(body))).toEqual({ kind: "update", update: body });
  const entries = [{ client: 7, clock: 3, state: { user: { name: "灯" } } }];
  expect(readMessage(presence(entries))).toEqual({ kind: "presence", entries });
  expect(readMessage(encoding.encode((encoder) => encoding.writeVarUint(encoder, 3)))).toEqual({
    kind: "ask-presence",
  });
});

test("a client does not refuse, and nothing follows a message", () => {
  expect(() => readMessage(refusal("read-only"))).toThrow(Malformed);
  expect(() => readMessage(new Uint8Array([...update(body), 0]))).toThrow(Malformed);
});

test("any bytes are read or refused, and never anything else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        expect(readMessage(bytes).kind).toBeTypeOf("string");
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a room is an idea's brief, its board or what staff draw beside it, spelt exactly", () => {
  expect(parseRoom(briefRoom(ID))).toEqual({ name: `idea:${ID}:brief`, kind: "idea", id: ID, part: "brief" });
  for (const part of ["board", "staff-layer"] as const) {
    expect(parseRoom(boardRoom(ID, part))).toMatchObject({ id: ID, part });
  }
  const none = [
    "",
    "idea",
    `idea:${ID}`,
    `idea:${ID}:boards`,
    `idea:${ID}:staff`,
    `idea:${ID.toUpperCase()}:brief`,
    `x idea:${ID}:brief`,
    `idea:${ID}:brief\n`,
  ];
  for (const name of none) expect(parseRoom(name)).toBeNull();
  expect(roomOfPath(`/collab/idea%3A${ID}%3Abrief`)).toMatchObject({ id: ID });
  for (const path of ["/collab/", "/collab/%E0%A4%A", "/collab/../x"]) expect(roomOfPath(path)).toBe("no-room");
  for (const path of ["", "/", "/collab", "/other", `/x/collab/idea:${ID}:brief`]) expect(roomOfPath(path)).toBeNull();
});

test("addresses may be typed as people say them", () => {
  expect(addressOf(" example.com ")).toBe("https://example.com/");
  expect(addressOf("example.com/a?b")).toBe("https://example.com/a?b");
  expect(addressOf("name@example.com")).toBe("mailto:name@example.com");
  expect(addressOf("/ideas")).toBe("/ideas");
  for (const wrong of ["", "hello", "two words", "javascript:alert(1)", "javascript.x:alert(1)@y"])
    expect(addressOf(wrong)).toBeNull();
});
