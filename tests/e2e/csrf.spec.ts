import { DOORS } from "./doors";
import { expect, test } from "./journey";
import { routeTable } from "./route-table";

/** Twelve origins that are not ours. `{port}` is the port that we listen on. */
const WRONG_ORIGINS: readonly string[] = [
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
  "http://localhost:{port}.evil.example",
];

/** Those, and none at all: a browser that leaves it out still brings its cookie. */
const WRONG_OR_NONE: readonly (string | undefined)[] = [...WRONG_ORIGINS, undefined];

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

/** What is answered beside the application: the sign-in and the files of this machine, and the page of its letters. */
const BESIDE: readonly string[] = [
  "/supabase/auth/v1/verify",
  "/supabase/auth/v1/token?grant_type=password",
  "/supabase/storage/v1/object/upload/sign/idea-uploads/forged?token=forged",
  "/dev/mail",
];

const actions = routeTable().filter((route) => route.hasAction && !FROM_MAIL_PROGRAMS.includes(route.id));

test("every action is known, and there are twelve wrong origins", () => {
  expect(actions.filter((route) => !DOORS[route.id])).toEqual([]);
  expect(new Set(WRONG_ORIGINS).size).toBe(12);
});

for (const login of ["owner@metis.example", "designer@tandem.example"]) {
  test(`no action runs for ${login} from twelve wrong origins, nor without one`, async ({ caller, server }) => {
    const browser = await caller(login);
    for (const { id } of actions) {
      for (const template of WRONG_OR_NONE) {
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

  test(`no action runs for ${login} from twelve wrong origins alone, whatever kind of body they send`, async ({
    caller,
    server,
  }) => {
    const browser = await caller(login);
    const seen = new Set<string>();
    for (const [at, { id }] of actions.entries()) {
      for (const [kind, [type, data]] of Object.entries(BODIES).entries()) {
        for (const [half, path] of [DOORS[id]?.path ?? "", `${DOORS[id]?.path}.data`].entries()) {
          // Each action meets ten of the sixty pairs, and each pair meets five actions and more, as a page and as data.
          const origin = WRONG_ORIGINS[(at + 2 * kind + half) % 12]?.replace("{port}", String(server.port)) ?? "";
          const headers = { "Content-Type": type, Origin: origin };
          const answer = await browser.post(path, { headers, data });
          expect(answer.status(), `${path} with ${type} from ${origin}`).toBe(403);
          seen.add(`${half} ${type} ${origin}`);
        }
      }
    }
    expect(seen.size).toBe(2 * 12 * Object.keys(BODIES).length);
  });

  test(`no action runs for ${login} when the browser alone says that another site sends it, whatever kind of body`, async ({
    caller,
    server,
  }) => {
    const browser = await caller(login);
    const bodies = Object.entries(BODIES);
    for (const [at, { id }] of actions.entries()) {
      const [type = "", data = ""] = bodies[at % bodies.length] ?? [];
      const headers = { "Content-Type": type, Origin: server.origin, "Sec-Fetch-Site": "cross-site" };
      const answer = await browser.post(DOORS[id]?.path ?? "", { headers, data });
      expect(answer.status(), `${id} with ${type}`).toBe(403);
    }
  });
}

test("nothing beside the application is done from twelve wrong origins or from none, with a cookie or without", async ({
  caller,
  server,
}) => {
  const callers = { nobody: await caller(null), owner: await caller("owner@metis.example") };
  for (const [who, browser] of Object.entries(callers)) {
    for (const path of BESIDE) {
      for (const template of WRONG_OR_NONE) {
        // A program sends neither an origin nor a cookie, and there is nothing of anybody's to misuse.
        if (template === undefined && who === "nobody") continue;
        const origin = template?.replace("{port}", String(server.port));
        const headers = origin === undefined ? {} : { Origin: origin };
        for (const method of template === "null" ? ["POST", "PUT", "PATCH", "DELETE"] : ["POST"]) {
          const answer = await browser.fetch(path, { method, headers, form: { token: "forged", type: "magiclink" } });
          expect(answer.status(), `${method} ${path} from ${origin} by ${who}`).toBe(403);
          expect(await answer.json()).toMatchObject({ why: "foreign" });
        }
      }
    }
  }
});

test("our own pages and programs without a cookie reach what is beside the application", async ({ caller, server }) => {
  const own = { Origin: server.origin };
  const [verify = "", , upload = ""] = BESIDE;
  const form = { token: "forged", type: "magiclink" };
  const asked = [
    (await caller(null)).post(verify, { form }),
    (await caller(null)).post(verify, { headers: own, form }),
    (await caller("owner@metis.example")).post(verify, { headers: own, form }),
  ];
  for (const answer of await Promise.all(asked)) expect(answer.status()).toBe(303);
  for (const headers of [{}, own]) {
    const answer = await (await caller(null)).put(upload, { headers, data: "x" });
    expect(await answer.text()).not.toContain("foreign");
  }
});

test("nothing that was forged is there", async ({ caller }) => {
  const designer = await caller("designer@tandem.example");
  expect(await (await designer.get("/staff/ideas?q=Forged")).text()).not.toContain(">Forged<");
});
