//! How can a run of per-call months end, and how far can it reach?
//!
//! Runs are extended month by month, depth first; what a run is, and why these ends are all there are, is argued at
//! the head of the search.

use super::{Key, Run, Search, Tail};
use crate::money::Scaled;
use crate::price_book::TierBasis;
use crate::price_book::package_costs::Holding;
use crate::settlement::{Mode, Postpaid};

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
    pub floor: Scaled,
}

impl Search<'_> {
    /// Ends `stretch` in every way, and extends it by every further per-call month, keeping the best.
    pub(super) fn extend(&self, stretch: &Stretch, limit: Scaled, best: &mut Option<Tail>) {
        let after = stretch.last + 1;
        if self.hopeless(stretch.paid, stretch.floor + self.floor_from[after], limit, best) {
            return;
        }
        self.end_covered(stretch, limit, best);
        if self.task.postpaid == Postpaid::On {
            self.end_charged(stretch, limit, best);
        }
        if self.task.service.rates().packages.is_none() {
            return;
        }
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
                    floor: stretch.floor + floor,
                    ..next
                };
                self.extend(&longer, limit, best);
            }
            let Some(slots) = month.slots else { return };
            next.paid = next.paid.plus(Key::slots(slots, u32::from(index == after)));
            next.concurrent |= 1 << index;
            if self.hopeless(next.paid, stretch.floor + self.floor_from[index + 1], limit, best) {
                return;
            }
        }
    }

    /// Can nothing that has `paid` so much, with at least `floor` to come, be better than the best or within the limit?
    /// A plan that ties with one that buys nothing buys nothing itself, so nothing is lost by cutting at equality.
    fn hopeless(&self, paid: Key, floor: Scaled, limit: Scaled, best: &Option<Tail>) -> bool {
        let least = Key { total: paid.total + floor, ..paid };
        least.total > limit || best.as_ref().is_some_and(|tail| least >= tail.key)
    }

    /// Ends with everything covered by packages and every later month concurrent.
    fn end_covered(&self, stretch: &Stretch, limit: Scaled, best: &mut Option<Tail>) {
        let after = stretch.last + 1;
        let (Some(packages), Some(slots)) = (&self.task.service.rates().packages, self.slots_from[after]) else { return };
        let least = stretch.calls.div_ceil(packages.grain());
        let onward = Key::slots(slots, u32::from(after < self.len));
        let most = best.as_ref().map_or(limit, |tail| limit.min(tail.key.total)) - stretch.paid.total - slots;
        let Some(holding) = packages.at_least(least, most) else { return };
        self.offer(stretch, holding, u64::MAX, 0, onward, true, limit, best);
    }

    /// Ends with at least one postpaid call in the last month.
    fn end_charged(&self, stretch: &Stretch, limit: Scaled, best: &mut Option<Tail>) {
        let Some((onward, _)) = self.onward[stretch.last + 1][Mode::PerCall as usize] else { return };
        let rates = self.task.service.rates();
        let month_calls = self.months[stretch.last].calls;
        let paid = stretch.paid.total + onward.total;
        for (index, tier) in rates.tiers.iter().enumerate() {
            let next = rates.tiers.get(index + 1).map_or(u64::MAX, |tier| tier.from);
            let (fewest, most) = match self.task.tier_basis {
                TierBasis::Billed => (tier.from.max(1), stretch.last_calls.min(next - 1)),
                TierBasis::All if tier.from <= month_calls && month_calls < next => (1, stretch.last_calls),
                TierBasis::All => continue,
            };
            if fewest > most {
                continue;
            }
            let unit_price = tier.unit_price;
            let (holding, until) = match &rates.packages {
                Some(packages) => {
                    let grain = packages.grain();
                    let range = ((stretch.calls - most).div_ceil(grain), (stretch.calls - fewest) / grain);
                    // Of the unit price for every call of the run, what packages save must leave something within the limit.
                    let most =
                        best.as_ref().map_or(limit, |tail| limit.min(tail.key.total)) - paid - unit_price * Scaled::from(stretch.calls);
                    let Some(holding) = packages.best_within(index, range.0, range.1, most) else { continue };
                    (holding, if unit_price == 0 { range.1 } else { holding.grains })
                }
                None if most == stretch.calls => (Holding { grains: 0, cost: 0, count: 0 }, 0),
                None => continue,
            };
            let grain = rates.packages.as_ref().map_or(1, |packages| packages.grain());
            let charge = unit_price * Scaled::from(stretch.calls - holding.grains * grain);
            self.offer(stretch, holding, until, charge, onward, false, limit, best);
        }
    }

    /// Takes an ended run if it is better than the best so far.
    #[expect(clippy::too_many_arguments, reason = "one call's worth of facts, each used once; a struct would only rename them")]
    fn offer(
        &self,
        stretch: &Stretch,
        holding: Holding,
        until: u64,
        charge: Scaled,
        onward: Key,
        covered: bool,
        limit: Scaled,
        best: &mut Option<Tail>,
    ) {
        let run = Key { total: holding.cost + charge, packages: holding.cost, switches: 0, count: holding.count };
        let key = stretch.paid.plus(run).plus(onward);
        if key.total > limit || best.as_ref().is_some_and(|tail| key > tail.key) {
            return;
        }
        let Stretch { first, last, first_calls, concurrent, .. } = *stretch;
        let run = Run { first, last, first_calls, concurrent, holding, until, covered };
        let mut tail = Tail { key, lateness: None, run: Some(run) };
        if let Some(before) = best.as_mut().filter(|before| before.key == key) {
            let known = *before.lateness.get_or_insert_with(|| before.run.map_or(0, |run| self.run_lateness(&run)));
            let lateness = self.run_lateness(&run);
            if lateness <= known {
                return;
            }
            tail.lateness = Some(lateness);
        }
        *best = Some(tail);
    }
}
