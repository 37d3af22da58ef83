// Shows a page of the shop while there is no connection. It stores only that page and what it is made of: nothing about the visitor.
// The address of this script changes with these files, so that a browser gets new ones.
const CACHE = `offline${location.search}`;
const PAGE = "/offline.html";
const FILES = [
  PAGE, "/css/base.css", "/css/elements.css", "/css/layout.css", "/fonts/instrument-sans.woff2", "/icons/shop.svg", "/js/offline.js",
];

self.addEventListener("install", event => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map(file => new Request(file, { cache: "reload" })));
  await self.skipWaiting();
})()));

self.addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
})()));

self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(navigate(event));
  else if (FILES.includes(new URL(request.url).pathname)) event.respondWith(fetch(request).catch(() => stored(request)));
});

async function navigate(event) {
  try {
    return await event.preloadResponse ?? await fetch(event.request);
  } catch {
    return await stored(PAGE) ?? Response.error();
  }
}

const stored = request => caches.match(request, { cacheName: CACHE, ignoreSearch: true });
