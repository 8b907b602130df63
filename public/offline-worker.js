// Shows /offline when a page cannot be reached, and in place of a brief or a board that this device keeps a page that draws
// it (/offline/kept). Keeps these two pages and what they are drawn with, and nothing else: no page of anybody ever stays
// on the device, and no form is ever held back to be sent later.
const LOCALE = new URL(location.href).searchParams.get("locale") ?? "en";
const OFFLINE = "offline-page";
const SHELL = "offline-shell";
// app/collab/ui/kept-place.ts knows the same addresses.
const IDEA = /^(?:\/staff)?\/ideas\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\/board)?\/?$/;
/** A kept document is shown when the server has not answered its page for so long, in milliseconds. */
const PATIENCE = 8_000;
/** What is fetched to be kept comes within this time or not at all, in milliseconds. */
const FETCHING = 30_000;

const ask = (path) => fetch(path, { cache: "no-store", signal: AbortSignal.timeout(FETCHING) });

async function keepOfflinePage() {
  const page = await ask("/offline");
  if (!page.ok) throw new Error("The offline page could not be loaded.");
  const html = await page.clone().text();
  const drawnWith = [...html.matchAll(/(?:href)="(\/[^"]+\.(?:css|woff2|svg))"/g)].map((found) => found[1]);
  const cache = await caches.open(OFFLINE);
  await Promise.all([cache.put("/offline", page), cache.addAll([...new Set(drawnWith)])]);
}

/** Other languages' sentences, which this page never asks for. */
const isForeign = (name) => /-words-|\/words-/.test(name) && !name.includes(`words-${LOCALE}-`);

/** Keeps the page of kept documents, with what draws a brief or a board. First its parts, then the page that names them. */
async function keepShell(part) {
  const listed = await ask("/offline-files.json");
  if (!listed.ok) throw new Error("What the page is made of could not be loaded.");
  const files = await listed.json();
  const cache = await caches.open(SHELL);
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const wanted = [...files.shell, ...(part === "board" ? files.board : files.brief)].filter((name) => !isForeign(name));
  const missing = wanted.filter((name) => !kept.has(name));
  await Promise.all(missing.map(async (name) => cache.put(name, await whole(name))));
  await cache.put("/offline/kept", await whole("/offline/kept"));
  const known = new Set(["/offline/kept", ...files.shell, ...files.brief, ...files.board]);
  for (const name of kept) if (!known.has(name) && !name.startsWith("/board-assets/")) await cache.delete(name);
}

async function whole(path) {
  // What has a hash in its name never changes, and is in the browser's own cache most of the time.
  const answer = await (path.startsWith("/assets/")
    ? fetch(path, { signal: AbortSignal.timeout(FETCHING) })
    : ask(path));
  if (!answer.ok) throw new Error(`${path} could not be loaded.`);
  return answer;
}

const inCache = (request) => caches.match(request, { ignoreVary: true });

/** Whether a copy of this document lies on the device, as far as the browser says so. */
async function isKept(idea, board) {
  const names = await Promise.resolve(indexedDB.databases?.()).catch(() => undefined);
  return (names ?? []).some(
    ({ name }) => name?.startsWith("kept:") && name.endsWith(`:idea:${idea}:${board ? "board" : "brief"}`),
  );
}

/** The page as the server answers it; what stands in for it when nothing answers. */
async function page(event) {
  const { request } = event;
  const [, idea, board] = IDEA.exec(new URL(request.url).pathname) ?? [];
  const answer = fromServer(event);
  // Whoever was shown the kept document waits for it no longer.
  answer.catch(() => undefined);
  // What does not answer at all looks like no connection, but only to a document that can be shown without one.
  const late = idea ? new Promise((done) => setTimeout(done, PATIENCE)).then(() => keptPage(idea, board)) : null;
  try {
    return (await (late ? Promise.race([answer, late]) : answer)) ?? (await answer);
  } catch {
    const shell = idea ? await inCache("/offline/kept") : undefined;
    return shell ?? (await inCache("/offline")) ?? Response.error();
  }
}

async function fromServer(event) {
  // Asked for by the browser while this worker was being started.
  return (await event.preloadResponse) ?? (await fetch(event.request));
}

const keptPage = async (idea, board) => ((await isKept(idea, board)) ? await inCache("/offline/kept") : undefined);

async function lastKept(request) {
  const kept = await inCache(request);
  return kept ?? Response.error();
}

/** A font of a drawing: from the server, and kept for the next time. */
async function font(request) {
  const kept = await inCache(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

self.addEventListener("install", (event) => event.waitUntil(keepOfflinePage().then(() => self.skipWaiting())));

// Pages that are open stay without this worker until they are opened anew: taking them over would hold up whatever they
// are asking for at this moment.
self.addEventListener("activate", (event) => event.waitUntil(self.registration.navigationPreload?.enable()));

self.addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  // Without a connection nothing can be fetched; the next page tries again.
  if (keep === "brief" || keep === "board") event.waitUntil(keepShell(keep).catch(() => undefined));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/assets/")) {
    // A script that the browser has itself is not asked for here at all; the rest is as it is in its name.
    event.respondWith(fetch(request).catch(() => lastKept(request)));
  } else if (pathname === "/icon.svg") event.respondWith(fetch(request).catch(() => lastKept(request)));
  else if (pathname.startsWith("/board-assets/")) event.respondWith(font(request));
});
