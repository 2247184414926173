// Money is formatted as the browser's Intl formats it for the page's language.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { settled, start, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());

/** Runs in the page: an amount as Intl formats it, without rounding. */
function written([currency, amount]) {
  const usual = new Intl.NumberFormat("en", { style: "currency", currency });
  // A currency without a minor unit has decimals only if the amount has them.
  const least = /\.(?!00$)/.test(amount) ? Math.max(2, usual.resolvedOptions().minimumFractionDigits) : usual.resolvedOptions().minimumFractionDigits;
  const exact = new Intl.NumberFormat("en", { style: "currency", currency, minimumFractionDigits: least, maximumFractionDigits: 9 });
  return exact.format(amount);
}

test("formats currencies and amounts as Intl does", async () => {
  // The engine's tests check its own formatting against the same lines.
  const lines = (await readFile(new URL("../engine/money_in_english.txt", import.meta.url), "utf8")).trim().split("\n");
  const table = lines.map((line) => line.split("\t"));
  assert.ok(table.length > 200);
  await withPage(site, {}, async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    const found = await page.evaluate(`(${(rows, one) => rows.map(one)})(${JSON.stringify(table)}, ${written})`);
    assert.deepEqual(found, table.map(([, , text]) => text));
  });
});

test("formats the total as Intl does, whatever the browser's language", () =>
  withPage(site, { locale: "de-DE" }, async (page) => {
    const calls = page.getByRole("textbox", { name: "Calls per year" });
    const total = page.getByTestId("total");
    for (const volume of [1, 7, 99, 100, 101, 299, 1_095, 12_345, 99_999, 123_456_789, 1_000_000_000_000]) {
      await calls.fill(String(volume));
      await page.waitForFunction((volume) => document.querySelector("#calls").value === volume, String(volume));
      await settled(page);
      const [amount, text] = [await total.getAttribute("data-amount"), await total.innerText()];
      assert.equal(text, await page.evaluate(`(${written})(${JSON.stringify(["USD", amount])})`), `${volume} calls`);
    }
  }));
