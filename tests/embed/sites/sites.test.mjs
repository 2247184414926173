// Tests of the calculator in documentation sites.
//
// scripts/embed-sites.sh builds the sites in embed/sites with their generators. SITES limits the test to some of them.
import assert from "node:assert/strict";
import { readFileSync, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { openBrowser } from "../../browser/browsers.mjs";
import { newContext, watch } from "../../browser/harness.mjs";
import { until } from "../../browser/settled.mjs";
import { DARK, LIGHT } from "../panel-colors.mjs";
import { serve } from "../../../scripts/serve.mjs";

const BUILT = fileURLToPath(new URL("../../../target/embed/sites/", import.meta.url));
/** Placeholder addresses of Callmix and of the site in the sites' sources. */
const CALLMIX = "https://callmix.example/";
const DOCS = "https://docs.example/";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json", ".xml": "application/xml", ".png": "image/png", ".woff2": "font/woff2" };

/** Each site: how a reader switches it to dark, and whether it navigates without loading a new page (`instant`). */
const SITES = {
  mdbook: {
    async darken(page) {
      await page.getByRole("button", { name: /theme/i }).click();
      await page.getByRole("menuitem", { name: "Navy" }).click();
    },
  },
  mkdocs: { darken: (page) => page.locator("label[title=Dark]").click(), instant: true },
  sphinx: { darken: (page) => page.locator(".theme-toggle:visible").first().click() },
  docusaurus: {
    async darken(page) {
      const toggle = page.getByRole("button", { name: /dark and light mode/i });
      for (let turn = 0; turn < 3 && (await page.evaluate(() => document.documentElement.dataset.theme)) !== "dark"; turn += 1) await toggle.click();
    },
    instant: true,
  },
  vitepress: { darken: (page) => page.getByRole("switch", { name: /dark theme/i }).first().click(), instant: true },
  hugo: { darken: (page) => page.emulateMedia({ colorScheme: "dark" }) },
};

/** Serves a built site on another origin than Callmix, with real addresses in place of the placeholders. */
async function serveSite(name, calculator) {
  const root = join(BUILT, name);
  const address = () => `http://127.0.0.1:${server.address().port}/`;
  const server = createServer((request, response) => {
    if (request.url === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    const path = join(root, normalize(decodeURIComponent(new URL(request.url, "http://host").pathname)));
    const file = [path, join(path, "index.html")].find((file) => existsSync(file) && statSync(file).isFile());
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const isText = /text|json|xml/.test(type);
    const body = readFileSync(file);
    response.writeHead(200, { "content-type": type });
    response.end(isText ? body.toString().replaceAll(CALLMIX, calculator).replaceAll(DOCS, address()) : body);
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  return { address: address(), stop: () => server.close() };
}

let calculator;
let browser;
before(async () => {
  calculator = await serve();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  calculator?.stop();
});

const names = process.env.SITES?.split(",") ?? Object.keys(SITES);
for (const name of names) {
  const { darken, instant = false } = SITES[name];
  test(`works in ${name}: first load, navigation and back, light and dark`, async () => {
    const site = await serveSite(name, calculator.address);
    const context = await newContext(await browser.browserFor(), { viewport: { width: 1280, height: 900 }, colorScheme: "light" });
    try {
      const problems = watch(context, calculator.address, site.address);
      const page = await context.newPage();
      await page.goto(site.address);
      await quoted(page);
      await becomes(page, LIGHT);
      await page.evaluate(() => (window.isSamePage = true));

      // Most sites have the link in their menu too, where it is visible without scrolling.
      await page.getByRole("link", { name: "Another page" }).filter({ visible: true }).first().click();
      await page.getByRole("heading", { name: "Another page" }).first().waitFor();
      assert.equal(await page.locator("callmix-calculator").count(), 0);
      assert.equal(await page.evaluate(() => window.isSamePage ?? false), instant, "whether navigation keeps the page");
      await page.goBack();
      await quoted(page);
      await page.goForward();
      await page.getByRole("link", { name: "Back to the costs" }).click();
      await quoted(page);

      await darken(page);
      await becomes(page, DARK);
      assert.deepEqual(problems.filter(isDefect), []);
    } finally {
      await context.close();
      site.stop();
    }
  });
}

/** Navigating away cancels the requests of a loading frame; any other message is a defect. */
const isDefect = (message) => !/^failed: /.test(message);

async function quoted(page) {
  const frame = page.locator("callmix-calculator").frameLocator("iframe");
  await frame.locator('[data-testid=total][data-amount="44600.00"]').waitFor();
  await page.waitForFunction(() => document.querySelector("callmix-calculator").shadowRoot.querySelector(".ready"));
  assert.ok(await page.getByText("Estimate your yearly cost").isHidden());
}

async function becomes(page, color) {
  const panel = page.locator("callmix-calculator").frameLocator("iframe").locator(".panel").first();
  const found = () => panel.evaluate((panel) => getComputedStyle(panel).backgroundColor);
  await until(async () => (await found()) === color, async () => `the background ${color} instead of ${await found()}`);
}
