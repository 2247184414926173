// Sharing the link: by the clipboard, the system's share dialog, or by hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { OF_300, answers, ask, button, fragment, shares, sharing } from "./estimates.mjs";
import { recommendation } from "./flows.mjs";
import { settled, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));

/** Keeps the copied text, as not every browser lets a test read the clipboard. */
const keepCopies = (page) =>
  page.evaluate(() => {
    const write = Clipboard.prototype.writeText;
    Clipboard.prototype.writeText = function (text) {
      window.copied = text;
      return write.call(this, text);
    };
  });

inPage(
  "copies the link and says so",
  async (page) => {
    await keepCopies(page);
    await ask(page, "300", "1260.00");
    await shares(page, OF_300);
    await button(page, "Copy link").click();
    await sharing(page).getByText("Link copied.").waitFor();
    assert.equal(await page.evaluate(() => window.copied), site.address + "#" + OF_300);
    // The message is about the copied estimate, so the next one removes it.
    await ask(page, "301", "1264.80");
    await sharing(page).getByText("Link copied.").waitFor({ state: "detached" });
  },
  { clipboard: "granted" },
);

inPage(
  "selects the link when the clipboard is refused",
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

inPage("copies by the older command on an insecure page", async (page) => {
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

/** Opens the page with a share dialog that fails with the error `answer`, or succeeds if it is empty. */
const withShareDialog = (answer, steps) =>
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

test("passes the title and the link to the system's share dialog", () =>
  withShareDialog("", async (page) => {
    await button(page, "Share…").click();
    await page.waitForFunction(() => window.shared);
    assert.deepEqual(await page.evaluate(() => window.shared), { title: "Callmix estimate", url: site.address + "#" + OF_300 });
  }));

test("treats a closed share dialog as no failure", () =>
  withShareDialog("AbortError", async (page) => {
    await button(page, "Share…").click();
    await page.waitForFunction(() => window.shared);
    await settled(page);
    assert.equal(await sharing(page).getByRole("textbox", { name: "Link to this estimate" }).count(), 0);
  }));

test("shows the link when the share dialog is refused", () =>
  withShareDialog("NotAllowedError", async (page) => {
    await button(page, "Share…").click();
    await sharing(page).getByRole("textbox", { name: "Link to this estimate" }).waitFor();
  }));

inPage("has no Share button without a share dialog", async (page) => {
  await page.context().addInitScript(() => delete Navigator.prototype.share);
  await page.reload();
  await ask(page, "300", "1260.00");
  await shares(page, OF_300);
  assert.equal(await button(page, "Share…").count(), 0);
});

inPage("keeps the last link while the form has an error", async (page) => {
  await ask(page, "300", "1260.00");
  await shares(page, OF_300);
  await page.getByRole("textbox", { name: "Calls per year" }).fill("10k");
  await recommendation(page).getByText("Not updated").waitFor();
  await settled(page);
  assert.equal(await fragment(page), OF_300);
  await answers(page, "1260.00");
});
