// A page of the built dist/ in a headless browser, that fails its test on any console error or failed request.
import assert from "node:assert/strict";

import { serve } from "../../scripts/serve.mjs";
import { browserName, openBrowser } from "./browsers.mjs";

export { accessible, fitsSideways } from "./accessible.mjs";
export { browserName };

const TIMEOUT_MS = 20_000;

// Chromium's remark on Trunk's preload of the wasm; the script that runs it is checked all the same.
const EXPECTED = /`integrity` attribute is currently ignored for preload destinations/;

/** Starts the server and the browser once for a file of tests. */
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
 * Opens the page, runs `steps` with it, and asserts that nothing went wrong meanwhile.
 *
 * The options are Playwright's for a context (`viewport`, `colorScheme`, `reducedMotion`, `locale`, …) and:
 * `fragment`, with its `#`; `storage: "blocked"`, as where cookies are forbidden; `clipboard: "granted"`, to read it
 * too, or `"denied"`.
 */
export async function withPage({ address, browser, browserFor = () => browser }, options, steps) {
  const { fragment = "", storage, clipboard, ...contextOptions } = options;
  const context = await (await browserFor(contextOptions)).newContext(contextOptions);
  try {
    context.setDefaultTimeout(TIMEOUT_MS);
    if (storage === "blocked") await context.addInitScript(blockStorage);
    if (clipboard === "denied") await context.addInitScript(denyClipboard);
    if (clipboard === "granted" && browserName === "chromium") await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const wrong = watch(context, address);
    const page = await context.newPage();
    if (browserName === "firefox") page.emulateMedia = refuseEmulation;
    await page.goto(address + fragment);
    // What is before the app has a test of its own.
    await page.locator("html.started").waitFor({ state: "attached" });
    await page.getByRole("textbox", { name: "Calls per year" }).waitFor();
    await steps(page);
    // What the last step caused is reported before this is answered.
    if (!page.isClosed()) await page.evaluate(() => new Promise((done) => setTimeout(done)));
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/** Collects what goes wrong on all pages of a context, as sentences; nothing but `addresses` may be asked. */
export function watch(context, ...addresses) {
  const wrong = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => wrong.push(`page error: ${error.error()}`));
  context.on("requestfailed", (request) => wrong.push(`failed: ${request.url()}`));
  context.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
  });
  context.on("request", (request) => {
    const isOurs = addresses.some((address) => request.url().startsWith(address)) || /^(data|blob):/.test(request.url());
    if (!isOurs) wrong.push(`asked elsewhere: ${request.url()}`);
  });
  return wrong;
}

// Firefox would ignore it silently, and the test would show nothing.
function refuseEmulation() {
  throw new Error("Firefox cannot emulate media once the page is open: use withPage's colorScheme and reducedMotion, or skip by browserName.");
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
