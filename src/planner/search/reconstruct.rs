//! Reconstruction of a plan from the decisions of the search, and its lateness.
//!
//! Lateness is the sum of month × count over all purchases. It decides between plans with equal scores and is computed
//! only for those.

use super::{Candidate, CostToGo, Run, Search};
use crate::money::Units;
use crate::planner::schedule::{self, RunNeeds};
use crate::planner::{Orders, Purchase};
use crate::settlement::Mode;
use crate::usage::MONTHS;

impl Search<'_> {
    /// The lateness of a complete plan.
    pub(super) fn candidate_lateness(&self, candidate: &Candidate) -> i128 {
        match candidate.run {
            Some(run) => self.run_lateness(&run),
            None => self.lateness_from(candidate.rest, self.mode_before_rest(candidate)),
        }
    }

    /// The mode of the month before `candidate.rest`.
    fn mode_before_rest(&self, candidate: &Candidate) -> Mode {
        let Candidate { concurrent, rest, .. } = *candidate;
        if rest > 0 && concurrent & (1 << (rest - 1)) != 0 { Mode::Concurrent } else { Mode::PerCall }
    }

    /// The lateness of the best plan from `index` on, after a month of mode `before`.
    fn lateness_from(&self, index: usize, before: Mode) -> i128 {
        match self.best_start[index][before as usize] {
            Some((_, mode)) if index < self.len => self.lateness_to_go(index, mode),
            _ => 0,
        }
    }

    /// The lateness of the best plan from `index` on, where that month has the given mode.
    pub(super) fn lateness_to_go(&self, index: usize, mode: Mode) -> i128 {
        match self.cost_to_go[index][mode as usize] {
            Some(CostToGo { lateness: Some(lateness), .. }) => lateness,
            Some(CostToGo { run: Some(run), .. }) => self.run_lateness(&run),
            Some(CostToGo { run: None, .. }) => self.lateness_from(index + 1, mode),
            None => 0,
        }
    }

    /// The lateness of a run and of everything after it.
    pub(super) fn run_lateness(&self, run: &Run) -> i128 {
        if self.task.orders == Orders::Once {
            // Everything is bought at the same time.
            return 0;
        }
        let bought: i128 = self.purchases(run).iter().map(|purchase| i128::from(purchase.month) * i128::from(purchase.count)).sum();
        bought + if run.covered { 0 } else { self.lateness_from(run.last + 1, Mode::PerCall) }
    }

    /// The purchases of a run, as late as possible.
    fn purchases(&self, run: &Run) -> Vec<Purchase> {
        let Some(packages) = self.task.service.rates().package_costs() else { return Vec::new() };
        if self.task.orders == Orders::Once {
            let counts = packages.counts_of(run.set.grains).unwrap_or_default().into_iter().enumerate();
            return counts.filter(|&(_, count)| count > 0).map(|(package, count)| Purchase { month: 1, package, count }).collect();
        }
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
        schedule::latest(packages, self.task.service, &RunNeeds { needs: &needs[..len], set: run.set, max_grains: run.max_grains })
    }

    /// The modes of all months, the purchases and the total of a plan.
    pub(super) fn reconstruct(&self, candidate: &Candidate) -> ([Mode; MONTHS], Vec<Purchase>, Units) {
        let mut modes = [Mode::PerCall; MONTHS];
        let mut active = [Mode::PerCall; MONTHS];
        let mut set_modes = |bits: u16, from: usize, until: usize| {
            for (index, mode) in active.iter_mut().enumerate().take(until).skip(from) {
                *mode = if bits & (1 << index) != 0 { Mode::Concurrent } else { Mode::PerCall };
            }
        };
        let mut purchases = Vec::new();
        set_modes(candidate.concurrent, 0, candidate.rest);
        let mut index = candidate.rest;
        let mut before = self.mode_before_rest(candidate);
        let mut next_run = candidate.run;
        while index < self.len {
            let run = match next_run.take() {
                Some(run) => run,
                None => {
                    let Some((_, mode)) = self.best_start[index][before as usize] else { break };
                    match self.cost_to_go[index][mode as usize] {
                        Some(CostToGo { run: Some(run), .. }) => run,
                        _ => {
                            set_modes(1 << index, index, index + 1);
                            before = Mode::Concurrent;
                            index += 1;
                            continue;
                        }
                    }
                }
            };
            purchases.extend(self.purchases(&run));
            set_modes(run.concurrent, run.first, run.last + 1);
            if run.covered {
                set_modes(!0, run.last + 1, self.len);
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
        (modes, purchases, candidate.score.total)
    }
}
