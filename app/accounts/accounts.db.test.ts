import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { signedIn, startGateway } from "../../tests/local-supabase";
import * as personas from "../../tests/personas";
import { peopleForMentions, savePreferences } from "./accounts.server";

const { accounts, brixOwner, designer, hanlinEngineer, metisOwner } = personas;

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

// Every test starts with fresh limits and the true time.
beforeEach(async () => {
  gateway.clock.ahead = 0;
  await asSuperuser("truncate gateway.rate_limits");
});

describe("people", () => {
  test("a client mentions colleagues and staff, and nobody of another account or removed", async () => {
    const cards = await peopleForMentions(metisOwner, accounts.metis);
    const ids = cards.map(({ id }) => id);
    expect(ids).toContain(personas.metisApprover.personId);
    expect(ids).toContain(designer.personId);
    expect(ids).not.toContain(personas.removedMember.personId);
    expect(ids).not.toContain(brixOwner.personId);
  });

  test("asking about another account tells a client nothing of its people", async () => {
    const cards = await peopleForMentions(metisOwner, accounts.brix);
    expect(cards.every(({ side }) => side === "staff")).toBe(true);
  });

  test("staff mention an account's people and each other", async () => {
    const ids = (await peopleForMentions(designer, accounts.brix)).map(({ id }) => id);
    expect(ids).toContain(brixOwner.personId);
    expect(ids).toContain(personas.support.personId);
    expect(ids).not.toContain(metisOwner.personId);
  });

  test("a person's language and zone are kept, and messages follow the language", async () => {
    const home = await signedIn("engineer@hanlin.example");
    await savePreferences(hanlinEngineer, { language: "ru", zone: "Asia/Shanghai" });
    const { visitor } = await home.ask();
    expect(visitor).toMatchObject({ person: { locale: "ru", zone: "Asia/Shanghai" } });
    const [user] = await asSuperuser<{ language: string }>(
      "select raw_user_meta_data->>'language' as language from auth.users where id = $1",
      [hanlinEngineer.userId],
    );
    expect(user?.language).toBe("ru");
    await savePreferences(hanlinEngineer, { language: "zh" });
    expect((await home.ask()).visitor).toMatchObject({ person: { locale: "zh", zone: "Asia/Shanghai" } });
  });

  test("nobody sets another person's language", async () => {
    await savePreferences({ ...metisOwner, personId: brixOwner.personId }, { zone: "Asia/Tokyo" });
    const [contact] = await asSuperuser<{ zone: string }>(
      "select zone from public.person_contacts where person_id = $1",
      [brixOwner.personId],
    );
    expect(contact?.zone).not.toBe("Asia/Tokyo");
  });
});
