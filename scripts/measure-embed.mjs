// The size of an embedded calculator, and the time from its script to the visible answer. Run by `make bench-embed`.
//
// CHROME=… node scripts/measure-embed.mjs [turns]: in Chromium, with nothing cached, from the request for embed.js to the
// first frame with the answer; at full speed, and over a connection of 1.6 Mbit/s with a round trip of 150 ms.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { openBrowser } from "../tests/browser/browsers.mjs";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const LINES = { "full speed": null, "1.6 Mbit/s, 150 ms": { bytesPerMilli: 200, roundTrip: 150 } };
const CHUNK = 4_096;
const turns = Number(process.argv[2] ?? 9);

const element = readFileSync(join(DIST, "embed.js"));
console.log(`embed.js: ${element.length} bytes, gzip ${gzipSync(element, { level: 9 }).length}, brotli ${brotliCompressSync(element).length}`);

/** Serves dist/ compressed, as a web host does, over one connection that all requests share. */
async function serveOver(line, transfers) {
  let free = 0;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const file = join(DIST, normalize(pathname.endsWith("/") ? `${pathname}index.html` : pathname));
    if (!file.startsWith(DIST) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const compressed = existsSync(`${file}.br`);
    const body = readFileSync(compressed ? `${file}.br` : file);
    transfers.push([pathname, body.length]);
    if (line) await pause(line.roundTrip);
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
      ...(compressed ? { "content-encoding": "br" } : {}),
    });
    if (!line) {
      response.end(body);
      return;
    }
    for (let at = 0; at < body.length; at += CHUNK) {
      const chunk = body.subarray(at, at + CHUNK);
      free = Math.max(free, performance.now()) + chunk.length / line.bytesPerMilli;
      await pause(free - performance.now());
      response.write(chunk);
    }
    response.end();
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  return { address: `http://localhost:${server.address().port}/`, stop: () => server.close() };
}

/** Serves the host page, on another origin. */
async function serveHost(html) {
  const server = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(html));
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

// The answer is painted within two frames after callmix-ready.
const WATCH = `document.addEventListener("callmix-ready", () => requestAnimationFrame(() => requestAnimationFrame(() => (window.visible = performance.now()))))`;
const host = (calculator) => `<!doctype html><title>Host</title><link rel="icon" href="data:,"><script>${WATCH}</script><script type="module" src="${calculator}embed.js"></script>
  <callmix-calculator calls="12000"></callmix-calculator>`;

const { browser, close } = await openBrowser();
for (const [name, line] of Object.entries(LINES)) {
  const times = [];
  let transfers = [];
  for (let turn = 0; turn < turns; turn += 1) {
    transfers = [];
    const calculator = await serveOver(line, transfers);
    const context = await browser.newContext();
    const page = await context.newPage();
    const site = await serveHost(host(calculator.address));
    await page.goto(site.address, { waitUntil: "commit" });
    await page.waitForFunction(() => window.visible > 0, undefined, { timeout: 60_000 });
    times.push(
      await page.evaluate(() => {
        const [script] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("embed.js"));
        return window.visible - script.startTime;
      }),
    );
    site.stop();
    await context.close();
    calculator.stop();
  }
  times.sort((one, other) => one - other);
  const total = transfers.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`${name}: median ${Math.round(times[turns >> 1])} ms, from ${Math.round(times[0])} to ${Math.round(times.at(-1))} (${turns} turns); ${transfers.length} requests, ${total} bytes`);
  if (!line) for (const [path, bytes] of transfers) console.log(`  ${String(bytes).padStart(7)}  ${path}`);
}
await close();
