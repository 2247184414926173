// Keyboard use: every control is reachable, and the focus is always visible.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { calls, openMore, table } from "./flows.mjs";
import { start, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());

/** Runs in the page: the focused element, and the reasons why it could not be seen. */
function focused() {
  const element = document.activeElement;
  // A link that wraps has a rectangle for each line.
  const { left, right, top, bottom } = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
  const isInside = right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
  const between = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2;
  const [x, y] = [between(left, right, innerWidth), between(top, bottom, innerHeight)];
  const isFree = element.contains(document.elementFromPoint(x, y));
  const isMarked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return { isBody: element === document.body, name: name.trim(), hidden: [isInside || "out of sight", isFree || "covered", isMarked || "not marked"].filter((why) => why !== true) };
}

for (const width of [1280, 360]) {
  test(`reaches every control in order with a visible focus, ${width} px wide`, () =>
    withPage(site, { viewport: { width, height: 740 }, fragment: "#v=1&calls=300&start=2027-01" }, async (page) => {
      await table(page, "Month by month").waitFor();
      await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).waitFor();
      await openMore(page);
      await calls(page).focus();
      const names = [];
      for (let presses = 0; presses < 100; presses++) {
        const { isBody, name, hidden } = await page.evaluate(focused);
        if (isBody) break;
        assert.deepEqual(hidden, [], `"${name}"`);
        names.push(name);
        if (name === "The provider’s price page") break;
        await page.keyboard.press("Tab");
      }
      const wanted = [
        "Calls per year",
        "Calls per year (slider)",
        "Free calls left",
        "Postpaid enabled",
        "More options",
        "Reset",
        "Even",
        "First month",
        "Not known",
        "Add a package",
        "Packages (%)",
        "Calls per year",
        "Buy once a year",
        "Change this plan",
        "Chart of cost per call by calls per year",
        "Month by month, scrolls sideways",
        "Copy link",
        "The provider’s price page",
      ];
      assert.deepEqual(names.filter((name) => wanted.includes(name)), wanted, names.join(" → "));
    }));
}

test("moves choices by arrow keys, and submits nothing on Enter", () =>
  withPage(site, {}, async (page) => {
    await calls(page).fill("300");
    await calls(page).press("Enter");
    await openMore(page);
    const profiles = page.getByRole("radiogroup", { name: "Usage profile" });
    await profiles.getByRole("radio", { name: "Even" }).press("ArrowDown");
    assert.ok(await profiles.getByRole("radio", { name: "Growing" }).isChecked());
    assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent), "Growing");
    assert.equal(await calls(page).inputValue(), "300");
  }));
