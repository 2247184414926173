// Times the planner in headless Chromium: scripts/bench-wasm.sh builds it and runs this. The browser's clock steps by
// 0.1 ms, so each figure is the median of eleven batches of many plans.
import { start } from "../../tests/browser/harness.mjs";

const CASES = [
  ["even", 300],
  ["even", 120_000],
  ["even", 1e12],
  ["seasonal", 120_000],
  ["seasonal", 1e12],
];

const { browser, address, stop } = await start({ root: new URL("../../target/engine-wasm/", import.meta.url) });
const page = await browser.newPage();
await page.goto(address);
const rows = await page.evaluate(async (cases) => {
  const { default: init, run, curve, prepare } = await import("./engine_in_browser.js");
  await init();
  const median = (batch, times) => {
    batch(times);
    const samples = Array.from({ length: 11 }, () => {
      const before = performance.now();
      batch(times);
      return ((performance.now() - before) * 1000) / times;
    });
    return samples.sort((a, b) => a - b)[5];
  };
  const rows = cases.map(([shape, calls]) => [`${shape} year, ${calls} calls`, median((times) => run(shape, calls, times), 4000)]);
  const curves = [["even", 300], ["even", 120_000], ["seasonal", 120_000]].map(([shape, calls]) => [
    `curve of a ${shape} year, ${calls} calls, ${curve(shape, calls, 1)} points`,
    median((times) => curve(shape, calls, times), 5),
  ]);
  return [...rows, ["built-in price book", median(prepare, 500)], ...curves];
}, CASES);
for (const [name, micros] of rows) console.log(`${name.padEnd(52)} ${micros.toFixed(2).padStart(9)} µs`);
await stop();
