// Keeps this build of the page for visits without a network. Written out by scripts/finish.mjs, with the build's files.
//
// Every file but the page itself has a name that no other build uses, and is answered from here. The page itself is
// asked for anew, so that nobody sees old prices who could see today's; without a network, the kept one is shown, with
// the files of its own build. A newer worker waits until no page needs this one's files any more.
const BUILD = "BUILD";
const FILES = ["FILES"];
const PAGE = "./";
const PREFIX = "callmix-";
const NAME = PREFIX + BUILD;

const address = (file) => new URL(file, registration.scope).href;
const kept = new Set(FILES.map(address));

addEventListener("install", (event) => {
  // What the browser itself has cached of the page may be of an older build.
  const fresh = [PAGE, ...FILES].map((file) => new Request(address(file), { cache: "no-cache" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)));
});

addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(PREFIX) && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

const fromHere = async (file) => (await caches.open(NAME)).match(file);

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.split(/[?#]/)[0];
  if (request.method !== "GET") return;
  if (kept.has(url)) event.respondWith(fromHere(url).then((file) => file ?? fetch(request)));
  else if (url === address(PAGE) || url === address("index.html")) event.respondWith(fetch(request).catch(() => fromHere(address(PAGE))));
});
