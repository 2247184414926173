// The <callmix-calculator> element: the compact calculator in any page.
//
// This script runs in the host page, so it is small, has no dependencies and touches nothing outside its own element. The
// calculator runs in a sandboxed frame with its own content policy and exchanges messages with frame.js. The build
// removes whole-line comments from the published file.

/** Version of the message format between the element and its frame. */
const PROTOCOL = 1;
/** Link keys; each is also an attribute and a property. */
const KEYS = [
  ..."v calls m profile start free owned postpaid tier slots queued live discount orders buy conc secs busy service".split(" "),
  ..."customer by title ref note until budget book quoted".split(" "),
];
/** Attributes that change the calculator's appearance. The frame validates them. */
const LOOKS = ["lang", "accent", "radius", "font", "size"];
/** Attributes that the element handles itself, with their allowed values; the first is the default. */
const CHOICES = { mode: ["calculator", "answer", "prices"], theme: ["auto", "light", "dark"], loading: ["lazy", "eager"] };
/** All attributes of the element. Any other name that is not HTML's and has no hyphen is probably a typo. */
const ATTRIBUTES = [...KEYS, ...LOOKS, ...Object.keys(CHOICES), "src"];
const HTML_ATTRIBUTES = "class id style slot hidden dir role tabindex part is inert translate popover nonce itemprop itemscope itemtype".split(" ");
/** README.md explains each token; tests/embed/sandbox.test.mjs checks what breaks without it. */
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
/** Longest time until the frame greets the element; browsers without a load event for a failed connection need it. */
const CONNECT_MILLIS = 12_000;
/** Longest time between the frame's load event and its greeting, which it sends before that event. */
const GREETING_MILLIS = 1_500;
/** Longest time from the greeting until the calculator is ready. */
const START_MILLIS = 30_000;
const MAX_HEIGHT = 100_000;

const isText = (value) => typeof value === "string";
const isObject = (value) => typeof value === "object" && value !== null;
const isEstimate = ({ link, total }) => (isText(link) || link === null) && (isText(total) || total === null);

/** Message types from the frame, with a check of each message's shape. */
const MESSAGES = {
  hello: () => true,
  ready: isEstimate,
  edited: isEstimate,
  change: (message) => isEstimate(message) && (isObject(message.scenario) || message.scenario === null),
  height: ({ height }) => Number.isFinite(height) && height >= 0 && height <= MAX_HEIGHT,
  quote: ({ id, quote, reason }) => Number.isInteger(id) && (isObject(quote) || quote === null || isText(reason)),
  problems: ({ problems }) => Array.isArray(problems) && problems.every((problem) => isText(problem?.key) && isText(problem.message)),
  failed: ({ reason }) => isText(reason),
};

// Reserved heights fit most answers: two columns, one column at two widths, and a phone.
const STYLE = `
:host { display: flow-root; min-inline-size: min(100%, 20rem); }
:host([hidden]) { display: none; }
.sizes { container-type: inline-size; }
.box { display: grid; grid-template-columns: minmax(0, 1fr); align-items: start; position: relative; --reserve: var(--d); min-block-size: var(--callmix-reserve, var(--reserve)); }
.box > * { grid-area: 1 / 1; }
.calculator { --d: 1244px; --c: 1136px; --b: 837px; --a: 672px; }
.answer { --d: 867px; --c: 766px; --b: 663px; --a: 672px; }
.prices { --d: 815px; --c: 815px; --b: 585px; --a: 524px; }
@container (inline-size >= 460px) { .box { --reserve: var(--c); } }
@container (inline-size >= 640px) { .box { --reserve: var(--b); } }
@container (inline-size >= 880px) { .box { --reserve: var(--a); } }
.box.failed { min-block-size: 0; }
slot { display: block; }
iframe { border: 0; inline-size: 100%; block-size: 100%; visibility: hidden; }
.ready iframe { visibility: visible; }
.ready slot, .failed iframe { display: none; }
.probe { position: absolute; color: color-mix(in srgb, currentcolor, currentcolor); transition: color 1ms; }
`;

/** The calculator as an element. Its type declarations are in embed.d.ts. */
export class CallmixCalculator extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #box = document.createElement("div");
  #probe = document.createElement("span");
  /** Aborts listeners and observers when the element leaves the document. */
  #connection = new AbortController();
  #frame = null;
  #origin = "";
  /** The origin that messages to the frame are addressed to. */
  #target = "";
  #isFrameListening = false;
  #isReady = false;
  #failure = "";
  #timeout = 0;
  #isSending = false;
  #estimate = { link: null, total: null };
  /** The estimate to open after the element moved; null for the one in the attributes. */
  #edited = null;
  /** Whether the visitor's last edit has had no `callmix-change` event yet. */
  #isChangeDue = false;
  #reported = new Set();
  #lastQuoteId = 0;
  #pendingQuotes = new Map();

  constructor() {
    super();
    const sizes = document.createElement("div");
    sizes.className = "sizes";
    sizes.append(this.#box);
    this.#probe.className = "probe";
    this.#box.append(document.createElement("slot"), this.#probe);
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    const root = this.attachShadow({ mode: "open" });
    // Unlike a <style> element, an adopted style sheet does not need the host's content policy to allow it.
    root.adoptedStyleSheets = [style];
    root.append(sizes);
  }

  connectedCallback() {
    for (const name of ATTRIBUTES) this.#adoptProperty(name);
    for (const { name } of this.attributes) {
      if (!ATTRIBUTES.includes(name) && !HTML_ATTRIBUTES.includes(name) && !/[-:_@.]|^on/.test(name)) this.#reportAttribute(name, "unknown attribute. Check the spelling.");
    }
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    window.addEventListener("message", (event) => this.#receive(event), { signal });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      const isFrame = effectiveDirective === "frame-src" && this.#frame && blockedURI.startsWith(this.#origin);
      if (isFrame) this.#fail(`this page's content policy does not allow frames from ${this.#origin}`);
    }, { signal });
    // The probe inherits the host's text colour, so its transition ends whenever that colour changes.
    this.#probe.addEventListener("transitionend", () => this.#send(), { signal });
    this.#box.className = `box ${this.#choice("mode")}`;
    if (this.#choice("loading") === "eager") {
      // Waits for properties that the host sets in the same task, so that they are part of the frame's address.
      queueMicrotask(() => this.#open());
      return;
    }
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#open(), {
      rootMargin: "600px",
    });
    observer.observe(this);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  disconnectedCallback() {
    // A browser reloads a frame that moves, so the visitor's edits go into its new address.
    if (this.#isReady) this.#edited = this.#editedLink();
    this.#close("the element was removed from the page");
    this.#connection.abort();
  }

  /** Browsers with `moveBefore` keep the frame loaded when the element moves. */
  connectedMoveCallback() {}

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    for (const entry of this.#reported) if (entry.startsWith(`${name}=`)) this.#reported.delete(entry);
    if (KEYS.includes(name)) {
      // The attributes replace the visitor's edits.
      this.#edited = null;
      this.#isChangeDue = false;
      this.#estimate = { link: null, total: null };
    }
    if (!this.isConnected) return;
    if (name === "mode") this.#box.className = `box ${this.#choice("mode")}`;
    if (!this.#frame && !this.#failure) return;
    if (name === "mode" || name === "src") {
      this.#close("the calculator was reloaded");
      this.#open();
    } else {
      this.#send();
    }
  }

  /** Address of the full calculator with the current estimate. */
  get link() {
    const link = this.#estimate.link ?? this.#fragment();
    return new URL(link ? `./#${link}` : "./", this.#source()).href;
  }

  /** Resolves to the quote of the current estimate, or null if there is none. */
  getQuote() {
    if (!this.isConnected) return Promise.reject(new Error("<callmix-calculator>: the element is not in the document."));
    if (this.#failure) return Promise.reject(new Error(this.#failure));
    this.#open();
    const id = ++this.#lastQuoteId;
    return new Promise((resolve, reject) => {
      this.#pendingQuotes.set(id, { resolve, reject });
      if (this.#isReady) this.#post({ type: "quote", id });
    });
  }

  /** Applies a property that was set before the element was defined, and that would hide the class's accessor. */
  #adoptProperty(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  #choice(name) {
    const value = this.getAttribute(name);
    if (value === null || CHOICES[name].includes(value)) return value ?? CHOICES[name][0];
    this.#reportAttribute(name, `use one of ${CHOICES[name].join(", ")}.`);
    return CHOICES[name][0];
  }

  /** Address of the frame: `src`, or embed.html next to this script. */
  #source() {
    const beside = new URL("embed.html", import.meta.url);
    const src = this.getAttribute("src");
    if (src === null) return beside;
    try {
      const url = new URL(src, document.baseURI);
      if (url.protocol === "https:" || url.protocol === "http:") return url;
    } catch {
      // Reported below, as for any other unusable address.
    }
    this.#reportAttribute("src", "use the http or https address of embed.html.");
    return beside;
  }

  #fragment() {
    if (this.#edited !== null) return this.#edited;
    const given = KEYS.filter((key) => key !== "v" && this.hasAttribute(key));
    // encodeURIComponent throws on a lone surrogate.
    const value = (key) => encodeURIComponent(this.getAttribute(key).replace(/[\ud800-\udfff]/gu, "\ufffd"));
    const pairs = given.map((key) => `${key}=${value(key)}`);
    return pairs.length ? [`v=${this.hasAttribute("v") ? value("v") : 1}`, ...pairs].join("&") : "";
  }

  /** The frame's link without its checksum and today's stamp of prices and total, unless the host set one; null if there is none. */
  #editedLink() {
    const isStamp = (pair) => /^(check|book|quoted)=/.test(pair) && !this.hasAttribute(pair.split("=")[0]);
    return this.#estimate.link?.split("&").filter((pair) => !isStamp(pair)).join("&") ?? null;
  }

  #looks() {
    const given = LOOKS.filter((name) => this.hasAttribute(name)).map((name) => [name, this.getAttribute(name)]);
    return { theme: this.#theme(), ...Object.fromEntries(given) };
  }

  /** The frame's colour scheme; `auto` means dark if the host's text is light. */
  #theme() {
    const theme = this.#choice("theme");
    if (theme !== "auto") return theme;
    const [red, green, blue] = (getComputedStyle(this.#probe).color.match(/[\d.]+(e-\d+)?/g) ?? [0, 0, 0]).map(Number);
    return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 ? "dark" : "light";
  }

  #open() {
    if (this.#frame || this.#connection.signal.aborted || !this.isConnected) return;
    this.#failure = "";
    this.#box.classList.remove("failed");
    const looks = this.#looks();
    const source = this.#source();
    for (const [name, value] of Object.entries({ mode: this.#choice("mode"), ...looks })) source.searchParams.set(name, value);
    source.hash = this.#fragment();
    this.#origin = source.origin;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.referrerPolicy = "no-referrer";
    frame.title = this.title || "[[frame-title]]";
    // With a different colour scheme, the browser would paint an opaque background behind the frame.
    frame.style.colorScheme = looks.theme;
    frame.src = source.href;
    // An isolated page may only contain frames that send isolation headers, or have no access to stored credentials.
    if (window.crossOriginIsolated) Object.assign(frame, { credentialless: true });
    this.#frame = frame;
    this.#box.append(frame);
    this.#failAfter(CONNECT_MILLIS, `${source.origin} did not respond`);
    // Browsers send a load event for error pages and for other pages as well.
    frame.addEventListener("load", () => {
      const reason = `${source.origin} did not load the calculator; check the address and the headers that embed/README.md lists`;
      if (!this.#isFrameListening) this.#failAfter(GREETING_MILLIS, reason);
    });
  }

  #failAfter(millis, reason) {
    clearTimeout(this.#timeout);
    this.#timeout = setTimeout(() => this.#fail(reason), millis);
  }

  #close(reason) {
    clearTimeout(this.#timeout);
    for (const { reject } of this.#pendingQuotes.values()) reject(new Error(`<callmix-calculator>: ${reason}.`));
    this.#pendingQuotes.clear();
    this.#frame?.remove();
    this.#frame = null;
    this.#isFrameListening = false;
    this.#isReady = false;
    this.#failure = "";
    this.#estimate = { link: null, total: null };
    this.#box.classList.remove("ready", "failed");
  }

  /** Reports that the calculator cannot be shown, and leaves the element's own content visible. */
  #fail(reason) {
    if (this.#isReady) return;
    this.#close(reason);
    this.#box.classList.add("failed");
    this.#failure = `<callmix-calculator>: ${reason}.`;
    console.error(this.#failure);
    // Does not bubble, like the error event of an image.
    this.dispatchEvent(new CustomEvent("error", { detail: { reason } }));
  }

  #reportAttribute(name, why) {
    const entry = `${name}=${this.getAttribute(name)}`;
    if (this.#reported.has(entry)) return;
    this.#reported.add(entry);
    console.error(`<callmix-calculator ${name}="${this.getAttribute(name) ?? ""}">: ${why}`);
  }

  /** Sends the current attributes to the frame, once per microtask however many change. */
  #send() {
    if (this.#isSending) return;
    this.#isSending = true;
    queueMicrotask(() => {
      this.#isSending = false;
      if (!this.#isFrameListening) return;
      const looks = this.#looks();
      this.#frame.style.colorScheme = looks.theme;
      this.#post({ type: "set", link: this.#fragment(), looks, isChangeDue: this.#isChangeDue });
    });
  }

  #post(message) {
    this.#frame.contentWindow?.postMessage({ callmix: PROTOCOL, ...message }, this.#target);
  }

  #receive({ source, origin, data }) {
    if (!source || source !== this.#frame?.contentWindow) return;
    // In a sandboxed page every frame is sandboxed too, and the origin of both is "null".
    const isSandboxed = origin === "null" && self.origin === "null";
    if (origin !== this.#origin && !isSandboxed) return;
    this.#target = isSandboxed ? "*" : origin;
    if (data?.callmix !== PROTOCOL || !Object.hasOwn(MESSAGES, data.type) || !MESSAGES[data.type](data)) {
      console.error("<callmix-calculator>: ignored an unknown message from the frame.", data);
      return;
    }
    const { link, total } = data;
    switch (data.type) {
      case "hello":
        this.#isFrameListening = true;
        this.#failAfter(START_MILLIS, "the calculator did not start");
        this.#send();
        break;
      case "ready":
        clearTimeout(this.#timeout);
        this.#isReady = true;
        this.#estimate = { link, total };
        this.#box.classList.add("ready");
        for (const id of this.#pendingQuotes.keys()) this.#post({ type: "quote", id });
        this.#dispatch("callmix-ready", { link: this.link, total });
        break;
      case "edited":
        this.#isChangeDue = true;
        this.#estimate = { link, total };
        break;
      case "change":
        this.#isChangeDue = false;
        this.#estimate = { link, total };
        this.#dispatch("callmix-change", { scenario: data.scenario, total, link: this.link });
        break;
      case "height":
        this.#frame.style.blockSize = `${data.height}px`;
        break;
      case "quote":
        if (isText(data.reason)) this.#pendingQuotes.get(data.id)?.reject(new Error(`<callmix-calculator>: ${data.reason}`));
        else this.#pendingQuotes.get(data.id)?.resolve(data.quote);
        this.#pendingQuotes.delete(data.id);
        break;
      case "problems":
        for (const { key, message } of data.problems) {
          if (key) this.#reportAttribute(key, message);
          else console.error(`<callmix-calculator>: ${message}`);
        }
        break;
      case "failed":
        this.#fail(data.reason);
        break;
    }
  }

  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

for (const name of ATTRIBUTES) {
  // `title` and `lang` already exist on every element.
  if (name in HTMLElement.prototype) continue;
  Object.defineProperty(CallmixCalculator.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

// If a page loads both embed.js and a pinned version, the first one wins.
if (!customElements.get("callmix-calculator")) customElements.define("callmix-calculator", CallmixCalculator);
