// The frame's side of an embedded calculator: its looks, and what it tells the host.
//
// A classic script before the body, so that the first thing seen has the right colours already. It starts the app, and
// what the app shows it reads off the element that the app is in. Opened without an element of ours around it, as in a
// plain iframe, everything comes from the address.
"use strict";
(() => {
  /** The version of the messages between the host's element and this frame. */
  const PROTOCOL = 1;
  const MODES = ["calculator", "answer", "prices"];
  const SCHEMES = { auto: "light dark", light: "light", dark: "dark" };
  const LANGUAGES = ["en"];
  /** WCAG 2.2 AA for text. */
  const CONTRAST = 4.5;
  /** Typing on makes one change. */
  const QUIET_MILLIS = 150;
  /** Browsers refuse more frequent changes of the address. */
  const ADDRESS_MILLIS = 100;
  /** A frame whose greeting nobody answered by then has no element around it. */
  const ALONE_MILLIS = 3_000;
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);

  // Only the host's origin is told anything, once it has shown itself.
  let host = null;

  function post(message) {
    // A host that is no website has no origin to name.
    if (host !== null) parent.postMessage({ callmix: PROTOCOL, ...message }, host === "null" ? "*" : host);
  }

  function tellProblems(problems) {
    if (problems.length > 0) post({ type: "problems", problems });
  }

  // Looks.

  const probe = document.createElement("i");
  document.head.append(probe);

  /** Red, green and blue of a CSS colour, each from 0 to 1, as it is in a scheme. */
  function channels(color, scheme) {
    probe.style.colorScheme = scheme;
    probe.style.color = `color-mix(in srgb, ${color}, ${color})`;
    return getComputedStyle(probe).color.match(/[\d.]+(e-\d+)?/g).slice(0, 3).map(Number);
  }

  function luminance(color) {
    const [red, green, blue] = color.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [less, more] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  }

  const written = (color) => `rgb(${color.map((part) => Math.round(part * 255)).join(" ")})`;

  /** The accent as it can be read on a panel, and what can be read on the accent. */
  function readable(accent, scheme) {
    const panel = channels("var(--callmix-color-panel)", scheme);
    const given = channels(accent, scheme);
    const end = scheme === "light" ? 0 : 1;
    let color = given;
    for (let step = 1; contrast(color, panel) < CONTRAST && step <= 20; step += 1) {
      color = given.map((part) => part + ((end - part) * step) / 20);
    }
    const [light, dark] = [[1, 1, 1], [0.06, 0.06, 0.06]];
    return { accent: written(color), on: written(contrast(color, light) >= contrast(color, dark) ? light : dark) };
  }

  function setAccent(accent) {
    const names = ["--callmix-color-accent", "--callmix-color-on-accent", "--callmix-color-accent-soft"];
    for (const name of names) root.style.removeProperty(name);
    if (accent === undefined) return;
    const [light, dark] = [readable(accent, "light"), readable(accent, "dark")];
    const values = [
      `light-dark(${light.accent}, ${dark.accent})`,
      `light-dark(${light.on}, ${dark.on})`,
      "color-mix(in srgb, var(--callmix-color-accent) 12%, var(--callmix-color-panel))",
    ];
    names.forEach((name, place) => root.style.setProperty(name, values[place]));
  }

  const length = /^(0|\d+(\.\d+)?(px|rem))$/;
  const isSize = (text) => /^\d+(\.\d+)?px$/.test(text) && parseFloat(text) >= 12 && parseFloat(text) <= 24;
  const isColor = (text) => CSS.supports("color", text) && !/var\(|currentcolor|inherit|initial|unset|revert/i.test(text);
  const isFont = (text) => CSS.supports("font-family", text) && !/var\(/i.test(text);
  const setOrRemove = (name) => (value) => (value === undefined ? root.style.removeProperty(name) : root.style.setProperty(name, value));

  /** Each look: which values it takes, what to write instead of another, and what it does; undefined is the default. */
  const LOOKS = {
    theme: [(text) => Object.hasOwn(SCHEMES, text), "write light, dark or auto.", (theme) => (root.style.colorScheme = SCHEMES[theme ?? "auto"])],
    lang: [(text) => LANGUAGES.includes(text), `write one of the languages that are there: ${LANGUAGES.join(", ")}.`, (lang) => (root.lang = lang ?? LANGUAGES[0])],
    accent: [isColor, "write a CSS colour, such as #0a7d52.", setAccent],
    radius: [(text) => length.test(text), "write a length in px or rem, such as 4px.", setOrRemove("--callmix-radius")],
    font: [isFont, 'write font families, such as Georgia, serif.', setOrRemove("--callmix-font")],
    size: [isSize, "write the size of text in px, from 12px to 24px.", setOrRemove("font-size")],
  };

  /** Looks as asked; what cannot be done is given back. */
  function look(looks) {
    const problems = [];
    for (const [key, [fits, message, set]] of Object.entries(LOOKS)) {
      const value = looks[key];
      const isGiven = value !== undefined;
      const isRight = isGiven && typeof value === "string" && fits(value);
      if (isGiven && !isRight) problems.push({ key, message });
      set(isRight ? value : undefined);
    }
    return problems;
  }

  // The estimate.

  const app = () => document.getElementById("app");
  /** What the app last said; null for what there is not. */
  const estimate = () => ({ link: app()?.dataset.link || null, total: app()?.dataset.total || null });

  const engine = () => import("./engine.js");

  let asked = location.hash.slice(1);
  let isReady = false;
  let failure = null;
  let told = null;
  let changing = 0;
  let addressing = 0;

  /** Opens a link as if somebody had come back to it. */
  function open(link) {
    if (link === asked) return;
    asked = link;
    // The prices by themselves need no app until something is asked.
    if (root.dataset.view === "prices" && document.readyState !== "loading") startApp();
    if (addressing) return;
    const go = () => {
      addressing = 0;
      const goes = asked;
      try {
        history.replaceState(null, "", `${location.pathname}${location.search}${goes ? `#${goes}` : ""}`);
        dispatchEvent(new PopStateEvent("popstate"));
        addressing = setTimeout(() => (goes === asked ? (addressing = 0) : go()), ADDRESS_MILLIS);
      } catch {
        // Too many changes for this browser; it takes them again a little later.
        addressing = setTimeout(go, 10 * ADDRESS_MILLIS);
      }
    };
    go();
  }

  function followEstimate() {
    const { link } = estimate();
    if (!isReady || link === told) return;
    clearTimeout(changing);
    changing = setTimeout(tellChange, QUIET_MILLIS);
  }

  async function tellChange() {
    const now = estimate();
    if (now.link === told) return;
    told = now.link;
    let scenario = null;
    if (now.link !== null) {
      try {
        scenario = await (await engine()).scenarioOf(now.link);
      } catch (error) {
        tellProblems([{ key: "", message: `The scenario could not be read: ${error.message}` }]);
      }
    }
    post({ type: "change", ...now, scenario });
  }

  async function tellQuote(id) {
    const { link } = estimate();
    try {
      const { quote, scenarioOf } = await engine();
      post({ type: "quote", id, quote: link === null ? null : await quote(await scenarioOf(link)) });
    } catch (error) {
      post({ type: "quote", id, reason: `The quote could not be made: ${error.message}` });
    }
  }

  /** What could not be used of the link, and why there is no answer. */
  function tellUnused() {
    const lines = (app().dataset.unused ?? "").split("\n").filter(Boolean);
    tellProblems(lines.map((line) => ({ key: line.slice(0, line.indexOf("\t")), message: line.slice(line.indexOf("\t") + 1) })));
  }

  function tellHeight() {
    post({ type: "height", height: Math.ceil(document.body.getBoundingClientRect().height) });
  }

  const content = (name) => document.querySelector(`meta[name="${name}"]`).content;

  /** Has the page's own script fetch the app and draw it, once. */
  let isStarted = false;
  function startApp() {
    if (isStarted) return;
    isStarted = true;
    dispatchEvent(new Event("TrunkApplicationStarted"));
  }

  /** There is something to see. */
  function arrive() {
    if (isReady) return;
    isReady = true;
    new ResizeObserver(tellHeight).observe(document.body);
    introduce();
  }

  /** The app has answered, for the first time or again. */
  function answered() {
    const { link } = estimate();
    document.getElementById("full").href = link === null ? "./" : `./#${link}`;
    arrive();
    tellUnused();
    followEstimate();
  }

  /** Tells the host all that there is to know; what changes afterwards is told by itself. */
  function introduce() {
    if (failure !== null) post({ type: "failed", reason: failure });
    if (!isReady) return;
    const now = estimate();
    told = now.link;
    if (isStarted) tellUnused();
    tellHeight();
    post({ type: "ready", ...now });
  }

  function fail(reason) {
    if (isReady || failure !== null) return;
    failure = reason;
    root.classList.replace("asks", "failed");
    introduce();
  }

  // The host.

  /** What a host may say, and what makes it a message. */
  const MESSAGES = {
    set: ({ link, looks }) => typeof link === "string" && typeof looks === "object" && looks !== null,
    quote: ({ id }) => Number.isInteger(id),
  };

  function receive({ source, origin, data }) {
    // Other messages than ours are not for us.
    if (source !== parent || data === null || typeof data !== "object" || !("callmix" in data)) return;
    if (data.callmix !== PROTOCOL || !Object.hasOwn(MESSAGES, data.type) || !MESSAGES[data.type](data)) {
      console.error("Callmix: the host sent a message that is not understood.", data);
      return;
    }
    if (host === null) {
      host = origin;
      // Its height follows the content, so there is nothing to scroll.
      root.classList.add("is-hosted");
      introduce();
    }
    if (data.type === "set") {
      tellProblems(look(data.looks));
      open(data.link);
    } else {
      tellQuote(data.id);
    }
  }

  root.dataset.view = MODES.includes(query.get("mode")) ? query.get("mode") : MODES[0];
  // Going back in the host's page leads out of it, not through what was done in here.
  history.pushState = history.replaceState;
  addEventListener("error", ({ target, message }) => {
    if (target === window) fail(`the calculator could not start: ${message}`);
    else if (target instanceof HTMLScriptElement) fail(`${target.src} could not be loaded`);
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => fail(`the calculator could not start: ${reason?.message ?? reason}`));
  // Enter sends nothing anywhere; asking the sandbox first would only be told off on the console.
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
  });

  const problems = look(Object.fromEntries(Object.keys(LOOKS).filter((name) => query.has(name)).map((name) => [name, query.get(name)])));
  if (query.has("mode") && !MODES.includes(query.get("mode"))) problems.unshift({ key: "mode", message: `write ${MODES.join(", ")}.` });
  // An element has been told of them in answer to what it set.
  setTimeout(() => {
    if (host === null) for (const { key, message } of problems) console.error(`Callmix: ${key}=${query.get(key)}: ${message}`);
  }, ALONE_MILLIS);

  addEventListener("callmix-answer", answered);
  // The page's own script has been run by then.
  addEventListener("DOMContentLoaded", () => {
    if (root.dataset.view !== "prices" || asked !== "") {
      startApp();
    } else {
      root.classList.remove("asks");
      arrive();
    }
  });
  // The app is fetched while the rest of the page is read.
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: content("callmix-app") }));

  if (parent !== window) {
    addEventListener("message", receive);
    // Says nothing about the estimate, so anybody may hear it.
    parent.postMessage({ callmix: PROTOCOL, type: "hello" }, "*");
  }
})();
