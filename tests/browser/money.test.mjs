// Is money written as the browser itself writes it for the page's language?
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { start, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());

/** Runs in the page: an amount in plain digits, as the browser's own Intl writes it, with nothing rounded. */
function written([currency, amount]) {
  const usual = new Intl.NumberFormat("en", { style: "currency", currency });
  // A currency without a smaller unit has decimals only where there are some.
  const least = /\.(?!00$)/.test(amount) ? Math.max(2, usual.resolvedOptions().minimumFractionDigits) : usual.resolvedOptions().minimumFractionDigits;
  const exact = new Intl.NumberFormat("en", { style: "currency", currency, minimumFractionDigits: least, maximumFractionDigits: 9 });
  return exact.format(amount);
}

test("currencies and amounts of all kinds", async () => {
  // The engine's own tests hold the page's words to the same lines.
  const lines = (await readFile(new URL("../engine/money_in_english.txt", import.meta.url), "utf8")).trim().split("\n");
  const table = lines.map((line) => line.split("\t"));
  assert.ok(table.length > 200);
  await withPage(site, {}, async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    const found = await page.evaluate(`(${(rows, one) => rows.map(one)})(${JSON.stringify(table)}, ${written})`);
    assert.deepEqual(found, table.map(([, , text]) => text));
  });
});

test("the total, whatever is typed", () =>
  withPage(site, { locale: "de-DE" }, async (page) => {
    const calls = page.getByRole("textbox", { name: "Calls per year" });
    const total = page.getByTestId("total");
    for (const volume of [1, 7, 99, 100, 101, 299, 1_095, 12_345, 99_999, 123_456_789, 1_000_000_000_000]) {
      await calls.fill(String(volume));
      await page.waitForFunction((volume) => document.querySelector("#calls").value === volume, String(volume));
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
      const [amount, text] = [await total.getAttribute("data-amount"), await total.innerText()];
      assert.equal(text, await page.evaluate(`(${written})(${JSON.stringify(["USD", amount])})`), `${volume} calls`);
    }
  }));
