// Tests the page with large text and on very small screens, and the keyboard's shortcuts through it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { button, calls, field, openMore, shows, table } from "./flows.mjs";
import { fitsSideways, settled, start, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());
const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));

const ESTIMATES = ["#v=1&calls=12345", "#v=1&calls=1000000000000", "#v=1&m=1,2,3,4,5,6,7,8,9,10,11,120000&start=2027-01&owned=350x3&live=60,500,0.01&discount=10,5,5"];

for (const width of [320, 360, 390]) {
  for (const fragment of ESTIMATES) {
    inPage(`does not scroll sideways with text of twice the size at ${width} px: ${fragment}`, async (page) => {
      await table(page, "Month by month").waitFor();
      await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).waitFor();
      await openMore(page);
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      await fitsSideways(page);
    }, { viewport: { width, height: 800 }, fragment });
  }
}

for (const width of [320, 390]) {
  inPage(`fits the embed dialog with text of twice the size at ${width} px`, async (page) => {
    await shows(page, "40140.00");
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await button(page, "Embed…").click();
    const dialog = page.getByRole("dialog", { name: "Embed this estimate" });
    await dialog.waitFor();
    const { content, room } = await dialog.evaluate((element) => ({ content: element.scrollWidth, room: element.clientWidth }));
    assert.ok(content <= room, `${content} px in ${room}`);
  }, { viewport: { width, height: 800 }, fragment: "#v=1&calls=12000&discount=10,5,5" });
}

inPage("covers no field on a screen of 320 by 256 px", async (page) => {
  await shows(page, "44600.00");
  await openMore(page);
  for (const name of ["Calls per year", "Free calls left", "First month"]) {
    await field(page, name).focus();
    const covering = await field(page, name).evaluate((input) => {
      const { left, right, top, bottom } = input.getBoundingClientRect();
      const points = [top + 2, (top + bottom) / 2, bottom - 2].map((y) => document.elementFromPoint((left + right) / 2, y));
      return points.filter((element) => element !== input).map((element) => element?.className ?? "outside the window");
    });
    assert.deepEqual(covering, [], name);
  }
}, { viewport: { width: 320, height: 256 }, fragment: "#v=1&calls=12000" });

inPage("moves the cost chart's slider from the estimate's own volume", async (page) => {
  const chart = page.getByRole("slider", { name: "Chart of cost per call by calls per year" });
  await chart.waitFor();
  const value = () => chart.evaluate((element) => ({ now: Number(element.getAttribute("aria-valuenow")), calls: Number(/^[\d,]+/.exec(element.getAttribute("aria-valuetext"))[0].replaceAll(",", "")) }));
  const given = await value();
  assert.equal(given.calls, 5_000);
  await chart.focus();
  await chart.press("ArrowRight");
  const next = await value();
  assert.equal(next.now, next.calls);
  assert.ok(next.calls > 5_000, `${next.calls}`);
  await chart.press("ArrowLeft");
  await chart.press("ArrowLeft");
  const previous = await value();
  assert.equal(previous.now, previous.calls);
  assert.ok(previous.calls < 5_000, `${previous.calls}`);
  await chart.press("Escape");
  assert.deepEqual(await value(), given);
}, { fragment: "#v=1&calls=5000" });

inPage("skips to the answer by the first link, and keeps the address", async (page) => {
  await shows(page, "1260.00");
  const address = () => page.evaluate(() => location.hash);
  await settled(page);
  const before = await address();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the answer");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "recommendation-title");
  assert.equal(await address(), before);
}, { fragment: "#v=1&calls=300" });

inPage("announces a reset form", async (page) => {
  await calls(page).fill("300");
  await shows(page, "1260.00");
  await button(page, "Reset").click();
  await page.getByRole("status").filter({ hasText: "The form is empty." }).waitFor();
});
