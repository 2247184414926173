// Tests of the page on hosts that block scripts, without JavaScript, and opened from a file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { serve } from "../../scripts/serve.mjs";
import { browserName, newContext, start, watch } from "./harness.mjs";

const DIST = new URL("../../dist/", import.meta.url);
/** The longest time until the note appears if no script runs. */
const MAX_DELAY_MS = 10_000;

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const note = (page) => page.getByText("The calculator couldn’t start.");

/** Opens `address` in a new context and runs `steps` with the page and the problems that the browser reports. */
async function inContext(options, address, steps) {
  const context = await newContext(site.browser, options);
  try {
    const problems = watch(context, address.split("#")[0]);
    const page = await context.newPage();
    await page.goto(address);
    await steps(page, problems);
  } finally {
    await context.close();
  }
}

/** The same on a host that sends a content policy of its own. */
async function underPolicy(policy, steps, fragment = "") {
  const host = await serve({ headers: { "content-security-policy": policy } });
  try {
    await inContext({}, host.address + fragment, steps);
  } finally {
    host.stop();
  }
}

async function showsNoteAndPrices(page) {
  await note(page).waitFor();
  assert.equal(await note(page).count(), 1);
  await page.getByText("10,000 or more").waitFor();
}

for (const fragment of ["", "#v=1&calls=300&slots=1"]) {
  test(`works where a host blocks inline scripts${fragment && ", from a link"}`, () =>
    underPolicy("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:", async (page, problems) => {
      await page.locator("html.started").waitFor({ state: "attached" });
      await page.getByRole("textbox", { name: "Calls per year" }).fill("12000");
      await page.waitForFunction(() => Number(document.querySelector("[data-testid=total]")?.dataset.amount) > 0);
      assert.equal(await note(page).isVisible(), false);
      assert.deepEqual(problems, []);
    }, fragment));
}

test("reports a host that blocks all scripts, after a short delay", () =>
  underPolicy("script-src 'none'", async (page) => {
    assert.equal(await note(page).isVisible(), false);
    const delay = await page.evaluate(() => {
      const [animation] = document.getElementById("start-note").getAnimations();
      animation.finish();
      return animation.effect.getTiming().delay;
    });
    assert.ok(delay <= MAX_DELAY_MS, `${delay} ms`);
    await showsNoteAndPrices(page);
  }));

for (const fragment of ["", "#v=1&calls=300&slots=1"]) {
  test(`reports a host that blocks WebAssembly at once${fragment && ", from a link"}`, () =>
    underPolicy("script-src 'self'", async (page) => {
      await showsNoteAndPrices(page);
      assert.equal(await page.getByRole("textbox", { name: "Calls per year" }).isVisible(), false);
    }, fragment));
}

test("says that it needs JavaScript where a sandbox turns scripts off", () =>
  underPolicy("sandbox allow-same-origin", async (page) => {
    await showsNoteAndPrices(page);
    assert.equal(await page.locator("form").isVisible(), false);
  }));

test("says that it needs JavaScript where the browser turns it off", { skip: browserName === "firefox" && "Firefox's driver cannot turn it off" }, () =>
  inContext({ javaScriptEnabled: false }, site.address, (page) => showsNoteAndPrices(page)));

test("says that it could not start where it is opened from a file", () =>
  inContext({}, new URL("index.html", DIST).href, (page) => showsNoteAndPrices(page)));

test("has no inline script, and none that an optimiser may change", async () => {
  for (const name of ["index.html", "embed.html"]) {
    const html = await readFile(new URL(name, DIST), "utf8");
    const scripts = [...html.matchAll(/<script\b[^>]*>[^<]*<\/script>/g)].map(([script]) => script);
    const isData = (script) => script.startsWith('<script data-cfasync="false" type="application/json"');
    assert.equal(scripts.filter(isData).length, 1, name);
    assert.ok(scripts.length >= 3, name);
    for (const script of scripts.filter((script) => !isData(script))) assert.match(script, /^<script data-cfasync="false"[^>]* src="[^"]+"[^>]*><\/script>$/, name);
    assert.match(html, /script-src 'self' 'wasm-unsafe-eval';/, name);
  }
});
