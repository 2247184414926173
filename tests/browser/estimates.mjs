// Steps and questions that the tests of links, saved estimates and documents share.
import assert from "node:assert/strict";
import { crc32 } from "node:zlib";

import { settled } from "./settled.mjs";

export const calls = (page) => page.getByRole("textbox", { name: "Calls per year" });
export const sharing = (page) => page.getByRole("region", { name: "Share or save" });
export const button = (page, name) => sharing(page).getByRole("button", { name, exact: true });
export const notice = (page) => page.getByRole("status", { name: "About this estimate" });

/** The fragment of the address, without its `#`. */
export const fragment = (page) => page.evaluate(() => location.hash.slice(1));

/** The part of a link that names today's prices. */
export const BOOK = "book=2026-11-22,6e1ff965";

/** The link with its check, as the page writes it. */
export function checked(link) {
  const behind = link.replace(/^v=1&(check=[^&]*&)?/, "");
  return `v=1&check=${crc32(behind).toString(16).padStart(8, "0")}&${behind}`;
}

/** The first month of a new estimate: the next one. */
export const NEXT_MONTH = (() => {
  const now = new Date();
  const next = new Date(now.getFullYear(), now.getMonth() + 1);
  return `${next.getFullYear()}-${String(next.getMonth() + 1).padStart(2, "0")}`;
})();

/** The link of an estimate that was begun on an empty page, without its check: its year begins in the next month. */
export const begun = (bare) => bare.replace(/^(v=1(?:&(?:calls|m|profile)(?:\.[a-z]+)?=[^&]*)*)/, `$1&start=${NEXT_MONTH}`);

/** The link of an even year of 300 calls, begun on an empty page. */
export const OF_300 = checked(begun(`v=1&calls=300&${BOOK}&quoted=1260.00`));

/** Waits until the page shows this total and everything below it; if it is null, none but that of the worked example. */
export async function answers(page, amount) {
  await page.waitForFunction((amount) => {
    const isExample = document.querySelector(".band strong") !== null;
    if (document.querySelector(".answer[aria-busy]")) return false;
    return (isExample ? null : (document.querySelector("[data-testid=total]")?.dataset.amount ?? null)) === amount;
  }, amount);
}

/** Waits until the address is this link, with its check; or until it has none. */
export async function says(page, bare) {
  const link = bare && checked(bare);
  try {
    await page.waitForFunction((link) => location.hash.slice(1) === link, link);
  } catch (error) {
    if (error.name !== "TimeoutError") throw error;
    assert.equal(await fragment(page), link);
  }
}

/** Waits until the address has this fragment and it can be shared, and until the explanations no longer move what is below them. */
export async function shares(page, link) {
  await says(page, link);
  await page.waitForFunction(() => document.querySelector(".share .button--main:enabled"));
  await settled(page);
}

export async function ask(page, text, amount) {
  await calls(page).fill(text);
  await answers(page, amount);
}

/** All text and all form values of the page, once everything is computed. */
export async function everything(page) {
  await page.getByRole("status").filter({ hasText: "The recommended plan costs" }).waitFor();
  await page.waitForFunction(() => !document.querySelector("main").innerText.includes("Computing…"));
  return page.evaluate(() => ({
    text: document.querySelector("main").innerText.split("\n"),
    fields: [...document.querySelectorAll("main :is(input, textarea):not([type=file])")].map((field) => [
      field.id,
      ["checkbox", "radio"].includes(field.type) ? field.checked : field.value,
    ]),
  }));
}

/** Runs in the page: keeps downloads for `downloaded`, as not every browser reports them to its driver. */
export function keepDownloads() {
  const create = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    window.blob = blob;
    return create.call(URL, blob);
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    window.fileName = this.download;
    if (!this.download) click.call(this);
  };
}

/** The name, the media type and the text of the last download, with its byte order mark. */
export async function downloaded(page) {
  const { name, type, bytes } = await page.evaluate(async () => ({
    name: window.fileName,
    type: window.blob.type,
    bytes: [...new Uint8Array(await window.blob.arrayBuffer())],
  }));
  return { name, type, text: Buffer.from(bytes).toString("utf8") };
}
