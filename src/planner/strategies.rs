//! Strategies: what the year costs with one way of paying.
//!
//! The three strategies are shown next to the recommended plan. Each is the exact optimum within its restriction. Free
//! quota and owned packages are always used in per-call months. The rules are the strategies of the pricing rules.

use super::credits::Credits;
use super::{Slots, Task};
use crate::money::Units;
use crate::price_book::charge::piece_of;
use crate::settlement::Postpaid;
use crate::usage::MONTHS;

/// A plan that is restricted to one way of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// Per call all year. New packages pay for all calls beyond free quota and owned packages.
    PackagesOnly,
    /// Per call all year, without new packages.
    PostpaidOnly,
    /// Concurrent in every month that has calls.
    ConcurrentOnly,
}

impl Strategy {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::PackagesOnly => "packages_only",
            Self::PostpaidOnly => "postpaid_only",
            Self::ConcurrentOnly => "concurrent_only",
        }
    }
}

/// The reason why a strategy is not available. Where several apply, the first of these counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Calls would be left to postpaid, which is off.
    PostpaidOff,
    /// The service does not offer this way of paying.
    NotOffered,
    /// The number of calls that run at once was not given.
    SlotsUnknown,
    /// A month needs more slots than can be had.
    SlotsAboveMaximum,
}

impl Reason {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::PostpaidOff => "postpaid_off",
            Self::NotOffered => "not_offered",
            Self::SlotsUnknown => "slots_unknown",
            Self::SlotsAboveMaximum => "slots_above_maximum",
        }
    }
}

/// The total of a strategy, in units of the service's prices, or the reason why it is not available.
pub type Outcome = Result<Units, Reason>;

/// A strategy and its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternative {
    /// The strategy.
    pub strategy: Strategy,
    /// Its total.
    pub outcome: Outcome,
}

/// The three strategies, in the contract's order.
pub(super) fn all(task: &Task<'_>) -> [Alternative; 3] {
    let mut credits = Credits::of(task);
    let rest = std::array::from_fn(|month| credits.cover(month as u32 + 1, task.calls_beyond_free(month)));
    let add_on_slots = add_on_slots(task);
    let per_call = |calls: Outcome| Ok(calls? + add_on_slots?);
    [
        Alternative { strategy: Strategy::PackagesOnly, outcome: per_call(packages_only(task, &rest)) },
        Alternative { strategy: Strategy::PostpaidOnly, outcome: per_call(postpaid_only(task, &rest)) },
        Alternative { strategy: Strategy::ConcurrentOnly, outcome: concurrent_only(task) },
    ]
}

fn packages_only(task: &Task<'_>, rest: &[u64; MONTHS]) -> Outcome {
    let calls: u64 = rest.iter().sum();
    if calls == 0 {
        return Ok(0);
    }
    let packages = task.service.rates().package_costs().ok_or(Reason::NotOffered)?;
    packages.at_least(calls.div_ceil(packages.grain()), Units::MAX).map(|set| set.cost).ok_or(Reason::NotOffered)
}

fn postpaid_only(task: &Task<'_>, rest: &[u64; MONTHS]) -> Outcome {
    if rest.iter().all(|&calls| calls == 0) {
        return Ok(0);
    }
    if task.postpaid == Postpaid::Off {
        return Err(Reason::PostpaidOff);
    }
    let charge = |(month, &postpaid): (usize, &u64)| {
        if postpaid == 0 {
            return Some(0);
        }
        let pieces = task.service.rates().postpaid().in_month(task.tier_basis, task.usage[month]);
        piece_of(&pieces, postpaid).map(|piece| piece.charge(postpaid))
    };
    rest.iter().enumerate().map(charge).sum::<Option<Units>>().ok_or(Reason::NotOffered)
}

/// The charge for slots beyond the included ones in a year that is per call.
fn add_on_slots(task: &Task<'_>) -> Outcome {
    (0..MONTHS).map(|month| task.add_on_charge(month)).sum::<Option<Units>>().ok_or(Reason::SlotsAboveMaximum)
}

fn concurrent_only(task: &Task<'_>) -> Outcome {
    let active = || (0..MONTHS).filter(|&month| task.usage[month] > 0);
    if active().next().is_none() {
        return Ok(0);
    }
    if task.service.concurrent().is_none() {
        return Err(Reason::NotOffered);
    }
    if active().any(|month| task.slots[month] == Slots::Unknown) {
        return Err(Reason::SlotsUnknown);
    }
    active().map(|month| task.slot_charge(month)).sum::<Option<Units>>().ok_or(Reason::SlotsAboveMaximum)
}
