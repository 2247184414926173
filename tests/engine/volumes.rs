//! Budgets and curves against quotes at single volumes.
//!
//! The insights look at a year at many volumes and skip those that cannot matter. Here the same is found by quoting one
//! volume after the other.

use callmix::insight::{Curve, calls_for};
use callmix::money::Decimal;
use callmix::price_book::PriceBook;
use callmix::quote::{Quote, quote};
use callmix::scenario::Pipeline;
use callmix::settlement::Mode;
use proptest::prelude::*;

use super::worlds::{More, World, worlds};

const MOST: u64 = 1_000_000_000_000;

fn quote_at(world: &World, book: &PriceBook, calls: u64) -> Option<Quote> {
    let scenario = world.scenario();
    let usage = scenario.usage().scaled_to(calls)?;
    quote(&scenario.to_builder().usage(usage).build(book).ok()?, book).ok()
}

/// Packages, postpaid, concurrent: which a plan uses. `None` without a plan.
fn kind(quote: Option<&Quote>) -> Option<[bool; 3]> {
    let quote = quote?;
    let postpaid = quote.months.iter().any(|month| month.postpaid > 0);
    let concurrent = quote.months.iter().any(|month| month.mode == Mode::Concurrent && month.calls > 0);
    Some([!quote.purchases.is_empty(), postpaid, concurrent])
}

/// The largest volume that a curve must reach: twice the given one, the first doubled volume with another kind of plan,
/// and the first with concurrent months.
fn widest(world: &World, book: &PriceBook) -> u64 {
    let given: u64 = world.usage.iter().sum();
    let anchor = if given == 0 { 1_000 } else { given };
    let given_kind = kind(quote_at(world, book, given).as_ref());
    let mut changed = None;
    let mut concurrent = if world.slots.is_none() { Some(given) } else { None };
    let mut calls = given;
    loop {
        let kind = kind(quote_at(world, book, calls).as_ref());
        if kind != given_kind {
            changed = changed.or(Some(calls));
        }
        if kind.is_none_or(|[_, _, concurrent]| concurrent) {
            concurrent = concurrent.or(Some(calls));
        }
        if calls == MOST || (changed.is_some() && concurrent.is_some()) {
            let seen = [changed, concurrent].into_iter().flatten();
            return seen.chain([2 * anchor]).max().unwrap_or(0).min(MOST);
        }
        calls = if calls == 0 { anchor } else { (2 * calls).min(MOST) };
    }
}

/// Slots cap what a year costs, so no volume costs much more than the budget: only the prices tell that all of them cost more.
#[test]
fn prices_that_rise_below_a_price_of_slots_are_skipped() {
    let world = World {
        usage: [0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        free: 0,
        owned: vec![],
        postpaid: true,
        all_basis: true,
        packages: vec![],
        tiers: vec![(0, 0), (9, 2), (11, 6)],
        slots: Some((18, [2; 12])),
        more: More::default(),
    };
    let within = |budget: u64| calls_for(&world.scenario(), &world.book(), Decimal::from(budget).into());
    assert_eq!((within(3), within(20), within(36)), (Ok(8), Ok(10), Ok(MOST)));
}

/// Checks that the found volume fits the budget, and none of the 60 above it.
fn check_budget(world: &World, budget: u64) -> Result<(), String> {
    let book = world.book();
    let budget = Decimal::from(budget).into();
    let calls = calls_for(&world.scenario(), &book, budget).map_err(|errors| format!("{errors:?}"))?;
    let fits = |calls: u64| quote_at(world, &book, calls).is_some_and(|quote| quote.total <= budget);
    if calls > 0 && !fits(calls) {
        return Err(format!("{calls} cost more"));
    }
    match (calls + 1..=(calls + 60).min(MOST)).find(|&more| fits(more)) {
        Some(more) => Err(format!("{more} fit as well as {calls}")),
        None => Ok(()),
    }
}

/// Years next to ones that cost more: one call fewer a year can be one more in a month, which then reaches a cheaper tier.
#[test]
fn the_volume_below_one_that_costs_too_much_is_not_skipped() {
    let check = |usage, free, owned, all_basis, tiers: [(u64, u64); 2], budget| {
        let more = More::default();
        let world = World { usage, free, owned, postpaid: true, all_basis, packages: vec![], tiers: tiers.to_vec(), slots: None, more };
        assert_eq!(check_budget(&world, budget), Ok(()), "{world:?}");
    };
    check([2, 0, 0, 3, 1, 0, 3, 0, 6, 0, 0, 0], 0, vec![], false, [(0, 6), (5, 3)], 75);
    check([6, 5, 0, 0, 0, 0, 0, 0, 3, 2, 0, 0], 0, vec![(3, 1)], false, [(0, 5), (8, 3)], 121);
    check([0; 12], 6, vec![(3, 1)], false, [(0, 4), (5, 1)], 111);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_larger_volume_of_a_small_year_fits_the_budget(world in worlds(), budget in 0_u64..200) {
        prop_assert_eq!(check_budget(&world, budget), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_curve_reaches_as_far_as_the_kind_changes_and_sees_every_doubling(world in worlds()) {
        let book = world.book();
        let scenario = world.scenario();
        let pipeline = Pipeline::new(&scenario, &book).expect("valid");
        let mut curve = Curve::new(scenario.usage());
        while curve.step(&pipeline) {}
        let volumes: Vec<u64> = curve.points().map(|point| point.calls).collect();
        let most = widest(&world, &book);
        prop_assert_eq!(volumes.last(), Some(&most));
        let missing = |calls: u64| volumes.binary_search(&calls).is_err();
        let even = (0..=400).map(|step| (u128::from(most) * step / 400) as u64).find(|&calls| missing(calls));
        prop_assert_eq!(even, None, "of 400 even steps");
        let given: u64 = world.usage.iter().sum();
        let least = if given == 0 { 1_000 / 32 } else { given / 32 };
        let mut top = most;
        while top > least {
            let half = top / 2;
            let step = (0..16).map(|step| half + (top - half) * step / 16).find(|&calls| missing(calls));
            prop_assert_eq!(step, None, "of 16 steps between {} and {}", half, top);
            top = half;
        }
    }
}
