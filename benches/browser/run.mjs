// Times the engine in headless Chromium. scripts/bench-wasm.sh builds the module and runs this script. The browser's
// clock has steps of 0.1 ms, so each figure is the median of eleven batches of many runs.
import { start } from "../../tests/browser/harness.mjs";

const YEARS = [
  ["even", 300],
  ["even", 120_000],
  ["even", 1e12],
  ["seasonal", 120_000],
  ["seasonal", 1e12],
];
const CURVES = [
  ["even", 300],
  ["even", 120_000],
  ["seasonal", 120_000],
];
const BUDGETS = [
  ["even", 1_260],
  ["even", 350_000],
  ["seasonal", 350_000],
];

const { browser, address, stop } = await start({ root: new URL("../../target/engine-wasm/", import.meta.url) });
const page = await browser.newPage();
await page.goto(address);
const rows = await page.evaluate(
  async ({ years, curves, budgets }) => {
    const { default: init, run, curve, insights, budget, prepare } = await import("./engine_in_browser.js");
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
    return [
      ...years.map(([shape, calls]) => [`${shape} year, ${calls} calls`, median((times) => run(shape, calls, times), 4000)]),
      ["built-in price book", median(prepare, 500)],
      ...curves.flatMap(([shape, calls]) => [
        [`curve of a ${shape} year, ${calls} calls, ${curve(shape, calls, 1)} points`, median((times) => curve(shape, calls, times), 5)],
        [`insights of the same`, median((times) => insights(shape, calls, times), 20)],
      ]),
      ...budgets.map(([shape, amount]) => [
        `a budget of ${amount}, ${shape} year: ${budget(shape, amount, 1)} calls`,
        median((times) => budget(shape, amount, times), 20),
      ]),
    ];
  },
  { years: YEARS, curves: CURVES, budgets: BUDGETS },
);
for (const [name, micros] of rows) console.log(`${name.padEnd(52)} ${micros.toFixed(2).padStart(9)} µs`);
await stop();
