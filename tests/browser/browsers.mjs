// The browser that the tests run in: BROWSER=chromium (where it is not set) or firefox.
import { createRequire } from "node:module";

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
const TIMEOUT_MS = 60_000;

/** "chromium" or "firefox", for the few tests that only one of them can run. */
export const browserName = process.env.BROWSER ?? "chromium";

/** What the machine has: the program's path, from the variable that scripts/test-browser.sh sets. */
function program(variable) {
  const path = process.env[variable];
  if (!path) throw new Error(`${variable} is not set; run the tests by scripts/test-browser.sh, or set it to the browser's path.`);
  return path;
}

// Firefox is driven by WebDriver BiDi, which cannot yet emulate media features: they are preferences as it starts.
const LAUNCH = {
  chromium: () => chromium.launch({ executablePath: program("CHROME"), args: CHROMIUM_FLAGS, timeout: TIMEOUT_MS }),
  firefox: ({ colorScheme, reducedMotion }) =>
    firefox.launch({
      channel: "moz-firefox",
      executablePath: program("FIREFOX"),
      timeout: TIMEOUT_MS,
      firefoxUserPrefs: {
        "layout.css.prefers-color-scheme.content-override": colorScheme === "dark" ? 0 : 1,
        "ui.prefersReducedMotion": reducedMotion === "reduce" ? 1 : 0,
        // The clipboard without a prompt that nobody answers; what denies it is the harness.
        "dom.events.testing.asyncClipboard": true,
      },
    }),
};

/** Starts the browser for a file of tests, and in Firefox another one for each further look, when first asked for. */
export async function openBrowser() {
  const launch = LAUNCH[browserName];
  if (!launch) throw new Error(`BROWSER=${browserName} is not known; it is chromium or firefox.`);
  const started = new Map();
  const browserFor = ({ colorScheme = "light", reducedMotion = "no-preference" } = {}) => {
    const look = browserName === "firefox" ? `${colorScheme}, ${reducedMotion}` : "any";
    if (!started.has(look)) started.set(look, launch({ colorScheme, reducedMotion }));
    return started.get(look);
  };
  return {
    browser: await browserFor(),
    browserFor,
    close: () => Promise.all([...started.values()].map(async (browser) => (await browser).close())),
  };
}
