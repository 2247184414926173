// A plan of one's own beside the cheapest: its editor, its link, and what its recipient sees.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { answers, ask, begun, BOOK, says } from "./estimates.mjs";
import { button, calls, choose, field, openMore, recommendation, shows } from "./flows.mjs";
import { accessible, fitsSideways, settled, start, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));
const plan = (page) => page.getByRole("group", { name: "Your plan" });
const list = (page, name) => page.getByRole("combobox", { name, exact: true });
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);

/** Waits for the total of the plan, written as in the JSON. */
const costs = (page, amount) =>
  page.waitForFunction((amount) => document.querySelector("[data-testid=own-total]")?.dataset.amount === amount, amount);

/** 12,000 even calls, for which one 10,000-call package in month 3 is cheapest, with their plan being edited. */
async function begin(page) {
  await ask(page, "12000", "44600.00");
  await button(page, "Change this plan").click();
  await costs(page, "44600.00");
}

const LINK = `v=1&calls=12000&buy=1%3A10000x2&${BOOK}&quoted=44600.00`;

inPage("prices another plan beside the cheapest, and drops and restores it", async (page) => {
  assert.equal(await button(page, "Change this plan").count(), 0);
  await begin(page);
  await plan(page).getByText("Costs the same as the cheapest").waitFor();
  await list(page, "Month of purchase 1").selectOption("1");
  await costs(page, "44600.00");
  await button(page, "One package more in purchase 1").click();
  await costs(page, "74000.00");
  await plan(page).getByText("$29,400.00 more than the cheapest").waitFor();
  await plan(page).getByText("8,000 calls left unused in packages at the end of the year.").waitFor();
  await recommendation(page).getByText("Buy two 10,000-call packages").waitFor();
  await page.getByRole("row", { name: "Your plan" }).getByText("+$29,400.00").waitFor();
  await settled(page);
  await page.getByText("The recommended plan costs $44,600.00 per year. Your plan costs $74,000.00, $29,400.00 more.").waitFor({ state: "attached" });
  await shows(page, "44600.00");
  await says(page, begun(LINK));
  await button(page, "Back to the cheapest").click();
  await plan(page).waitFor({ state: "detached" });
  assert.equal(await focused(page), "Change this plan");
  await recommendation(page).getByText("Buy one 10,000-call package").waitFor();
  await button(page, "Undo").click();
  await costs(page, "74000.00");
  assert.equal(await list(page, "Month of purchase 1").inputValue(), "1");
  await button(page, "Undo").click();
  await costs(page, "44600.00");
  await button(page, "Undo").click();
  assert.equal(await list(page, "Month of purchase 1").inputValue(), "3");
  // Chosen options do not stick when the state goes back and forth.
  await button(page, "Redo").click();
  assert.equal(await list(page, "Month of purchase 1").inputValue(), "1");
});

inPage("keeps the plan when the usage changes and the page is reloaded", async (page) => {
  await begin(page);
  await field(page, "Packages of purchase 1").fill("2");
  await costs(page, "81600.00");
  await calls(page).fill("24000");
  await costs(page, "89200.00");
  await shows(page, "89200.00");
  await calls(page).fill("12000");
  await says(page, begun(LINK.replace("1%3A", "3%3A")));
  await page.reload();
  await costs(page, "81600.00");
  await recommendation(page).getByText("Chosen by the sender; the cheapest plan is $44,600.00.").waitFor();
  await button(page, "Back to the cheapest").click();
  await recommendation(page).getByText("Buy one 10,000-call package").waitFor();
  await button(page, "Undo").click();
  await button(page, "Back to the cheapest").waitFor();
  await page.reload();
  await button(page, "Change this plan").click();
  await list(page, "Month of purchase 1").waitFor();
  assert.equal(await focused(page), "Month of purchase 1");
});

for (const [viewport, colorScheme] of [[{ width: 1280, height: 800 }, "light"], [{ width: 360, height: 740 }, "dark"]]) {
  const fragment = `#v=1&calls=12000&start=2027-01&customer=Brightwater&buy=1:10000x2`;
  inPage(
    `shows a recipient the sender's plan as the plan, ${viewport.width} px wide`,
    async (page) => {
      await costs(page, "74000.00");
      await shows(page, "44600.00");
      await recommendation(page).getByText("Chosen by the sender; the cheapest plan is $44,600.00.").waitFor();
      await recommendation(page).getByText("Buy two 10,000-call packages").waitFor();
      assert.equal(await recommendation(page).getByText("Buy one 10,000-call package").count(), 0);
      await page.getByRole("row", { name: "Plan chosen by the sender" }).waitFor();
      assert.match(await page.getByRole("table", { name: "Month by month" }).locator("tfoot").innerText(), /\$74,000\.00/);
      await settled(page);
      await page.getByText("The plan chosen by the sender costs $74,000.00, $29,400.00 more.").waitFor({ state: "attached" });
      await accessible(page);
      await fitsSideways(page);
      assert.equal(await button(page, "Change this plan").count(), 0);
      await button(page, "Change the numbers").click();
      await button(page, "Change this plan").click();
      await list(page, "Month of purchase 1").waitFor();
    },
    { fragment, viewport, colorScheme },
  );

  inPage(
    `keeps the focus in the editor, ${viewport.width} px wide`,
    async (page) => {
      await begin(page);
      assert.equal(await focused(page), "Month of purchase 1");
      for (const name of ["Package size of purchase 1", "One package less in purchase 1", "Packages of purchase 1", "One package more in purchase 1", "Remove purchase 1", "Add a purchase"]) {
        await page.keyboard.press("Tab");
        assert.equal(await focused(page), name);
      }
      await page.keyboard.press("Enter");
      await list(page, "Month of purchase 2").waitFor();
      assert.equal(await focused(page), "Month of purchase 2");
      await accessible(page);
      await fitsSideways(page);
      await button(page, "Remove purchase 1").press("Enter");
      await list(page, "Month of purchase 2").waitFor({ state: "detached" });
      assert.equal(await focused(page), "Month of purchase 1");
      await button(page, "Remove purchase 1").press("Space");
      await plan(page).getByText("Your plan buys no packages.").waitFor();
      assert.equal(await focused(page), "Add a purchase");
      await costs(page, "45600.00");
    },
    { viewport, colorScheme },
  );
}

inPage("keeps a number that cannot be read, and the last answer", async (page) => {
  await begin(page);
  const count = field(page, "Packages of purchase 1");
  for (const [text, error] of [["", "Enter a whole number, for example 3."], ["two", "Enter a whole number, for example 3."], ["0", "Enter a whole number from 1 to 1,000,000,000,000."]]) {
    await count.fill(text);
    await plan(page).getByText(error).waitFor();
    assert.equal(await count.inputValue(), text);
    assert.equal(await count.getAttribute("aria-invalid"), "true");
    await recommendation(page).getByText("Not updated: this is the result for your previous entry.").waitFor();
    await costs(page, "44600.00");
  }
  await accessible(page);
  await button(page, "One package less in purchase 1").press("Enter");
  assert.equal(await count.inputValue(), "0");
  await button(page, "One package more in purchase 1").click();
  await costs(page, "44600.00");
  await recommendation(page).getByText("Not updated").waitFor({ state: "detached" });
});

inPage("says which part of a plan no longer counts, and lets the rest stand", async (page) => {
  await begin(page);
  await openMore(page);
  await choose(page, "Concurrent slots", "I know the number");
  await field(page, "Concurrent slots needed").fill("2");
  await answers(page, "44600.00");
  await plan(page).getByRole("group", { name: "Months billed by slots" }).getByRole("checkbox").first().check();
  await costs(page, "55200.00");
  await field(page, "Concurrent slots needed").fill("51");
  await plan(page).getByText(/^Billed per call: .*, because more than 50 slots would be needed\.$/).waitFor();
  await costs(page, "44600.00");
  await choose(page, "Concurrent slots", "Not known");
  await plan(page).getByText(/because the number of slots isn’t known\.$/).waitFor();
  await page.getByRole("switch", { name: "Buy once a year" }).check();
  await plan(page).getByText("Not counted: with one order a year, packages are bought in the first month.").waitFor();
  await costs(page, "45600.00");
  await accessible(page);
  await list(page, "Month of purchase 1").selectOption("1");
  await costs(page, "44600.00");
  await page.getByRole("switch", { name: "Postpaid enabled" }).uncheck();
  await plan(page).getByText(/^2,000 calls would fail, in .*\.$/).waitFor();
});
