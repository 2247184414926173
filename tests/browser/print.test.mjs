// Printing: a complete document with a QR code, which is built only to print.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inflateSync } from "node:zlib";

import { OF_300, answers, ask, button, checked, says, shares } from "./estimates.mjs";
import { calls } from "./flows.mjs";
import { browserName, settled, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));

/** A quote with a customer, a sender and discounts. */
const DISCOUNTED =
  "v=1&calls=120000&start=2027-01&discount=12.5,5,10&customer=Brightwater%20Media&by=Example%20Cloud%20Partners" +
  "&title=Image%20Animate%20for%20the%202027%20campaign&ref=BW-2027-014&until=2027-01-31&book=2026-11-22,6e1ff965&quoted=371000.00";

/** The print view at the moment of printing. Firefox reads the page before anything that follows the event. */
const printed = (page) =>
  page.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    const view = document.querySelector(".print-view");
    const code = view?.querySelector("svg");
    const found = view && { text: view.textContent, code: code && `${code.viewBox.baseVal.width} ${code.querySelector("path").getAttribute("d")}` };
    dispatchEvent(new Event("afterprint"));
    return found;
  });

const EVERYTHING =
  "v=1&m=1000,0,1000,1000,1000,1000,1000,1000,1000,1000,40000,40000&start=2027-02&free=500&owned=800x2,350x12&tier=all" +
  "&queued=60,720,0.8&discount=10,0,5&customer=M%C3%BCller%20%26%20S%C3%B6hne&by=Example%20Cloud%20Partners&title=Launch,%20spring&ref=Q-17%2F3" +
  "&note=First%20line.%0ASecond%20line.&until=2027-01-31&book=2026-11-22,6e1ff965&quoted=53758.00";

inPage(
  "prints every part of the estimate, and the QR code of its link",
  async (page) => {
    await answers(page, "53758.00");
    await shares(page, EVERYTHING);
    assert.equal(await page.locator(".print-view").count(), 0);
    const { text, code } = await printed(page);
    const today = await page.evaluate(() => new Date().toLocaleDateString("en-GB", { dateStyle: "long" }));
    for (const part of [
      "Launch, spring",
      "List price$58,110.00",
      "Discounts entered by the sender−$4,352.00",
      "Total per year, before tax$53,758.00",
      "Müller & Söhne",
      "Prepared byExample Cloud Partners",
      "Providertencentcloud.com",
      "Q-17/3",
      "31 January 2027",
      today,
      "First line.\nSecond line.",
      "89,000, entered month by month",
      "800 calls and 2 months left",
      "60 seconds per call, 720 busy hours per month, 80% target utilisation",
      "Discount on packages, as entered by the sender10% off the list price",
      "Packages to buy",
      "1 November 20276 × 100 calls7 November 202731 October 2028$2,520.00$2,268.00",
      "Month by month",
      "December 2027Switch to concurrent billing with 2 slots: 40,000 calls with 2 slots ($13,680.00)0$13,680.00",
      "Packages only$292,986.00+$239,228.00",
      "22 November 2026 (6e1ff965)",
      "Link: Open this estimate online",
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    // Drawn by the engine's own module.
    const drawn = await page.evaluate(async () => {
      const engine = await import(new URL("engine/callmix.js", document.baseURI));
      await engine.default();
      const { size, path } = engine.qr_code(location.href);
      return `${size} ${path}`;
    });
    assert.equal(code, drawn);
    await page.locator(".print-view").waitFor({ state: "detached" });
  },
  { fragment: `#${EVERYTHING}` },
);

inPage("builds the print view only to print, of the worked example while there is no estimate", async (page) => {
  await button(page, "Print").waitFor();
  assert.ok((await printed(page)).text.includes("Calls per year12,000"));
  await ask(page, "300", "1260.00");
  await shares(page, OF_300);
  assert.equal(await page.locator(".print-view").count(), 0);
  const { text } = await printed(page);
  assert.ok(text.startsWith("Estimate for Image AnimateDate"), text);
  await calls(page).press("k");
  assert.match((await printed(page)).text, /1,260\.00Not updated: this is the result for your previous entry\./);
});

inPage("prints the estimate by its button, and names the file", async (page) => {
  await page.evaluate(() => {
    window.print = () => {
      dispatchEvent(new Event("beforeprint"));
      window.printed = [document.title, document.querySelector(".print-view h1")?.textContent];
      dispatchEvent(new Event("afterprint"));
    };
  });
  await ask(page, "300", "1260.00");
  await shares(page, OF_300);
  await button(page, "Print").click();
  await page.waitForFunction(() => window.printed);
  assert.deepEqual(await page.evaluate(() => window.printed), ["Callmix estimate", "Estimate for Image Animate"]);
  assert.match(await page.title(), /^Callmix: /);
  await page.locator(".print-view").waitFor({ state: "detached" });
});

inPage("never prints a print view of an earlier estimate", async (page) => {
  await ask(page, "300", "1260.00");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator(".print-view").count(), 1);
  await page.getByRole("button", { name: "Reset" }).click();
  await answers(page, null);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator(".print-view").count(), 1);
  assert.match(await page.locator(".print-view").textContent(), /Calls per year12,000/);
});

inPage(
  "prints a link that a PDF keeps, and says where it is too long for a code",
  async (page) => {
    await answers(page, "1260.00");
    await page.waitForFunction(() => document.querySelector(".share .button--main:enabled"));
    const { text, link, code } = await page.evaluate(() => {
      dispatchEvent(new Event("beforeprint"));
      const view = document.querySelector(".print-view");
      const link = view.querySelector('a[href*="#v=1"]');
      return { text: view.textContent, link: [link.textContent, link.href.includes("#v=1&check=")], code: view.querySelector("svg") };
    });
    assert.deepEqual([link, code], [["Open this estimate online", true], null]);
    assert.ok(text.includes("This link is too long for a QR code. Open it from the PDF, or ask the sender for it."), text);
  },
  { fragment: `#v=1&calls=300&note=${"%F0%9F%9A%80".repeat(300)}` },
);

const HOSTILE = encodeURIComponent("<img src=x onerror=window.hacked=1>");
inPage(
  "prints markup in notes as text",
  async (page) => {
    await answers(page, "1260.00");
    await settled(page);
    const { text } = await printed(page);
    assert.equal(text.split("<img src=x onerror=window.hacked=1>").length, 6);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  },
  { fragment: `#v=1&calls=300&customer=${HOSTILE}&by=${HOSTILE}&title=${HOSTILE}&ref=${HOSTILE}&note=${HOSTILE}` },
);

/** The number of pages of a PDF: in plain text in Chromium's, in a compressed stream in Firefox's. */
function pagesIn(pdf) {
  const streams = [...pdf.toString("latin1").matchAll(/<<[^<>]*\/ObjStm[^<>]*>>\s*stream\r?\n(.*?)endstream/gs)];
  const texts = streams.map(([, packed]) => inflateSync(Buffer.from(packed, "latin1")).toString("latin1"));
  return [pdf.toString("latin1"), ...texts].join("\n").match(/\/Type\s*\/Page[^s]/g).length;
}

for (const [what, link, most] of [
  ["300 calls", OF_300, 1],
  ["a discounted quote", DISCOUNTED, 1],
  ["everything", EVERYTHING, 2],
]) {
  inPage(
    `prints the print view alone by the browser's own command: ${what}`,
    async (page) => {
      await says(page, link);
      await shares(page, link);
      for (const format of ["A4", "Letter"]) {
        const pages = pagesIn(await page.pdf({ format }));
        // Firefox leaves wider margins to its driver and sets the page larger.
        assert.ok(pages <= (browserName === "firefox" ? 4 : most), `${pages} pages of ${format}`);
      }
    },
    { fragment: `#${link}` },
  );
}
