//! How long does planning take in a browser?
//!
//! The tasks of `benches/planner.rs`, exported to `benches/browser/run.mjs`, which times them in batches.

#![allow(clippy::expect_used, reason = "a benchmark may end with a panic")]

use std::hint::black_box;

use callmix::planner::{OwnedPackage, Slots, Task, plan};
use callmix::price_book::{PriceBook, TierBasis};
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
        service: &book.services[0],
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

/// Reads and prepares the built-in price book `times` times.
#[wasm_bindgen]
pub fn prepare(times: u32) {
    for _ in 0..times {
        black_box(PriceBook::built_in().expect("valid"));
    }
}
