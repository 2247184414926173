// Tests of frames that cannot load, of isolated and sandboxed hosts, and of elements that move.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { browserName } from "../browser/browsers.mjs";
import { settled } from "../browser/settled.mjs";
import { click, frameOf, ready, shows, start, withHost } from "./host.mjs";

/** A failure must be reported within this time, a connection that hangs or fails silently within 12 s. */
const SOON_MS = 6_000;
const SILENT_MS = 20_000;

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const onHost = (name, body, steps, options = {}) => test(name, () => withHost(site, body, options, steps));
const calls = (page) => frameOf(page).getByRole("textbox", { name: "Calls per year" });
const FALLBACK = "<p>Costs about $1,300.</p>";

/** Waits for the element's `error` event, which the host page records; resolves to its reason. */
async function failure(page, timeout = SOON_MS) {
  await page.waitForFunction(() => window.failures?.length > 0, null, { timeout });
  assert.ok(await page.getByText("Costs about").isVisible());
  assert.ok((await page.locator("callmix-calculator").boundingBox()).height < 100, "no height is reserved after a failure");
  const quote = await page.locator("callmix-calculator").evaluate((element) => element.getQuote().catch((error) => error.message));
  const [reason] = await page.evaluate(() => window.failures);
  assert.equal(quote, `<callmix-calculator>: ${reason}.`);
  return reason;
}

/** Records `error` events of the element, which do not bubble, and checks that they are no errors of the window. */
const RECORD = `<script>
  window.failures = [];
  addEventListener("error", (event) => event.target.localName === "callmix-calculator" && window.failures.push(event.detail.reason), true);
  window.onerror = () => window.failures.push("an error of the window");
</script>`;

/** Starts a server that answers every request like this; resolves to its address and a function that stops it. */
async function answering(respond) {
  const server = createServer(respond);
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  return { address: `http://127.0.0.1:${server.address().port}/embed.html`, stop: () => (server.close(), server.closeAllConnections()) };
}

const BROKEN = {
  "a page that does not exist": (_, response) => response.writeHead(404).end("not found"),
  "another page": (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>Sign in"),
  "a page that must not be framed": (_, response) => response.writeHead(200, { "content-type": "text/html", "x-frame-options": "DENY" }).end("<p>No"),
  "a server that closes the connection": (request) => request.socket.destroy(),
};
for (const [what, respond] of Object.entries(BROKEN)) {
  test(`reports ${what} and keeps its content`, async () => {
    const server = await answering(respond);
    try {
      const body = `<callmix-calculator calls="300" src="${server.address}">${FALLBACK}</callmix-calculator>`;
      await withHost(site, body, { head: RECORD, forgives: /./ }, async (page) => {
        // Firefox sends no load event if the connection fails.
        const isSilent = browserName === "firefox" && what.startsWith("a server");
        assert.match(await failure(page, isSilent ? SILENT_MS : SOON_MS), isSilent ? /did not respond/ : /did not load the calculator/);
        // A corrected address is opened.
        await page.locator("callmix-calculator").evaluate((element) => element.removeAttribute("src"));
        await shows(frameOf(page), "1260.00");
      });
    } finally {
      server.stop();
    }
  });
}

test("reports a server that does not respond", async () => {
  const server = await answering(() => {});
  try {
    const body = `<callmix-calculator calls="300" src="${server.address}">${FALLBACK}</callmix-calculator>`;
    await withHost(site, body, { clock: true, head: RECORD, forgives: /./ }, async (page) => {
      await page.waitForFunction(() => document.querySelector("callmix-calculator").shadowRoot.querySelector("iframe"));
      await page.clock.fastForward(13_000);
      assert.match(await failure(page), /did not respond/);
    });
  } finally {
    server.stop();
  }
});

test("reports a host policy that does not allow the frame at once", () => {
  const headers = { "content-security-policy": `frame-src 'none'` };
  return withHost(site, `<callmix-calculator calls="300">${FALLBACK}</callmix-calculator>`, { headers, head: RECORD, expected: [/content policy/], forgives: /./ }, async (page) => {
    assert.match(await failure(page), /content policy does not allow frames from http/);
  });
});

onHost("reports an app that cannot start", `<callmix-calculator calls="300">${FALLBACK}</callmix-calculator>`, async (page) => {
  assert.match(await failure(page), /could not/);
}, { head: RECORD, refuse: /callmix-app_bg\.wasm$/, expected: [/could not/], forgives: /./ });

for (const [name, headers] of Object.entries({
  "requires isolation headers of its frames": { "cross-origin-embedder-policy": "require-corp" },
  "is isolated": { "cross-origin-embedder-policy": "require-corp", "cross-origin-opener-policy": "same-origin" },
})) {
  test(`works on a host that ${name}`, () =>
    withHost(site, `<callmix-calculator calls="300"></callmix-calculator>`, { headers }, async (page) => {
      await shows(frameOf(page), "1260.00");
      await ready(page);
      await calls(page).fill("1200");
      await shows(frameOf(page), "4640.00");
    }));
}

test("works on a sandboxed host", () =>
  withHost(site, `<callmix-calculator calls="300"></callmix-calculator>`, { headers: { "content-security-policy": "sandbox allow-scripts" }, forgives: /can escape its sandboxing/ }, async (page) => {
    await shows(frameOf(page), "1260.00");
    await ready(page);
    const changed = page.evaluate(() => new Promise((resolve) => document.addEventListener("callmix-change", ({ detail }) => resolve(detail.total), { once: true })));
    await calls(page).fill("1200");
    assert.equal(await changed, "4640.00");
    assert.equal(await page.locator("callmix-calculator").evaluate(async (element) => (await element.getQuote()).total), "4640.00");
    await page.locator("callmix-calculator").evaluate((element) => (element.calls = 100));
    await shows(frameOf(page), "420.00");
  }));

/**
 * If a frame replaces another one of its site in the same task, Chromium requests its document, gives up, and requests it again. And
 * a frame that is moved gives up the engine, if it was just loading it for its next event.
 */
const GIVEN_UP = /^failed: [^?]*\/(embed\.html\?mode=calculator&theme=light|engine\/callmix\.js)$/;

onHost("keeps the visitor's edits when the host moves it", `<callmix-calculator calls="300" title="Offer"></callmix-calculator><div id="other"></div>`, async (page) => {
  await ready(page);
  const move = () => page.evaluate(() => document.querySelector("#other").append(document.querySelector("callmix-calculator")));
  await move();
  await ready(page);
  await shows(frameOf(page), "1260.00");
  const changed = page.evaluate(() => new Promise((resolve) => document.addEventListener("callmix-change", resolve, { once: true })));
  await calls(page).fill("1200");
  await changed;
  await move();
  await ready(page);
  await shows(frameOf(page), "4640.00");
  assert.equal(await calls(page).inputValue(), "1,200");
  assert.equal(await frameOf(page).getByRole("status", { name: "About this estimate" }).count(), 0, "no notice about a quoted total");
  assert.equal(page.frames().length, 2);
  // The host's next setting replaces the edits.
  await page.locator("callmix-calculator").evaluate((element) => (element.calls = 100));
  await shows(frameOf(page), "420.00");
  await move();
  await ready(page);
  await shows(frameOf(page), "420.00");
}, { forgives: GIVEN_UP });

onHost("keeps an edit that the host does not know yet", `<callmix-calculator calls="300"></callmix-calculator><div id="other"></div>`, async (page) => {
  await ready(page);
  // The host hears of an edit after a pause. It moves the element before that: as soon as the element knows of the edit.
  await page.evaluate(() => {
    window.changes = [];
    document.addEventListener("callmix-change", ({ detail }) => window.changes.push(detail.total));
    addEventListener("message", function move({ data }) {
      if (data?.type !== "edited") return;
      removeEventListener("message", move);
      document.querySelector("#other").append(document.querySelector("callmix-calculator"));
      window.readies = 0;
      document.addEventListener("callmix-ready", () => (window.readies += 1));
    });
  });
  // `fill` would type again in the new frame. The task of its own outlives the call.
  await calls(page).evaluate((input) => {
    setTimeout(() => {
      input.value = "1200";
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
  });
  await page.waitForFunction(() => window.readies === 1 && window.changes.length > 0);
  await shows(frameOf(page), "4640.00");
  assert.equal(await calls(page).inputValue(), "1,200");
  await settled(page);
  assert.deepEqual(await page.evaluate(() => window.changes), ["4640.00"]);
  assert.equal(await page.locator("callmix-calculator").evaluate((element) => new URL(element.link).hash.match(/calls=\d+/)[0]), "calls=1200");
}, { forgives: GIVEN_UP });

const OPTIONS = ['start="2027-01"', 'discount="10,0,5"', 'slots="2"', 'profile="seasonal"', 'title="An offer"', 'm="1,2,3,4,5,6,7,8,9,10,11,12"'];
for (const [width, most] of [[720, 900], [390, 1_700]]) {
  for (const option of OPTIONS) {
    const volume = option.startsWith("m=") ? "" : 'calls="12000" ';
    onHost(`stays short with ${option}, ${width} px wide`, `<callmix-calculator ${volume}${option}></callmix-calculator>`, async (page) => {
      await ready(page);
      await frameOf(page).locator("[data-testid=total]").waitFor();
      const more = frameOf(page).getByRole("button", { name: "More options" });
      assert.equal(await more.getAttribute("aria-expanded"), "false");
      const { height } = await page.locator("callmix-calculator").boundingBox();
      assert.ok(height <= most, `${height} px`);
      const top = await frameOf(page).locator("[data-testid=total]").evaluate((total) => total.getBoundingClientRect().top);
      assert.ok(top < 330, `the total is ${top} px from the top`);
      await click(more);
      await frameOf(page).locator(".options").first().waitFor();
    }, { viewport: { width: width + 16, height: 900 } });
  }
}
