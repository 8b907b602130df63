import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../app/routes/", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .sort();

/** What a route's name says about who may call it. Nothing else decides, so a name that fits no line is a failure. */
const CLASSES: readonly { name: RegExp; guards: readonly string[] }[] = [
  { name: /^_portal[.]/, guards: ["requireClient"] },
  { name: /^staff[.]/, guards: ["requireStaff"] },
  { name: /^_person[.]/, guards: ["requirePerson"] },
  { name: /^_auth[.]/, guards: ["requireNobody", "requirePerson", "requireHalfSignedIn", "requireEnroller"] },
  { name: /^api[.]/, guards: ["requirePerson", "requireReaders", "requireMailServer", "requireStripe"] },
  { name: /^guest[.]/, guards: ["requireGuest"] },
  { name: /^dev[.]/, guards: ["requireLocal"] },
  { name: /^_public[.]/, guards: [] },
  { name: /^[$][.]tsx$/, guards: [] },
];

/** Handlers that are for everybody although their name promises a guard, and why. */
const FOR_EVERYBODY: Record<string, string> = {
  "api.preferences.tsx action": "language and appearance are chosen before signing in, too",
  "_auth.accept.tsx loader": "a letter of invitation is opened in browsers where somebody is signed in, too",
  "_auth.accept.tsx action": "the letter's token is the proof",
  "_auth.confirm.tsx loader": "an e-mailed link is opened in browsers where somebody is signed in, too",
  "_auth.confirm.tsx action": "the link itself is the proof",
  "_auth.forgot.tsx loader": "somebody who is signed in may want a new password as well",
  "_auth.forgot.tsx action": "the answer is the same whoever asks",
  "guest.$token.tsx loader": "the link itself is the proof, and this is its door",
  "guest.$token.tsx action": "the link itself is the proof, and this is its door",
  "_auth.logout.tsx loader": "it only leads home",
  "_auth.logout.tsx action": "signing out twice is no error",
};

const handlers = files.flatMap((file) => handlersOf(file));

test("there are routes to look at", () => {
  expect(handlers.length).toBeGreaterThan(3);
});

test.each(files)("%s says by its name who may call it", (file) => {
  expect(CLASSES.filter(({ name }) => name.test(file))).toHaveLength(1);
});

// A layout's loader runs beside its children's, so it protects nothing but itself.
test.each(handlers)("$file asks who is there before its $name does anything", ({ file, name, first }) => {
  const guards = CLASSES.find((entry) => entry.name.test(file))?.guards ?? [];
  if (guards.length === 0 || `${file} ${name}` in FOR_EVERYBODY) return;
  expect(
    guards.map((guard) => `await ${guard}(`).some((call) => first.startsWith(call)),
    first,
  ).toBe(true);
});

// A form that waits for a proof travels on as text (kernel/held-form.ts), which would leave its files behind.
test("no route that asks for a fresh proof takes a form with files", () => {
  const asking = files.filter((file) => readFileSync(`${folder}${file}`, "utf8").includes("requireRecentProof("));
  expect(asking.length).toBeGreaterThan(10);
  const taking = /collectAttachments|instanceof File|multipart/;
  const takers = files.filter((file) => taking.test(readFileSync(`${folder}${file}`, "utf8")));
  expect(takers.length).toBeGreaterThan(0);
  expect(takers.filter((file) => asking.includes(file))).toEqual([]);
});

test("every handler listed as being for everybody is there", () => {
  const known = handlers.map(({ file, name }) => `${file} ${name}`);
  expect(Object.keys(FOR_EVERYBODY).filter((entry) => !known.includes(entry))).toEqual([]);
});

/**
 * What changes roles or money, merges, erases, hands over whole records or closes is done after a fresh proof of who is there.
 * By hand, from the product's rules: how often each handler asks for it (once per way through it that does such a thing).
 */
const PROVED: Record<string, number> = {
  "_portal.people._index.tsx action": 1,
  "_portal.people.$personId.tsx action": 1,
  "_portal.people.invite.tsx action": 1,
  "staff.people._index.tsx action": 1,
  "staff.people.$personId.tsx action": 1,
  "staff.people.invite.tsx action": 1,
  "staff.accounts.$accountId._index.tsx action": 1,
  "staff.accounts.$accountId.close.tsx action": 2,
  "staff.accounts.$accountId.export.tsx loader": 1,
  "staff.accounts.$accountId.merge.tsx action": 1,
  "staff.accounts.$accountId.people.$personId._index.tsx action": 1,
  "staff.accounts.$accountId.people.$personId.export.tsx loader": 1,
  "staff.accounts.import.$importId._index.tsx action": 1,
  "staff.ideas.$ideaId_.guests.tsx action": 1,
  "staff.settings.second-factor.tsx action": 1,
  "staff.settings.security.tsx action": 1,
};

test("whatever touches roles, money or whole records asks for a fresh proof, and nothing else does", () => {
  const asked = handlers.map(({ file, name, body }) => [
    `${file} ${name}`,
    body.split("await requireRecentProof(").length - 1,
  ]);
  expect(Object.fromEntries(asked.filter(([, times]) => times !== 0))).toEqual(PROVED);
});

interface Handler {
  file: string;
  name: string;
  /** The first statement, without the name it gives to the result. */
  first: string;
  /** All of it. */
  body: string;
}

function handlersOf(file: string): Handler[] {
  const source = ts.createSourceFile(file, readFileSync(folder + file, "utf8"), ts.ScriptTarget.Latest, true);
  const found = new Map<string, ts.Block | undefined>();
  const aliases: { file: string; name: string; of: string }[] = [];
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      const names = statement.exportClause?.getText(source) ?? "*";
      // Sent on from elsewhere, a handler's first statement cannot be read here.
      if (/\b(loader|action)\b|\*/.test(names)) found.set(names, undefined);
    }
    if (!isExported(statement)) continue;
    if (ts.isFunctionDeclaration(statement)) found.set(statement.name?.text ?? "", statement.body);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer && ts.isIdentifier(initializer)) {
        aliases.push({ file, name: name.getText(source), of: initializer.text });
        continue;
      }
      const body =
        initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) && initializer.body;
      found.set(name.getText(source), body && ts.isBlock(body) ? body : undefined);
    }
  }
  for (const { name, of } of aliases) found.set(name, found.get(of));
  return [...found]
    .filter(([name]) => /\b(loader|action)\b|\*/.test(name))
    .map(([name, block]) => ({
      file,
      name,
      first: (block?.statements[0]?.getText(source) ?? "(no body to read)").replace(/^const [^=]+= /, ""),
      body: block?.getText(source) ?? "",
    }));
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
