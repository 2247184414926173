// Tests that a translated page shows correct figures.
//
// A browser's translation replaces the text nodes of a page by <font> elements, once or again after each change. These
// tests do the same: with copies of the text, as Chrome does, or with the text node moved into the <font>.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { calls, shows } from "./flows.mjs";
import { start, watch, withPage } from "./harness.mjs";

let site;
before(async () => (site = await start()));
after(() => site?.stop());

/**
 * Runs in the page: translates every text, and later changes too where `delay` is a number of milliseconds.
 *
 * It goes further than translations do, as it ignores translate="no".
 */
function translate({ kind, delay }) {
  const translated = new WeakSet();
  const wrap = (text) => {
    const outer = document.createElement("font");
    const inner = outer.appendChild(document.createElement("font"));
    text.replaceWith(outer);
    inner.append(kind === "copy" ? document.createTextNode(text.data) : text);
    translated.add(inner.firstChild);
  };
  const translateAll = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (text.data.trim() && !translated.has(text) && !text.parentElement.closest("script, style, textarea, svg")) texts.push(text);
    }
    texts.forEach(wrap);
  };
  translateAll();
  if (delay === undefined) return;
  const soon = delay === 0 ? translateAll : () => setTimeout(translateAll, delay);
  new MutationObserver(soon).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** Runs in the page: the figures that are not those of the last answer. */
function wrongFigures() {
  const total = document.querySelector("[data-testid=total]");
  if (!total) return [];
  const [whole, fraction] = total.dataset.amount.split(".");
  const expected = `$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
  const isStale = document.querySelector(".answer--stale") !== null;
  const figures = { total: total.textContent };
  const small = document.querySelector(".form__total strong");
  if (small && !isStale) figures.small = small.textContent;
  // The sum of the months, once they have followed the total, and that of the plan.
  const isBehind = document.querySelector(".answer[aria-busy]") !== null;
  const cells = isBehind ? [] : [...document.querySelectorAll(".months tfoot td")].map((cell) => cell.textContent);
  const isZero = Number(total.dataset.amount) === 0;
  if (cells.length > 0 && !isZero && !cells.includes(expected)) figures.months = cells.join(" ");
  const legend = document.querySelector(".plan__total .plan__cost");
  if (legend) figures.legend = legend.textContent;
  return Object.entries(figures).filter(([, text]) => text !== expected).map(([name, text]) => `${name} shows ${text} instead of ${expected}`);
}

/** Collects wrong figures at every frame from now on, in `window.wrong`. */
async function watchFigures(page) {
  await page.evaluate(`window.wrongFigures = ${wrongFigures}`);
  await page.evaluate(() => {
    window.wrong = new Set();
    const look = () => {
      window.wrongFigures().forEach((sentence) => window.wrong.add(sentence));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Pseudorandom numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TEXTS = ["", "0", "7", "300", "12,345", "1000000", "10k", "-5", "99999999999999", "x", "2027-01", "12.5", "0.8", "1 2 3 4 5 6 7 8 9 10 11 12"];

/** Makes `steps` random edits in the form; resolves to what was done. */
async function walk(page, seed, steps) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const done = [];
  for (let step = 0; step < steps; step++) {
    const choice = { kind: next(), text: pick(TEXTS), place: next() };
    // One edit in one task, as fast as a script can type.
    done.push(
      await page.evaluate(({ kind, text, place }) => {
        const pick = (selector) => {
          const elements = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
          return elements[Math.floor(place * elements.length)];
        };
        const click = (selector) => {
          const element = pick(selector);
          element?.click();
          return `click ${element?.id || element?.textContent}`;
        };
        const type = (selector) => {
          const element = pick(selector);
          if (!element || element.readOnly) return "nothing";
          element.value = element.type === "range" ? String(Math.floor(place * 144)) : text;
          element.dispatchEvent(new Event("input", { bubbles: true }));
          return `type ${JSON.stringify(text)} in ${element.id || element.type}`;
        };
        if (kind < 0.35) return type("#calls");
        if (kind < 0.6) return type(".form :is(input[type=text], input[type=range], textarea)");
        if (kind < 0.75) return click("#postpaid");
        if (kind < 0.92) return click(".form :is(input[type=radio], .owned__remove, .form__buttons .button, .group > .button)");
        return click(".notice .button, .example, .share .button:not([data-embed], .share__buttons[role=group] *)");
      }, choice),
    );
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  return done;
}

for (const kind of ["copy", "move"]) {
  for (const delay of [undefined, 0, 250]) {
    const when = delay === undefined ? "once" : `again ${delay} ms after each change`;
    test(`shows the right figures after any edit, with each text node ${kind === "copy" ? "replaced by a copy" : "wrapped"}, ${when}`, () =>
      withPage(site, { fragment: "#v=1&calls=300", viewport: { width: 800, height: 800 } }, async (page) => {
        await shows(page, "1260.00");
        await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).waitFor();
        await page.evaluate(translate, { kind, delay });
        await watchFigures(page);
        for (const seed of [1, 2]) {
          const done = await walk(page, seed, 40);
          assert.deepEqual(await page.evaluate(() => [...window.wrong]), [], done.join("\n"));
        }
        // The page still answers.
        await page.getByRole("button", { name: "Reset", exact: true }).click();
        await calls(page).fill("12,000");
        await shows(page, "44600.00");
        assert.deepEqual(await page.evaluate(wrongFigures), []);
      }));
  }
}

test("answers one more keystroke and the postpaid switch on a translated page", () =>
  withPage(site, { fragment: "#v=1&calls=300" }, async (page) => {
    await shows(page, "1260.00");
    await page.evaluate(translate, { kind: "copy" });
    await calls(page).press("End");
    await calls(page).press("0");
    await shows(page, "11400.00");
    assert.equal(await page.getByTestId("total").textContent(), "$11,400.00");
    const postpaid = page.getByRole("switch", { name: "Postpaid enabled" });
    await calls(page).fill("10");
    await postpaid.click();
    await shows(page, "420.00");
    await postpaid.click();
    await shows(page, "48.00");
    assert.equal(await page.getByTestId("total").textContent(), "$48.00");
    await page.getByRole("region", { name: "Recommendation" }).getByText("postpaid", { exact: false }).first().waitFor();
  }));

test("marks figures as not to be translated, and sentences as translatable", () =>
  withPage(site, { fragment: "#v=1&calls=300" }, async (page) => {
    await shows(page, "1260.00");
    await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).waitFor();
    const texts = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector("#app"), NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) found.push({ text: walker.currentNode.data, translate: walker.currentNode.parentElement.translate });
      return found;
    });
    const amounts = texts.filter(({ text }) => /^\$[\d,.]+$/.test(text));
    assert.ok(amounts.length > 20);
    assert.deepEqual(amounts.filter(({ translate }) => translate), []);
    assert.deepEqual(texts.filter(({ text, translate }) => / [a-z]{3,} /.test(text) && !translate), []);
  }));

test("shows the right total in a translated frame", () =>
  withPage(site, {}, async (page) => {
    const context = page.context();
    const problems = watch(context, site.address);
    const frame = await context.newPage();
    await frame.goto(`${site.address}embed.html#v=1&calls=300`);
    await shows(frame, "1260.00");
    await frame.evaluate(translate, { kind: "copy", delay: 0 });
    for (const [text, amount, shown] of [["3000", "11400.00", "$11,400.00"], ["10", "48.00", "$48.00"], ["10k", "48.00", "$48.00"], ["1,000,001", "3500003.50", "$3,500,003.50"]]) {
      await calls(frame).fill(text);
      await shows(frame, amount);
      assert.equal(await frame.getByTestId("total").textContent(), shown);
    }
    await frame.getByRole("switch", { name: "Postpaid enabled" }).click();
    await frame.waitForFunction(() => document.querySelector("[data-testid=total]").dataset.amount === "3500420.00");
    assert.deepEqual(await frame.evaluate(wrongFigures), []);
    assert.deepEqual(problems, []);
    await frame.close();
  }));
