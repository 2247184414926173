// A page of the built dist/ in a headless browser. A test fails on any console error or failed request.
import assert from "node:assert/strict";

import { serve } from "../../scripts/serve.mjs";
import { browserName, openBrowser } from "./browsers.mjs";
import { STEP_MS } from "./limits.mjs";
import { countTimers, settled } from "./settled.mjs";

export { accessible, fitsSideways } from "./accessible.mjs";
export { browserName, settled };

// Chromium warns that it ignores the digest of the preload that Trunk writes for the wasm, which is verified all the same where
// it is used; and on a busy machine, that seconds pass until then. Playwright warns that it blocks the service worker.
const EXPECTED =
  /`integrity` attribute is currently ignored for preload|preloaded using link preload but not used within a few seconds|Service Worker registration blocked by Playwright/;

/** Starts the server and the browser for a file of tests. */
export async function start(options = {}) {
  const site = await serve(options);
  const { browser, browserFor, close } = await openBrowser().catch((error) => {
    site.stop();
    throw error;
  });
  return {
    address: site.address,
    browser,
    browserFor,
    async stop() {
      await close();
      site.stop();
    },
  };
}

/**
 * Opens the page, runs `steps` with it, and asserts that nothing went wrong.
 *
 * The options are Playwright's for a context (`viewport`, `colorScheme`, `reducedMotion`, `locale`, …) and:
 * `fragment`, with its `#`; `storage: "blocked"`, as in a browser that forbids cookies; `clipboard: "granted"`, to read
 * it too, or `"denied"`.
 */
export async function withPage({ address, browser, browserFor = () => browser }, options, steps) {
  const { fragment = "", storage, clipboard, ...contextOptions } = options;
  const context = await newContext(await browserFor(contextOptions), contextOptions);
  try {
    if (storage === "blocked") await context.addInitScript(blockStorage);
    if (clipboard === "denied") await context.addInitScript(denyClipboard);
    if (clipboard === "granted" && browserName === "chromium") await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const problems = watch(context, address);
    const page = await context.newPage();
    if (browserName === "firefox") page.emulateMedia = refuseEmulation;
    await page.goto(address + fragment);
    // load.test.mjs tests the page before the app has started.
    await page.locator("html.started").waitFor({ state: "attached" });
    // A recipient sees the form on demand.
    await page.getByRole("textbox", { name: "Calls per year" }).or(page.getByRole("button", { name: "Change the numbers" })).first().waitFor();
    await steps(page);
    // Errors of the last step are reported before this returns.
    if (!page.isClosed()) await page.evaluate(() => new Promise((done) => setTimeout(done)));
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
}

/** A context whose pages count their timers, for `settled`, and install no service worker unless a test asks for it. */
export async function newContext(browser, options = {}) {
  const context = await browser.newContext({ serviceWorkers: "block", ...options });
  context.setDefaultTimeout(STEP_MS);
  await context.addInitScript(countTimers);
  return context;
}

/** Collects the problems of all pages of a context, as sentences; a request to anything but `addresses` is one. */
export function watch(context, ...addresses) {
  const problems = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text())) problems.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => problems.push(`page error: ${error.error()}`));
  context.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
  context.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  context.on("request", (request) => {
    const isOurs = addresses.some((address) => request.url().startsWith(address)) || /^(data|blob):/.test(request.url());
    if (!isOurs) problems.push(`request elsewhere: ${request.url()}`);
  });
  return problems;
}

// Firefox would ignore the call, and the test would prove nothing.
function refuseEmulation() {
  throw new Error("Firefox cannot emulate media on an open page: use withPage's colorScheme and reducedMotion, or skip the test by browserName.");
}

// The functions below run in the page, before its own scripts.

export function blockStorage() {
  for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  }
}

function denyClipboard() {
  if (!window.isSecureContext) return; // about:blank, before the page
  const deny = () => Promise.reject(new DOMException("Write permission denied.", "NotAllowedError"));
  for (const name of ["read", "readText", "write", "writeText"]) Object.defineProperty(Clipboard.prototype, name, { value: deny });
  Document.prototype.execCommand = () => false;
}
