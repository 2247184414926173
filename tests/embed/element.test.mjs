// Tests of the element: its attributes, properties, events and methods.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { accessible } from "../browser/accessible.mjs";
import { settled, until } from "../browser/settled.mjs";
import { frameOf, noClicks, ready, shows, start, withHost } from "./host.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const onHost = (name, body, steps, options = {}) => test(name, () => withHost(site, body, options, steps));
const element = (page, steps, argument) => page.locator("callmix-calculator").first().evaluate(steps, argument);
/** Resolves to the `detail` of the next event with that name. */
const next = (page, name) => element(page, (element, name) => new Promise((resolve) => element.addEventListener(name, ({ detail }) => resolve(detail), { once: true })), name);

onHost("shows the calculator from two lines of HTML", `<callmix-calculator calls="12000" theme="auto" lang="en"></callmix-calculator>`, async (page) => {
  const frame = frameOf(page);
  await shows(frame, "44600.00");
  assert.equal(await frame.getByRole("textbox", { name: "Calls per year" }).inputValue(), "12,000");
  await ready(page);
  for (const frame of page.frames()) await accessible(frame);
  const bottom = await frame.getByRole("link", { name: "Open the full calculator" }).evaluate((link) => link.getBoundingClientRect().bottom <= innerHeight);
  assert.ok(bottom, "the frame is tall enough for all of it");
});

test("opens the full calculator with the same scenario", { skip: noClicks }, () => withHost(site, `<callmix-calculator calls="12000" free="100"></callmix-calculator>`, {}, async (page) => {
  const frame = frameOf(page);
  await frame.getByRole("textbox", { name: "Calls per year" }).fill("300");
  await shows(frame, "840.00");
  const opening = page.context().waitForEvent("page");
  await frame.getByRole("link", { name: "Open the full calculator" }).click();
  const full = await opening;
  await full.locator('[data-testid=total][data-amount="840.00"]').waitFor();
  assert.equal(await full.getByRole("textbox", { name: "Free calls left" }).inputValue(), "100");
  // It has left the sandbox, so printing and downloading work.
  assert.equal(await full.evaluate(() => self.origin), new URL(site.calculator).origin);
}));

onHost("shows a read-only answer in the mode \"answer\"", `<callmix-calculator mode="answer" calls="300"></callmix-calculator>`, async (page) => {
  await shows(frameOf(page), "1260.00");
  assert.equal(await frameOf(page).locator("input").count(), 0);
  await accessible(page.frames()[1]);
});

onHost("explains an empty answer", `<callmix-calculator mode="answer"></callmix-calculator>`, async (page) => {
  await frameOf(page).getByText("this page does not set a number of calls").waitFor();
});

onHost("shows only the prices in the mode \"prices\"", `<callmix-calculator mode="prices"></callmix-calculator>`, async (page) => {
  await frameOf(page).getByRole("table", { name: /packages/ }).waitFor();
  assert.equal(await frameOf(page).locator("input").count(), 0);
  assert.equal(await element(page, (element) => element.getQuote()), null);
});

onHost("can change its mode", `<callmix-calculator mode="prices" calls="300"></callmix-calculator>`, async (page) => {
  await frameOf(page).getByRole("table", { name: /packages/ }).waitFor();
  await element(page, (element) => (element.mode = "answer"));
  await shows(frameOf(page), "1260.00");
  assert.equal(await element(page, (element) => element.getAttribute("mode")), "answer");
});

const KEYS = {
  calls: ["12001", 12001],
  m: ["1,2,3,4,5,6,7,8,9,10,11,12", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  profile: ["growing"],
  start: ["2027-01"],
  free: ["7", 7],
  owned: ["350x3"],
  postpaid: ["off"],
  tier: ["all"],
  slots: ["3", 3],
  queued: ["60,720,0.8"],
  live: ["60,500,0.01"],
  discount: ["10,0,5"],
  orders: ["once"],
  buy: ["1:1000x2"],
  conc: ["7,8"],
  secs: ["60", 60],
  busy: ["500", 500],
  service: ["image-animate"],
  customer: ["Müller & Söhne"],
  by: ["Example Cloud Partners"],
  title: ["An offer"],
  ref: ["A-1"],
  note: ["valid = as is #1"],
  until: ["2027-01-31"],
  budget: ["5000"],
  book: ["2026-11-22,1a2b3c4d"],
  quoted: ["44600.00"],
};

// A link of one service has its durations among the values of another key.
const WITHIN = {
  secs: { with: { queued: "720,0.8" }, sent: ["queued", "60,720,0.8"] },
  busy: { with: { live: "0.01", secs: "60" }, sent: ["live", "60,500,0.01"] },
};

onHost("reflects every link key as an attribute and a property", `<callmix-calculator></callmix-calculator>`, async (page) => {
  await ready(page);
  // The attributes of link keys come before those of the appearance. The version belongs to the link as a whole.
  const observed = await element(page, (element) => element.constructor.observedAttributes);
  assert.deepEqual(observed.slice(0, observed.indexOf("lang")), ["v", ...Object.keys(KEYS)], "every link key is an attribute");
  for (const [key, [value, typed = value]] of Object.entries(KEYS)) {
    // A link needs a volume. `calls` works with every key except `m`, which is a volume itself. Concurrent months belong to a
    // plan, and need slots.
    const calls = key === "m" || key === "calls" ? {} : { calls: "12000" };
    if (key === "conc") Object.assign(calls, { slots: "3", buy: "none" });
    Object.assign(calls, WITHIN[key]?.with);
    const link = await element(
      page,
      async (element, { key, typed, calls }) => {
        for (const name of element.getAttributeNames()) element.removeAttribute(name);
        await new Promise((resolve) => setTimeout(resolve));
        const changed = new Promise((resolve) => element.addEventListener("callmix-change", ({ detail }) => resolve(detail), { once: true }));
        Object.assign(element, calls, { [key]: typed });
        return [element.getAttribute(key), element[key], (await changed).link];
      },
      { key, typed, calls },
    );
    assert.deepEqual(link.slice(0, 2), [value, value], `${key} is reflected`);
    const sent = new URLSearchParams(link[2].split("#")[1].replaceAll("+", "%2B"));
    const [name, text] = WITHIN[key]?.sent ?? [key, value];
    assert.equal(sent.get(name), text, `${key} in ${link[2]}`);
  }
});

onHost("sends an event for each change", `<callmix-calculator calls="300" loading="eager"></callmix-calculator>`, async (page) => {
  await ready(page);
  const changed = next(page, "callmix-change");
  await frameOf(page).getByRole("textbox", { name: "Calls per year" }).fill("1200");
  const { scenario, total, link, ...more } = await changed;
  assert.deepEqual(scenario, { usage: { yearly: 1200 } });
  assert.equal(total, "4640.00");
  assert.match(link, new RegExp(`^${site.calculator}#v=1&check=[0-9a-f]{8}&calls=1200&book=[^&]+&quoted=4640.00$`));
  assert.deepEqual(more, {});
  assert.equal(await element(page, (element) => element.link), link);
  // A change of appearance alone sends no event.
  await element(page, (element) => {
    window.changes = 0;
    element.addEventListener("callmix-change", () => (window.changes += 1));
    Object.assign(element, { accent: "#b3261e", size: "18px" });
  });
  const frame = page.frames()[1];
  await frame.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === "18px");
  await settled(frame);
  await settled(page);
  assert.equal(await page.evaluate(() => window.changes), 0);
});

onHost("sends the total and the link with callmix-ready", "", async (page) => {
  const detail = await page.evaluate(() => new Promise((resolve) => {
    // The event bubbles.
    document.addEventListener("callmix-ready", ({ detail }) => resolve(detail));
    document.body.innerHTML = `<callmix-calculator calls="300"></callmix-calculator>`;
  }));
  assert.equal(detail.total, "1260.00");
  assert.equal(detail.link, `${site.calculator}#v=1&check=cf0707af&calls=300`);
});

onHost("returns the same quote as the engine", `<callmix-calculator calls="12000" profile="seasonal" slots="1" loading="eager"></callmix-calculator>`, async (page) => {
  const [quote, expected] = await element(page, async (element, calculator) => {
    const quote = await element.getQuote();
    const engine = await import(`${calculator}engine.js`);
    return [quote, await engine.quote(await engine.scenarioOf(element.link))];
  }, site.calculator);
  assert.deepEqual(quote, expected);
  assert.equal(quote.months.length, 12);
  assert.equal(quote.total, await frameOf(page).getByTestId("total").getAttribute("data-amount"));
});

onHost("returns null for an empty calculator, even far below the view", `<p style="height: 9000px"></p><callmix-calculator></callmix-calculator>`, async (page) => {
  assert.equal(await element(page, (element) => element.getQuote()), null);
});

onHost("applies properties that were set before the script ran", `<callmix-calculator></callmix-calculator>`, async (page) => {
  await shows(frameOf(page), "1260.00");
}, { head: `<script>addEventListener("DOMContentLoaded", () => { document.querySelector("callmix-calculator").calls = 300; });
  document.addEventListener("readystatechange", () => document.querySelector("callmix-calculator") && (document.querySelector("callmix-calculator").calls = 300), { once: true });</script>` });

onHost("works several times on one page", `<callmix-calculator calls="300"></callmix-calculator><callmix-calculator calls="1200"></callmix-calculator><callmix-calculator mode="prices"></callmix-calculator>`, async (page) => {
  await shows(frameOf(page, 0), "1260.00");
  await shows(frameOf(page, 1), "4640.00");
  await frameOf(page, 0).getByRole("textbox", { name: "Calls per year" }).fill("100");
  await shows(frameOf(page, 0), "420.00");
  await shows(frameOf(page, 1), "4640.00");
});

test("publishes the same script under its version, and both can be on one page", async () => {
  const { version } = /^version = "(?<version>[^"]+)"/m.exec(await readFile(new URL("../../Cargo.toml", import.meta.url), "utf8")).groups;
  const [latest, pinned] = await Promise.all(["embed.js", `embed-${version}.js`].map(async (name) => (await fetch(site.calculator + name)).text()));
  assert.equal(pinned, latest);
  await withHost(site, `<callmix-calculator calls="300"></callmix-calculator>`, { head: `<script type="module" src="${site.calculator}embed-${version}.js"></script>` }, (page) => shows(frameOf(page), "1260.00"));
});

const INVALID = {
  'calls="abc"': /<callmix-calculator calls="abc">: .*whole number/,
  'calls="300" free="-1"': /<callmix-calculator free="-1">/,
  'calls="300" owned="350"': /<callmix-calculator owned="350">: .*350x3/,
  'calls="300" v="2"': /<callmix-calculator v="2">: .*version/,
  'calls="300" mode="full"': /<callmix-calculator mode="full">: use one of calculator, answer, prices\./,
  'calls="300" theme="pink"': /<callmix-calculator theme="pink">: use one of auto, light, dark\./,
  'calls="300" loading="never"': /<callmix-calculator loading="never">: use one of lazy, eager\./,
  'calls="300" lang="xx"': /<callmix-calculator lang="xx">: .*en\./,
  'calls="300" accent="reddish"': /<callmix-calculator accent="reddish">: use a CSS colour/,
  'calls="300" radius="round"': /<callmix-calculator radius="round">/,
  'calls="300" size="99px"': /<callmix-calculator size="99px">/,
  'calls="300" font="{}"': /<callmix-calculator font="\{\}">/,
  'calls="300" src="javascript:alert(1)"': /<callmix-calculator src="javascript:alert\(1\)">: use the http/,
  'calls="300" cals="12"': /<callmix-calculator cals="12">: unknown attribute/,
};
onHost("reports invalid attributes on the console and uses the rest", "", async (page, problems) => {
  for (const [attributes, message] of Object.entries(INVALID)) {
    await page.evaluate((attributes) => (document.body.innerHTML = `<callmix-calculator ${attributes}></callmix-calculator>`), attributes);
    await ready(page);
    if (attributes.includes("300")) await shows(frameOf(page), "1260.00");
    await until(() => problems.some((problem) => message.test(problem)), () => `${message} in:\n${problems.join("\n")}`);
  }
}, { forgives: new RegExp(Object.values(INVALID).map(({ source }) => source).join("|")) });

onHost("uses a corrected attribute, and reports a new mistake in it again", `<callmix-calculator calls="300" class="wide" data-x="1" aria-label="Costs" onclick=""></callmix-calculator>`, async (page, problems) => {
  await shows(frameOf(page), "1260.00");
  for (const [calls, total] of [["abc", null], ["1200", "4640.00"], ["abc", null]]) {
    const before = problems.length;
    await element(page, (element, calls) => (element.calls = calls), calls);
    if (total) await shows(frameOf(page), total);
    else await until(() => problems.length > before, "an error on the console");
  }
  assert.equal(problems.length, 2);
}, { expected: [/calls="abc"/] });
