// Erlang B in WebAssembly has the same bits as in the native engine.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { start } from "./harness.mjs";

let site;
before(async () => (site = await start({ root: new URL("../../target/engine-wasm/", import.meta.url) })));
after(() => site.stop());

test("computes Erlang B to the same bits as the native engine", async () => {
  const lines = (await readFile(new URL("../engine/erlang_bits.txt", import.meta.url), "utf8")).trim().split("\n");
  const page = await site.browser.newPage();
  await page.goto(site.address);
  const found = await page.evaluate(async (lines) => {
    const { default: init, erlang_b_bits } = await import("./engine_in_browser.js");
    await init();
    return lines.map((line) => {
      const [load, servers] = line.split(" ");
      return `${load} ${servers} ${erlang_b_bits(Number(load), Number(servers))}`;
    });
  }, lines);
  assert.ok(lines.length >= 20);
  assert.deepEqual(found, lines);
});
