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

use super::runs::{NOTHING, OpenRun};
use super::{Score, Search};
use crate::money::Units;
use crate::planner::credits::Credits;
use crate::planner::{Orders, Task};
use crate::price_book::charge::piece_of;
use crate::settlement::Postpaid;

/// A limit that no total reaches, small enough to calculate with.
const NO_LIMIT: Units = Units::MAX / 2;

/// A subset of the active months: a bit for each that is per call.
pub(in crate::planner) type Subset = u16;

/// A cost that may have been computed.
#[derive(Debug, Clone, Copy)]
enum Known {
    No,
    /// `None` where the calls cannot be paid.
    Yes(Option<Score>),
}

/// The costs of the subsets of one service, computed when they are first asked for.
pub(in crate::planner) struct Subsets<'a> {
    search: Search<'a>,
    credits: Credits,
    /// A lower bound on the cost of each subset; `None` where one of its months cannot be per call.
    bounds: Vec<Option<Units>>,
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
        let search = Search::new(task);
        let credits = Credits::of(task);
        let number = 1 << search.len;
        let mut subsets =
            Self { search, credits, bounds: Vec::new(), costs: vec![Known::No; number], from_empty: Vec::new(), runs: Vec::new() };
        subsets.bounds = subsets.lower_bounds(number);
        subsets.from_empty = vec![Known::No; number];
        subsets.runs = vec![Known::No; number];
        subsets
    }

    /// The months with calls, each counted from 0.
    pub(in crate::planner) fn active(&self) -> impl Iterator<Item = usize> {
        self.search.months.iter().take(self.search.len).map(|month| month.number as usize - 1)
    }

    /// A lower bound on the total of a subset; `None` where one of its months cannot be per call.
    pub(in crate::planner) fn lower_bound(&self, subset: Subset) -> Option<Units> {
        self.bounds[usize::from(subset)]
    }

    /// By subset: its slots, and the least that its calls can cost when each credit saves the most.
    fn lower_bounds(&self, number: usize) -> Vec<Option<Units>> {
        let saved = self.search.most_per_credit.map_or(NO_LIMIT, |price| price.saturating_mul(Units::from(self.credits.left())));
        let mut sums = vec![Some((0, 0)); number];
        for subset in 1..number {
            let month = &self.search.months[subset.trailing_zeros() as usize];
            let before: Option<(Units, Units)> = sums[subset & (subset - 1)];
            sums[subset] =
                before.zip(month.add_on).map(|((slots, calls), add_on)| (slots + add_on, calls + month.calls_bound.unwrap_or(0)));
        }
        sums.into_iter().map(|sum| sum.map(|(slots, calls)| slots + (calls - saved).max(0))).collect()
    }

    /// The least cost of a subset; `None` where some of its calls cannot be paid.
    pub(in crate::planner) fn cost(&mut self, subset: Subset) -> Option<Score> {
        if let Known::Yes(cost) = self.costs[usize::from(subset)] {
            return cost;
        }
        let add_on: Option<Units> = months_of(subset).map(|month| self.search.months[month].add_on).sum();
        let cost = add_on.and_then(|add_on| Some(self.calls_of(subset)?.plus(Score::slots(add_on, 0))));
        self.costs[usize::from(subset)] = Known::Yes(cost);
        cost
    }

    /// The least cost of the calls of a subset.
    fn calls_of(&mut self, subset: Subset) -> Option<Score> {
        let mut credits = self.credits;
        let mut rest = subset;
        for month in months_of(subset) {
            let Some(&super::Month { number, calls, .. }) = self.search.months.get(month) else { break };
            credits.expire_before(number);
            if credits.left() == 0 && self.search.task.orders == Orders::Any {
                return self.from_empty(rest);
            }
            let uncovered = credits.cover(number, calls);
            if uncovered > 0 {
                return self.from_first(rest, uncovered);
            }
            rest &= rest - 1;
        }
        Some(Score::default())
    }

    /// The least cost of the months of `subset` from an empty balance, where packages may be bought at any time.
    fn from_empty(&mut self, subset: Subset) -> Option<Score> {
        if subset == 0 {
            return Some(Score::default());
        }
        if let Known::Yes(cost) = self.from_empty[usize::from(subset)] {
            return cost;
        }
        let cost = self.from_first(subset, self.search.months[subset.trailing_zeros() as usize].calls);
        self.from_empty[usize::from(subset)] = Known::Yes(cost);
        cost
    }

    /// The same where `first_calls` calls of the first month are left: the best of ending its run after each month, with
    /// postpaid calls or, after the last one, covered.
    fn from_first(&mut self, subset: Subset, first_calls: u64) -> Option<Score> {
        let first = subset.trailing_zeros() as usize;
        let whole_month = self.search.months[first].calls == first_calls && self.search.task.orders == Orders::Any;
        let mut best: Option<Score> = None;
        let mut run = OpenRun { first, last: first, first_calls, concurrent: 0, calls: 0, last_calls: 0, paid: Score::default(), bound: 0 };
        let mut later = subset;
        for month in months_of(subset) {
            let calls = if month == first { first_calls } else { self.search.months[month].calls };
            run = OpenRun { last: month, calls: run.calls + calls, last_calls: calls, ..run };
            later &= later - 1;
            let limit = best.map_or(NO_LIMIT, |best| best.total);
            let charged = if whole_month { self.run(subset & !later, &run) } else { self.charged(&run, limit) };
            let Some(charged) = charged.filter(|charged| charged.total <= limit) else { continue };
            let after = if self.search.task.orders == Orders::Any { self.from_empty(later) } else { self.postpaid_alone(later) };
            best = least(best, after.map(|after| charged.plus(after)));
        }
        let limit = best.map_or(NO_LIMIT, |best| best.total);
        let covered = match self.search.packages {
            Some(packages) => packages.at_least(run.calls.div_ceil(packages.grain()), limit),
            None => (run.calls == 0).then_some(NOTHING),
        };
        least(best, covered.map(|set| Score { total: set.cost, packages: set.cost, switches: 0, count: set.count }))
    }

    /// The least cost of a run from an empty balance, whose last month has postpaid calls.
    fn run(&mut self, subset: Subset, run: &OpenRun) -> Option<Score> {
        if let Known::Yes(cost) = self.runs[usize::from(subset)] {
            return cost;
        }
        let cost = self.charged(run, NO_LIMIT);
        self.runs[usize::from(subset)] = Known::Yes(cost);
        cost
    }

    /// The least cost, if it is at most `limit`, of a run whose last month has postpaid calls.
    fn charged(&self, run: &OpenRun, limit: Units) -> Option<Score> {
        let packages = self.search.packages;
        let grain = packages.map_or(1, |packages| packages.grain());
        let mut best: Option<Score> = None;
        for (place, piece) in self.search.charges[run.last].iter().enumerate().take_while(|(_, piece)| piece.from <= run.last_calls) {
            let (from, to) = self.search.totals(run, place..place + 1, grain);
            let most = best.map_or(limit, |best| best.total) - piece.charge(run.calls);
            let set = match packages {
                Some(packages) => packages.best_within(piece.tier, from, to, most),
                None => (from == 0).then_some(NOTHING),
            };
            let cost = set.map(|set| {
                let total = set.cost + piece.charge(run.calls - set.grains * grain);
                Score { total, packages: set.cost, switches: 0, count: set.count }
            });
            best = least(best, cost);
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

fn least(one: Option<Score>, other: Option<Score>) -> Option<Score> {
    one.into_iter().chain(other).min()
}
