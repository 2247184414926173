// Tests of estimates that were quoted with an older price book. scripts/earlier-page.sh builds a page that knows an earlier
// price book.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { answers, ask, button, calls, checked, downloaded, fragment, keepDownloads, notice, says, shares, sharing } from "./estimates.mjs";
import { settled, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start({ root: new URL("../../target/earlier-page/", import.meta.url) });
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));

const EARLIER = checked("v=1&calls=300&book=2026-06-01,b37647de&quoted=1350.00");
/** The opened estimate at today's prices: it keeps that it has no first month. */
const UPDATED = checked("v=1&calls=300&book=2026-11-22,6e1ff965&quoted=1260.00");
const SENTENCE = "This estimate was quoted at $1,350.00 with an older price list (1 June 2026). Today’s price is $1,260.00.";

inPage(
  "shows both totals and the changed prices first, and keeps the quoted link",
  async (page) => {
    await answers(page, "1260.00");
    const lines = (await notice(page).innerText()).split("\n").filter((line) => line !== "");
    assert.equal(lines[0], SENTENCE);
    assert.ok(lines.includes("Image Animate: a 100-call package was 450.00 and is now 420.00."), lines.join("\n"));
    assert.ok(lines.includes("Image Animate: a 500-call package is no longer available. It was 2,100.00."));
    const [top, form] = await Promise.all([notice(page).boundingBox(), page.getByRole("form", { name: "Your usage" }).boundingBox()]);
    assert.ok(top.y + top.height <= form.y, "the notice is above the form");
    await settled(page);
    assert.equal(await fragment(page), EARLIER);
    await page.reload();
    await notice(page).getByText(SENTENCE).waitFor();
  },
  { fragment: `#${EARLIER}` },
);

inPage(
  "updates to today's prices on request and after an edit",
  async (page) => {
    await notice(page).getByRole("button", { name: "Update to today’s prices" }).click();
    await notice(page).waitFor({ state: "detached" });
    await says(page, UPDATED);
    await page.evaluate((link) => void (location.hash = link), EARLIER);
    await notice(page).waitFor();
    await ask(page, "5", "24.00");
    assert.equal(await notice(page).count(), 0);
    await calls(page).fill("300");
    await says(page, UPDATED);
  },
  { fragment: `#${EARLIER}` },
);

inPage(
  "saves and exports the estimate as it was quoted",
  async (page) => {
    await shares(page, EARLIER);
    await button(page, "Save on this device").click();
    await sharing(page).getByRole("listitem").filter({ hasText: "$1,350.00" }).waitFor();
    await page.evaluate(keepDownloads);
    await button(page, "Markdown").click();
    await sharing(page).getByText("Markdown downloaded.").waitFor();
    const { text } = await downloaded(page);
    assert.ok(text.includes(SENTENCE.replaceAll("$", "\\$")) && text.includes(`<${site.address}#${EARLIER}>`), text);
    await page.getByRole("checkbox", { name: "Compare 300 calls per year" }).check();
    await ask(page, "301", "1264.80");
    const row = sharing(page).getByRole("row").filter({ hasText: "Quoted at" });
    await row.waitFor();
    assert.match(await row.innerText(), /\$1,350\.00/);
    await page.waitForFunction(() => document.querySelector(".compare tbody").innerText.includes("$1,264.80"));
  },
  { fragment: `#${EARLIER}` },
);
