//! The schedule of a run's purchases: each package as late as possible.
//!
//! The packages of a run must hold, at the end of each of its covered months, all calls of the run so far. The latest
//! schedule of one set buys its packages in falling order of size, each only when it is needed: then the number of
//! packages bought by the end of every month is as low as possible.
//!
//! Where several sets, or several totals, are equally good, the schedule also chooses between them. Every part of a
//! cheapest set is a cheapest set of its own total. So the choice is only which total has been bought by the end of each
//! month, and dynamic programming finds the latest one.

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
    let totals = packages.ties(run.set, run.max_grains);
    let mut purchases = match totals[..] {
        [total] if packages.is_unique(total) => latest_of_one_set(packages, service, run),
        _ => latest_of_any_set(packages, run, &totals),
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

/// A total that may have been bought by the end of a month.
struct State {
    set: PackageSet,
    /// How much earlier than the run's last month these packages and the later ones are bought, in months × packages.
    earliness: i128,
    /// The index of the next month's state.
    next: usize,
}

/// The latest schedule of all cheapest sets of all `totals`.
fn latest_of_any_set(packages: &PackageCosts, run: &RunNeeds<'_>, totals: &[PackageSet]) -> Vec<Purchase> {
    let is_part = |part: &PackageSet, whole: &PackageSet| {
        let rest = whole.grains.checked_sub(part.grains).and_then(|rest| packages.exactly(rest));
        rest.is_some_and(|rest| part.cost + rest.cost == whole.cost && part.count + rest.count == whole.count)
    };
    // In falling order of size, the total bought exceeds the need by less than one package.
    let window = totals.iter().map(|&total| packages.largest_package(total)).max().unwrap_or(0);
    let thresholds = thresholds(packages, run, 0);
    let mut stages = vec![totals.iter().map(|&set| State { set, earliness: 0, next: 0 }).collect::<Vec<_>>()];
    for place in (0..run.needs.len() - 1).rev() {
        let later = &stages[stages.len() - 1];
        let gap = i128::from(run.needs[place + 1].0 - run.needs[place].0);
        let states = (thresholds[place]..thresholds[place] + window).filter_map(|grains| {
            let now = packages.exactly(grains)?;
            if !totals.iter().any(|total| is_part(&now, total)) {
                return None;
            }
            let fitting = later.iter().enumerate().filter(|(_, state)| is_part(&now, &state.set));
            let (next, state) = fitting.min_by_key(|(_, state)| state.earliness)?;
            Some(State { set: now, earliness: state.earliness + gap * i128::from(now.count), next })
        });
        let states: Vec<State> = states.collect();
        stages.push(states);
    }
    let mut purchases = Vec::new();
    let first = &stages[stages.len() - 1];
    let Some(mut chosen) = (0..first.len()).min_by_key(|&place| first[place].earliness) else { return purchases };
    let mut bought = 0;
    for (stage, &(month, _)) in stages.iter().rev().zip(run.needs) {
        let State { set, next, .. } = stage[chosen];
        let counts = packages.counts_of(set.grains - bought).unwrap_or_default();
        purchases.extend((0..).zip(counts).filter(|&(_, count)| count > 0).map(|(package, count)| Purchase { month, package, count }));
        bought = set.grains;
        chosen = next;
    }
    purchases
}
