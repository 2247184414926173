//! Benchmarks of estimates of several services: one group with uneven months whose slots cost about as much as the calls do
//! otherwise, so that bounds prune little.
//!
//! Run `cargo bench --bench estimates`: it prints medians on one thread. Measured figures are in BENCHMARKS.md.

#![allow(clippy::expect_used, reason = "a benchmark may panic")]

use callmix::estimate::{JointEstimate, quote};
use callmix::price_book::PriceBook;
use divan::{Bencher, black_box};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

/// Calls by month, different for every service.
fn months(service: u64, base: u64) -> [u64; 12] {
    std::array::from_fn(|month| base + base * ((7 * month as u64 + 5 * service) % 12) / 10 + 13 * service + month as u64)
}

/// The ladder of the built-in price book.
fn ladder() -> Vec<Value> {
    [(100, "420"), (1_000, "3800"), (10_000, "37000"), (100_000, "350000")]
        .map(|(calls, price)| json!({"calls": calls, "price": price}))
        .into()
}

/// Six sizes of nearly 20,000 calls, at about 1 per call.
fn near_equal_sizes() -> Vec<Value> {
    (0..6).map(|step| json!({"calls": 19_999 - 7 * step, "price": (20_000 - 7 * step).to_string()})).collect()
}

fn tiers(number: u64) -> Vec<Value> {
    match number {
        4 => [(0, "4.8"), (100, "4.2"), (1_000, "3.8"), (10_000, "3.5")]
            .map(|(from, price)| json!({"from": from, "unit_price": price}))
            .into(),
        _ => (0..number).map(|tier| json!({"from": tier * 97, "unit_price": if tier % 2 == 0 { "1.10" } else { "1.11" }})).collect(),
    }
}

/// An estimate of `number` services of one group, and its price book. Given slots cost so many tenths for each call.
fn estimate(number: u64, packages: &[Value], tiers: &[Value], free_calls: u64, sizing: &str, tenths: u64) -> (JointEstimate, PriceBook) {
    let service = |service: u64| {
        json!({"id": format!("s{service}"), "name": "S", "group": "g", "packages": packages, "package_validity_months": 12,
            "tiers": tiers, "concurrent": {"price_per_slot_month": "200", "max_slots": 100_000}})
    };
    let services: Vec<Value> = (0..number).map(service).collect();
    let book = json!({"version": "bench", "currency": "USD", "services": services});
    let line = |service: u64| {
        json!({"service": format!("s{service}"), "usage": {"monthly": months(service, 400 + 90 * service)}, "free_calls": free_calls * service,
            "owned_packages": if free_calls > 0 { json!([{"calls": 350, "months_left": 3}, {"calls": 900, "months_left": 8}]) } else { json!([]) },
            "seconds_per_call": "60", "busy_hour_share": "0.02"})
    };
    let slots: Vec<u64> = (0..12)
        .map(|month| {
            (0..number).map(|service| months(service, 400 + 90 * service)[month]).sum::<u64>() * tenths / 10 / 200 + (month as u64) % 2
        })
        .collect();
    let rule = match sizing {
        "given" => json!({"slots": slots}),
        "queued" => json!({"queued": {"busy_hours_per_month": "1.1", "target_utilisation": "0.8"}}),
        _ => json!({"live": {"accepted_failure": "0.01"}}),
    };
    let asked = json!({"services": (0..number).map(line).collect::<Vec<_>>(), "groups": {"g": rule}});
    let book = PriceBook::from_json(&book.to_string()).expect("valid");
    (JointEstimate::from_json(&asked.to_string(), &book).expect("valid"), book)
}

/// Twelve uneven months with given slots, without and with free calls and owned packages.
#[divan::bench(args = [(1, 0), (3, 0), (3, 250), (10, 0), (10, 250), (20, 250)], sample_count = 20)]
fn grouped(bencher: Bencher<'_, '_>, (number, free_calls): (u64, u64)) {
    let (asked, book) = estimate(number, &ladder(), &tiers(4), free_calls, "given", 39);
    bencher.bench(|| quote(black_box(&asked), &book).expect("a plan"));
}

/// The same, with sized slots.
#[divan::bench(args = [(3, "queued"), (3, "live"), (10, "live")], sample_count = 20)]
fn sized(bencher: Bencher<'_, '_>, (number, sizing): (u64, &str)) {
    let (asked, book) = estimate(number, &ladder(), &tiers(4), 100, sizing, 39);
    bencher.bench(|| quote(black_box(&asked), &book).expect("a plan"));
}

/// Six near-equal package sizes and 32 tiers whose prices alternate.
#[divan::bench(args = [(3, 0), (3, 250), (20, 250)], sample_count = 5)]
fn alternating_tiers(bencher: Bencher<'_, '_>, (number, free_calls): (u64, u64)) {
    let (asked, book) = estimate(number, &near_equal_sizes(), &tiers(32), free_calls, "given", 11);
    bencher.bench(|| quote(black_box(&asked), &book).expect("a plan"));
}
