// Saved estimates: they stay on this device and are never lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isDeepStrictEqual } from "node:util";

import { BOOK, OF_300, answers, ask, begun, button, calls, downloaded, fragment, keepDownloads, says, shares, sharing } from "./estimates.mjs";
import { start, withPage } from "./harness.mjs";
import { until } from "./settled.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));
const savedRows = (page) => sharing(page).getByRole("list", { name: "Saved estimates" }).getByRole("listitem");
const comparison = (page) => sharing(page).getByRole("table", { name: "Two estimates side by side" });

/** Enters a number of calls and saves the estimate. */
async function save(page, text, amount, link) {
  await ask(page, text, amount);
  await shares(page, link);
  await sharing(page).getByRole("button", { name: /^Save (on this device|as new)$/ }).click();
  await sharing(page).getByText("Saved on this device.").waitFor();
}
const of = (calls, total) => begun(`v=1&calls=${calls}&${BOOK}&quoted=${total}`);

async function saveTwo(page) {
  await save(page, "300", "1260.00", OF_300);
  await save(page, "1200", "4640.00", of(1200, "4640.00"));
}

/** Waits until the list has these names. */
async function listed(page, expected) {
  const names = () => savedRows(page).evaluateAll((rows) => rows.map((row) => row.querySelector("button.saved__name")?.textContent));
  await until(async () => isDeepStrictEqual(await names(), expected), async () => `${JSON.stringify(expected)} instead of ${JSON.stringify(await names())}`);
}

inPage("lists saved estimates with date and total, newest first, also after a reload", async (page) => {
  await saveTwo(page);
  await page.reload();
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
  const day = await page.evaluate(() => new Date().toLocaleDateString("en-GB", { dateStyle: "long" }));
  assert.match(await savedRows(page).nth(1).innerText(), new RegExp(`^300 calls per year\\s+\\$1,260\\.00\\s+${day}\\s`));
});

inPage("numbers estimates of the same name", async (page) => {
  await saveTwo(page);
  await save(page, "300", "1260.00", OF_300);
  await listed(page, ["300 calls per year (2)", "1,200 calls per year", "300 calls per year"]);
  await button(page, "Delete 300 calls per year").click();
  await listed(page, ["300 calls per year (2)", "1,200 calls per year"]);
  await button(page, "Rename 1,200 calls per year").click();
  await page.getByRole("textbox", { name: "New name" }).fill("300 calls per year");
  await page.keyboard.press("Enter");
  await listed(page, ["300 calls per year (2)", "300 calls per year"]);
  await button(page, "Undo delete").click();
  await listed(page, ["300 calls per year (2)", "300 calls per year", "300 calls per year (3)"]);
});

inPage("opens a saved estimate with a history entry", async (page) => {
  await saveTwo(page);
  await ask(page, "5", "24.00");
  // Before the address is updated: the entry that is left must have the last estimate.
  await button(page, "300 calls per year").click();
  await answers(page, "1260.00");
  assert.equal(await calls(page).inputValue(), "300");
  assert.equal(await fragment(page), OF_300);
  await page.evaluate(() => history.back());
  await answers(page, "24.00");
  await says(page, of(5, "24.00"));
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
});

inPage("renames by mouse and keyboard; Escape cancels", async (page) => {
  await save(page, "300", "1260.00", OF_300);
  await button(page, "Rename 300 calls per year").click();
  const name = page.getByRole("textbox", { name: "New name" });
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "New name");
  await page.keyboard.type("Müller <b>& Söhne</b>");
  await page.keyboard.press("Enter");
  await listed(page, ["Müller <b>& Söhne</b>"]);
  await sharing(page).getByText("Renamed.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Rename");
  await page.keyboard.press("Enter");
  await name.fill("Another");
  await page.keyboard.press("Escape");
  await listed(page, ["Müller <b>& Söhne</b>"]);
  await button(page, "Rename Müller <b>& Söhne</b>").click();
  await name.fill("Third");
  await button(page, "Save name").click();
  await page.reload();
  await listed(page, ["Third"]);
});

inPage("deletes an estimate, and restores it by Undo delete", async (page) => {
  await saveTwo(page);
  await button(page, "Delete 300 calls per year").click();
  await listed(page, ["1,200 calls per year"]);
  await sharing(page).getByText("Deleted.").waitFor();
  // The pressed button is gone; the focus moves to the one that restores the estimate.
  await page.waitForFunction(() => document.activeElement.textContent === "Undo delete");
  await page.keyboard.press("Enter");
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
  await page.reload();
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
});

/** The list's rows with what they say of being open. */
const states = (page) => savedRows(page).evaluateAll((rows) => rows.map((row) => row.querySelector(".saved__state")?.textContent ?? ""));

inPage("marks the estimate that is open, and saves it in place or as new", async (page) => {
  await saveTwo(page);
  const marked = (expected) => until(async () => isDeepStrictEqual(await states(page), expected), async () => JSON.stringify(await states(page)));
  await marked(["Open now", ""]);
  await button(page, "300 calls per year").click();
  await answers(page, "1260.00");
  await marked(["", "Open now"]);
  assert.equal(await button(page, "300 calls per year").getAttribute("aria-current"), "true");
  await ask(page, "400", "1680.00");
  await shares(page, of(400, "1680.00"));
  await marked(["", "Open now, with changes that are not saved"]);
  await button(page, "Save changes to “300 calls per year”").click();
  await sharing(page).getByText("Changes saved.").waitFor();
  await marked(["", "Open now"]);
  assert.match(await savedRows(page).nth(1).innerText(), /\$1,680\.00/);
  await button(page, "Undo saved changes").click();
  await marked(["", "Open now, with changes that are not saved"]);
  assert.match(await savedRows(page).nth(1).innerText(), /\$1,260\.00/);
  await button(page, "Save as new").click();
  await listed(page, ["400 calls per year", "1,200 calls per year", "300 calls per year"]);
  await marked(["Open now", "", ""]);
  await page.getByRole("button", { name: "Reset" }).click();
  await marked(["", "", ""]);
  await button(page, "Save on this device").waitFor();
  // Its link opens it as well.
  await page.goto(`${site.address}#${of(1200, "4640.00")}`);
  await page.reload();
  await marked(["", "Open now", ""]);
});

inPage("undoes every deletion, the last one first", async (page) => {
  await saveTwo(page);
  await button(page, "Delete 300 calls per year").click();
  await listed(page, ["1,200 calls per year"]);
  await button(page, "Delete 1,200 calls per year").click();
  await listed(page, []);
  await button(page, "Undo delete").click();
  await listed(page, ["1,200 calls per year"]);
  await button(page, "Undo delete").click();
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
  assert.equal(await button(page, "Undo delete").count(), 0);
});

/** Stores so many estimates, each for a customer of its own. */
const store = (page, count) =>
  page.evaluate((count) => {
    for (let number = 1; number <= count; number += 1) {
      const link = `v=1&calls=${number}&customer=Customer%20No.${number}`;
      const record = { version: 1, name: `Offer ${number}`, day: "2027-01-31", total: `$${number}.00`, link };
      localStorage.setItem(`callmix ${new URL(".", document.baseURI).pathname} estimate ${number}`, JSON.stringify(record));
    }
  }, count);
const field = (page) => page.getByRole("searchbox", { name: "Search saved estimates" });

inPage("searches more than ten estimates by name, day and customer", async (page) => {
  await store(page, 10);
  await page.reload();
  await savedRows(page).nth(9).waitFor();
  assert.equal(await field(page).count(), 0);
  await store(page, 12);
  await page.reload();
  await field(page).fill("customer no.11");
  await listed(page, ["Offer 11"]);
  await sharing(page).getByText("1 estimate found.").waitFor();
  await field(page).fill("customer no.1");
  await listed(page, ["Offer 12", "Offer 11", "Offer 10", "Offer 1"]);
  await field(page).fill("31 january 2028");
  await sharing(page).getByText("0 estimates found.").waitFor();
});

const chooseFile = (page, text) =>
  page.getByLabel("Import from a file").setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(text) });

inPage("exports all estimates as one file, and imports what is missing", async (page) => {
  await saveTwo(page);
  await page.evaluate(keepDownloads);
  await sharing(page).getByText("Export or import all").click();
  await button(page, "Export all").click();
  await sharing(page).getByText("2 estimates exported.").waitFor();
  const { name, type, text } = await downloaded(page);
  const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  assert.deepEqual([name, type], [`callmix-estimates-${today}.json`, "application/json"]);
  assert.deepEqual(JSON.parse(text).estimates.map(({ name, total }) => [name, total]), [
    ["1,200 calls per year", "$4,640.00"],
    ["300 calls per year", "$1,260.00"],
  ]);
  await button(page, "Delete 300 calls per year").click();
  await listed(page, ["1,200 calls per year"]);
  await chooseFile(page, text);
  await sharing(page).getByText("1 estimate imported. 1 was already here.").waitFor();
  await listed(page, ["300 calls per year", "1,200 calls per year"]);
  // In another browser, in the same order.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await sharing(page).getByText("Export or import all").click();
  await chooseFile(page, text);
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
});

inPage("says why a file cannot be imported, and loses nothing", async (page) => {
  await save(page, "300", "1260.00", OF_300);
  await sharing(page).getByText("Export or import all").click();
  for (const [text, message] of [
    ["hello", "That file has no saved estimates, so nothing was imported."],
    ['{"usage": {"yearly": 300}}', "That file has no saved estimates, so nothing was imported."],
    ['{"version": 2, "estimates": []}', "That file was made by a newer version of this page, so nothing was imported."],
    ['{"version": 1, "estimates": [1, {"name": "A"}]}', "0 estimates imported. 2 entries of the file couldn’t be read."],
  ]) {
    await chooseFile(page, text);
    await sharing(page).getByText(message).waitFor();
    await listed(page, ["300 calls per year"]);
  }
});

inPage("compares two estimates, or one with the current one, and marks differences", async (page) => {
  await saveTwo(page);
  const mark = (name) => page.getByRole("checkbox", { name: `Compare ${name}` });
  await mark("300 calls per year").check();
  const head = () => comparison(page).getByRole("columnheader").allInnerTexts();
  await comparison(page).waitFor();
  assert.deepEqual(await head(), ["Item", "300 calls per year", "Current"]);
  await mark("1,200 calls per year").check();
  await page.waitForFunction(() => document.querySelector(".compare thead").innerText.includes("1,200"));
  assert.deepEqual(await head(), ["Item", "300 calls per year", "1,200 calls per year"]);
  const row = (name) => comparison(page).getByRole("row").filter({ hasText: name });
  const cells = async (name) => (await row(name).getByRole("cell").allInnerTexts()).join(" | ");
  assert.equal(await cells("Total per year"), "$1,260.00 | $4,640.00");
  assert.equal(await cells("Free calls left"), "0 | 0");
  assert.match(await row("Total per year").innerText(), /Different/);
  assert.doesNotMatch(await row("Free calls left").innerText(), /Different/);
  await mark("300 calls per year").uncheck();
  await page.waitForFunction(() => document.querySelector(".compare thead").innerText.includes("Current"));
  assert.equal(await cells("Total per year"), "$4,640.00 | $4,640.00");
});

inPage("keeps the estimates that another tab saves", async (page) => {
  await save(page, "300", "1260.00", OF_300);
  const other = await page.context().newPage();
  await other.goto(site.address);
  await listed(other, ["300 calls per year"]);
  await save(other, "5", "24.00", of(5, "24.00"));
  // The first tab shows it too, and saves a third.
  await listed(page, ["5 calls per year", "300 calls per year"]);
  await save(page, "1200", "4640.00", of(1200, "4640.00"));
  await listed(page, ["1,200 calls per year", "5 calls per year", "300 calls per year"]);
  await other.close();
});

inPage("reports full storage and loses nothing", async (page) => {
  await save(page, "300", "1260.00", OF_300);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await button(page, "Save as new").click();
  const message = sharing(page).getByText("Your browser’s storage is full or blocked, so nothing has changed. Copy the link instead.");
  await message.waitFor();
  await button(page, "Rename 300 calls per year").click();
  await page.getByRole("textbox", { name: "New name" }).fill("Another");
  await button(page, "Save name").click();
  await listed(page, ["300 calls per year"]);
  await button(page, "Delete 300 calls per year").click();
  await listed(page, []);
  // It cannot be restored while storage is full, but the button stays for later.
  await button(page, "Undo delete").click();
  await message.waitFor();
  await button(page, "Undo delete").waitFor();
});

inPage(
  "reports blocked storage and works without it",
  async (page) => {
    await ask(page, "300", "1260.00");
    await shares(page, OF_300);
    await button(page, "Save on this device").click();
    await sharing(page).getByText("Your browser’s storage is full or blocked").waitFor();
    assert.equal(await savedRows(page).count(), 0);
  },
  { storage: "blocked" },
);

inPage("neither shows nor changes entries of other scripts", async (page) => {
  await page.evaluate(() => {
    localStorage.setItem("other", "1");
    localStorage.setItem("callmix.estimate.broken", "<img src=x onerror=window.hacked=1>");
    localStorage.setItem("callmix.estimate.7", ["<img src=x onerror=window.hacked=1>", "today", "<b>1</b>", "v=1&calls=<script>"].join("\u001f"));
  });
  await page.reload();
  await listed(page, ["<img src=x onerror=window.hacked=1>"]);
  await save(page, "300", "1260.00", OF_300);
  await page.getByRole("checkbox", { name: "Compare <img" }).check();
  await comparison(page).waitFor();
  await button(page, "<img src=x onerror=window.hacked=1>").click();
  await page.getByText("“calls” was ignored.").waitFor();
  assert.deepEqual(await page.evaluate(() => [window.hacked, document.querySelectorAll("main img").length, localStorage.getItem("other")]), [undefined, 0, "1"]);
});
