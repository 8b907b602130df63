import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSecrets } from "./secrets";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tandem-secrets-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test("an installation makes its secrets once and keeps them", async () => {
  const first = await loadSecrets(dir);
  expect(await loadSecrets(dir)).toEqual(first);
  const passwords = Object.values(first.databasePasswords);
  expect(new Set(passwords).size).toBe(passwords.length);
  expect(passwords.every((password) => Buffer.from(password, "base64url").length >= 16)).toBe(true);
});

test("only the owner of the process reads them, even when somebody opened the file up", async () => {
  await loadSecrets(dir);
  const path = join(dir, "secrets.json");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await chmod(path, 0o644);
  await loadSecrets(dir);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("a damaged file stops the start and is left as it is", async () => {
  const path = join(dir, "secrets.json");
  for (const text of ["", "{", '{"publishableKey":"sb_publishable_x"}']) {
    await writeFile(path, text);
    await expect(loadSecrets(dir)).rejects.toThrow("damaged");
    expect(await readFile(path, "utf8")).toBe(text);
  }
});
