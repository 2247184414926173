// Waits for a state, in place of waits for a length of time.
import { setTimeout as pause } from "node:timers/promises";

import { STEP_MS } from "./limits.mjs";

/** Runs in the page, before its own scripts: counts the timers that have not fired yet. */
export function countTimers() {
  // A longer one is patience with something else, not work that is still to come.
  const PATIENCE_MS = 5_000;
  const pending = new Set();
  window.pendingTimers = pending;
  const { setTimeout: set, clearTimeout: clear } = window;
  window.setTimeout = (steps, millis, ...args) => {
    const id = set.call(
      window,
      (...args) => {
        try {
          steps(...args);
        } finally {
          // What the callback sets is counted before it is done itself.
          pending.delete(id);
        }
      },
      millis,
      ...args,
    );
    if (!(millis >= PATIENCE_MS)) pending.add(id);
    return id;
  };
  window.clearTimeout = (id) => {
    pending.delete(id);
    clear.call(window, id);
  };
}

/**
 * Waits until a page or a frame has settled: no timer is pending, so its address is written, its announcement made and
 * its curve drawn, and the last change is painted.
 */
export async function settled(frame) {
  const paint = () => frame.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  // A change starts its timers once it is rendered.
  await paint();
  await frame.waitForFunction(() => window.pendingTimers.size === 0);
  await paint();
}

/**
 * Repeats a question until its answer is true, for questions that Playwright itself cannot wait for. `what` says what was
 * waited for, or is a function that finds out.
 */
export async function until(question, what) {
  for (const deadline = Date.now() + STEP_MS; Date.now() < deadline; await pause(30)) {
    const answer = await question();
    if (answer) return answer;
  }
  throw new Error(`timed out waiting for ${typeof what === "function" ? await what() : what}`);
}
