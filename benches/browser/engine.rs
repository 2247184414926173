//! How long does the engine take in a browser, and does it count the same there?
//!
//! The tasks of `benches/planner.rs`, exported to `benches/browser/run.mjs`, which times them in batches; and Erlang B,
//! whose bits `tests/browser/erlang.test.mjs` compares with those of the native engine.

#![allow(clippy::expect_used, reason = "a benchmark may end with a panic")]

use std::hint::black_box;

use callmix::insight::{Curve, Insights, calls_for};
use callmix::money::Decimal;
use callmix::planner::{OwnedPackage, Slots, Task, plan};
use callmix::price_book::{PriceBook, TierBasis};
use callmix::scenario::{Priced, Scenario};
use callmix::settlement::Postpaid;
use callmix::usage::{Profile, Usage};
use wasm_bindgen::prelude::wasm_bindgen;

const OWNED: [OwnedPackage; 2] = [OwnedPackage { calls: 350, months_left: 3 }, OwnedPackage { calls: 5_000, months_left: 8 }];

fn main() {}

/// Plans a year of `calls` calls `times` times: `even`, or `seasonal` with free quota, owned packages and slots.
#[wasm_bindgen]
pub fn run(shape: &str, calls: f64, times: u32) {
    let book = PriceBook::built_in().expect("valid");
    let seasonal = shape == "seasonal";
    let profile = if seasonal { Profile::Seasonal } else { Profile::Even };
    let usage = Usage::yearly(calls as u64, profile).expect("within the limit").months();
    let task = Task {
        service: &book.services()[0],
        usage: &usage,
        free_calls: if seasonal { 1_000 } else { 0 },
        owned: if seasonal { &OWNED } else { &[] },
        postpaid: Postpaid::On,
        tier_basis: TierBasis::Billed,
        slots: if seasonal { [2, 3, 2, 4, 3, 5, 4, 3, 6, 5, 7, 8].map(Slots::Needed) } else { [Slots::Unknown; 12] },
    };
    for _ in 0..times {
        black_box(plan(black_box(&task)));
    }
}

/// An even year without slots, or a seasonal one sized for live traffic.
fn scenario(shape: &str, calls: f64, book: &PriceBook) -> Scenario {
    let live = r#""concurrency":{"live":{"seconds_per_call":"60","busy_hour_share":"0.005","accepted_failure":"0.01"}}"#;
    let mut scenario = Scenario::from_json(&format!(r#"{{"usage":{{"yearly":{calls}}},{live}}}"#), book).expect("valid");
    if shape == "seasonal" {
        scenario.usage = Usage::yearly(calls as u64, Profile::Seasonal).expect("within the limit");
    } else {
        scenario.concurrency = None;
    }
    scenario
}

fn finished_curve(priced: &Priced<'_>) -> Curve {
    let mut curve = Curve::new(&priced.scenario.usage);
    while curve.step(priced) {}
    curve
}

/// Draws whole curves; how many points one has.
#[wasm_bindgen]
pub fn curve(shape: &str, calls: f64, times: u32) -> u32 {
    let book = PriceBook::built_in().expect("valid");
    let scenario = scenario(shape, calls, &book);
    let priced = Priced::new(&scenario, &book).expect("valid");
    (0..times).map(|_| finished_curve(&priced).points().count() as u32).last().unwrap_or(0)
}

/// Explains an answer, once its curve is drawn.
#[wasm_bindgen]
pub fn insights(shape: &str, calls: f64, times: u32) {
    let book = PriceBook::built_in().expect("valid");
    let scenario = scenario(shape, calls, &book);
    let priced = Priced::new(&scenario, &book).expect("valid");
    let curve = finished_curve(&priced);
    for _ in 0..times {
        black_box(Insights::of(black_box(&priced), &curve)).expect("an answer");
    }
}

/// Asks what a budget buys.
#[wasm_bindgen]
pub fn budget(shape: &str, amount: f64, times: u32) -> f64 {
    let book = PriceBook::built_in().expect("valid");
    let scenario = scenario(shape, 1.0, &book);
    let budget = Decimal::from(amount as u64).into();
    (0..times).map(|_| calls_for(&scenario, &book, budget).expect("an answer")).last().unwrap_or(0) as f64
}

/// The bits of Erlang B, in hexadecimal.
#[wasm_bindgen]
pub fn erlang_b_bits(load: f64, servers: f64) -> String {
    format!("{:016x}", callmix::capacity::erlang_b(load, servers as u64).to_bits())
}

/// Reads and prepares the built-in price book `times` times.
#[wasm_bindgen]
pub fn prepare(times: u32) {
    for _ in 0..times {
        black_box(PriceBook::built_in().expect("valid"));
    }
}
