// WebKitGTK's MiniBrowser through WebKitWebDriver, on a screen of its own: as much of Playwright's API as the flows need.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { serve } from "../../scripts/serve.mjs";

const TIMEOUT_MS = 10_000;
const START_MS = 60_000;
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
// Keys of the WebDriver standard.
const KEYS = { Backspace: "\ue003", Tab: "\ue004", Enter: "\ue007", Escape: "\ue00c", Space: " " };
const NAMED = "h1, h2, h3, a, button, input, select, textarea, summary, fieldset, form, section, table, ul, ol, li, [role]";

/** Why WebKit's tests cannot run on this machine, or false. */
export const missing = !process.env.WEBKIT && "WebKitGTK's MiniBrowser, its WebKitWebDriver or Xvfb is not on this machine";

/** Starts the server, a screen and the browser's driver, once for a file of tests. */
export async function startWebKit(options = {}) {
  const processes = [];
  const kill = () => processes.forEach(killGroup);
  process.once("exit", kill);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
  try {
    const screen = run(processes, "Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    const [display] = await inTime(once(screen.stdio[3], "data"), "Xvfb did not start");
    const port = await freePort();
    run(processes, "WebKitWebDriver", [`--port=${port}`], {
      DISPLAY: `:${String(display).trim()}`,
      LIBGL_ALWAYS_SOFTWARE: "1",
      NO_AT_BRIDGE: "1",
    });
    const ask = client(`http://127.0.0.1:${port}`);
    await until(() => ask("GET", "/status").catch(() => false), "WebKitWebDriver did not start");
    // One browser for all tests of a file: WebKitWebDriver may hang where one follows another too closely.
    const args = ["--automation"];
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: process.env.WEBKIT, args } } };
    const { sessionId } = await ask("POST", "/session", { capabilities }, START_MS);
    const site = await serve(options);
    return {
      address: site.address,
      session: (method, path, body) => ask(method, `/session/${sessionId}${path}`, body),
      stop() {
        kill();
        site.stop();
      },
    };
  } catch (error) {
    kill();
    throw error;
  }
}

/** Opens the page afresh, runs `steps`, and asserts that nothing went wrong meanwhile. */
export async function withWebKitPage({ address, session }, { fragment = "" }, steps) {
  await session("POST", "/url", { url: address + fragment });
  const page = pageOf(session);
  try {
    await page.evaluate(watch);
    await page.getByRole("textbox", { name: "Calls per year" }).text();
    await steps(page);
    assert.deepEqual(await page.evaluate(wentWrong, address), []);
  } finally {
    await page.evaluate(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
    await session("POST", "/url", { url: "about:blank" });
  }
}

// WebDriver tells nothing of the console, so the page keeps it, from when it has loaded on.
function watch() {
  window.wrong = [];
  for (const level of ["error", "warn"]) console[level] = (...words) => window.wrong.push(`console: ${words.join(" ")}`);
  addEventListener("error", ({ message }) => window.wrong.push(`page error: ${message}`));
  addEventListener("unhandledrejection", ({ reason }) => window.wrong.push(`page error: ${reason}`));
}

// WebKit lists no requests that failed; the other two browsers notice those.
function wentWrong(address) {
  const asked = performance.getEntriesByType("resource").map(({ name }) => name);
  return [...window.wrong, ...asked.filter((url) => !url.startsWith(address)).map((url) => `asked elsewhere: ${url}`)];
}

function pageOf(session) {
  const evaluate = (steps, ...args) => session("POST", "/execute/sync", { script: `return (${steps})(...arguments)`, args });
  const elements = async (selector) => {
    const found = await session("POST", "/elements", { using: "css selector", value: selector });
    return found.map((element) => `/element/${element[ELEMENT]}`);
  };
  // What is not shown has no role, which WebKit calls an unknown error.
  const noRole = (error) => {
    if (error.code !== "unknown error") throw error;
  };
  const ofRole = async (role, name) => {
    for (const element of await elements(NAMED)) {
      if ((await session("GET", `${element}/computedrole`).catch(noRole)) !== role) continue;
      if ((await session("GET", `${element}/computedlabel`)) === name) return element;
    }
  };
  return {
    evaluate,
    getByRole: (role, { name }) => locator(session, () => ofRole(role, name), `${role} "${name}"`),
    getByTestId: (id) => locator(session, async () => (await elements(`[data-testid="${id}"]`))[0], `test id "${id}"`),
  };
}

/** Something on the page that is looked for anew at every step, until it is there. */
function locator(session, find, what) {
  const step = (steps) =>
    until(async () => {
      const element = await find();
      // A page that renders meanwhile replaces its elements; what is stale is looked for again.
      return element && { value: await steps(element) };
    }, `the page has no ${what}`).then(({ value }) => value);
  const type = (text) => step((element) => session("POST", `${element}/value`, { text }));
  const attribute = (name) => step((element) => session("GET", `${element}/attribute/${name}`));
  return {
    text: () => step((element) => session("GET", `${element}/text`)),
    inputValue: () => step((element) => session("GET", `${element}/property/value`)),
    getAttribute: attribute,
    click: () => step((element) => session("POST", `${element}/click`, {})),
    press: (key) => type(KEYS[key]),
    pressSequentially: type,
    /** Selects what is there and types over it. */
    fill: (text) =>
      step(async (element) => {
        const field = { [ELEMENT]: element.slice("/element/".length) };
        await session("POST", "/execute/sync", { script: "arguments[0].select()", args: [field] });
        return session("POST", `${element}/value`, { text: text || KEYS.Backspace });
      }),
    /** Waits until an attribute has a value. */
    async hasAttribute(name, value) {
      let last;
      const arrived = async () => (last = await attribute(name)) === value;
      await until(arrived, () => `${what}: ${name} stayed ${JSON.stringify(last)} instead of ${JSON.stringify(value)}`);
    },
    /** Waits until its text contains another. */
    async hasText(text) {
      const shown = () => step((element) => session("GET", `${element}/text`)).then((all) => all.includes(text));
      await until(shown, `${what} never had the text ${JSON.stringify(text)}`);
    },
  };
}

/** One WebDriver command: its value, or an error with WebKit's words. */
function client(address) {
  return async (method, path, body, timeout_ms = TIMEOUT_MS) => {
    const signal = AbortSignal.timeout(timeout_ms);
    const response = await fetch(address + path, { method, body: body && JSON.stringify(body), signal });
    const { value } = await response.json();
    if (!response.ok) throw Object.assign(new Error(`${method} ${path}: ${value.message || value.error}`), { code: value.error });
    return value;
  };
}

const PASSING = ["stale element reference", "no such element", "element not interactable"];

/** Repeats `attempt` until it gives something true; `told` says what was waited for. */
async function until(attempt, told) {
  const deadline = Date.now() + TIMEOUT_MS;
  let last;
  while (Date.now() < deadline) {
    try {
      const result = await attempt();
      if (result) return result;
    } catch (error) {
      if (!PASSING.includes(error.code)) throw error;
      last = error;
    }
    await pause(30);
  }
  throw new Error(typeof told === "function" ? told() : told, { cause: last });
}

function inTime(promise, told) {
  const late = pause(TIMEOUT_MS, undefined, { ref: false }).then(() => {
    throw new Error(told);
  });
  return Promise.race([promise, late]);
}

function run(processes, command, args, env = {}) {
  // A group of its own, so that what it starts ends with it.
  const child = spawn(command, args, { detached: true, stdio: ["ignore", "ignore", "ignore", "pipe"], env: { ...process.env, ...env } });
  processes.push(child);
  return child;
}

function killGroup({ pid }) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
