// From the prerendered first screen to the app: answers early, hands over what was typed, and starts the rest.
//
// The first screen's three fields are answered by a small part of the engine until the app, which takes longer to
// arrive, draws over them. What is typed and where the focus is stays as it was.
const page = document.documentElement;
const app = () => document.getElementById("app");
const field = (id) => document.getElementById(id);

const typed = (id) => field(id)?.value ?? "";
const isOff = (id) => field(id)?.checked === false;
const view = () => page.dataset.view ?? "";

/** Shows the answer of the engine's first part, and what is wrong, as the app would. */
function show(preview) {
  const [recommendation, ...errors] = preview.answer(typed("calls"), typed("free"), !isOff("postpaid")).split("\u001f");
  document.querySelector(".recommendation").outerHTML = recommendation;
  // What the app will push down is out of sight from the key on that asks for it, not a moment later.
  page.classList.toggle("early", document.querySelector("[data-testid=total]") !== null);
  ["calls", "free"].forEach((id, place) => {
    const isWrong = errors[place] !== "";
    field(`${id}-error`).textContent = errors[place];
    field(id).closest(".field").classList.toggle("field--wrong", isWrong);
    field(id).toggleAttribute("aria-invalid", isWrong);
    if (isWrong) field(id).setAttribute("aria-invalid", "true");
    field(id).setAttribute("aria-describedby", isWrong ? `${id}-hint ${id}-error` : `${id}-hint`);
  });
}

let answering;
let moreWanted = false;

function answerEarly() {
  // A link asks for more than these fields; a page without them has its own way.
  if (page.classList.contains("asks") || !field("calls")) return;
  const preview = new window.wasmBindings.Preview();
  answering = new AbortController();
  const { signal } = answering;
  const anything = ["calls", "free"].some((id) => typed(id) !== "") || isOff("postpaid");
  if (anything) show(preview);
  app().addEventListener("input", () => show(preview), { signal });
  app().addEventListener("click", ({ target }) => (moreWanted ||= target.closest(".form__more") !== null), { signal });
}

/** The app draws now: the field that has the focus is replaced by one with the same id, which gets it before any paint. */
function takeOver() {
  answering?.abort();
  const { id, selectionStart, selectionEnd } = document.activeElement ?? {};
  const drawn = new MutationObserver(() => {
    drawn.disconnect();
    if (moreWanted) document.querySelector(".form__more")?.click();
    if (!id || !field(id)) return;
    field(id).focus({ preventScroll: true });
    if (typeof selectionEnd === "number") field(id).setSelectionRange(selectionStart, selectionEnd);
  });
  // Drawing begins by taking away what was there, in a step of its own.
  queueMicrotask(() => drawn.observe(app(), { childList: true, subtree: true }));
}

/** Says what the form answers, on the element that the app is in, for what stands beside it. */
function notifyHost(link, total, isStale, unused) {
  const { dataset } = app();
  Object.assign(dataset, { link, total, unused });
  if (isStale) dataset.stale = "";
  else delete dataset.stale;
  app().dispatchEvent(new Event("callmix-answer", { bubbles: true }));
}

// What puts an estimate into other pages is fetched when it is asked for.
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

/** Lets the app answer what nobody asked while the browser has nothing else to do, so that the first key finds it warm. */
async function whileIdle(warmUp) {
  for (const calls of ["12000", "300", ""]) {
    await new Promise((then) => (window.requestIdleCallback ?? setTimeout)(then));
    warmUp(calls);
  }
}

const content = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

async function started() {
  answerEarly();
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
    // Where a browser keeps no workers, the page needs the network.
  }
}
addEventListener("TrunkApplicationStarted", started, { once: true });
