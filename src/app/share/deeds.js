// What only the browser can do when an estimate is shared or kept. Nothing here knows what an estimate is.
const KEPT = "callmix.estimate.";
const FIELD = "\u001f";
const RECORD = "\u001e";

/** Puts text on the clipboard; false where that is refused. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
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

/** The day here, such as 2027-01-31. */
export function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** All kept estimates as text: the key and the value of each. Null where storage is blocked. */
export function kept() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
    return keys.map((key) => key.slice(KEPT.length) + FIELD + localStorage.getItem(key)).join(RECORD);
  } catch {
    return undefined;
  }
}

/** Keeps an estimate under its key; false where storage is full or blocked. */
export function keep(key, value) {
  try {
    localStorage.setItem(KEPT + key, value);
    return true;
  } catch {
    return false;
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(KEPT + key);
    return true;
  } catch {
    return false;
  }
}

/** The text of the file that was chosen in an input. */
export async function chosenText(input) {
  const text = (await input.files?.[0]?.text()) ?? "";
  input.value = "";
  return text;
}

// The engine by itself, fetched when a document or a code is first asked for.
let loading;
function engine() {
  loading ??= import(new URL(document.querySelector('meta[name="callmix-engine"]').content, document.baseURI)).then(async (module) => {
    await module.default();
    return module;
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

export async function documentOf(kind, estimate, date, address) {
  return (await engine()).document(kind, estimate, date, address);
}

export async function reopen(text) {
  return (await engine()).reopen(text);
}

export async function qrPath(text) {
  return (await engine()).qr_path(text);
}
