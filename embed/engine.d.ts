/**
 * Types of the engine's JavaScript module. Money and other decimals are strings, never numbers; calls, months and slots
 * are whole numbers.
 */

/** A decimal as a string, for example "1260.00". */
export type Decimal = string;
/** One value for each month of the year. */
export type Twelve<T> = [T, T, T, T, T, T, T, T, T, T, T, T];
export type TierBasis = "billed" | "all";
/** "volume": all calls or slots have the price of the tier that is reached. "graduated": each has the price of its place. */
export type TierMode = "volume" | "graduated";
/** When packages may be bought: in any month, or once, in month 1. */
export type Orders = "any" | "once";
export type Mode = "per_call" | "concurrent";
/** Calls of a year, spread evenly, or of each month. */
export type Usage = { yearly: number } | { monthly: Twelve<number> };

/** The input of a quote. Only `usage` is required. */
export interface Scenario {
  /** Of the service, or of each of its APIs, by id. */
  usage: Usage | { apis: Record<string, Usage> };
  /** First month, for example "2027-01". */
  start?: string | null;
  free_calls?: number;
  owned_packages?: { calls: number; months_left: number }[];
  /** If false, calls beyond the free quota and packages fail. */
  postpaid?: boolean;
  orders?: Orders;
  /** A plan of one's own, priced beside the cheapest. */
  plan?: { purchases?: { month: number; calls: number; count: number }[]; concurrent_months?: number[] } | null;
  tier_basis?: TierBasis | null;
  concurrency?: Concurrency | null;
  /** Percentage off the list price, by billing mode. */
  discount?: { packages?: Decimal; postpaid?: Decimal; concurrent?: Decimal } | null;
  price_book?: PriceBook | null;
  service?: string | null;
  /** If true, the quote includes `insights`. */
  insights?: boolean;
}

/** The input of a quote of several services. Only `services` is required. */
export interface Estimate {
  /** One to twenty, each another service of the price book. */
  services: Line[];
  /** What each API group needs, by its name, or by the id of a service without a group. */
  groups?: Record<string, GroupNeed | null> | null;
  start?: string | null;
  postpaid?: boolean;
  orders?: Orders;
  price_book?: PriceBook | null;
  insights?: boolean;
}

/** One service of an estimate. */
export interface Line {
  service?: string | null;
  usage: Scenario["usage"];
  free_calls?: number;
  owned_packages?: { calls: number; months_left: number }[];
  tier_basis?: TierBasis | null;
  discount?: Scenario["discount"];
  /** What a plan of one's own buys for the service. */
  plan?: { purchases?: { month: number; calls: number; count: number }[] } | null;
  /** Needed if the slots of its group are sized. */
  seconds_per_call?: Decimal;
  /** One of the two is needed for live traffic. */
  busy_hour_calls?: Decimal;
  busy_hour_share?: Decimal;
}

/** The slots of a group, or how to size them, and the concurrent months of a plan of one's own. */
export type GroupNeed = { concurrent_months?: number[] } & (
  | { slots?: number | Twelve<number> }
  | { queued: { busy_hours_per_month: Decimal; target_utilisation: Decimal } }
  | { live: { accepted_failure: Decimal } }
);

export type Concurrency =
  | { slots: number | Twelve<number> }
  | { queued: { seconds_per_call: Decimal; busy_hours_per_month: Decimal; target_utilisation: Decimal } }
  | { live: { seconds_per_call: Decimal; busy_hour_calls: Decimal; accepted_failure: Decimal } }
  | { live: { seconds_per_call: Decimal; busy_hour_share: Decimal; accepted_failure: Decimal } };

export interface PriceBook {
  version: string;
  currency: string;
  source?: string;
  services: Service[];
}

export interface Service {
  id: string;
  name: string;
  group?: string;
  /** What the service counts, if not calls. */
  unit?: { one: string; many: string };
  /** APIs whose calls use up units of the service. */
  apis?: { id: string; name: string; units_per_call: number }[];
  packages: { calls: number; price: Decimal }[];
  package_validity_months: number;
  refund_days?: number;
  tiers: { from: number; unit_price: Decimal }[];
  /** How many calls a unit price is for: 1, 10, … 1,000,000. */
  price_per?: number;
  tier_mode?: TierMode;
  tier_basis?: TierBasis;
  free_calls_per_month?: number;
  concurrent: SlotPrices | null;
  /** How many calls at once per-call billing includes; any number if left out. */
  included_slots?: number;
  add_on_slots?: SlotPrices;
  links?: { buy?: string; contact?: string };
}

export type SlotPrices =
  | { price_per_slot_month: Decimal; max_slots: number }
  | { tiers: { from: number; price_per_slot_month: Decimal }[]; tier_mode?: TierMode; max_slots: number };

/** The recommended plan and its cost. */
export interface Quote {
  currency: string;
  total: Decimal;
  /** The total without the scenario's discounts, if any apply. */
  list_price?: ListPrice;
  purchases: Purchase[];
  months: Month[];
  unused_prepaid: number;
  alternatives: Alternative[];
  price_book: { version: string; hash: string; service: string };
  /** What the scenario's own plan costs, if it has one. `difference` is null if calls fail. */
  own_plan?: {
    total: Decimal;
    list_price?: ListPrice;
    difference: Decimal | null;
    failing_calls: number;
    purchases: Purchase[];
    months: (Month & { failing_calls: number })[];
    unused_prepaid: number;
  };
  /** How slots were sized, if the scenario asked for sizing. README.md lists the fields. */
  sizing?: Record<string, unknown>;
  /** Included if the scenario sets `insights`. README.md lists the fields. */
  insights?: Record<string, unknown>;
}

/** The same plan at list prices, what the discounts take off, and its months at list prices. */
export interface ListPrice {
  total: Decimal;
  discount: Decimal;
  months: Twelve<Decimal>;
}

/** The recommended plan of several services and its cost. Subtotals and the totals of groups sum to `total`. */
export interface EstimateQuote {
  currency: string;
  total: Decimal;
  services: {
    service: string;
    name: string;
    subtotal: Decimal;
    purchases: Purchase[];
    months: Omit<Month, "slots" | "concurrent_charge">[];
    unused_prepaid: number;
    alternatives: (Omit<Alternative, "reason"> & { reason?: Alternative["reason"] | "chosen_per_call" })[];
  }[];
  groups: {
    group: string;
    services: string[];
    total: Decimal;
    months: { month: number; mode: Mode; slots: number; charge: Decimal }[];
    /** How slots were sized, and how many sharing them saves; null if they were given or are not known. README.md lists the fields. */
    sizing: Record<string, unknown> | null;
  }[];
  alternatives: Alternative[];
  price_book: { version: string; hash: string };
  /** Included if the estimate has a plan of its own. README.md lists the fields. */
  own_plan?: Record<string, unknown>;
  /** Included if the estimate sets `insights`. README.md lists the fields. */
  insights?: Record<string, unknown>;
}

export interface Purchase {
  month: number;
  calls: number;
  count: number;
  amount: Decimal;
}

export interface Month {
  month: number;
  mode: Mode;
  calls: number;
  free: number;
  /** How many of these are the month's own, if the service has free calls each month. */
  free_monthly?: number;
  prepaid: number;
  postpaid: number;
  /** Null if no call is postpaid, or several prices apply. */
  unit_price: Decimal | null;
  /** The postpaid calls at each price, if there are any. */
  postpaid_rates?: { calls: number; unit_price: Decimal }[];
  postpaid_charge: Decimal;
  slots: number;
  concurrent_charge: Decimal;
  /** Slots beyond the included ones, if the service includes a number of slots. */
  add_on_slots?: number;
  add_on_charge?: Decimal;
  package_charge: Decimal;
  charge: Decimal;
  prepaid_left: number;
  expired: number;
}

export interface Alternative {
  strategy: "packages_only" | "postpaid_only" | "concurrent_only";
  total: Decimal | null;
  reason?: "postpaid_off" | "not_offered" | "slots_unknown" | "slots_above_maximum";
}

export interface ValidationError {
  /** Stable error code, for example "out_of_range". */
  code: string;
  /** Path of the invalid field, for example "usage.monthly[3]"; empty if the error concerns the whole scenario. */
  field: string;
  /** One English sentence that says what to enter. */
  message: string;
}

/** An invalid scenario; `code`, `field` and `message` describe the first error. */
export class CallmixError extends Error {
  readonly name: "CallmixError";
  readonly code: string;
  readonly field: string;
  /** All errors, in the order of the scenario's fields. */
  readonly errors: ValidationError[];
}

/** Returns the cheapest plan for a scenario. Rejects with a CallmixError if the scenario is invalid. */
export function quote(scenario: Scenario): Promise<Quote>;
/** Returns the cheapest plan for several services together. */
export function quote(estimate: Estimate): Promise<EstimateQuote>;

/** The scenario of a link, given as the whole address or only the part after `#`. */
export function scenarioOf(link: string): Promise<Scenario>;
