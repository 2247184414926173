// Paints, the first answer and layout shifts while the page loads. Run by `make bench-load`, in headless Chromium on dist/.
//
// Medians of five loads: at full speed, and with a processor four times slower on slow 4G (1.6 Mbit/s, 150 ms), each with
// and without the prerendered page.
import { createRequire } from "node:module";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { serve } from "./serve.mjs";

const require = createRequire(new URL("../target/tools/node/", import.meta.url));
const { chromium } = require("playwright-core");

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const LOADS = 5;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
const CONDITIONS = {
  "full speed": { throttle: 1 },
  "4x slower, slow 4G": {
    throttle: 4,
    network: { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 },
  },
};
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

// Runs in the page, before its own scripts: keeps the browser's measurements and the time of the first answer.
function observe() {
  window.measured = { fcp: 0, lcp: 0, cls: 0, tbt: 0, longest: 0 };
  const each = (type, add) => new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true });
  each("paint", ({ name, startTime }) => name === "first-contentful-paint" && (window.measured.fcp = startTime));
  each("largest-contentful-paint", ({ startTime }) => (window.measured.lcp = startTime));
  each("layout-shift", ({ value }) => (window.measured.cls += value));
  each("longtask", ({ duration }) => {
    window.measured.tbt += Math.max(0, duration - 50);
    window.measured.longest = Math.max(window.measured.longest, duration);
  });
  new MutationObserver((_, watch) => {
    if (!document.querySelector("[data-testid=total]")) return;
    window.measured.answer = performance.now();
    watch.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

async function load(browser, address, { throttle, network }, isTyping) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
  await session.send("Network.enable");
  if (network) await session.send("Network.emulateNetworkConditions", network);
  await page.addInitScript(observe);
  await page.goto(address, { waitUntil: "commit" });
  if (isTyping) {
    // Typing starts as soon as the field is there.
    await page.locator("#calls").press("3", { timeout: 60_000 });
    await page.waitForFunction(() => window.measured.answer, undefined, { timeout: 60_000 });
  }
  await page.locator("html.started").waitFor({ state: "attached", timeout: 60_000 });
  const started = await page.evaluate(() => performance.now());
  // Later tasks and shifts count too, so this is a length of time and no state.
  await page.waitForTimeout(500);
  const measured = await page.evaluate(() => window.measured);
  await context.close();
  return { ...measured, started };
}

/** A copy of the built page without its prerendered content. */
function unprerendered() {
  const folder = mkdtempSync(join(tmpdir(), "callmix-"));
  cpSync(DIST, folder, { recursive: true });
  const name = join(folder, "index.html");
  const html = readFileSync(name, "utf8").replaceAll(/(<div class="page-(?:app|prices|examples)" id="\w+">)[\s\S]*?(?=\n\s*(?:<div class="page-|<\/main>))/g, "$1</div>");
  writeFileSync(name, html);
  // The compressed files still have that content.
  for (const ending of [".br", ".gz"]) rmSync(name + ending);
  return folder;
}

const bare = unprerendered();
const browser = await chromium.launch({ executablePath: process.env.CHROME, args: FLAGS, timeout: 60_000 });
try {
  console.log(`Chromium ${browser.version()}, medians of ${LOADS} loads, in ms; answer: from the start of the load to the answer to the first keystroke`);
  console.log("| | first paint | largest paint | answer | app started | blocked | shift |");
  console.log("|---|---|---|---|---|---|---|");
  for (const [condition, throttling] of Object.entries(CONDITIONS)) {
    for (const [what, root] of [["prerendered", DIST], ["not prerendered", bare]]) {
      const site = await serve({ root, compressed: true });
      const plain = [];
      const typed = [];
      for (let run = 0; run < LOADS; run++) {
        plain.push(await load(browser, site.address, throttling, false));
        typed.push(await load(browser, site.address, throttling, true));
      }
      site.stop();
      const of = (loads, figure) => median(loads.map((load) => load[figure]));
      const figures = [of(plain, "fcp"), of(plain, "lcp"), of(typed, "answer"), of(plain, "started"), of(plain, "tbt")].map((ms) => ms.toFixed(0));
      console.log(`| ${condition}, ${what} | ${figures.join(" | ")} | ${of(plain, "cls").toFixed(3)} |`);
    }
  }
} finally {
  await browser.close();
  rmSync(bare, { recursive: true });
}
