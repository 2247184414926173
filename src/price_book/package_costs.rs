//! The cheapest sets of packages, for every total number of calls.
//!
//! [`PackageCosts`] answers two questions in time that does not depend on the total: the cheapest set of packages with
//! exactly a given total, and the total in a range whose packages have the lowest *net cost*: their price minus a unit
//! price for each call in them. Among sets of equal cost, fewer packages come first. When packages are bought is left to
//! the planner. Amounts are [`Units`]; totals are counted in grains.
//!
//! # Labels
//!
//! All package sizes are multiples of their greatest common divisor, the *grain*. The *best* package is the one with
//! the lowest price per call, and the largest of those; its size in grains is the *period*.
//!
//! Take any `period` packages other than the best one. Some of them add up to a multiple of the period, and best
//! packages in their place hold as many calls, cost no more, and at the same cost are fewer. So a cheapest set has
//! fewer than `period` other packages. Which ones they are depends only on the residue of the total modulo the
//! period: it is a shortest path over residues. A [`Label`] is such a set of other packages.
//!
//! The *far* label of a residue is its cheapest set. It applies to every total from its own sum up. A *near* label is
//! a set with a smaller sum that costs more; it applies to smaller totals. Both are exact.
//!
//! # Ranges
//!
//! A range of totals is searched by far labels first, because they never cost more than the exact answer. Where the
//! best of them does not apply yet, `package_costs/early.rs` searches the range by all labels. The *excess* of a far
//! label is its cost above the best package's price per call. Excess and that price bound net costs at any unit price.

mod early;
mod preparation;
mod ties;

use std::cmp::Ordering;

use self::early::EarlyLabels;
use super::charge::{Average, UnitPrice};
use super::range_minimum::RangeMinimum;
use crate::money::Units;

/// The maximum size of the best-value package, in grains.
pub const MAX_PERIOD: u64 = 200_000;
/// The cost of a residue that no set has reached. Far above every real cost, and small enough to add to.
const UNREACHED: Units = Units::MAX / 4;
/// The `last_package` of the empty set.
const NO_PACKAGE: u8 = u8::MAX;

/// A package on offer.
#[derive(Debug, Clone, Copy)]
struct Size {
    grains: u64,
    price: Units,
}

/// A set of packages other than the best one. Cost and count are relative to the residue: a total of
/// `residue + k × period` grains costs `cost + k × best price` and has `count + k` packages.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Label {
    cost: Units,
    count: i64,
    /// Grains in the set. The label applies to totals from here up.
    sum: u64,
    /// A package of the set, as an index into the sizes. The set without it is a label too.
    last_package: u8,
    /// Whether another set may have the same residue, cost and count.
    has_ties: bool,
}

impl Label {
    const UNREACHED: Self = Self { cost: UNREACHED, count: 0, sum: u64::MAX / 4, last_package: NO_PACKAGE, has_ties: false };
    const EMPTY: Self = Self { cost: 0, count: 0, sum: 0, last_package: NO_PACKAGE, has_ties: false };

    /// The order of labels: lower cost, then fewer packages.
    fn key(&self) -> (Units, i64) {
        (self.cost, self.count)
    }
}

/// The near labels of all residues. Empty where every far label applies to all totals.
#[derive(Debug, Default)]
struct NearLabels {
    /// By residue, the start of its labels in `labels`.
    starts: Vec<u32>,
    /// By residue, and then by rising sum and falling cost.
    labels: Vec<Label>,
}

impl NearLabels {
    /// The label of a residue that applies to a total of `grains`. Seldom needed, so not compiled into every search for a label.
    #[inline(never)]
    fn applicable(&self, residue: usize, grains: u64) -> Option<&Label> {
        let (start, end) = (*self.starts.get(residue)?, *self.starts.get(residue + 1)?);
        self.labels.get(start as usize..end as usize)?.iter().rev().find(|label| label.sum <= grains)
    }
}

/// Net costs at one unit price, prepared for range queries.
#[derive(Debug)]
struct NetCosts {
    unit_price_per_grain: Units,
    /// The net cost of one more best package.
    per_period: Units,
    /// By residue, the far label's cost minus the unit price for the residue's calls.
    values: Vec<Units>,
    minima: RangeMinimum,
}

/// The order of residues in a range query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    ByValue,
    /// At the same value, fewer packages come first. For a unit price of zero, where the net cost is the price paid.
    ByValueAndCount,
}

impl Order {
    fn at(unit_price_per_grain: Units) -> Self {
        if unit_price_per_grain == 0 { Self::ByValueAndCount } else { Self::ByValue }
    }
}

/// The excess of far labels above the best package's price per call, independent of any unit price.
#[derive(Debug, Default)]
struct Excess {
    /// By residue, the residue's calls at the best package's price per call, rounded down.
    lines: Vec<Units>,
    /// By residue, the far label's cost minus the line. Never negative.
    values: Vec<Units>,
    minima: RangeMinimum,
}

/// The cheapest sets of packages for every total, prepared once for a list of packages and unit prices.
#[derive(Debug)]
pub struct PackageCosts {
    grain: u64,
    sizes: Vec<Size>,
    best: usize,
    period: u64,
    period_price: Units,
    far: Vec<Label>,
    near: NearLabels,
    /// All labels, where some residue has near labels; empty otherwise.
    early: EarlyLabels,
    excess: Excess,
    /// Net costs at a unit price of zero, then at each unit price.
    net_costs: Vec<NetCosts>,
}

/// A cheapest set of packages of one total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageSet {
    /// The total, in grains.
    pub grains: u64,
    /// The price of all packages.
    pub cost: Units,
    /// The number of packages.
    pub count: i64,
}

impl PackageCosts {
    /// Prepares `packages`, at least one pair of calls and price, for range queries at each of `unit_prices`. `None`
    /// where the best-value package has more than [`MAX_PERIOD`] grains.
    pub(super) fn prepare(packages: &[(u64, Units)], unit_prices: &[Units]) -> Option<Self> {
        let grain = packages.iter().fold(0, |grain, &(calls, _)| gcd(grain, calls)).max(1);
        let sizes: Vec<Size> = packages.iter().map(|&(calls, price)| Size { grains: calls / grain, price }).collect();
        let best = (0..sizes.len()).reduce(|a, b| if better_value(&sizes[b], &sizes[a]) { b } else { a })?;
        let Size { grains: period, price: period_price } = sizes[best];
        if period > MAX_PERIOD {
            return None;
        }
        let mut costs = Self {
            grain,
            sizes,
            best,
            period,
            period_price,
            far: Vec::new(),
            near: NearLabels::default(),
            early: EarlyLabels::default(),
            excess: Excess::default(),
            net_costs: Vec::new(),
        };
        costs.prepare_far();
        costs.prepare_excess();
        if costs.far.iter().any(|label| label.sum >= period) {
            costs.prepare_near();
        }
        costs.prepare_net_costs(unit_prices);
        Some(costs)
    }

    /// Calls in one grain: the greatest common divisor of the package sizes.
    pub fn grain(&self) -> u64 {
        self.grain
    }

    /// The cheapest set of exactly `grains` grains; `None` where no set has that total.
    pub fn exactly(&self, grains: u64) -> Option<PackageSet> {
        self.label(grains).map(|label| self.set(label, grains))
    }

    /// The number of packages of each size in the cheapest set of exactly `grains` grains, in the order of the prepared
    /// packages.
    pub fn counts_of(&self, grains: u64) -> Option<Vec<u64>> {
        let mut label = *self.label(grains)?;
        let mut counts = vec![0; self.sizes.len()];
        counts[self.best] = (grains - label.sum) / self.period;
        while label.last_package != NO_PACKAGE {
            let size = usize::from(label.last_package);
            counts[size] += 1;
            let rest = label.sum.checked_sub(self.sizes[size].grains)?;
            label = *self.label(rest).filter(|before| before.sum == rest)?;
        }
        Some(counts)
    }

    /// The cheapest set of at least `grains` grains; `None` where it costs more than `limit`.
    pub fn at_least(&self, grains: u64, limit: Units) -> Option<PackageSet> {
        // Two periods contain the answer, because a set never needs a best package more than necessary.
        self.cheapest_within(&self.net_costs[0], grains, grains + 2 * self.period - 1, limit)
    }

    /// The set with the lowest net cost among the totals from `from` to `to` grains, at the unit price with index
    /// `unit_price`. The smallest total wins a tie. `None` where the lowest net cost is above `limit`.
    pub fn best_within(&self, unit_price: usize, from: u64, to: u64, limit: Units) -> Option<PackageSet> {
        self.cheapest_within(&self.net_costs[unit_price + 1], from, to, limit)
    }

    /// A lower bound on the net cost, at any `unit_price`, of all sets from `from` to `to` grains, where `from <= to`: the
    /// lowest excess in the range plus the lower end of the straight line.
    pub fn lower_bound_within(&self, unit_price: UnitPrice, from: u64, to: u64) -> Units {
        let Excess { lines, values, minima } = &self.excess;
        let (first, last) = ((from % self.period) as usize, (to % self.period) as usize);
        let least = |first: usize, last: usize| values[self.first_of(minima, values, Order::ByValue, first, last)];
        let excess = match to - from {
            span if span >= self.period => 0,
            _ if first <= last => least(first, last),
            _ => least(first, values.len() - 1).min(least(0, last)),
        };
        let line = |grains: u64, residue: usize| {
            let periods = Units::from(grains / self.period);
            periods * self.period_price + lines[residue] - unit_price.0 * Units::from(grains * self.grain)
        };
        excess + line(from, first).min(line(to, last))
    }

    /// A lower bound on the price per call in packages, where only `calls` calls are ever made: a package serves at most
    /// as many calls as it holds, and at most `calls`.
    pub fn cheapest_per_call(&self, calls: u64) -> Average {
        let served = |size: &Size| Average::of(size.price, size.grains.saturating_mul(self.grain).min(calls.max(1)));
        self.sizes.iter().map(served).reduce(Average::lower_of).unwrap_or(Average::of(0, 1))
    }

    /// An upper bound on the cost of the cheapest packages of at least `calls` calls: best packages only. `None` where
    /// the bound overflows.
    pub fn upper_bound(&self, calls: u64) -> Option<Units> {
        self.period_price.checked_mul(Units::from(calls.div_ceil(self.period * self.grain)))
    }

    #[inline]
    fn label(&self, grains: u64) -> Option<&Label> {
        let residue = (grains % self.period) as usize;
        let far = &self.far[residue];
        if far.sum <= grains {
            return Some(far);
        }
        self.near.applicable(residue, grains)
    }

    /// Whether residue `a` comes strictly before `b`.
    #[inline]
    fn precedes(&self, values: &[Units], order: Order, a: usize, b: usize) -> bool {
        match values[a].cmp(&values[b]) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => order == Order::ByValueAndCount && self.far[a].count < self.far[b].count,
        }
    }

    /// The first of the residues from `from` to `to`, in the given order.
    #[inline]
    fn first_of(&self, minima: &RangeMinimum, values: &[Units], order: Order, from: usize, to: usize) -> usize {
        minima.first(from, to, |a, b| self.precedes(values, order, a, b))
    }

    /// The part of a range, at most one period long, that contains its lowest net cost. One more best package changes
    /// every net cost by the same amount, so it is the end of the range where net costs are lower.
    #[inline]
    fn best_period(&self, net: &NetCosts, from: u64, to: u64) -> (u64, u64) {
        if net.per_period < 0 { (to.saturating_sub(self.period - 1).max(from), to) } else { (from, (from + self.period - 1).min(to)) }
    }

    #[inline]
    fn cheapest_within(&self, net: &NetCosts, from: u64, to: u64, limit: Units) -> Option<PackageSet> {
        if from > to {
            return None;
        }
        let (start, end) = self.best_period(net, from, to);
        let (value, grains) = self.lowest_far(net, start, end);
        if value > limit {
            return None;
        }
        let far = &self.far[(grains % self.period) as usize];
        // Far labels never cost more than the exact answer, so the best of them is the answer where it applies.
        if far.sum <= grains { Some(self.set(far, grains)) } else { self.cheapest_early(net, from, to, limit) }
    }

    /// The set that `label` gives for a total of its residue.
    #[inline]
    fn set(&self, label: &Label, grains: u64) -> PackageSet {
        let periods = grains / self.period;
        PackageSet { grains, cost: label.cost + Units::from(periods) * self.period_price, count: label.count + periods as i64 }
    }

    /// The lowest net cost of far labels in a range of at most one period, and its total.
    #[inline]
    fn lowest_far(&self, net: &NetCosts, from: u64, to: u64) -> (Units, u64) {
        let periods = from / self.period;
        let base = periods * self.period;
        let first = (from - base) as usize;
        let last = (to - base) as usize;
        let period = self.far.len();
        let order = Order::at(net.unit_price_per_grain);
        let first_of = |from: usize, to: usize| self.first_of(&net.minima, &net.values, order, from, to);
        let offset = Units::from(periods) * net.per_period;
        let place = first_of(first, last.min(period - 1));
        let left = (net.values[place] + offset, base + place as u64);
        if last < period {
            return left;
        }
        let place = first_of(0, last - period);
        let right = (net.values[place] + offset + net.per_period, base + self.period + place as u64);
        let fewer = || order == Order::ByValueAndCount && self.far[place].count + 1 < self.far[(left.1 - base) as usize].count;
        if right.0 < left.0 || (right.0 == left.0 && fewer()) { right } else { left }
    }
}

/// Whether `a` has a lower price per call than `b`, or the same with more calls.
fn better_value(a: &Size, b: &Size) -> bool {
    let (left, right) = (cross(a.price, b.grains), cross(b.price, a.grains));
    left < right || (left == right && a.grains > b.grains)
}

/// `price` × `grains`, below 10^37 by the limits of a price book.
fn cross(price: Units, grains: u64) -> Units {
    price * Units::from(grains)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests;
