// The service worker. The server puts VERSION, ASSETS and SHELLS before this text.
// It keeps the shell: no page with anybody's data ever goes into its cache.
const CACHE = `shell-${VERSION}`;

self.addEventListener("install", (event) => {
  const wanted = [...ASSETS, ...Object.values(SHELLS)];
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const kept = request.mode === "navigate" ? SHELLS[pathname] : ASSETS.find((asset) => asset === pathname);
  // The network first: what is kept is for when there is none.
  if (kept) event.respondWith(fetch(request).catch(() => caches.match(kept)));
});
