// The service worker: keeps the page for visits without a network.
//
// `callmix site` fills in the name of the build and its files. Files with a hash in their name belong to one build and
// are answered from the cache. The page itself is fetched from the network first, so that nobody with a connection sees
// outdated prices; without one, the newest build that was ever loaded opens. A newer worker waits until no open page
// needs the files of the older one. A cache that fails never stops a request: it goes to the network instead.
const BUILD = "BUILD";
/** Each file with the digest of its content: a server may answer with a page of its own in place of a file. */
const FILES = [["FILES", ""]];
const PAGE = "./";
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = worker.registration.scope;
// Several copies of the page can share an origin, so every cache is named after its scope.
const PREFIX = `callmix ${SCOPE} `;
const NAME = PREFIX + BUILD;
// Earlier builds named their caches without a scope.
const UNSCOPED = /^callmix-[0-9a-f]{16}$/;

const address = (file) => new URL(file, SCOPE).href;
const PAGES = [PAGE, "index.html"].map(address);
const HASHED = /-[0-9a-f]{12,16}([./]|_bg)|\/icon-[^/]*$|\.webmanifest$/;

/** The names of this scope's caches, from the oldest build to the newest. */
const builds = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

async function install() {
  // A build that returns after a newer one was seen becomes the newest again.
  if ((await builds()).at(-1) !== NAME) await caches.delete(NAME);
  // The browser's HTTP cache may hold the page of an older build.
  const request = ([file, integrity]) => new Request(address(file), { cache: "no-cache", integrity });
  await (await caches.open(NAME)).addAll([[PAGE, ""], ...FILES].map(request));
}

async function deleteOlderBuilds() {
  const names = await builds();
  const older = names.slice(0, Math.max(names.indexOf(NAME), 0));
  for (const name of (await caches.keys()).filter((name) => UNSCOPED.test(name))) {
    if (await (await caches.open(name)).match(address(PAGE))) older.push(name);
  }
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** The file from the newest build that has it; undefined if none has it, or if the cache fails. */
async function fromCache(url) {
  try {
    for (const name of (await builds()).reverse()) {
      const file = await (await caches.open(name)).match(url);
      if (file) return file;
    }
  } catch {
    // The browser may deny or lose its storage.
  }
  return undefined;
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(deleteOlderBuilds()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !url.startsWith(SCOPE)) return;
  if (PAGES.includes(url)) event.respondWith(fetch(request).catch(async () => (await fromCache(address(PAGE))) ?? Response.error()));
  else if (HASHED.test(url.slice(SCOPE.length - 1))) event.respondWith(fromCache(url).then((file) => file ?? fetch(request)));
});
