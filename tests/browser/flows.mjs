// Steps that many tests of the page share: filling fields and waiting for the answer.
import assert from "node:assert/strict";

export const field = (page, name) => page.getByRole("textbox", { name, exact: true });
export const calls = (page) => field(page, "Calls per year");
export const recommendation = (page) => page.getByRole("region", { name: "Recommendation" });
export const table = (page, name) => page.getByRole("table", { name });
export const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Waits for a total, written as in the JSON, and for everything below it. */
export const shows = (page, amount) =>
  page.waitForFunction(hasAnswered, amount).catch(async (error) => {
    const found = await page.evaluate(() => document.querySelector("[data-testid=total]")?.dataset.amount);
    throw new Error(`the total is ${found} instead of ${amount}`, { cause: error });
  });

/** In the page: whether it shows this total, and its other parts have followed. */
const hasAnswered = (amount) =>
  document.querySelector("[data-testid=total]")?.dataset.amount === amount && !document.querySelector(".answer[aria-busy]");

/** Opens "More options" unless it is open, and every part of them, of which people open one at a time. */
export async function openMore(page) {
  const more = button(page, "More options");
  if ((await more.getAttribute("aria-expanded")) === "false") await more.click();
  await page.locator(".options").first().waitFor();
  await openParts(page);
}

/** Opens every part of the options. */
export const openParts = (page) =>
  page.locator(".options").evaluateAll((parts) => {
    for (const part of parts) {
      part.removeAttribute("name");
      part.open = true;
    }
  });

export const choose = (page, group, choice) => page.getByRole("radiogroup", { name: group }).getByRole("radio", { name: choice, exact: true }).check();

/** Waits until a field has an error; resolves to the message. */
export async function mistake(page, name) {
  const input = field(page, name);
  await page.waitForFunction((input) => input.getAttribute("aria-invalid") === "true", await input.elementHandle());
  const ids = (await input.getAttribute("aria-describedby")).split(" ");
  return page.evaluate((id) => document.getElementById(id).textContent, ids.at(-1));
}

/** Pastes text into the focused field by the clipboard; the page needs `clipboard: "granted"`. */
export async function paste(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("ControlOrMeta+V");
}

/** The cells of a table's column, by its heading. */
export async function column(table, head) {
  const heads = await table.getByRole("columnheader").allInnerTexts();
  const place = heads.indexOf(head);
  assert.notEqual(place, -1, `no column "${head}" in ${heads.join(", ")}`);
  return table.locator("tbody tr").evaluateAll((rows, place) => rows.map((row) => row.cells[place].textContent), place);
}
