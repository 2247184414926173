//! Extension and ends of runs.
//!
//! A run is extended month by month, depth first, and ended in every way after each month. What a run is, and why no
//! other ends are needed, is explained in the parent module.

use std::ops::Range;

use super::{CostToGo, Run, Score, Search};
use crate::money::Units;
use crate::price_book::charge::Piece;
use crate::price_book::package_costs::PackageSet;
use crate::settlement::Mode;

/// The number of pieces up to which each is tried without a bound on all of them.
pub(super) const FEW_PIECES: usize = 4;
/// No packages.
pub(super) const NOTHING: PackageSet = PackageSet { grains: 0, cost: 0, count: 0 };

/// A run that may still be extended. The per-call month `last` is its last so far.
#[derive(Clone, Copy)]
pub(super) struct OpenRun {
    pub first: usize,
    pub last: usize,
    pub first_calls: u64,
    pub concurrent: u16,
    /// Calls of the run so far that credits do not cover.
    pub calls: u64,
    /// Calls of the last month that credits do not cover.
    pub last_calls: u64,
    /// Slots and switches inside the run and before it.
    pub paid: Score,
    /// A lower bound on the cost of its calls.
    pub bound: Units,
}

/// The best end found so far, and a limit on totals.
pub(super) struct Incumbent {
    limit: Units,
    pub best: Option<CostToGo>,
}

impl Incumbent {
    /// No end yet. Totals above `limit` will be ignored.
    pub(super) fn within(limit: Units) -> Self {
        Self { limit, best: None }
    }

    /// The maximum total of an end that is worth finding.
    fn max_total(&self) -> Units {
        self.best.as_ref().map_or(self.limit, |best| self.limit.min(best.score.total))
    }
}

/// One way to end a run.
struct RunEnd {
    /// The packages that the run buys.
    set: PackageSet,
    /// The largest total, in grains, that packages with the same score can have.
    max_grains: u64,
    /// The postpaid charge of the last month.
    charge: Units,
    /// The cost of all later months.
    later: Score,
    /// Whether the run ends covered.
    covered: bool,
}

impl Search<'_> {
    /// Ends `run` in every way, extends it by every further per-call month, and keeps the best end.
    pub(super) fn extend(&self, run: &OpenRun, incumbent: &mut Incumbent) {
        let after = run.last + 1;
        if self.can_prune(run.paid, run.bound + self.bound_from[after], incumbent) {
            return;
        }
        // Whether the run ends covered or continues, its packages must hold all its calls. Calls beyond those may serve
        // later months, so the bounds of later months cannot be added to the price of these packages. Without slots in
        // the next month, the exact price would prune too little to be worth its time.
        let packages = self.packages;
        let per_call = self.packages_bound(run.calls);
        let mut cover = per_call;
        if after == self.len || self.months[after].slots.is_some() {
            let set = match packages {
                Some(packages) => packages.at_least(run.calls.div_ceil(packages.grain()), incumbent.max_total() - run.paid.total),
                None => (run.calls == 0).then_some(NOTHING),
            };
            cover = set.map(|set| set.cost);
            if let Some((set, slots)) = set.zip(self.slots_from[after]) {
                let later = Score::slots(slots, u32::from(after < self.len));
                self.consider_end(run, &RunEnd { set, max_grains: u64::MAX, charge: 0, later, covered: true }, incumbent);
            }
        }
        self.end_charged(run, incumbent);
        let Some((cover, per_call)) = cover.zip(per_call) else { return };
        let mut next = *run;
        for index in after..self.len {
            let month = &self.months[index];
            if let Some((add_on, bound)) = month.per_call() {
                let back = u32::from(next.last + 1 < index);
                let longer = OpenRun {
                    last: index,
                    calls: run.calls + month.calls,
                    last_calls: month.calls,
                    paid: next.paid.plus(Score::slots(add_on, back)),
                    bound: per_call + bound,
                    ..next
                };
                self.extend(&longer, incumbent);
            }
            let Some(slots) = month.slots else { return };
            next.paid = next.paid.plus(Score::slots(slots, u32::from(index == after)));
            next.concurrent |= 1 << index;
            if self.can_prune(next.paid, cover.max(per_call + self.bound_from[index + 1]), incumbent) {
                return;
            }
        }
    }

    /// Whether no plan that has `paid` this much, with at least `bound` to come, is within the limit and better than the
    /// incumbent.
    ///
    /// Pruning at equality is safe. `paid` contains no packages, so an incumbent with an equal score buys none. A plan that
    /// ties with it buys none either, and is not later.
    fn can_prune(&self, paid: Score, bound: Units, incumbent: &Incumbent) -> bool {
        let lowest = Score { total: paid.total + bound, ..paid };
        lowest.total > incumbent.limit || incumbent.best.as_ref().is_some_and(|best| lowest >= best.score)
    }

    /// Ends the run with at least one postpaid call in the last month.
    fn end_charged(&self, run: &OpenRun, incumbent: &mut Incumbent) {
        let Some((later, _)) = self.best_start[run.last + 1][Mode::PerCall as usize] else { return };
        let reached = self.charges[run.last].partition_point(|piece| piece.from <= run.last_calls);
        self.end_on_pieces(run, later, 0..reached, incumbent);
    }

    /// Ends the run on each of `pieces` of the last month's charge, given by index. Many pieces are halved, and a half is
    /// skipped where its lower bound is too high.
    fn end_on_pieces(&self, run: &OpenRun, later: Score, pieces: Range<usize>, incumbent: &mut Incumbent) {
        if pieces.len() <= FEW_PIECES {
            pieces.for_each(|piece| self.end_on_piece(run, later, piece, incumbent));
            return;
        }
        let charges = &self.charges[run.last][pieces.clone()];
        let lowest = charges.iter().map(|piece| piece.unit_price).min();
        if let Some((packages, lowest)) = self.packages.zip(lowest) {
            // A line with the lowest unit price that is nowhere above the pieces, which are steeper and start on or above it.
            let above = |piece: &Piece| piece.charge(piece.from) - lowest.at_most(piece.from);
            let base = charges.iter().map(above).min().unwrap_or(0);
            let (from, to) = self.totals(run, pieces.clone(), packages.grain());
            let most = self.max_total_of_calls(run, later, incumbent) - base - lowest.at_most(run.calls);
            if from > to || packages.lower_bound_within(lowest, from, to) > most {
                return;
            }
        }
        let middle = pieces.start.midpoint(pieces.end);
        self.end_on_pieces(run, later, pieces.start..middle, incumbent);
        self.end_on_pieces(run, later, middle..pieces.end, incumbent);
    }

    /// The package totals, in grains, that leave the last month with postpaid calls on one of `pieces`. There are none where
    /// the first is above the second.
    pub(super) fn totals(&self, run: &OpenRun, pieces: Range<usize>, grain: u64) -> (u64, u64) {
        let charges = &self.charges[run.last];
        let (fewest, most) = (charges[pieces.start].from, charges[pieces.end - 1].to.min(run.last_calls));
        if fewest > most { (1, 0) } else { ((run.calls - most).div_ceil(grain), (run.calls - fewest) / grain) }
    }

    /// What remains of the maximum total for the calls of the run, after everything else.
    fn max_total_of_calls(&self, run: &OpenRun, later: Score, incumbent: &Incumbent) -> Units {
        incumbent.max_total() - run.paid.total - later.total
    }

    /// Ends the run with postpaid calls on the piece with index `piece` of the last month's charge.
    fn end_on_piece(&self, run: &OpenRun, later: Score, piece: usize, incumbent: &mut Incumbent) {
        let packages = self.packages;
        let grain = packages.map_or(1, |packages| packages.grain());
        let (from, to) = self.totals(run, piece..piece + 1, grain);
        let piece = &self.charges[run.last][piece];
        let set = match packages {
            // The net cost of packages is what they cost more than postpaid calls in their place.
            Some(packages) => {
                let most = self.max_total_of_calls(run, later, incumbent) - piece.charge(run.calls);
                packages.best_within(piece.tier, from, to, most)
            }
            None => (from == 0).then_some(NOTHING),
        };
        let Some(set) = set else { return };
        let max_grains = if piece.unit_price.is_zero() { to } else { set.grains };
        let charge = piece.charge(run.calls - set.grains * grain);
        self.consider_end(run, &RunEnd { set, max_grains, charge, later, covered: false }, incumbent);
    }

    /// Keeps `end` if it is better than the incumbent.
    fn consider_end(&self, run: &OpenRun, end: &RunEnd, incumbent: &mut Incumbent) {
        let RunEnd { set, max_grains, charge, later, covered } = *end;
        let own = Score { total: set.cost + charge, packages: set.cost, switches: 0, count: set.count };
        let score = run.paid.plus(own).plus(later);
        if score.total > incumbent.limit || incumbent.best.as_ref().is_some_and(|best| score > best.score) {
            return;
        }
        let OpenRun { first, last, first_calls, concurrent, .. } = *run;
        let run = Run { first, last, first_calls, concurrent, set, max_grains, covered };
        let mut to_go = CostToGo { score, lateness: None, run: Some(run) };
        if let Some(best) = incumbent.best.as_mut().filter(|best| best.score == score) {
            let known = *best.lateness.get_or_insert_with(|| best.run.map_or(0, |run| self.run_lateness(&run)));
            let lateness = self.run_lateness(&run);
            if lateness <= known {
                return;
            }
            to_go.lateness = Some(lateness);
        }
        incumbent.best = Some(to_go);
    }
}

/// The lesser of two amounts or scores, of which either may be missing.
pub(super) fn least<T: Copy + Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => one.or(other),
    }
}
