//! Which months are per call, which concurrent, and what do the packages add up to?
//!
//! The exact search over the horizon. Months without calls change nothing and are left out; the others are *active*.
//!
//! # Runs
//!
//! Settlement drains packages before it charges, so an active month with postpaid calls ends with an empty balance.
//! Cut the per-call months behind each such month: the pieces are *runs*. Inside a run every month but the last is
//! covered by packages bought in the run; the last has b ≥ 1 postpaid calls. So the run's packages hold exactly
//! R − b calls, R being the run's calls, and the run costs (cheapest packages of exactly R − b) + (charge for b).
//! Only the last run of the horizon may end covered, with packages of at least R, the surplus being worth nothing.
//! A run in the middle that ended covered would be joined to its successor at no more cost, so it is never needed.
//! Concurrent months may lie inside a run; they leave the balance alone.
//!
//! Under `billed` the charge for b is linear on each tier, and the cheapest packages of a range of totals less a unit
//! price are looked up in constant time; under `all` the unit price is fixed by the month. Nothing else depends on
//! how many calls there are, so time does not grow with volume.
//!
//! # Free quota and owned packages
//!
//! They drain before anything that is bought, so while any of them is left at the end of a month, every call so far
//! was covered. The first month that they cannot cover leaves a remainder and, from then on, nothing of them. So the
//! horizon is a *prefix*, whose modes decide only how much relief is left, then a run that starts with the
//! remainder, then months whose best continuation depends on nothing before them but the mode.
//!
//! # Bounds
//!
//! Continuations are computed from the last month backwards; prefixes and runs are extended month by month, depth
//! first. A branch is cut only where even the lowest price per call that each remaining month can reach, counted as
//! if every relief call saved the highest of those prices, costs strictly more than a known plan.
//!
//! Where a run may end on many tiers, halves of them are cut by the same rule: at the lowest unit price of the half,
//! with packages that cost the best one's price per call and the least excess that any total within reach has.

mod reconstruct;
mod runs;

use self::runs::{Best, Stretch};
use crate::money::Units;
use crate::planner::credits::Credits;
use crate::planner::{Purchase, Task};
use crate::price_book::TierBasis;
use crate::price_book::package_costs::{Holding, PerCall};
use crate::settlement::{Mode, Postpaid};
use crate::usage::MONTHS;

/// What a plan, or a part of one, is judged by, in the order of the rules; only the last criterion, later purchases,
/// is computed apart, where all these tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Key {
    /// Everything paid.
    pub total: Units,
    /// Paid for new packages.
    pub packages: Units,
    /// Months whose mode differs from the month before.
    pub switches: u32,
    /// New packages.
    pub count: i64,
}

impl Key {
    fn plus(self, other: Self) -> Self {
        Self {
            total: self.total + other.total,
            packages: self.packages + other.packages,
            switches: self.switches + other.switches,
            count: self.count + other.count,
        }
    }

    fn slots(cost: Units, switches: u32) -> Self {
        Self { total: cost, switches, ..Self::default() }
    }
}

/// An active month.
#[derive(Debug, Clone, Copy, Default)]
struct Month {
    /// 1 to 12.
    number: u32,
    calls: u64,
    /// For the slots it needs; `None` where it cannot be concurrent.
    slots: Option<Units>,
    /// The least that its calls can cost per call; `None` where they cannot be paid at all.
    floor: Option<Units>,
}

/// Per-call months between two empty balances, by index of active months.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: usize,
    last: usize,
    /// Calls of the first month beyond relief.
    first_calls: u64,
    /// A bit for each concurrent month inside.
    concurrent: u16,
    holding: Holding,
    /// The largest total, in grains, that may have the same key.
    until: u64,
    /// Does it end covered, with every later month concurrent?
    covered: bool,
}

/// The best way on from an active month whose balance is empty, given that it starts in a certain mode.
#[derive(Debug, Clone, Copy)]
struct Tail {
    key: Key,
    /// Package-months: the sum of month × count, computed only where a tie asked for it.
    lateness: Option<i128>,
    /// `None`: the month is concurrent.
    run: Option<Run>,
}

/// A whole plan found.
#[derive(Debug, Clone, Copy)]
struct Found {
    key: Key,
    lateness: Option<i128>,
    /// A bit for each concurrent month before `rest`.
    concurrent: u16,
    rest: usize,
    /// The run that starts at `rest` with what relief leaves of it; `None` where `rest` starts without relief.
    run: Option<Run>,
}

/// The best plan: the modes of all twelve months, and what to buy when. `None` where no plan settles every call.
/// Nothing above `limit` is looked for.
pub(super) fn search(task: &Task<'_>, limit: Option<Units>) -> Option<([Mode; MONTHS], Vec<Purchase>, Units)> {
    let mut search = Search::new(task);
    search.limit = limit.unwrap_or(Units::MAX);
    search.tails();
    search.prefix(0, Credits::of(task), Key::default(), Mode::PerCall, 0);
    let found = search.found?;
    Some(search.reconstruct(&found))
}

struct Search<'a> {
    task: &'a Task<'a>,
    months: [Month; MONTHS],
    len: usize,
    /// The least that the months from an index on can cost.
    floor_from: [Units; MONTHS + 1],
    /// What they cost in concurrent mode, all of them; `None` where they cannot.
    slots_from: [Option<Units>; MONTHS + 1],
    /// Calls of these months, at most, that a call of relief saves; `None` where no price limits it.
    dearest_floor: Option<Units>,
    /// The least that a call can cost in packages; `None` where none are sold.
    packages_per_call: Option<PerCall>,
    /// By index and mode of that month.
    tails: [[Option<Tail>; 2]; MONTHS + 1],
    /// By index and mode of the month before: the better start, and whether that is concurrent.
    onward: [[Option<(Key, Mode)>; 2]; MONTHS + 1],
    limit: Units,
    found: Option<Found>,
}

impl<'a> Search<'a> {
    fn new(task: &'a Task<'a>) -> Self {
        let mut search = Self {
            task,
            months: [Month::default(); MONTHS],
            len: 0,
            floor_from: [0; MONTHS + 1],
            slots_from: [Some(0); MONTHS + 1],
            dearest_floor: Some(0),
            packages_per_call: task.service.rates().package_costs().map(|packages| packages.cheapest_per_call(task.usage.iter().sum())),
            tails: [[None; 2]; MONTHS + 1],
            onward: [[None; 2]; MONTHS + 1],
            limit: Units::MAX,
            found: None,
        };
        for (number, (&calls, &slots)) in (1..).zip(task.usage.iter().zip(&task.slots)) {
            if calls > 0 {
                let slots = task.slot_charge(slots);
                search.months[search.len] = Month { number, calls, slots, floor: search.floor(calls, calls) };
                search.len += 1;
            }
        }
        search.onward[search.len] = [Mode::PerCall, Mode::Concurrent].map(|before| Some((Key::default(), before)));
        for index in (0..search.len).rev() {
            let month = search.months[index];
            let least = [month.slots, month.floor].into_iter().flatten().min().unwrap_or(0);
            search.floor_from[index] = search.floor_from[index + 1] + least;
            search.slots_from[index] = search.slots_from[index + 1].zip(month.slots).map(|(later, now)| later + now);
            let dearest = month.floor.map(|floor| (floor + 1).div_ceil_by(month.calls));
            search.dearest_floor = search.dearest_floor.zip(dearest).map(|(a, b)| a.max(b));
        }
        search
    }

    /// The least that `calls` calls beyond relief of a month with `month_calls` can cost, rounded down; `None` where
    /// they cannot be paid.
    fn floor(&self, month_calls: u64, calls: u64) -> Option<Units> {
        let rates = self.task.service.rates();
        let packages = self.packages_per_call.map(|price| price.floor(calls));
        let postpaid = match self.task.postpaid {
            Postpaid::Off => None,
            Postpaid::On => {
                let mut reachable = rates.tiers().iter().filter(|tier| tier.from <= month_calls).map(|tier| tier.unit_price);
                let price = match self.task.tier_basis {
                    TierBasis::Billed => reachable.min(),
                    TierBasis::All => reachable.next_back(),
                };
                price.map(|price| price * Units::from(calls))
            }
        };
        [packages, postpaid].into_iter().flatten().min()
    }

    /// Fills in the continuations, from the last month back to the first that relief can leave anything of.
    fn tails(&mut self) {
        let mut credits = Credits::of(self.task);
        let relieved = (0..self.len)
            .take_while(|&index| credits.cover(self.months[index].number, self.months[index].calls) == 0 && credits.left() > 0)
            .count();
        for index in (relieved..self.len).rev() {
            let month = self.months[index];
            let concurrent = month.slots.and_then(|cost| {
                let (onward, _) = self.onward[index + 1][Mode::Concurrent as usize]?;
                Some(Tail { key: onward.plus(Key::slots(cost, 0)), lateness: None, run: None })
            });
            self.tails[index][Mode::Concurrent as usize] = concurrent;
            self.tails[index][Mode::PerCall as usize] = None;
            if let Some(floor) = month.floor {
                let stretch = Stretch {
                    first: index,
                    last: index,
                    first_calls: month.calls,
                    concurrent: 0,
                    calls: month.calls,
                    last_calls: month.calls,
                    paid: Key::default(),
                    floor,
                };
                // A per-call start that costs more than the concurrent one is never taken, whatever came before.
                let limit = concurrent.map_or(Units::MAX, |tail| tail.key.total);
                let mut best = Best::within(limit);
                self.extend(&stretch, &mut best);
                self.tails[index][Mode::PerCall as usize] = best.tail;
            }
            for before in [Mode::PerCall, Mode::Concurrent] {
                self.onward[index][before as usize] = self.better_start(index, before);
            }
        }
    }

    fn better_start(&mut self, index: usize, before: Mode) -> Option<(Key, Mode)> {
        let start = |mode: Mode| {
            let tail = self.tails[index][mode as usize]?;
            Some((tail.key.plus(Key::slots(0, u32::from(mode != before))), mode))
        };
        match (start(before), start(other(before))) {
            (Some(same), Some(change)) if change.0 < same.0 => Some(change),
            (Some(same), Some(change)) if change.0 == same.0 => {
                let later = self.tail_lateness(index, change.1) > self.tail_lateness(index, same.1);
                Some(if later { change } else { same })
            }
            (same, change) => same.or(change),
        }
    }

    /// Decides the months that relief reaches into, depth first.
    fn prefix(&mut self, index: usize, mut credits: Credits, paid: Key, before: Mode, concurrent: u16) {
        if index == self.len {
            self.take(Found { key: paid, lateness: None, concurrent, rest: index, run: None });
            return;
        }
        let month = self.months[index];
        credits.expire_before(month.number);
        let left = credits.left();
        if left == 0 {
            if let Some((onward, _)) = self.onward[index][before as usize] {
                self.take(Found { key: paid.plus(onward), lateness: None, concurrent, rest: index, run: None });
            }
            return;
        }
        let saved = self.dearest_floor.map_or(Units::MAX, |price| price.saturating_mul(Units::from(left)));
        if paid.total + (self.floor_from[index] - saved).max(0) > self.limit {
            return;
        }
        let mut after = credits;
        let rest = after.cover(month.number, month.calls);
        let switched = |mode: Mode| Key::slots(0, u32::from(mode != before));
        if rest == 0 {
            self.prefix(index + 1, after, paid.plus(switched(Mode::PerCall)), Mode::PerCall, concurrent);
        } else if let Some(floor) = self.floor(month.calls, rest) {
            let stretch = Stretch {
                first: index,
                last: index,
                first_calls: rest,
                concurrent: 0,
                calls: rest,
                last_calls: rest,
                paid: paid.plus(switched(Mode::PerCall)),
                floor,
            };
            let mut best = Best::within(self.limit);
            self.extend(&stretch, &mut best);
            if let Some(tail) = best.tail {
                self.take(Found { key: tail.key, lateness: tail.lateness, concurrent, rest: index, run: tail.run });
            }
        }
        if let Some(slots) = month.slots {
            let paid = paid.plus(switched(Mode::Concurrent)).plus(Key::slots(slots, 0));
            self.prefix(index + 1, credits, paid, Mode::Concurrent, concurrent | 1 << index);
        }
    }

    /// Keeps a whole plan if it is the best so far.
    fn take(&mut self, mut found: Found) {
        self.limit = self.limit.min(found.key.total);
        if let Some(mut before) = self.found {
            if found.key > before.key {
                return;
            }
            if found.key == before.key {
                let known = before.lateness.unwrap_or_else(|| self.found_lateness(&before));
                let lateness = found.lateness.unwrap_or_else(|| self.found_lateness(&found));
                before.lateness = Some(known);
                found.lateness = Some(lateness);
                if lateness <= known {
                    self.found = Some(before);
                    return;
                }
            }
        }
        self.found = Some(found);
    }
}

fn other(mode: Mode) -> Mode {
    match mode {
        Mode::PerCall => Mode::Concurrent,
        Mode::Concurrent => Mode::PerCall,
    }
}

/// Division that rounds up, for amounts that are not negative.
trait DivCeil {
    fn div_ceil_by(self, count: u64) -> Self;
}

impl DivCeil for Units {
    fn div_ceil_by(self, count: u64) -> Self {
        let count = Self::from(count.max(1));
        (self + count - 1) / count
    }
}
