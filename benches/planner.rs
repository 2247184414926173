//! Benchmarks of planning, quotes, curves and price book preparation.
//!
//! Run `cargo bench --bench planner`: it prints medians on one thread. Measured figures are in BENCHMARKS.md.

#![allow(clippy::expect_used, reason = "a benchmark may panic")]

use callmix::capacity::Concurrency;
use callmix::insight::{Curve, calls_for};
use callmix::money::Decimal;
use callmix::planner::{Orders, OwnedPackage, Slots, Task, plan};
use callmix::price_book::{PriceBook, Service, TierBasis};
use callmix::quote::quote;
use callmix::scenario::{Pipeline, Scenario};
use callmix::settlement::Postpaid;
use callmix::usage::{Profile, Usage};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const OWNED: [OwnedPackage; 2] = [OwnedPackage { calls: 350, months_left: 3 }, OwnedPackage { calls: 5_000, months_left: 8 }];

fn task<'a>(service: &'a Service, usage: &'a [u64; 12]) -> Task<'a> {
    Task {
        service,
        usage,
        free_calls: 0,
        owned: &[],
        postpaid: Postpaid::On,
        tier_basis: TierBasis::Billed,
        slots: [Slots::Unknown; 12],
        may_be_concurrent: true,
        orders: Orders::Any,
    }
}

fn months(calls: u64, profile: Profile) -> [u64; 12] {
    Usage::yearly(calls, profile).expect("within the limit").months()
}

/// An even year without slots.
#[divan::bench(args = [300, 120_000, 1_000_000, 1_000_000_000_000])]
fn even_year(bencher: Bencher<'_, '_>, calls: u64) {
    let book = PriceBook::built_in().expect("valid");
    let usage = months(calls, Profile::Even);
    let task = task(&book.services()[0], &usage);
    bencher.bench(|| plan(black_box(&task)));
}

/// An even year without slots whose packages are bought with one order.
#[divan::bench(args = [300, 120_000, 1_000_000, 1_000_000_000_000])]
fn even_year_with_one_order(bencher: Bencher<'_, '_>, calls: u64) {
    let book = PriceBook::built_in().expect("valid");
    let usage = months(calls, Profile::Even);
    let task = Task { orders: Orders::Once, ..task(&book.services()[0], &usage) };
    bencher.bench(|| plan(black_box(&task)));
}

/// A seasonal year with free quota, two owned packages and slots in every month.
#[divan::bench(args = [120_000, 1_000_000, 1_000_000_000_000])]
fn seasonal_year_with_everything(bencher: Bencher<'_, '_>, calls: u64) {
    let book = PriceBook::built_in().expect("valid");
    let usage = months(calls, Profile::Seasonal);
    let slots = [2, 3, 2, 4, 3, 5, 4, 3, 6, 5, 7, 8].map(Slots::Needed);
    let task = Task { free_calls: 1_000, owned: &OWNED, slots, ..task(&book.services()[0], &usage) };
    bencher.bench(|| plan(black_box(&task)));
}

/// Equal months whose slots cost nearly the same as their calls, so that bounds prune little.
#[divan::bench(args = [0, 2_000])]
fn equal_months_near_break_even(bencher: Bencher<'_, '_>, free_calls: u64) {
    let book = PriceBook::built_in().expect("valid");
    let usage = [3_860; 12];
    let task = Task { free_calls, owned: &OWNED, slots: [Slots::Needed(2); 12], ..task(&book.services()[0], &usage) };
    bencher.bench(|| plan(black_box(&task)));
}

/// Sizes and prices of packages.
type Sizes = fn() -> Vec<(u64, u64)>;

/// Package sizes with many sets that cost the same and have as many packages, so that the latest schedule chooses among
/// thousands of totals in every month.
const TIED_SIZES: [(&str, Sizes); 4] = [
    ("three sizes, price per call plus 1", || vec![(19_985, 19_986), (19_992, 19_993), (19_999, 20_000)]),
    ("sixteen sizes at one price", || (19_985..=20_000).map(|size| (size, 20_000)).collect()),
    ("sixteen wide sizes at one price", || (0..16).map(|step| (19_997 - 700 * step, 20_000)).collect()),
    ("sixteen wide sizes at one price per call", || (0..16).map(|step| (20_000 - 1_249 * step, 20_000 - 1_249 * step)).collect()),
];

/// An even year of 10^12 calls with tied package sizes and one tier at 2 per call.
#[divan::bench(args = TIED_SIZES.map(|(name, _)| name))]
fn tied_package_sets(bencher: Bencher<'_, '_>, name: &str) {
    let sizes = TIED_SIZES.iter().find(|(known, _)| *known == name).map(|(_, sizes)| sizes()).expect("a known name");
    let book = book_of(&sizes, &[(0, "2")]);
    let usage = months(1_000_000_000_000, Profile::Even);
    let task = task(&book.services()[0], &usage);
    bencher.bench(|| plan(black_box(&task)));
}

/// Six near-equal package sizes and 32 tiers whose unit prices alternate, so that every tier may end a run.
#[divan::bench(args = [300_000, 3_000_000])]
fn alternating_tiers(bencher: Bencher<'_, '_>, calls: u64) {
    let sizes: Vec<(u64, u64)> = (0..6).map(|step| (19_999 - 7 * step, 20_000 - 7 * step)).collect();
    let tiers: Vec<(u64, &str)> = (0..32).map(|tier| (tier * 100, if tier % 2 == 0 { "1.10" } else { "1.11" })).collect();
    let book = book_of(&sizes, &tiers);
    let usage = months(calls, Profile::Even);
    let task = task(&book.services()[0], &usage);
    bencher.bench(|| plan(black_box(&task)));
}

/// Published price books with other models: a ladder of eleven sizes up to 100,000 grains; volume tiers with free calls each
/// month and slots by number; graduated tiers with included slots.
const PUBLISHED: [&str; 3] = ["captcha", "face-recognition", "iocr"];

fn published(name: &str) -> String {
    std::fs::read_to_string(format!("tests/engine/published/{name}.json")).expect("a price book")
}

/// Reads and prepares a published price book.
#[divan::bench(args = PUBLISHED)]
fn prepare_published(bencher: Bencher<'_, '_>, name: &str) {
    let text = published(name);
    bencher.bench(|| PriceBook::from_json(black_box(&text)));
}

/// A seasonal year by a published price book, with slots that differ by month.
#[divan::bench(args = PUBLISHED)]
fn plan_published(bencher: Bencher<'_, '_>, name: &str) {
    let book = PriceBook::from_json(&published(name)).expect("valid");
    let usage = months(3_000_000, Profile::Seasonal);
    let slots = [2, 3, 12, 4, 13, 5, 14, 3, 16, 5, 17, 8].map(Slots::Needed);
    let task = Task { free_calls: 1_000, owned: &OWNED, slots, ..task(&book.services()[0], &usage) };
    bencher.bench(|| plan(black_box(&task)));
}

/// Reads and prepares sixteen sizes that are far apart and have no common divisor, with 32 tiers.
#[divan::bench]
fn prepare_wide_sizes(bencher: Bencher<'_, '_>) {
    let sizes: Vec<(u64, u64)> = (0..16).rev().map(|step| (20_000 - 1_249 * step, 20_000 - 949 * step)).collect();
    let prices: Vec<String> = (0..32).map(|tier| format!("1.{}", 99 - tier)).collect();
    let tiers: Vec<(u64, &str)> = (0..).step_by(100).zip(prices.iter().map(String::as_str)).collect();
    bencher.bench(|| book_of(black_box(&sizes), &tiers));
}

/// A price book of one service with these packages, as pairs of calls and price, and tiers, as pairs of start and price.
fn book_of(packages: &[(u64, u64)], tiers: &[(u64, &str)]) -> PriceBook {
    let packages: Vec<String> = packages.iter().map(|(calls, price)| format!(r#"{{"calls":{calls},"price":"{price}"}}"#)).collect();
    let tiers: Vec<String> = tiers.iter().map(|(from, price)| format!(r#"{{"from":{from},"unit_price":"{price}"}}"#)).collect();
    let text = format!(
        r#"{{"version":"bench","currency":"USD","services":[{{"id":"s","name":"S","package_validity_months":12,
        "packages":[{}],"tiers":[{}],"concurrent":null}}]}}"#,
        packages.join(","),
        tiers.join(",")
    );
    PriceBook::from_json(&text).expect("valid")
}

/// From a scenario to a quote, including the ledger and the strategies.
#[divan::bench(args = [300, 120_000])]
fn whole_quote(bencher: Bencher<'_, '_>, calls: u64) {
    let book = PriceBook::built_in().expect("valid");
    let scenario = Scenario::new(Usage::yearly(calls, Profile::Even).expect("within the limit"));
    bencher.bench(|| quote(black_box(&scenario), &book));
}

/// What a plan of one's own adds to a quote.
#[divan::bench]
fn whole_quote_with_a_plan_of_ones_own(bencher: Bencher<'_, '_>) {
    let book = PriceBook::built_in().expect("valid");
    let text =
        r#"{"usage":{"yearly":120000},"plan":{"purchases":[{"month":1,"calls":100000,"count":1},{"month":7,"calls":1000,"count":20}]}}"#;
    let scenario = Scenario::from_json(text, &book).expect("valid");
    bencher.bench(|| quote(black_box(&scenario), &book));
}

/// Calls a year, and whether slots are sized for live traffic.
const CURVES: [(u64, bool); 3] = [(300, false), (120_000, false), (120_000, true)];

/// A complete curve, with every point planned and followed: an even year, or a seasonal one sized for live traffic.
#[divan::bench(args = CURVES)]
fn curve(bencher: Bencher<'_, '_>, (calls, live): (u64, bool)) {
    let book = PriceBook::built_in().expect("valid");
    let sized =
        r#"{"usage":{"yearly":1},"concurrency":{"live":{"seconds_per_call":"60","busy_hour_share":"0.005","accepted_failure":"0.01"}}}"#;
    let sized = Scenario::from_json(sized, &book).expect("valid");
    let usage = Usage::yearly(calls, if live { Profile::Seasonal } else { Profile::Even }).expect("within the limit");
    let concurrency = sized.concurrency().copied().filter(|_| live);
    let scenario = Scenario::builder(usage).concurrency(concurrency).build(&book).expect("valid");
    let pipeline = Pipeline::new(&scenario, &book).expect("valid");
    bencher.bench(|| {
        let mut curve = Curve::new(scenario.usage());
        while curve.step(black_box(&pipeline)) {}
        curve
    });
}

/// The calls that a budget buys.
#[divan::bench(args = [1_260, 350_000, 86_399])]
fn calls_for_budget(bencher: Bencher<'_, '_>, budget: u64) {
    let book = PriceBook::built_in().expect("valid");
    let usage = Usage::yearly(300, Profile::Even).expect("within the limit");
    let concurrency = (budget == 86_399).then_some(Concurrency::Slots([1; 12]));
    let scenario = Scenario::builder(usage).concurrency(concurrency).build(&book).expect("valid");
    bencher.bench(|| calls_for(black_box(&scenario), &book, Decimal::from(budget).into()));
}

/// Validation and preparation of the built-in price book.
#[divan::bench]
fn built_in_price_book() -> PriceBook {
    PriceBook::built_in().expect("valid")
}
