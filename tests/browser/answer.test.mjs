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
  await answer.getByText("the cheapest way to pay").waitFor();
  await answer.getByRole("link", { name: "12,000" }).click();
  await shows(page, "44600.00");
  await calls(page).fill("300");
  await shows(page, "1260.00");
  const text = (await answer.innerText()).replace(/\s+/g, " ");
  assert.match(text, /^Recommendation \$1,260\.00 per year \$4\.20 per call \$180\.00 less than postpaid only All amounts in USD, before tax/);
  assert.match(text, /Buy on the 1st of the month\. A package only covers calls made after you buy it\. Unused packages can be refunded within 7 days of purchase: until the 7th if you buy on the 1st\./);
  await openMore(page);
  await field(page, "First month").fill("2027-01");
  const steps = answer.getByRole("list").last().getByRole("listitem");
  await steps.filter({ hasText: "September 2027" }).waitFor();
  assert.deepEqual(
    (await steps.allInnerTexts()).map((step) => step.replace(/\s+/g, " ")),
    ["January", "May", "September"].map((month) => `${month} 2027 Buy one 100-call package ($420.00).`),
  );
  await calls(page).fill("0");
  await answer.getByText("No calls, nothing to pay.").waitFor();
});

inPage("covers a peak with slots and explains what switching means", async (page) => {
  const answer = recommendation(page);
  await answer.getByText("Switch to concurrent billing with 2 slots for this month ($14,400.00).").waitFor();
  await answer.getByText("Switch back to billing per call.").waitFor();
  await answer.getByText("Make sure postpaid is on.").waitFor();
  await answer.getByText("Switching moves this service and its API group").waitFor();
  const modes = table(page, "Compare billing modes");
  assert.match((await modes.getByRole("row", { name: "Recommended plan" }).innerText()).replace(/\s+/g, " "), /^Recommended plan \$[\d,.]+ –$/);
  await region(page, "Compare billing modes").getByText("Failed calls are never billed.").waitFor();
  assert.deepEqual((await column(table(page, "Month by month"), "Slots")).map((slots) => slots.replace("–", "")), ["", "", "", "", "", "2", "", "", "", "", "", ""]);
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

inPage("keeps the columns of the monthly table while a volume is typed", async (page) => {
  const heads = table(page, "Month by month").getByRole("columnheader");
  const shown = [];
  for (const [volume, total] of [["3", "14.40"], ["314", "1327.20"], ["45600", "169280.00"]]) {
    await calls(page).fill(volume);
    await shows(page, total);
    shown.push(await heads.allTextContents());
  }
  assert.equal(shown[0].length, 9);
  assert.deepEqual(shown, [shown[0], shown[0], shown[0]]);
});

inPage("shows how each call is paid, and the dates of each purchase", async (page) => {
  const ledger = table(page, "Month by month");
  await ledger.waitFor();
  const months = (await column(ledger, "Month")).slice(0, 2);
  assert.deepEqual(months, ["January 2027", "February 2027"]);
  const [free, prepaid, postpaid] = await Promise.all(["Free calls", "Package calls", "Postpaid calls"].map((head) => column(ledger, head)));
  const count = (text) => Number(text.replace("–", "0").replaceAll(",", ""));
  const all = await column(ledger, "Calls");
  all.forEach((calls, month) => assert.equal(count(free[month]) + count(prepaid[month]) + count(postpaid[month]), count(calls)));
  assert.equal(count(free[0]), 30);
  // The 350 owned calls expire at the end of March, some of them unused.
  assert.equal((await column(ledger, "Expiring")).map(count).filter((calls) => calls > 0).length, 1);
  const bought = table(page, "Packages to buy");
  assert.deepEqual(await column(bought, "Buy on the 1st of"), ["April", "June", "August", "October", "December"].map((month) => `${month} 2027`));
  assert.equal((await column(bought, "Refundable until"))[0], "7 April 2027");
  assert.equal((await column(bought, "Expires"))[0], "At the end of March 2028");
  await region(page, "Month by month").getByText("Free calls are used first, then packages you already own (soonest to expire first), then new packages (oldest first), then postpaid.").waitFor();
}, { fragment: "#v=1&calls=600&start=2027-01&free=30&owned=350x3&postpaid=off" });

inPage("shows the prices with their source and date", async (page) => {
  const prices = region(page, "Prices");
  await prices.getByText("Price list: 22 November 2026. All amounts in USD, before tax.").waitFor();
  assert.equal(await prices.getByRole("link", { name: "The provider’s price page" }).getAttribute("href"), "https://www.tencentcloud.com/document/product/1248/66165");
  assert.deepEqual(await prices.getByRole("table").evaluateAll((tables) => tables.map((table) => table.rows.length)), [5, 5, 2]);
  await page.getByText("Prices exclude tax. Failed calls are never billed.").waitFor();
});

const spokenBy = (chart) => chart.getAttribute("aria-valuetext");
inPage("reads out the year by keyboard and pointer", async (page) => {
  await calls(page).fill("12,345");
  const chart = page.getByRole("slider", { name: "Chart of calls and cost by month" });
  assert.equal(await spokenBy(chart), "Full year: 12,345 calls (10,000 from packages, 2,345 postpaid). Cost: $46,025.80");
  await chart.focus();
  for (const [key, when] of [["ArrowRight", "Month 1"], ["ArrowRight", "Month 2"], ["End", "Month 12"], ["PageDown", "Month 9"], ["Home", "Month 1"], ["Escape", "Full year"]]) {
    await chart.press(key);
    assert.match(await spokenBy(chart), new RegExp(`^${when}:`));
  }
  const plot = chart.locator("svg").first();
  await plot.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await plot.boundingBox();
  await page.mouse.move(x + (width * 4.5) / 12, y + height / 2);
  assert.match(await spokenBy(chart), /^Month 5: /);
  assert.match(await region(page, "Calls and cost by month").innerText(), /Month 5/);
  await page.mouse.move(x, y - 200);
  assert.match(await spokenBy(chart), /^Full year:/);
});

inPage("shows the cost curve with its marks, the reasons and the cost at other volumes", async (page) => {
  await calls(page).fill("300");
  const chart = page.getByRole("slider", { name: "Chart of cost by calls per year" });
  await chart.waitFor();
  assert.match(await spokenBy(chart), /^300 calls per year: recommended plan \$1,260\.00, packages only \$1,260\.00, postpaid only \$1,440\.00$/);
  await chart.focus();
  await chart.press("ArrowRight");
  await chart.press("End");
  assert.doesNotMatch(await spokenBy(chart), /^300 calls/);
  await chart.press("Escape");
  assert.match(await spokenBy(chart), /^300 calls/);
  const curve = region(page, "Cost by volume");
  await curve.getByRole("listitem").filter({ hasText: "Your estimate: 300 calls" }).waitFor();
  const plot = chart.locator("svg").first();
  await plot.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await plot.boundingBox();
  await page.mouse.move(x + width - 2, y + height / 2);
  assert.doesNotMatch(await spokenBy(chart), /^300 calls/);
  await region(page, "Why we recommend this plan").getByText("packages alone are cheapest").waitFor();
  await region(page, "Why we recommend this plan").getByText("concurrent billing isn’t cheaper").waitFor();
  assert.equal(await table(page, "Cost at other volumes").locator("tbody tr").count(), 5);
});

inPage("keeps each figure at the charts on one line at 320 px", async (page) => {
  for (const volume of ["12,000", "1,200,000", "1,000,000,000,000"]) {
    await calls(page).fill(volume);
    await page.getByRole("slider", { name: "Chart of cost by calls per year" }).waitFor();
    await settled(page);
    const figures = await page.locator(".legend td").evaluateAll((cells) =>
      cells.map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return { text: cell.textContent, lines: new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size };
      }),
    );
    assert.ok(figures.some(({ text }) => text === volume), `${volume} in ${figures.map(({ text }) => text).join(" ")}`);
    for (const { text, lines } of figures) {
      assert.match(text, /^[$\d,.–]+$/);
      assert.equal(lines, 1, text);
    }
    await fitsSideways(page);
  }
}, { viewport: { width: 320, height: 800 } });

inPage("keeps the labels under the bars apart at 320 px", async (page) => {
  await calls(page).fill("300");
  await shows(page, "1260.00");
  const gaps = await page.locator(".chart__labels").first().evaluate((labels) => {
    const seen = [...labels.querySelectorAll("*")].filter((label) => label.firstChild?.data && getComputedStyle(label).visibility === "visible");
    const boxes = seen.map((label) => {
      const range = document.createRange();
      range.selectNodeContents(label);
      return range.getBoundingClientRect();
    });
    return boxes.slice(1).map(({ left }, place) => left - boxes[place].right);
  });
  assert.ok(gaps.length > 0 && gaps.every((gap) => gap > 4), gaps.join(" "));
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
  await page.getByRole("slider", { name: "Chart of cost by calls per year" }).waitFor();
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

test("moves nothing while a volume is typed", { skip: browserName !== "chromium" && "Firefox does not report layout shifts" }, () =>
  withPage(site, { viewport: { width: 1280, height: 800 } }, async (page) => {
    await calls(page).fill("300");
    await page.getByRole("slider", { name: "Chart of cost by calls per year" }).waitFor();
    await page.evaluate(() => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value, sources }) => ({ value, sources: sources.map(({ node }) => node?.className ?? node?.parentElement?.className) })))).observe({ type: "layout-shift" });
    });
    for (const text of ["45,600", "1", "10k", "250", "1,000,000", ""]) {
      await calls(page).press("ControlOrMeta+A");
      await page.keyboard.type(text, { delay: 40 });
      await settled(page);
    }
    const shifts = await page.evaluate(() => window.shifts);
    const sum = shifts.reduce((sum, { value }) => sum + value, 0);
    assert.ok(sum < 0.05, `shifted by ${sum.toFixed(3)}: ${JSON.stringify(shifts)}`);
  }));

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
    await page.getByRole("slider", { name: "Chart of cost by calls per year" }).waitFor();
    await settled(page);
    await fitsSideways(page);
  }
}, { viewport: { width: 320, height: 800 } });
