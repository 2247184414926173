//! Ties between package sets: sets that cost the same, have as many packages and cover the same calls.
//!
//! The planner asks for ties because equally good sets can be bought at different times. Every part of a cheapest set is
//! a cheapest set of its own total, so it is enough to know which totals complete each other.

use super::{PackageCosts, PackageSet, Size};

impl PackageCosts {
    /// Whether `set` is known to be the only set as good as it, of `set.grains` to `max_grains` grains. Left-over calls do
    /// not matter. `set` must be the cheapest in that range, and the smallest of those.
    pub fn is_unique(&self, set: PackageSet, max_grains: u64) -> bool {
        let larger = self.cheapest_within(&self.net_costs[0], set.grains + 1, self.largest_tie(set, max_grains), set.cost);
        if larger.is_some_and(|larger| (larger.cost, larger.count) == (set.cost, set.count)) {
            return false;
        }
        if self.label(set.grains).is_some_and(|label| !label.has_ties) {
            return true;
        }
        let is_member = |size: &&Size| self.is_part(size.set(), set);
        let members: Vec<&Size> = self.sizes.iter().filter(is_member).collect();
        let alike = |a: &Size, b: &Size, c: &Size| {
            let rise = |from: &Size, to: &Size| (i128::from(to.grains) - i128::from(from.grains), to.price - from.price);
            let ((grains, price), (more_grains, more_price)) = (rise(a, b), rise(a, c));
            grains.checked_mul(more_price) == more_grains.checked_mul(price)
        };
        // Total, count and cost are three linear equations for the number of packages of each size.
        match members[..] {
            [] | [_] | [_, _] => true,
            [a, b, c] => !alike(a, b, c),
            _ => false,
        }
    }

    /// The size, in grains, of the largest package in any set that is as good as `set`, of up to `max_grains` grains.
    pub fn largest_package(&self, set: PackageSet, max_grains: u64) -> u64 {
        let is_member = |size: &&Size| self.completion(size.set(), set, max_grains).is_some();
        self.sizes.iter().filter(is_member).map(|size| size.grains).max().unwrap_or(0)
    }

    /// The smallest set that completes `part` to a set as good as `whole`, of `whole.grains` to `max_grains` grains.
    pub fn completion(&self, part: PackageSet, whole: PackageSet, max_grains: u64) -> Option<PackageSet> {
        let from = whole.grains.saturating_sub(part.grains);
        let to = self.largest_tie(whole, max_grains).checked_sub(part.grains)?;
        let rest = self.cheapest_within(&self.net_costs[0], from, to, whole.cost - part.cost)?;
        (part.cost + rest.cost == whole.cost && part.count + rest.count == whole.count).then_some(rest)
    }

    /// Whether some cheapest set of the total of `whole` contains a set as good as `part`.
    #[inline]
    pub fn is_part(&self, part: PackageSet, whole: PackageSet) -> bool {
        let rest = whole.grains.checked_sub(part.grains).and_then(|rest| self.exactly(rest));
        rest.is_some_and(|rest| part.cost + rest.cost == whole.cost && part.count + rest.count == whole.count)
    }

    /// An upper bound on the totals that can be as good as `set`. Two periods more always cost more, or as much with more
    /// packages.
    fn largest_tie(&self, set: PackageSet, max_grains: u64) -> u64 {
        max_grains.min(set.grains + 2 * self.period)
    }
}

impl Size {
    /// The set of one package of this size.
    fn set(&self) -> PackageSet {
        PackageSet { grains: self.grains, cost: self.price, count: 1 }
    }
}
