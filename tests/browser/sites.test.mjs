// Tests of a provider's own site: the folder tests/sites/example-video-cloud, made into target/example-site.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessible, start, withPage } from "./harness.mjs";

const ROOT = new URL("../../target/example-site/", import.meta.url);

let site;
before(async () => {
  site = await start({ root: ROOT, base: "/below/a/path/" });
});
after(() => site?.stop());

const total = (page) => page.getByTestId("total");

test("answers with the folder's prices below a path, and names the provider", () =>
  withPage(site, {}, async (page) => {
    assert.match(await page.title(), /^Example Video Cloud: /);
    await page.getByText("Find the cheapest way to pay for our video APIs.").waitFor();
    assert.ok(await page.locator(".masthead__mark").evaluate((logo) => logo.complete && logo.naturalWidth > 0));
    await page.getByRole("textbox", { name: "Calls per year" }).fill("300");
    await page.locator('[data-testid=total][data-amount="600.00"]').waitFor();
    assert.equal(await total(page).innerText(), "€600.00");
    const text = await page.locator("body").innerText();
    assert.ok(!text.includes("Image Animate"));
    assert.deepEqual(text.match(/[^\n]*Callmix[^\n]*/g), ["Made with Callmix"]);
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`is accessible with its own colours on ${colorScheme} pages`, () =>
    withPage(site, { colorScheme, fragment: "#v=1&calls=12000" }, async (page) => {
      await total(page).waitFor();
      await accessible(page);
    }));
}

test("opens links of its own, and says that those of another site have other prices", () =>
  withPage(site, { fragment: "#v=1&calls=300&book=2026-11-22,6e1ff965&quoted=1260.00" }, async (page) => {
    await page.locator('[data-testid=total][data-amount="600.00"]').waitFor();
    await page.getByRole("status").filter({ hasText: "2026" }).first().waitFor();
  }));

test("has a frame and an engine with the same prices", () =>
  withPage(site, {}, async (page) => {
    const engine = await page.evaluate(async (address) => (await import(address)).quote({ usage: { yearly: 300 } }), `${site.address}engine.js`);
    assert.deepEqual([engine.total, engine.currency], ["600.00", "EUR"]);
    await page.goto(`${site.address}embed.html?mode=calculator#v=1&calls=300`);
    await page.locator('[data-testid=total][data-amount="600.00"]').waitFor();
    assert.equal(await page.title(), "Example Video Cloud pricing calculator");
  }));
