// Do the main flows work in WebKit, as in Safari?
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { checked } from "./estimates.mjs";
import { missing, startWebKit, withWebKitPage } from "./webkit.mjs";

let site;
before(async () => {
  if (!missing) site = await startWebKit();
});
after(() => site?.stop());

const inWebKit = (name, steps, options = {}) =>
  test(name, { skip: missing && `skipped, because ${missing}` }, () => withWebKitPage(site, options, steps));
const calls = (page) => page.getByRole("textbox", { name: "Calls per year" });
const total = (page) => page.getByTestId("total");

inWebKit("300 calls a year are three packages of 100", async (page) => {
  await calls(page).pressSequentially("300");
  await total(page).hasAttribute("data-amount", "1260.00");
  assert.equal(await total(page).text(), "$1,260.00");
  const answer = page.getByRole("region", { name: "Recommendation" });
  await answer.hasText("Buy one 100-call package ($420.00).");
});

inWebKit("without postpaid, ten calls need a package", async (page) => {
  await calls(page).fill("10");
  await total(page).hasAttribute("data-amount", "48.00");
  await page.getByRole("switch", { name: "Postpaid enabled" }).press("Space");
  await total(page).hasAttribute("data-amount", "420.00");
  await page.getByRole("switch", { name: "Postpaid enabled" }).click();
  await total(page).hasAttribute("data-amount", "48.00");
});

inWebKit("10k is told what would be right, and the last answer stays", async (page) => {
  await calls(page).fill("300");
  await total(page).hasAttribute("data-amount", "1260.00");
  await calls(page).fill("10k");
  await page.getByRole("form", { name: "Your usage" }).hasText("for example 10,000.");
  assert.equal(await calls(page).inputValue(), "10k");
  assert.equal(await calls(page).getAttribute("aria-invalid"), "true");
  // The last answer is of what was typed before the k.
  assert.equal(await total(page).getAttribute("data-amount"), "48.00");
  await calls(page).fill("300");
  await calls(page).hasAttribute("aria-invalid", null);
});

inWebKit(
  "a link is opened, followed by the address, and copied or left to be copied",
  async (page) => {
    await total(page).hasAttribute("data-amount", "1264.80");
    assert.equal(await page.evaluate(() => document.querySelector("#note-title").value), "A & B");
    await page.getByRole("status", { name: "About this estimate" }).hasText("We don’t recognise “colour”.");
    await calls(page).fill("300");
    await total(page).hasAttribute("data-amount", "1260.00");
    const says = async (link) => {
      for (let tries = 0; tries < 50 && (await page.evaluate(() => location.hash)) !== link; tries++) await pause(50);
      assert.equal(await page.evaluate(() => location.hash), link);
    };
    await says(`#${checked("v=1&calls=300&title=A%20%26%20B&book=2026-11-22,6e1ff965&quoted=1260.00")}`);
    await page.getByRole("button", { name: "Copy link" }).click();
    // WebKit's driver cannot say whether the clipboard is allowed: the person is told either way.
    const region = page.getByRole("region", { name: "Share or save" });
    for (let tries = 0; tries < 50 && !/Link copied\.|copy it yourself/.test(await region.text()); tries++) await pause(50);
    assert.match(await region.text(), /Link copied\.|copy it yourself/);
    await page.getByRole("button", { name: "Reset" }).click();
    await says("");
    await page.evaluate(() => history.back());
    await total(page).hasAttribute("data-amount", "1260.00");
    assert.equal(await calls(page).inputValue(), "300");
  },
  { fragment: "#v=1&calls=301&title=A%20%26%20B&colour=red" },
);
