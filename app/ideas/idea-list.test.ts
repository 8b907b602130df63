import { describe, expect, test } from "vitest";
import {
  EVERYTHING,
  listAddress,
  listQuery,
  narrowings,
  placedPage,
  readPlace,
  shownColumns,
  USUAL_COLUMNS,
} from "./idea-list";
import { portalFilter, staffFilter } from "./idea-list.schema";

const id = "0190a000-0000-7000-8000-000000000001";
const at = (query: string) => `http://localhost/ideas?${query}`;

describe("a list's address", () => {
  test.each([
    ["newest", USUAL_COLUMNS],
    ["activity", USUAL_COLUMNS],
    ["value", ["account", "owner", "accounts", "people", "value", "activity"]],
    ["due", ["account", "owner", "accounts", "people", "due", "activity"]],
  ] as const)("a list in the order %s shows what it is in the order of", (sort, columns) => {
    expect(shownColumns({ sort, columns: USUAL_COLUMNS })).toEqual(columns);
    if (sort !== "newest") expect(shownColumns({ sort, columns: ["tags"] })).toContain(sort);
  });

  test("says no more than it takes, and is read back as it was", () => {
    expect(listAddress("/staff/ideas", EVERYTHING)).toBe("/staff/ideas");
    const filter = {
      ...EVERYTHING,
      q: "lamp & arm",
      status: "planned",
      owner: "me",
      due: "late",
      sort: "due",
    } as const;
    expect(staffFilter(at(listQuery(filter))).filter).toEqual(filter);
    const mine = { ...portalFilter(at("")).filter, mine: true, scope: "followed", sort: "people" } as const;
    expect(portalFilter(at(listQuery(mine))).filter).toEqual(mine);
    expect(narrowings(mine)).toBe(1);
  });

  test("narrows nothing by what is not ours, whoever wrote it", () => {
    const odd =
      "status=%27;--&kind=x&product=1&owner=boss&tag=&due=never&visibility=me&merged=1&sort=password&columns=x,y";
    expect(staffFilter(at(odd)).filter).toEqual(EVERYTHING);
    expect(portalFilter(at("scope=theirs&sort=value&mine=yes")).filter).toEqual(portalFilter(at("")).filter);
  });
});

test("ideas of all customers are ordered by what everybody may know of them: never by when something last happened", () => {
  expect(portalFilter(at("scope=all&sort=activity")).filter.sort).toBe("newest");
  expect(portalFilter(at("scope=followed&sort=activity")).filter.sort).toBe("activity");
  expect(portalFilter(at("sort=activity")).filter.sort).toBe("activity");
});

describe("the place of a page", () => {
  test("is read for the order it was made in, and for no other", () => {
    expect(readPlace(id, "newest")).toEqual({ id, key: null });
    expect(readPlace(`17_${id}`, "accounts")).toEqual({ id, key: "17" });
    expect(readPlace(id, "accounts")).toBeNull();
    expect(readPlace(`17_${id}`, "newest")).toBeNull();
    for (const text of [null, "", "x", `-1_${id}`, `1e3_${id}`, `17_${id} `, `${id}' or 1=1`]) {
      expect(readPlace(text, "accounts")).toBeNull();
      expect(readPlace(text, "newest")).toBeNull();
    }
  });

  test("is that of the last row shown, and there is none behind the last page", () => {
    const rows = [
      { id: "a", key: "3" },
      { id: "b", key: "2" },
      { id: "c", key: "2" },
    ];
    expect(placedPage(rows, 2)).toEqual({ rows: [{ id: "a" }, { id: "b" }], next: "2_b" });
    expect(placedPage(rows, 3).next).toBeNull();
  });
});
