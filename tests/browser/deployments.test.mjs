// Tests of several builds: two copies of the page on one origin, updates, offline visits and files that are gone.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { serve } from "../../scripts/serve.mjs";
import { browserName, openBrowser } from "./browsers.mjs";
import { newContext } from "./harness.mjs";
import { until as untilTrue } from "./settled.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const SECOND_APP = "app-0123456789abcdef";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** Serves a temporary folder with a copy of the page in each of `names`, and runs `steps` with a new browser context. */
async function withCopies(names, steps) {
  const folder = await mkdtemp(join(tmpdir(), "callmix-"));
  for (const name of names) await cp(DIST, join(folder, name), { recursive: true });
  let server = await serve({ root: folder });
  const { address } = server;
  const network = {
    goDown: () => server.stop(),
    goUp: async () => (server = await serve({ root: folder, port: Number(new URL(address).port) })),
  };
  const context = await newContext(browser.browser, { serviceWorkers: "allow" });
  try {
    await steps({ context, address, folder, network });
  } finally {
    await context.close();
    server.stop();
    await rm(folder, { recursive: true });
  }
}

/** Changes a copy of the page into a second build: another page, another worker, another name of the app's folder. */
async function deploySecondBuild(folder) {
  const app = (await readdir(folder)).find((name) => name.startsWith("app-"));
  await rename(join(folder, app), join(folder, SECOND_APP));
  await change(join(folder, "index.html"), (text) => text.replaceAll(app, SECOND_APP).replace("</title>", ", second build</title>"));
  await change(join(folder, "service-worker.js"), (text) => text.replaceAll(app, SECOND_APP).replace(/BUILD = "[0-9a-f]+"/, 'BUILD = "second"'));
}

async function change(file, edit) {
  await writeFile(file, edit(await readFile(file, "utf8")));
}

const started = (page) => page.locator("html.started").waitFor({ state: "attached" });

async function open(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  await started(page);
  return page;
}

async function answers(page, calls, amount) {
  await page.getByRole("textbox", { name: "Calls per year" }).fill(calls);
  await page.locator(`[data-testid=total][data-amount="${amount}"]`).waitFor();
}

/** Waits until an asynchronous condition holds in the page. */
const until = (page, condition, argument) => untilTrue(() => page.evaluate(condition, argument), String(condition));

const isActive = async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated";
const isWaiting = async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state === "installed";

// Firefox activates a waiting worker only after about a minute.
const updates = browserName === "chromium";

test(`two copies on one origin keep their own caches${updates ? " through updates" : ""}`, () =>
  withCopies(["a", "b"], async ({ context, address, folder, network }) => {
    for (const name of ["a", "b"]) {
      const page = await open(context, `${address}${name}/`);
      await until(page, isActive);
      await page.close();
    }
    if (updates) {
      await deploySecondBuild(join(folder, "b"));
      const updated = await open(context, `${address}b/`);
      await until(updated, isWaiting);
      await updated.close();
      // Without open pages, the new worker of /b/ activates and deletes the caches of its older build.
      const other = await context.newPage();
      await other.goto(`${address}none`);
      await until(other, async () => (await caches.keys()).filter((name) => name.includes("/b/")).length === 1);
    }
    network.goDown();
    for (const [name, title] of [["a", /^(?!.*second build)/], ["b", updates ? /second build/ : /Callmix/]]) {
      const page = await open(context, `${address}${name}/#v=1&calls=300`);
      await page.locator('[data-testid=total][data-amount="1260.00"]').waitFor();
      assert.match(await page.title(), title);
    }
  }));

test("opens the newest build offline while an older worker is still active", () =>
  withCopies([""], async ({ context, address, folder, network }) => {
    const first = await open(context, address);
    await until(first, isActive);
    await deploySecondBuild(folder);
    const second = await open(context, address);
    assert.match(await second.title(), /second build/);
    await until(second, isWaiting);
    network.goDown();
    const offline = await open(context, address);
    assert.match(await offline.title(), /second build/);
    await answers(offline, "300", "1260.00");
    // The page of the first build still works with its own files.
    await answers(first, "300", "1260.00");
    await network.goUp();
  }));

test("loads from the network if the cache is empty or fails", () =>
  withCopies([""], async ({ context, address, folder }) => {
    await change(join(folder, "service-worker.js"), (text) =>
      `${text}\naddEventListener("message", ({ ports: [port] }) => { caches.keys = caches.open = () => Promise.reject(new Error("the storage fails")); port.postMessage("done"); });`);
    const page = await open(context, address);
    await until(page, isActive);
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await page.reload();
    await started(page);
    await answers(page, "300", "1260.00");
    await page.evaluate(() => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      navigator.serviceWorker.controller.postMessage("fail", [port2]);
    }));
    await page.reload();
    await started(page);
    await answers(page, "12000", "44600.00");
  }));

const save = (page) => page.getByRole("button", { name: /^Save (on this device|as new)$/ });
const savedNames = (page) => page.locator("button.saved__name").allTextContents();

// A server that answers every unknown address with its start page does so while a build is being copied.
test("keeps no page of the server in place of a file", () =>
  withCopies([""], async ({ context, address, folder }) => {
    const first = await open(context, address);
    await until(first, isActive);
    await first.close();
    await deploySecondBuild(folder);
    const names = ["", ".br", ".gz"].map((ending) => join(folder, SECOND_APP, `callmix-app_bg.wasm${ending}`));
    const files = await Promise.all(names.map((name) => readFile(name)));
    await Promise.all(names.map((name) => rm(name)));
    await writeFile(names[0], "<!doctype html><title>Welcome</title>");
    const broken = await context.newPage();
    await broken.goto(address);
    await broken.getByText("The calculator couldn’t start.").waitFor();
    await broken.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update().catch(() => {});
      for (const worker of [registration.installing].filter(Boolean)) {
        await new Promise((resolve) => worker.addEventListener("statechange", () => ["installed", "redundant"].includes(worker.state) && resolve()));
      }
    });
    await broken.close();
    await Promise.all(names.map((name, place) => writeFile(name, files[place])));
    const repaired = await open(context, address);
    await answers(repaired, "300", "1260.00");
    assert.match(await repaired.title(), /second build/);
  }));

test("saved estimates belong to the path of the page", () =>
  withCopies(["a", "b"], async ({ context, address }) => {
    const a = await open(context, `${address}a/`);
    await answers(a, "300", "1260.00");
    await save(a).click();
    await a.locator("button.saved__name").waitFor();
    const b = await open(context, `${address}b/`);
    await answers(b, "1200", "4640.00");
    assert.deepEqual(await savedNames(b), []);
    await save(b).click();
    await b.locator("button.saved__name").waitFor();
    await a.reload();
    await a.locator("button.saved__name").waitFor();
    assert.equal((await savedNames(a)).length, 1);
    assert.match((await savedNames(a))[0], /^300 /);
    await (await open(context, `${address}a/index.html`)).locator("button.saved__name").waitFor();
  }));

test("opens estimates that earlier builds saved, and deletes them for good", () =>
  withCopies(["a", "b"], async ({ context, address }) => {
    const records = { 1764000000000: "300 calls a year", 1764000000001: "An offer" };
    const page = await context.newPage();
    await page.goto(`${address}none`);
    await page.evaluate((records) => {
      for (const [key, name] of Object.entries(records)) {
        localStorage.setItem(`callmix.estimate.${key}`, [name, "2026-11-24", "$1,260.00", "v=1&calls=300&book=2026-11-22,6e1ff965&quoted=1260.00"].join("\u001f"));
      }
    }, records);
    for (const name of ["a", "b"]) {
      const page = await open(context, `${address}${name}/`);
      await page.locator("button.saved__name").first().waitFor();
      assert.deepEqual(await savedNames(page), ["An offer", "300 calls a year"]);
      await page.getByRole("button", { name: "An offer", exact: true }).click();
      await page.locator('[data-testid=total][data-amount="1260.00"]').waitFor();
      if (name === "b") continue;
      // /b/ has not copied it yet, and must still get it.
      await page.getByRole("button", { name: "Rename An offer" }).click();
      await page.getByRole("textbox", { name: "New name" }).fill("Renamed");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Renamed", exact: true }).waitFor();
    }
    const a = await open(context, `${address}a/`);
    await a.getByRole("button", { name: "Delete Renamed" }).click();
    await a.reload();
    await started(a);
    await a.locator("button.saved__name").first().waitFor();
    assert.deepEqual(await savedNames(a), ["300 calls a year"]);
    assert.equal(await a.evaluate(() => localStorage.getItem("callmix.estimate.1764000000001")), null);
  }));

for (const [what, file] of [["the dialog", "embed/dialog.js"], ["its styles", "embed/dialog.css"], ["the engine", "engine"], ["the preview", "embed.html"]]) {
  test(`offers to reload if ${what} behind "Embed…" cannot load, and keeps the estimate`, () =>
    withCopies([""], async ({ context, address, folder }) => {
      const page = await context.newPage();
      // As on a first visit, without a worker that still has the files.
      await page.addInitScript(() => delete Navigator.prototype.serviceWorker);
      await page.goto(address);
      await started(page);
      await answers(page, "300", "1260.00");
      await page.waitForFunction(() => location.hash.includes("calls=300"));
      const path = file === "engine" ? (await readdir(folder)).find((name) => name.startsWith("engine-")) : file;
      await rename(join(folder, path), join(folder, "gone"));
      await page.getByRole("button", { name: "Embed…" }).click();
      const dialog = page.getByRole("dialog", { name: "We couldn’t load this part of the page" });
      await dialog.waitFor();
      await dialog.getByRole("button", { name: "Close" }).click();
      await dialog.waitFor({ state: "detached" });
      if (file === "embed.html") await page.getByRole("button", { name: "Close" }).click();
      await page.getByRole("button", { name: "Embed…" }).click();
      await dialog.waitFor();
      await rename(join(folder, "gone"), join(folder, path));
      await dialog.getByRole("button", { name: "Reload the page" }).click();
      await page.waitForFunction(() => !document.querySelector("dialog"));
      await started(page);
      await page.locator('[data-testid=total][data-amount="1260.00"]').waitFor();
      await page.getByRole("button", { name: "Embed…" }).click();
      await page.getByRole("dialog", { name: "Embed this estimate" }).waitFor();
    }));
}
