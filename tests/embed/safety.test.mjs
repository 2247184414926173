// Tests of unusual hosts: strict policies, odd timing, hostile messages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { browserName } from "../browser/browsers.mjs";
import { settled, until } from "../browser/settled.mjs";
import { click, frameOf, ready, shows, start, withHost } from "./host.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const onHost = (name, body, steps, options = {}) => test(name, () => withHost(site, body, options, steps));
const ONE = `<callmix-calculator calls="300"><p>Costs about $1,300.</p></callmix-calculator>`;
const calls = (page) => frameOf(page).getByRole("textbox", { name: "Calls per year" });

test("works under a strict host policy that allows only the calculator's origin", () => {
  const { origin } = new URL(site.calculator);
  const headers = { "content-security-policy": `default-src 'none'; script-src ${origin}; frame-src ${origin}; img-src data:; base-uri 'none'; form-action 'none'` };
  return withHost(site, ONE, { headers }, async (page) => {
    await shows(frameOf(page), "1260.00");
    await calls(page).fill("1200");
    await shows(frameOf(page), "4640.00");
    assert.ok((await page.locator("callmix-calculator").boundingBox()).height > 600, "the element's styles apply");
  });
});

test("works on a host with opener isolation and no referrer", () =>
  withHost(site, ONE, { headers: { "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin" } }, (page) => shows(frameOf(page), "1260.00")));

onHost("works with blocked storage", ONE, async (page) => {
  await shows(frameOf(page), "1260.00");
  await calls(page).fill("1200");
  await shows(frameOf(page), "4640.00");
  assert.equal(await page.locator("callmix-calculator").evaluate(async (element) => (await element.getQuote()).total), "4640.00");
}, { storage: "blocked" });

test("works on a host that denies permissions", () =>
  withHost(site, ONE, { headers: { "permissions-policy": "clipboard-write=(), clipboard-read=(), fullscreen=()" } }, (page) => shows(frameOf(page), "1260.00")));

onHost("can be removed at any moment while it loads", "", async (page) => {
  const unexpected = await page.evaluate(async () => {
    const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
    for (const millis of [0, 1, 5, 20, 50, 100, 200, 400]) {
      const element = document.createElement("callmix-calculator");
      element.calls = 300;
      element.loading = "eager";
      document.body.append(element);
      const quote = element.getQuote().catch((error) => error.message);
      if (millis) await wait(millis);
      element.remove();
      const result = await quote;
      if (typeof result === "string" && result !== "<callmix-calculator>: the element was removed from the page.") return result;
    }
    return "";
  });
  assert.equal(unexpected, "");
  await settled(page);
  await until(() => page.frames().length === 1, "the frames to go");
  // Removing a frame while it loads cancels its requests.
}, { expected: [], forgives: /^failed: / });

onHost("ignores messages from other windows", `${ONE}<iframe name="other" srcdoc="<p>Other"></iframe>`, async (page) => {
  await shows(frameOf(page), "1260.00");
  await ready(page);
  const changed = await page.evaluate(async () => {
    const element = document.querySelector("callmix-calculator");
    const events = [];
    for (const name of ["callmix-ready", "callmix-change"]) element.addEventListener(name, () => events.push(name));
    const before = element.shadowRoot.querySelector("iframe").offsetHeight;
    const messages = [
      { callmix: 1, type: "height", height: 5 },
      { callmix: 1, type: "ready", link: null, total: "0.00" },
      { callmix: 1, type: "change", link: "v=1&calls=1", total: "0.00", scenario: {} },
      { callmix: 1, type: "failed", reason: "a lie" },
    ];
    for (const message of messages) {
      window.postMessage(message, "*");
      window.frames.other.eval(`parent.postMessage(${JSON.stringify(message)}, "*")`);
    }
    // Messages from one window arrive in order, so these are the last.
    const last = (name) => new Promise((resolve) => addEventListener("message", ({ data }) => data === name && resolve()));
    const both = Promise.all([last("host"), last("other")]);
    window.postMessage("host", "*");
    window.frames.other.eval(`parent.postMessage("other", "*")`);
    await both;
    return { events, grown: element.shadowRoot.querySelector("iframe").offsetHeight - before, link: element.link };
  });
  assert.deepEqual(changed, { events: [], grown: 0, link: `${site.calculator}#v=1&check=cf0707af&calls=300` });
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
onHost("ignores unknown messages from its own frame", ONE, async (page, problems) => {
  await shows(frameOf(page), "1260.00");
  await ready(page);
  const height = () => page.locator("callmix-calculator").evaluate((element) => element.shadowRoot.querySelector("iframe").style.blockSize);
  const before = await height();
  await page.frames()[1].evaluate((messages) => messages.forEach((message) => parent.postMessage(message, "*")), FROM_FRAME);
  await until(() => problems.length >= FROM_FRAME.length, () => `an error for each message in:\n${problems.join("\n")}`);
  await settled(page);
  assert.equal(await height(), before);
  assert.equal(problems.length, FROM_FRAME.length, problems.join("\n"));
}, { expected: [/ignored an unknown message from the frame/] });

const FROM_HOST = [
  { callmix: 1 },
  { callmix: 2, type: "set", link: "", looks: {} },
  { callmix: 1, type: "set", link: 5, looks: {} },
  { callmix: 1, type: "set", link: "v=1&calls=1", looks: null },
  { callmix: 1, type: "toString" },
  { callmix: 1, type: "quote", id: {} },
];
onHost("the frame ignores unknown messages from the host", ONE, async (page, problems) => {
  await shows(frameOf(page), "1260.00");
  await ready(page);
  await page.evaluate((messages) => {
    const frame = document.querySelector("callmix-calculator").shadowRoot.querySelector("iframe").contentWindow;
    for (const message of [...messages, "garbage", null, 5, [], { type: "set" }, new Uint8Array(8)]) frame.postMessage(message, "*");
  }, FROM_HOST);
  await until(() => problems.length >= FROM_HOST.length, () => `an error for each message in:\n${problems.join("\n")}`);
  await settled(page);
  assert.equal(problems.length, FROM_HOST.length, problems.join("\n"));
  await calls(page).fill("1200");
  await shows(frameOf(page), "4640.00");
}, { expected: [/ignored an unknown message from the host/] });

onHost("rejects hostile settings by name and applies the others", ONE, async (page) => {
  await ready(page);
  await page.evaluate(() => Object.assign(document.querySelector("callmix-calculator"), {
    accent: "red; background: url(https://elsewhere.example/x)",
    font: "x; } body { display: none",
    radius: "calc(1px + 1px)",
    size: "18px",
  }));
  await page.frames()[1].waitForFunction(() => getComputedStyle(document.documentElement).fontSize === "18px");
}, { expected: [/ accent=/, / font=/, / radius=/] });

onHost("shows markup in a link as text", `<callmix-calculator calls="300" title="&lt;img src=x onerror=alert(1)&gt;" note="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"></callmix-calculator>`, async (page) => {
  await shows(frameOf(page), "1260.00");
  assert.equal(await page.frames()[1].evaluate(() => document.querySelectorAll("img, body script").length), 0);
});

onHost("adds nothing to the host's history", ONE, async (page) => {
  await shows(frameOf(page), "1260.00");
  const before = await page.evaluate(() => history.length);
  await calls(page).fill("1200");
  await shows(frameOf(page), "4640.00");
  await click(frameOf(page).getByRole("button", { name: "Reset" }));
  await page.locator("callmix-calculator").evaluate((element) => (element.mode = "prices"));
  await frameOf(page).getByRole("table", { name: /packages/ }).waitFor();
  assert.equal(await page.evaluate(() => history.length), before);
  // Another mode replaces the frame, which cancels its requests.
}, { forgives: /^failed: / });

onHost("shows its content until the calculator is ready", ONE, async (page) => {
  await page.getByText("Costs about").waitFor({ state: "hidden" });
  await ready(page);
}, { arrive: async (page) => assert.ok(await page.getByText("Costs about").isVisible()), slow: /_bg\.wasm$/ });

onHost("keeps its content if the calculator cannot start", ONE, async (page) => {
  await page.waitForFunction(() => document.querySelector("callmix-calculator").shadowRoot.querySelector(".failed"));
  assert.ok(await page.getByText("Costs about").isVisible());
  const reason = await page.locator("callmix-calculator").evaluate((element) => element.getQuote().catch((error) => error.message));
  assert.match(reason, /could not/);
  assert.ok((await page.locator("callmix-calculator").boundingBox()).height < 100, "no height is reserved after a failure");
}, { refuse: /_bg\.wasm$/, expected: [/<callmix-calculator>: .*could not/], forgives: /./ });

test("leaves no memory behind after a hundred elements", { skip: browserName === "firefox" && "only Chromium can collect garbage on demand" }, () =>
  withHost(site, "", { forgives: /^failed: / }, async (page) => {
    await page.evaluate(async () => {
      const wait = (millis) => new Promise((done) => setTimeout(done, millis));
      window.seen = [];
      for (let turn = 0; turn < 100; turn += 1) {
        const element = document.createElement("callmix-calculator");
        element.setAttribute("calls", 300 + turn);
        document.body.append(element);
        window.seen.push(new WeakRef(element));
        // Some are removed immediately, some while they load, and a few after they have answered.
        if (turn % 10 === 9) await element.getQuote();
        else if (turn % 2 === 0) await wait(5);
        element.remove();
      }
    });
    const session = await page.context().newCDPSession(page);
    const left = () => page.evaluate(() => window.seen.filter((reference) => reference.deref()).length);
    await until(async () => {
      await session.send("HeapProfiler.collectGarbage");
      return (await left()) === 0;
    }, async () => `${await left()} elements to be collected`);
    assert.equal(page.frames().length, 1);
  }));
