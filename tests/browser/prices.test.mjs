// Tests of the page's prices: they are data in the page, and a page whose data cannot be used says what is wrong with it.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { serve } from "../../scripts/serve.mjs";
import { openBrowser } from "./browsers.mjs";
import { newContext } from "./harness.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

test("no compiled file has a price", async () => {
  const files = (await readdir(DIST, { recursive: true })).filter((name) => name.endsWith(".wasm"));
  assert.equal(files.length, 3, files.join());
  for (const name of files) {
    const bytes = await readFile(join(DIST, name));
    for (const part of ["image-animate", "Image Animate", "350000"]) assert.ok(!bytes.includes(part), `${name} has ${part}`);
  }
});

const DATA = /(<script[^>]*id="price-books">)([^<]*)(<\/script>)/;

/** Serves a copy of the page whose price data is `edited`, opens it and runs `steps` with it. */
async function withData(edited, steps) {
  const folder = await mkdtemp(join(tmpdir(), "callmix-"));
  await cp(DIST, folder, { recursive: true });
  for (const name of ["index.html", "embed.html"]) {
    const html = await readFile(join(folder, name), "utf8");
    assert.match(html, DATA);
    await writeFile(join(folder, name), html.replace(DATA, edited));
  }
  const server = await serve({ root: folder });
  const context = await newContext(browser.browser);
  try {
    await steps(await context.newPage(), server.address);
  } finally {
    await context.close();
    server.stop();
    await rm(folder, { recursive: true });
  }
}

const start = "The calculator couldn’t start, because it can’t use the price list in this page.";

for (const [what, edited, reason] of [
  ["is missing", () => "", "price_books: "],
  ["is cut off", (_, open, data, close) => open + data.slice(0, 200) + close, "price_books: "],
  ["has an empty list", (_, open, data, close) => `${open}[]${close}`, "price_books: "],
  ["has a malformed price", (_, open, data, close) => open + data.replace('"4.20"', '"4,20"') + close, "price_books[0].services[0].tiers[1].unit_price: "],
]) {
  test(`a page whose price data ${what} says so and shows no total`, () =>
    withData(edited, async (page, address) => {
      await page.goto(`${address}#v=1&calls=300`);
      const note = page.locator("#start-note");
      await note.getByText(start).waitFor();
      assert.ok((await note.innerText()).startsWith(`${start} ${reason}`), await note.innerText());
      await page.goto("about:blank");
      // The early answer has the same prices.
      await page.goto(address);
      await note.getByText(start).waitFor();
      assert.equal(await page.getByRole("textbox", { name: "Calls per year" }).count(), 0);
      assert.equal(await page.getByTestId("total").filter({ visible: true }).count(), 0);
      await page.goto(`${address}embed.html?mode=calculator#v=1&calls=300`);
      await note.getByText(start).waitFor();
      assert.equal(await page.getByTestId("total").filter({ visible: true }).count(), 0);
    }));
}
