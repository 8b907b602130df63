import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { metisOwner } from "../../tests/personas";
import { asActor } from "./actor-tx.server";

test("a database that goes away in the middle of a page ends that page, not the process", async () => {
  const cutOff = asActor(metisOwner, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await asSuperuser("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await pause(100);
    return tx.selectFrom("ideas").select("id").execute();
  });
  await expect(cutOff).rejects.toThrow();
  const rows = await asActor(metisOwner, (tx) => tx.selectFrom("ideas").select("id").limit(1).execute());
  expect(rows).toHaveLength(1);
});
