import { describe, expect, test } from "vitest";
import { judgeRows, ownDomain, readDomain, readHeadings, readRow } from "./account-import";
import { readTable } from "./account-table.server";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a list is read as it was saved", () => {
  test.each([",", ";", "\t"])("with %j between its cells", (mark) => {
    const table = readTable(bytes(`${["name", "kind"].join(mark)}\n${["Metis", "dealer"].join(mark)}`));
    expect(table).toEqual({
      ok: true,
      rows: [
        ["name", "kind"],
        ["Metis", "dealer"],
      ],
    });
  });

  test("with a mark of its encoding, quotes, line breaks inside cells and lines that end as on Windows", () => {
    const table = readTable(bytes('\ufeffname;email\r\n"Ламп; і син\r\nЛьвів";a@b.example\r\n\r\n'));
    expect(table).toEqual({
      ok: true,
      rows: [
        ["name", "email"],
        ["Ламп; і син\nЛьвів", "a@b.example"],
      ],
    });
  });

  test("and is refused in words when it is not text, is empty, is damaged or is too long", () => {
    expect(readTable(new Uint8Array([0xff, 0xfe, 0x41, 0xd8]))).toEqual({ ok: false, why: "not-utf8" });
    expect(readTable(bytes("n\0ame"))).toEqual({ ok: false, why: "not-utf8" });
    expect(readTable(bytes("  \n"))).toEqual({ ok: false, why: "empty" });
    expect(readTable(bytes('name\n"open'))).toEqual({ ok: false, why: "damaged" });
    expect(readTable(bytes(`name\n${"x\n".repeat(5001)}`))).toEqual({ ok: false, why: "too-long" });
  });
});

test("headings are known in four languages, and one of names is needed", () => {
  expect(readHeadings(["Company", "E-Mail", "other"])).toEqual(["name", "email", null]);
  expect(readHeadings(["Назва", "Вид"])).toEqual(["name", "kind"]);
  expect(readHeadings(["名称", "邮箱"])).toEqual(["name", "email"]);
  expect(readHeadings(["email", "kind"])).toBeNull();
});

test("a website, an address and a domain name one domain; mail that everybody has names none", () => {
  expect(readDomain("https://www.Metis.example/de?x=1")).toBe("metis.example");
  expect(readDomain("jo@Sub.metis.example")).toBe("sub.metis.example");
  expect(readDomain("metis")).toBeNull();
  expect(ownDomain("a@gmail.com")).toBeNull();
  expect(ownDomain("a@metis.example")).toBe("metis.example");
});

test.each([
  [{ name: " " }, "no-name"],
  [{ name: "x".repeat(121) }, "long-name"],
  [{ name: "A", kind: "friend" }, "unknown-kind"],
  [{ name: "A", email: "a@b" }, "bad-email"],
  [{ name: "A", domain: "not a domain" }, "bad-domain"],
  [{ name: "A", value: "a lot" }, "bad-value"],
  [{ name: "A", value: "5", currency: "LAMPS" }, "bad-value"],
])("a line that cannot become an account says why: %j", (cells, why) => {
  expect(readRow(cells)).toEqual({ ok: false, why });
});

test("each line is new, the like of an account we have, or the like of a line before it", () => {
  const lines = [
    { name: "Nova", email: "jo@nova.example" },
    { name: "Metis GmbH", email: "new@metis.example" },
    { name: "BRIX" },
    { name: "Nova again", domain: "nova.example" },
    { name: "Known person", email: "Owner@metis.example" },
    { name: "Two", email: "a@gmail.com" },
    { name: "Three", email: "b@gmail.com" },
    { name: "" },
  ].map((cells, index) => ({ line: index + 2, cells }));
  const judged = judgeRows(lines, [
    { how: "domain", word: "metis.example", accountId: "m" },
    { how: "email", word: "owner@metis.example", accountId: "m" },
    { how: "name", word: "brix", accountId: "b" },
  ]);
  expect(judged.map(({ verdict, why, duplicateOf }) => [verdict, why, duplicateOf])).toEqual([
    ["new", null, null],
    ["duplicate", "domain", "m"],
    ["duplicate", "name", "b"],
    ["duplicate", "earlier-line", null],
    ["duplicate", "email", "m"],
    ["new", null, null],
    ["new", null, null],
    ["refused", "no-name", null],
  ]);
});
