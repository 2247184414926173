//! What a service costs for every choice of its per-call months.
//!
//! Services of one group share the mode of each month, so their search compares choices of months, and asks each service for
//! its cost of each choice. A *subset* is a choice: a bit for each active month that is per call. The runs of a choice are
//! those of the [search](super), and every run is a subset itself: its last month may be charged, its other months are
//! covered. So there are at most 4,095 runs from an empty balance, each is ended in its best way once, and the cost of
//! a choice is the least over its first run and the choice that is left behind it.
//!
//! Credits are used up in order. So a choice decides which of its months they cover, and one run starts with the calls of a
//! month that they leave. With one order, that run alone may buy packages.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::runs::{FEW_PIECES, NOTHING, OpenRun, least};
use super::{Score, Search};
use crate::money::Units;
use crate::planner::credits::Credits;
use crate::planner::{Orders, Task};
use crate::price_book::charge::piece_of;
use crate::settlement::Postpaid;

/// A limit that no total reaches, small enough to calculate with.
pub(in crate::planner) const NO_LIMIT: Units = Units::MAX / 2;

/// A subset of the active months: a bit for each that is per call.
pub(in crate::planner) type Subset = u16;

/// What is known of a cost.
#[derive(Debug, Clone, Copy)]
enum Known {
    Cost(Score),
    /// It is above this amount; above every amount where the calls cannot be paid.
    Above(Units),
}

impl Known {
    /// Nothing: every cost is above this.
    const NOTHING: Self = Self::Above(-1);

    /// What a search with this limit has found.
    fn found(cost: Option<Score>, limit: Units) -> Self {
        cost.map_or(Self::Above(limit), Self::Cost)
    }

    /// The cost, if it is known to be at most `limit` or to be above it: `None` in the latter case.
    fn within(self, limit: Units) -> Option<Option<Score>> {
        match self {
            Self::Cost(cost) => Some(Some(cost).filter(|cost| cost.total <= limit)),
            Self::Above(least) if least >= limit => Some(None),
            Self::Above(_) => None,
        }
    }
}

/// The costs of the subsets of one service, computed when they are first asked for.
pub(in crate::planner) struct Subsets<'a> {
    search: Search<'a>,
    credits: Credits,
    /// A lower bound on the cost of each subset; `None` where one of its months cannot be per call.
    bounds: Vec<Option<Units>>,
    /// A lower bound on the cost of the calls of each subset that no credits cover.
    uncovered: Vec<Units>,
    costs: Vec<Known>,
    /// The cost of a subset that starts with an empty balance, without slots.
    from_empty: Vec<Known>,
    /// The cost of a subset that is one run from an empty balance, whose last month has postpaid calls.
    runs: Vec<Known>,
}

/// The months of a subset, as indexes in rising order.
fn months_of(subset: Subset) -> impl Iterator<Item = usize> {
    let next = |&rest: &Subset| Some(rest & rest.wrapping_sub(1)).filter(|&rest| rest != 0);
    std::iter::successors(Some(subset).filter(|&subset| subset != 0), next).map(|rest| rest.trailing_zeros() as usize)
}

impl<'a> Subsets<'a> {
    /// Prepares a task whose months are never concurrent. It must fit the search.
    pub(in crate::planner) fn new(task: &'a Task<'a>) -> Self {
        let mut search = Search::without_months(task);
        search.add_months();
        let credits = Credits::of(task);
        let saved = search.most_per_credit.map_or(NO_LIMIT, |price| price.saturating_mul(Units::from(credits.left())));
        let number = 1 << search.len;
        let mut sums: Vec<(Option<Units>, Units)> = vec![(Some(0), 0); number];
        for subset in 1..number {
            let month = &search.months[subset.trailing_zeros() as usize];
            let (slots, calls) = sums[subset & (subset - 1)];
            sums[subset] = (slots.zip(month.add_on).map(|(slots, add_on)| slots + add_on), calls + month.calls_bound.unwrap_or(0));
        }
        Self {
            search,
            credits,
            bounds: sums.iter().map(|&(slots, calls)| slots.map(|slots| slots + (calls - saved).max(0))).collect(),
            uncovered: sums.iter().map(|&(_, calls)| calls).collect(),
            costs: vec![Known::NOTHING; number],
            from_empty: vec![Known::NOTHING; number],
            runs: vec![Known::NOTHING; number],
        }
    }

    /// The months with calls, each counted from 0.
    pub(in crate::planner) fn active(&self) -> impl Iterator<Item = usize> {
        self.search.months.iter().take(self.search.len).map(|month| month.number as usize - 1)
    }

    /// A lower bound on the total of a subset; `None` where one of its months cannot be per call.
    pub(in crate::planner) fn lower_bound(&self, subset: Subset) -> Option<Units> {
        self.bounds[usize::from(subset)]
    }

    /// The least cost of a subset, if that is at most `limit`.
    pub(in crate::planner) fn cost(&mut self, subset: Subset, limit: Units) -> Option<Score> {
        if let Some(known) = self.costs[usize::from(subset)].within(limit) {
            return known;
        }
        let add_on: Option<Units> = months_of(subset).map(|month| self.search.months[month].add_on).sum();
        let cost = add_on.and_then(|add_on| Some(self.calls_of(subset, limit - add_on)?.plus(Score::slots(add_on, 0))));
        self.costs[usize::from(subset)] = Known::found(cost, limit);
        cost
    }

    /// The least cost of the calls of a subset, if that is at most `limit`.
    fn calls_of(&mut self, subset: Subset, limit: Units) -> Option<Score> {
        let mut credits = self.credits;
        let mut rest = subset;
        for month in months_of(subset) {
            let super::Month { number, calls, .. } = self.search.months[month];
            credits.expire_before(number);
            if credits.left() == 0 && self.search.task.orders == Orders::Any {
                return self.cost_from_empty(rest, limit);
            }
            let uncovered = credits.cover(number, calls);
            if uncovered > 0 {
                return self.cost_from_first(rest, uncovered, limit);
            }
            rest &= rest - 1;
        }
        Some(Score::default()).filter(|_| limit >= 0)
    }

    /// The least cost of the months of `subset` from an empty balance, if that is at most `limit`, where packages may be bought at
    /// any time.
    fn cost_from_empty(&mut self, subset: Subset, limit: Units) -> Option<Score> {
        if let Some(known) = self.from_empty[usize::from(subset)].within(limit) {
            return known;
        }
        let cost = match subset {
            0 => Some(Score::default()).filter(|_| limit >= 0),
            _ => self.cost_from_first(subset, self.search.months[subset.trailing_zeros() as usize].calls, limit),
        };
        self.from_empty[usize::from(subset)] = Known::found(cost, limit);
        cost
    }

    /// The same where `first_calls` calls of the first month are left: the best of ending its run after each month, with
    /// postpaid calls or, after the last one, covered.
    fn cost_from_first(&mut self, subset: Subset, first_calls: u64, limit: Units) -> Option<Score> {
        let first = subset.trailing_zeros() as usize;
        let is_run = self.search.months[first].calls == first_calls && self.search.task.orders == Orders::Any;
        let mut limit = limit;
        let mut best: Option<Score> = None;
        let mut run = OpenRun { first, last: first, first_calls, concurrent: 0, calls: 0, last_calls: 0, paid: Score::default(), bound: 0 };
        let mut later = subset;
        for month in months_of(subset) {
            let calls = if month == first { first_calls } else { self.search.months[month].calls };
            run = OpenRun { last: month, calls: run.calls + calls, last_calls: calls, ..run };
            later &= later - 1;
            let of_run = limit - self.uncovered[usize::from(later)];
            let charged = if is_run { self.run(subset & !later, &run, of_run) } else { self.charged(&run, of_run) };
            let Some(charged) = charged else { continue };
            let after = match self.search.task.orders {
                Orders::Any => self.cost_from_empty(later, limit - charged.total),
                Orders::Once => self.postpaid_alone(later),
            };
            best = least(best, after.map(|after| charged.plus(after)));
            limit = best.map_or(limit, |best| limit.min(best.total));
        }
        let covered = match self.search.packages {
            Some(packages) => packages.at_least(run.calls.div_ceil(packages.grain()), limit),
            None => (run.calls == 0).then_some(NOTHING),
        };
        let covered = covered.map(|set| Score { total: set.cost, packages: set.cost, switches: 0, count: set.count });
        least(best, covered).filter(|cost| cost.total <= limit)
    }

    /// The least cost of a run from an empty balance, whose last month has postpaid calls, if that is at most `limit`.
    fn run(&mut self, subset: Subset, run: &OpenRun, limit: Units) -> Option<Score> {
        if let Some(known) = self.runs[usize::from(subset)].within(limit) {
            return known;
        }
        let cost = self.charged(run, limit);
        self.runs[usize::from(subset)] = Known::found(cost, limit);
        cost
    }

    /// The least cost, if it is at most `limit`, of a run whose last month has postpaid calls. Many pieces of the
    /// charge are tried in the order of a lower bound.
    fn charged(&self, run: &OpenRun, limit: Units) -> Option<Score> {
        let packages = self.search.packages;
        let grain = packages.map_or(1, |packages| packages.grain());
        let pieces = &self.search.charges[run.last];
        let reached = pieces.iter().enumerate().take_while(|(_, piece)| piece.from <= run.last_calls);
        let bounded = reached.filter_map(|(place, piece)| {
            let (from, to) = self.search.totals(run, place..place + 1, grain);
            let net = match packages {
                _ if from > to => return None,
                Some(packages) => packages.lower_bound_within(piece.unit_price, from, to),
                None => 0,
            };
            Some((piece.charge(run.calls) + net, place)).filter(|&(bound, _)| bound <= limit)
        });
        let mut best: Option<Score> = None;
        let mut limit = limit;
        let try_piece = |place: usize, limit: Units| {
            let (from, to) = self.search.totals(run, place..place + 1, grain);
            let piece = &pieces[place];
            let set = match packages {
                Some(packages) => packages.best_within(piece.tier, from, to, limit - piece.charge(run.calls)),
                None => (from == 0).then_some(NOTHING),
            }?;
            let total = set.cost + piece.charge(run.calls - set.grains * grain);
            Some(Score { total, packages: set.cost, switches: 0, count: set.count }).filter(|cost| cost.total <= limit)
        };
        if pieces.len() <= FEW_PIECES {
            for (bound, place) in bounded {
                if bound <= limit {
                    best = least(best, try_piece(place, limit));
                    limit = best.map_or(limit, |best| best.total);
                }
            }
            return best;
        }
        let mut bounded: BinaryHeap<Reverse<(Units, usize)>> = bounded.map(Reverse).collect();
        while let Some(Reverse((bound, place))) = bounded.pop() {
            if bound > limit {
                break;
            }
            best = least(best, try_piece(place, limit));
            limit = best.map_or(limit, |best| best.total);
        }
        best
    }

    /// What the months of a subset cost by postpaid alone.
    fn postpaid_alone(&self, subset: Subset) -> Option<Score> {
        let charge = |month: usize| match self.search.months[month].calls {
            0 => Some(0),
            calls if self.search.task.postpaid == Postpaid::On => {
                piece_of(&self.search.charges[month], calls).map(|piece| piece.charge(calls))
            }
            _ => None,
        };
        months_of(subset).map(charge).sum::<Option<Units>>().map(|total| Score::slots(total, 0))
    }
}
