//! Credits: the free quota and owned packages, which pay for calls before anything is bought or charged.
//!
//! The search needs only how many calls they cover. So owned packages are summed up by the last month that they serve.
//! Credits are used in the order of settlement: free quota first, then owned packages, earliest expiry first. What they
//! leave of a month does not depend on what is bought.

use super::Task;
use crate::usage::MONTHS;

/// The free quota and owned packages that are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Credits {
    free: u64,
    /// Calls in owned packages by the last month that they serve, from month 1. The last entry includes packages that
    /// outlive the horizon.
    owned: [u64; MONTHS],
    /// The last month that any of them serves; 0 where there are none.
    last: usize,
}

impl Credits {
    /// The credits at the start of month 1.
    pub(super) fn of(task: &Task<'_>) -> Self {
        let (mut owned, mut last) = ([0_u64; MONTHS], 0);
        for package in task.owned {
            let place = (package.months_left as usize).clamp(1, MONTHS) - 1;
            // A sum that saturates is more than any year can use, so no answer depends on it.
            owned[place] = owned[place].saturating_add(package.calls);
            last = last.max(place + 1);
        }
        Self { free: task.free_calls, owned, last }
    }

    /// Removes packages that expire before month `number`.
    pub(super) fn expire_before(&mut self, number: u32) {
        let before = self.owned.iter_mut().take(self.last).take(number.saturating_sub(1) as usize);
        before.for_each(|calls| *calls = 0);
    }

    /// Pays for up to `calls` calls in month `number` and returns how many calls remain.
    pub(super) fn cover(&mut self, number: u32, calls: u64) -> u64 {
        self.expire_before(number);
        let mut rest = calls;
        for left in std::iter::once(&mut self.free).chain(self.owned.iter_mut().take(self.last)) {
            let taken = (*left).min(rest);
            *left -= taken;
            rest -= taken;
        }
        rest
    }

    /// All calls left.
    pub(super) fn left(&self) -> u64 {
        self.owned.iter().take(self.last).fold(self.free, |sum, &calls| sum.saturating_add(calls))
    }
}
