// Tests of loading: what a visitor sees before the app runs, if it cannot run, and without a network.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";

import { mistake, recommendation } from "./flows.mjs";
import { browserName, newContext, settled, start, withPage } from "./harness.mjs";
import { until } from "./settled.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const PREVIEW = /callmix-preview.*_bg\.wasm/;
const APP = /callmix-app_bg\.wasm/;

/**
 * Above what Chromium reports if a busy machine paints one line of text in two places during an update (0.00005), and below
 * what a section of the page scores if it moves by a line (0.002).
 */
const UNNOTICED_SHIFT = 0.001;

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

/** Opens a page whose requests that match `pattern` wait until `steps` calls `release`. */
async function withHeld(pattern, options, steps) {
  const context = await newContext(await site.browserFor(options), options);
  try {
    const page = await context.newPage();
    let release;
    const released = new Promise((resolve) => (release = resolve));
    await page.route(pattern, async (route) => {
      await released;
      await route.continue();
    });
    if (browserName === "chromium") await page.addInitScript(keepShifts);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(site.address + (options.fragment ?? ""), { waitUntil: "commit" });
    await steps(page, release);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

/** Runs in the page, before its own scripts: keeps every layout shift, including those after input. */
function keepShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
}

/** The sum of all layout shifts so far. */
async function shifts(page) {
  await settled(page);
  return page.evaluate(() => window.shifts.reduce((sum, { value }) => sum + value, 0));
}

test("shows the form and the prices before any wasm has loaded", () =>
  withHeld(/\.wasm/, {}, async (page, release) => {
    await calls(page).waitFor();
    await page.getByText("100 to 999").waitFor();
    await recommendation(page).waitFor();
    release();
    await isStarted(page);
    if (browserName === "chromium") assert.ok((await shifts(page)) <= UNNOTICED_SHIFT, `shifted by ${await shifts(page)}`);
  }));

test("answers three fields before the app has loaded, and keeps them when it starts", () =>
  withHeld(APP, {}, async (page, release) => {
    await calls(page).pressSequentially("300");
    await shows(page, "1260.00");
    assert.match(await recommendation(page).innerText(), /2\s+1 [A-Z][a-z]+ \d{4}\s+Buy one 100-call package\s+\$420\.00/);
    await calls(page).fill("30k");
    assert.match(await mistake(page, "Calls per year"), /for example 30,000\.$/);
    await recommendation(page).getByText("Not updated").waitFor();
    await calls(page).fill("10");
    await shows(page, "48.00");
    assert.equal(await calls(page).getAttribute("aria-invalid"), null);
    await page.getByRole("switch", { name: "Postpaid enabled" }).press("Space");
    await shows(page, "420.00");
    await page.getByRole("button", { name: "More options" }).click();
    await free(page).fill("1 000");
    await free(page).evaluate((field) => field.setSelectionRange(2, 3));
    const before = await recommendation(page).innerHTML();
    release();
    await isStarted(page);
    await shows(page, "0.00");
    // The app adds a button below everything else.
    const added = await page.locator(".recommendation__change").evaluate((added) => added.outerHTML);
    assert.equal(await recommendation(page).innerHTML(), before + added);
    assert.equal(await calls(page).inputValue(), "10");
    assert.deepEqual(await free(page).evaluate((field) => [field === document.activeElement, field.selectionStart, field.selectionEnd]), [true, 2, 3]);
    await page.getByText("Usage profile", { exact: true }).first().waitFor();
  }));

test("answers text that was typed before any script ran", () =>
  withHeld(/\.wasm/, {}, async (page, release) => {
    await calls(page).pressSequentially("300");
    release();
    await shows(page, "1260.00");
    await isStarted(page);
    await shows(page, "1260.00");
    assert.equal(await calls(page).inputValue(), "300");
  }));

test("does not move visible content while it opens a link", () =>
  withHeld(/\.wasm/, { fragment: "#v=1&calls=120000&slots=1" }, async (page, release) => {
    await calls(page).waitFor();
    release();
    await isStarted(page);
    await total(page).waitFor();
    if (browserName === "chromium") assert.ok((await shifts(page)) <= 0.05, `shifted by ${await shifts(page)}`);
  }));

test("reports that the app cannot start, and still shows the prices", async () => {
  const context = await newContext(site.browser);
  try {
    const page = await context.newPage();
    await page.route(APP, (route) => route.abort());
    await page.goto(site.address);
    await page.getByText("The calculator couldn’t start.").waitFor();
    await page.getByText("100 to 999").waitFor();
  } finally {
    await context.close();
  }
});

test("starts without the preview", async () => {
  const context = await newContext(site.browser);
  try {
    const page = await context.newPage();
    await page.route(PREVIEW, (route) => route.abort());
    await page.goto(site.address);
    await isStarted(page);
    await calls(page).fill("300");
    await shows(page, "1260.00");
    assert.equal(await page.getByText("The calculator couldn’t start.").isVisible(), false);
  } finally {
    await context.close();
  }
});

test("shows the prices and the examples without JavaScript", async () => {
  const context = await newContext(site.browser, { javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(site.address);
    await page.getByText("10,000 or more").waitFor();
    await page.getByText("three 100-call packages, $1,260.00").waitFor();
    await page.getByText("1,095 postpaid calls at $3.80, $4,161.00").waitFor();
  } finally {
    await context.close();
  }
});

test("does not violate its own content policy", () =>
  // The browser logs each violation, which fails the test.
  withPage(site, {}, async (page) => {
    await calls(page).fill("120,000");
    await page.getByRole("table", { name: "Month by month" }).waitFor();
    await page.getByRole("button", { name: "More options" }).click();
    await settled(page);
  }));

test("blocks an injected script", async () => {
  let intruder = "not checked";
  const page = withPage(site, {}, async (page) => {
    await page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "window.intruder = true" })));
    intruder = await page.evaluate(() => window.intruder);
  });
  await assert.rejects(page, /Content.Security.Policy/);
  assert.equal(intruder, undefined);
});

const offline = (name, steps) => test(name, { skip: browserName !== "chromium" && "Firefox's driver cannot go offline" }, steps);

offline("works offline on the second visit", async () => {
  const context = await newContext(site.browser, { serviceWorkers: "allow" });
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

/** Copies dist/ and changes it into a second build: another page, another worker, another name of the app's folder. */
async function copyAsSecondBuild(folder) {
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

offline("a new build replaces the old one on the next visit, and no page mixes files of both", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callmix-"));
  const served = join(folder, "dist");
  await cp(DIST, served, { recursive: true });
  const changing = await start({ root: served });
  const context = await newContext(changing.browser, { serviceWorkers: "allow" });
  try {
    const page = await context.newPage();
    await page.goto(changing.address);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await rm(served, { recursive: true });
    await copyAsSecondBuild(served);
    const requested = [];
    context.on("request", (request) => requested.push(new URL(request.url()).pathname));
    await page.goto(`${changing.address}?again`);
    await isStarted(page);
    assert.match(await page.title(), /second build/);
    assert.deepEqual(requested.filter((path) => path.startsWith("/app-") && !path.startsWith("/app-0123456789abcdef/")), []);
    await calls(page).fill("300");
    await shows(page, "1260.00");
    await until(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting !== null), "the new worker");
    await page.close();
    // Once no page of the old build is open, the new worker activates and deletes the old files.
    const next = await context.newPage();
    await until(async () => {
      await next.goto("about:blank");
      await next.goto(`${changing.address}not-a-page-of-callmix`);
      return next.evaluate(async () => (await caches.keys()).join() === `callmix ${location.origin}/ second`);
    }, "the old files to be deleted");
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
