// Does the harness notice what goes wrong, and give tests the page they ask for?
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessible, fitsSideways, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const MISHAPS = {
  "an error on the console": [() => console.error("a mishap"), /console: a mishap/],
  "an error that nobody catches": [() => setTimeout(() => { throw new Error("a mishap"); }), /page error: Error: a mishap/],
  "a promise that nobody catches": [() => void Promise.reject(new Error("a mishap")), /page error: Error: a mishap/],
  "a missing file": [() => fetch("missing.json"), /404: .*missing\.json/],
  "a request elsewhere": [() => fetch(location.href.replace("localhost", "127.0.0.1")).catch(() => {}), /(asked elsewhere:|Connecting to|\(connect-src\) at) .?http:\/\/127\.0\.0\.1/],
};
for (const [mishap, [cause, told]] of Object.entries(MISHAPS)) {
  test(`${mishap} fails the test`, async () => {
    const page = withPage(site, {}, async (page) => {
      await page.evaluate(cause);
      await page.waitForTimeout(100);
    });
    await assert.rejects(page, told);
  });
}

/** Runs in the page, whose policy forbids style attributes in markup, but not scripts to set them. */
function insert(html) {
  document.querySelector("main").insertAdjacentHTML("beforeend", html);
  for (const element of document.querySelectorAll("[data-style]")) element.style.cssText = element.dataset.style;
}

const DEFECTS = {
  "small targets side by side": [`<div>${`<button data-style="min-height: 0; font: 8px serif; padding: 0">x</button>`.repeat(2)}</div>`, /target-size/],
  "a faint text": [`<p data-style="color: #999; background: #aaa">faint</p>`, /color-contrast/],
  "a field without a name": ["<input>", /label .*\n.*input/],
};
for (const [defect, [html, told]] of Object.entries(DEFECTS)) {
  test(`${defect} fails the accessibility check`, () =>
    withPage(site, {}, async (page) => {
      await page.evaluate(insert, html);
      await assert.rejects(accessible(page), told);
    }));
}

test("what sticks out sideways is named", () =>
  withPage(site, { viewport: { width: 320, height: 800 } }, async (page) => {
    await page.evaluate(insert, `<p class="wide" data-style="width: 400px">wide</p>`);
    await assert.rejects(fitsSideways(page), /sideways.*p\.wide/);
  }));

const media = (page, query) => page.evaluate((query) => matchMedia(query).matches, query);

for (const colorScheme of ["light", "dark"]) {
  test(`a page can be ${colorScheme}`, () =>
    withPage(site, { colorScheme }, async (page) => assert.ok(await media(page, `(prefers-color-scheme: ${colorScheme})`))));
}

for (const reducedMotion of ["no-preference", "reduce"]) {
  test(`motion can be "${reducedMotion}"`, () =>
    withPage(site, { reducedMotion }, async (page) => assert.ok(await media(page, `(prefers-reduced-motion: ${reducedMotion})`))));
}

test("storage can be blocked", () =>
  withPage(site, { storage: "blocked" }, async (page) => {
    const told = await page.evaluate(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return error.name;
      }
    });
    assert.equal(told, "SecurityError");
  }));

test("the clipboard can be granted", () =>
  withPage(site, { clipboard: "granted" }, async (page) => {
    await page.evaluate(() => navigator.clipboard.writeText("copied"));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "copied");
  }));

test("the clipboard can be denied", () =>
  withPage(site, { clipboard: "denied" }, async (page) => {
    assert.equal(await page.evaluate(() => navigator.clipboard.writeText("copied").catch((error) => error.name)), "NotAllowedError");
  }));

test("a fragment can be given", () =>
  withPage(site, { fragment: "#v=1&calls=1200" }, async (page) => assert.equal(await page.getByRole("textbox", { name: "Calls per year" }).inputValue(), "1200")));
