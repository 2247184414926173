// The page's dialog that puts an estimate into other pages: the snippet for it, and how it looks there.
//
// Fetched when it is first asked for. Its words come from the engine's module, where all words are.

/** What a link says about the estimate as it was sent, not about the question. */
const LEFT_OUT = ["v", "customer", "title", "ref", "note", "until", "book", "quoted"];
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
/** Of the frames in a snippet and in the preview. */
const HEIGHTS = { calculator: 720, answer: 460, prices: 600 };

const here = (path) => new URL(path, document.baseURI);

async function words() {
  const engine = await import(here(document.querySelector('meta[name="callmix-engine"]').content));
  await engine.default();
  return Object.fromEntries(engine.embed_words().split("\n").map((line) => line.split("\t")));
}

function styled() {
  if (document.querySelector("link[data-dialog]")) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: here("embed/dialog.css") });
  link.dataset.dialog = "";
  return new Promise((loaded, failed) => {
    Object.assign(link, { onload: loaded, onerror: failed });
    document.head.append(link);
  });
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** The keys and values of a link that an embedded calculator starts from. */
function asked(link) {
  const pairs = link.split("&").filter(Boolean).map((pair) => pair.split("="));
  return pairs.filter(([key]) => !LEFT_OUT.includes(key)).map(([key, value]) => [key, decodeURIComponent(value)]);
}

function fragment(link) {
  const pairs = asked(link).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return pairs.length ? `#${["v=1", ...pairs].join("&")}` : "";
}

/** The address of the compact view. */
function frameAddress(link, { mode, theme }) {
  const address = here("embed.html");
  address.search = new URLSearchParams({ mode, theme });
  return address.href + fragment(link);
}

function snippet(link, choice, said) {
  const { mode, theme, way, pinned } = choice;
  if (way === "frame") {
    return `<iframe src="${escaped(frameAddress(link, choice))}" title="${said.frame_title}" width="100%" height="${HEIGHTS[mode]}" loading="lazy" sandbox="${SANDBOX}"></iframe>`;
  }
  const attributes = [...(mode === "calculator" ? [] : [["mode", mode]]), ...asked(link), ["theme", theme], ["lang", "en"]];
  const written = attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  const script = here(pinned ? `embed-${said.version}.js` : "embed.js").href;
  const full = here("./").href + fragment(link);
  return `<script type="module" src="${script}"></script>\n<callmix-calculator${written}><a href="${escaped(full)}">${said.fallback}</a></callmix-calculator>`;
}

/** An element with properties or attributes, and what is in it. */
function el(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

function group(said, name, values) {
  const options = values.map((value, place) => {
    const input = el("input", { class: "choice__input", type: "radio", name, value, id: `embed-${value}` });
    input.checked = place === 0;
    return el("div", { class: "choice__option" }, input, el("label", { class: "choice__label", for: input.id }, said[value]));
  });
  return el("fieldset", { class: "group choice" }, el("legend", { class: "group__legend" }, said[name]), el("div", { class: "choice__options" }, ...options));
}

/** Opens the dialog for the estimate of a link, which may be empty. */
export async function open(link) {
  const [said] = await Promise.all([words(), styled()]);
  if (document.querySelector(".embed-dialog")) return;
  const text = el("textarea", { class: "field__input embed-dialog__snippet", id: "embed-snippet", readonly: "", rows: "6", spellcheck: "false" });
  const status = el("p", { class: "share__said", role: "status" });
  const copy = el("button", { class: "button button--main", type: "button" }, said.copy);
  const close = el("button", { class: "button", type: "button" }, said.close);
  const preview = el("div", { class: "embed-dialog__preview" });
  const pinned = el("input", { class: "choice__input", type: "checkbox", name: "pinned", id: "embed-pinned" });
  const way = group(said, "way", ["element", "frame"]);
  way.append(el("div", { class: "choice__option" }, pinned, el("label", { class: "choice__label", for: pinned.id }, said.pinned)));
  const form = el(
    "form",
    { class: "embed-dialog__form" },
    group(said, "mode", ["calculator", "answer", "prices"]),
    group(said, "theme", ["auto", "light", "dark"]),
    way,
  );
  const dialog = el(
    "dialog",
    { class: "embed-dialog panel", "aria-labelledby": "embed-title" },
    el("h2", { id: "embed-title" }, said.title),
    el("p", { class: "field__hint" }, said.intro),
    form,
    el("label", { class: "field__label", for: text.id }, said.snippet),
    text,
    el("p", { class: "field__hint" }, `${said.left_out} ${said.more}`),
    el("div", { class: "share__buttons" }, copy, close),
    status,
    el("h3", { id: "embed-preview" }, said.preview),
    preview,
  );
  let shown;
  const show = () => {
    const choice = Object.fromEntries(new FormData(form));
    pinned.disabled = choice.way === "frame";
    text.value = snippet(link, choice, said);
    status.textContent = "";
    const src = frameAddress(link, choice);
    // What looks the same is not loaded again.
    if (src === shown) return;
    shown = src;
    // On the page's own origin a sandbox would protect nothing, and the browser says so.
    const frame = el("iframe", { class: "embed-dialog__frame", src, title: said.preview, height: HEIGHTS[choice.mode] });
    preview.replaceChildren(frame);
  };
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = said.copied;
    } catch {
      text.focus();
      text.select();
      status.textContent = said.refused;
    }
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  show();
  document.body.append(dialog);
  dialog.showModal();
}
