// The embed dialog: writes the HTML snippet that puts an estimate into another page, with a preview.
//
// The page loads it when the user opens it. Its text comes from the engine's module, like all other text.

/** Link keys that describe the sent estimate, not the scenario. Snippets leave them out. */
const OMITTED_KEYS = ["v", "check", "customer", "by", "title", "ref", "note", "until", "budget", "book", "quoted"];
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
/** Frame heights in the snippet and the preview, in pixels. */
const HEIGHTS = { calculator: 720, answer: 460, prices: 600 };

const here = (path) => new URL(path, document.baseURI);

/** Loads the dialog's texts; resolves to a function from their names. */
async function loadText() {
  const meta = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="callmix-engine"]'));
  const engine = await import(here(meta.content).href);
  await engine.default();
  return (/** @type {string} */ name) => engine.embed_text(name);
}

function loadStyles() {
  if (document.querySelector("link[data-dialog]")) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: here("embed/dialog.css") });
  link.dataset.dialog = "";
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      reject(new Error(`could not load ${link.href}`));
    };
    document.head.append(link);
  });
}

const escapeHtml = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** The keys and values of a link that a snippet includes; negotiated discounts only on request, as anybody can read them. */
function scenarioPairs(link, { discounts }) {
  const pairs = link.split("&").filter(Boolean).map((pair) => pair.split("="));
  const isIncluded = (key) => !OMITTED_KEYS.includes(key) && (key.split(".")[0] !== "discount" || discounts);
  return pairs.filter(([key]) => isIncluded(key)).map(([key, value]) => [key, decodeURIComponent(value)]);
}

function fragment(link, choice) {
  const pairs = scenarioPairs(link, choice).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return pairs.length ? `#${["v=1", ...pairs].join("&")}` : "";
}

/** Address of the compact view. */
function frameAddress(link, choice) {
  const { mode, theme } = choice;
  const address = here("embed.html");
  address.search = String(new URLSearchParams({ mode, theme }));
  return address.href + fragment(link, choice);
}

function snippet(link, choice, text) {
  const { mode, theme, way, pinned } = choice;
  if (way === "frame") {
    return `<iframe src="${escapeHtml(frameAddress(link, choice))}" title="${text("frame_title")}" width="100%" height="${HEIGHTS[mode]}" loading="lazy" sandbox="${SANDBOX}"></iframe>`;
  }
  const attributes = [...(mode === "calculator" ? [] : [["mode", mode]]), ...scenarioPairs(link, choice), ["theme", theme], ["lang", "en"]];
  const html = attributes.map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join("");
  const script = here(pinned ? `embed-${text("version")}.js` : "embed.js").href;
  const full = here("./").href + fragment(link, choice);
  return `<script type="module" src="${script}"></script>\n<callmix-calculator${html}><a href="${escapeHtml(full)}">${text("fallback")}</a></callmix-calculator>`;
}

/** Creates an element with attributes and children. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Creates a radio group; the first value is selected. */
function radioGroup(text, name, values) {
  const options = values.map((value, index) => {
    const input = el("input", { class: "choice__input", type: "radio", name, value, id: `embed-${value}` });
    input.checked = index === 0;
    return el("div", { class: "choice__option" }, input, el("label", { class: "choice__label", for: input.id }, text(value)));
  });
  return el("fieldset", { class: "group choice" }, el("legend", { class: "group__legend" }, text(name)), el("div", { class: "choice__options" }, ...options));
}

function checkbox(text, name) {
  const input = el("input", { class: "choice__input", type: "checkbox", name, id: `embed-${name}` });
  return el("div", { class: "choice__option" }, input, el("label", { class: "choice__label", for: input.id }, text(name)));
}

/** Opens the dialog for a link, which may be empty. Calls `onFailure` if a part of it cannot load later. */
export async function open(link, onFailure) {
  const [text] = await Promise.all([loadText(), loadStyles()]);
  if (document.querySelector(".embed-dialog")) return;
  const code = el("textarea", { class: "field__input embed-dialog__snippet", id: "embed-snippet", readonly: "", rows: "6", spellcheck: "false" });
  const status = el("p", { class: "share__status", role: "status" });
  const copy = el("button", { class: "button button--main", type: "button" }, text("copy"));
  const close = el("button", { class: "button", type: "button" }, text("close"));
  const preview = el("div", { class: "embed-dialog__preview" });
  const pinned = checkbox(text, "pinned");
  const way = radioGroup(text, "way", ["element", "frame"]);
  way.append(pinned);
  const mode = radioGroup(text, "mode", ["calculator", "answer", "prices"]);
  if (/(^|&)discount=/.test(link)) mode.append(checkbox(text, "discounts"));
  const form = el(
    "form",
    { class: "embed-dialog__form" },
    mode,
    radioGroup(text, "theme", ["auto", "light", "dark"]),
    way,
  );
  const dialog = el(
    "dialog",
    { class: "embed-dialog panel", "aria-labelledby": "embed-title" },
    el("h2", { id: "embed-title" }, text("title")),
    el("p", { class: "field__hint" }, text("intro")),
    form,
    el("label", { class: "field__label", for: code.id }, text("snippet")),
    code,
    el("p", { class: "field__hint" }, `${text("left_out")} ${text("more")}`),
    el("div", { class: "share__buttons" }, copy, close),
    status,
    el("h3", { id: "embed-preview" }, text("preview")),
    preview,
  );
  let previewed;
  const update = () => {
    const choice = Object.fromEntries(new FormData(form));
    pinned.querySelector("input").disabled = choice.way === "frame";
    code.value = snippet(link, choice, text);
    status.textContent = "";
    const src = frameAddress(link, choice);
    // Avoids reloading an unchanged preview.
    if (src === previewed) return;
    previewed = src;
    // On the page's own origin a sandbox adds no protection, and the browser logs a warning about it.
    const frame = el("iframe", { class: "embed-dialog__frame", src, title: text("preview"), height: HEIGHTS[choice.mode] });
    // The browser's page about an error has no form, and cannot be read.
    frame.addEventListener("load", () => frame.isConnected && !frame.contentDocument?.getElementById("app") && onFailure());
    preview.replaceChildren(frame);
  };
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.value);
      status.textContent = text("copied");
    } catch {
      code.focus();
      code.select();
      status.textContent = text("refused");
    }
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  update();
  document.body.append(dialog);
  dialog.showModal();
}
