//! The exact search for the cheapest plan, by dynamic programming over months with branch and bound inside a stage.
//!
//! The search decides which months are concurrent and how many calls the packages hold. When packages are bought is
//! left to `planner/schedule.rs`. Months without calls change nothing and are left out; the others are *active*.
//!
//! # Runs
//!
//! Settlement uses packages before it charges postpaid, so an active month with postpaid calls ends with an empty
//! package balance. Split the per-call months after each such month: the parts are *runs*. In every month of a run but
//! the last, packages bought in the run cover all calls; the last month has b ≥ 1 postpaid calls. So the packages of a
//! run of R calls hold exactly R − b calls, and the run costs the cheapest packages of exactly R − b calls plus the
//! postpaid charge for b calls.
//!
//! Only the last run of the horizon may end with all calls covered. Its packages hold at least R calls, and the surplus
//! has no value. An earlier run that ended covered could be joined with the next run at no extra cost, so the search
//! does not need one. A run may contain concurrent months, which do not use the package balance.
//!
//! The postpaid charge for b calls of a month is a list of straight pieces, and the packages with the lowest net cost on
//! one of them are found in constant time. Nothing else depends on the number of calls, so the time of a search does not
//! grow with volume.
//!
//! A month's own free calls are taken off before everything else, so the search counts the calls beyond them. A month that
//! has none of those is a part of a run like any other: it needs nothing and is covered. Slots that a per-call month needs
//! beyond the included ones are paid whatever pays for its calls, like the slots of a concurrent month.
//!
//! # Credits
//!
//! Credits (free quota and owned packages) are used before anything that is bought. So while credits are left at the
//! end of a month, they have covered every call so far. The first month that they cannot cover leaves a remainder, and
//! no credits are left after it. So the horizon has three parts: a *prefix* whose modes decide only how many credits
//! are left, a run that starts with the remainder, and the months after that run. The cost of those depends only on the
//! mode of the month before them: the stage is the month, and the state is that mode.
//!
//! # One order
//!
//! Where packages are bought at the start of month 1 alone, they are used after the credits and before postpaid, so they pay
//! for the first calls that credits leave, up to their total. That is one run as above, in which everything is bought at
//! once, and after it only months that are postpaid or concurrent. So the same search starts a single run with packages
//! after any prefix, and its cost to go is computed without packages.
//!
//! # Bounds
//!
//! The cost to go is computed from the last month backwards. Prefixes and runs are extended month by month, depth first.
//! A branch is cut only where a lower bound on its total is above the total of a known plan. The bound takes the lowest
//! price per call that each remaining month can reach, and assumes that each credit saves the highest of these prices.
//!
//! Where a run can end on many pieces, they are searched by halves with the same rule. The lower bound of a half takes a line
//! below all of its pieces, with their lowest unit price, and the lower bound on the net cost of all package totals in reach.

mod reconstruct;
mod runs;
pub(super) mod subsets;

use std::borrow::Cow;

use self::runs::{Incumbent, OpenRun, least};
use crate::money::Units;
use crate::planner::credits::Credits;
use crate::planner::{Orders, Purchase, Task};
use crate::price_book::charge::{Average, Piece, lowest_average};
use crate::price_book::package_costs::{PackageCosts, PackageSet};
use crate::settlement::{Mode, Postpaid};
use crate::usage::MONTHS;

/// The criteria by which plans and parts of plans are compared, in the order of the rules. The last criterion, later
/// purchases, is not part of it: it takes longer and is computed only where all of these are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Score {
    /// The total paid.
    pub total: Units,
    /// The part paid for new packages.
    pub packages: Units,
    /// The number of months whose mode differs from the month before.
    pub switches: u32,
    /// The number of new packages.
    pub count: i64,
}

impl Score {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            total: self.total + other.total,
            packages: self.packages + other.packages,
            switches: self.switches + other.switches,
            count: self.count + other.count,
        }
    }

    /// Slots at this cost, after some changes of mode.
    fn slots(cost: Units, switches: u32) -> Self {
        Self { total: cost, switches, ..Self::default() }
    }
}

/// An active month.
#[derive(Debug, Clone, Copy, Default)]
struct Month {
    /// The number of the month, 1 to 12.
    number: u32,
    /// The calls that are left by its own free calls in per-call mode.
    calls: u64,
    /// The price of its slots; `None` where it cannot be concurrent.
    slots: Option<Units>,
    /// The price of slots beyond the included ones in per-call mode; `None` where it cannot be per call.
    add_on: Option<Units>,
    /// A lower bound on the cost of its calls in per-call mode, without slots; `None` where they cannot be paid.
    calls_bound: Option<Units>,
}

impl Month {
    /// The price of its slots and a lower bound on the cost of its calls in per-call mode; `None` where it cannot be per call
    /// without credits.
    fn per_call(&self) -> Option<(Units, Units)> {
        self.add_on.zip(self.calls_bound)
    }
}

/// Per-call months between two empty package balances, with months given as indexes of active months.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: usize,
    last: usize,
    /// Calls of the first month that credits do not cover.
    first_calls: u64,
    /// A bit for each concurrent month inside the run.
    concurrent: u16,
    /// The packages that the run buys.
    set: PackageSet,
    /// The largest total, in grains, that packages with the same score can have.
    max_grains: u64,
    /// Whether the run ends covered. Every later month is then concurrent.
    covered: bool,
}

/// The cost to go from an active month that starts with an empty package balance in a given mode.
#[derive(Debug, Clone, Copy)]
struct CostToGo {
    score: Score,
    /// The sum of month × count over all purchases, where a tie made it necessary to compute it.
    lateness: Option<i128>,
    /// The run that starts with the month; `None` where the month is concurrent.
    run: Option<Run>,
}

/// A complete plan.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    score: Score,
    lateness: Option<i128>,
    /// A bit for each concurrent month of the prefix.
    concurrent: u16,
    /// The index of the first month after the prefix.
    rest: usize,
    /// The run that starts at `rest` with the calls that credits do not cover; `None` where no credits are left for it.
    run: Option<Run>,
}

/// The modes of all twelve months and the purchases of the best plan, with its total. `None` where no plan covers every
/// call at a total of at most `limit`.
pub(super) fn search(task: &Task<'_>, limit: Option<Units>) -> Option<([Mode; MONTHS], Vec<Purchase>, Units)> {
    let mut search = Search::without_months(task);
    search.add_months();
    search.limit = limit.unwrap_or(Units::MAX);
    match task.orders {
        Orders::Any => search.fill_cost_to_go(),
        Orders::Once => {
            let packages = search.packages.take();
            search.fill_cost_to_go();
            search.packages = packages;
        }
    }
    search.search_prefix(0, Credits::of(task), Score::default(), Mode::PerCall, 0);
    let best = search.best?;
    Some(search.reconstruct(&best))
}

struct Search<'a> {
    task: &'a Task<'a>,
    months: [Month; MONTHS],
    len: usize,
    /// By index, the charge for a month's postpaid calls; empty where none can be postpaid.
    charges: [Cow<'a, [Piece]>; MONTHS],
    /// By index, a lower bound on the cost of all months from there on.
    bound_from: [Units; MONTHS + 1],
    /// By index, the price of slots in all months from there on; `None` where one of them cannot be concurrent.
    slots_from: [Option<Units>; MONTHS + 1],
    /// An upper bound on what one credit saves; `None` where a month's calls cannot be paid per call.
    most_per_credit: Option<Units>,
    /// The packages that runs may buy; `None` where the service has none, and for runs after the one that a single order is for.
    packages: Option<&'a PackageCosts>,
    /// A lower bound on the price per call in packages; `None` where the service has no packages.
    package_price_per_call: Option<Average>,
    /// By index and mode of that month.
    cost_to_go: [[Option<CostToGo>; 2]; MONTHS + 1],
    /// By index and mode of the month before: the better mode to start in, with the score from there on.
    best_start: [[Option<(Score, Mode)>; 2]; MONTHS + 1],
    limit: Units,
    best: Option<Candidate>,
}

impl<'a> Search<'a> {
    /// A search that has no months yet: they are added in place, because a search has 8 kB to move.
    fn without_months(task: &'a Task<'a>) -> Self {
        Self {
            task,
            months: [Month::default(); MONTHS],
            len: 0,
            charges: [const { Cow::Borrowed(&[]) }; MONTHS],
            bound_from: [0; MONTHS + 1],
            slots_from: [Some(0); MONTHS + 1],
            most_per_credit: Some(0),
            packages: task.service.rates().package_costs(),
            package_price_per_call: task
                .service
                .rates()
                .package_costs()
                .map(|packages| packages.cheapest_per_call(task.usage.iter().sum())),
            cost_to_go: [[None; 2]; MONTHS + 1],
            best_start: [[None; 2]; MONTHS + 1],
            limit: Units::MAX,
            best: None,
        }
    }

    /// Adds the active months and their bounds.
    fn add_months(&mut self) {
        let task = self.task;
        for (place, &all_calls) in task.usage.iter().enumerate().filter(|&(_, &calls)| calls > 0) {
            let index = self.len;
            if task.postpaid == Postpaid::On {
                self.charges[index] = task.service.rates().postpaid().in_month(task.tier_basis, all_calls);
            }
            let calls = task.calls_beyond_free(place);
            self.months[index] = Month {
                number: place as u32 + 1,
                calls,
                slots: task.slot_charge(place),
                add_on: task.add_on_charge(place),
                calls_bound: self.calls_bound(index, calls),
            };
            self.len += 1;
        }
        self.best_start[self.len] = [Mode::PerCall, Mode::Concurrent].map(|before| Some((Score::default(), before)));
        for index in (0..self.len).rev() {
            let month = self.months[index];
            let per_call = month.per_call().map(|(add_on, bound)| add_on + bound);
            let bound = least(month.slots, per_call).unwrap_or(0);
            self.bound_from[index] = self.bound_from[index + 1] + bound;
            self.slots_from[index] = self.slots_from[index + 1].zip(month.slots).map(|(later, now)| later + now);
            let per_credit = match (month.add_on, month.calls) {
                (None, _) | (_, 0) => Some(0),
                (Some(_), calls) => month.calls_bound.map(|bound| bound / Units::from(calls) + 1),
            };
            self.most_per_credit = self.most_per_credit.zip(per_credit).map(|(a, b)| a.max(b));
        }
    }

    /// A lower bound on the cost of `calls` calls of the month at `index` that nothing free covers; `None` where they
    /// cannot be paid.
    fn calls_bound(&self, index: usize, calls: u64) -> Option<Units> {
        let packages = self.packages_bound(calls);
        // Some of the calls may be prepaid, so the bound is the lowest average of any number of postpaid calls.
        let postpaid = lowest_average(&self.charges[index], calls).map(|average| average.floor(calls));
        least(packages, postpaid)
    }

    /// A lower bound on the cost of packages for `calls` calls of a run; `None` where it can buy none for them.
    fn packages_bound(&self, calls: u64) -> Option<Units> {
        match self.package_price_per_call.filter(|_| self.packages.is_some()) {
            Some(average) => Some(average.floor(calls)),
            None => (calls == 0).then_some(0),
        }
    }

    /// Computes the cost to go, from the last month back to the first that credits may not cover.
    fn fill_cost_to_go(&mut self) {
        let mut credits = Credits::of(self.task);
        let covered = (0..self.len)
            .take_while(|&index| credits.cover(self.months[index].number, self.months[index].calls) == 0 && credits.left() > 0)
            .count();
        for index in (covered..self.len).rev() {
            let month = self.months[index];
            let concurrent = month.slots.and_then(|cost| {
                let (later, _) = self.best_start[index + 1][Mode::Concurrent as usize]?;
                Some(CostToGo { score: later.plus(Score::slots(cost, 0)), lateness: None, run: None })
            });
            self.cost_to_go[index][Mode::Concurrent as usize] = concurrent;
            self.cost_to_go[index][Mode::PerCall as usize] = None;
            if let Some((add_on, bound)) = month.per_call() {
                let run = OpenRun {
                    first: index,
                    last: index,
                    first_calls: month.calls,
                    concurrent: 0,
                    calls: month.calls,
                    last_calls: month.calls,
                    paid: Score::slots(add_on, 0),
                    bound,
                };
                // No plan starts per call where that costs more than starting concurrent, whatever the mode before.
                let limit = concurrent.map_or(Units::MAX, |concurrent| concurrent.score.total);
                let mut incumbent = Incumbent::within(limit);
                self.extend(&run, &mut incumbent);
                self.cost_to_go[index][Mode::PerCall as usize] = incumbent.best;
            }
            for before in [Mode::PerCall, Mode::Concurrent] {
                self.best_start[index][before as usize] = self.better_start(index, before);
            }
        }
    }

    /// The better mode to start in at `index`, after a month of mode `before`.
    fn better_start(&self, index: usize, before: Mode) -> Option<(Score, Mode)> {
        let start = |mode: Mode| {
            let to_go = self.cost_to_go[index][mode as usize]?;
            Some((to_go.score.plus(Score::slots(0, u32::from(mode != before))), mode))
        };
        match (start(before), start(other(before))) {
            (Some(same), Some(change)) if change.0 < same.0 => Some(change),
            (Some(same), Some(change)) if change.0 == same.0 => {
                let later = self.lateness_to_go(index, change.1) > self.lateness_to_go(index, same.1);
                Some(if later { change } else { same })
            }
            (same, change) => same.or(change),
        }
    }

    /// Searches the modes of the months in which credits are left, depth first; with one order also of those after them, up to the
    /// run that it is for.
    fn search_prefix(&mut self, index: usize, mut credits: Credits, paid: Score, before: Mode, concurrent: u16) {
        if index == self.len {
            self.consider(Candidate { score: paid, lateness: None, concurrent, rest: index, run: None });
            return;
        }
        let month = self.months[index];
        credits.expire_before(month.number);
        let left = credits.left();
        if left == 0 && self.task.orders == Orders::Any {
            if let Some((later, _)) = self.best_start[index][before as usize] {
                self.consider(Candidate { score: paid.plus(later), lateness: None, concurrent, rest: index, run: None });
            }
            return;
        }
        let saved = self.most_per_credit.map_or(Units::MAX, |price| price.saturating_mul(Units::from(left)));
        if paid.total + (self.bound_from[index] - saved).max(0) > self.limit {
            return;
        }
        let mut after = credits;
        let rest = after.cover(month.number, month.calls);
        let switches = |mode: Mode| u32::from(mode != before);
        if let Some(add_on) = month.add_on {
            let paid = paid.plus(Score::slots(add_on, switches(Mode::PerCall)));
            if rest == 0 {
                self.search_prefix(index + 1, after, paid, Mode::PerCall, concurrent);
            } else if let Some(bound) = self.calls_bound(index, rest) {
                let run =
                    OpenRun { first: index, last: index, first_calls: rest, concurrent: 0, calls: rest, last_calls: rest, paid, bound };
                let mut incumbent = Incumbent::within(self.limit);
                self.extend(&run, &mut incumbent);
                if let Some(CostToGo { score, lateness, run }) = incumbent.best {
                    self.consider(Candidate { score, lateness, concurrent, rest: index, run });
                }
            }
        }
        if let Some(slots) = month.slots {
            let paid = paid.plus(Score::slots(slots, switches(Mode::Concurrent)));
            self.search_prefix(index + 1, credits, paid, Mode::Concurrent, concurrent | 1 << index);
        }
    }

    /// Keeps `candidate` if it is the best plan so far.
    fn consider(&mut self, mut candidate: Candidate) {
        self.limit = self.limit.min(candidate.score.total);
        if let Some(mut best) = self.best {
            if candidate.score > best.score {
                return;
            }
            if candidate.score == best.score {
                let known = best.lateness.unwrap_or_else(|| self.candidate_lateness(&best));
                let lateness = candidate.lateness.unwrap_or_else(|| self.candidate_lateness(&candidate));
                best.lateness = Some(known);
                candidate.lateness = Some(lateness);
                if lateness <= known {
                    self.best = Some(best);
                    return;
                }
            }
        }
        self.best = Some(candidate);
    }
}

fn other(mode: Mode) -> Mode {
    match mode {
        Mode::PerCall => Mode::Concurrent,
        Mode::Concurrent => Mode::PerCall,
    }
}
