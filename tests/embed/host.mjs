// Host pages that embed the calculator. A test fails on any unexpected console message.
import assert from "node:assert/strict";
import { createServer } from "node:http";

import { serve } from "../../scripts/serve.mjs";
import { browserName, openBrowser } from "../browser/browsers.mjs";
import { blockStorage, newContext, watch } from "../browser/harness.mjs";
import { settled, until } from "../browser/settled.mjs";

/** Starts the calculator's server, a host's server on another site, and the browser; once per test file. */
export async function start() {
  const calculator = await serve();
  const pages = new Map();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url, "http://host").pathname);
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8", ...page?.headers }).end(page?.html ?? "");
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  // Another origin and another site than the calculator's, which is on localhost.
  const host = `http://127.0.0.1:${server.address().port}/`;
  const { browserFor, close } = await openBrowser();
  return {
    calculator: calculator.address,
    host,
    browserFor,
    /** Publishes a page on the host; returns its address. */
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

/** The HTML of a host page. It loads embed.js unless its body has scripts of its own. */
export function hostPage(site, body, head = "") {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
    ${body.includes("<script") ? "" : `<script type="module" src="${site.calculator}embed.js"></script>`}${head}</head><body>${body}</body></html>`;
}

/**
 * Opens a host page, runs `steps` with it, and asserts that nothing unexpected went wrong.
 *
 * Each pattern in `expected` must match a console message; messages that match `forgives` are allowed. `headers` are the
 * host's; `storage: "blocked"` blocks storage in every frame; requests that match `refuse` fail, and those that match
 * `slow` wait until `arrive` has run; `clock: true` lets the test move the host's clock. All other options are
 * Playwright's for a context.
 */
export async function withHost(site, body, options, steps) {
  const { head, headers, expected = [], forgives, storage, address, refuse, slow, arrive, clock, ...contextOptions } = options;
  const context = await newContext(await site.browserFor(contextOptions), { viewport: { width: 1000, height: 900 }, ...contextOptions });
  try {
    if (storage === "blocked") await context.addInitScript(blockStorage);
    const problems = watch(context, site.calculator, site.host);
    const page = await context.newPage();
    if (clock) await page.clock.install();
    let release;
    const released = new Promise((resolve) => (release = resolve));
    if (refuse) await context.route(refuse, (route) => route.abort());
    if (slow) await context.route(slow, (route) => released.then(() => route.continue()));
    await page.goto(address ?? site.put(hostPage(site, body, head), headers));
    await arrive?.(page);
    release();
    await steps(page, problems);
    for (const pattern of expected) await until(() => problems.some((message) => pattern.test(message)), () => `${pattern} in:\n${problems.join("\n")}`);
    // Messages of the last step arrive before the page has settled. A clock that the test moves paints nothing by itself.
    if (!page.isClosed() && !clock) await settled(page);
    const forgiven = forgives ? [...expected, forgives] : expected;
    assert.deepEqual(problems.filter((message) => !forgiven.some((pattern) => pattern.test(message))), []);
  } finally {
    await context.close();
  }
}

/** The frame of the n-th calculator on a page. */
export const frameOf = (page, index = 0) => page.locator("callmix-calculator").nth(index).frameLocator("iframe");

/** Reason to skip tests that click inside a frame of another origin, or false if the driver can do that. */
export const noClicks = browserName === "firefox" && "Firefox's driver cannot click inside a frame of another origin";

/** Clicks an element in a frame; by script if the driver cannot click there. */
export const click = (locator) => (noClicks ? locator.evaluate((element) => element.click()) : locator.click());

/** Waits until the total in a frame is `amount`, written as in JSON. */
export async function shows(frame, amount) {
  await frame.locator(`[data-testid=total][data-amount="${amount}"]`).waitFor();
}

/** Waits until the n-th calculator on a page is ready. */
export async function ready(page, index = 0) {
  await page.waitForFunction((index) => document.querySelectorAll("callmix-calculator")[index]?.shadowRoot?.querySelector(".ready"), index);
}
