//! The cheapest plan of small years, found by trying every plan.
//!
//! Checks that a quote is the cheapest, that among the cheapest it is the one that the rules on ties ask for, and that
//! its rows show the plan as it is settled. Shares no planning or settling code with the engine: month by month, this
//! search tries both modes and every number of package calls that could still be used, with a ledger of its own.

mod orders;
mod several;

use std::collections::HashMap;

use callmix::problem::ErrorKind;
use callmix::quote::{Quote, quote};
use callmix::settlement::Mode;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use super::worlds::{More, World, worlds};

/// Total, money for packages, changes of mode, packages, and package-months counted negative: less is better.
type Score = (u64, u64, u32, u64, i64);

/// Calls that are paid for already.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Balance {
    free: u64,
    /// Calls left and last month, counted from 1.
    owned: Vec<(u64, u32)>,
    bought: u64,
}

impl Balance {
    fn at_the_start(world: &World) -> Self {
        let mut owned = world.owned.clone();
        owned.sort_by_key(|&(_, last_month)| last_month);
        Self { free: world.free, owned, bought: 0 }
    }

    /// Covers `calls` as far as it can. Returns free calls, package calls, and calls that are left for postpaid.
    fn cover(&mut self, calls: u64) -> (u64, u64, u64) {
        let free = calls.min(self.free);
        self.free -= free;
        let mut rest = calls - free;
        for left in self.owned.iter_mut().map(|(left, _)| left).chain([&mut self.bought]) {
            let taken = rest.min(*left);
            *left -= taken;
            rest -= taken;
        }
        (free, calls - free - rest, rest)
    }

    /// Ends month `month`, counted from 0. Returns the package calls that expire.
    fn end_month(&mut self, month: usize) -> u64 {
        let before = self.package_calls();
        self.owned.retain(|&(left, last_month)| left > 0 && last_month as usize > month + 1);
        before - self.package_calls()
    }

    fn package_calls(&self) -> u64 {
        self.owned.iter().map(|&(left, _)| left).sum::<u64>() + self.bought
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    month: usize,
    balance: Balance,
    concurrent: bool,
}

#[derive(Clone, Copy)]
struct Allowed {
    buying: bool,
    postpaid: bool,
    per_call: bool,
    concurrent: bool,
}

const EVERYTHING: Allowed = Allowed { buying: true, postpaid: true, per_call: true, concurrent: true };

struct BruteForce<'a> {
    world: &'a World,
    allowed: Allowed,
    /// Price and number of the packages that make up each total of calls; of several sets, only the cheapest and then
    /// smallest can be a part of the best plan.
    sets: Vec<Option<(u64, u64)>>,
    seen: HashMap<State, Option<Score>>,
}

impl<'a> BruteForce<'a> {
    fn best(world: &'a World, allowed: Allowed) -> Option<Score> {
        let start = State { month: 0, balance: Balance::at_the_start(world), concurrent: false };
        BruteForce { world, allowed, sets: sets(world), seen: HashMap::new() }.from(start)
    }

    /// The best plan that buys everything at the start of month 1.
    fn best_in_one_order(world: &'a World, allowed: Allowed) -> Option<Score> {
        let largest = world.packages.iter().map(|&(calls, _)| calls).max().unwrap_or(0);
        let most = if largest == 0 { 0 } else { world.usage.iter().sum::<u64>() + largest - 1 };
        let sets = sets(world);
        let order = |bought: u64| {
            let (paid, count) = sets[bought as usize]?;
            let mut state = State { month: 0, balance: Balance::at_the_start(world), concurrent: false };
            state.balance.bought = bought;
            let allowed = Allowed { buying: false, ..allowed };
            let later = BruteForce { world, allowed, sets: sets.clone(), seen: HashMap::new() }.from(state)?;
            Some(add(later, 0, paid, 0, count, count as i64))
        };
        (0..=most).filter_map(order).min()
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
            keep(self.after(&state, state.balance.clone(), state.concurrent));
        } else {
            if self.allowed.concurrent
                && let Some(charge) = self.world.concurrent_charge(state.month)
            {
                let later = self.after(&state, state.balance.clone(), true);
                keep(later.map(|score| add(score, charge, 0, u32::from(!state.concurrent), 0, 0)));
            }
            if self.allowed.per_call && self.world.add_on_slots(state.month).is_some() {
                // While the balance covers all that is left of the year, a further package would stay unused.
                let remaining: u64 = self.world.usage[state.month..].iter().sum();
                let largest = if self.allowed.buying { self.world.packages.iter().map(|&(calls, _)| calls).max() } else { None };
                let most = largest.map_or(0, |largest| (remaining + largest).saturating_sub(state.balance.bought + 1));
                for bought in 0..=most {
                    if let Some((paid, count)) = self.sets[bought as usize] {
                        keep(self.per_call(&state, bought, paid, count));
                    }
                }
            }
        }
        self.seen.insert(state, best);
        best
    }

    fn per_call(&mut self, state: &State, bought: u64, paid: u64, count: u64) -> Option<Score> {
        let calls = self.world.usage[state.month];
        let mut balance = state.balance.clone();
        balance.bought += bought;
        let (_, _, rest) = balance.cover(calls - calls.min(self.world.more.free_monthly));
        let (_, add_on) = self.world.add_on_slots(state.month)?;
        let charge = add_on
            + if rest == 0 {
                0
            } else if self.allowed.postpaid && self.world.postpaid {
                self.world.postpaid_charge(calls, rest)?
            } else {
                return None;
            };
        let later = self.after(state, balance, false)?;
        let month_count = (state.month as i64 + 1) * count as i64;
        Some(add(later, charge, paid, u32::from(state.concurrent), count, month_count))
    }

    fn after(&mut self, state: &State, mut balance: Balance, concurrent: bool) -> Option<Score> {
        balance.end_month(state.month);
        self.from(State { month: state.month + 1, balance, concurrent })
    }
}

/// The cheapest packages of every total that a year could use, by their last package.
fn sets(world: &World) -> Vec<Option<(u64, u64)>> {
    let most = world.usage.iter().sum::<u64>() + world.packages.iter().map(|&(calls, _)| calls).max().unwrap_or(0);
    let mut sets = vec![Some((0, 0))];
    for total in 1..=most {
        let with_last = |&(calls, price): &(u64, u64)| {
            let (paid, count) = sets[total.checked_sub(calls)? as usize]?;
            Some((paid + price, count + 1))
        };
        let cheapest = world.packages.iter().filter_map(with_last).min();
        sets.push(cheapest);
    }
    sets
}

fn add(score: Score, charge: u64, packages: u64, switches: u32, count: u64, month_count: i64) -> Score {
    (score.0 + charge + packages, score.1 + packages, score.2 + switches, score.3 + count, score.4 - month_count)
}

fn whole(money: &dyn ToString) -> u64 {
    money.to_string().strip_suffix(".00").expect("whole prices").parse().expect("a number")
}

/// The score of a quote.
fn score_of(quote: &Quote) -> Score {
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

/// Settles the quote's plan by this file's own ledger, and compares every row.
fn check_rows(world: &World, quote: &Quote) {
    let order: Vec<_> = quote.purchases.iter().map(|purchase| (purchase.month, purchase.calls)).collect();
    assert!(order.is_sorted_by(|a, b| a < b), "purchases go by month and size, each once: {order:?} of {world:?}");
    let mut balance = Balance::at_the_start(world);
    let mut bought = [0; 12];
    let mut total = 0;
    let mut mode_before = Mode::PerCall;
    for (month, row) in quote.months.iter().enumerate() {
        let calls = world.usage[month];
        let mut package_charge = 0;
        for purchase in quote.purchases.iter().filter(|purchase| purchase.month as usize == month + 1) {
            let &(calls, price) = world.packages.iter().find(|package| package.0 == purchase.calls).expect("a package on sale");
            assert!(purchase.count > 0, "a purchase of no package in {quote:?}");
            assert_eq!(whole(&purchase.amount), price * purchase.count);
            bought[month] += calls * purchase.count;
            package_charge += price * purchase.count;
        }
        balance.bought += bought[month];
        let mut slots = 0;
        let (mut free, mut free_monthly, mut prepaid, mut postpaid) = (0, 0, 0, 0);
        let (mut add_on_slots, mut add_on_charge, mut concurrent_charge) = (0, 0, 0);
        if calls == 0 {
            assert_eq!(row.mode, mode_before, "a month without calls keeps the mode: month {} of {world:?}", month + 1);
        } else if row.mode == Mode::Concurrent {
            slots = world.slots.expect("slots for a concurrent month").1[month];
            concurrent_charge = world.concurrent_charge(month).expect("a month that can be concurrent");
        } else {
            free_monthly = calls.min(world.more.free_monthly);
            (free, prepaid, postpaid) = balance.cover(calls - free_monthly);
            free += free_monthly;
            (add_on_slots, add_on_charge) = world.add_on_slots(month).expect("a month that can be per call");
        }
        let postpaid_charge = if postpaid > 0 { world.postpaid_charge(calls, postpaid).expect("tiers") } else { 0 };
        let charge = package_charge + postpaid_charge + concurrent_charge + add_on_charge;
        let prepaid_left = balance.package_calls();
        let mut expired = balance.end_month(month);
        if month == 11 {
            // Packages bought in month 1 are used first, and serve until month 12.
            let used = bought.iter().sum::<u64>() - balance.bought;
            expired += bought[0].saturating_sub(used);
        }
        let shown = (row.calls, row.free, row.prepaid, row.postpaid, row.slots, row.prepaid_left, row.expired);
        assert_eq!(shown, (calls, free, prepaid, postpaid, slots, prepaid_left, expired), "month {} of {world:?}", month + 1);
        let has_rates = (row.postpaid_rates.len() == 1) == row.unit_price.is_some() && row.postpaid_rates.is_empty() == (postpaid == 0);
        assert!(has_rates, "month {} of {world:?}", month + 1);
        assert_eq!(row.postpaid_rates.iter().map(|rate| rate.calls).sum::<u64>(), postpaid);
        assert_eq!(row.postpaid_rates.iter().map(|rate| rate.calls * whole(&rate.unit_price)).sum::<u64>(), postpaid_charge);
        assert_eq!(row.free_monthly, (world.more.free_monthly > 0).then_some(free_monthly));
        let add_on = world.more.included.as_ref().map(|_| (add_on_slots, add_on_charge));
        assert_eq!(row.add_on_slots.zip(row.add_on_charge.map(|charge| whole(&charge))), add_on, "month {} of {world:?}", month + 1);
        let charges = [&row.package_charge, &row.postpaid_charge, &row.concurrent_charge, &row.charge].map(|money| whole(money));
        assert_eq!(charges, [package_charge, postpaid_charge, concurrent_charge, charge], "month {} of {world:?}", month + 1);
        total += charge;
        mode_before = row.mode;
    }
    assert_eq!(whole(&quote.total), total);
}

#[track_caller]
fn check(world: &World) {
    let best = BruteForce::best(world, EVERYTHING);
    let answer = quote(&world.scenario(), &world.book());
    match (best, &answer) {
        (Some(best), Ok(quote)) => {
            assert_eq!(score_of(quote), best, "{world:?}\n{quote:?}");
            check_rows(world, quote);
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
        (None, Err(errors)) => assert_eq!((errors[0].field.as_str(), errors[0].kind.code()), ("postpaid", "no_plan")),
        _ => panic!("{world:?}: the engine says {answer:?}, the brute force {best:?}"),
    }
}

/// Months 1 to 3, postpaid off, one concurrent price.
#[track_caller]
fn check_three_months(usage: [u64; 3], free: u64, packages: &[(u64, u64)], slot_price: u64, slots: [u64; 3]) -> Quote {
    let months = |first: [u64; 3], rest: u64| std::array::from_fn(|month| first.get(month).copied().unwrap_or(rest));
    let world = World {
        usage: months(usage, 0),
        free,
        owned: Vec::new(),
        postpaid: false,
        all_basis: false,
        packages: packages.to_vec(),
        tiers: Vec::new(),
        slots: Some((slot_price, months(slots, 1))),
        more: More::default(),
    };
    check(&world);
    quote(&world.scenario(), &world.book()).expect("a plan")
}

fn first_months(quote: &Quote) -> (Vec<Mode>, Vec<(u32, u64)>) {
    let modes = quote.months.iter().take(3).map(|month| month.mode).collect();
    (modes, quote.purchases.iter().map(|purchase| (purchase.month, purchase.calls)).collect())
}

/// A slot costs nothing, month 2 has many calls, and month 3 needs more slots than there are. One package is enough.
#[test]
fn a_change_of_mode_may_let_packages_be_bought_later() {
    use Mode::{Concurrent, PerCall};
    let later = (vec![Concurrent, Concurrent, PerCall], vec![(3, 2)]);
    assert_eq!(first_months(&check_three_months([1, 50, 1], 0, &[(2, 2)], 0, [1, 1, 4])), later);
    // The same where the free calls are saved for month 3.
    let later = (vec![Concurrent, Concurrent, PerCall], vec![(3, 3)]);
    assert_eq!(first_months(&check_three_months([2, 50, 2], 1, &[(3, 3)], 0, [1, 1, 4])), later);
}

/// Month 1 cannot be concurrent. One concurrent month, at 3, is worth it: packages for two months cost 8, for one month 6
/// and for three 12. In month 2 it lets the second package be bought later; in month 3 it saves a change of mode, which
/// counts for more.
#[test]
fn fewer_changes_of_mode_count_more_than_later_purchases() {
    use Mode::{Concurrent, PerCall};
    let quote = check_three_months([3, 3, 3], 0, &[(1, 2), (5, 6)], 3, [4, 1, 1]);
    assert_eq!(first_months(&quote), (vec![PerCall, PerCall, Concurrent], vec![(1, 5), (2, 1)]));
}

/// 14 calls in packages at one price a call: many sets of the same total, cost and count, which can be bought at different
/// times.
#[test]
fn the_latest_of_equal_sets_is_bought() {
    for (usage, sizes) in [
        ([2, 0, 1, 1, 1, 2, 1, 2, 1, 0, 2, 1], [3, 4, 5, 6]),
        ([1, 0, 2, 2, 0, 1, 2, 1, 1, 2, 1, 1], [2, 3, 4, 5]),
        ([0, 2, 1, 1, 2, 0, 2, 0, 2, 1, 2, 1], [3, 4, 5, 7]),
    ] {
        let packages = sizes.map(|size| (size, size)).to_vec();
        let more = More::default();
        check(&World { usage, free: 0, owned: vec![], postpaid: false, all_basis: false, packages, tiers: vec![], slots: None, more });
    }
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
