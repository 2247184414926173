// The service worker: keeps this build of the page for visits without a network.
//
// scripts/finish.mjs fills in the build's name and its files. Files with a hash in their name belong to one build and
// are answered from the cache. The page itself is fetched from the network first, so that nobody with a connection sees
// outdated prices; without one, the cached page opens with the files of its own build. A newer worker waits until no
// open page needs this build's files.
const BUILD = "BUILD";
const FILES = ["FILES"];
const PAGE = "./";
const PREFIX = "callmix-";
const NAME = PREFIX + BUILD;

const address = (file) => new URL(file, registration.scope).href;
const cachedFiles = new Set(FILES.map(address));

addEventListener("install", (event) => {
  // The browser's HTTP cache may hold the page of an older build.
  const requests = [PAGE, ...FILES].map((file) => new Request(address(file), { cache: "no-cache" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(requests)));
});

addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(PREFIX) && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

const fromCache = async (file) => (await caches.open(NAME)).match(file);

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.split(/[?#]/)[0];
  if (request.method !== "GET") return;
  if (cachedFiles.has(url)) event.respondWith(fromCache(url).then((file) => file ?? fetch(request)));
  else if (url === address(PAGE) || url === address("index.html")) event.respondWith(fetch(request).catch(() => fromCache(address(PAGE))));
});
