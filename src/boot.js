// The page's startup script: answers early, hands the typed text over to the app, and loads the rest.
//
// The preview, a small part of the engine, answers the three fields of the first screen until the app has loaded and
// replaces them. The typed text and the focus survive the replacement.
const page = document.documentElement;
const app = () => document.getElementById("app");
const field = (id) => document.getElementById(id);

const typed = (id) => field(id)?.value ?? "";
const isOff = (id) => field(id)?.checked === false;
const view = () => page.dataset.view ?? "";

/** Shows the preview's recommendation and the fields' errors, as the app would. */
function show(preview) {
  const [recommendation, ...errors] = preview.answer(typed("calls"), typed("free"), !isOff("postpaid")).split("\u001f");
  document.querySelector(".recommendation").outerHTML = recommendation;
  // Sections that the app will push down are hidden with the first answer, in the same frame as the keystroke.
  page.classList.toggle("early", document.querySelector("[data-testid=total]") !== null);
  ["calls", "free"].forEach((id, index) => {
    const isWrong = errors[index] !== "";
    field(`${id}-error`).textContent = errors[index];
    field(id).closest(".field").classList.toggle("field--wrong", isWrong);
    field(id).toggleAttribute("aria-invalid", isWrong);
    if (isWrong) field(id).setAttribute("aria-invalid", "true");
    field(id).setAttribute("aria-describedby", isWrong ? `${id}-hint ${id}-error` : `${id}-hint`);
  });
}

let previewing;
let moreWanted = false;

function startPreview() {
  // A link can set more than these three fields, and a page without them has nothing to preview.
  if (page.classList.contains("asks") || !field("calls")) return;
  const preview = new window.wasmBindings.Preview();
  previewing = new AbortController();
  const { signal } = previewing;
  const isTouched = ["calls", "free"].some((id) => typed(id) !== "") || isOff("postpaid");
  if (isTouched) show(preview);
  app().addEventListener("input", () => show(preview), { signal });
  app().addEventListener("click", ({ target }) => (moreWanted ||= target.closest(".form__more") !== null), { signal });
}

/** Called just before the app renders: stops the preview, and moves the focus to the new field with the same id before the next paint. */
function takeOver() {
  previewing?.abort();
  const { id, selectionStart, selectionEnd } = document.activeElement ?? {};
  const rendered = new MutationObserver(() => {
    rendered.disconnect();
    if (moreWanted) document.querySelector(".form__more")?.click();
    if (!id || !field(id)) return;
    field(id).focus({ preventScroll: true });
    if (typeof selectionEnd === "number") field(id).setSelectionRange(selectionStart, selectionEnd);
  });
  // The renderer first clears the element synchronously; that mutation must not count.
  queueMicrotask(() => rendered.observe(app(), { childList: true, subtree: true }));
}

/** Reports an answer to code outside the app, as attributes of the app's element and an event on it. */
function notifyHost(link, total, isStale, unused) {
  const { dataset } = app();
  Object.assign(dataset, { link, total, unused });
  if (isStale) dataset.stale = "";
  else delete dataset.stale;
  app().dispatchEvent(new Event("callmix-answer", { bubbles: true }));
}

// The embed dialog is only loaded when somebody opens it.
app().addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-embed]");
  if (!button) return;
  try {
    (await import(new URL("embed/dialog.js", document.baseURI))).open(app().dataset.link ?? "");
  } catch {
    button.textContent = button.dataset.embed;
  }
});

window.callmix = { typed, isOff, view, takeOver, notifyHost };

/** Runs sample answers while the browser is idle, so that their code is compiled before the first keystroke. */
async function whileIdle(warmUp) {
  for (const calls of ["12000", "300", ""]) {
    await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
    warmUp(calls);
  }
}

const content = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

async function startApp() {
  startPreview();
  const address = new URL(content("callmix-app"), document.baseURI);
  const [{ default: start, warmUp }, browser] = await Promise.all([import(address), import(new URL("browser.js", address))]);
  Object.assign(window.callmix, browser);
  await start();
  page.classList.remove("asks", "early");
  page.classList.add("started");
  if (view() === "") whileIdle(warmUp);
  if (!content("callmix-offline")) return;
  try {
    await navigator.serviceWorker?.register(content("callmix-offline"), { updateViaCache: "none" });
  } catch {
    // Without a service worker, the page still works, but only with a network.
  }
}
addEventListener("TrunkApplicationStarted", startApp, { once: true });
