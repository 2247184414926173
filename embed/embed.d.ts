import type { Quote, Scenario } from "./engine.js";

/** A property that is its attribute: null where there is none. */
type Text = string | null;

/** What `callmix-ready` says. */
export interface CallmixReady {
  /** Null while there is no answer. */
  total: string | null;
  /** The address of the full calculator with the same estimate. */
  link: string;
}

/** What `callmix-change` says. */
export interface CallmixChange extends CallmixReady {
  /** As the engine takes it; null while there is no answer. */
  scenario: Scenario | null;
}

/** `<callmix-calculator>`: the compact calculator in a frame. Every attribute is a property of the same name. */
export class CallmixCalculator extends HTMLElement {
  /** "calculator" (if left out), "answer" (read-only) or "prices". */
  mode: Text;
  /** "auto" (if left out: as the host's text is), "light" or "dark". */
  theme: Text;
  /** "lazy" (if left out: shortly before it is seen) or "eager". */
  loading: Text;
  /** Where embed.html is; if left out, beside embed.js. */
  src: Text;
  /** A CSS colour for links, buttons and marks. */
  accent: Text;
  /** A length for corners, such as "4px". */
  radius: Text;
  /** Font families. */
  font: Text;
  /** The size of text, "12px" to "24px". */
  size: Text;

  // The keys of links.
  v: Text;
  get calls(): Text;
  set calls(value: string | number | null | undefined);
  get m(): Text;
  set m(value: string | number[] | null | undefined);
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
  service: Text;
  customer: Text;
  ref: Text;
  note: Text;
  until: Text;
  book: Text;
  quoted: Text;

  /** The address of the full calculator with what is shown. */
  readonly link: string;
  /** The quote of what is shown; null while there is no answer. Rejects where the calculator could not be loaded. */
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
