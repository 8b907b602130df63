// Shows /offline when a page cannot be reached. Keeps that page and what it is drawn with, and nothing else:
// no other page of anybody ever stays on the device.
const KEPT = "offline-page";

async function keep() {
  const page = await fetch("/offline", { cache: "no-store" });
  if (!page.ok) throw new Error("The offline page could not be loaded.");
  const html = await page.clone().text();
  const drawnWith = [...html.matchAll(/(?:href)="(\/[^"]+\.(?:css|woff2|svg))"/g)].map((found) => found[1]);
  const cache = await caches.open(KEPT);
  await Promise.all([cache.put("/offline", page), cache.addAll([...new Set(drawnWith)])]);
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(async () => (await caches.match("/offline")) ?? Response.error()));
  } else if (request.method === "GET" && /\.(?:css|woff2|svg)$/.test(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
