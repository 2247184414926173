// The browser that the tests run in: BROWSER=chromium (the default) or firefox.
import { createRequire } from "node:module";

import { LAUNCH_MS } from "./limits.mjs";

const require = createRequire(new URL("../../target/tools/node/", import.meta.url));
const { chromium, firefox } = require("playwright-core");

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** "chromium" or "firefox", for the few tests that only one of the two can run. */
export const browserName = process.env.BROWSER ?? "chromium";

/** The browser's path, from the variable that scripts/test-browser.sh sets. */
function program(variable) {
  const path = process.env[variable];
  if (!path) throw new Error(`${variable} is not set; run the tests with scripts/test-browser.sh, or set it to the browser's path.`);
  return path;
}

const TYPES = { chromium, firefox };
// Playwright drives Firefox by WebDriver BiDi, which cannot emulate media features yet, so they are preferences at launch.
const OPTIONS = {
  chromium: () => ({ executablePath: program("CHROME"), args: CHROMIUM_FLAGS, timeout: LAUNCH_MS }),
  firefox: ({ colorScheme, reducedMotion }) => ({
    channel: "moz-firefox",
    executablePath: program("FIREFOX"),
    timeout: LAUNCH_MS,
    firefoxUserPrefs: {
      "layout.css.prefers-color-scheme.content-override": colorScheme === "dark" ? 0 : 1,
      "ui.prefersReducedMotion": reducedMotion === "reduce" ? 1 : 0,
      // A process and an optimised module for each context take longer than the tests in it.
      "dom.ipc.processCount": 1,
      "javascript.options.wasm_optimizingjit": false,
      // The clipboard without a prompt, which nobody would answer. Where a test denies it, the harness does.
      "dom.events.testing.asyncClipboard": true,
      // As in a browser that people use; Playwright lets files load modules.
      "security.fileuri.strict_origin_policy": true,
    },
  }),
};

/** Starts a browser that several processes can use, one after the other. */
export const launchServer = (name, media) => TYPES[name].launchServer(OPTIONS[name](media));

/** Connects to the browser that tests/browser/run.mjs keeps, or starts one for this file if it runs by itself. */
async function browserWith(media) {
  const pool = process.env.BROWSER_POOL;
  if (!pool) return TYPES[browserName].launch(OPTIONS[browserName](media));
  const response = await fetch(`${pool}?${new URLSearchParams({ browser: browserName, ...media })}`);
  if (!response.ok) throw new Error(await response.text());
  return TYPES[browserName].connect(await response.text(), { timeout: LAUNCH_MS });
}

/** Opens the browser for a file of tests. In Firefox, each other colour scheme and motion is one more browser, opened on demand. */
export async function openBrowser() {
  if (!TYPES[browserName]) throw new Error(`BROWSER=${browserName} is unknown; use chromium or firefox.`);
  const opened = new Map();
  const browserFor = ({ colorScheme = "light", reducedMotion = "no-preference" } = {}) => {
    const media = browserName === "firefox" ? { colorScheme, reducedMotion } : {};
    const key = JSON.stringify(media);
    if (!opened.has(key)) opened.set(key, browserWith(media));
    return opened.get(key);
  };
  return {
    browser: await browserFor(),
    browserFor,
    close: () => Promise.all([...opened.values()].map(async (browser) => (await browser).close())),
  };
}
