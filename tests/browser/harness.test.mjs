// The harness itself: a problem on the page fails the test, and tests get the page that they ask for.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessible, fitsSideways, settled, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const PROBLEMS = {
  "an error on the console": [() => console.error("a problem"), /console: a problem/],
  "an uncaught error": [() => setTimeout(() => { throw new Error("a problem"); }), /page error: Error: a problem/],
  "an unhandled rejection": [() => void Promise.reject(new Error("a problem")), /page error: Error: a problem/],
  "a request for a missing file": [() => fetch("missing.json"), /404: .*missing\.json/],
  "a request to another site": [() => fetch(location.href.replace("localhost", "127.0.0.1")).catch(() => {}), /(request elsewhere:|Connecting to|\(connect-src\) at) .?http:\/\/127\.0\.0\.1/],
};
for (const [problem, [cause, message]] of Object.entries(PROBLEMS)) {
  test(`${problem} fails the test`, async () => {
    const page = withPage(site, {}, async (page) => {
      await page.evaluate(cause);
      await settled(page);
    });
    await assert.rejects(page, message);
  });
}

/** Runs in the page, whose policy forbids style attributes in markup, but not scripts to set them. */
function insert(html) {
  document.querySelector("main").insertAdjacentHTML("beforeend", html);
  for (const element of document.querySelectorAll("[data-style]")) element.style.cssText = element.dataset.style;
}

const DEFECTS = {
  "small targets side by side": [`<div>${`<button data-style="min-height: 0; font: 8px serif; padding: 0">x</button>`.repeat(2)}</div>`, /target-size/],
  "text with too little contrast": [`<p data-style="color: #999; background: #aaa">faint</p>`, /color-contrast/],
  "a field without a name": ["<input>", /label .*\n.*input/],
};
for (const [defect, [html, message]] of Object.entries(DEFECTS)) {
  test(`${defect} fails the accessibility check`, () =>
    withPage(site, {}, async (page) => {
      await page.evaluate(insert, html);
      await assert.rejects(accessible(page), message);
    }));
}

test("an element past the edge of the page is named", () =>
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
    const result = await page.evaluate(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return error.name;
      }
    });
    assert.equal(result, "SecurityError");
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
  withPage(site, { fragment: "#v=1&calls=1200" }, async (page) => assert.equal(await page.getByRole("textbox", { name: "Calls per year" }).inputValue(), "1,200")));
