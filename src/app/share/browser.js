// What only the browser can do when an estimate is shared or kept. Nothing here knows what an estimate is.
const SAVED_PREFIX = "callmix.estimate.";
const FIELD = "\u001f";
const RECORD = "\u001e";
// A hundred times the largest export.
const MOST_BYTES = 1_000_000;

/** Puts text on the clipboard; false where that is refused. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** The older way, for pages that are not served securely. */
function copySelected(text) {
  const focused = document.activeElement;
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

/** Opens the system's sheet; a person who closes it has changed their mind. */
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

/** Prints, and calls the file `title` where it becomes one. */
export function print(title) {
  const before = document.title;
  addEventListener("afterprint", () => (document.title = before), { once: true });
  document.title = title;
  window.print();
}

/** Puts a sheet beside the page, for as long as it is printed; not every browser says when that ends. */
export function showPrintView(html) {
  document.querySelector(".print-view")?.remove();
  if (!html) return;
  document.body.insertAdjacentHTML("beforeend", html);
  const view = document.body.lastElementChild;
  addEventListener("afterprint", () => view.remove(), { once: true });
}

/** The day here, such as 2027-01-31. */
export function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** All kept estimates as text: the key and the value of each. Undefined where storage is blocked. */
export function saved() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(SAVED_PREFIX));
    return keys.map((key) => key.slice(SAVED_PREFIX.length) + FIELD + localStorage.getItem(key)).join(RECORD);
  } catch {
    return undefined;
  }
}

/** Keeps an estimate under its key, or under a new one; false where storage is full or blocked. */
export function save(key, value) {
  try {
    localStorage.setItem(SAVED_PREFIX + (key || freeKey()), value);
    return true;
  } catch {
    return false;
  }
}

/** Later ones sort later. Storage itself is asked whether it is free: another tab may have kept one since. */
function freeKey() {
  let key = Date.now();
  while (localStorage.getItem(SAVED_PREFIX + key) !== null) key += 1;
  return key;
}

export function deleteSaved(key) {
  try {
    localStorage.removeItem(SAVED_PREFIX + key);
    return true;
  } catch {
    return false;
  }
}

/** Presses the button that stands beside a field in its row, and leaves the focus on it. */
export function pressBeside(field) {
  const button = field.closest("li").querySelector("[data-beside]");
  button.focus();
  button.click();
}

/** Focuses on the element of that id; on the heading where only an answer is shown. */
export function focusOn(id) {
  const element = document.getElementById(id) ?? document.querySelector("h2");
  if (element?.matches("h2")) element.tabIndex = -1;
  element?.focus();
}

/** The text of the file that was chosen, empty where none was; undefined where it cannot be read or is too large. */
export async function chosenText(input) {
  const [file] = input.files;
  // The same file can be chosen again.
  input.value = "";
  if (file?.size > MOST_BYTES) return undefined;
  return (await file?.text().catch(() => undefined)) ?? (file ? undefined : "");
}
