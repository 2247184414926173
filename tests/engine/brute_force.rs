//! Is the plan the cheapest, and of the cheapest the one that the ties ask for?
//!
//! A search of its own, sharing no planning or settling code with the engine: month by month it tries both modes and
//! every set of packages that could still be used, and settles with a ledger of its own. Small years only, with every
//! feature switched on at random and prices chosen so that ties are common.

use std::collections::HashMap;

use callmix::capacity::Concurrency;
use callmix::planner::OwnedPackage;
use callmix::price_book::{PriceBook, TierBasis};
use callmix::problem::ErrorKind;
use callmix::quote::{Quote, quote};
use callmix::scenario::Scenario;
use callmix::settlement::{Mode, Postpaid};
use callmix::usage::Usage;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

/// A small world, in whole currency units.
#[derive(Debug, Clone)]
pub struct World {
    pub usage: [u64; 12],
    pub free: u64,
    pub owned: Vec<(u64, u32)>,
    pub postpaid: bool,
    pub all_basis: bool,
    pub packages: Vec<(u64, u64)>,
    pub tiers: Vec<(u64, u64)>,
    /// Price and slots by month; no concurrent billing, or no slots known, where `None`.
    pub slots: Option<(u64, [u64; 12])>,
}

const MAX_SLOTS: u64 = 3;

impl World {
    pub fn book(&self) -> PriceBook {
        let packages: Vec<String> =
            self.packages.iter().map(|(calls, price)| format!(r#"{{"calls":{calls},"price":"{price}"}}"#)).collect();
        let tiers: Vec<String> = self.tiers.iter().map(|(from, price)| format!(r#"{{"from":{from},"unit_price":"{price}"}}"#)).collect();
        let concurrent = match self.slots {
            Some((price, _)) => format!(r#"{{"price_per_slot_month":"{price}","max_slots":{MAX_SLOTS}}}"#),
            None if self.packages.is_empty() && self.tiers.is_empty() => r#"{"price_per_slot_month":"1","max_slots":1}"#.into(),
            None => "null".into(),
        };
        let text = format!(
            r#"{{"version":"test","currency":"USD","services":[{{"id":"s","name":"S","package_validity_months":12,
                "packages":[{}],"tiers":[{}],"concurrent":{concurrent}}}]}}"#,
            packages.join(","),
            tiers.join(",")
        );
        PriceBook::from_json(&text).expect("a valid book")
    }

    pub fn scenario(&self) -> Scenario {
        let owned: Vec<_> = self.owned.iter().map(|&(calls, months_left)| OwnedPackage { calls, months_left }).collect();
        Scenario::builder(Usage::monthly(self.usage).expect("a small year"))
            .free_calls(self.free)
            .owned_packages(&owned)
            .postpaid(if self.postpaid { Postpaid::On } else { Postpaid::Off })
            .tier_basis(Some(if self.all_basis { TierBasis::All } else { TierBasis::Billed }))
            .concurrency(self.slots.map(|(_, slots)| Concurrency::Slots(slots)))
            .build(&self.book())
            .expect("valid")
    }
}

/// Total, money for packages, changes of mode, packages, and package-months counted negative: less is better.
type Score = (u64, u64, u32, u64, i64);

#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    month: usize,
    free: u64,
    owned: Vec<(u64, u32)>,
    bought: u64,
    concurrent: bool,
}

#[derive(Clone, Copy)]
pub struct Allowed {
    pub buying: bool,
    pub postpaid: bool,
    pub per_call: bool,
    pub concurrent: bool,
}

pub const EVERYTHING: Allowed = Allowed { buying: true, postpaid: true, per_call: true, concurrent: true };

pub struct BruteForce<'a> {
    world: &'a World,
    allowed: Allowed,
    seen: HashMap<State, Option<Score>>,
}

impl<'a> BruteForce<'a> {
    pub fn best(world: &'a World, allowed: Allowed) -> Option<Score> {
        let start = State { month: 0, free: world.free, owned: world.owned.clone(), bought: 0, concurrent: false };
        BruteForce { world, allowed, seen: HashMap::new() }.from(start)
    }

    fn from(&mut self, state: State) -> Option<Score> {
        if state.month == 12 {
            return Some((0, 0, 0, 0, 0));
        }
        if let Some(known) = self.seen.get(&state) {
            return *known;
        }
        let calls = self.world.usage[state.month];
        let mut best: Option<Score> = None;
        let mut keep = |score: Option<Score>| best = best.into_iter().chain(score).min();
        if calls == 0 {
            keep(self.after(&state, state.free, state.owned.clone(), state.bought, state.concurrent));
        } else {
            if self.allowed.concurrent
                && let Some((price, slots)) = self.world.slots
                && slots[state.month] <= MAX_SLOTS
            {
                let later = self.after(&state, state.free, state.owned.clone(), state.bought, true);
                keep(later.map(|score| add(score, price * slots[state.month], 0, u32::from(!state.concurrent), 0, 0)));
            }
            if self.allowed.per_call {
                // A package bought while the balance covers all that is left of the year is never touched.
                let remaining: u64 = self.world.usage[state.month..].iter().sum();
                let mut sets = vec![(0, 0, 0, 0)];
                let mut next = 0;
                while next < sets.len() {
                    let (bought, paid, count, from) = sets[next];
                    next += 1;
                    keep(self.per_call(&state, bought, paid, count));
                    if self.allowed.buying && state.bought + bought < remaining {
                        for (size, &(calls, price)) in self.world.packages.iter().enumerate().skip(from) {
                            sets.push((bought + calls, paid + price, count + 1, size));
                        }
                    }
                }
            }
        }
        self.seen.insert(state, best);
        best
    }

    fn per_call(&mut self, state: &State, bought: u64, paid: u64, count: u64) -> Option<Score> {
        let calls = self.world.usage[state.month];
        let free = calls.min(state.free);
        let mut rest = calls - free;
        let mut owned = state.owned.clone();
        owned.sort_by_key(|&(_, left)| left);
        for (left, months_left) in &mut owned {
            let taken = if *months_left as usize > state.month { rest.min(*left) } else { 0 };
            *left -= taken;
            rest -= taken;
        }
        let balance = state.bought + bought;
        let taken = rest.min(balance);
        rest -= taken;
        let mut charge = 0;
        if rest > 0 {
            if !self.world.postpaid || !self.allowed.postpaid {
                return None;
            }
            let reached_by = if self.world.all_basis { calls } else { rest };
            let (_, price) = self.world.tiers.iter().filter(|(from, _)| *from <= reached_by).max()?;
            charge = rest * price;
        }
        let later = self.after(state, state.free - free, owned, balance - taken, false)?;
        let month_count = (state.month as i64 + 1) * count as i64;
        Some(add(later, charge, paid, u32::from(state.concurrent), count, month_count))
    }

    fn after(&mut self, state: &State, free: u64, mut owned: Vec<(u64, u32)>, bought: u64, concurrent: bool) -> Option<Score> {
        owned.retain(|&(left, months_left)| left > 0 && months_left as usize > state.month + 1);
        self.from(State { month: state.month + 1, free, owned, bought, concurrent })
    }
}

fn add(score: Score, charge: u64, packages: u64, switches: u32, count: u64, month_count: i64) -> Score {
    (score.0 + charge + packages, score.1 + packages, score.2 + switches, score.3 + count, score.4 - month_count)
}

/// The same score, read off the engine's quote.
fn score_of(quote: &Quote) -> Score {
    let whole = |money: &dyn ToString| money.to_string().strip_suffix(".00").expect("whole prices").parse::<u64>().expect("a number");
    let mut switches = 0;
    let mut before = Mode::PerCall;
    for month in &quote.months {
        switches += u32::from(month.mode != before);
        before = month.mode;
    }
    (
        whole(&quote.total),
        quote.purchases.iter().map(|purchase| whole(&purchase.amount)).sum(),
        switches,
        quote.purchases.iter().map(|purchase| purchase.count).sum(),
        -quote.purchases.iter().map(|purchase| i64::from(purchase.month) * purchase.count as i64).sum::<i64>(),
    )
}

#[track_caller]
fn check(world: &World) {
    let best = BruteForce::best(world, EVERYTHING);
    let answer = quote(&world.scenario(), &world.book());
    match (best, &answer) {
        (Some(best), Ok(quote)) => {
            assert_eq!(score_of(quote), best, "{world:?}\n{quote:?}");
            let restricted = [
                Allowed { postpaid: false, concurrent: false, ..EVERYTHING },
                Allowed { buying: false, concurrent: false, ..EVERYTHING },
                Allowed { per_call: false, ..EVERYTHING },
            ];
            for (row, allowed) in quote.alternatives.iter().zip(restricted) {
                let expected = BruteForce::best(world, allowed).map(|score| format!("{}.00", score.0));
                assert_eq!(row.total.map(|total| total.to_string()), expected, "{:?} of {world:?}", row.strategy);
                assert_eq!(row.reason.is_some(), expected.is_none());
            }
        }
        (None, Err(errors)) => assert_eq!((errors[0].field.as_str(), &errors[0].kind), ("postpaid", &ErrorKind::NoPlan)),
        _ => panic!("{world:?}: the engine says {answer:?}, the search {best:?}"),
    }
}

/// Few busy months in a year, so that the brute force stays small, at any distance from each other.
fn usages() -> impl Strategy<Value = [u64; 12]> {
    let busy = prop::collection::vec((0_usize..12, prop_oneof![1_u64..4, 1_u64..9, Just(5_u64)]), 0..6);
    busy.prop_map(|busy| {
        let mut usage = [0; 12];
        for (month, calls) in busy {
            usage[month] = calls;
        }
        usage
    })
}

pub fn worlds() -> impl Strategy<Value = World> {
    let packages = prop_oneof![
        prop::collection::vec((1_u64..8, 0_u64..20), 0..4),
        // Alike per call, so that only the later ties decide.
        (prop::collection::vec(1_u64..7, 0..4), 1_u64..4).prop_map(|(sizes, unit)| sizes.iter().map(|&size| (size, size * unit)).collect()),
        // Many sizes, most of a year's totals below the sums that serve them best, and of more than one call a grain.
        (prop::collection::vec((3_u64..14, 0_u64..9), 2..7), 1_u64..4, 1_u64..3)
            .prop_map(|(sizes, unit, grain)| { sizes.iter().map(|&(size, extra)| (size * grain, size * grain * unit + extra)).collect() }),
    ];
    let tiers = prop::collection::vec((1_u64..9, 0_u64..7), 0..4);
    let owned = prop::collection::vec((1_u64..6, 1_u32..13), 0..3);
    let slots = prop::option::weighted(0.7, (0_u64..16, prop::array::uniform12(1_u64..5), any::<bool>()));
    (usages(), prop_oneof![Just(0_u64), 0_u64..8], owned, any::<(bool, bool)>(), packages, tiers, 0_u64..7, slots).prop_map(
        |(usage, free, owned, (postpaid, all_basis), mut packages, mut tiers, first, slots)| {
            packages.sort_unstable();
            packages.dedup_by_key(|package| package.0);
            tiers.sort_unstable();
            tiers.dedup_by_key(|tier| tier.0);
            if !tiers.is_empty() {
                tiers.insert(0, (0, first));
            }
            let slots = slots.map(|(price, slots, same)| (price, if same { [slots[0]; 12] } else { slots }));
            World { usage, free, owned, postpaid: postpaid || all_basis, all_basis, packages, tiers, slots }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        // More on request: PROPTEST_CASES=1000000.
        cases: ProptestConfig::default().cases.max(24_000),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/engine/brute_force.seeds"))),
        ..ProptestConfig::default()
    })]
    #[test]
    fn no_plan_is_cheaper(world in worlds()) {
        check(&world);
    }
}
