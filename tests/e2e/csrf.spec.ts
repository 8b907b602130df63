import { DOORS } from "./doors";
import { expect, test } from "./journey";
import { routeTable } from "./route-table";

/** Twelve origins that are not ours, and none at all. `{port}` is the port that we listen on. */
const WRONG_ORIGINS: readonly (string | undefined)[] = [
  undefined,
  "",
  "null",
  "https://evil.example",
  "http://evil.example:{port}",
  "http://localhost",
  "http://localhost:1",
  "https://localhost:{port}",
  "http://localhost.evil.example:{port}",
  "http://evil.example/http://localhost:{port}",
  "http://localhost:{port}@evil.example",
  "http://LOCALHOST:{port} http://evil.example",
];

/** What a page elsewhere can make a browser send without asking first, and what it cannot. */
const BODIES: Readonly<Record<string, string>> = {
  "application/x-www-form-urlencoded": "intent=forged&title=Forged&comment=Forged&note=Forged",
  "multipart/form-data; boundary=x": '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nForged\r\n--x--\r\n',
  "text/plain": "title=Forged",
  "application/json": '{"title":"Forged"}',
  "application/x-www-form-urlencoded; charset=utf-16": "title=Forged",
};

/**
 * What a letter's one-click link posts to comes from the reader's mail program, which sends no Origin; the token in its
 * address is the proof (RFC 8058).
 */
const FROM_MAIL_PROGRAMS: readonly string[] = ["routes/_public.unsubscribe.$token"];

const actions = routeTable().filter((route) => route.hasAction && !FROM_MAIL_PROGRAMS.includes(route.id));

test("every action is known, and there are twelve wrong origins", () => {
  expect(actions.filter((route) => !DOORS[route.id])).toEqual([]);
  expect(new Set(WRONG_ORIGINS).size).toBe(12);
});

for (const login of ["owner@metis.example", "designer@tandem.example"]) {
  test(`no action runs for ${login} from twelve wrong origins`, async ({ caller, server }) => {
    const browser = await caller(login);
    for (const { id } of actions) {
      for (const template of WRONG_ORIGINS) {
        const origin = template?.replace("{port}", String(server.port));
        const headers = origin === undefined ? {} : { Origin: origin };
        const path = DOORS[id]?.path ?? "";
        const methods = template === "null" ? ["POST", "PUT", "PATCH", "DELETE"] : ["POST"];
        for (const method of methods) {
          const answer = await browser.fetch(path, { method, headers, form: DOORS[id]?.action?.form ?? {} });
          expect(answer.status(), `${method} ${path} from ${origin}`).toBe(403);
        }
      }
    }
  });

  test(`no action runs for ${login} from another site, whatever kind of body it sends`, async ({ caller }) => {
    const browser = await caller(login);
    for (const { id } of actions) {
      for (const [type, data] of Object.entries(BODIES)) {
        const headers = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site", "Content-Type": type };
        for (const path of [DOORS[id]?.path ?? "", `${DOORS[id]?.path}.data`]) {
          const answer = await browser.post(path, { headers, data });
          expect(answer.status(), `${path} with ${type}`).toBe(403);
        }
      }
    }
  });
}

test("nothing that was forged is there", async ({ caller }) => {
  const designer = await caller("designer@tandem.example");
  expect(await (await designer.get("/staff/ideas?q=Forged")).text()).not.toContain(">Forged<");
});
