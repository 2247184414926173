//! How can a run of per-call months end, and how far can it reach?
//!
//! Runs are extended month by month, depth first; what a run is, and why these ends are all there are, is argued at
//! the head of the search.

use std::ops::Range;

use super::{Key, Run, Search, Tail};
use crate::money::Units;
use crate::price_book::TierBasis;
use crate::price_book::package_costs::Holding;
use crate::settlement::{Mode, Postpaid};

/// So many tiers are tried one by one.
const FEW_TIERS: usize = 4;

/// A run as far as it is extended, ending in the per-call month `last`.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub first: usize,
    pub last: usize,
    pub first_calls: u64,
    pub concurrent: u16,
    /// Calls of the run so far, and of its last month alone, beyond relief.
    pub calls: u64,
    pub last_calls: u64,
    /// Slots paid for inside, and before it.
    pub paid: Key,
    /// The least that its calls can cost.
    pub floor: Units,
}

/// The best way found to end a run, and what it must not exceed.
pub(super) struct Best {
    limit: Units,
    pub tail: Option<Tail>,
}

impl Best {
    /// Nothing found yet; totals above `limit` are of no use.
    pub(super) fn within(limit: Units) -> Self {
        Self { limit, tail: None }
    }

    /// The most that anything may cost to be of use.
    fn most(&self) -> Units {
        self.tail.as_ref().map_or(self.limit, |tail| self.limit.min(tail.key.total))
    }
}

/// One way to end a run.
struct Ending {
    holding: Holding,
    /// The largest total, in grains, that may be as good as the holding's.
    until: u64,
    /// For the postpaid calls of the last month.
    charge: Units,
    /// What all later months cost.
    onward: Key,
    /// Does it end covered?
    covered: bool,
}

impl Search<'_> {
    /// Ends `stretch` in every way, and extends it by every further per-call month, keeping the best.
    pub(super) fn extend(&self, stretch: &Stretch, best: &mut Best) {
        let after = stretch.last + 1;
        if self.hopeless(stretch.paid, stretch.floor + self.floor_from[after], best) {
            return;
        }
        // Whether it ends covered or goes on, packages must hold all its calls. What they hold beyond those may serve
        // later months, so the months' floors do not add to what they cost. Without slots there is little to cut.
        let packages = self.task.service.rates().package_costs();
        let mut cover = self.packages_per_call.map(|price| price.floor(stretch.calls));
        if let (Some(packages), true) = (packages, after == self.len || self.months[after].slots.is_some()) {
            let holding = packages.at_least(stretch.calls.div_ceil(packages.grain()), best.most() - stretch.paid.total);
            cover = holding.map(|holding| holding.cost);
            if let Some((holding, slots)) = holding.zip(self.slots_from[after]) {
                let onward = Key::slots(slots, u32::from(after < self.len));
                self.offer(stretch, &Ending { holding, until: u64::MAX, charge: 0, onward, covered: true }, best);
            }
        }
        if self.task.postpaid == Postpaid::On {
            self.end_charged(stretch, best);
        }
        let Some((cover, per_call)) = cover.zip(self.packages_per_call) else { return };
        let per_call = per_call.floor(stretch.calls);
        let mut next = *stretch;
        for index in after..self.len {
            let month = &self.months[index];
            if let Some(floor) = month.floor {
                let back = u32::from(next.last + 1 < index);
                let longer = Stretch {
                    last: index,
                    calls: stretch.calls + month.calls,
                    last_calls: month.calls,
                    paid: next.paid.plus(Key::slots(0, back)),
                    floor: per_call + floor,
                    ..next
                };
                self.extend(&longer, best);
            }
            let Some(slots) = month.slots else { return };
            next.paid = next.paid.plus(Key::slots(slots, u32::from(index == after)));
            next.concurrent |= 1 << index;
            if self.hopeless(next.paid, cover.max(per_call + self.floor_from[index + 1]), best) {
                return;
            }
        }
    }

    /// Can nothing that has `paid` so much, with at least `floor` to come, be better than the best or within the limit?
    /// A plan that ties with one that buys nothing buys nothing itself, so nothing is lost by cutting at equality.
    fn hopeless(&self, paid: Key, floor: Units, best: &Best) -> bool {
        let least = Key { total: paid.total + floor, ..paid };
        least.total > best.limit || best.tail.as_ref().is_some_and(|tail| least >= tail.key)
    }

    /// Ends with at least one postpaid call in the last month.
    fn end_charged(&self, stretch: &Stretch, best: &mut Best) {
        let Some((onward, _)) = self.onward[stretch.last + 1][Mode::PerCall as usize] else { return };
        let reached_by = |calls: u64| self.task.service.rates().tiers().partition_point(|tier| tier.from <= calls);
        let tiers = match self.task.tier_basis {
            TierBasis::Billed => 0..reached_by(stretch.last_calls),
            TierBasis::All => {
                let reached = reached_by(self.months[stretch.last].calls);
                reached.saturating_sub(1)..reached
            }
        };
        self.end_on_tiers(stretch, onward, tiers, best);
    }

    /// Ends on each of `tiers`, by index. Many of them are halved, as long as the lowest of their unit prices leaves hope.
    fn end_on_tiers(&self, stretch: &Stretch, onward: Key, tiers: Range<usize>, best: &mut Best) {
        if tiers.len() <= FEW_TIERS {
            tiers.for_each(|tier| self.end_on_tier(stretch, onward, tier, best));
            return;
        }
        let rates = self.task.service.rates();
        let lowest = rates.tiers()[tiers.clone()].iter().map(|tier| tier.unit_price).min();
        if let Some((packages, lowest)) = rates.package_costs().zip(lowest) {
            let (from, to) = self.totals(stretch, tiers.clone(), packages.grain());
            if from > to || packages.floor_within(lowest, from, to) > self.most_for_packages(stretch, onward, lowest, best) {
                return;
            }
        }
        let middle = tiers.start.midpoint(tiers.end);
        self.end_on_tiers(stretch, onward, tiers.start..middle, best);
        self.end_on_tiers(stretch, onward, middle..tiers.end, best);
    }

    /// The totals, in grains, that leave so many calls in the last month that they are charged on one of `tiers`; none
    /// where the first is above the second.
    fn totals(&self, stretch: &Stretch, tiers: Range<usize>, grain: u64) -> (u64, u64) {
        let rates = self.task.service.rates();
        let (fewest, most) = match self.task.tier_basis {
            TierBasis::Billed => {
                let next = rates.tiers().get(tiers.end).map_or(u64::MAX, |tier| tier.from);
                (rates.tiers()[tiers.start].from.max(1), stretch.last_calls.min(next - 1))
            }
            TierBasis::All => (1, stretch.last_calls),
        };
        // A tier from 0 that ends before 1 has no calls at all.
        if fewest > most { (1, 0) } else { ((stretch.calls - most).div_ceil(grain), (stretch.calls - fewest) / grain) }
    }

    /// Of the unit price for every call of the run, what packages save must leave something within the limit: the most
    /// that they may cost less that price for each call that they hold.
    fn most_for_packages(&self, stretch: &Stretch, onward: Key, unit_price: Units, best: &Best) -> Units {
        best.most() - stretch.paid.total - onward.total - unit_price * Units::from(stretch.calls)
    }

    fn end_on_tier(&self, stretch: &Stretch, onward: Key, tier: usize, best: &mut Best) {
        let rates = self.task.service.rates();
        let unit_price = rates.tiers()[tier].unit_price;
        let grain = rates.package_costs().map_or(1, |packages| packages.grain());
        let (from, to) = self.totals(stretch, tier..tier + 1, grain);
        let holding = match rates.package_costs() {
            Some(packages) => packages.best_within(tier, from, to, self.most_for_packages(stretch, onward, unit_price, best)),
            None => (from == 0).then_some(Holding { grains: 0, cost: 0, count: 0 }),
        };
        let Some(holding) = holding else { return };
        let until = if unit_price == 0 { to } else { holding.grains };
        let charge = unit_price * Units::from(stretch.calls - holding.grains * grain);
        self.offer(stretch, &Ending { holding, until, charge, onward, covered: false }, best);
    }

    /// Takes an ended run if it is better than the best so far.
    fn offer(&self, stretch: &Stretch, ending: &Ending, best: &mut Best) {
        let Ending { holding, until, charge, onward, covered } = *ending;
        let run = Key { total: holding.cost + charge, packages: holding.cost, switches: 0, count: holding.count };
        let key = stretch.paid.plus(run).plus(onward);
        if key.total > best.limit || best.tail.as_ref().is_some_and(|tail| key > tail.key) {
            return;
        }
        let Stretch { first, last, first_calls, concurrent, .. } = *stretch;
        let run = Run { first, last, first_calls, concurrent, holding, until, covered };
        let mut tail = Tail { key, lateness: None, run: Some(run) };
        if let Some(before) = best.tail.as_mut().filter(|before| before.key == key) {
            let known = *before.lateness.get_or_insert_with(|| before.run.map_or(0, |run| self.run_lateness(&run)));
            let lateness = self.run_lateness(&run);
            if lateness <= known {
                return;
            }
            tail.lateness = Some(lateness);
        }
        best.tail = Some(tail);
    }
}
