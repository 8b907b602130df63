// `npm run -s demo -- --json`: the demo logins of the running installation and one object of each kind and state.
import { resolve } from "node:path";
import { logins } from "../tests/personas";
import { orRefuse, Refusal, ROOT, say } from "./bootstrap.mjs";
import { holderOf } from "./claim";
import { demoObjects, loginLines } from "./local/demo-data";
import { runningLocalPostgres } from "./local/postgres";
import { settingsOrRefusal } from "./settings";

await orRefuse(async () => {
  const settings = settingsOrRefusal();
  if (settings.NODE_ENV === "production") throw new Refusal("There is no demo data in production.");
  const dataDir = resolve(ROOT, settings.DATA_DIR);
  const holder = holderOf(dataDir);
  const urls = settings.DATABASE_URL ? null : await runningLocalPostgres(dataDir);
  const adminUrl = urls?.admin ?? settings.MIGRATION_DATABASE_URL;
  if (!holder || !adminUrl) {
    throw new Refusal(`Nothing runs on ${dataDir}: start it with \`npm start\`, or say which with DATA_DIR.`);
  }
  const objects = await demoObjects(adminUrl);
  if (process.argv.includes("--json")) return say(JSON.stringify({ base: holder.origin, logins, objects }, null, 2));
  say(holder.origin);
  say(loginLines(logins));
  for (const { kind, state, account, portal, staff } of objects) {
    say([kind, state, account, portal, staff].map((cell) => cell ?? "-").join("  "));
  }
  say(`The code that a guest's link asks for is mailed: ${holder.origin}/dev/mail`);
});
