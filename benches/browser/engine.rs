//! The engine's benchmarks in a browser, as a WebAssembly module.
//!
//! Exports the tasks of `benches/planner.rs` to `benches/browser/run.mjs`, which times them in batches. Also exports the
//! blocking probability, which `tests/browser/erlang.test.mjs` compares bit by bit with the native engine's.

#![allow(clippy::expect_used, reason = "a benchmark may panic")]

use std::hint::black_box;

use callmix::insight::{Curve, Insights, calls_for};
use callmix::money::Decimal;
use callmix::planner::{Orders, OwnedPackage, Slots, Task, plan};
use callmix::price_book::{PriceBook, TierBasis};
use callmix::scenario::{Pipeline, Scenario};
use callmix::settlement::Postpaid;
use callmix::usage::{Profile, Usage};
use wasm_bindgen::prelude::wasm_bindgen;

const OWNED: [OwnedPackage; 2] = [OwnedPackage { calls: 350, months_left: 3 }, OwnedPackage { calls: 5_000, months_left: 8 }];

fn main() {}

/// Plans a year of `calls` calls, `times` times. The shape is `even`, or `seasonal` with free quota, owned packages and
/// slots.
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
        may_be_concurrent: true,
        orders: Orders::Any,
    };
    for _ in 0..times {
        black_box(plan(black_box(&task)));
    }
}

/// An even year without slots, or a seasonal year sized for live traffic.
fn scenario(shape: &str, calls: f64, book: &PriceBook) -> Scenario {
    let live = r#""concurrency":{"live":{"seconds_per_call":"60","busy_hour_share":"0.005","accepted_failure":"0.01"}}"#;
    let scenario = Scenario::from_json(&format!(r#"{{"usage":{{"yearly":{calls}}},{live}}}"#), book).expect("valid");
    let builder = match shape {
        "seasonal" => scenario.to_builder().usage(Usage::yearly(calls as u64, Profile::Seasonal).expect("within the limit")),
        _ => scenario.to_builder().concurrency(None),
    };
    builder.build(book).expect("valid")
}

fn complete_curve(pipeline: &Pipeline<'_>) -> Curve {
    let mut curve = Curve::new(pipeline.scenario.usage());
    while curve.step(pipeline) {}
    curve
}

/// Computes complete curves and returns the number of points of one.
#[wasm_bindgen]
pub fn curve(shape: &str, calls: f64, times: u32) -> u32 {
    let book = PriceBook::built_in().expect("valid");
    let scenario = scenario(shape, calls, &book);
    let pipeline = Pipeline::new(&scenario, &book).expect("valid");
    (0..times).map(|_| complete_curve(&pipeline).points().count() as u32).last().unwrap_or(0)
}

/// Computes the insights of a year whose curve is complete.
#[wasm_bindgen]
pub fn insights(shape: &str, calls: f64, times: u32) {
    let book = PriceBook::built_in().expect("valid");
    let scenario = scenario(shape, calls, &book);
    let pipeline = Pipeline::new(&scenario, &book).expect("valid");
    let curve = complete_curve(&pipeline);
    for _ in 0..times {
        black_box(Insights::of(black_box(&pipeline), &curve)).expect("an answer");
    }
}

/// Computes the calls that a budget buys.
#[wasm_bindgen]
pub fn budget(shape: &str, amount: f64, times: u32) -> f64 {
    let book = PriceBook::built_in().expect("valid");
    let scenario = scenario(shape, 1.0, &book);
    let budget = Decimal::from(amount as u64).into();
    (0..times).map(|_| calls_for(&scenario, &book, budget).expect("an answer")).last().unwrap_or(0) as f64
}

/// The bits of the blocking probability, in hexadecimal.
#[wasm_bindgen]
pub fn erlang_b_bits(load: f64, servers: f64) -> String {
    format!("{:016x}", callmix::capacity::erlang_b(load, servers as u64).to_bits())
}

/// Validates and prepares the built-in price book, `times` times.
#[wasm_bindgen]
pub fn prepare(times: u32) {
    for _ in 0..times {
        black_box(PriceBook::built_in().expect("valid"));
    }
}
