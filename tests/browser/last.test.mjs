// Tests that the last estimate of a closed tab can be continued, or deleted from the device.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { button, calls, recommendation, shows } from "./flows.mjs";
import { settled, start, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());

const stored = (page) => page.waitForFunction(() => Object.keys(localStorage).some((key) => key.endsWith("last")));
const offer = (page) => recommendation(page).getByText("Continue where you left off");

/** Opens the page in a further tab of the same browser. */
async function reopened(page, address) {
  const tab = await page.context().newPage();
  await tab.goto(address);
  await tab.locator("html.started").waitFor({ state: "attached" });
  return tab;
}

test("offers the last estimate in a new tab, and not beside an answer", () =>
  withPage(site, {}, async (page) => {
    assert.equal(await offer(page).count(), 0);
    await calls(page).fill("300");
    await shows(page, "1260.00");
    await stored(page);
    const tab = await reopened(page, site.address);
    await offer(tab).waitFor();
    await tab.getByRole("link", { name: "$1,260.00" }).click();
    await shows(tab, "1260.00");
    assert.equal(await calls(tab).inputValue(), "300");
    assert.equal(await offer(tab).count(), 0);
    assert.equal(await tab.getByRole("list", { name: "Saved estimates" }).count(), 0);
    await tab.close();
  }));

test("deletes the last estimate from the device", () =>
  withPage(site, {}, async (page) => {
    await calls(page).fill("300");
    await shows(page, "1260.00");
    await stored(page);
    const tab = await reopened(page, site.address);
    await offer(tab).waitFor();
    await button(tab, "Delete from this device").click();
    await offer(tab).waitFor({ state: "detached" });
    assert.deepEqual(await tab.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith("last"))), []);
    assert.equal(await tab.evaluate(() => document.activeElement.id), "calls");
    await tab.close();
  }));

test("stores nothing where storage is blocked", () =>
  withPage(site, { storage: "blocked" }, async (page) => {
    await calls(page).fill("300");
    await shows(page, "1260.00");
    await settled(page);
    assert.equal(await offer(page).count(), 0);
  }));
