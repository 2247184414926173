// What does a visitor see before the page is there, and where it cannot be?
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";

import { mistake, recommendation } from "./flows.mjs";
import { browserName, start, withPage } from "./harness.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const FIRST = /callmix-preview.*_bg\.wasm/;
const APP = /callmix-app_bg\.wasm/;

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const calls = (page) => page.getByRole("textbox", { name: "Calls per year" });
const free = (page) => page.getByRole("textbox", { name: "Free calls left" });
const total = (page) => page.getByTestId("total");
const isStarted = (page) => page.locator("html.started").waitFor({ state: "attached" });

async function shows(page, amount) {
  await page.waitForFunction((amount) => document.querySelector("[data-testid=total]")?.dataset.amount === amount, amount);
}

/** A page on which some requests wait until they are let go. */
async function withHeld(pattern, options, steps) {
  const context = await (await site.browserFor(options)).newContext(options);
  try {
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    let letGo;
    const held = new Promise((done) => (letGo = done));
    await page.route(pattern, async (route) => {
      await held;
      await route.continue();
    });
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(String(error)));
    await page.goto(site.address + (options.fragment ?? ""), { waitUntil: "commit" });
    await steps(page, letGo);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/** The sum of all layout shifts so far, those after input included. */
const shifts = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value))).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 100);
      }),
  );

/** Waits until what is asked on the page is so; the page's own waiting does not wait for promises. */
async function until(page, question) {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await page.waitForTimeout(50)) {
    if (await page.evaluate(question)) return;
  }
  throw new Error(`never so: ${question}`);
}

test("the first screen and the prices are there before any wasm", () =>
  withHeld(/\.wasm/, {}, async (page, letGo) => {
    await calls(page).waitFor();
    await page.getByText("100 to 999").waitFor();
    await recommendation(page).waitFor();
    letGo();
    await isStarted(page);
    if (browserName === "chromium") assert.equal(await shifts(page), 0);
  }));

test("three fields are answered before the app is there, and kept when it comes", () =>
  withHeld(APP, {}, async (page, letGo) => {
    await calls(page).pressSequentially("300");
    await shows(page, "1260.00");
    assert.match(await recommendation(page).innerText(), /Month 5\s+Buy one 100-call package: \$420\.00\./);
    await calls(page).fill("30k");
    assert.match(await mistake(page, "Calls per year"), /such as 30000\.$/);
    await recommendation(page).getByText("Out of date").waitFor();
    await calls(page).fill("10");
    await shows(page, "48.00");
    assert.equal(await calls(page).getAttribute("aria-invalid"), null);
    await page.getByRole("switch", { name: "Postpaid enabled" }).press("Space");
    await shows(page, "420.00");
    await page.getByRole("button", { name: "More options" }).click();
    await free(page).fill("1 000");
    await free(page).evaluate((field) => field.setSelectionRange(2, 3));
    const before = await recommendation(page).innerHTML();
    letGo();
    await isStarted(page);
    await shows(page, "0.00");
    assert.equal(await recommendation(page).innerHTML(), before);
    assert.equal(await calls(page).inputValue(), "10");
    assert.deepEqual(await free(page).evaluate((field) => [field === document.activeElement, field.selectionStart, field.selectionEnd]), [true, 2, 3]);
    await page.getByRole("radio", { name: "Growing" }).waitFor();
  }));

test("what was typed before anything was there is answered", () =>
  withHeld(/\.wasm/, {}, async (page, letGo) => {
    await calls(page).pressSequentially("300");
    letGo();
    await shows(page, "1260.00");
    await isStarted(page);
    await shows(page, "1260.00");
    assert.equal(await calls(page).inputValue(), "300");
  }));

test("a link that asks for another estimate moves nothing that was seen", () =>
  withHeld(/\.wasm/, { fragment: "#v=1&calls=120000&slots=1" }, async (page, letGo) => {
    await calls(page).waitFor();
    letGo();
    await isStarted(page);
    await total(page).waitFor();
    if (browserName === "chromium") assert.ok((await shifts(page)) <= 0.05);
  }));

for (const [what, pattern] of [["the first part", FIRST], ["the app", APP]]) {
  test(`where ${what} cannot start, the page says so and keeps the prices`, async () => {
    const context = await site.browser.newContext();
    try {
      const page = await context.newPage();
      await page.route(pattern, (route) => route.abort());
      await page.goto(site.address);
      await page.getByText("The calculator could not start.").waitFor();
      await page.getByText("100 to 999").waitFor();
    } finally {
      await context.close();
    }
  });
}

test("without scripts there are the prices and the worked examples", async () => {
  const context = await site.browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(site.address);
    await page.getByText("10,000 and more").waitFor();
    await page.getByText("3 packages of 100 calls: $1,260.00").waitFor();
    await page.getByText("1,095 calls by postpaid, $3.80 each: $4,161.00").waitFor();
  } finally {
    await context.close();
  }
});

test("nothing violates the page's own policy", () =>
  // What is refused is told on the console, which fails the test.
  withPage(site, {}, async (page) => {
    await calls(page).fill("120,000");
    await page.getByRole("table", { name: "Month by month" }).waitFor();
    await page.getByRole("button", { name: "More options" }).click();
    await page.waitForTimeout(500);
  }));

test("a script that somebody puts into the page is refused", async () => {
  let intruder = "not asked";
  const page = withPage(site, {}, async (page) => {
    await page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "window.intruder = true" })));
    await page.waitForTimeout(100);
    intruder = await page.evaluate(() => window.intruder);
  });
  await assert.rejects(page, /Content.Security.Policy/);
  assert.equal(intruder, undefined);
});

// Whether a page is kept is the browser's own doing; Firefox is not driven offline by its protocol.
const offline = browserName === "chromium" ? test : test.skip;

offline("the second visit works without a network", async () => {
  const context = await site.browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(site.address);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.goto(`${site.address}#v=1&calls=300`);
    await isStarted(page);
    await shows(page, "1260.00");
  } finally {
    await context.close();
  }
});

/** The built page once more, as another build: its page and its worker differ, and its app has another name. */
async function anotherBuild(folder) {
  await cp(DIST, folder, { recursive: true });
  const app = (await readdir(folder)).find((name) => name.startsWith("app-"));
  await cp(join(folder, app), join(folder, "app-0123456789abcdef"), { recursive: true });
  await rm(join(folder, app), { recursive: true });
  for (const name of ["index.html", "service-worker.js"]) {
    const text = await readFile(join(folder, name), "utf8");
    await writeFile(join(folder, name), text.replaceAll(app, "app-0123456789abcdef").replace("</title>", ", second build</title>"));
  }
  const worker = await readFile(join(folder, "service-worker.js"), "utf8");
  await writeFile(join(folder, "service-worker.js"), worker.replace(/BUILD = "[0-9a-f]+"/, 'BUILD = "second"'));
}

offline("a new build takes over at the next visit, and no page has files of both", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callmix-"));
  const served = join(folder, "dist");
  await cp(DIST, served, { recursive: true });
  const changing = await start({ root: served });
  const context = await changing.browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(changing.address);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await rm(served, { recursive: true });
    await anotherBuild(served);
    const asked = [];
    context.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${changing.address}?again`);
    await isStarted(page);
    assert.match(await page.title(), /second build/);
    assert.deepEqual(asked.filter((path) => path.startsWith("/app-") && !path.startsWith("/app-0123456789abcdef/")), []);
    await calls(page).fill("300");
    await shows(page, "1260.00");
    await until(page, async () => (await navigator.serviceWorker.getRegistration()).waiting !== null);
    await page.close();
    // With no page of the old build left, the new worker is in charge and the old files are gone.
    const next = await context.newPage();
    await next.waitForTimeout(500);
    await next.goto(`${changing.address}no-page-of-ours`);
    await until(next, async () => (await caches.keys()).join() === "callmix-second");
    await context.setOffline(true);
    await next.goto(changing.address);
    await isStarted(next);
    assert.match(await next.title(), /second build/);
  } finally {
    await context.close();
    await changing.stop();
    await rm(folder, { recursive: true });
  }
});
