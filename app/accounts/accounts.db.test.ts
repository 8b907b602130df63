import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { signedIn, startGateway } from "../../tests/local-supabase";
import { brixOwner, hanlinEngineer, metisOwner } from "../../tests/personas";
import { savePreferences } from "./accounts.server";

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

describe("what people set for themselves", () => {
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
