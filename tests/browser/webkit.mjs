// WebKitGTK's MiniBrowser, driven through WebKitWebDriver on a virtual screen: the part of Playwright's API that the flows use.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { serve } from "../../scripts/serve.mjs";
import { LAUNCH_MS, STEP_MS } from "./limits.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
// Keys of the WebDriver standard.
const KEYS = { Backspace: "\ue003", Tab: "\ue004", Enter: "\ue007", Escape: "\ue00c", Space: " " };
// Where elements of a role are looked for; the driver is asked for the role and the name of each.
const CANDIDATES = {
  button: "button",
  form: "form",
  region: "section",
  status: "[role=status]",
  switch: "input",
  textbox: "input, textarea",
};

/** Why WebKit's tests cannot run on this machine, or false. */
export const missing = !process.env.WEBKIT && "this machine lacks WebKitGTK's MiniBrowser, WebKitWebDriver or Xvfb";

/** Starts the server, a virtual screen and the browser with its driver for a file of tests. */
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
    // One browser for all tests of a file: WebKitWebDriver may hang when one browser starts soon after another.
    const args = ["--automation"];
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: process.env.WEBKIT, args } } };
    const { sessionId } = await ask("POST", "/session", { capabilities }, LAUNCH_MS);
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

/** Opens the page, runs `steps` with it, and asserts that nothing went wrong. */
export async function withWebKitPage({ address, session }, { fragment = "" }, steps) {
  await session("POST", "/url", { url: address + fragment });
  const page = pageOf(session);
  try {
    await page.evaluate(watch);
    await page.getByRole("textbox", { name: "Calls per year" }).text();
    await steps(page);
    assert.deepEqual(await page.evaluate(problems, address), []);
  } finally {
    await page.evaluate(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
    await session("POST", "/url", { url: "about:blank" });
  }
}

// WebDriver does not report the console, so the page keeps its messages, once it has loaded.
function watch() {
  window.problems = [];
  for (const level of ["error", "warn"]) console[level] = (...words) => window.problems.push(`console: ${words.join(" ")}`);
  addEventListener("error", ({ message }) => window.problems.push(`page error: ${message}`));
  addEventListener("unhandledrejection", ({ reason }) => window.problems.push(`page error: ${reason}`));
}

// WebKit does not list failed requests; the tests in the other two browsers notice those.
function problems(address) {
  const requested = performance.getEntriesByType("resource").map(({ name }) => name);
  return [...window.problems, ...requested.filter((url) => !url.startsWith(address)).map((url) => `request elsewhere: ${url}`)];
}

function pageOf(session) {
  const evaluate = (steps, ...args) => session("POST", "/execute/sync", { script: `return (${steps})(...arguments)`, args });
  const elements = async (selector) => {
    const found = await session("POST", "/elements", { using: "css selector", value: selector });
    return found.map((element) => `/element/${element[ELEMENT]}`);
  };
  // A hidden element has no role, which WebKit reports as an unknown error.
  const hidden = (error) => {
    if (error.code !== "unknown error") throw error;
  };
  const ofRole = async (role, name) => {
    for (const element of await elements(CANDIDATES[role])) {
      if ((await session("GET", `${element}/computedrole`).catch(hidden)) !== role) continue;
      if ((await session("GET", `${element}/computedlabel`)) === name) return element;
    }
  };
  return {
    evaluate,
    getByRole: (role, { name }) => locator(session, () => ofRole(role, name), `${role} "${name}"`),
    getByTestId: (id) => locator(session, async () => (await elements(`[data-testid="${id}"]`))[0], `test id "${id}"`),
  };
}

/** An element that every step looks for until it is there. */
function locator(session, find, what) {
  const step = (steps) =>
    until(async () => {
      const element = await find();
      // If the page replaces the element by rendering, the step looks for it again.
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
    /** Selects the present text and types over it. */
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
      await until(arrived, () => `${what}: ${name} is ${JSON.stringify(last)} instead of ${JSON.stringify(value)}`);
    },
    /** Waits until its text contains another. */
    async hasText(text) {
      const shown = () => step((element) => session("GET", `${element}/text`)).then((all) => all.includes(text));
      await until(shown, `${what} does not contain ${JSON.stringify(text)}`);
    },
  };
}

/** Sends one WebDriver command; resolves to its value, or rejects with WebKit's message. */
function client(address) {
  return async (method, path, body, timeout_ms = STEP_MS) => {
    const signal = AbortSignal.timeout(timeout_ms);
    const response = await fetch(address + path, { method, body: body && JSON.stringify(body), signal });
    const { value } = await response.json();
    if (!response.ok) throw Object.assign(new Error(`${method} ${path}: ${value.message || value.error}`), { code: value.error });
    return value;
  };
}

const TRANSIENT = ["stale element reference", "no such element", "element not interactable"];

/** Repeats `attempt` until its result is true; `message` is the error if it never is. */
async function until(attempt, message) {
  const deadline = Date.now() + STEP_MS;
  let last;
  while (Date.now() < deadline) {
    try {
      const result = await attempt();
      if (result) return result;
    } catch (error) {
      if (!TRANSIENT.includes(error.code)) throw error;
      last = error;
    }
    await pause(30);
  }
  throw new Error(typeof message === "function" ? message() : message, { cause: last });
}

function inTime(promise, message) {
  const late = pause(LAUNCH_MS, undefined, { ref: false }).then(() => {
    throw new Error(message);
  });
  return Promise.race([promise, late]);
}

function run(processes, command, args, env = {}) {
  // In its own process group, so that its children end with it.
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
