// The first answer of the built page, and its error messages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { mistake, recommendation } from "./flows.mjs";
import { fitsSideways, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const calls = (page) => page.getByRole("textbox", { name: "Calls per year" });
const total = (page) => recommendation(page).getByTestId("total");
const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));

async function shows(page, amount, text) {
  await page.waitForFunction((amount) => document.querySelector("[data-testid=total]")?.dataset.amount === amount, amount);
  if (text) assert.equal(await total(page).innerText(), text);
}

inPage("recommends three packages of 100 for 300 calls", async (page) => {
  await calls(page).fill("300");
  await shows(page, "1260.00", "$1,260.00");
  const steps = recommendation(page).getByRole("listitem").filter({ hasText: "Buy one 100-call package" });
  const texts = (await steps.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  assert.equal(texts.length, 3);
  // The first month of a new estimate is the next one, so every step has a date.
  for (const [place, text] of texts.entries()) assert.match(text, new RegExp(`^${place + 1} 1 [A-Z][a-z]+ \\d{4} Buy one 100-call package \\$420\\.00$`));
});

inPage("answers every keystroke, free calls and the postpaid switch", async (page) => {
  await calls(page).pressSequentially("1200");
  await shows(page, "4640.00");
  await page.getByRole("textbox", { name: "Free calls left" }).pressSequentially("1200");
  await shows(page, "0.00");
  await page.getByRole("textbox", { name: "Free calls left" }).fill("");
  await calls(page).fill("10");
  await shows(page, "48.00");
  await page.getByRole("switch", { name: "Postpaid enabled" }).press("Space");
  await shows(page, "420.00");
});

inPage("accepts grouped numbers", async (page) => {
  for (const text of ["1,000,000", " 1000000 ", "1 000 000", "1'000'000"]) {
    await calls(page).fill("300");
    await shows(page, "1260.00");
    await calls(page).fill(text);
    await shows(page, "3500000.00", "$3,500,000.00");
    assert.equal(await calls(page).inputValue(), text);
  }
});

const mistakes = {
  "-5": "for example 5.",
  "1.5": "for example 2.",
  "12e3": "for example 12,000.",
  "1.000": "for example 1,000.",
  "10k": "for example 10,000.",
  "": "Enter how many calls you expect.",
  "🚀": "for example 12,000.",
};
inPage("says what to enter instead of invalid text", async (page) => {
  for (const [text, meant] of Object.entries(mistakes)) {
    await calls(page).fill("300");
    await shows(page, "1260.00");
    await calls(page).fill(text);
    const error = page.locator("#calls-error");
    await page.waitForFunction(() => document.querySelector("#calls-error").textContent !== "");
    assert.ok((await error.innerText()).endsWith(meant), `${JSON.stringify(text)}: ${await error.innerText()}`);
    assert.equal(await calls(page).inputValue(), text);
    assert.equal(await calls(page).getAttribute("aria-invalid"), "true");
    assert.equal(await total(page).getAttribute("data-amount"), "1260.00");
    await recommendation(page).getByText("Not updated").waitFor();
    await calls(page).fill("300");
    await recommendation(page).getByText("Not updated").waitFor({ state: "detached" });
  }
});

inPage("rejects forty digits", async (page) => {
  await calls(page).fill("9".repeat(40));
  assert.equal(await mistake(page, "Calls per year"), "Enter a number up to 1,000,000,000,000.");
});

inPage("answers a trillion calls", async (page) => {
  await calls(page).fill("1000000000000");
  await shows(page, "3500000000000.00", "$3,500,000,000,000.00");
});

inPage("keeps the focus and the text while typing", async (page) => {
  await calls(page).focus();
  await page.keyboard.type("1,2x00");
  assert.equal(await calls(page).inputValue(), "1,2x00");
  assert.equal(await page.evaluate(() => document.activeElement.id), "calls");
});

inPage("announces the answer or the error once typing pauses", async (page) => {
  const announced = (text) => page.getByRole("status").filter({ hasText: text }).waitFor();
  await calls(page).pressSequentially("300");
  await announced("The recommended plan costs $1,260.00 per year.");
  await calls(page).press("k");
  await announced(`${await mistake(page, "Calls per year")} Not updated: this is the result for your previous entry.`);
});

inPage("does not scroll sideways at 320, 768 and 1280 px", async (page) => {
  await calls(page).fill("1,000,000,000,000");
  await shows(page, "3500000000000.00");
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await fitsSideways(page);
  }
});

test("works below a sub-path", async () => {
  const nested = await start({ base: "/docs/pricing/" });
  try {
    await withPage(nested, {}, async (page) => {
      await calls(page).fill("300");
      await shows(page, "1260.00");
    });
  } finally {
    await nested.stop();
  }
});
