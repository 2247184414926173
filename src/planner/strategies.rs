//! What would the year cost in one billing mode alone?
//!
//! The three strategies shown beside the recommendation, each the exact optimum within its restriction. Free quota
//! and owned packages are always used in per-call months. Source: the strategies of the pricing rules.

use super::credits::Credits;
use super::{Slots, Task};
use crate::money::Units;
use crate::price_book::TierBasis;
use crate::settlement::Postpaid;
use crate::usage::MONTHS;

/// One way to pay for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// Per call all year, every call beyond free quota and owned packages from newly bought packages.
    PackagesOnly,
    /// Per call all year, nothing bought.
    PostpaidOnly,
    /// Every month that has calls in concurrent mode.
    ConcurrentOnly,
}

impl Strategy {
    /// The contract's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::PackagesOnly => "packages_only",
            Self::PostpaidOnly => "postpaid_only",
            Self::ConcurrentOnly => "concurrent_only",
        }
    }
}

/// Why a strategy is not available; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Calls would reach postpaid, which is off.
    PostpaidOff,
    /// The service does not sell this.
    NotOffered,
    /// Nobody said how many tasks run at once.
    SlotsUnknown,
    /// Some month needs more slots than can be bought.
    SlotsAboveMaximum,
}

impl Reason {
    /// The contract's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::PostpaidOff => "postpaid_off",
            Self::NotOffered => "not_offered",
            Self::SlotsUnknown => "slots_unknown",
            Self::SlotsAboveMaximum => "slots_above_maximum",
        }
    }
}

/// What a strategy costs, in smallest units, or why it is not available.
pub type Outcome = Result<Units, Reason>;

/// A strategy with its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternative {
    /// Which.
    pub strategy: Strategy,
    /// What it costs.
    pub outcome: Outcome,
}

/// All three, in the contract's order.
pub(super) fn all(task: &Task<'_>) -> [Alternative; 3] {
    let mut credits = Credits::of(task);
    let mut numbers = 1..;
    let rest = task.usage.map(|calls| credits.cover(numbers.next().unwrap_or(0), calls));
    [
        Alternative { strategy: Strategy::PackagesOnly, outcome: packages_only(task, &rest) },
        Alternative { strategy: Strategy::PostpaidOnly, outcome: postpaid_only(task, &rest) },
        Alternative { strategy: Strategy::ConcurrentOnly, outcome: concurrent_only(task) },
    ]
}

fn packages_only(task: &Task<'_>, rest: &[u64; MONTHS]) -> Outcome {
    let calls: u64 = rest.iter().sum();
    if calls == 0 {
        return Ok(0);
    }
    let packages = task.service.rates().package_costs().ok_or(Reason::NotOffered)?;
    packages.at_least(calls.div_ceil(packages.grain()), Units::MAX).map(|holding| holding.cost).ok_or(Reason::NotOffered)
}

fn postpaid_only(task: &Task<'_>, rest: &[u64; MONTHS]) -> Outcome {
    if rest.iter().all(|&calls| calls == 0) {
        return Ok(0);
    }
    if task.postpaid == Postpaid::Off {
        return Err(Reason::PostpaidOff);
    }
    let charge = |(&billed, &calls): (&u64, &u64)| {
        let reached_by = if task.tier_basis == TierBasis::Billed { billed } else { calls };
        let tier = task.service.rates().tiers().iter().rev().find(|tier| tier.from <= reached_by)?;
        Some(tier.unit_price * Units::from(billed))
    };
    rest.iter().zip(task.usage).map(charge).sum::<Option<Units>>().ok_or(Reason::NotOffered)
}

fn concurrent_only(task: &Task<'_>) -> Outcome {
    let active = || task.usage.iter().zip(task.slots).filter(|&(&calls, _)| calls > 0).map(|(_, slots)| slots);
    if active().next().is_none() {
        return Ok(0);
    }
    if task.service.concurrent().is_none() {
        return Err(Reason::NotOffered);
    }
    if active().any(|slots| slots == Slots::Unknown) {
        return Err(Reason::SlotsUnknown);
    }
    active().map(|slots| task.slot_charge(slots)).sum::<Option<Units>>().ok_or(Reason::SlotsAboveMaximum)
}
