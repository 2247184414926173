// Tests that each token of the element's sandbox is needed.
//
// Each test removes one token and checks what stops working, as embed/README.md describes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { until } from "../browser/settled.mjs";
import { noClicks, shows, start, withHost } from "./host.mjs";

const REFUSED = /Blocked opening|allow-popups/;

let site;
let tokens;
before(async () => {
  site = await start();
  tokens = /^const SANDBOX = "(.*)"/m.exec(await readFile(new URL("../../embed/embed.js", import.meta.url), "utf8"))[1].split(" ");
});
after(() => site?.stop());

/** Opens the compact view in a frame without one token. `steps` gets the frame, the page and its console messages. */
const without = (token, steps, forgives) =>
  withHost(site, "", { forgives }, async (page, messages) => {
    await page.evaluate(({ address, sandbox }) => {
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", sandbox);
      frame.src = `${address}embed.html#v=1&calls=300`;
      document.body.append(frame);
      return new Promise((resolve) => frame.addEventListener("load", () => resolve()));
    }, { address: site.calculator, sandbox: tokens.filter((other) => other !== token).join(" ") });
    await steps(page.frameLocator("iframe"), page, messages);
  });

/** The origin that the host sees for a message from the frame. */
async function messageOrigin(page) {
  const received = page.evaluate(() => new Promise((resolve) => addEventListener("message", ({ origin, data }) => data === "probe" && resolve(origin))));
  await page.frames()[1].evaluate(() => parent.postMessage("probe", "*"));
  return received;
}

async function clickLink(frame) {
  await shows(frame, "1260.00");
  await frame.getByRole("link", { name: "Open the full calculator" }).click();
}

async function opened(frame, page) {
  const [full] = await Promise.all([page.context().waitForEvent("page"), clickLink(frame)]);
  await full.locator('[data-amount="1260.00"]').first().waitFor();
  return full;
}

test("with all tokens everything works, and Enter logs no error", { skip: noClicks }, () =>
  without("", async (frame, page) => {
    await frame.getByRole("textbox", { name: "Calls per year" }).press("Enter");
    await opened(frame, page);
    assert.equal(await messageOrigin(page), new URL(site.calculator).origin);
    assert.deepEqual(tokens, ["allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox"]);
  }));

test("without allow-scripts the calculator does not run", () =>
  without("allow-scripts", async (frame) => {
    // The frame has loaded. A script would have replaced its prerendered content.
    await frame.getByRole("link", { name: "Open the full calculator" }).waitFor();
    assert.equal(await frame.locator("form").count(), 0);
  }, /Blocked script execution/));

test("without allow-same-origin the frame's messages have no origin", () =>
  without("allow-same-origin", async (frame, page) => {
    await shows(frame, "1260.00");
    assert.equal(await messageOrigin(page), "null");
    // Its styles load even so.
    assert.notEqual(await frame.locator(".panel").first().evaluate((panel) => getComputedStyle(panel).borderRadius), "0px");
  }, /./));

test("without allow-popups the full calculator does not open", { skip: noClicks }, () =>
  without("allow-popups", async (frame, page, messages) => {
    await clickLink(frame);
    await until(() => messages.some((message) => REFUSED.test(message)), "the browser to log that it opened nothing");
    assert.equal(page.context().pages().length, 1);
  }, REFUSED));

test("without allow-popups-to-escape-sandbox the full calculator cannot print", { skip: noClicks }, () =>
  without("allow-popups-to-escape-sandbox", async (frame, page) => {
    const full = await opened(frame, page);
    const refused = full.waitForEvent("console", { predicate: (message) => /sandbox/i.test(message.text()) });
    await full.evaluate(() => window.print());
    await refused;
  }, /sandbox/i));
