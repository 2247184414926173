//! What does a plan found look like, month by month, and how late does it buy?

use super::{Found, Run, Search, Tail};
use crate::money::Units;
use crate::planner::Purchase;
use crate::planner::schedule::{self, RunPurchases};
use crate::settlement::Mode;
use crate::usage::MONTHS;

impl Search<'_> {
    pub(super) fn found_lateness(&self, found: &Found) -> i128 {
        match found.run {
            Some(run) => self.run_lateness(&run),
            None => self.onward_lateness(found.rest, self.mode_before(found)),
        }
    }

    fn mode_before(&self, found: &Found) -> Mode {
        if found.rest > 0 && found.concurrent & (1 << (found.rest - 1)) != 0 { Mode::Concurrent } else { Mode::PerCall }
    }

    /// The package-months of the best plan from `index` on.
    fn onward_lateness(&self, index: usize, before: Mode) -> i128 {
        match self.onward[index][before as usize] {
            Some((_, mode)) if index < self.len => self.tail_lateness(index, mode),
            _ => 0,
        }
    }

    pub(super) fn tail_lateness(&self, index: usize, mode: Mode) -> i128 {
        match self.tails[index][mode as usize] {
            Some(Tail { lateness: Some(lateness), .. }) => lateness,
            Some(Tail { run: Some(run), .. }) => self.run_lateness(&run),
            Some(Tail { run: None, .. }) => self.onward_lateness(index + 1, mode),
            None => 0,
        }
    }

    /// The package-months of a run and of all that follows it.
    pub(super) fn run_lateness(&self, run: &Run) -> i128 {
        let bought: i128 = self.purchases(run).iter().map(|purchase| i128::from(purchase.month) * i128::from(purchase.count)).sum();
        bought + if run.covered { 0 } else { self.onward_lateness(run.last + 1, Mode::PerCall) }
    }

    /// When to buy a run's packages, as late as possible.
    fn purchases(&self, run: &Run) -> Vec<Purchase> {
        let Some(packages) = self.task.service.rates().package_costs() else { return Vec::new() };
        let mut calls = 0;
        let mut needs = [(0, 0); MONTHS];
        let mut len = 0;
        for (index, month) in self.months.iter().enumerate().take(run.last + 1).skip(run.first) {
            if run.concurrent & (1 << index) == 0 {
                calls += if index == run.first { run.first_calls } else { month.calls };
                needs[len] = (month.number, calls);
                len += 1;
            }
        }
        schedule::latest(packages, self.task.service, &RunPurchases { needs: &needs[..len], holding: run.holding, until: run.until })
    }

    /// The plan's modes and purchases, month by month.
    pub(super) fn reconstruct(&self, found: &Found) -> ([Mode; MONTHS], Vec<Purchase>, Units) {
        let mut modes = [Mode::PerCall; MONTHS];
        let mut active = [Mode::PerCall; MONTHS];
        let mut mark = |bits: u16, from: usize, until: usize| {
            for (index, mode) in active.iter_mut().enumerate().take(until).skip(from) {
                *mode = if bits & (1 << index) != 0 { Mode::Concurrent } else { Mode::PerCall };
            }
        };
        let mut purchases = Vec::new();
        mark(found.concurrent, 0, found.rest);
        let mut index = found.rest;
        let mut before = self.mode_before(found);
        let mut next_run = found.run;
        while index < self.len {
            let run = match next_run.take() {
                Some(run) => run,
                None => {
                    let Some((_, mode)) = self.onward[index][before as usize] else { break };
                    match self.tails[index][mode as usize] {
                        Some(Tail { run: Some(run), .. }) => run,
                        _ => {
                            mark(1 << index, index, index + 1);
                            before = Mode::Concurrent;
                            index += 1;
                            continue;
                        }
                    }
                }
            };
            purchases.extend(self.purchases(&run));
            mark(run.concurrent, run.first, run.last + 1);
            if run.covered {
                mark(!0, run.last + 1, self.len);
                break;
            }
            before = Mode::PerCall;
            index = run.last + 1;
        }
        let mut mode = Mode::PerCall;
        let mut next = 0;
        for (number, slot) in (1..).zip(modes.iter_mut()) {
            if next < self.len && self.months[next].number == number {
                mode = active[next];
                next += 1;
            }
            *slot = mode;
        }
        (modes, purchases, found.key.total)
    }
}
