// The work of the main thread per keystroke. Run by `make bench-page`, in headless Chromium on dist/.
//
// It is the thread's time in Chromium's trace for event handlers, scripts, style, layout and garbage collection. Painting
// does not count: an empty page needs it as well, and there is no graphics card to help. Neither does the cost curve, which
// follows in slices once typing pauses.
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";

import { serve } from "./serve.mjs";

const require = createRequire(new URL("../target/tools/node/", import.meta.url));
const { chromium } = require("playwright-core");

// As people type: round and odd numbers, grouped digits, and a mistake.
const TYPED = ["300", "12000", "98765", "1,000,000", "10k", "31415", "45,600", "7", "250"];
const KEYSTROKES = 200;
const GAP_MS = 60;
// Each round has its own page, and the median counts: the speed of a shared machine changes from round to round.
const ROUNDS = 5;
const RUNS = [
  { throttle: 1, target: 8 },
  { throttle: 4, target: 40 },
];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
const PAINTING = ["Paint", "PrePaint", "Layerize", "Commit", "UpdateLayer", "CompositeLayers"];
const STYLE_AND_LAYOUT = ["UpdateLayoutTree", "Layout"];
const TASK = "ThreadControllerImpl::RunTask";
// As in src/app/answer/details.rs.
const NEXT_FRAME_MS = 20;
// As in src/app/answer/explanation.rs. A slice starts the next one by a timer of 0, which browsers extend to up to 4.
const CURVE_PAUSE_MS = 160;
const NEXT_SLICE_MS = 4;

/** The milliseconds of work of each keystroke, and of what follows it, sorted, with the processor slowed down by `throttle`. */
async function measure(browser, address, throttle) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  // The app replaces the prerendered fields when it starts.
  await page.waitForFunction(() => document.documentElement.classList.contains("started"));
  // The service worker stores files at first, on the same processors.
  await page.evaluate(() => navigator.serviceWorker.ready);
  const field = page.getByRole("textbox", { name: "Calls per year" });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
  const gap = GAP_MS * throttle;
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  for (let stroke = 0; stroke < KEYSTROKES; ) {
    for (const text of TYPED) {
      await field.selectText();
      for (const key of text) {
        if (stroke++ >= KEYSTROKES) break;
        await page.keyboard.press(key);
        await pause(gap);
      }
    }
  }
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  await context.close();
  return perKeystroke(traceEvents, gap * 1000);
}

/** Sums the work of the main thread from each keydown until the next one can follow, and sorts both sums. */
function perKeystroke(events, gap_us) {
  const isKey = ({ name, args }) => name === "EventDispatch" && args.data.type === "keydown";
  const { pid, tid } = events.find(isKey);
  const here = events.filter((event) => event.pid === pid && event.tid === tid).sort((one, other) => one.ts - other.ts || other.dur - one.dur);
  const slices = curveSlices(here);
  const details = firedAfter(here, NEXT_FRAME_MS);
  const strokes = [];
  let inside = 0;
  let part = "stroke";
  for (const event of here.filter(({ ph }) => ph === "X")) {
    if (isKey(event)) {
      strokes.push({ from: event.ts, stroke: 0, details: 0, curve: 0 });
      part = "stroke";
    }
    // Of nested events only the outermost counts, except for tasks, which are mostly the inspector's.
    if (event.name === TASK || event.ts < inside) continue;
    inside = event.ts + event.dur;
    // Layout after a timer is of what the timer changed.
    if (slices.has(event)) part = "curve";
    if (details.has(event)) part = "details";
    const isOfTimer = slices.has(event) || details.has(event) || STYLE_AND_LAYOUT.includes(event.name);
    const stroke = strokes.at(-1);
    if (!stroke || event.ts >= stroke.from + gap_us || PAINTING.includes(event.name)) continue;
    stroke[isOfTimer ? part : "stroke"] += (event.tdur ?? event.dur) / 1000;
  }
  const sorted = (name) => strokes.map((stroke) => stroke[name]).sort((one, other) => one - other);
  return { stroke: sorted("stroke"), details: sorted("details") };
}

/** The events of timers that were set to fire after this time. */
function firedAfter(events, millis) {
  const installed = events.filter(({ name, args }) => name === "TimerInstall" && args.data.timeout === millis);
  const timers = new Set(installed.map(({ args }) => args.data.timerId));
  const fired = new Set(events.filter(({ name, args }) => name === "TimerFire" && timers.has(args.data.timerId)));
  if (fired.size === 0) throw new Error(`the trace has no timer of ${millis} ms`);
  return fired;
}

/** The timer events that compute the cost curve: the first after a pause in typing, and one for each further slice. */
function curveSlices(events) {
  const slices = new Set();
  const timers = new Set();
  let end = 0;
  for (const event of events) {
    const { timerId, timeout } = event.args?.data ?? {};
    if (event.name === "TimerInstall") {
      const isSlice = timeout === CURVE_PAUSE_MS || (event.ts < end && timeout <= NEXT_SLICE_MS);
      if (isSlice) timers.add(timerId);
    } else if (event.name === "TimerFire" && timers.delete(timerId)) {
      slices.add(event);
      end = event.ts + event.dur;
    }
  }
  if (slices.size === 0) throw new Error("the trace has no slice of the cost curve");
  return slices;
}

const share = (sorted, part) => sorted[Math.ceil(sorted.length * part) - 1];
const summary = (sorted) => `${share(sorted, 0.5).toFixed(1)} ms (${sorted[0].toFixed(1)} to ${sorted.at(-1).toFixed(1)})`;

const site = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROME, args: FLAGS, timeout: 60_000 });
try {
  console.log(`The main thread's work per keystroke in "Calls per year", ${ROUNDS} rounds of ${KEYSTROKES} keystrokes, Chromium ${browser.version()}:`);
  for (const { throttle, target } of RUNS) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { stroke, details } = await measure(browser, site.address, throttle);
      if (stroke.length !== KEYSTROKES) throw new Error(`the trace has ${stroke.length} keystrokes instead of ${KEYSTROKES}`);
      rounds.push({ median: share(stroke, 0.5), p95: share(stroke, 0.95), details: share(details, 0.5), detailsP95: share(details, 0.95) });
    }
    const figures = ["median", "p95", "details", "detailsP95"];
    const [median, p95, ...details] = figures.map((figure) => rounds.map((round) => round[figure]).sort((one, other) => one - other));
    const speed = throttle === 1 ? "full speed " : `${throttle}x slower  `;
    const verdict = share(p95, 0.5) <= target ? "met" : "MISSED";
    console.log(`${speed} median ${summary(median)}   95th percentile ${summary(p95)}   target ${target} ms: ${verdict}`);
    console.log(`            then the parts below: median ${summary(details[0])}   95th percentile ${summary(details[1])}`);
    if (verdict !== "met") process.exitCode = 1;
  }
} finally {
  await browser.close();
  site.stop();
}
