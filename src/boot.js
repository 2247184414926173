// The page's startup script: answers early, hands the typed text over to the app, and loads the rest.
//
// The preview, a small part of the engine, answers the three fields of the first screen until the app has loaded and
// replaces them. The typed text and the focus survive the replacement.
const page = document.documentElement;
const app = () => document.getElementById("app");
const field = (id) => /** @type {HTMLInputElement | null} */ (document.getElementById(id));

const typed = (id) => field(id)?.value ?? "";
const isOff = (id) => field(id)?.checked === false;
const view = () => page.dataset.view ?? "";
/** The present day where the visitor is, in ISO 8601. */
const today = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** The page's price books as JSON, the oldest first. */
const priceBooks = () => document.getElementById("price-books")?.textContent ?? "";
const content = (name) => /** @type {HTMLMetaElement | null} */ (document.querySelector(`meta[name="${name}"]`))?.content;
/** The element that was clicked, or the one around it, that fits the selector. */
const clicked = (event, selector) => event.target.closest(selector);

/** Shows the preview's recommendation and the fields' errors, as the app would. */
function show(preview) {
  const answer = preview.answer(typed("calls"), typed("free"), !isOff("postpaid"));
  document.querySelector(".recommendation").outerHTML = answer.html;
  // Sections that the app will push down are hidden with the first answer, in the same frame as the keystroke.
  page.classList.toggle("early", document.querySelector("[data-testid=total]") !== null);
  for (const [id, error] of [["calls", answer.calls_error], ["free", answer.free_error]]) {
    const isWrong = error !== undefined;
    field(`${id}-error`).textContent = error ?? "";
    field(id).closest(".field").classList.toggle("field--wrong", isWrong);
    field(id).toggleAttribute("aria-invalid", isWrong);
    if (isWrong) field(id).setAttribute("aria-invalid", "true");
    field(id).setAttribute("aria-describedby", isWrong ? `${id}-hint ${id}-error` : `${id}-hint`);
  }
}

let previewing;
let moreWanted = false;

async function startPreview() {
  // A link can set more than these three fields, and a page without them has nothing to preview.
  if (page.classList.contains("asks") || !content("callmix-preview")) return;
  const [script, wasm] = content("callmix-preview").split(" ").map((file) => new URL(file, document.baseURI));
  const { default: init, Preview } = await import(script.href);
  await init({ module_or_path: wasm });
  const preview = new Preview(priceBooks(), today());
  previewing = new AbortController();
  const { signal } = previewing;
  const isTouched = ["calls", "free"].some((id) => typed(id) !== "") || isOff("postpaid");
  if (isTouched) show(preview);
  app().addEventListener("input", () => show(preview), { signal });
  app().addEventListener("click", (event) => (moreWanted ||= clicked(event, ".form__more") !== null), { signal });
}

/** Before the app renders: stops the preview, and moves the focus to the new field with the same id before the next paint. */
function takeOver() {
  previewing?.abort();
  const { id, selectionStart, selectionEnd } = /** @type {Partial<HTMLInputElement>} */ (document.activeElement ?? {});
  const rendered = new MutationObserver(() => {
    rendered.disconnect();
    if (moreWanted) /** @type {HTMLElement} */ (document.querySelector(".form__more"))?.click();
    if (!id || !field(id)) return;
    field(id).focus({ preventScroll: true });
    if (typeof selectionEnd === "number") field(id).setSelectionRange(selectionStart, selectionEnd);
  });
  // The renderer first clears the element synchronously; that mutation must not count.
  queueMicrotask(() => rendered.observe(app(), { childList: true, subtree: true }));
}

/**
 * Reports an answer to code outside the app, as attributes of the app's element and an event on it. The event's detail has the
 * ignored parts of the link, each with its key and the reason; one without a key is the reason why there is no answer.
 * @param {{ key: string, reason: string }[]} ignored
 */
function answered(link, total, isStale, ignored) {
  const { dataset } = app();
  Object.assign(dataset, { link, total });
  if (isStale) dataset.stale = "";
  else delete dataset.stale;
  if (!isStale) answeredHash = location.hash;
  const detail = ignored.map(({ key, reason }) => ({ key, reason }));
  app().dispatchEvent(new CustomEvent("callmix-answer", { bubbles: true, detail }));
}

/** Reports that a part of the page could not load, usually because a newer build has replaced its files. */
function offerReload({ failed, reload, close }) {
  if (document.querySelector(".reload-dialog")) return;
  const dialog = Object.assign(document.createElement("dialog"), { className: "reload-dialog panel" });
  const button = (text, className, onclick) => Object.assign(document.createElement("button"), { type: "button", textContent: text, className, onclick });
  const buttons = document.createElement("div");
  buttons.className = "share__buttons";
  // The address has the estimate, so a reload keeps it.
  buttons.append(button(reload, "button button--main", () => location.reload()), button(close, "button", () => dialog.close()));
  const message = Object.assign(document.createElement("p"), { id: "reload-message", textContent: failed });
  dialog.setAttribute("aria-labelledby", message.id);
  dialog.append(message, buttons);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// Chromium otherwise keeps ten frames, and the app may be further up.
/** @type {any} */ (Error).stackTraceLimit = 100;

/** Whether an error comes from the app, rather than from an extension or another script on the page. */
function isFromApp(error) {
  const [folder] = content("callmix-app").match(/[^/]+\/(?=[^/]*$)/);
  const stack = String(error?.stack);
  // Not every browser names the file of a WebAssembly function.
  return stack.includes(`/${folder}`) || (error instanceof WebAssembly.RuntimeError && !stack.includes(".wasm"));
}

// A link to a part of the page must not replace the estimate in the address.
document.addEventListener("click", (event) => {
  const link = clicked(event, ".skip-link, .masthead__link, .form__total");
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!target) return;
  event.preventDefault();
  target.tabIndex = -1;
  target.focus();
});

let isRendering = false;
let renderError;
/** The fragment of the address at the last answer. */
let answeredHash = "";

/** Loads the page again, with the last estimate unless the address has had another one since. */
function reload(link) {
  try {
    if (link && ["", answeredHash].includes(location.hash)) history.replaceState(null, "", `#${link}`);
  } catch {
    // The browser refuses after too many changes of the address.
    location.replace(`#${link}`);
  }
  location.reload();
}

/** After an error of its own the app no longer answers: marks its last answer as out of date and offers to reload. */
function reportCrash(error) {
  if (page.classList.contains("crashed") || !isFromApp(error)) return;
  if (isRendering) renderError ??= error;
  if (!page.classList.contains("started")) return;
  const { link, total } = app().dataset;
  page.classList.add("crashed");
  document.querySelector(".answer")?.classList.add("answer--stale");
  const note = document.getElementById("crash-note");
  note.hidden = false;
  // An alert is announced when its content changes.
  note.append(...note.childNodes);
  note.querySelector("button").addEventListener("click", () => reload(link));
  answered(link ?? "", total ?? "", true, []);
}
addEventListener("error", ({ error }) => reportCrash(error));
addEventListener("unhandledrejection", ({ reason }) => reportCrash(reason));

// The embed dialog is only loaded when somebody opens it.
app().addEventListener("click", async (event) => {
  const button = clicked(event, "[data-embed]");
  if (!button) return;
  try {
    const { open } = await import(new URL("embed/dialog.js", document.baseURI).href);
    await open(app().dataset.link ?? "", () => offerReload(button.dataset));
  } catch {
    offerReload(button.dataset);
  }
});

/** Runs sample answers while the browser is idle, so that their code is compiled before the first keystroke. */
async function whileIdle(warmUp) {
  for (const calls of ["12000", "300", ""]) {
    await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
    warmUp(calls);
  }
}

/** The calculator with the page's prices. If they cannot be used, the note of a failed start says what is wrong with them. */
function withPrices(Calculator) {
  try {
    return new Calculator(priceBooks());
  } catch (reason) {
    const note = document.getElementById("start-note");
    note.textContent = `${note.dataset.prices} ${reason}`;
    throw new Error(`the price list in the page is not valid: ${reason}`);
  }
}

async function startApp() {
  const address = new URL(content("callmix-app"), document.baseURI);
  const { default: load, Calculator, openAddress } = await import(address.href);
  await load();
  const calculator = withPrices(Calculator);
  takeOver();
  isRendering = true;
  calculator.run(typed("calls"), typed("free"), !isOff("postpaid"), view(), { answered });
  // The app renders in a microtask, so its errors are reported by the next task.
  await new Promise((resolve) => setTimeout(resolve));
  isRendering = false;
  if (renderError) throw renderError;
  // frame.js changes the address of an embedded calculator.
  addEventListener("callmix-address", openAddress);
  page.classList.remove("asks", "early", "failed");
  page.classList.add("started");
  if (view() === "") whileIdle((calls) => calculator.warmUp(calls));
  if (!content("callmix-offline")) return;
  try {
    await navigator.serviceWorker?.register(content("callmix-offline"), { updateViaCache: "none" });
  } catch {
    // Without a service worker, the page still works, but only with a network.
  }
}

async function start() {
  try {
    // The app answers the same fields, so a preview that cannot load is no failure.
    await startPreview().catch(() => {});
    await startApp();
  } catch (error) {
    page.classList.remove("asks", "early");
    page.classList.add("failed");
    // Unhandled, so that frame.js reports the reason to the host.
    throw error;
  }
}

page.classList.add("running");
// frame.js starts an embedded calculator. Where it could not load, nothing does.
if (view() === "") start();
else if (page.classList.contains("framed")) addEventListener("callmix-start", start, { once: true });
else page.classList.replace("asks", "failed");
