// Accessibility checks: WCAG 2.2 A and AA by axe, and no sideways scrolling.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../target/tools/node/", import.meta.url));
const axe = require("axe-core");

const WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** Asserts that axe finds no violation of WCAG 2.2 A and AA on the page as it is now, once its transitions have ended. */
export async function accessible(page) {
  // A page keeps axe from one of its states to the next.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (tags) => {
    const ending = document.getAnimations().filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
    // Preloading is for pages with videos. Tests check each frame by itself.
    const options = { runOnly: tags, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"], preload: false, iframes: false };
    const { violations } = await window.axe.run(document, options);
    return violations.map(({ id, impact, help, nodes }) => ({
      rule: `${id} (${impact}): ${help}`,
      places: nodes.map((node) => `${node.target.flat().join(" ")}: ${[...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ")}`),
    }));
  }, WCAG_2_2_AA);
  const list = violations.map(({ rule, places }) => [rule, ...places].join("\n    "));
  assert.equal(list.length, 0, `axe found violations on ${page.url()}:\n  ${list.join("\n  ")}`);
}

/** Asserts that the page does not scroll sideways; the message names the elements past its edge. */
export async function fitsSideways(page) {
  const { overflow, wide } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const scrolls = (element) => element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const name = (element) => `${element.localName}.${[...element.classList].join(".")}`;
    const isPastEdge = (element) => element.getBoundingClientRect().right > clientWidth && !scrolls(element.parentElement);
    return { overflow: scrollWidth - clientWidth, wide: [...document.body.querySelectorAll("*")].filter(isPastEdge).map(name) };
  });
  assert.equal(overflow, 0, `the page scrolls ${overflow} px sideways; past its edge: ${wide.slice(0, 5).join(", ") || "nothing visible"}`);
}
