// Exports: the page's documents are the engine's, and can be imported again.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { BOOK, OF_300, answers, ask, begun, button, calls, downloaded, fragment, keepDownloads, says, shares, sharing } from "./estimates.mjs";
import { choose, openMore } from "./flows.mjs";
import { browserName, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));
const golden = (name) => readFileSync(new URL(`../engine/exports/${name}`, import.meta.url), "utf8");

/** Downloads a document and returns it with the date and the address of the golden files. */
async function document(page, name) {
  await page.evaluate(keepDownloads);
  await button(page, name).click();
  await sharing(page).getByText(`${name} downloaded.`).waitFor();
  const { text, ...file } = await downloaded(page);
  const [today, written] = await page.evaluate(() => [new Date().toLocaleDateString("sv"), new Date().toLocaleDateString("en-GB", { dateStyle: "long" })]);
  const there = text.replaceAll(site.address, "https://callmix.example/");
  return { ...file, text: there.replaceAll(today, "2026-12-24").replaceAll(written, "24 December 2026") };
}

const KINDS = { CSV: ["csv", "text/csv;charset=utf-8"], Markdown: ["md", "text/markdown;charset=utf-8"], JSON: ["json", "application/json"] };

for (const [estimate, title] of Object.entries({ plain: "Callmix-estimate", everything: "Launch-spring" })) {
  const link = JSON.parse(golden(`${estimate}.json`)).link.split("#")[1];
  inPage(
    `exports the same documents as the engine: ${estimate}`,
    async (page) => {
      await shares(page, link);
      for (const [kind, [ending, type]] of Object.entries(KINDS)) {
        const file = await document(page, kind);
        assert.equal(file.text, golden(`${estimate}.${ending}`), kind);
        assert.deepEqual([file.name, file.type], [`${title}.${ending}`, type]);
      }
    },
    { fragment: `#${link}` },
  );
}

test("downloads a file with its name and a byte order mark", { skip: browserName !== "chromium" && "Firefox does not report downloads to its driver" }, () =>
  withPage(site, { fragment: "#v=1&calls=300" }, async (page) => {
    await answers(page, "1260.00");
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "CSV").click()]);
    assert.equal(download.suggestedFilename(), "Callmix-estimate.csv");
    const bytes = Buffer.concat(await (await download.createReadStream()).toArray());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.equal(bytes.toString("utf8"), golden("plain.csv"));
  }));

inPage(
  "states in a document that other prices were quoted",
  async (page) => {
    await answers(page, "1260.00");
    await shares(page, await fragment(page));
    const { text } = await document(page, "Markdown");
    assert.ok(text.includes("This estimate was quoted at 1,300.00 with a price list that we don’t have (1 January 2031). Today’s price is \\$1,260.00."), text);
  },
  { fragment: "#v=1&calls=300&book=2031-01-01,0123abcd&quoted=1300.00" },
);

const opening = (page) => ({
  field: page.getByRole("textbox", { name: "Or paste a link or an exported estimate (JSON)" }),
  open: sharing(page).getByRole("button", { name: "Open", exact: true }),
  file: page.getByLabel("From a JSON file"),
});

async function pasted(page, text) {
  const { field, open } = opening(page);
  await field.fill(text);
  await open.click();
}

const toBeOpened = {
  "an export": [golden("everything.json"), "53758.00"],
  "a scenario": ['{"usage": {"yearly": 300}, "free_calls": 100}', "840.00"],
  "a whole address": ["https://a.example/x?y=1#v=1&calls=1200", "4640.00"],
  "a fragment": ["v=1&calls=5", "24.00"],
};
inPage("opens pasted links, scenarios and exports, each with a history entry", async (page) => {
  await ask(page, "7", "33.60");
  await shares(page, begun(`v=1&calls=7&${BOOK}&quoted=33.60`));
  await sharing(page).getByText("Open an estimate").click();
  for (const [what, [text, total]] of Object.entries(toBeOpened)) {
    await pasted(page, text);
    await answers(page, total);
    await sharing(page).getByText("Opened. The form now shows this estimate.").waitFor();
    assert.equal(await opening(page).field.inputValue(), "", what);
  }
  for (const [, total] of Object.values(toBeOpened).reverse().slice(1)) {
    await page.evaluate(() => history.back());
    await answers(page, total);
  }
  await page.evaluate(() => history.back());
  await answers(page, "33.60");
});

inPage("focuses the calls of an estimate that replaces a budget", async (page) => {
  await ask(page, "300", "1260.00");
  await openMore(page);
  await choose(page, "I know my…", "Budget");
  await sharing(page).getByText("Open an estimate").click();
  await pasted(page, "v=1&calls=5");
  await answers(page, "24.00");
  assert.equal(await calls(page).evaluate((calls) => calls === calls.ownerDocument.activeElement), true);
});

inPage("imports an exported file completely", async (page) => {
  const { link } = JSON.parse(golden("everything.json"));
  await button(page, "Copy link").waitFor();
  await sharing(page).getByText("Open an estimate").click();
  await opening(page).file.setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(golden("everything.json")) });
  await answers(page, "53758.00");
  await says(page, link.split("#")[1]);
});

const NOT_OPENED = {
  "{": "this text is not valid JSON at line 1, column 1",
  '{"usage": {"yearly": -1}, "colour": 1}': "usage.yearly: Enter a whole number from 0 to 1,000,000,000,000",
  '{"scenario": {"usage": {"monthly": [1, 2]}, "start": "x"}}': "scenario.usage.monthly: Enter 12 numbers, one for each month; this list has 2.",
  "hello": "Enter a link to this page, a scenario as JSON, or an estimate exported as JSON.",
  "<img src=x onerror=window.hacked=1>": "Enter a link to this page, a scenario as JSON, or an estimate exported as JSON.",
  '{"<img src=x onerror=window.hacked=1>": 1}': "usage: Add",
};
inPage("says where pasted text is invalid, and changes nothing", async (page) => {
  await ask(page, "300", "1260.00");
  await shares(page, OF_300);
  await sharing(page).getByText("Open an estimate").click();
  const { field } = opening(page);
  for (const [text, message] of Object.entries(NOT_OPENED)) {
    await pasted(page, text);
    await sharing(page).getByText(message).first().waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await field.inputValue(), text);
    assert.equal(await fragment(page), OF_300);
  }
  assert.deepEqual(await page.evaluate(() => [window.hacked, document.querySelectorAll("main img").length]), [undefined, 0]);
  assert.equal(await calls(page).inputValue(), "300");
  await field.fill("");
  await page.waitForFunction(() => !document.querySelector("#open-text").hasAttribute("aria-invalid"));
});

inPage("does not read a file above the size limit", async (page) => {
  await button(page, "Copy link").waitFor();
  await sharing(page).getByText("Open an estimate").click();
  await opening(page).file.setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.alloc(1_000_001, " ") });
  await sharing(page).getByText("We couldn’t read that file. It may be damaged or larger than 1 MB.").waitFor();
});

inPage("opens an estimate with its own prices, and says that it has no link", async (page) => {
  await ask(page, "7", "33.60");
  await sharing(page).getByText("Open an estimate").click();
  await pasted(page, golden("hostile.json"));
  await answers(page, "1260.00");
  await says(page, "");
  await sharing(page).getByText("Links don’t contain prices").waitFor();
  assert.equal(await button(page, "Copy link").isDisabled(), true);
  assert.equal((await document(page, "JSON")).text, golden("hostile.json"));
  assert.deepEqual(await page.evaluate(() => [window.hacked, document.querySelectorAll("main img").length]), [undefined, 0]);
  await page.evaluate(() => history.back());
  await answers(page, "33.60");
});
