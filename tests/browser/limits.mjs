// Time limits of the browser tests. They only end tests that hang, so each is many times what a slow, busy machine needs.

/** One step: an action, or waiting for a state. */
export const STEP_MS = 60_000;

/** Starting a browser, its driver or a screen. */
export const LAUNCH_MS = 120_000;

/** A whole file of tests. */
export const FILE_MS = 20 * 60_000;
