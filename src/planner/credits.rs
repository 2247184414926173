//! Which calls are covered before anything is bought or charged?
//!
//! Free quota and owned packages, as the search counts them: by the last month that they serve. They drain in the
//! order of settlement, and what they leave of a month is the same whatever is bought.

use super::Task;
use crate::usage::MONTHS;

/// Free calls and owned packages left, by how long they serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Credits {
    free: u64,
    /// By the last month they serve, from 1; the last entry holds those that outlive the horizon too.
    owned: [u64; MONTHS],
}

impl Credits {
    /// What the account has at the start of month 1.
    pub(super) fn of(task: &Task<'_>) -> Self {
        let mut owned = [0_u64; MONTHS];
        for package in task.owned {
            let place = (package.months_left as usize).clamp(1, MONTHS) - 1;
            // More than a year can use is as good as a year's worth.
            owned[place] = owned[place].saturating_add(package.calls);
        }
        Self { free: task.free_calls, owned }
    }

    /// Lets go of what no longer serves month `number`.
    pub(super) fn expire_before(&mut self, number: u32) {
        for calls in &mut self.owned[..(number as usize).clamp(1, MONTHS) - 1] {
            *calls = 0;
        }
    }

    /// Covers as many of `calls` in month `number` as it can; the remainder.
    pub(super) fn cover(&mut self, number: u32, calls: u64) -> u64 {
        self.expire_before(number);
        let mut rest = calls;
        for left in std::iter::once(&mut self.free).chain(&mut self.owned) {
            let taken = (*left).min(rest);
            *left -= taken;
            rest -= taken;
        }
        rest
    }

    /// Calls left, of any kind.
    pub(super) fn left(&self) -> u64 {
        self.owned.iter().fold(self.free, |sum, &calls| sum.saturating_add(calls))
    }
}
