//! The schedule of a run's purchases: each package as late as possible.
//!
//! The packages of a run must hold, at the end of each of its covered months, all calls of the run so far. The latest
//! schedule of one set buys its packages in falling order of size, each only when it is needed: then the number of
//! packages bought by the end of every month is as low as possible.
//!
//! Where several sets, or several totals, are equally good, the schedule also chooses between them. Every part of a
//! cheapest set is a cheapest set of its own total. So the choice is only which total has been bought by the end of each
//! month, and dynamic programming finds the latest one.

use std::collections::BinaryHeap;
use std::ops::Range;

use super::Purchase;
use crate::order;
use crate::price_book::Service;
use crate::price_book::package_costs::{PackageCosts, PackageSet};

/// The packages of a run and the calls that they must cover.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunNeeds<'a> {
    /// The per-call months of the run, in order, each with the run's calls up to and including it.
    pub needs: &'a [(u32, u64)],
    /// A set of packages with the best score.
    pub set: PackageSet,
    /// The largest total, in grains, that packages with the same score can have.
    pub max_grains: u64,
}

/// The latest purchases of a run, by month and then by package.
pub(super) fn latest(packages: &PackageCosts, service: &Service, run: &RunNeeds<'_>) -> Vec<Purchase> {
    if run.set.count == 0 {
        return Vec::new();
    }
    let mut purchases = if packages.is_unique(run.set, run.max_grains) {
        latest_of_one_set(packages, service, run)
    } else {
        latest_of_many_sets(packages, run)
    };
    order::by_key(&mut purchases, |purchase| order::pair(purchase.month, purchase.package as u64));
    purchases
}

/// The grains that must have been bought by the end of each month of the run; `total` in the last one.
fn thresholds(packages: &PackageCosts, run: &RunNeeds<'_>, total: u64) -> Vec<u64> {
    let last = run.needs.len() - 1;
    let grains = |(place, &(_, calls)): (usize, &(u32, u64))| if place == last { total } else { calls.div_ceil(packages.grain()) };
    run.needs.iter().enumerate().map(grains).collect()
}

/// The latest schedule of the only cheapest set.
fn latest_of_one_set(packages: &PackageCosts, service: &Service, run: &RunNeeds<'_>) -> Vec<Purchase> {
    let Some(mut left) = packages.counts_of(run.set.grains) else { return Vec::new() };
    let mut purchases = Vec::new();
    let mut bought = 0;
    for (threshold, &(month, _)) in thresholds(packages, run, run.set.grains).into_iter().zip(run.needs) {
        // The service lists packages by rising size, so the largest are at the end.
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

/// A total that may have been bought by the end of a month, with the latest schedule of all packages after it.
struct State {
    set: PackageSet,
    /// How much earlier than the run's last month these packages and the later ones are bought, in months × packages.
    earliness: i128,
    /// The total bought by the end of the next month, in grains.
    next: u64,
}

/// The latest schedule of all sets that are as good as the run's.
fn latest_of_many_sets(packages: &PackageCosts, run: &RunNeeds<'_>) -> Vec<Purchase> {
    // In falling order of size, the total bought exceeds the need by less than one package.
    let window = packages.largest_package(run.set, run.max_grains);
    let mut windows: Vec<Range<u64>> = thresholds(packages, run, 0).into_iter().map(|needed| needed..needed + window).collect();
    windows.pop();
    let totals = totals_of_lowest_counts(packages, run, &windows, window).unwrap_or_else(|| latest_totals(packages, run, &windows));
    let mut purchases = Vec::new();
    let mut bought = 0;
    for (total, &(month, _)) in totals.into_iter().zip(run.needs) {
        let counts = packages.counts_of(total - bought).unwrap_or_default();
        purchases.extend((0..).zip(counts).filter(|&(_, count)| count > 0).map(|(package, count)| Purchase { month, package, count }));
        bought = total;
    }
    purchases
}

/// The totals bought by the end of each month, where every month can have the lowest count that any schedule gives it.
/// Such a schedule is the latest. `None` where picking the largest such total of each month in turn leads nowhere.
fn totals_of_lowest_counts(packages: &PackageCosts, run: &RunNeeds<'_>, windows: &[Range<u64>], largest: u64) -> Option<Vec<u64>> {
    let mut bought = PackageSet { grains: 0, cost: 0, count: 0 };
    let mut totals = Vec::new();
    for window in windows {
        let candidates = || window.clone().rev().filter_map(|grains| packages.exactly(grains));
        let is_valid = |set: &PackageSet| packages.completion(*set, run.set, run.max_grains).is_some();
        let fits = |set: &PackageSet| packages.is_part(bought, *set) && is_valid(set);
        let fewest = window.start.div_ceil(largest) as i64;
        let mut next = candidates().filter(|set| set.count == fewest).find(fits);
        if next.is_none() {
            for set in candidates() {
                if next.is_none_or(|next| set.count < next.count) && fits(&set) {
                    next = Some(set);
                }
            }
            let lowest = next?.count;
            if candidates().any(|set| set.count < lowest && is_valid(&set)) {
                return None;
            }
        }
        bought = next?;
        totals.push(bought.grains);
    }
    totals.push(bought.grains + packages.completion(bought, run.set, run.max_grains)?.grains);
    Some(totals)
}

/// The totals bought by the end of each month in the latest schedule.
///
/// Dynamic programming from the last month backwards: the stage is a month, the state is the total bought by its end,
/// and the decision is the total bought by the end of the next month.
fn latest_totals(packages: &PackageCosts, run: &RunNeeds<'_>, windows: &[Range<u64>]) -> Vec<u64> {
    let mut stages: Vec<Vec<State>> = Vec::new();
    for (place, window) in windows.iter().enumerate().rev() {
        let later = stages.last().map(|states| by_earliness(states));
        let gap = i128::from(run.needs[place + 1].0 - run.needs[place].0);
        let states = window.clone().filter_map(|grains| {
            let set = packages.exactly(grains)?;
            let rest = packages.completion(set, run.set, run.max_grains)?;
            let (next, earliness) = match &later {
                None => (grains + rest.grains, 0),
                Some(later) => {
                    let state = later.iter().find(|state| packages.is_part(set, state.set))?;
                    (state.set.grains, state.earliness)
                }
            };
            Some(State { set, earliness: earliness + gap * i128::from(set.count), next })
        });
        let states = states.collect();
        stages.push(states);
    }
    let first = stages.last().and_then(|states| states.iter().min_by_key(|state| state.earliness));
    let mut totals = vec![first.map_or(run.set.grains, |state| state.set.grains)];
    for states in stages.iter().rev() {
        let total = totals[totals.len() - 1];
        totals.extend(states.iter().find(|state| state.set.grains == total).map(|state| state.next));
    }
    totals
}

/// The states in order of rising earliness, and of rising totals where that is equal.
fn by_earliness(states: &[State]) -> Vec<&State> {
    let order: BinaryHeap<(i128, usize)> = states.iter().map(|state| state.earliness).zip(0..).collect();
    order.into_sorted_vec().into_iter().map(|(_, place)| &states[place]).collect()
}

#[cfg(test)]
mod tests;
