{% load static %}// Keeps the frame of the pages, and notes that were read, for when there is no network.
const OFFLINE = "{% url "offline" %}";
const ITS_FILES = [
  "{% static "css/tokens.css" %}", "{% static "css/base.css" %}", "{% static "css/page.css" %}",
  "{% static "css/form.css" %}", "{% static "js/theme.js" %}",
];
const FRAME = "frame";
const FILES = "files";
const PAGES = "pages";
const MOST = { [FILES]: 120, [PAGES]: 150 };
const NOTE = /^\/notes\/\d+\/$/;
const PICTURE = /^\/media\/.*\.webp$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function install() {
  await caches.delete(FRAME);
  const frame = await caches.open(FRAME);
  await frame.addAll([OFFLINE, ...ITS_FILES]);
  await self.skipWaiting();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && /^\/(accounts|settings)\//.test(pathname)) {
    event.waitUntil(caches.delete(PAGES)); // somebody else may come
  }
  if (request.method !== "GET" || fromDesk(request)) return;
  if (pathname.startsWith("{% get_static_prefix %}")) event.respondWith(fresh(FILES, request));
  else if (PICTURE.test(pathname)) event.respondWith(fresh(PAGES, request));
  else if (request.mode === "navigate") event.respondWith(page(request, NOTE.test(pathname)));
});

// What moderators look at stays at the desk.
function fromDesk({ referrer }) {
  return referrer !== "" && new URL(referrer).pathname.startsWith("/admin/");
}

// The network knows what may be seen, the browser's own cache is as quick: ours is for neither.
async function fresh(name, request) {
  try {
    return await keep(name, request, await fetch(request));
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

async function page(request, kept) {
  try {
    const response = await fetch(request);
    if (new URL(response.url).pathname.startsWith("/accounts/")) await caches.delete(PAGES);
    return kept ? await keep(PAGES, request, response) : response;
  } catch {
    return (await caches.match(request)) ?? caches.match(OFFLINE);
  }
}

async function keep(name, request, response) {
  const cache = await caches.open(name);
  if (!response.ok || response.redirected) {
    await cache.delete(request); // it is there no longer, or not for this reader
    return response;
  }
  await cache.put(request, response.clone());
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, -MOST[name]).map((old) => cache.delete(old)));
  return response;
}
