// Pages of other people with the calculator in them, that fail their test on any console error that it did not expect.
import assert from "node:assert/strict";
import { createServer } from "node:http";

import { serve } from "../../scripts/serve.mjs";
import { browserName, openBrowser } from "../browser/browsers.mjs";
import { blockStorage, watch } from "../browser/harness.mjs";

const TIMEOUT_MS = 15_000;

/** Starts the calculator's site, a host's on another site, and the browser, once for a file of tests. */
export async function start() {
  const calculator = await serve();
  const pages = new Map();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url, "http://host").pathname);
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8", ...page?.headers }).end(page?.html ?? "");
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  // Neither the origin nor the site of the calculator, which is on localhost.
  const host = `http://127.0.0.1:${server.address().port}/`;
  const { browserFor, close } = await openBrowser();
  return {
    calculator: calculator.address,
    host,
    browserFor,
    /** Puts a page on the host; its address. */
    put(html, headers = {}) {
      const path = `/${pages.size}/`;
      pages.set(path, { html, headers });
      return host + path.slice(1);
    },
    async stop() {
      await close();
      server.close();
      calculator.stop();
    },
  };
}

/** A host's page: what it has in its head and its body. */
export function hostPage(site, body, head = "") {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
    ${body.includes("<script") ? "" : `<script type="module" src="${site.calculator}embed.js"></script>`}${head}</head><body>${body}</body></html>`;
}

/**
 * Opens a host's page, runs `steps` with it, and asserts that nothing went wrong but what is in `expected`: patterns,
 * each of which must be seen on the console, or what it `forgives`. `headers` are the host's; `storage: "blocked"`
 * refuses it to every frame; `refuse` and `slow` are patterns of requests that fail, or wait until `arrive` has run;
 * `clock: true` gives the host a clock to turn. What else is in the options is for Playwright's context.
 */
export async function withHost(site, body, options, steps) {
  const { head, headers, expected = [], forgives, storage, address, refuse, slow, arrive, clock, ...contextOptions } = options;
  const context = await (await site.browserFor(contextOptions)).newContext({ viewport: { width: 1000, height: 900 }, ...contextOptions });
  try {
    context.setDefaultTimeout(TIMEOUT_MS);
    if (storage === "blocked") await context.addInitScript(blockStorage);
    const wrong = watch(context, site.calculator, site.host);
    const page = await context.newPage();
    if (clock) await page.clock.install();
    let arrived;
    const arriving = new Promise((resolve) => (arrived = resolve));
    if (refuse) await context.route(refuse, (route) => route.abort());
    if (slow) await context.route(slow, (route) => arriving.then(() => route.continue()));
    await page.goto(address ?? site.put(hostPage(site, body, head), headers));
    await arrive?.(page);
    arrived();
    await steps(page, wrong);
    if (!page.isClosed()) await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
    for (const pattern of expected) assert.ok(wrong.some((told) => pattern.test(told)), `${pattern} was not seen in:\n${wrong.join("\n")}`);
    const forgiven = forgives ? [...expected, forgives] : expected;
    assert.deepEqual(wrong.filter((told) => !forgiven.some((pattern) => pattern.test(told))), []);
  } finally {
    await context.close();
  }
}

/** The frame of the n-th calculator on a page. */
export const frameOf = (page, place = 0) => page.locator("callmix-calculator").nth(place).frameLocator("iframe");

/** Why a test needs clicks that only Chromium's driver brings into a frame of another origin, or false. */
export const noClicks = browserName === "firefox" && "Firefox's driver clicks on the frame, not in it";

/** Clicks on something in a frame; without a person's gesture, where the driver has none. */
export const click = (locator) => (noClicks ? locator.evaluate((element) => element.click()) : locator.click());

/** Waits until a frame's total is `amount`, as in JSON. */
export async function shows(frame, amount) {
  await frame.locator(`[data-testid=total][data-amount="${amount}"]`).waitFor();
}

/** Waits until the n-th calculator on a page is ready. */
export async function ready(page, place = 0) {
  await page.waitForFunction((place) => document.querySelectorAll("callmix-calculator")[place]?.shadowRoot?.querySelector(".ready"), place);
}
