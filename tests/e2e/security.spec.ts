import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stifferJoint } from "../personas";
import { expect, test } from "./journey";

const clientFolder = fileURLToPath(new URL("../../build/client", import.meta.url));

test("a nonce is never used twice", async ({ caller }) => {
  const nobody = await caller(null);
  const nonces = new Set<string>();
  for (let time = 0; time < 5; time += 1) {
    const policy = (await nobody.get("/login")).headers()["content-security-policy"] ?? "";
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "");
  }
  expect(nonces.size).toBe(5);
  expect(nonces.has("")).toBe(false);
});

test("every answer carries the headers that keep browsers careful", async ({ caller }) => {
  const owner = await caller("owner@metis.example");
  for (const path of ["/login", "/", `/ideas/${stifferJoint}`, "/no-such-page", "/ideas.data"]) {
    const headers = (await owner.get(path)).headers();
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("same-origin");
    expect(headers["x-powered-by"], path).toBeUndefined();
    expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
  }
});

test("an address that nobody can decode is a page that is not there, not a failure", async ({ caller }) => {
  for (const login of [null, "owner@metis.example", "designer@tandem.example"]) {
    const visitor = await caller(login);
    for (const path of ["/ideas/%E0%A4%A", "/staff/ideas/%ff", "/api/files/%", "/ideas/%E0%A4%A.data"]) {
      expect((await visitor.get(path)).status(), `${login} ${path}`).toBe(404);
    }
  }
});

const NO_FORMS = {
  JSON: ["application/json", "{}"],
  "a damaged form": ["multipart/form-data; boundary=x", "--x\r\nnothing"],
};

for (const [what, [type = "", data = ""]] of Object.entries(NO_FORMS)) {
  test(`${what} where a form belongs is answered with a sentence, as the sender's mistake`, async ({
    caller,
    server,
  }) => {
    const headers = { Origin: server.origin, Accept: "text/html", "Content-Type": type };
    // The server is shared with other journeys, some of which break things on purpose.
    const before = server.output().length;
    for (const [login, path] of [
      [null, "/login"],
      ["owner@metis.example", "/ideas/new"],
      ["owner@metis.example", "/api/preferences"],
      ["designer@tandem.example", `/staff/ideas/${stifferJoint}`],
    ] as const) {
      const answer = await (await caller(login)).post(path, { headers, data });
      expect(answer.status(), path).toBe(400);
    }
    const page = await (await caller(null)).post("/login", { headers, data });
    expect(await page.text()).toContain("What was sent could not be read");
    expect(server.output().slice(before)).not.toContain('"level":50');
  });
}

test("sending something to a page that takes nothing is refused, and no failure in the log", async ({
  caller,
  server,
}) => {
  const owner = await caller("owner@metis.example");
  const before = server.output().length;
  const answer = await owner.post("/ideas", { headers: { Origin: server.origin }, form: { a: "b" } });
  expect(answer.status()).toBe(405);
  expect(server.output().slice(before)).not.toContain('"level":50');
});

test("what belongs to one person is not kept by anything in between", async ({ caller }) => {
  const owner = await caller("owner@metis.example");
  for (const path of ["/", "/ideas", `/ideas/${stifferJoint}`, "/ideas.data"]) {
    expect((await owner.get(path)).headers()["cache-control"], path).toBe("no-store");
  }
});

const WRITES = ["/login", "/logout", "/api/preferences", "/ideas/new", `/ideas/${stifferJoint}`];
const FOREIGN = {
  null: "null",
  foreign: "https://evil.example",
  "another port": "http://localhost:1",
  missing: undefined,
};
for (const [kind, origin] of Object.entries(FOREIGN)) {
  test(`nothing is written when the Origin is ${kind}`, async ({ caller }) => {
    const owner = await caller("owner@metis.example");
    for (const path of WRITES) {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const headers = origin === undefined ? {} : { Origin: origin };
        const answer = await owner.fetch(path, { method, headers, form: { title: "Forged", body: "Forged" } });
        expect(answer.status(), `${method} ${path}`).toBe(403);
      }
    }
    expect(await (await owner.get("/ideas")).text()).not.toContain("Forged");
  });
}

test("the session cookie cannot be read by a script or sent along from elsewhere", async ({ sessionOf, person }) => {
  const { cookies } = await sessionOf("owner@metis.example");
  const session = cookies.filter((cookie) => cookie.name.includes("session"));
  expect(session.length).toBeGreaterThan(0);
  for (const cookie of session) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(cookie.expires - Date.now() / 1000).toBeLessThan(31 * 24 * 3600);
  }
  const page = await person("owner@metis.example");
  await page.goto("/");
  expect(await page.evaluate(() => document.cookie)).not.toContain("session");
});

function bundle(): { name: string; text: string }[] {
  return readdirSync(clientFolder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(js|css|html|json|webmanifest)$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(clientFolder, name), "utf8") }));
}

test("nothing secret is in what browsers download", async ({ server }) => {
  const secrets = Object.values(
    JSON.parse(readFileSync(join(server.dataDir, "secrets.json"), "utf8")) as object,
  ).filter((value): value is string => typeof value === "string" && value.length >= 16);
  expect(secrets.length).toBeGreaterThan(0);
  for (const { name, text } of bundle()) {
    for (const secret of secrets)
      expect(text.includes(secret), `${name} holds a secret of the installation`).toBe(false);
    expect(text, name).not.toMatch(
      /service_role|SUPABASE_SECRET_KEY|DATABASE_URL|LOCAL_JWT_KEY|portal_staff_app|argon2/,
    );
    expect(text, name).not.toMatch(/postgres(ql)?:\/\//);
  }
});

test("a customer's browser is never sent a staff screen", async ({ person }) => {
  const page = await person("owner@metis.example");
  const loaded: string[] = [];
  page.on("response", (answer) => {
    if (answer.url().endsWith(".js")) loaded.push(new URL(answer.url()).pathname);
  });
  for (const path of ["/", "/ideas", "/ideas/new", `/ideas/${stifferJoint}`]) {
    await page.goto(path, { waitUntil: "networkidle" });
  }
  expect(loaded.length).toBeGreaterThan(0);
  for (const path of loaded) {
    expect(path).not.toMatch(/staff/);
    const text = readFileSync(join(clientFolder, path), "utf8");
    // The manifest of all routes is the one place that may name them.
    if (!/manifest/.test(path)) expect(text, path).not.toMatch(/data-staff-screen|\/staff\/ideas\//);
  }
});

test("a socket from another site is refused before it opens", async ({ caller }) => {
  const owner = await caller("owner@metis.example");
  const upgrade = (headers: Record<string, string>) =>
    owner.get(`/collab/idea:${stifferJoint}:brief`, {
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ...headers,
      },
    });
  expect((await upgrade({ Origin: "https://evil.example" })).status()).toBe(403);
  expect((await upgrade({ Origin: "null" })).status()).toBe(403);
  expect((await upgrade({})).status()).toBe(403);
});
