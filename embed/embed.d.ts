import type { Quote, Scenario } from "./engine.js";

/** A property that reflects its attribute: null if the attribute is missing. */
type Text = string | null;

/** `detail` of `callmix-ready`. */
export interface CallmixReady {
  /** The year's total, for example "1260.00"; null if there is no answer. */
  total: string | null;
  /** Address of the full calculator with the same estimate. */
  link: string;
}

/** `detail` of `callmix-change`. */
export interface CallmixChange extends CallmixReady {
  /** The scenario in the engine's format; null if there is no answer. */
  scenario: Scenario | null;
}

/** `detail` of `error`, which does not bubble: the calculator cannot load, and the element's own content is shown. */
export interface CallmixFailure {
  /** What failed, for developers. */
  reason: string;
}

/** `<callmix-calculator>`: the compact calculator in a frame. Every attribute is also a property of the same name. */
export class CallmixCalculator extends HTMLElement {
  /** "calculator" (default), "answer" (read-only) or "prices". */
  mode: Text;
  /** "auto" (default: follows the host's text colour), "light" or "dark". */
  theme: Text;
  /** "lazy" (default: loads shortly before it scrolls into view) or "eager". */
  loading: Text;
  /** Address of embed.html; by default next to embed.js. */
  src: Text;
  /** A CSS colour for links, buttons and marks. */
  accent: Text;
  /** Corner radius, for example "4px". */
  radius: Text;
  /** CSS font families. */
  font: Text;
  /** Text size, "12px" to "24px". */
  size: Text;

  // Link keys.
  v: Text;
  get calls(): Text;
  set calls(value: string | number | null | undefined);
  get m(): Text;
  set m(value: string | number[] | null | undefined);
  /** `growing`, `seasonal`, or peaks such as `peaks,40,11,12`: 40 percent of the calls in months 11 and 12. */
  profile: Text;
  start: Text;
  get free(): Text;
  set free(value: string | number | null | undefined);
  owned: Text;
  postpaid: Text;
  tier: Text;
  get slots(): Text;
  set slots(value: string | number | number[] | null | undefined);
  queued: Text;
  live: Text;
  discount: Text;
  /** `once` buys packages at the start of month 1 alone. */
  orders: Text;
  /** Purchases of a plan of one's own, such as `1:1000x2`. */
  buy: Text;
  /** Concurrent months of that plan, such as `7,8`. */
  conc: Text;
  /** Seconds per call, where `queued` or `live` does not say them, such as `60`. */
  secs: Text;
  /** Calls of the busiest hour, where `live` does not say them, such as `500` or `0.5%`. */
  busy: Text;
  service: Text;
  customer: Text;
  by: Text;
  ref: Text;
  note: Text;
  until: Text;
  budget: Text;
  book: Text;
  quoted: Text;

  /** Address of the full calculator with the current estimate. */
  readonly link: string;
  /** Resolves to the quote of the current estimate, or null if there is none. Rejects if the calculator cannot load. */
  getQuote(): Promise<Quote | null>;
}

declare global {
  interface HTMLElementTagNameMap {
    "callmix-calculator": CallmixCalculator;
  }
  interface HTMLElementEventMap {
    "callmix-ready": CustomEvent<CallmixReady>;
    "callmix-change": CustomEvent<CallmixChange>;
  }
}
