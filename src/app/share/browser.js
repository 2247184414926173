// The browser's side of sharing and saving: clipboard, share dialog, downloads, print, local storage and focus.
//
// Nothing here knows what an estimate contains; saved.rs builds and parses the records.
const scope = () => new URL(".", document.baseURI).pathname;
// Several copies of the page can share an origin, so each saves under its own path.
const savedPrefix = () => `callmix ${scope()} estimate `;
// Earlier builds saved all estimates of an origin under this prefix.
const UNSCOPED_PREFIX = "callmix.estimate.";
const lastMigratedKey = () => `callmix ${scope()} migrated`;

/** Copies text to the clipboard; false if the browser refuses. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** Copies through a selected text field, for pages that are not served over HTTPS. */
function copySelected(text) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

export function canShare() {
  return typeof navigator.share === "function";
}

/** Opens the system's share dialog; true as well if the user cancels it, false if it fails. */
export async function share(title, url) {
  try {
    await navigator.share({ title, url });
  } catch (error) {
    return error.name === "AbortError";
  }
  return true;
}

export function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Prints the page; `title` becomes the file name when it is saved as a PDF. */
export function print(title) {
  const before = document.title;
  addEventListener("afterprint", () => (document.title = before), { once: true });
  document.title = title;
  window.print();
}

/** Adds the print view to the page and removes it after printing. It replaces an earlier one, as not every browser sends `afterprint`. */
export function showPrintView(html) {
  document.querySelector(".print-view")?.remove();
  if (!html) return;
  document.body.insertAdjacentHTML("beforeend", html);
  const view = document.body.lastElementChild;
  addEventListener("afterprint", () => view.remove(), { once: true });
}

/** Today's date in the user's time zone, for example 2027-01-31. */
export function today() {
  const now = new Date();
  const twoDigits = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}

/** All saved estimates, each with its key; undefined if storage is blocked. */
export function saved() {
  try {
    migrate();
    return keysOf(savedPrefix()).map((key) => ({ key, value: localStorage.getItem(savedPrefix() + key) ?? "" }));
  } catch {
    return undefined;
  }
}

const keysOf = (prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));

/** Copies each estimate of earlier builds once. The originals stay for other copies of the page on this origin. */
function migrate() {
  const last = Number(localStorage.getItem(lastMigratedKey()) ?? -1);
  const keys = keysOf(UNSCOPED_PREFIX).filter((key) => /^[1-9]\d*$/.test(key) && Number(key) > last).sort((one, other) => Number(one) - Number(other));
  try {
    for (const key of keys) {
      if (localStorage.getItem(savedPrefix() + key) === null) localStorage.setItem(savedPrefix() + key, localStorage.getItem(UNSCOPED_PREFIX + key));
      localStorage.setItem(lastMigratedKey(), key);
    }
  } catch {
    // Storage is full. The remaining estimates follow when there is room.
  }
}

/** Saves an estimate under its key, or under a new key if it has none, and returns it; undefined if storage is full or blocked. */
export function save(key, value) {
  try {
    const used = key || unusedKey();
    localStorage.setItem(savedPrefix() + used, value);
    return used;
  } catch {
    return undefined;
  }
}

/** A key that sorts after all earlier ones. It is checked against storage, because another tab may have saved since. */
function unusedKey() {
  let key = Date.now();
  while (localStorage.getItem(savedPrefix() + key) !== null) key += 1;
  return String(key);
}

export function deleteSaved(key) {
  try {
    for (const prefix of [savedPrefix(), UNSCOPED_PREFIX]) localStorage.removeItem(prefix + key);
    return true;
  } catch {
    return false;
  }
}

/** Clicks the button in the same list row as a field, and leaves the focus on it. */
export function pressBeside(field) {
  const button = field.closest("li").querySelector("[data-beside]");
  button.focus();
  button.click();
}

/** Moves the focus to the element with that id, or to the first heading if the form is not shown. */
export function focusOn(id) {
  const element = document.getElementById(id) ?? document.querySelector("h2");
  if (element?.matches("h2")) element.tabIndex = -1;
  element?.focus();
}

/** The text of the chosen file, or empty if none was chosen; undefined if it cannot be read or has more bytes. */
export async function chosenText(input, mostBytes) {
  const [file] = input.files;
  // Cleared so that choosing the same file again triggers another change event.
  input.value = "";
  if (file?.size > mostBytes) return undefined;
  return (await file?.text().catch(() => undefined)) ?? (file ? undefined : "");
}
