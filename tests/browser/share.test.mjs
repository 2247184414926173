// Does the sender get the link out of the page, by the clipboard, the system's sheet or by hand?
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { OF_300, answers, ask, button, fragment, shares, sharing } from "./estimates.mjs";
import { recommendation } from "./flows.mjs";
import { start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));

/** Keeps what is copied: reading the clipboard is another permission, which not every browser gives a test. */
const keepCopies = (page) =>
  page.evaluate(() => {
    const write = Clipboard.prototype.writeText;
    Clipboard.prototype.writeText = function (text) {
      window.copied = text;
      return write.call(this, text);
    };
  });

inPage(
  "the link is copied, and that is said",
  async (page) => {
    assert.equal(await button(page, "Copy link").isDisabled(), true);
    await keepCopies(page);
    await ask(page, "300", "1260.00");
    await shares(page, OF_300);
    await button(page, "Copy link").click();
    await sharing(page).getByText("Link copied.").waitFor();
    assert.equal(await page.evaluate(() => window.copied), site.address + "#" + OF_300);
    // What was said is of that estimate, not of the next one.
    await ask(page, "301", "1264.80");
    await sharing(page).getByText("Link copied.").waitFor({ state: "detached" });
  },
  { clipboard: "granted" },
);

inPage(
  "a refused clipboard leaves the link selected, to be copied by hand",
  async (page) => {
    await ask(page, "300", "1260.00");
    await shares(page, OF_300);
    await button(page, "Copy link").click();
    await sharing(page).getByText("Select the link below and copy it yourself.").waitFor();
    const field = page.getByRole("textbox", { name: "Link to this estimate" });
    assert.equal(await field.inputValue(), site.address + "#" + OF_300);
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "Link to this estimate");
    assert.equal(await field.evaluate((input) => input.value.slice(input.selectionStart, input.selectionEnd)), site.address + "#" + OF_300);
  },
  { clipboard: "denied" },
);

inPage("a page that is not served securely copies the older way", async (page) => {
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.execCommand = (what) => {
      window.copied = what === "copy" && document.activeElement.value;
      return true;
    };
  });
  await ask(page, "300", "1260.00");
  await shares(page, OF_300);
  await button(page, "Copy link").focus();
  await page.keyboard.press("Enter");
  await sharing(page).getByText("Link copied.").waitFor();
  assert.equal(await page.evaluate(() => window.copied), site.address + "#" + OF_300);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Copy link");
});

/** The page opened with a share sheet that answers like this. */
const withSheet = (answer, steps) =>
  withPage(site, {}, async (page) => {
    await page.context().addInitScript((answer) => {
      Navigator.prototype.share = async (what) => {
        window.shared = what;
        if (answer) throw new DOMException("", answer);
      };
    }, answer);
    await page.reload();
    await ask(page, "300", "1260.00");
    await shares(page, OF_300);
    await steps(page);
  });

test("the system's sheet gets the title and the link", () =>
  withSheet("", async (page) => {
    await button(page, "Share…").click();
    await page.waitForFunction(() => window.shared);
    assert.deepEqual(await page.evaluate(() => window.shared), { title: "Callmix estimate", url: site.address + "#" + OF_300 });
  }));

test("closing the system's sheet is no failure", () =>
  withSheet("AbortError", async (page) => {
    await button(page, "Share…").click();
    await page.waitForFunction(() => window.shared);
    await page.waitForTimeout(100);
    assert.equal(await sharing(page).getByRole("textbox", { name: "Link to this estimate" }).count(), 0);
  }));

test("a sheet that is refused leaves the link to be copied", () =>
  withSheet("NotAllowedError", async (page) => {
    await button(page, "Share…").click();
    await sharing(page).getByRole("textbox", { name: "Link to this estimate" }).waitFor();
  }));

inPage("where there is no sheet there is no button for it", async (page) => {
  await page.context().addInitScript(() => delete Navigator.prototype.share);
  await page.reload();
  await ask(page, "300", "1260.00");
  await shares(page, OF_300);
  assert.equal(await button(page, "Share…").count(), 0);
});

inPage("while something typed is not understood, the link stays that of the last answer", async (page) => {
  await ask(page, "300", "1260.00");
  await shares(page, OF_300);
  await page.getByRole("textbox", { name: "Calls per year" }).fill("10k");
  await recommendation(page).getByText("Not updated").waitFor();
  await page.waitForTimeout(500);
  assert.equal(await fragment(page), OF_300);
  await answers(page, "1260.00");
});
