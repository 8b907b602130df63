import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { redirect, type ServerBuild } from "@remix-run/node";
import express from "express";
import { expect, test } from "vitest";
import { addressesOf, pagesOf } from "./pages";

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

test("a form that was taken asks for its page anew, whether its answer was returned or thrown", async () => {
  const answers = {
    returned: () => redirect("/returned#said"),
    thrown: () => Promise.reject(redirect("/thrown#said")),
  };
  const routes = Object.entries(answers).map(([id, action]) => [
    id,
    { id, path: id, module: { default: "x", action } },
  ]);
  const build = {
    entry: { module: { default: () => new Response("a page") } },
    routes: Object.fromEntries([["root", { id: "root", path: "", module: { default: "x" } }], ...routes]),
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "1" },
    mode: "production",
    future: { v3_singleFetch: true } as ServerBuild["future"],
    publicPath: "/",
    assetsBuildDirectory: "",
    isSpaMode: false,
  } as unknown as ServerBuild;
  for (const given of [build, () => Promise.resolve(build)]) {
    const server = createServer(express().use(pagesOf(given, "production")));
    await new Promise<void>((then) => server.listen(0, "127.0.0.1", then));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const name of Object.keys(answers)) {
      const response = await fetch(`${origin}/${name}.data`, { method: "POST", headers: { origin } });
      const said = await response.text();
      expect(said).toContain(`"/${name}#said"`);
      expect(said).toMatch(/"revalidate",true/);
    }
    server.closeAllConnections();
    await new Promise((then) => server.close(then));
  }
});
