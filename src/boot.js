// What the page's two binaries ask of the browser, and how the second one and the worker start.
//
// One file with a hash in its name, so that nothing of another build can be mixed in.
const EVENT = "callmix-answer";
// Charts follow when typing pauses, not at every key.
const PAUSE_MS = 80;

const page = document.documentElement;
const app = () => document.getElementById("app");

// What a person did on the prerendered screen while the app was on its way.

const typed = (id) => document.getElementById(id)?.value ?? "";
const isOff = (id) => document.getElementById(id)?.checked === false;

/** The field that has the focus is replaced by another with the same id, which gets it, before anything is painted. */
function keepFocus() {
  const { id, selectionStart, selectionEnd } = document.activeElement ?? {};
  if (!id) return;
  const watch = new MutationObserver(() => {
    const field = document.getElementById(id);
    if (!field || field === document.activeElement) return;
    watch.disconnect();
    field.focus({ preventScroll: true });
    if (typeof selectionEnd === "number") field.setSelectionRange(selectionStart, selectionEnd);
  });
  watch.observe(app(), { childList: true, subtree: true });
}

// How the form's answer reaches what stands beside it. Nothing here knows what a link says.

function tell(link, total, isStale) {
  const { dataset } = app();
  Object.assign(dataset, { link, total });
  if (isStale) dataset.stale = "";
  else delete dataset.stale;
  app().dispatchEvent(new Event(EVENT, { bubbles: true }));
}

function listen(heard) {
  const now = () => heard(app().dataset.link ?? "", "stale" in app().dataset);
  let waiting;
  app().addEventListener(EVENT, () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, PAUSE_MS);
  });
  now();
}

function visit(link) {
  // The address follows the form a moment late; the entry that is left must say what was asked there last.
  const { link: last } = app().dataset;
  if (last) history.replaceState(null, "", `#${last}`);
  history.pushState(null, "", `#${link}`);
  dispatchEvent(new PopStateEvent("popstate"));
}

window.callmix = { typed, isOff, keepFocus, tell, listen, visit };

async function started() {
  page.classList.remove("asks");
  page.classList.add("started");
  const more = document.querySelector('meta[name="callmix-more"]');
  if (!more) return;
  // The first screen is drawn before anything else is fetched.
  await new Promise((idle) => (window.requestIdleCallback ?? setTimeout)(idle));
  const { default: start } = await import(new URL(more.content, document.baseURI));
  await start();
  try {
    await navigator.serviceWorker?.register("worker.js", { updateViaCache: "none" });
  } catch {
    // Where a browser keeps no workers, the page needs the network.
  }
}
addEventListener("TrunkApplicationStarted", started, { once: true });
