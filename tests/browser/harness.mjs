// A page of the built dist/ in a headless browser, that fails its test on any console error or failed request.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { serve } from "../../scripts/serve.mjs";

const require = createRequire(new URL("../../target/tools/node/", import.meta.url));
const { chromium } = require("playwright-core");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// Chromium's remark on Trunk's preload of the wasm; the script that runs it is checked all the same.
const EXPECTED = /`integrity` attribute is currently ignored for preload destinations/;

/** Starts the server and the browser once for a file of tests. */
export async function start(options = {}) {
  const site = await serve(options);
  const browser = await chromium.launch({ executablePath: process.env.CHROME, args: FLAGS });
  return {
    address: site.address,
    browser,
    async stop() {
      await browser.close();
      site.stop();
    },
  };
}

/** Opens the page, runs `steps` with it, and asserts that nothing went wrong meanwhile. */
export async function withPage({ browser, address }, options, steps) {
  const { fragment = "", ...contextOptions } = options;
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`page error: ${error}`));
  page.on("requestfailed", (request) => wrong.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) wrong.push(`asked elsewhere: ${request.url()}`);
  });
  try {
    await page.goto(address + fragment);
    await page.getByRole("textbox", { name: "Calls per year" }).waitFor();
    await steps(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}
