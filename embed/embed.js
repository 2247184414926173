// <callmix-calculator>: the compact calculator in any page.
//
// What is here runs in the host's page, so it is small, has no dependencies and touches nothing but its own element. The
// calculator itself is in a sandboxed frame with a content policy of its own; the two talk by messages, which frame.js
// answers. Whole-line comments do not reach the published file.

/** The version of the messages between this element and its frame. */
const PROTOCOL = 1;
/** The keys of links, each an attribute and a property. */
const KEYS = [
  ..."v calls m profile start free owned postpaid tier slots queued live discount service".split(" "),
  ..."customer title ref note until book quoted".split(" "),
];
/** How the calculator looks: judged by the frame. */
const LOOKS = ["lang", "accent", "radius", "font", "size"];
/** What this element decides by itself, with the values that it takes, the first of them by default. */
const CHOICES = { mode: ["calculator", "answer", "prices"], theme: ["auto", "light", "dark"], loading: ["lazy", "eager"] };
/** Attributes of ours; anything else without a hyphen that HTML does not know is a slip of the pen. */
const OURS = [...KEYS, ...LOOKS, ...Object.keys(CHOICES), "src"];
const HTML = "class id style slot hidden dir role tabindex part is inert translate popover nonce itemprop itemscope itemtype".split(" ");
/** What each token is for is in README.md, and tests/embed/sandbox.test.mjs takes them away one by one. */
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
const PATIENCE_MILLIS = 30_000;
const MOST_HEIGHT = 100_000;

const isText = (value) => typeof value === "string";
const isObject = (value) => typeof value === "object" && value !== null;
const isEstimate = ({ link, total }) => (isText(link) || link === null) && (isText(total) || total === null);

/** What the frame may say, and what makes it a message. */
const MESSAGES = {
  hello: () => true,
  ready: isEstimate,
  change: (message) => isEstimate(message) && (isObject(message.scenario) || message.scenario === null),
  height: ({ height }) => Number.isFinite(height) && height >= 0 && height <= MOST_HEIGHT,
  quote: ({ id, quote, reason }) => Number.isInteger(id) && (isObject(quote) || quote === null || isText(reason)),
  problems: ({ problems }) => Array.isArray(problems) && problems.every((problem) => isText(problem?.key) && isText(problem.message)),
  failed: ({ reason }) => isText(reason),
};

// The room that is kept is what most answers take, by the width that there is: two columns, one, and a telephone's.
const STYLE = `
:host { display: flow-root; min-inline-size: min(100%, 20rem); }
:host([hidden]) { display: none; }
.sizes { container-type: inline-size; }
.box { display: grid; grid-template-columns: minmax(0, 1fr); align-items: start; position: relative; --reserve: var(--d); min-block-size: var(--callmix-reserve, var(--reserve)); }
.box > * { grid-area: 1 / 1; }
.calculator { --d: 1150px; --c: 1060px; --b: 704px; --a: 640px; }
.answer { --d: 575px; --c: 530px; --b: 440px; --a: 420px; }
.prices { --d: 815px; --c: 815px; --b: 585px; --a: 430px; }
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

/** The calculator, as an element. Its declarations are in embed.d.ts. */
export class CallmixCalculator extends HTMLElement {
  static observedAttributes = OURS;

  #box = document.createElement("div");
  #probe = document.createElement("span");
  /** Ends when the element leaves its document, and all that waits with it. */
  #life = new AbortController();
  #frame = null;
  #origin = "";
  #isGreeted = false;
  #isReady = false;
  #failure = "";
  #patience = 0;
  #isSending = false;
  #estimate = { link: null, total: null };
  #told = new Set();
  #asked = 0;
  #waiting = new Map();

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
    // Unlike a <style>, this is not asked about by the host's content policy.
    root.adoptedStyleSheets = [style];
    root.append(sizes);
  }

  connectedCallback() {
    for (const name of OURS) this.#takeOver(name);
    for (const { name } of this.attributes) {
      if (!OURS.includes(name) && !HTML.includes(name) && !/[-:_@.]|^on/.test(name)) this.#complain(name, "there is no such attribute.");
    }
    this.#life = new AbortController();
    const { signal } = this.#life;
    window.addEventListener("message", (event) => this.#receive(event), { signal });
    // Whatever changes the colour of the host's text, this hears of it.
    this.#probe.addEventListener("transitionend", () => this.#send(), { signal });
    this.#box.className = `box ${this.#choice("mode")}`;
    if (this.#choice("loading") === "eager") {
      // What the host sets in the same breath is in the address already.
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
    this.#close("it was removed");
    this.#life.abort();
  }

  /** Moved without being loaded again, where the browser can do so. */
  connectedMoveCallback() {}

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    for (const told of this.#told) if (told.startsWith(`${name}=`)) this.#told.delete(told);
    if (!this.isConnected) return;
    if (name === "mode") this.#box.className = `box ${this.#choice("mode")}`;
    if (!this.#frame) return;
    if (name === "mode" || name === "src") {
      this.#close("it was opened anew");
      this.#open();
    } else {
      this.#send();
    }
  }

  /** The address of the full calculator with what is shown here. */
  get link() {
    const link = this.#estimate.link ?? this.#fragment();
    return new URL(link ? `./#${link}` : "./", this.#source()).href;
  }

  /** The quote of what is shown, as in the contract; null while there is no answer. */
  getQuote() {
    if (!this.isConnected) return Promise.reject(new Error("<callmix-calculator>: it is in no document."));
    if (this.#failure) return Promise.reject(new Error(this.#failure));
    this.#open();
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#isReady) this.#post({ type: "quote", id });
    });
  }

  /** A property that was set before this class was there hides ours. */
  #takeOver(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  #choice(name) {
    const value = this.getAttribute(name);
    if (value === null || CHOICES[name].includes(value)) return value ?? CHOICES[name][0];
    this.#complain(name, `write ${CHOICES[name].join(", ")}.`);
    return CHOICES[name][0];
  }

  /** Where the frame is: `src`, or beside this script. */
  #source() {
    const beside = new URL("embed.html", import.meta.url);
    const src = this.getAttribute("src");
    if (src === null) return beside;
    try {
      const url = new URL(src, document.baseURI);
      if (url.protocol === "https:" || url.protocol === "http:") return url;
    } catch {
      // Told below, like every address that is none.
    }
    this.#complain("src", "write the http(s) address of embed.html.");
    return beside;
  }

  #fragment() {
    const given = KEYS.filter((key) => key !== "v" && this.hasAttribute(key));
    // Half a character cannot be encoded.
    const value = (key) => encodeURIComponent(this.getAttribute(key).replace(/[\ud800-\udfff]/gu, "\ufffd"));
    const pairs = given.map((key) => `${key}=${value(key)}`);
    return pairs.length ? [`v=${this.hasAttribute("v") ? value("v") : 1}`, ...pairs].join("&") : "";
  }

  #looks() {
    const given = LOOKS.filter((name) => this.hasAttribute(name)).map((name) => [name, this.getAttribute(name)]);
    return { theme: this.#theme(), ...Object.fromEntries(given) };
  }

  /** The host is dark where its text is light. */
  #theme() {
    const theme = this.#choice("theme");
    if (theme !== "auto") return theme;
    const [red, green, blue] = (getComputedStyle(this.#probe).color.match(/[\d.]+(e-\d+)?/g) ?? [0, 0, 0]).map(Number);
    return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 ? "dark" : "light";
  }

  #open() {
    if (this.#frame || this.#life.signal.aborted || !this.isConnected) return;
    this.#failure = "";
    const looks = this.#looks();
    const source = this.#source();
    for (const [name, value] of Object.entries({ mode: this.#choice("mode"), ...looks })) source.searchParams.set(name, value);
    source.hash = this.#fragment();
    this.#origin = source.origin;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.referrerPolicy = "no-referrer";
    frame.title = this.title || "Callmix pricing calculator";
    // Schemes that differ would give the frame a background.
    frame.style.colorScheme = looks.theme;
    frame.src = source.href;
    this.#frame = frame;
    this.#box.append(frame);
    this.#patience = setTimeout(() => this.#fail(`${source.origin} did not answer`), PATIENCE_MILLIS);
  }

  #close(reason) {
    clearTimeout(this.#patience);
    for (const { reject } of this.#waiting.values()) reject(new Error(`<callmix-calculator>: ${reason}.`));
    this.#waiting.clear();
    this.#frame?.remove();
    this.#frame = null;
    this.#isGreeted = false;
    this.#isReady = false;
    this.#failure = "";
    this.#estimate = { link: null, total: null };
    this.#box.classList.remove("ready", "failed");
  }

  /** What the author wrote inside stays. */
  #fail(reason) {
    if (this.#isReady) return;
    this.#close(reason);
    this.#box.classList.add("failed");
    this.#failure = `<callmix-calculator>: ${reason}.`;
    console.error(this.#failure);
  }

  #complain(name, why) {
    const told = `${name}=${this.getAttribute(name)}`;
    if (this.#told.has(told)) return;
    this.#told.add(told);
    console.error(`<callmix-calculator ${name}="${this.getAttribute(name) ?? ""}">: ${why}`);
  }

  /** Tells the frame how things are now, once for all that changes in one go. */
  #send() {
    if (this.#isSending) return;
    this.#isSending = true;
    queueMicrotask(() => {
      this.#isSending = false;
      if (!this.#isGreeted) return;
      const looks = this.#looks();
      this.#frame.style.colorScheme = looks.theme;
      this.#post({ type: "set", link: this.#fragment(), looks });
    });
  }

  #post(message) {
    this.#frame.contentWindow?.postMessage({ callmix: PROTOCOL, ...message }, this.#origin);
  }

  #receive({ source, origin, data }) {
    if (!source || source !== this.#frame?.contentWindow || origin !== this.#origin) return;
    if (data?.callmix !== PROTOCOL || !Object.hasOwn(MESSAGES, data.type) || !MESSAGES[data.type](data)) {
      console.error("<callmix-calculator>: the frame sent a message that is not understood.", data);
      return;
    }
    const { link, total } = data;
    switch (data.type) {
      case "hello":
        this.#isGreeted = true;
        this.#send();
        break;
      case "ready":
        clearTimeout(this.#patience);
        this.#isReady = true;
        this.#estimate = { link, total };
        this.#box.classList.add("ready");
        for (const id of this.#waiting.keys()) this.#post({ type: "quote", id });
        this.#dispatch("callmix-ready", { link: this.link, total });
        break;
      case "change":
        this.#estimate = { link, total };
        this.#dispatch("callmix-change", { scenario: data.scenario, total, link: this.link });
        break;
      case "height":
        this.#frame.style.blockSize = `${data.height}px`;
        break;
      case "quote":
        if (isText(data.reason)) this.#waiting.get(data.id)?.reject(new Error(`<callmix-calculator>: ${data.reason}`));
        else this.#waiting.get(data.id)?.resolve(data.quote);
        this.#waiting.delete(data.id);
        break;
      case "problems":
        for (const { key, message } of data.problems) {
          if (key) this.#complain(key, message);
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

for (const name of OURS) {
  // Every element has `title` and `lang` already.
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

// A page may load this script and its pinned twin; the first one counts.
if (!customElements.get("callmix-calculator")) customElements.define("callmix-calculator", CallmixCalculator);
