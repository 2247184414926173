//! When is each package of a run bought, as late as possible?
//!
//! The packages of a run must hold, by the end of each of its covered months, the calls so far. Bought in falling
//! order of size, each only when it is needed, as few packages as possible are bought by every month at once, which
//! is the latest schedule of that set. Where several sets, or several totals, are equally good, the set itself is
//! chosen for lateness: every part of a cheapest set is a cheapest set of its own total, so the totals bought by the
//! end of each month are all there is to choose.

use super::Purchase;
use crate::order;
use crate::price_book::Service;
use crate::price_book::package_costs::{Holding, PackageCosts};

/// What a run buys.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunPurchases<'a> {
    /// Its per-call months, rising, with the run's calls up to and including the month.
    pub needs: &'a [(u32, u64)],
    /// The packages, by total.
    pub holding: Holding,
    /// The largest total, in grains, that may be as good as the holding's.
    pub until: u64,
}

/// The latest purchases of a run, by month and then by package.
pub(super) fn latest(packages: &PackageCosts, service: &Service, run: &RunPurchases<'_>) -> Vec<Purchase> {
    if run.holding.count == 0 {
        return Vec::new();
    }
    let totals = packages.equals(run.holding, run.until);
    let mut purchases = match totals[..] {
        [total] if packages.has_one_set(total) => latest_of_one_set(packages, service, run),
        _ => latest_of_any_set(packages, run, &totals),
    };
    order::by_key(&mut purchases, |purchase| order::pair(purchase.month, purchase.package as u64));
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
            let size = service.packages()[package].calls / packages.grain();
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
    holding: Holding,
    /// Package-months that the total and everything after it come earlier than the run's last month.
    earliness: i128,
    /// The state of the next month.
    next: usize,
}

fn latest_of_any_set(packages: &PackageCosts, run: &RunPurchases<'_>, totals: &[Holding]) -> Vec<Purchase> {
    let splits = |whole: &Holding, part: &Holding| {
        let rest = whole.grains.checked_sub(part.grains).and_then(|rest| packages.exactly(rest));
        rest.is_some_and(|rest| part.cost + rest.cost == whole.cost && part.count + rest.count == whole.count)
    };
    // Bought in falling order of size, a total exceeds what is needed by less than one package.
    let window = totals.iter().map(|&total| packages.largest_member(total)).max().unwrap_or(0);
    let thresholds = thresholds(packages, run, 0);
    let mut stages = vec![totals.iter().map(|&holding| State { holding, earliness: 0, next: 0 }).collect::<Vec<_>>()];
    for place in (0..run.needs.len() - 1).rev() {
        let later = &stages[stages.len() - 1];
        let gap = i128::from(run.needs[place + 1].0 - run.needs[place].0);
        let states = (thresholds[place]..thresholds[place] + window).filter_map(|grains| {
            let now = packages.exactly(grains)?;
            if !totals.iter().any(|total| splits(total, &now)) {
                return None;
            }
            let fitting = later.iter().enumerate().filter(|(_, state)| splits(&state.holding, &now));
            let (next, state) = fitting.min_by_key(|(_, state)| state.earliness)?;
            Some(State { holding: now, earliness: state.earliness + gap * i128::from(now.count), next })
        });
        let states: Vec<State> = states.collect();
        stages.push(states);
    }
    let mut purchases = Vec::new();
    let first = &stages[stages.len() - 1];
    let Some(mut chosen) = (0..first.len()).min_by_key(|&place| first[place].earliness) else { return purchases };
    let mut bought = 0;
    for (stage, &(month, _)) in stages.iter().rev().zip(run.needs) {
        let State { holding, next, .. } = stage[chosen];
        let counts = packages.packages_of(holding.grains - bought).unwrap_or_default();
        purchases.extend((0..).zip(counts).filter(|&(_, count)| count > 0).map(|(package, count)| Purchase { month, package, count }));
        bought = holding.grains;
        chosen = next;
    }
    purchases
}
