// The form: every part of a scenario can be entered.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { button, calls, choose, column, field, mistake, openMore, paste, recommendation, shows, table } from "./flows.mjs";
import { accessible, browserName, start, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());
const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));

inPage("opens with three fields, and shows the others on request", async (page) => {
  const form = page.getByRole("form", { name: "Your usage" });
  assert.equal(await form.getByRole("textbox").count(), 2);
  assert.equal(await form.getByRole("switch").count(), 1);
  assert.equal(await form.getByRole("radio").count(), 0);
  for (const name of ["Calls per year", "Free calls left"]) assert.equal(await field(page, name).getAttribute("inputmode"), "numeric");
  const more = button(page, "More options");
  await more.press("Enter");
  assert.equal(await more.getAttribute("aria-expanded"), "true");
  // Its parts say what is set in them, and open one at a time.
  const profile = page.getByRole("radiogroup", { name: "Usage profile" });
  const slots = page.getByRole("radiogroup", { name: "Concurrent slots" });
  assert.equal(await profile.isVisible() || (await slots.isVisible()), false);
  const part = (name) => page.locator(".options").filter({ has: page.locator("summary", { hasText: name }) }).locator("summary");
  assert.match(await part("Usage profile").innerText(), /Even, from [A-Z][a-z]{2} \d{4}/);
  await part("Usage profile").press("Enter");
  await profile.waitFor();
  await choose(page, "Usage profile", "Growing");
  assert.match(await part("Usage profile").innerText(), /Growing, from/);
  await part("Concurrent slots").press("Enter");
  await slots.waitFor();
  await profile.waitFor({ state: "hidden" });
  await more.press("Enter");
  await slots.waitFor({ state: "detached" });
});

inPage("spreads a share of the year over peaks, and keeps peaks and a budget in the link", async (page) => {
  await openMore(page);
  await calls(page).fill("12,000");
  await choose(page, "Usage profile", "Peaks");
  await field(page, "Share of the year’s calls in the peaks (%)").fill("50");
  const november = page.getByRole("checkbox", { name: /Peak in/ }).nth(10);
  await november.focus();
  await page.keyboard.press("Space");
  await page.waitForFunction(() => /profile=peaks,50,12&/.test(location.hash));
  await page.getByRole("checkbox", { name: /Peak in/ }).nth(11).uncheck();
  await page.getByText("Choose at least one month, and leave at least one out.").waitFor();
  await november.check();
  await accessible(page);
  await choose(page, "I know my…", "Budget");
  await field(page, "Budget per year (USD)").fill("5,000");
  await page.waitForFunction(() => /profile=peaks,50,11&.*budget=5000&/.test(location.hash));
  await page.reload();
  // Its options are open, because the link sets some.
  await page.locator(".options").first().waitFor();
  assert.equal(await field(page, "Budget per year (USD)").inputValue(), "5,000");
  await page.locator(".options summary", { hasText: "Usage profile" }).click();
  assert.ok(await november.isChecked());
  assert.equal(await field(page, "Share of the year’s calls in the peaks (%)").inputValue(), "50");
});

inPage("takes the volume per year, month or day, as a budget, and by slider", async (page) => {
  await openMore(page);
  await choose(page, "I know my…", "Calls per month");
  await field(page, "Calls per month").fill("25");
  await shows(page, "1260.00");
  await choose(page, "I know my…", "Calls per day");
  await field(page, "Calls per day").fill("10");
  await shows(page, "14130.00");
  const slider = page.getByRole("slider", { name: "Calls per day (slider)" });
  await slider.press("Home");
  assert.equal(await field(page, "Calls per day").inputValue(), "10");
  for (let step = 0; step < 24; step++) await slider.press("ArrowRight");
  assert.equal(await field(page, "Calls per day").inputValue(), "100");
  assert.equal(await slider.getAttribute("aria-valuetext"), "100 calls");
  await choose(page, "I know my…", "Budget");
  await field(page, "Budget per year (USD)").fill("1,260");
  await shows(page, "1260.00");
  assert.equal(await calls(page).inputValue(), "300");
  assert.equal(await calls(page).getAttribute("readonly"), "");
  await field(page, "Budget per year (USD)").fill("12 dollars");
  assert.match(await mistake(page, "Budget per year (USD)"), /Enter an amount, for example 5,000/);
  await choose(page, "I know my…", "Calls per year");
  await calls(page).fill("300");
  await shows(page, "1260.00");
});

/** The calls of each month, from the months' rows. */
async function callsOfMonths(page) {
  const texts = await page.locator(".months tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll(".key")].map((key) => key.textContent)));
  return texts.map((keys) => String(keys.reduce((sum, key) => sum + Number(key.match(/^[\d,]+/)[0].replaceAll(",", "")), 0)));
}

/** Month i has floor(N·W_i/W) − floor(N·W_{i−1}/W) calls. */
function spread(total, weights) {
  const sums = weights.map((_, place) => weights.slice(0, place + 1).reduce((sum, weight) => sum + weight));
  const until = sums.map((sum) => Math.floor((total * sum) / sums.at(-1)));
  return until.map((calls, place) => calls - (until[place - 1] ?? 0));
}

inPage("spreads the calls by profile, or by twelve monthly numbers", async (page) => {
  await calls(page).fill("5,000");
  await openMore(page);
  const profiles = { Even: Array(12).fill(1), Growing: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21], Seasonal: [8, 8, 8, 8, 9, 9, 9, 10, 11, 12, 14, 16] };
  for (const [profile, weights] of Object.entries(profiles)) {
    await choose(page, "Usage profile", profile);
    const months = spread(5_000, weights).map(String);
    await page.waitForFunction((first) => document.querySelector(".months tbody .key")?.textContent.startsWith(`${first} `), months[0]);
    assert.deepEqual(await callsOfMonths(page), months, profile);
  }
  // Monthly numbers start from the answered profile.
  await choose(page, "Usage profile", "Month by month");
  assert.equal(await field(page, "Calls in month 12").inputValue(), String(spread(5_000, profiles.Seasonal)[11]));
  await field(page, "Calls in month 1").fill("1,000");
  await page.waitForFunction(() => document.querySelector("#calls").value.length === 5);
  assert.equal(await calls(page).inputValue(), (5_000 - spread(5_000, profiles.Seasonal)[0] + 1_000).toLocaleString("en"));
  // Going back to a profile keeps their total.
  await choose(page, "Usage profile", "Even");
  assert.equal(await calls(page).inputValue(), String(5_000 - spread(5_000, profiles.Seasonal)[0] + 1_000));
});

inPage(
  "fills the months from a spreadsheet, and reports invalid cells",
  async (page) => {
    await openMore(page);
    await choose(page, "Usage profile", "Month by month");
    const month = (number) => field(page, `Calls in month ${number}`);
    await month(1).focus();
    await paste(page, Array.from({ length: 12 }, (_, place) => `${place + 1}00`).join("\t"));
    assert.equal(await month(12).inputValue(), "1200");
    await page.waitForFunction(() => document.querySelectorAll(".months tbody .key").length >= 12);
    assert.deepEqual(await callsOfMonths(page), [..."123456789", 10, 11, 12].map((hundreds) => String(hundreds * 100)));
    // Nine of twelve cells are valid; the three others keep their text and say why.
    await month(1).focus();
    await paste(page, "100\r\n200\r\nx\r\n1,000\r\n5\r\n6\r\n7.5\r\n8\r\n9\r\n10\r\n11\r\n-12\r\n");
    assert.match(await mistake(page, "Calls in month 3"), /whole number/);
    assert.match(await mistake(page, "Calls in month 7"), /for example 8\.$/);
    assert.match(await mistake(page, "Calls in month 12"), /for example 12\.$/);
    const texts = await Promise.all(Array.from({ length: 12 }, (_, place) => month(place + 1).inputValue()));
    assert.deepEqual(texts, ["100", "200", "x", "1,000", "5", "6", "7.5", "8", "9", "10", "11", "-12"]);
    const wrong = await page.locator('[id^="month-"][aria-invalid="true"]').count();
    assert.equal(wrong, 3);
    await recommendation(page).getByText("Not updated").waitFor();
    // Pasting starts at the focused month; cells beyond month 12 stay in it as text, with an error.
    await month(11).focus();
    await paste(page, "1 2 3");
    assert.deepEqual([await month(10).inputValue(), await month(11).inputValue(), await month(12).inputValue()], ["10", "1", "2; 3"]);
    assert.match(await mistake(page, "Calls in month 12"), /whole number/);
    await month(12).fill("2");
    // A single number is pasted as in any other field.
    await month(3).fill("");
    await paste(page, "1,000");
    assert.equal(await month(3).inputValue(), "1,000");
    await month(7).fill("");
    await recommendation(page).getByText("Not updated").waitFor({ state: "detached" });
  },
  { clipboard: "granted" },
);

inPage(
  "takes the twelve months of a pasted table, and says what it left out",
  async (page) => {
    await openMore(page);
    await choose(page, "Usage profile", "Month by month");
    const month = (number) => field(page, `Calls in month ${number}`);
    const rows = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map((name, place) => `${name}\t"${place + 1},000"`);
    await month(1).focus();
    await paste(page, ["Month\tCalls", ...rows, 'Total\t"78,000"', ""].join("\r\n"));
    await page.getByText("12 months pasted; the header and the total were left out.").first().waitFor();
    const texts = await Promise.all(Array.from({ length: 12 }, (_, place) => month(place + 1).inputValue()));
    assert.deepEqual(texts.map((text) => Number(text.replaceAll(",", ""))), Array.from({ length: 12 }, (_, place) => (place + 1) * 1_000));
    assert.equal(await page.locator('[id^="month-"][aria-invalid="true"]').count(), 0);
    assert.equal(await calls(page).inputValue(), "78,000");
    // A row of twelve months, with a dash for none and a currency before the numbers.
    await month(1).focus();
    await paste(page, `Calls\t$1,000\t-\t${"5\t".repeat(10)}1,050`);
    await page.getByText("12 months pasted; the header and the total were left out.").first().waitFor();
    assert.deepEqual([await month(1).inputValue(), await calls(page).inputValue()], ["$1,000", "1,050"]);
  },
  { clipboard: "granted" },
);

inPage("adds and removes owned packages without mixing up their text", async (page) => {
  await calls(page).fill("300");
  await openMore(page);
  const add = button(page, "Add a package");
  // Without a first month, a package has a number of months left.
  await field(page, "First month").fill("");
  const focused = () => page.evaluate(() => document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
  await add.click();
  assert.equal(await focused(), "Calls left in package 1");
  await page.keyboard.type("350");
  await field(page, "Months left in package 1").fill("3");
  await shows(page, "960.00");
  await add.click();
  assert.equal(await focused(), "Calls left in package 2");
  await page.keyboard.type("1 00 0");
  assert.match(await mistake(page, "Calls left in package 2"), /for example 1,000\.$/);
  await field(page, "Months left in package 2").fill("13");
  assert.match(await mistake(page, "Months left in package 2"), /from 1 to 12/);
  await button(page, "Remove package 1").click();
  assert.equal(await focused(), "Add a package");
  assert.equal(await field(page, "Calls left in package 1").inputValue(), "1 00 0");
  await field(page, "Calls left in package 1").fill("1,000");
  await field(page, "Months left in package 1").fill("12");
  await shows(page, "0.00");
  await button(page, "Remove package 1").press("Enter");
  await shows(page, "1260.00");
});

inPage("takes the slots in four ways", async (page) => {
  await calls(page).fill("600,000");
  await shows(page, "2100000.00");
  await openMore(page);
  const slots = (way) => choose(page, "Concurrent slots", way);
  await slots("I know the number");
  const outOfDate = "Not updated: this is the result for your previous entry.";
  await recommendation(page).getByText(`Enter “Concurrent slots needed” to update this estimate. ${outOfDate}`, { exact: true }).waitFor();
  assert.equal(await field(page, "Concurrent slots needed").getAttribute("aria-invalid"), null);
  await field(page, "Concurrent slots needed").fill("0");
  await field(page, "Concurrent slots needed").fill("");
  assert.match(await mistake(page, "Concurrent slots needed"), /number/);
  await field(page, "Concurrent slots needed").fill("2");
  await shows(page, "172800.00");
  await field(page, "Concurrent slots needed").fill("1 1 1 1 1 1 2 2 2 2 2 2");
  await shows(page, "129600.00");
  await field(page, "Concurrent slots needed").fill("1 2 3");
  assert.match(await mistake(page, "Concurrent slots needed"), /12 numbers/);
  await slots("Queued work");
  await field(page, "Seconds per call").fill("60");
  assert.deepEqual([await field(page, "Busy hours per month").inputValue(), await field(page, "Target utilisation (%)").inputValue()], ["720", "80"]);
  await shows(page, "172800.00");
  await field(page, "Busy hours per month").fill("745");
  assert.match(await mistake(page, "Busy hours per month"), /up to 744/);
  await field(page, "Busy hours per month").fill("720");
  await slots("Live traffic");
  assert.equal(await field(page, "Seconds per call").inputValue(), "60");
  await field(page, "Calls in the busiest hour").fill("500");
  await shows(page, "1382400.00");
  assert.equal(await field(page, "Accepted failures (%)").inputValue(), "1");
  await choose(page, "Busiest hour, as…", "Share of the month");
  await field(page, "Share in the busiest hour (%)").fill("1");
  await shows(page, "1382400.00");
  await field(page, "Accepted failures (%)").fill("100");
  assert.match(await mistake(page, "Accepted failures (%)"), /below 100/);
  await slots("Not known");
  await shows(page, "2100000.00");
});

inPage("takes discounts, the first month and the reading of the price page", async (page) => {
  await calls(page).fill("300");
  await openMore(page);
  await field(page, "Packages (%)").fill("10");
  await shows(page, "1134.00");
  await field(page, "Packages (%)").fill("12.345");
  assert.match(await mistake(page, "Packages (%)"), /up to 2 decimals/);
  await field(page, "Packages (%)").fill("");
  await field(page, "First month").fill("Jan 2027");
  await recommendation(page).getByText("1 September 2027", { exact: true }).waitFor();
  await field(page, "First month").fill("soon");
  assert.match(await mistake(page, "First month"), /for example January 2027/);
  await field(page, "First month").fill("");
  await choose(page, "Usage profile", "Month by month");
  for (let month = 1; month <= 12; month++) await field(page, `Calls in month ${month}`).fill(month === 1 ? "1,100" : "");
  await field(page, "Free calls left").fill("200");
  await shows(page, "3780.00");
  await choose(page, "Which calls count towards a price tier", "All calls in the month");
  await shows(page, "3420.00");
  assert.ok((await page.locator(".assumptions__list").getByRole("listitem").count()) >= 9);
  await choose(page, "Which calls count towards a price tier", "Only calls charged to postpaid");
  await shows(page, "3780.00");
});

inPage("undoes steps, Reset among them", async (page) => {
  assert.equal(await button(page, "Undo").count(), 0);
  await calls(page).pressSequentially("300");
  await shows(page, "1260.00");
  await page.getByRole("switch", { name: "Postpaid enabled" }).press("Space");
  await button(page, "Reset").click();
  assert.equal(await calls(page).inputValue(), "");
  await shows(page, "44600.00");
  await recommendation(page).getByText("Example", { exact: true }).waitFor();
  await button(page, "Undo").click();
  await shows(page, "1260.00");
  assert.equal(await page.getByRole("switch", { name: "Postpaid enabled" }).isChecked(), false);
  await button(page, "Undo").click();
  assert.equal(await page.getByRole("switch", { name: "Postpaid enabled" }).isChecked(), true);
  await button(page, "Undo").click();
  assert.equal(await calls(page).inputValue(), "");
  assert.ok(await button(page, "Undo").isDisabled());
  // The button keeps the focus even when nothing is left to undo.
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Undo");
});

inPage("undoes typing and slider moves step by step", async (page) => {
  await calls(page).pressSequentially("12000");
  await calls(page).press("ControlOrMeta+A");
  await page.keyboard.type("50000");
  const slider = page.getByRole("slider", { name: "Calls per year (slider)" });
  await slider.press("ArrowRight");
  await slider.press("ArrowRight");
  assert.equal(await calls(page).inputValue(), "56,000");
  for (const before of ["51,000", "50,000", "12000", ""]) {
    await button(page, "Undo").click();
    assert.equal(await calls(page).inputValue(), before);
  }
});

inPage("leaves Ctrl+Z to the field, and answers what it brings back", async (page) => {
  await calls(page).pressSequentially("300");
  await shows(page, "1260.00");
  await page.keyboard.press("ControlOrMeta+Z");
  await page.waitForFunction(() => document.querySelector("#calls").value !== "300");
  const undone = await calls(page).inputValue();
  assert.ok("300".startsWith(undone), undone);
  // Browsers take back a keystroke or all of them. Without any, the last answer stays and is marked.
  if (undone === "") await recommendation(page).getByText("Not updated").waitFor();
  await page.keyboard.press("ControlOrMeta+Shift+Z");
  await shows(page, "1260.00");
  assert.equal(await calls(page).inputValue(), "300");
});

inPage("converts the volume into a budget and back", async (page) => {
  await calls(page).fill("300");
  await openMore(page);
  await choose(page, "I know my…", "Budget");
  assert.equal(await field(page, "Budget per year (USD)").inputValue(), "1260.00");
  await calls(page).and(page.locator("[readonly]")).waitFor();
  await choose(page, "I know my…", "Calls per year");
  assert.equal(await calls(page).inputValue(), "300");
  await shows(page, "1260.00");
});

for (const [fragment, isOpen] of [["#v=1&calls=300&free=5", "false"], ["#v=1&calls=300&profile=growing", "true"], ["#v=1&calls=300&start=2027-01", "false"]]) {
  inPage(`opens ${fragment} with its options ${isOpen === "true" ? "shown" : "hidden"}`, async (page) => {
    await page.getByTestId("total").waitFor();
    assert.equal(await button(page, "More options").getAttribute("aria-expanded"), isOpen);
  }, { fragment });
}

inPage("never rewrites typed text nor loses the focus, in any field", async (page) => {
  await calls(page).fill("300");
  await openMore(page);
  await choose(page, "Concurrent slots", "Live traffic");
  await button(page, "Add a package").click();
  const fields = page.getByRole("form", { name: "Your usage" }).getByRole("textbox");
  const count = await fields.count();
  assert.ok(count >= 10, `${count} fields`);
  for (let place = 0; place < count; place++) {
    await fields.nth(place).focus();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("1,2x 0.");
    const { id, value } = await page.evaluate(() => ({ id: document.activeElement.id, value: document.activeElement.value }));
    assert.deepEqual([id, value], [await fields.nth(place).getAttribute("id"), "1,2x 0."]);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("7");
    assert.equal(await page.evaluate(() => document.activeElement.value), "1,2x 07.");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
  }
});

test("shows the switch as the browser's own checkbox in forced colours", { skip: browserName !== "chromium" && "Firefox's driver cannot force colours" }, () =>
  withPage(site, { forcedColors: "active" }, async (page) => {
    const own = await page.getByRole("switch").evaluate((input) => [getComputedStyle(input).appearance, getComputedStyle(input, "::before").content]);
    assert.deepEqual(own, ["auto", "none"]);
  }));
