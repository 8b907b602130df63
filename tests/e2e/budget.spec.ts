import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { LOCALES } from "~/kernel/locale";

/** What a page may load before it works, in bytes as they travel. */
const BUDGET = 130_000;

const client = fileURLToPath(new URL("../../build/client", import.meta.url));
const files = readdirSync(join(client, "assets"));

interface Chunk {
  module: string;
  imports?: string[];
}
interface Manifest {
  entry: Chunk;
  routes: Record<string, Chunk & { id: string; parentId?: string }>;
}

function manifest(): Manifest {
  const file = files.find((name) => /^manifest-.*\.js$/.test(name));
  if (!file) throw new Error("There is no build: run `npm run build` once.");
  const source = readFileSync(join(client, "assets", file), "utf8");
  return JSON.parse(source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1));
}

const { entry, routes } = manifest();

/** Every script that a page loads by itself: the entry, the route and what is around it, the words of a language. */
function scriptsOf(routeId: string, locale: string): string[] {
  const scripts = new Set([entry.module, ...(entry.imports ?? [])]);
  for (let id: string | undefined = routeId; id; id = routes[id]?.parentId) {
    const route = routes[id];
    for (const script of [route?.module, ...(route?.imports ?? [])]) if (script) scripts.add(script);
    if (route) for (const kind of wordsOfItsOwn(id)) scripts.add(scriptOfWords(kind, locale));
  }
  scripts.add(scriptOfWords("words", locale));
  return [...scripts];
}

function scriptOfWords(kind: string, locale: string): string {
  const words = files.find((name) => name.startsWith(`${kind}-${locale}-`));
  if (!words) throw new Error(`No script holds the ${kind} of ${locale}.`);
  return `/assets/${words}`;
}

/** The sentences that a page waits for besides, as its route says: those of the doors, of guests, or of a module's own pages. */
function wordsOfItsOwn(routeId: string): string[] {
  const source = readFileSync(join("app", `${routeId}.tsx`), "utf8");
  const pages = [...source.matchAll(/^await loadPageWords\("(\w+)"\)/gm)].map(
    ([, module = ""]) => `${module.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-words`,
  );
  const doors = [...source.matchAll(/load(Door|Guest)Words\(/g)].map(([, kind = ""]) => `${kind.toLowerCase()}-words`);
  return [...pages, ...doors];
}

/** A script's name without the mark of its contents, which may spell anything. */
const nameOf = (script: string) => script.replace(/-[\w-]{8}\.js$/, "");
const zipped = (script: string) => gzipSync(readFileSync(join(client, script)), { level: 6 }).length;

const pages = Object.keys(routes).filter((id) => /^routes\/(?:_portal|_person|_auth|_public|guest)\./.test(id));

test("there are pages to weigh", () => {
  expect(pages).toEqual(expect.arrayContaining(["routes/_portal._index", "routes/_portal.ideas._index"]));
});

for (const id of pages) {
  for (const locale of LOCALES) {
    test(`${id} in ${locale} works after at most ${BUDGET / 1000} kB of JavaScript`, () => {
      const weights = scriptsOf(id, locale).map((script) => ({ script, bytes: zipped(script) }));
      const total = weights.reduce((sum, { bytes }) => sum + bytes, 0);
      const heaviest = weights.sort((a, b) => b.bytes - a.bytes).slice(0, 6);
      expect(total, heaviest.map(({ script, bytes }) => `${bytes} ${script}`).join("\n")).toBeLessThanOrEqual(BUDGET);
    });
  }

  test(`${id} loads no staff screen and no editor by itself`, () => {
    const named = scriptsOf(id, "en").filter((script) => /staff|editor|prosemirror|yjs/.test(nameOf(script)));
    expect(named).toEqual([]);
  });
}
