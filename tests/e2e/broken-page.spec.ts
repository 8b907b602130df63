import { demoPassword } from "../personas";
import { expect, test } from "./journey";
import { superuser } from "./planted";
import { startServer } from "./server";

test("a page that breaks while it is drawn is one page with a reference, and everybody else's work goes on", async ({
  playwright,
}) => {
  test.setTimeout(120_000);
  const server = await startServer();
  const db = await superuser(server);
  const browser = await playwright.request.newContext({
    baseURL: server.origin,
    extraHTTPHeaders: { Origin: server.origin, Accept: "text/html" },
  });
  try {
    await browser.post("/login", { form: { email: "viewer@metis.example", password: demoPassword } });
    // No page can be drawn with the dates of a zone that does not exist, and no form lets anybody choose one.
    await db.query("update person_contacts set zone = 'Nowhere/Never' where email = 'viewer@metis.example'");
    for (let time = 0; time < 3; time += 1) expect((await browser.get("/ideas")).status()).toBe(500);
    expect((await browser.get("/healthz")).status()).toBe(200);
    await db.query("update person_contacts set zone = 'Europe/Kyiv' where email = 'viewer@metis.example'");
    const page = await browser.get("/ideas");
    expect(page.status()).toBe(200);
    expect(await page.text()).toContain("Stiffer joint");
  } finally {
    await browser.dispose();
    await db.end();
    await server.dispose();
  }
});
