// The recommendation and what explains it, by pointer, keyboard and screen reader.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { button, calls, choose, column, field, openMore, recommendation, shows, table } from "./flows.mjs";
import { browserName, fitsSideways, settled, start, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());
const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));
const region = (page, name) => page.getByRole("region", { name });

inPage("shows the total, the cost per call, the saving and dated purchases", async (page) => {
  const answer = recommendation(page);
  // The page opens with a worked example, which the first keystroke replaces.
  await answer.getByText("Example", { exact: true }).waitFor();
  await shows(page, "44600.00");
  assert.equal(await calls(page).getAttribute("placeholder"), "12,000");
  await answer.getByRole("link", { name: "1,000,000" }).click();
  await shows(page, "3500000.00");
  await calls(page).fill("300");
  await shows(page, "1260.00");
  assert.equal(await answer.getByText("Example", { exact: true }).count(), 0);
  const text = (await answer.innerText()).replace(/\s+/g, " ");
  assert.match(text, /^Recommendation \$1,260 ?\.00 per year, before tax \$4\.20 per call \$180\.00 less than postpaid only What to buy and when/);
  assert.match(text, /Buy on the 1st of the month\. A package only covers calls made after you buy it\. Unused packages can be refunded within 7 days of purchase: until the 7th if you buy on the 1st\./);
  await openMore(page);
  await field(page, "First month").fill("2027-01");
  const steps = answer.getByRole("list").last().getByRole("listitem");
  await steps.filter({ hasText: "1 September 2027" }).waitFor();
  assert.deepEqual(
    (await steps.allInnerTexts()).map((step) => step.replace(/\s+/g, " ").trim()),
    [
      ...["January", "May", "September"].map((month, place) => `${place + 1} 1 ${month} 2027 Buy one 100-call package $420.00`),
      "Total for 12 months in USD, before tax $1,260.00",
    ],
  );
  await calls(page).fill("0");
  await answer.getByText("No calls, nothing to pay.").waitFor();
});

inPage("covers a peak with slots and explains what switching means", async (page) => {
  const answer = recommendation(page);
  await answer.getByText("Switch to concurrent billing with 2 slots").waitFor();
  await answer.getByText("Switch back to billing per call").waitFor();
  await answer.getByText("Make sure postpaid is on").waitFor();
  await answer.getByText("Switching moves this service and its API group").waitFor();
  const modes = table(page, "Compare billing modes");
  assert.match((await modes.getByRole("row", { name: "Recommended plan" }).innerText()).replace(/\s+/g, " "), /^Recommended plan \$[\d,.]+ –$/);
  await region(page, "Compare billing modes").getByText("Failed calls are never billed.").waitFor();
  assert.match((await column(table(page, "Month by month"), "What happens"))[5], /^50,000 calls with 2 slots$/);
}, { fragment: "#v=1&m=10,10,10,10,10,50000,10,10,10,10,10,10&start=2027-01&slots=2" });

inPage("says why a billing mode is not available", async (page) => {
  await calls(page).fill("10");
  const mode = (name) => table(page, "Compare billing modes").getByRole("row", { name }).innerText();
  await shows(page, "48.00");
  assert.match(await mode("Concurrent slots only"), /Tell us how many slots you need\./);
  await page.getByRole("switch", { name: "Postpaid enabled" }).press("Space");
  await shows(page, "420.00");
  assert.match(await mode("Postpaid only"), /Postpaid is off, so some calls would fail\./);
  await openMore(page);
  await choose(page, "Concurrent slots", "I know the number");
  await field(page, "Concurrent slots needed").fill("51");
  await table(page, "Compare billing modes").getByText("Needs more slots than you can buy online.").waitFor();
});

inPage("says what happens in each month, and opens to its figures", async (page) => {
  const months = table(page, "Month by month");
  await months.waitFor();
  assert.deepEqual((await column(months, "Month")).slice(0, 2), ["January 2027", "February 2027"]);
  const happens = await column(months, "What happens");
  assert.equal(happens[0], "30 free20 from packages");
  assert.equal(happens[3], "Buy one 100-call package50 from packages");
  const row = months.getByRole("row").nth(3);
  await row.locator("summary").press("Enter");
  // The 350 owned calls expire at the end of March, some of them unused.
  const figures = (await row.locator("dl").innerText()).replace(/\s+/g, " ");
  assert.match(figures, /Calls 50 Package calls 50 .*Expiring 2\d\d/);
  await row.locator("summary").press("Enter");
  await row.locator("dl").waitFor({ state: "detached" });
  await region(page, "Month by month").getByText("Free calls are used first, then packages you already own (soonest to expire first), then new packages (oldest first), then postpaid.").waitFor();
}, { fragment: "#v=1&calls=600&start=2027-01&free=30&owned=350x3&postpaid=off" });

inPage("dates the refund and the expiry of each purchase for a recipient", async (page) => {
  const answer = recommendation(page);
  await answer.getByText("Refundable until 7 April 2027, expires at the end of March 2028").waitFor();
  assert.equal(await calls(page).count(), 0);
  await page.getByRole("heading", { name: "Spring", level: 1 }).waitFor();
  assert.equal(await page.title(), "Spring");
  await button(page, "Change the numbers").click();
  assert.equal(await calls(page).inputValue(), "600");
}, { fragment: "#v=1&calls=600&start=2027-01&free=30&owned=350x3&postpaid=off&customer=Ann&title=Spring" });

inPage("asks how long a call takes where slots would be cheaper", async (page) => {
  await calls(page).fill("3,000,000");
  const question = page.getByRole("group", { name: /Up to 50 slots would be cheaper/ });
  await question.getByText("With 1 slot you would save $10,413,600.00, with 50 slots $6,180,000.00.").waitFor();
  const seconds = question.getByRole("textbox", { name: "Seconds per call" });
  await seconds.pressSequentially("90");
  await shows(page, "950400.00");
  await page.getByRole("group", { name: "11 slots are enough" }).waitFor();
  // The field keeps its place and the focus, and the kind keeps the seconds.
  assert.equal(await page.evaluate(() => document.activeElement.id), "seconds");
  await page.getByRole("radio", { name: "Calls can’t wait (live traffic)" }).check();
  assert.equal(await field(page, "Seconds per call").inputValue(), "90");
  await field(page, "Calls in the busiest hour").fill("4,000");
  await page.getByRole("group", { name: "You need 117 slots, more than the 50 sold online" }).waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Seconds per call" }).count(), 1);
});

inPage("shows the prices with their source and date", async (page) => {
  const prices = region(page, "Prices");
  await prices.getByText("Price list: 22 November 2026. All amounts in USD, before tax.").waitFor();
  assert.equal(await prices.getByRole("link", { name: "The provider’s price page" }).getAttribute("href"), "https://www.tencentcloud.com/document/product/1248/66165");
  assert.deepEqual(await prices.getByRole("table").evaluateAll((tables) => tables.map((table) => table.rows.length)), [5, 5, 2]);
  await page.getByText("Prices exclude tax. Failed calls are never billed.").waitFor();
});

const spokenBy = (chart) => chart.getAttribute("aria-valuetext");
inPage("shows the cost curve with its range, the reasons and the cost at other volumes", async (page) => {
  await field(page, "Calls per year").fill("300");
  const chart = page.getByRole("slider", { name: "Chart of cost per call by calls per year" });
  await chart.waitFor();
  assert.equal(await spokenBy(chart), "300 calls per year: recommended plan $4.20, packages only $4.20, postpaid only $4.80 per call");
  assert.deepEqual(await Promise.all(["min", "now", "max"].map((name) => chart.getAttribute(`aria-value${name}`))), ["100", "300", "900"]);
  await chart.focus();
  await chart.press("ArrowRight");
  assert.doesNotMatch(await spokenBy(chart), /^300 calls/);
  await chart.press("End");
  assert.match(await spokenBy(chart), /^900 calls/);
  await chart.press("Escape");
  assert.match(await spokenBy(chart), /^300 calls/);
  const section = region(page, "What if your volume changes?");
  await section.getByText("Packages cheapest: 288 to 300").waitFor();
  const plot = chart.locator("svg").first();
  await plot.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await plot.boundingBox();
  await page.mouse.move(x + width - 2, y + height / 2);
  assert.match(await spokenBy(chart), /^(8[5-9]|9)\d* calls/);
  await section.getByText("packages alone are cheapest").waitFor();
  await section.getByText("concurrent billing isn’t cheaper, even with a single slot").waitFor();
  await section.getByText("Cost at half to twice the calls").click();
  assert.equal(await table(page, "Cost at other volumes").locator("tbody tr").count(), 5);
  // The whole range is drawn on demand.
  await section.getByText("Cost per call at every volume").press("Enter");
  const charts = page.getByRole("slider", { name: "Chart of cost per call by calls per year" });
  await charts.nth(1).waitFor();
  assert.equal(await charts.nth(1).getAttribute("aria-valuemin"), "1");
});

inPage("keeps each figure of the answer on one line at 320 px", async (page) => {
  for (const volume of ["12,000", "1,200,000", "1,000,000,000,000"]) {
    await calls(page).fill(volume);
    await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).waitFor();
    await settled(page);
    const figures = await page.locator(".plan__cost, .read-out__item strong, .months__cost").evaluateAll((cells) =>
      cells.map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return { text: cell.textContent, lines: new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size };
      }),
    );
    assert.ok(figures.length >= 14, `${figures.length} figures`);
    for (const { text, lines } of figures) assert.equal(lines, 1, text);
    await fitsSideways(page);
  }
}, { viewport: { width: 320, height: 800 } });

inPage("keeps discounted prices inside their card at 320 px", async (page) => {
  const over = await region(page, "Your prices").evaluate((card) => {
    const edge = card.getBoundingClientRect().right - parseFloat(getComputedStyle(card).paddingInlineEnd);
    return [...card.querySelectorAll("table")].map((table) => table.getBoundingClientRect().right - edge);
  });
  assert.ok(over.length === 3 && over.every((over) => over <= 0), over.join(" "));
}, { viewport: { width: 320, height: 800 }, fragment: "#v=1&calls=12000&discount=10,5,5" });

inPage("answers when storage is blocked", async (page) => {
  await calls(page).fill("300");
  await shows(page, "1260.00");
  await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).waitFor();
}, { storage: "blocked" });

inPage("animates nothing when the visitor prefers reduced motion", async (page) => {
  await calls(page).fill("300");
  await shows(page, "1260.00");
  await page.getByRole("switch", { name: "Postpaid enabled" }).click();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
}, { reducedMotion: "reduce" });

test("does not print the form", { skip: browserName !== "chromium" && "Firefox's driver cannot show the page as it would be printed" }, () =>
  withPage(site, { fragment: "#v=1&calls=12345" }, async (page) => {
    await table(page, "Month by month").waitFor();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("form", { name: "Your usage" }).count(), 0);
  }));

inPage("moves neither the form nor the total while a volume is typed", async (page) => {
  const tops = () => page.evaluate(() => [".form__more", "[data-testid=total]", ".recommendation__what", ".strip"].map((part) => Math.round(document.querySelector(part).getBoundingClientRect().top)));
  const before = await tops();
  for (const text of ["300", "15,000", "1", "10k", "250", "18000", ""]) {
    await calls(page).press("ControlOrMeta+A");
    await page.keyboard.type(text, { delay: 20 });
    await settled(page);
    assert.deepEqual(await tops(), before, text);
  }
}, { viewport: { width: 1280, height: 800 } });

for (const fragment of ["#v=1&calls=12345", "#v=1&m=1,2,3,4,5,6,7,8,9,10,11,12&start=2027-01"]) {
  inPage(`fits text of twice the size: ${fragment}`, async (page) => {
    await table(page, "Month by month").waitFor();
    await openMore(page);
    for (const width of [1280, 640]) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      await fitsSideways(page);
    }
    await button(page, "More options").click();
  }, { viewport: { width: 1280, height: 800 }, fragment });
}

// The spacing that WCAG 1.4.12 lets a reader set.
const SPACED = "* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important } p { margin-block-end: 2em !important }";
inPage("fits widely spaced text at 320 px", async (page) => {
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, SPACED);
  for (const volume of ["300", "123456", "1000000000000"]) {
    await calls(page).fill(volume);
    await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).waitFor();
    await settled(page);
    await fitsSideways(page);
  }
}, { viewport: { width: 320, height: 800 } });
