// Tests that a failure of the running app is reported, and that a reload keeps the estimate.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { calls, shows } from "./flows.mjs";
import { accessible, newContext, start } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());

/** Opens a page on which failures are expected. */
async function withFailingPage(file, steps) {
  const context = await newContext(site.browser, { viewport: { width: 390, height: 700 } });
  try {
    const page = await context.newPage();
    await page.goto(site.address + file);
    await page.locator("html.started").waitFor({ state: "attached" });
    await steps(page);
  } finally {
    await context.close();
  }
}

const note = (page) => page.getByRole("alert").filter({ hasText: "Something went wrong" });

// The functions below run in the page.

/** Makes Yew panic: it expects that attributes can be set. */
function breakAttributes() {
  const { setAttribute } = Element.prototype;
  window.repair = () => (Element.prototype.setAttribute = setAttribute);
  Element.prototype.setAttribute = () => {
    throw new Error("on purpose");
  };
}

/** Makes an exception pass through the app, which is not a panic: the app reads the value of a field. */
function breakValues() {
  Object.defineProperty(HTMLInputElement.prototype, "value", {
    get() {
      throw new Error("on purpose");
    },
  });
}

for (const [name, breakPage] of [["a panic", breakAttributes], ["an exception in the app", breakValues]]) {
  for (const file of ["#v=1", "embed.html#v=1&calls=1"]) {
    test(`reports ${name} and keeps the estimate over a reload: ${file}`, () =>
      withFailingPage(file, async (page) => {
        await calls(page).fill("300");
        await shows(page, "1260.00");
        assert.equal(await note(page).count(), 0);
        await page.evaluate(breakPage);
        await calls(page).press("End");
        await calls(page).press("0");
        await note(page).waitFor();
        assert.equal(await page.getByTestId("total").getAttribute("data-amount"), "1260.00");
        assert.ok(await page.locator(".answer--stale").isVisible());
        assert.equal(await page.locator("#app").getAttribute("data-stale"), "");
        // A second failure adds nothing.
        await calls(page).press("0");
        assert.equal(await note(page).count(), 1);
        await page.getByRole("button", { name: "Reload and keep my estimate" }).click();
        await shows(page, "1260.00");
        assert.equal(await note(page).count(), 0);
        await calls(page).fill("12,000");
        await shows(page, "44600.00");
      }));
  }
}

/** The first render sets more attributes than this. */
function breakAttributesSoon() {
  const { setAttribute } = Element.prototype;
  let left = 5;
  Element.prototype.setAttribute = function (...given) {
    if (left-- === 0) throw new Error("on purpose");
    setAttribute.apply(this, given);
  };
}

for (const fragment of ["", "#v=1&calls=300"]) {
  test(`reports a panic of the first render as a calculator that could not start: ${fragment || "no link"}`, async () => {
    const context = await newContext(site.browser);
    try {
      const page = await context.newPage();
      await page.addInitScript(breakAttributesSoon);
      await page.goto(site.address + fragment);
      await page.getByText("The calculator couldn’t start.").waitFor();
      assert.equal(await page.locator("html.started").count(), 0);
      assert.equal(await note(page).count(), 0);
    } finally {
      await context.close();
    }
  });
}

test("reloads with the estimate where the browser refuses to change the address, or has another one since", () =>
  withFailingPage("#v=1&calls=300", async (page) => {
    await shows(page, "1260.00");
    await calls(page).fill("12,000");
    await shows(page, "44600.00");
    await page.evaluate(breakAttributes);
    await page.evaluate(() => {
      history.replaceState = () => {
        throw new DOMException("too many changes", "SecurityError");
      };
    });
    await calls(page).press("End");
    await calls(page).press("0");
    await note(page).waitFor();
    await page.getByRole("button", { name: "Reload and keep my estimate" }).click();
    // The worked example of a page that is loading has the same total.
    await page.waitForFunction(() => document.querySelector("#calls")?.value === "12,000");
    await shows(page, "44600.00");
    await page.evaluate(breakAttributes);
    await page.evaluate(() => (location.hash = "#v=1&calls=1000"));
    await note(page).waitFor();
    await page.getByRole("button", { name: "Reload and keep my estimate" }).click();
    await shows(page, "3800.00");
  }));

test("says so where the script of the frame is missing", async () => {
  const context = await newContext(site.browser);
  try {
    const page = await context.newPage();
    await page.route(/\/frame-[^/]*\.js$/, (route) => route.abort());
    await page.goto(`${site.address}embed.html#v=1&calls=300`);
    await page.getByText("The calculator couldn’t start.").waitFor();
  } finally {
    await context.close();
  }
});

test("shows an accessible note, and nothing for errors of other scripts", () =>
  withFailingPage("#v=1&calls=300", async (page) => {
    await shows(page, "1260.00");
    // An extension's error, and the browser's own message about resize observers.
    await page.evaluate(() => {
      dispatchEvent(new ErrorEvent("error", { message: "ResizeObserver loop completed with undelivered notifications." }));
      setTimeout(() => {
        throw new Error("of another script");
      });
      setTimeout(() => {
        throw Object.assign(new WebAssembly.RuntimeError("of another module"), { stack: "at f (https://other.example/x.wasm:1:2)" });
      });
      return new Promise((resolve) => setTimeout(resolve, 20));
    });
    assert.equal(await note(page).count(), 0);
    await page.evaluate(breakAttributes);
    await calls(page).press("End");
    await calls(page).press("0");
    await note(page).waitFor();
    await page.evaluate(() => window.repair());
    await accessible(page);
  }));
