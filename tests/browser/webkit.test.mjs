// The main flows in WebKit, as in Safari.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { checked } from "./estimates.mjs";
import { until } from "./settled.mjs";
import { missing, startWebKit, withWebKitPage } from "./webkit.mjs";

let site;
before(async () => {
  if (!missing) site = await startWebKit();
});
after(() => site?.stop());

const inWebKit = (name, steps, options = {}) =>
  test(name, { skip: missing }, () => withWebKitPage(site, options, steps));
const calls = (page) => page.getByRole("textbox", { name: "Calls per year" });
const total = (page) => page.getByTestId("total");

inWebKit("recommends three packages of 100 for 300 calls", async (page) => {
  await calls(page).pressSequentially("300");
  await total(page).hasAttribute("data-amount", "1260.00");
  assert.equal(await total(page).text(), "$1,260.00");
  const answer = page.getByRole("region", { name: "Recommendation" });
  await answer.hasText("Buy one 100-call package");
});

inWebKit("buys a package for ten calls without postpaid", async (page) => {
  await calls(page).fill("10");
  await total(page).hasAttribute("data-amount", "48.00");
  await page.getByRole("switch", { name: "Postpaid enabled" }).press("Space");
  await total(page).hasAttribute("data-amount", "420.00");
  await page.getByRole("switch", { name: "Postpaid enabled" }).click();
  await total(page).hasAttribute("data-amount", "48.00");
});

inWebKit("changes the plan, and goes back to the cheapest", async (page) => {
  await calls(page).fill("12000");
  await page.getByRole("button", { name: "Change this plan" }).click();
  await page.getByRole("button", { name: "One package more in purchase 1" }).click();
  await page.getByTestId("own-total").hasAttribute("data-amount", "81600.00");
  await page.getByRole("region", { name: "Recommendation" }).hasText("$37,000.00 more than the cheapest");
  await page.getByRole("button", { name: "Back to the cheapest" }).click();
  await page.getByRole("button", { name: "Change this plan" }).hasText("Change this plan");
  await total(page).hasAttribute("data-amount", "44600.00");
});

inWebKit("says what to enter instead of 10k, and keeps the last answer", async (page) => {
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
  "opens a link, updates the address, and copies the link or selects it",
  async (page) => {
    await total(page).hasAttribute("data-amount", "1264.80");
    assert.equal(await page.evaluate(() => document.querySelector("#note-title").value), "A & B");
    await page.getByRole("status", { name: "About this estimate" }).hasText("We don’t recognise “colour”.");
    await calls(page).fill("300");
    await total(page).hasAttribute("data-amount", "1260.00");
    const says = async (link) => {
      const hash = () => page.evaluate(() => location.hash);
      await until(async () => (await hash()) === link, async () => `${link} in the address instead of ${await hash()}`);
    };
    await says(`#${checked("v=1&calls=300&title=A%20%26%20B&book=2026-11-22,6e1ff965&quoted=1260.00")}`);
    await page.getByRole("button", { name: "Copy link" }).click();
    // Whether WebKit's driver allows the clipboard depends on the machine. The page reports either outcome.
    const region = page.getByRole("region", { name: "Share or save" });
    await until(async () => /Link copied\.|copy it yourself/.test(await region.text()), "the link to be copied or selected");
    await page.getByRole("button", { name: "Reset" }).click();
    await says("");
    await page.evaluate(() => history.back());
    await total(page).hasAttribute("data-amount", "1260.00");
    assert.equal(await calls(page).inputValue(), "300");
  },
  { fragment: "#v=1&calls=301&title=A%20%26%20B&colour=red" },
);
