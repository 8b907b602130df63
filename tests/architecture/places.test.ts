import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { clientFurther } from "~/commands";
import { STAFF_PLACES } from "~/maker-places";
import { CLIENT_PLACES } from "~/places";
import { staffFurther } from "~/staff-places";

/** Pages without a parameter that neither navigation nor palette leads to, and why. */
const NO_PLACE: Record<string, string> = {
  "/accept": "a letter of invitation leads there",
  "/confirm": "a letter leads there",
  "/confirm-identity": "it is asked for where a proof is needed",
  "/forgot": "for somebody who is not signed in",
  "/login": "for somebody who is not signed in",
  "/login/code": "for somebody who is not signed in",
  "/login/enrol": "for somebody who is not signed in yet",
  "/login/second-factor": "for somebody who is not signed in yet",
  "/logout": "the palette signs out by a form of its own",
  "/new-password": "a letter leads there",
  "/offline": "shown by the browser itself",
  "/dev/ui": "for developers, with local services only",
  "/staff/ideas.csv": "a file, which the list of ideas offers",
};

const FURTHER = { client: clientFurther, staff: staffFurther };
const PLACES = { client: CLIENT_PLACES, staff: STAFF_PLACES };
const addressesOf = (side: "client" | "staff"): string[] => [...PLACES[side], ...FURTHER[side]].map(({ to }) => to);

/** The address of each page whose file names no parameter: layouts and what answers programs are no pages. */
const pages = readdirSync(fileURLToPath(new URL("../../app/routes/", import.meta.url)))
  .filter((file) => !/[$]|^api[.]|[.]test[.]/.test(file))
  .map((file) => file.replace(/[.]tsx?$/, "").replaceAll("[.]", "\u0000"))
  .filter((name, _at, names) => !names.some((other) => other.startsWith(`${name}.`)))
  .map((name) => {
    const parts = name.split(".").filter((part) => part !== "_index" && !part.startsWith("_"));
    return `/${parts.map((part) => part.replace(/_$/, "")).join("/")}`.replaceAll("\u0000", ".");
  });

test("there are pages to look at", () => {
  expect(pages.length).toBeGreaterThan(30);
  expect(pages).toContain("/staff/settings/notifications");
});

test.each(pages.filter((page) => !(page in NO_PLACE)))("navigation or palette leads to %s", (page) => {
  const sides = page.startsWith("/staff") ? (["staff"] as const) : (["client"] as const);
  for (const side of sides) expect(addressesOf(side)).toContain(page);
});

test("every place is a page, is offered once, and staff find what is not of one side, too", () => {
  for (const side of ["client", "staff"] as const) {
    const offered = addressesOf(side);
    expect(offered.filter((address) => !pages.includes(address))).toEqual([]);
    expect(new Set(offered).size).toBe(offered.length);
  }
  expect(addressesOf("staff")).toEqual(expect.arrayContaining(["/settings", "/roadmap"]));
  expect(addressesOf("client").filter((address) => address.startsWith("/staff"))).toEqual([]);
});

test("every page listed as having no place is there", () => {
  expect(Object.keys(NO_PLACE).filter((page) => !pages.includes(page))).toEqual([]);
});
