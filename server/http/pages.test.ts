import { expect, test } from "vitest";
import { addressesOf } from "./pages";

const addresses = () =>
  addressesOf([
    {
      id: "root",
      path: "",
      children: [
        { id: "home", index: true },
        { id: "ideas", path: "ideas", children: [{ id: "idea", path: ":ideaId" }] },
        { id: "guest", path: "guest/:token" },
        { id: "guest-idea", path: "guest/:token/idea" },
        { id: "roadmap", path: ":lang/roadmap" },
        { id: "nothing", path: "*" },
      ],
    },
  ]);

test("an address leads to its routes, and to those of the addresses above it", () => {
  const { routesOn } = addresses();
  for (const time of ["the first time", "once it is remembered"]) {
    expect(routesOn("/ideas/0"), time).toEqual(["home", "idea", "ideas", "root"]);
    expect(routesOn("/guest/a-token/idea"), time).toEqual(["guest", "guest-idea", "home", "nothing", "root"]);
    expect(routesOn("/uk/roadmap"), time).toEqual(["home", "nothing", "roadmap", "root"]);
  }
});

test("our own addresses are remembered; tokens and made-up ones leave nothing behind, however many", () => {
  const { routesOn, size } = addresses();
  for (const path of ["/", "/ideas", "/ideas/0", "/en/roadmap"]) routesOn(path);
  expect(size()).toBe(4);
  for (let number = 0; number < 200; number += 1) {
    const madeUp = [
      `/guest/t${number}`,
      `/guest/t${number}/idea`,
      `/x${number}`,
      `/ideas/${number + 1}`,
      `/l${number}/roadmap`,
    ];
    for (const path of [...madeUp, `${"/".repeat(number + 2)}ideas`, `/%69deas${"/".repeat(number)}`]) routesOn(path);
  }
  for (const path of ["/IDEAS", "/Ideas/0", "/ideas/", "/ideas/0/"]) routesOn(path);
  expect(size()).toBe(4);
  expect(routesOn(`/ideas${"/a".repeat(4_000)}`), "nobody's page, and not looked up").toEqual([]);
  expect(routesOn("/ideas/0")).toEqual(["home", "idea", "ideas", "root"]);
});
