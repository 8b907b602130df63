import { randomUUID } from "node:crypto";
import en from "~/ideas/words/en";
import zh from "~/ideas/words/zh";
import { accounts, brixOwner, hanlinEngineer, ideaId } from "../personas";
import { expect, test } from "./journey";
import { tabTo } from "./keyboard";
import { superuser } from "./planted";
import type { TestServer } from "./server";

/** An idea of Hanlin's that is followed up in one of Metis', which all customers see. */
const [JOINED, SHARED] = [ideaId(36), ideaId(9)];

/** Hanlin's idea that was split from another of theirs and is followed up in one that is Brix' alone. Out: also their end. */
async function threadOfThree(server: TestServer) {
  const db = await superuser(server);
  const ids = { source: randomUUID(), middle: randomUUID(), foreign: randomUUID() };
  const insert = (id: string, account: string, author: string, title: string) =>
    db.query(
      `insert into ideas (id, account_id, author_id, title, body, body_text)
       values ($1, $2, $3, $4, '{"type": "doc", "content": [{"type": "paragraph"}]}', '')`,
      [id, account, author, title],
    );
  const hanlin = [accounts.hanlin, hanlinEngineer.personId] as const;
  await insert(ids.source, ...hanlin, "Where it came from");
  await insert(ids.middle, ...hanlin, "What was split from it");
  await insert(ids.foreign, accounts.brix, brixOwner.personId, "What only Brix may know");
  await db.query("update ideas set split_from = $2, merged_into = $3, merged_at = now() where id = $1", [
    ids.middle,
    ids.source,
    ids.foreign,
  ]);
  const end = async () => {
    await db.query("delete from ideas where id = any ($1)", [Object.values(ids)]);
    await db.end();
  };
  return { ...ids, end };
}

test("the beads of an idea's thread lead where they say, say who decided to whoever comes by keyboard, and hide another account's idea from a customer", async ({
  person,
  server,
}) => {
  const thread = await threadOfThree(server);
  try {
    const [author, staff] = await Promise.all([person("engineer@hanlin.example"), person("designer@tandem.example")]);
    await author.goto(`/ideas/${thread.middle}`, { waitUntil: "networkidle" });
    const beads = author.getByRole("navigation", { name: zh.thread.label }).getByRole("listitem");
    await expect(beads).toHaveCount(3);
    await expect(beads.nth(0).getByRole("link")).toHaveAttribute("href", `/ideas/${thread.source}`);
    await expect(beads.nth(1).getByRole("link")).toHaveAttribute("aria-current", "page");
    await expect(beads.nth(2).getByRole("link")).toHaveCount(0);
    await expect(beads.nth(2).getByRole("button", { name: zh.thread.together })).toBeVisible();
    const whole = await author.content();
    for (const secret of [thread.foreign, "What only Brix may know"]) expect(whole).not.toContain(secret);

    await staff.goto(`/staff/ideas/${thread.middle}`, { waitUntil: "networkidle" });
    const links = staff.getByRole("navigation", { name: en.thread.label }).getByRole("link");
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")))).toEqual(
      [thread.source, thread.middle, thread.foreign].map((id) => `/staff/ideas/${id}`),
    );
    await tabTo(links.last());
    await staff.keyboard.press("Enter");
    await expect(staff.getByRole("heading", { level: 1, name: "What only Brix may know" })).toBeVisible();

    // Said to whoever listens, shown to whoever comes by keyboard, and gone with Escape without moving them.
    await author.goto(`/ideas/${JOINED}`, { waitUntil: "networkidle" });
    const joined = beads.last().getByRole("link");
    await expect(joined).toHaveAccessibleDescription(/2026.*Lena Hartmann/);
    await expect(author.getByRole("tooltip")).toHaveCount(0);
    await tabTo(joined);
    await expect(author.getByRole("tooltip")).toContainText("Lena Hartmann");
    await author.keyboard.press("Escape");
    await expect(author.getByRole("tooltip")).toHaveCount(0);
    await expect(joined).toBeFocused();
    const title = await joined.innerText();
    await author.keyboard.press("Enter");
    await expect(author).toHaveURL(new RegExp(`/ideas/${SHARED}$`));
    await expect(author.getByRole("heading", { level: 1, name: title })).toBeVisible();
  } finally {
    await thread.end();
  }
});
