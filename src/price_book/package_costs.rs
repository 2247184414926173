//! What is the least that packages of exactly so many calls cost?
//!
//! All package sizes are multiples of their greatest common divisor, the *grain*, so totals are counted in grains.
//! Let the *best* package be the one with the lowest price per call, the largest of those. In a cheapest set, any
//! `period` other packages (the best one's size in grains) contain some whose sum is a multiple of the period; best
//! packages in their place cost no more, and at the same cost are fewer. So what is not a best package is a small
//! set, chosen by the total's residue modulo the period alone: a shortest path over residues. Per residue one
//! *far* label holds that set, good for every total from its sum on; where a smaller set of the same residue exists
//! that costs more, it is kept as a *near* label for the totals below. Both are exact, and independent of volume.
//!
//! A range of totals is searched by the far labels, which never cost more than the truth. Where the best of them is
//! not yet usable, the range is searched by all labels; see `package_costs/early.rs`.
//!
//! What a far label costs above the best package's price for as many calls, its *excess*, does not depend on what
//! packages are weighed against; with the straight line of that price it bounds a range of totals at any unit price.
//!
//! Amounts are scaled integers; counts are packages. Ties are broken towards fewer packages.

mod early;
mod preparation;

use std::cmp::Ordering;

use self::early::EarlyLabels;
use super::range_minimum::RangeMinimum;
use crate::money::Units;

/// The most grains that the best-value package may have.
pub const MAX_PERIOD: u64 = 20_000;
/// Stands in the place of a cost that no set of packages has. Far above every real cost, and safe to add to.
const UNREACHED: Units = Units::MAX / 4;
/// The last package of the empty set.
const NO_PACKAGE: u8 = u8::MAX;

/// One package on offer, in grains.
#[derive(Debug, Clone, Copy)]
struct Size {
    grains: u64,
    price: Units,
}

/// A set of packages other than the best one, with the cost and count it means for the totals of its residue:
/// a total of `residue + k × period` grains costs `cost + k × best price` with `count + k` packages.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Label {
    cost: Units,
    count: i64,
    /// Grains in the set; the label is usable for totals from here on.
    sum: u64,
    /// One package of the set, as an index into the sizes; the set without it is a label too.
    via: u8,
    /// May another set have the same residue, cost and count?
    forked: bool,
}

impl Label {
    const UNREACHED: Self = Self { cost: UNREACHED, count: 0, sum: u64::MAX / 4, via: NO_PACKAGE, forked: false };
    const EMPTY: Self = Self { cost: 0, count: 0, sum: 0, via: NO_PACKAGE, forked: false };

    /// Lower cost, then fewer packages.
    fn key(&self) -> (Units, i64) {
        (self.cost, self.count)
    }
}

/// A price per call to weigh packages against, prepared for searching ranges.
#[derive(Debug)]
struct Slope {
    per_grain: Units,
    /// What a period more of packages adds: the best package's price less the slope's price for as many calls.
    step: Units,
    /// Per residue, the far label's cost less the slope's price of the residue.
    values: Vec<Units>,
    minima: RangeMinimum,
}

/// What decides between two residues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Value,
    /// For packages weighed against nothing: at the same value, fewer packages come first.
    ValueAndCount,
}

impl By {
    fn slope(per_grain: Units) -> Self {
        if per_grain == 0 { Self::ValueAndCount } else { Self::Value }
    }
}

/// What far labels cost above the straight line of the best package's price, whatever they are weighed against.
#[derive(Debug, Default)]
struct Excess {
    /// Per residue, the best package's price for as many calls, rounded down.
    lines: Vec<Units>,
    /// Per residue, the far label's cost less the line; never negative.
    values: Vec<Units>,
    minima: RangeMinimum,
}

/// The cheapest sets of packages, for every total. Prepared once for a list of packages and unit prices.
#[derive(Debug)]
pub struct PackageCosts {
    grain: u64,
    sizes: Vec<Size>,
    best: usize,
    period: u64,
    period_price: Units,
    far: Vec<Label>,
    /// Per residue, the labels usable before the far one, by rising sum and falling cost; empty where none has any.
    near: Vec<Vec<Label>>,
    /// Every label, where some total needs more than its residue's far label; empty otherwise.
    early: EarlyLabels,
    excess: Excess,
    slopes: Vec<Slope>,
}

/// The total found in a range, in grains, and what its packages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Grains in the packages.
    pub grains: u64,
    /// What they cost, in smallest units.
    pub cost: Units,
    /// How many packages.
    pub count: i64,
}

/// A price per call as a fraction: `price` for `calls`, of which there is at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerCall {
    price: Units,
    calls: u64,
}

impl PerCall {
    /// The price of `calls` calls, rounded down.
    pub fn floor(self, calls: u64) -> Units {
        let product = self.price * Units::from(calls);
        // Dividing 128 bits takes ten times as long as dividing 64.
        match u64::try_from(product) {
            Ok(product) => Units::from(product / self.calls),
            Err(_) => product / Units::from(self.calls),
        }
    }
}

impl PackageCosts {
    /// Prepares `packages`, pairs of calls and price of which there is at least one, for weighing against
    /// `unit_prices`. `None` where the best-value package has more than [`MAX_PERIOD`] grains.
    pub fn prepare(packages: &[(u64, Units)], unit_prices: &[Units]) -> Option<Self> {
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
            near: Vec::new(),
            early: EarlyLabels::default(),
            excess: Excess::default(),
            slopes: Vec::new(),
        };
        costs.prepare_far();
        costs.prepare_excess();
        if costs.far.iter().any(|label| label.sum >= period) {
            costs.prepare_near();
        }
        costs.prepare_slopes(unit_prices);
        Some(costs)
    }

    /// Calls in one grain: the greatest common divisor of the package sizes.
    pub fn grain(&self) -> u64 {
        self.grain
    }

    /// The cheapest packages of exactly `grains` grains, or `None` where no set has that total.
    pub fn exactly(&self, grains: u64) -> Option<Holding> {
        self.label(grains).map(|label| self.holding(label, grains))
    }

    /// How many of each package, in the order that they were prepared in, the cheapest set of exactly `grains` has.
    pub fn packages_of(&self, grains: u64) -> Option<Vec<u64>> {
        let mut label = *self.label(grains)?;
        let mut counts = vec![0; self.sizes.len()];
        counts[self.best] = (grains - label.sum) / self.period;
        while label.via != NO_PACKAGE {
            let size = usize::from(label.via);
            counts[size] += 1;
            let rest = label.sum.checked_sub(self.sizes[size].grains)?;
            label = *self.label(rest).filter(|before| before.sum == rest)?;
        }
        Some(counts)
    }

    /// The cheapest packages of at least `grains` grains, where they cost at most `limit`.
    pub fn at_least(&self, grains: u64, limit: Units) -> Option<Holding> {
        // A best package more than needed is never worth it, so two periods hold the answer.
        self.cheapest_within(&self.slopes[0], grains, grains + 2 * self.period - 1, limit)
    }

    /// Of the totals from `from` to `to` grains, the one whose packages cost least after taking off the unit price
    /// with index `unit_price` for each call that they hold, where that is at most `limit`; the smaller total among
    /// equals.
    pub fn best_within(&self, unit_price: usize, from: u64, to: u64, limit: Units) -> Option<Holding> {
        self.cheapest_within(&self.slopes[unit_price + 1], from, to, limit)
    }

    /// No packages of `from` to `to` grains, in this order, cost less than this after taking off the unit price for each
    /// call that they hold: the least excess of any of these totals, on the straight line's lower end.
    pub fn floor_within(&self, unit_price: Units, from: u64, to: u64) -> Units {
        let Excess { lines, values, minima } = &self.excess;
        let (first, last) = ((from % self.period) as usize, (to % self.period) as usize);
        let least = |first: usize, last: usize| values[self.first_of(minima, values, By::Value, first, last)];
        let excess = match to - from {
            span if span >= self.period => 0,
            _ if first <= last => least(first, last),
            _ => least(first, values.len() - 1).min(least(0, last)),
        };
        let line = |grains: u64, residue: usize| {
            let periods = Units::from(grains / self.period);
            periods * self.period_price + lines[residue] - unit_price * Units::from(grains * self.grain)
        };
        excess + line(from, first).min(line(to, last))
    }

    /// Every total from that of `holding` to `to` grains that costs the same with as many packages: as good as it,
    /// where calls left over do not matter. `holding` must be the cheapest of that range, and the smallest of those.
    pub fn equals(&self, holding: Holding, to: u64) -> Vec<Holding> {
        let mut found = vec![holding];
        let mut last = holding;
        while let Some(next) =
            self.cheapest_within(&self.slopes[0], last.grains + 1, to.min(holding.grains + 2 * self.period), holding.cost)
        {
            if (next.cost, next.count) != (holding.cost, holding.count) {
                break;
            }
            found.push(next);
            last = next;
        }
        found
    }

    /// Is the cheapest set of the total of `holding` known to be the only one?
    pub fn has_one_set(&self, holding: Holding) -> bool {
        if self.label(holding.grains).is_some_and(|label| !label.forked) {
            return true;
        }
        let members = self.members(holding);
        let alike = |a: &Size, b: &Size, c: &Size| {
            let rise = |from: &Size, to: &Size| (i128::from(to.grains) - i128::from(from.grains), to.price - from.price);
            let ((grains, price), (more_grains, more_price)) = (rise(a, b), rise(a, c));
            grains.checked_mul(more_price) == more_grains.checked_mul(price)
        };
        // Total, count and cost are three equations for the number of each package.
        match members[..] {
            [] | [_] | [_, _] => true,
            [a, b, c] if !alike(&a, &b, &c) => true,
            _ => false,
        }
    }

    /// The most grains in one package of any cheapest set of this total.
    pub fn largest_member(&self, holding: Holding) -> u64 {
        self.members(holding).iter().map(|size| size.grains).max().unwrap_or(0)
    }

    /// The packages that some cheapest set of this total has: those without which the rest is as cheap as it can be.
    fn members(&self, holding: Holding) -> Vec<Size> {
        let is_member = |size: &&Size| {
            let rest = holding.grains.checked_sub(size.grains).and_then(|rest| self.exactly(rest));
            rest.is_some_and(|rest| rest.cost + size.price == holding.cost && rest.count + 1 == holding.count)
        };
        self.sizes.iter().filter(is_member).copied().collect()
    }

    /// The least that a call can cost in packages of which at most `calls` calls are ever used: a package serves no
    /// more calls than it holds, and no more than there are.
    pub fn cheapest_per_call(&self, calls: u64) -> PerCall {
        let served = |size: &Size| PerCall { price: size.price, calls: size.grains.saturating_mul(self.grain).min(calls.max(1)) };
        let lower = |a: PerCall, b: PerCall| if cross(b.price, a.calls) < cross(a.price, b.calls) { b } else { a };
        self.sizes.iter().map(served).reduce(lower).unwrap_or(PerCall { price: 0, calls: 1 })
    }

    /// The most that the cheapest packages of at least `calls` calls can cost: best packages alone. `None` where
    /// that cannot be computed.
    pub fn ceiling(&self, calls: u64) -> Option<Units> {
        self.period_price.checked_mul(Units::from(calls.div_ceil(self.period * self.grain)))
    }

    #[inline]
    fn label(&self, grains: u64) -> Option<&Label> {
        let residue = (grains % self.period) as usize;
        let far = &self.far[residue];
        if far.sum <= grains {
            return Some(far);
        }
        self.near.get(residue)?.iter().rev().find(|label| label.sum <= grains)
    }

    /// Does residue `a` strictly come before `b`?
    #[inline]
    fn precedes(&self, values: &[Units], by: By, a: usize, b: usize) -> bool {
        match values[a].cmp(&values[b]) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => by == By::ValueAndCount && self.far[a].count < self.far[b].count,
        }
    }

    /// The first of the residues from `from` to `to`.
    #[inline]
    fn first_of(&self, minima: &RangeMinimum, values: &[Units], by: By, from: usize, to: usize) -> usize {
        minima.first(from, to, |a, b| self.precedes(values, by, a, b))
    }

    /// The totals of a range, at most a period of them, of which one is its best. A period more of packages changes
    /// every value by the slope's step, so it is the end of the range where that makes them lowest.
    #[inline]
    fn best_period(&self, slope: &Slope, from: u64, to: u64) -> (u64, u64) {
        if slope.step < 0 { (to.saturating_sub(self.period - 1).max(from), to) } else { (from, (from + self.period - 1).min(to)) }
    }

    #[inline]
    fn cheapest_within(&self, slope: &Slope, from: u64, to: u64, limit: Units) -> Option<Holding> {
        if from > to {
            return None;
        }
        let (start, end) = self.best_period(slope, from, to);
        let (value, grains) = self.lowest_far(slope, start, end);
        if value > limit {
            return None;
        }
        let far = &self.far[(grains % self.period) as usize];
        // Far labels never cost more than the truth, so the best of them is the best of all where it is usable.
        if far.sum <= grains { Some(self.holding(far, grains)) } else { self.cheapest_early(slope, from, to, limit) }
    }

    /// What `label` means at a total of its residue.
    #[inline]
    fn holding(&self, label: &Label, grains: u64) -> Holding {
        let periods = grains / self.period;
        Holding { grains, cost: label.cost + Units::from(periods) * self.period_price, count: label.count + periods as i64 }
    }

    /// The least far value in a range of at most one period, and its total.
    #[inline]
    fn lowest_far(&self, slope: &Slope, from: u64, to: u64) -> (Units, u64) {
        let periods = from / self.period;
        let base = periods * self.period;
        let first = (from - base) as usize;
        let last = (to - base) as usize;
        let period = self.far.len();
        let by = By::slope(slope.per_grain);
        let first_of = |from: usize, to: usize| self.first_of(&slope.minima, &slope.values, by, from, to);
        let offset = Units::from(periods) * slope.step;
        let place = first_of(first, last.min(period - 1));
        let left = (slope.values[place] + offset, base + place as u64);
        if last < period {
            return left;
        }
        let place = first_of(0, last - period);
        let right = (slope.values[place] + offset + slope.step, base + self.period + place as u64);
        let fewer = || by == By::ValueAndCount && self.far[place].count + 1 < self.far[(left.1 - base) as usize].count;
        if right.0 < left.0 || (right.0 == left.0 && fewer()) { right } else { left }
    }
}

/// A lower price per call, or the same with more calls.
fn better_value(a: &Size, b: &Size) -> bool {
    let (left, right) = (cross(a.price, b.grains), cross(b.price, a.grains));
    left < right || (left == right && a.grains > b.grains)
}

/// price × grains, below 10^37 by the limits of a price book.
fn cross(price: Units, grains: u64) -> Units {
    price * Units::from(grains)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests;
