// Tests of the published examples.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessible } from "../browser/accessible.mjs";
import { frameOf, ready, shows, start, withHost } from "./host.mjs";
import { DARK } from "./panel-colors.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

/** The examples share the calculator's origin, where the browser warns that the sandbox adds no protection. */
const example = (name, file, steps, options = {}) =>
  test(name, () => withHost(site, "", { address: `${site.calculator}examples/${file}`, forgives: /can escape its sandboxing/, ...options }, steps));

example("shows the element's events and changes its attributes", "element.html", async (page) => {
  await shows(frameOf(page), "44600.00");
  await page.getByText("callmix-ready").waitFor();
  await page.getByRole("textbox", { name: "Calls per year, set by this page" }).fill("300");
  await shows(frameOf(page), "1260.00");
  await page.getByText("callmix-change").waitFor();
  await page.getByRole("button", { name: "Get the quote" }).click();
  await page.getByText("getQuote()").waitFor();
  assert.match(await page.locator("#event").innerText(), /"total": "1260.00"/);
  await page.getByRole("button", { name: "Dark mode" }).click();
  await page.frames()[1].waitForFunction((dark) => getComputedStyle(document.querySelector(".panel")).backgroundColor === dark, DARK);
  await accessible(page);
});

example("renders an answer with the module", "module.html", async (page) => {
  await page.getByText("The recommended plan costs 1260.00 USD per year.").waitFor();
  assert.equal(await page.getByRole("listitem").count(), 3);
  await page.getByRole("textbox").fill("1.5");
  await page.getByRole("button", { name: "Get quote" }).click();
  await page.getByText(/^usage\.yearly: .* \(not_a_whole_number\)$/).waitFor();
});

example("shows the calculator in a plain iframe", "frame.html", async (page) => {
  await shows(page.frameLocator("iframe"), "44600.00");
  assert.ok(await page.frames()[1].evaluate(() => document.documentElement.scrollHeight > innerHeight), "the frame scrolls");
});

test("a plain iframe logs invalid settings in its address", () =>
  withHost(site, `<iframe src="${site.calculator}embed.html?theme=pink&mode=answers#v=1&calls=300"></iframe>`, { expected: [/theme=pink/, /mode=answers/] }, (page) => shows(page.frameLocator("iframe"), "1260.00")));

test("the engine works from another origin and rejects with its own error type", () =>
  withHost(site, "", {}, async (page) => {
    const results = await page.evaluate(async (calculator) => {
      const { quote, scenarioOf, CallmixError } = await import(`${calculator}engine.js`);
      const caught = async (scenario) => {
        try {
          return await quote(scenario);
        } catch (error) {
          return { known: error instanceof CallmixError && error instanceof Error, code: error.code, field: error.field, codes: error.errors.map(({ code }) => code), message: error.message };
        }
      };
      return {
        total: (await quote({ usage: { yearly: 300 } })).total,
        scenario: await scenarioOf("https://a.example/#v=1&calls=300&free=5&postpaid=off"),
        wrong: await caught({ usage: { yearly: -1 }, free_calls: "5", extra: 1 }),
        nothing: await caught(undefined),
      };
    }, site.calculator);
    assert.equal(results.total, "1260.00");
    assert.deepEqual(results.scenario, { usage: { yearly: 300 }, free_calls: 5, postpaid: false });
    assert.deepEqual(results.wrong.codes, ["out_of_range", "wrong_type", "unknown_field"]);
    assert.deepEqual([results.wrong.known, results.wrong.code, results.wrong.field], [true, "out_of_range", "usage.yearly"]);
    assert.match(results.wrong.message, /^[A-Z].*\.$/);
    assert.equal(results.nothing.code, "not_json");
  }));
