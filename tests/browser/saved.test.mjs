// Are estimates kept on this device, and never lost?
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { BOOK, OF_300, answers, ask, button, calls, fragment, says, shares, sharing } from "./estimates.mjs";
import { start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));
const savedRows = (page) => sharing(page).getByRole("list", { name: "Saved estimates" }).getByRole("listitem");
const comparison = (page) => sharing(page).getByRole("table", { name: "Two estimates side by side" });

/** Asks for so many calls and saves the answer. */
async function save(page, text, amount, link) {
  await ask(page, text, amount);
  await shares(page, link);
  await button(page, "Save on this device").click();
  await sharing(page).getByText("Saved on this device.").waitFor();
}
const of = (calls, total) => `v=1&calls=${calls}&${BOOK}&quoted=${total}`;

async function saveTwo(page) {
  await save(page, "300", "1260.00", OF_300);
  await save(page, "1200", "4640.00", of(1200, "4640.00"));
}

/** Waits until these are listed. */
async function listed(page, expected) {
  const names = () => savedRows(page).evaluateAll((rows) => rows.map((row) => row.querySelector("button.saved__name")?.textContent));
  const deadline = Date.now() + 5_000;
  while (JSON.stringify(await names()) !== JSON.stringify(expected) && Date.now() < deadline) await page.waitForTimeout(30);
  assert.deepEqual(await names(), expected);
}

inPage("estimates are saved with their date and total, the newest first, and survive a reload", async (page) => {
  await saveTwo(page);
  await page.reload();
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
  const day = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  assert.match(await savedRows(page).nth(1).innerText(), new RegExp(`^300 calls per year\\s+\\$1,260\\.00\\s+${day}\\s`));
});

inPage("one with the name of another gets a number", async (page) => {
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

inPage("a saved estimate is opened by an entry of its own", async (page) => {
  await saveTwo(page);
  await ask(page, "5", "24.00");
  // At once: the address that is left must say what was asked last.
  await button(page, "300 calls per year").click();
  await answers(page, "1260.00");
  assert.equal(await calls(page).inputValue(), "300");
  assert.equal(await fragment(page), OF_300);
  await page.evaluate(() => history.back());
  await answers(page, "24.00");
  await says(page, of(5, "24.00"));
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
});

inPage("it is renamed by mouse and by keyboard, and Escape gives up", async (page) => {
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

inPage("it is deleted, and brought back", async (page) => {
  await saveTwo(page);
  await button(page, "Delete 300 calls per year").click();
  await listed(page, ["1,200 calls per year"]);
  await sharing(page).getByText("Deleted.").waitFor();
  // The button that was pressed is gone; the focus is on the way back.
  await page.waitForFunction(() => document.activeElement.textContent === "Undo delete");
  await page.keyboard.press("Enter");
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
  await page.reload();
  await listed(page, ["1,200 calls per year", "300 calls per year"]);
});

inPage("two are compared, or one with the present, and the differences are marked", async (page) => {
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

inPage("a second tab saves beside the first one, not over it", async (page) => {
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

inPage("a full storage is said, and nothing is lost", async (page) => {
  await save(page, "300", "1260.00", OF_300);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await button(page, "Save on this device").click();
  const said = sharing(page).getByText("This browser’s storage is full or blocked, so nothing was changed. Copy the link instead.");
  await said.waitFor();
  await button(page, "Rename 300 calls per year").click();
  await page.getByRole("textbox", { name: "New name" }).fill("Another");
  await button(page, "Save name").click();
  await listed(page, ["300 calls per year"]);
  await button(page, "Delete 300 calls per year").click();
  await listed(page, []);
  // It cannot be brought back while storage is full, but can be once it is not.
  await button(page, "Undo delete").click();
  await said.waitFor();
  await button(page, "Undo delete").waitFor();
});

inPage(
  "a blocked storage is said, and the page works without",
  async (page) => {
    await ask(page, "300", "1260.00");
    await shares(page, OF_300);
    await button(page, "Save on this device").click();
    await sharing(page).getByText("This browser’s storage is full or blocked").waitFor();
    assert.equal(await savedRows(page).count(), 0);
  },
  { storage: "blocked" },
);

inPage("what somebody else keeps in the storage is neither shown nor touched", async (page) => {
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
  assert.deepEqual(await page.evaluate(() => [window.hacked, document.images.length, localStorage.getItem("other")]), [undefined, 0, "1"]);
});
