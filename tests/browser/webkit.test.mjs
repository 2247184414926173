// Do the main flows work in WebKit, as in Safari?
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

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
  await answer.hasText("Buy one 100-call package: $420.00.");
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
  await page.getByRole("form", { name: "Your usage" }).hasText("such as 10000.");
  assert.equal(await calls(page).inputValue(), "10k");
  assert.equal(await calls(page).getAttribute("aria-invalid"), "true");
  // The last answer is of what was typed before the k.
  assert.equal(await total(page).getAttribute("data-amount"), "48.00");
  await calls(page).fill("300");
  await calls(page).hasAttribute("aria-invalid", null);
});
