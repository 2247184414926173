//! When is each package of a run bought, as late as possible?
//!
//! The packages of a run must hold, by the end of each of its covered months, the calls so far. Bought in falling
//! order of size, each only when it is needed, as few packages as possible are bought by every month at once, which
//! is the latest schedule of that set. Where several sets, or several totals, are equally good, the set itself is
//! chosen for lateness: every part of a cheapest set is a cheapest set of its own total, so the totals bought by the
//! end of each month are all there is to choose.

use super::Purchase;
use crate::price_book::Service;
use crate::price_book::package_costs::{Holding, PackageCosts};

/// The widest window of totals, in grains, in which equally good sets are compared by lateness. A package that large
/// (a price book whose largest useful package has that many times the common divisor of all sizes) with equal prices
/// elsewhere is beyond anything sold; the schedule is then the latest of one cheapest set.
const WIDEST_WINDOW: u64 = 1 << 16;

/// What a run buys.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunPurchases<'a> {
    /// Its per-call months, rising, with the run's calls up to and including the month.
    pub needs: &'a [(u32, u64)],
    /// The packages, by total.
    pub holding: Holding,
    /// The totals, inclusive, among which those with the same cost and count are as good.
    pub grains: (u64, u64),
    /// Do the packages cover the last month too?
    pub covered: bool,
}

/// The latest purchases of a run, by month and then by package.
pub(super) fn latest(packages: &PackageCosts, service: &Service, run: &RunPurchases<'_>) -> Vec<Purchase> {
    if run.holding.grains == 0 && !packages.forked() {
        return Vec::new();
    }
    let mut purchases = if packages.forked() && packages.largest_useful() <= WIDEST_WINDOW {
        latest_of_any_set(packages, run)
    } else {
        latest_of_one_set(packages, service, run)
    };
    purchases.sort_by_key(|purchase| (purchase.month, purchase.package));
    purchases
}

/// Grains that must have been bought by each month.
fn thresholds(packages: &PackageCosts, run: &RunPurchases<'_>, total: u64) -> Vec<u64> {
    let last = run.needs.len() - 1;
    let grains = |(place, &(_, calls)): (usize, &(u32, u64))| if place == last { total } else { calls.div_ceil(packages.grain()) };
    run.needs.iter().enumerate().map(grains).collect()
}

fn latest_of_one_set(packages: &PackageCosts, service: &Service, run: &RunPurchases<'_>) -> Vec<Purchase> {
    let Some(mut left) = packages.packages_of(run.holding.grains) else { return Vec::new() };
    let mut purchases = Vec::new();
    let mut bought = 0;
    for (threshold, &(month, _)) in thresholds(packages, run, run.holding.grains).into_iter().zip(run.needs) {
        // By rising size as the service lists them, so the largest come from the end.
        for package in (0..left.len()).rev() {
            if threshold <= bought {
                break;
            }
            if left[package] == 0 {
                continue;
            }
            let size = service.packages[package].calls / packages.grain();
            let count = (threshold - bought).div_ceil(size).min(left[package]);
            purchases.push(Purchase { month, package, count });
            left[package] -= count;
            bought += count * size;
        }
    }
    purchases
}

/// A total bought by the end of a month, with the packages it has and the cost of what follows.
struct State {
    grains: u64,
    /// Package-months that the total and everything after it come earlier than the run's last month.
    earliness: i128,
    /// The state of the next month.
    next: usize,
}

fn latest_of_any_set(packages: &PackageCosts, run: &RunPurchases<'_>) -> Vec<Purchase> {
    let least = if run.covered { run.needs[run.needs.len() - 1].1.div_ceil(packages.grain()) } else { run.grains.0 };
    let finals = packages.equals_from(least, run.grains.1, run.holding);
    let thresholds = thresholds(packages, run, 0);
    let mut stages = vec![finals.into_iter().map(|grains| State { grains, earliness: 0, next: 0 }).collect::<Vec<_>>()];
    for place in (0..run.needs.len() - 1).rev() {
        let later = &stages[stages.len() - 1];
        let gap = i128::from(run.needs[place + 1].0 - run.needs[place].0);
        let most = later.iter().map(|state| state.grains).max().unwrap_or(0);
        let window = thresholds[place]..=most.min(thresholds[place] + packages.largest_useful() - 1);
        let states = window.filter_map(|grains| {
            let now = packages.exactly(grains)?;
            let fits = |state: &&(usize, &State)| {
                let parts = || {
                    Some((state.1.grains.checked_sub(grains).and_then(|rest| packages.exactly(rest))?, packages.exactly(state.1.grains)?))
                };
                parts().is_some_and(|(rest, whole)| now.cost + rest.cost == whole.cost && now.count + rest.count == whole.count)
            };
            let (next, state) = later.iter().enumerate().filter(|state| fits(&state)).min_by_key(|(_, state)| state.earliness)?;
            Some(State { grains, earliness: state.earliness + gap * i128::from(now.count), next })
        });
        let states: Vec<State> = states.collect();
        stages.push(states);
    }
    let mut purchases = Vec::new();
    let first = &stages[stages.len() - 1];
    let Some(mut chosen) = (0..first.len()).min_by_key(|&place| first[place].earliness) else { return purchases };
    let mut bought = 0;
    for (stage, &(month, _)) in stages.iter().rev().zip(run.needs) {
        let State { grains, next, .. } = stage[chosen];
        let counts = packages.packages_of(grains - bought).unwrap_or_default();
        purchases.extend((0..).zip(counts).filter(|&(_, count)| count > 0).map(|(package, count)| Purchase { month, package, count }));
        bought = grains;
        chosen = next;
    }
    purchases
}
