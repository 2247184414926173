// Does nothing go wrong, whatever the host is, does or sends?
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { browserName } from "../browser/browsers.mjs";
import { click, frameOf, ready, shows, start, withHost } from "./host.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const onHost = (name, body, steps, options = {}) => test(name, () => withHost(site, body, options, steps));
const ONE = `<callmix-calculator calls="300"><p>Costs about $1,300.</p></callmix-calculator>`;
const calls = (page) => frameOf(page).getByRole("textbox", { name: "Calls per year" });

test("a strict host policy needs to know of the calculator's origin only", () => {
  const { origin } = new URL(site.calculator);
  const headers = { "content-security-policy": `default-src 'none'; script-src ${origin}; frame-src ${origin}; img-src data:; base-uri 'none'; form-action 'none'` };
  return withHost(site, ONE, { headers }, async (page) => {
    await shows(frameOf(page), "1260.00");
    await calls(page).fill("1200");
    await shows(frameOf(page), "4640.00");
    assert.ok((await page.locator("callmix-calculator").boundingBox()).height > 600, "the element's own styles are in force");
  });
});

test("a host that isolates itself and sends no referrer", () =>
  withHost(site, ONE, { headers: { "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin" } }, (page) => shows(frameOf(page), "1260.00")));

onHost("blocked storage is no matter", ONE, async (page) => {
  await shows(frameOf(page), "1260.00");
  await calls(page).fill("1200");
  await shows(frameOf(page), "4640.00");
  assert.equal(await page.locator("callmix-calculator").evaluate(async (element) => (await element.getQuote()).total), "4640.00");
}, { storage: "blocked" });

test("a host without permissions to give", () =>
  withHost(site, ONE, { headers: { "permissions-policy": "clipboard-write=(), clipboard-read=(), fullscreen=()" } }, (page) => shows(frameOf(page), "1260.00")));

onHost("removed at any moment of loading, nothing is thrown and nothing stays", "", async (page) => {
  const told = await page.evaluate(async () => {
    const wait = (millis) => new Promise((done) => setTimeout(done, millis));
    for (const millis of [0, 1, 5, 20, 50, 100, 200, 400]) {
      const element = document.createElement("callmix-calculator");
      element.calls = 300;
      element.loading = "eager";
      document.body.append(element);
      const asked = element.getQuote().catch((error) => error.message);
      if (millis) await wait(millis);
      element.remove();
      const told = await asked;
      if (typeof told === "string" && told !== "<callmix-calculator>: it was removed.") return told;
    }
    await wait(500);
    return "";
  });
  assert.equal(told, "");
  assert.equal(page.frames().length, 1);
  // A frame that goes while it loads takes its requests with it.
}, { expected: [], forgives: /^failed: / });

onHost("moved to another place, it opens there again", `${ONE}<div id="other"></div>`, async (page) => {
  await shows(frameOf(page), "1260.00");
  await ready(page);
  await page.evaluate(() => document.querySelector("#other").append(document.querySelector("callmix-calculator")));
  await shows(frameOf(page), "1260.00");
  await ready(page);
  assert.equal(page.frames().length, 2);
}, { forgives: /^failed: / });

onHost("messages from anywhere but the own frame are not heard", `${ONE}<iframe name="other" srcdoc="<p>Other"></iframe>`, async (page) => {
  await shows(frameOf(page), "1260.00");
  await ready(page);
  const changed = await page.evaluate(async () => {
    const element = document.querySelector("callmix-calculator");
    const heard = [];
    for (const name of ["callmix-ready", "callmix-change"]) element.addEventListener(name, () => heard.push(name));
    const before = element.shadowRoot.querySelector("iframe").offsetHeight;
    const messages = [
      { callmix: 1, type: "height", height: 5 },
      { callmix: 1, type: "ready", link: null, total: "0.00" },
      { callmix: 1, type: "change", link: "v=1&calls=1", total: "0.00", scenario: {} },
      { callmix: 1, type: "failed", reason: "a lie" },
    ];
    for (const message of messages) {
      window.postMessage(message, "*");
      window.frames.other.eval?.(`parent.postMessage(${JSON.stringify(message)}, "*")`);
    }
    await new Promise((done) => setTimeout(done, 200));
    return { heard, grown: element.shadowRoot.querySelector("iframe").offsetHeight - before, link: element.link };
  });
  assert.deepEqual(changed, { heard: [], grown: 0, link: `${site.calculator}#v=1&calls=300` });
});

const FROM_FRAME = [
  { callmix: 2, type: "height", height: 700 },
  { callmix: 1, type: "constructor" },
  { callmix: 1, type: "height", height: -1 },
  { callmix: 1, type: "height", height: 1e9 },
  { callmix: 1, type: "height", height: "7" },
  { callmix: 1, type: "change", link: 5, total: "1.00", scenario: {} },
  { callmix: 1, type: "problems", problems: [null] },
  { callmix: 1, type: "quote", id: "1", quote: {} },
  "callmix",
  null,
];
onHost("what the own frame says is taken only where it is understood", ONE, async (page, wrong) => {
  await shows(frameOf(page), "1260.00");
  await ready(page);
  const height = () => page.locator("callmix-calculator").evaluate((element) => element.shadowRoot.querySelector("iframe").style.blockSize);
  const before = await height();
  await page.frames()[1].evaluate((messages) => messages.forEach((message) => parent.postMessage(message, "*")), FROM_FRAME);
  await page.waitForTimeout(200);
  assert.equal(await height(), before);
  assert.equal(wrong.length, FROM_FRAME.length, wrong.join("\n"));
}, { expected: [/the frame sent a message that is not understood/] });

const FROM_HOST = [
  { callmix: 1 },
  { callmix: 2, type: "set", link: "", looks: {} },
  { callmix: 1, type: "set", link: 5, looks: {} },
  { callmix: 1, type: "set", link: "v=1&calls=1", looks: null },
  { callmix: 1, type: "toString" },
  { callmix: 1, type: "quote", id: {} },
];
onHost("what the host says is taken only where it is understood, and other scripts' messages are let be", ONE, async (page, wrong) => {
  await shows(frameOf(page), "1260.00");
  await ready(page);
  await page.evaluate((messages) => {
    const frame = document.querySelector("callmix-calculator").shadowRoot.querySelector("iframe").contentWindow;
    for (const message of [...messages, "garbage", null, 5, [], { type: "set" }, new Uint8Array(8)]) frame.postMessage(message, "*");
  }, FROM_HOST);
  await page.waitForTimeout(200);
  assert.equal(wrong.length, FROM_HOST.length, wrong.join("\n"));
  await calls(page).fill("1200");
  await shows(frameOf(page), "4640.00");
}, { expected: [/the host sent a message that is not understood/] });

onHost("hostile looks are refused by name, and the rest of them is used", ONE, async (page) => {
  await ready(page);
  await page.evaluate(() => Object.assign(document.querySelector("callmix-calculator"), {
    accent: "red; background: url(https://elsewhere.example/x)",
    font: "x; } body { display: none",
    radius: "calc(1px + 1px)",
    size: "18px",
  }));
  await page.frames()[1].waitForFunction(() => getComputedStyle(document.documentElement).fontSize === "18px");
  await page.waitForTimeout(100);
}, { expected: [/ accent=/, / font=/, / radius=/] });

onHost("a link full of markup is only text", `<callmix-calculator calls="300" title="&lt;img src=x onerror=alert(1)&gt;" note="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"></callmix-calculator>`, async (page) => {
  await shows(frameOf(page), "1260.00");
  assert.equal(await page.frames()[1].evaluate(() => document.querySelectorAll("img, body script").length), 0);
});

onHost("going back leads out of the page, not through what was typed", ONE, async (page) => {
  await shows(frameOf(page), "1260.00");
  const before = await page.evaluate(() => history.length);
  await calls(page).fill("1200");
  await shows(frameOf(page), "4640.00");
  await click(frameOf(page).getByRole("button", { name: "Reset" }));
  await page.locator("callmix-calculator").evaluate((element) => (element.mode = "prices"));
  await frameOf(page).getByRole("table", { name: /packages/ }).waitFor();
  assert.equal(await page.evaluate(() => history.length), before);
});

onHost("what the author wrote is seen until the calculator is ready", ONE, async (page) => {
  await page.getByText("Costs about").waitFor({ state: "hidden" });
  await ready(page);
}, { arrive: async (page) => assert.ok(await page.getByText("Costs about").isVisible()), slow: /_bg\.wasm$/ });

onHost("what the author wrote stays where the calculator cannot start", ONE, async (page) => {
  await page.waitForFunction(() => document.querySelector("callmix-calculator").shadowRoot.querySelector(".failed"));
  assert.ok(await page.getByText("Costs about").isVisible());
  const told = await page.locator("callmix-calculator").evaluate((element) => element.getQuote().catch((error) => error.message));
  assert.match(told, /could not/);
  assert.ok((await page.locator("callmix-calculator").boundingBox()).height < 100, "no room is kept for what will not come");
}, { refuse: /_bg\.wasm$/, expected: [/<callmix-calculator>: .*could not/], forgives: /./ });

onHost("what the author wrote stays where nobody answers", `<callmix-calculator calls="300" src="/nothing-here"><p>Costs about $1,300.</p></callmix-calculator>`, async (page) => {
  await page.waitForFunction(() => document.querySelector("callmix-calculator").shadowRoot.querySelector("iframe"));
  await page.clock.fastForward(31_000);
  await page.waitForFunction(() => document.querySelector("callmix-calculator").shadowRoot.querySelector(".failed"));
  assert.ok(await page.getByText("Costs about").isVisible());
}, { clock: true, expected: [/did not answer/, /404/], forgives: /can escape its sandboxing/ });

test("a hundred come and go without a trace", { skip: browserName === "firefox" && "only Chromium collects garbage when it is asked to" }, () =>
  withHost(site, "", { forgives: /^failed: / }, async (page) => {
    await page.evaluate(async () => {
      const wait = (millis) => new Promise((done) => setTimeout(done, millis));
      window.seen = [];
      for (let turn = 0; turn < 100; turn += 1) {
        const element = document.createElement("callmix-calculator");
        element.setAttribute("calls", 300 + turn);
        document.body.append(element);
        window.seen.push(new WeakRef(element));
        // Some are gone at once, some while they load, and a few have answered.
        if (turn % 10 === 9) await element.getQuote();
        else if (turn % 2 === 0) await wait(5);
        element.remove();
      }
    });
    await page.waitForTimeout(300);
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    await session.send("HeapProfiler.collectGarbage");
    assert.equal(await page.evaluate(() => window.seen.filter((reference) => reference.deref()).length), 0);
    assert.equal(page.frames().length, 1);
  }));
