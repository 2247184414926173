// The frame of an embedded calculator: applies the host's settings, starts the app and reports to the host.
//
// It is a classic script in the head, so that the first paint already has the right colours. It reads the current
// estimate from the attributes of the app's element. In a plain iframe, without a <callmix-calculator> element around it,
// all settings come from the address.
"use strict";
(() => {
  /** Version of the message format between the element and this frame. */
  const PROTOCOL = 1;
  const MODES = ["calculator", "answer", "prices"];
  const SCHEMES = { auto: "light dark", light: "light", dark: "dark" };
  const LANGUAGES = ["en"];
  /** Minimum contrast of text in WCAG 2.2 AA. */
  const MIN_CONTRAST = 4.5;
  /** Changes are reported after this pause, so that typing a number sends one event. */
  const CHANGE_DELAY_MILLIS = 150;
  /** Shortest time between two changes of the address. Browsers refuse more frequent ones. */
  const ADDRESS_DELAY_MILLIS = 100;
  /** If no element has responded by then, this is a plain iframe. */
  const HOST_TIMEOUT_MILLIS = 3_000;
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);

  // The host's origin, known from its first message. Messages go to this origin only.
  let hostOrigin = null;

  function post(message) {
    // A file or a sandboxed page has the origin "null", which cannot be named as a target.
    if (hostOrigin !== null) parent.postMessage({ callmix: PROTOCOL, ...message }, hostOrigin === "null" ? "*" : hostOrigin);
  }

  function reportProblems(problems) {
    if (problems.length > 0) post({ type: "problems", problems });
  }

  // Appearance.

  const probe = document.createElement("i");
  document.head.append(probe);

  /** Red, green and blue of a CSS colour in a colour scheme, each from 0 to 1. */
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

  const toCss = (color) => `rgb(${color.map((part) => Math.round(part * 255)).join(" ")})`;

  /** The accent colour, darkened or lightened until it is readable on a panel, and a text colour readable on it. */
  function readable(accent, scheme) {
    const panel = channels("var(--callmix-color-panel)", scheme);
    const given = channels(accent, scheme);
    const target = scheme === "light" ? 0 : 1;
    let color = given;
    for (let step = 1; contrast(color, panel) < MIN_CONTRAST && step <= 20; step += 1) {
      color = given.map((part) => part + ((target - part) * step) / 20);
    }
    const [light, dark] = [[1, 1, 1], [0.06, 0.06, 0.06]];
    return { accent: toCss(color), on: toCss(contrast(color, light) >= contrast(color, dark) ? light : dark) };
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
    names.forEach((name, index) => root.style.setProperty(name, values[index]));
  }

  const length = /^(0|\d+(\.\d+)?(px|rem))$/;
  const isSize = (text) => /^\d+(\.\d+)?px$/.test(text) && parseFloat(text) >= 12 && parseFloat(text) <= 24;
  const isColor = (text) => CSS.supports("color", text) && !/var\(|currentcolor|inherit|initial|unset|revert/i.test(text);
  const isFont = (text) => CSS.supports("font-family", text) && !/var\(/i.test(text);
  const setOrRemove = (name) => (value) => (value === undefined ? root.style.removeProperty(name) : root.style.setProperty(name, value));

  /**
   * Each setting: a check of its value, the message for an invalid value, and a function that applies it; undefined restores
   * the default.
   * @type {Record<string, { accepts: (value: string) => boolean, message: string, apply: (value?: string) => unknown }>}
   */
  const SETTINGS = {
    theme: { accepts: (text) => Object.hasOwn(SCHEMES, text), message: "use light, dark or auto.", apply: (theme) => (root.style.colorScheme = SCHEMES[theme ?? "auto"]) },
    lang: { accepts: (text) => LANGUAGES.includes(text), message: `use an available language: ${LANGUAGES.join(", ")}.`, apply: (lang) => (root.lang = lang ?? LANGUAGES[0]) },
    accent: { accepts: isColor, message: "use a CSS colour, for example #0a7d52.", apply: setAccent },
    radius: { accepts: (text) => length.test(text), message: "use a length in px or rem, for example 4px.", apply: setOrRemove("--callmix-radius") },
    font: { accepts: isFont, message: "use CSS font families, for example Georgia, serif.", apply: setOrRemove("--callmix-font") },
    size: { accepts: isSize, message: "use a text size from 12px to 24px.", apply: setOrRemove("font-size") },
  };

  /** Applies the valid settings; returns a problem for each invalid one. */
  function applySettings(settings) {
    const problems = [];
    for (const [key, { accepts, message, apply }] of Object.entries(SETTINGS)) {
      const value = settings[key];
      const isGiven = value !== undefined;
      const isValid = isGiven && typeof value === "string" && accepts(value);
      if (isGiven && !isValid) problems.push({ key, message });
      apply(isValid ? value : undefined);
    }
    return problems;
  }

  // The estimate.

  const app = () => document.getElementById("app");
  /** The link and the total that the app shows; null for a missing one. */
  const estimate = () => ({ link: app()?.dataset.link || null, total: app()?.dataset.total || null });

  // A relative name has no base in a sandboxed page.
  const engine = () => import(new URL("engine.js", document.baseURI).href);

  let requestedLink = location.hash.slice(1);
  let isReady = false;
  let failure = null;
  let reportedLink = null;
  /** The link that the element knows, which the host may not know yet. */
  let sentLink = null;
  /** Whether this frame replaces one whose last edit was not reported to the host. */
  let isChangeDue = false;
  let changeTimer = 0;
  let addressTimer = 0;

  /** Opens a link in the app. */
  function open(link) {
    if (link === requestedLink) return;
    requestedLink = link;
    // The mode "prices" needs no app until it gets a link.
    if (root.dataset.view === "prices" && document.readyState !== "loading") startApp();
    if (addressTimer) return;
    const navigate = () => {
      addressTimer = 0;
      const link = requestedLink;
      try {
        history.replaceState(null, "", `${location.pathname}${location.search}${link ? `#${link}` : ""}`);
        dispatchEvent(new Event("callmix-address"));
        addressTimer = setTimeout(() => (link === requestedLink ? (addressTimer = 0) : navigate()), ADDRESS_DELAY_MILLIS);
      } catch {
        // The browser refused because of too many changes, so wait longer.
        addressTimer = setTimeout(navigate, 10 * ADDRESS_DELAY_MILLIS);
      }
    };
    navigate();
  }

  /** Reports an edit to the element immediately, because moving the element reloads the frame; to the host after a pause. */
  function scheduleChange() {
    const now = estimate();
    if (!isReady) return;
    if (now.link !== sentLink) post({ type: "edited", ...now });
    sentLink = now.link;
    if (now.link === reportedLink) return;
    clearTimeout(changeTimer);
    changeTimer = setTimeout(reportChange, CHANGE_DELAY_MILLIS);
  }

  async function reportChange() {
    const now = estimate();
    if (now.link === reportedLink) return;
    reportedLink = now.link;
    let scenario = null;
    if (now.link !== null) {
      try {
        scenario = await (await engine()).scenarioOf(now.link);
      } catch (error) {
        reportProblems([{ key: "", message: `could not read the scenario: ${error.message}` }]);
      }
    }
    post({ type: "change", ...now, scenario });
  }

  async function sendQuote(id) {
    const { link } = estimate();
    try {
      const { quote, scenarioOf } = await engine();
      post({ type: "quote", id, quote: link === null ? null : await quote(await scenarioOf(link)) });
    } catch (error) {
      post({ type: "quote", id, reason: `could not compute the quote: ${error.message}` });
    }
  }

  /** The parts of the link that the last answer ignored, and the reason if there is no answer. */
  let ignored = [];
  function reportIgnored() {
    reportProblems(ignored.map(({ key, reason }) => ({ key, message: reason })));
  }

  function sendHeight() {
    post({ type: "height", height: Math.ceil(document.body.getBoundingClientRect().height) });
  }

  const content = (name) => /** @type {HTMLMetaElement} */ (document.querySelector(`meta[name="${name}"]`)).content;

  /** Tells boot.js to load and start the app, once. */
  let isStarted = false;
  function startApp() {
    if (isStarted) return;
    isStarted = true;
    dispatchEvent(new Event("callmix-start"));
  }

  /** Marks the content as visible, and reports that to the host. */
  function setReady() {
    if (isReady) return;
    isReady = true;
    new ResizeObserver(sendHeight).observe(document.body);
    reportState();
  }

  /** Handles each answer of the app. */
  function onAnswer(event) {
    ignored = event.detail;
    const { link } = estimate();
    document.getElementById("full").setAttribute("href", link === null ? "./" : `./#${link}`);
    setReady();
    reportIgnored();
    scheduleChange();
  }

  /** Reports the whole state to the host. Later changes are reported as they happen. */
  function reportState() {
    if (failure !== null) post({ type: "failed", reason: failure });
    if (!isReady) return;
    const now = estimate();
    sentLink = now.link;
    reportedLink = isChangeDue ? null : now.link;
    isChangeDue = false;
    if (isStarted) reportIgnored();
    sendHeight();
    post({ type: "ready", ...now });
    scheduleChange();
  }

  function fail(reason) {
    if (isReady || failure !== null) return;
    failure = reason;
    root.classList.replace("asks", "failed");
    reportState();
  }

  // Messages from the host.

  /** Message types from the host, with a check of each message's shape. */
  const MESSAGES = {
    set: ({ link, looks }) => typeof link === "string" && typeof looks === "object" && looks !== null,
    quote: ({ id }) => Number.isInteger(id),
  };

  function receive({ source, origin, data }) {
    // The host's other scripts may post messages of their own.
    if (source !== parent || data === null || typeof data !== "object" || !("callmix" in data)) return;
    if (data.callmix !== PROTOCOL || !Object.hasOwn(MESSAGES, data.type) || !MESSAGES[data.type](data)) {
      console.error("Callmix: ignored an unknown message from the host.", data);
      return;
    }
    if (hostOrigin === null) {
      hostOrigin = origin;
      isChangeDue = data.isChangeDue === true;
      // The element makes the frame as tall as its content, so the frame needs no scroll bar.
      root.classList.add("is-hosted");
      reportState();
    }
    if (data.type === "set") {
      reportProblems(applySettings(data.looks));
      open(data.link);
    } else {
      sendQuote(data.id);
    }
  }

  root.classList.add("framed");
  root.classList.toggle("answer-first", requestedLink !== "");
  root.dataset.view = MODES.includes(query.get("mode")) ? query.get("mode") : MODES[0];
  addEventListener("error", ({ target, message }) => {
    if (target === window) fail(`the calculator could not start: ${message}`);
    else if (target instanceof HTMLScriptElement) fail(`could not load ${target.src}`);
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => fail(`the calculator could not start: ${reason?.message ?? reason}`));
  // Pressing Enter would try to submit the form, which the sandbox blocks with an error on the console.
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
  });

  const problems = applySettings(Object.fromEntries(Object.keys(SETTINGS).filter((name) => query.has(name)).map((name) => [name, query.get(name)])));
  if (query.has("mode") && !MODES.includes(query.get("mode"))) problems.unshift({ key: "mode", message: `use ${MODES.join(", ")}.` });
  // The element gets the problems as a message, in reply to the settings it sends. A plain iframe logs them.
  setTimeout(() => {
    if (hostOrigin === null) for (const { key, message } of problems) console.error(`Callmix: ${key}=${query.get(key)}: ${message}`);
  }, HOST_TIMEOUT_MILLIS);

  addEventListener("callmix-answer", onAnswer);
  // By then boot.js has run.
  addEventListener("DOMContentLoaded", () => {
    if (root.dataset.view !== "prices" || requestedLink !== "") {
      startApp();
    } else {
      root.classList.replace("asks", "started");
      setReady();
    }
  });
  // Starts loading the app while the browser is still parsing the page.
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: content("callmix-app") }));

  if (parent !== window) {
    addEventListener("message", receive);
    // The greeting contains nothing about the estimate, so any origin may receive it.
    parent.postMessage({ callmix: PROTOCOL, type: "hello" }, "*");
  }
})();
