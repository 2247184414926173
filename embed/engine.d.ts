/**
 * The engine for pages that draw their own answer. Money and other decimals are text, never numbers; calls, months and
 * slots are whole numbers.
 */

/** A decimal such as "1260.00": digits, and a point with more digits. */
export type Decimal = string;
/** One value for each month of the year. */
export type Twelve<T> = [T, T, T, T, T, T, T, T, T, T, T, T];
export type TierBasis = "billed" | "all";
export type Mode = "per_call" | "concurrent";

/** What is asked. Only `usage` is required. */
export interface Scenario {
  usage: { yearly: number } | { monthly: Twelve<number> };
  /** The first month, such as "2027-01". */
  start?: string | null;
  free_calls?: number;
  owned_packages?: { calls: number; months_left: number }[];
  /** False: calls beyond free quota and packages would fail. */
  postpaid?: boolean;
  tier_basis?: TierBasis | null;
  concurrency?: Concurrency | null;
  /** Percent off the list price, by billing mode. */
  discount?: { packages?: Decimal; postpaid?: Decimal; concurrent?: Decimal } | null;
  price_book?: PriceBook | null;
  service?: string | null;
  /** True: the quote has `insights`. */
  insights?: boolean;
}

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
  packages: { calls: number; price: Decimal }[];
  package_validity_months: number;
  refund_days?: number;
  tiers: { from: number; unit_price: Decimal }[];
  tier_basis?: TierBasis;
  concurrent: { price_per_slot_month: Decimal; max_slots: number } | null;
  links?: { buy?: string; contact?: string };
}

/** What is answered. */
export interface Quote {
  currency: string;
  total: Decimal;
  purchases: { month: number; calls: number; count: number; amount: Decimal }[];
  months: Month[];
  unused_prepaid: number;
  alternatives: Alternative[];
  price_book: { version: string; hash: string; service: string };
  /** Where slots were sized: how. README.md has the fields. */
  sizing?: Record<string, unknown>;
  /** Where the scenario asks for them. README.md has the fields. */
  insights?: Record<string, unknown>;
}

export interface Month {
  month: number;
  mode: Mode;
  calls: number;
  free: number;
  prepaid: number;
  postpaid: number;
  unit_price: Decimal | null;
  postpaid_charge: Decimal;
  slots: number;
  concurrent_charge: Decimal;
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

export interface Problem {
  /** Stable, such as "out_of_range". */
  code: string;
  /** Its place, such as "usage.monthly[3]"; empty where there is none. */
  field: string;
  /** One English sentence that says what would be right. */
  message: string;
}

/** What is wrong with a scenario; `code`, `field` and `message` are of the first problem. */
export class CallmixError extends Error {
  readonly name: "CallmixError";
  readonly code: string;
  readonly field: string;
  /** All problems, in the scenario's order. */
  readonly errors: Problem[];
}

/** The cheapest way to pay for a scenario. Rejects with a CallmixError where the scenario is not right. */
export function quote(scenario: Scenario): Promise<Quote>;

/** The scenario that a link describes: the whole address, or what follows its `#`. */
export function scenarioOf(link: string): Promise<Scenario>;
