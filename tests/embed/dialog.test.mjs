// Tests of the embed dialog: the snippets it writes work, and it is accessible.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessible, fitsSideways, withPage } from "../browser/harness.mjs";
import { frameOf, shows, start, withHost } from "./host.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const FRAGMENT = "#v=1&calls=300&free=100&customer=Somebody&book=2026-11-22,6e1ff965&quoted=840.00";
const inPage = (name, steps, options = {}) =>
  test(name, () => withPage({ address: site.calculator, browserFor: site.browserFor }, { fragment: FRAGMENT, ...options }, steps));
const button = (page) => page.getByRole("button", { name: "Embed…" });
const dialog = (page) => page.getByRole("dialog", { name: "Embed this estimate" });
const snippet = (page) => dialog(page).getByRole("textbox", { name: "Snippet" }).inputValue();

async function opened(page) {
  await page.locator('[data-testid=total][data-amount="840.00"]').waitFor();
  await button(page).click();
  await dialog(page).waitFor();
  await shows(page.frameLocator(".embed-dialog iframe"), "840.00");
}

inPage("writes a snippet for the current scenario that works on a host, with a live preview", async (page) => {
  await opened(page);
  const preview = page.frameLocator(".embed-dialog iframe");
  await shows(preview, "840.00");
  const html = await snippet(page);
  assert.equal(
    html,
    `<script type="module" src="${site.calculator}embed.js"></script>\n` +
      `<callmix-calculator calls="300" free="100" theme="auto" lang="en"><a href="${site.calculator}#v=1&amp;calls=300&amp;free=100">Open the pricing calculator</a></callmix-calculator>`,
  );
  await withHost(site, html, { head: "" }, (host) => shows(frameOf(host), "840.00"));
});

inPage("applies each choice to the snippet and the preview", async (page) => {
  await opened(page);
  const preview = page.frameLocator(".embed-dialog iframe");
  // Replacing the preview while it loads would count as a failed request.
  await shows(preview, "840.00");
  await dialog(page).getByRole("radio", { name: "Recommendation only" }).check();
  await preview.locator("input").first().waitFor({ state: "detached" });
  await shows(preview, "840.00");
  await dialog(page).getByRole("radio", { name: "Dark" }).check();
  await dialog(page).getByRole("checkbox", { name: "Pin this script version" }).check();
  assert.match(await snippet(page), /embed-\d+\.\d+\.\d+\.js"><\/script>\n<callmix-calculator mode="answer" calls="300" free="100" theme="dark" lang="en">/);
  await shows(preview, "840.00");
  assert.equal(await preview.locator("input").count(), 0);
  await dialog(page).getByRole("radio", { name: "Plain iframe (no script)" }).check();
  const html = await snippet(page);
  assert.match(html, /^<iframe src="[^"]*embed\.html\?mode=answer&amp;theme=dark#v=1&amp;calls=300&amp;free=100" title="Pricing calculator"/);
  await withHost(site, html, {}, (host) => shows(host.frameLocator("iframe"), "840.00"));
});

inPage("writes an empty calculator if there is no scenario", async (page) => {
  await button(page).click();
  await dialog(page).waitFor();
  assert.match(await snippet(page), /<callmix-calculator theme="auto" lang="en"><a href="[^"#]*">/);
  assert.equal(await dialog(page).getByRole("checkbox", { name: "Include negotiated discounts" }).count(), 0);
}, { fragment: "" });

inPage("closes on Escape and returns the focus", async (page) => {
  await opened(page);
  assert.ok(await page.evaluate(() => document.querySelector("dialog").contains(document.activeElement)));
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Embed…");
  await button(page).press("Enter");
  await dialog(page).waitFor();
  await shows(page.frameLocator(".embed-dialog iframe"), "840.00");
  await dialog(page).getByRole("button", { name: "Close" }).click();
  await dialog(page).waitFor({ state: "detached" });
});

inPage("copies the snippet", async (page) => {
  await opened(page);
  await dialog(page).getByRole("button", { name: "Copy snippet" }).click();
  await dialog(page).getByText("Snippet copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await snippet(page));
}, { clipboard: "granted" });

inPage("selects the snippet if the clipboard is denied", async (page) => {
  await opened(page);
  await dialog(page).getByRole("button", { name: "Copy snippet" }).click();
  await dialog(page).getByText("copy it yourself").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), await snippet(page));
}, { clipboard: "denied" });

inPage("leaves negotiated discounts out unless asked", async (page) => {
  await page.locator("[data-testid=total]").waitFor();
  await button(page).click();
  await dialog(page).waitFor();
  const preview = () => page.locator(".embed-dialog iframe").getAttribute("src");
  assert.doesNotMatch((await snippet(page)) + (await preview()), /discount/);
  const include = dialog(page).getByRole("checkbox", { name: "Include negotiated discounts" });
  await include.check();
  assert.match(await snippet(page), / discount="10,0,5".*#v=1&amp;calls=300&amp;discount=10%2C0%2C5"/s);
  assert.match(await preview(), /discount=/);
  await shows(page.frameLocator(".embed-dialog iframe"), "1134.00");
  await include.uncheck();
  assert.doesNotMatch(await snippet(page), /discount/);
}, { fragment: "#v=1&calls=300&discount=10,0,5" });

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    inPage(`is accessible: ${colorScheme}, ${width} px wide`, async (page) => {
      await opened(page);
      await fitsSideways(page);
      await accessible(page);
    }, { colorScheme, viewport: { width, height: 800 } });
  }
}
