//! Which packages to buy when, and which months to settle how, so that the year costs the least?
//!
//! The exact optimum of the planning problem: no plan that the rules allow costs less, at any volume, for any valid
//! price book. [`plan`] decides; what the plan costs is told by replaying it through
//! [`settle`](crate::settlement::settle). Amounts here are scaled integers of the service's prices.
//!
//! Why the search loses nothing is argued in `planner/search.rs` (runs, relief, bounds) and in
//! `price_book/package_costs.rs` (the cheapest packages of a total).

mod credits;
mod schedule;
mod search;
mod strategies;

use crate::money::Units;
use crate::price_book::{MAX_CALLS, Service, TierBasis};
use crate::settlement::{Mode, Postpaid};
use crate::usage::MONTHS;
pub use strategies::{Alternative, Outcome, Reason, Strategy};

/// A package owned before the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnedPackage {
    /// Calls left in it, 1 to 10^12.
    pub calls: u64,
    /// It serves months 1 to this, which is at least 1.
    pub months_left: u32,
}

/// Why a month cannot be concurrent, or how many slots it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slots {
    /// Nobody said how many tasks run at once.
    Unknown,
    /// More than can be bought.
    AboveMaximum,
    /// So many; 0 in a month without calls.
    Needed(u64),
}

/// What is to be planned.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The prices, discounts taken off.
    pub service: &'a Service,
    /// Calls by month, at most 10^12 together.
    pub usage: &'a [u64; MONTHS],
    /// Free calls left, at most 10^12.
    pub free_calls: u64,
    /// In any order.
    pub owned: &'a [OwnedPackage],
    /// The account's switch.
    pub postpaid: Postpaid,
    /// Which calls reach a tier.
    pub tier_basis: TierBasis,
    /// By month.
    pub slots: [Slots; MONTHS],
}

/// Packages of one size bought at the start of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    /// 1 to 12.
    pub month: u32,
    /// The service's package, by index.
    pub package: usize,
    /// At least 1.
    pub count: u64,
}

/// The cheapest way through the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// By month.
    pub modes: [Mode; MONTHS],
    /// By month and size.
    pub purchases: Vec<Purchase>,
    /// Everything paid, in smallest units of the service's prices.
    pub total: Units,
    /// The three strategies, in the order of the contract.
    pub alternatives: [Alternative; 3],
}

impl Task<'_> {
    /// What the slots of a month cost; `None` where it cannot be concurrent.
    fn slot_charge(&self, slots: Slots) -> Option<Units> {
        match slots {
            Slots::Needed(slots) => self.service.rates().slot_price()?.checked_mul(Units::from(slots)),
            Slots::Unknown | Slots::AboveMaximum => None,
        }
    }

    /// Is every amount that the search may come across small enough for its integers, with room to add several?
    /// Where not, the search must not be started. Twelve months of 10^12 calls at any price a book may have do fit;
    /// what does not are numbers of slots beyond anything.
    pub fn fits_search(&self) -> bool {
        let rates = self.service.rates();
        let calls: u64 = self.usage.iter().sum();
        let postpaid = rates.tiers().iter().map(|tier| tier.unit_price).max().unwrap_or(0).checked_mul(Units::from(calls));
        let packages = rates.package_costs().map_or(Some(0), |packages| packages.ceiling(calls));
        let slots = self.slots.iter().filter_map(|&slots| self.slot_charge(slots)).try_fold(0, Units::checked_add);
        let most =
            postpaid.zip(packages).zip(slots).and_then(|((postpaid, packages), slots)| postpaid.checked_add(packages)?.checked_add(slots));
        calls <= MAX_CALLS && most.is_some_and(|most| most < Units::MAX / 4)
    }
}

/// The cheapest plan, with the strategies beside it; `None` where no plan settles every call. `task` must fit the search.
///
/// Ties go to less money for packages, then fewer changes of mode, then fewer packages, then later purchases, and
/// then to the plan that the search meets first, which is the same every time.
///
/// ```
/// use callmix::planner::{Slots, Task, plan};
/// use callmix::price_book::{PriceBook, TierBasis};
/// use callmix::settlement::Postpaid;
/// // The price page's own example: 300 calls in a year are three packages of 100, 420 USD each.
/// let book = PriceBook::built_in().unwrap();
/// let task = Task {
///     service: &book.services()[0],
///     usage: &[25; 12],
///     free_calls: 0,
///     owned: &[],
///     postpaid: Postpaid::On,
///     tier_basis: TierBasis::Billed,
///     slots: [Slots::Unknown; 12],
/// };
/// let plan = plan(&task).unwrap();
/// assert_eq!(plan.total, 12_600); // in tenths of a dollar
/// assert_eq!(plan.purchases.iter().map(|purchase| purchase.month).collect::<Vec<_>>(), [1, 5, 9]);
/// ```
pub fn plan(task: &Task<'_>) -> Option<Plan> {
    let alternatives = strategies::all(task);
    let known = alternatives.iter().filter_map(|alternative| alternative.outcome.ok()).min();
    let (modes, purchases, total) = search::search(task, known)?;
    Some(Plan { modes, purchases, total, alternatives })
}
