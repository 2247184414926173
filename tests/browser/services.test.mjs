// Estimates of several services, on the site of the fictional provider: lines, shared slots, links and small screens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { button, calls, column, field, openMore, recommendation, shows, table } from "./flows.mjs";
import { accessible, fitsSideways, settled, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start({ root: new URL("../../target/example-site/", import.meta.url), base: "/below/a/path/" });
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));
const service = (page) => page.getByRole("combobox", { name: "Service", exact: true });
const line = (page, name) => page.getByRole("button", { name: new RegExp(`^${name} `) });

/** Two services that share queued slots, and one that counts pictures. */
async function fillThree(page) {
  await calls(page).fill("720000");
  await openMore(page);
  await page.getByRole("radio", { name: "Queued work", exact: true }).check();
  await field(page, "Seconds per call").fill("40");
  await button(page, "Add a service").click();
  await calls(page).fill("1,020,000");
  await field(page, "Seconds per call").fill("75");
  await shows(page, "180000.00");
  await button(page, "Add a service").click();
  await field(page, "Pictures per year").fill("48000");
  await shows(page, "180330.00");
}

inPage("answers three services together, and says what sharing slots saves", async (page) => {
  await fillThree(page);
  const text = await recommendation(page).innerText();
  assert.match(text, /€36,000\.00 less than separate slots/);
  assert.match(text, /Video Upscale and Video Subtitles: Switch to concurrent billing with 5 slots/);
  assert.match(text, /Picture Cutout: Buy one 10,000-picture package/);
  assert.deepEqual(await column(table(page, "Cost by service"), "Cost"), ["€0.00", "€0.00", "€330.00", "€180,000.00"]);
  await page.getByText("need 5 slots together, and 6 separately").waitFor();
  const costs = await column(table(page, "Month by month"), "Cost");
  const cents = costs.map((cost) => Number(cost.replaceAll(/[^\d]/g, "")));
  assert.equal(cents.reduce((sum, cost) => sum + cost), 18_033_000);
  await accessible(page);
});

inPage("opens, removes and brings back a service, with what was typed in it", async (page) => {
  await fillThree(page);
  await line(page, "Video Upscale").click();
  assert.match(await calls(page).inputValue(), /^720,?000$/);
  assert.equal(await service(page).inputValue(), "video-upscale");
  await button(page, "Remove Video Upscale").click();
  assert.equal(await service(page).inputValue(), "video-subtitles");
  await button(page, "Undo").click();
  await shows(page, "180330.00");
  assert.equal(await service(page).inputValue(), "video-upscale");
  // A service can have only one line.
  const options = await service(page).locator("option:disabled").allInnerTexts();
  assert.deepEqual(options, ["Video Subtitles", "Picture Cutout"]);
  await service(page).selectOption("picture-colour");
  await field(page, "Pictures per year").waitFor();
});

inPage("a service without a valid number keeps the last answer, and is named", async (page) => {
  await fillThree(page);
  await field(page, "Free pictures left").fill("x");
  await line(page, "Video Upscale").click();
  assert.match(await line(page, "Picture Cutout").innerText(), /Needs a correction/);
  assert.match(await recommendation(page).innerText(), /Correct Picture Cutout first\. Not updated/);
  await line(page, "Picture Cutout").click();
  await field(page, "Free pictures left").fill("");
  await shows(page, "180330.00");
});

inPage("a link opens all services again", async (page) => {
  await fillThree(page);
  await settled(page);
  const address = page.url();
  assert.match(address, /secs\.2=75/);
  assert.match(address, /service\.3=picture-cutout/);
  await page.goto("about:blank");
  await page.goto(address);
  await shows(page, "180330.00");
  await line(page, "Picture Cutout").click();
  assert.equal(await field(page, "Pictures per year").inputValue(), "48,000");
  await settled(page);
  assert.equal(page.url(), address);
});

inPage(
  "a recipient sees the plan that the sender chose, and what the cheapest costs",
  async (page) => {
    const own = recommendation(page).getByTestId("own-total");
    await own.waitFor();
    assert.equal(await own.innerText(), "€10,050.00");
    assert.match(await recommendation(page).innerText(), /Chosen by the sender; the cheapest plan is €9,050\.00/);
    const costs = await column(table(page, "Compare billing modes"), "Per year");
    assert.deepEqual(costs, ["€9,050.00", "€10,050.00", "€9,400.00", "€12,550.00", "€324,000.00"]);
    await accessible(page);
  },
  { fragment: "#v=1&calls=5000&start=2027-01&buy=1:100x50&calls.2=100&buy.2=none&service.2=video-subtitles&customer=Acme&slots=9" },
);

inPage("a service without calls is not included, and that is said", async (page) => {
  await calls(page).fill("300");
  await shows(page, "600.00");
  await button(page, "Add a service").click();
  await recommendation(page).getByText("Video Subtitles has no calls yet, so it isn’t included.").waitFor();
  await shows(page, "600.00");
});

inPage("works by keyboard alone", async (page) => {
  await calls(page).fill("300");
  await button(page, "Add a service").focus();
  await page.keyboard.press("Enter");
  // Whoever adds a service chooses it next.
  await page.waitForFunction(() => document.activeElement.id === "service");
  await page.keyboard.press("Tab");
  await page.keyboard.type("1000");
  await shows(page, "1000.00");
  await line(page, "Video Upscale").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "service");
  assert.equal(await service(page).inputValue(), "video-upscale");
});

for (const width of [360, 768]) {
  inPage(
    `fits on a screen of ${width} px`,
    async (page) => {
      await fillThree(page);
      await fitsSideways(page);
      await accessible(page);
    },
    { viewport: { width, height: 740 }, colorScheme: "dark" },
  );
}
