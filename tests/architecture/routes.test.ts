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
  { name: /^api[.]/, guards: ["requirePerson", "requireReaders"] },
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

test("every handler listed as being for everybody is there", () => {
  const known = handlers.map(({ file, name }) => `${file} ${name}`);
  expect(Object.keys(FOR_EVERYBODY).filter((entry) => !known.includes(entry))).toEqual([]);
});

interface Handler {
  file: string;
  name: string;
  /** The first statement, without the name it gives to the result. */
  first: string;
}

function handlersOf(file: string): Handler[] {
  const source = ts.createSourceFile(file, readFileSync(folder + file, "utf8"), ts.ScriptTarget.Latest, true);
  const found = new Map<string, ts.Statement | undefined>();
  const aliases: { file: string; name: string; of: string }[] = [];
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      const names = statement.exportClause?.getText(source) ?? "*";
      // Sent on from elsewhere, a handler's first statement cannot be read here.
      if (/\b(loader|action)\b|\*/.test(names)) found.set(names, undefined);
    }
    if (!isExported(statement)) continue;
    if (ts.isFunctionDeclaration(statement)) found.set(statement.name?.text ?? "", statement.body?.statements[0]);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer && ts.isIdentifier(initializer)) {
        aliases.push({ file, name: name.getText(source), of: initializer.text });
        continue;
      }
      const body =
        initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) && initializer.body;
      found.set(name.getText(source), body && ts.isBlock(body) ? body.statements[0] : undefined);
    }
  }
  for (const { name, of } of aliases) found.set(name, found.get(of));
  return [...found]
    .filter(([name]) => /\b(loader|action)\b|\*/.test(name))
    .map(([name, first]) => ({
      file,
      name,
      first: (first?.getText(source) ?? "(no body to read)").replace(/^const [^=]+= /, ""),
    }));
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
