// What is each token of the element's sandbox for?
//
// Takes them away one by one, and sees what no longer works: what is here is written in embed/README.md.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { noClicks, shows, start, withHost } from "./host.mjs";

let site;
let tokens;
before(async () => {
  site = await start();
  tokens = /^const SANDBOX = "(.*)"/m.exec(await readFile(new URL("../../embed/embed.js", import.meta.url), "utf8"))[1].split(" ");
});
after(() => site?.stop());

/** Opens the compact view in a frame without one of the tokens. */
const without = (token, steps, forgives) =>
  withHost(site, "", { forgives }, async (page) => {
    await page.evaluate(({ address, sandbox }) => {
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", sandbox);
      frame.src = `${address}embed.html#v=1&calls=300`;
      document.body.append(frame);
    }, { address: site.calculator, sandbox: tokens.filter((other) => other !== token).join(" ") });
    await steps(page.frameLocator("iframe"), page);
  });

/** The origin that the host is told for what the frame says. */
async function saidBy(page) {
  const heard = page.evaluate(() => new Promise((heard) => addEventListener("message", ({ origin, data }) => data === "said" && heard(origin))));
  await page.frames()[1].evaluate(() => parent.postMessage("said", "*"));
  return heard;
}

async function opened(frame, page) {
  await shows(frame, "1260.00");
  const opening = page.context().waitForEvent("page", { timeout: 3_000 });
  await frame.getByRole("link", { name: "Open the full calculator" }).click();
  return opening;
}

test("with all of them everything works, and Enter is let be", { skip: noClicks }, () =>
  without("", async (frame, page) => {
    await frame.getByRole("textbox", { name: "Calls per year" }).press("Enter");
    const full = await opened(frame, page);
    await full.locator('[data-amount="1260.00"]').first().waitFor();
    assert.equal(await saidBy(page), new URL(site.calculator).origin);
    assert.deepEqual(tokens, ["allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox"]);
  }));

test("allow-scripts: without it nothing is calculated", () =>
  without("allow-scripts", async (frame, page) => {
    await frame.getByRole("link", { name: "Open the full calculator" }).waitFor();
    await page.waitForTimeout(300);
    assert.equal(await frame.locator("form").count(), 0);
  }, /Blocked script execution/));

test("allow-same-origin: without it the frame's messages are nobody's", () =>
  without("allow-same-origin", async (frame, page) => {
    await shows(frame, "1260.00");
    assert.equal(await saidBy(page), "null");
    // Nor are the page's styles there: they come with digests, which may be compared on one's own origin only.
  }, /./));

test("allow-popups: without it the full calculator does not open", { skip: noClicks }, () =>
  without("allow-popups", (frame, page) => assert.rejects(opened(frame, page), /Timeout/), /Blocked opening|allow-popups/));

test("allow-popups-to-escape-sandbox: without it the full calculator cannot print or download", { skip: noClicks }, () =>
  without("allow-popups-to-escape-sandbox", async (frame, page) => {
    const full = await opened(frame, page);
    await full.locator('[data-amount="1260.00"]').first().waitFor();
    const refused = full.waitForEvent("console", { predicate: (message) => /sandbox/i.test(message.text()) });
    await full.evaluate(() => window.print());
    await refused;
  }, /sandbox/i));
