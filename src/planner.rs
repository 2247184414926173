//! The planner: which packages to buy when, and which months are concurrent, so that the year costs the least.
//!
//! [`plan`] returns the exact optimum of the planning problem: no plan that the rules allow costs less, at any volume
//! and for any valid price book. What each month of a plan costs is left to the [`ledger`](crate::ledger), which replays
//! the plan. Amounts are [`Units`] of the service's prices. The rules are the planning problem of the pricing rules.
//!
//! The proof that the search is exact is in two places: `planner/search.rs` (runs, credits and bounds) and
//! `price_book/package_costs.rs` (the cheapest packages of a total).

mod credits;
mod group;
mod schedule;
mod search;
mod strategies;

use crate::money::Units;
use crate::price_book::{MAX_CALLS, Service, TierBasis};
use crate::problem::ErrorKind;
use crate::settlement::{Mode, Postpaid};
use crate::usage::MONTHS;
pub use group::{GroupPlan, Member, per_call_usage, plan_group};
pub use strategies::{Alternative, Outcome, Reason, Strategy};

/// All upper bounds of a search are below this.
pub const MOST_UNITS: Units = Units::MAX / 4;

/// A package owned before the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnedPackage {
    /// Calls left in it, 1 to 10^12.
    pub calls: u64,
    /// The last month that it serves, at least 1.
    pub months_left: u32,
}

/// The slots that a month needs: how many calls run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slots {
    /// The number was not given. The month cannot be concurrent, and per-call billing adds no slots.
    Unknown,
    /// More than the service allows in either billing mode.
    AboveMaximum,
    /// The number of slots; 0 in a month without calls.
    Needed(u64),
}

/// When packages may be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orders {
    /// At the start of every month.
    #[default]
    Any,
    /// At the start of month 1 alone.
    Once,
}

impl Orders {
    /// The error of a name that is none of these.
    pub(crate) const UNKNOWN: ErrorKind = ErrorKind::UnknownValue { known: &["any", "once"] };

    /// The orders with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Any, Self::Once].into_iter().find(|orders| orders.code() == name)
    }

    /// The name in JSON and links.
    pub fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Once => "once",
        }
    }
}

/// A planning problem: one service, a year's usage, and what the account has.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The service and its prices, after any discount.
    pub service: &'a Service,
    /// The calls of each month, at most 10^12 in total.
    pub usage: &'a [u64; MONTHS],
    /// The free quota left, at most 10^12 calls.
    pub free_calls: u64,
    /// The packages owned before the horizon, in any order.
    pub owned: &'a [OwnedPackage],
    /// The account's postpaid switch.
    pub postpaid: Postpaid,
    /// The calls that count towards a tier.
    pub tier_basis: TierBasis,
    /// The slots of each month.
    pub slots: [Slots; MONTHS],
    /// Whether months may be concurrent at all.
    pub may_be_concurrent: bool,
    /// When packages may be bought.
    pub orders: Orders,
}

/// A purchase of packages of one size at the start of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    /// The month, 1 to 12.
    pub month: u32,
    /// The index of the package in the service's list.
    pub package: usize,
    /// How many packages, at least 1.
    pub count: u64,
}

/// The cheapest plan for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The billing mode of each month.
    pub modes: [Mode; MONTHS],
    /// The purchases, by month and then by size.
    pub purchases: Vec<Purchase>,
    /// The total paid, in units of the service's prices.
    pub total: Units,
    /// The three strategies, in the contract's order.
    pub alternatives: [Alternative; 3],
}

impl Task<'_> {
    /// The charge for the slots of a month, counted from 0; `None` where the month cannot be concurrent.
    #[inline]
    fn slot_charge(&self, month: usize) -> Option<Units> {
        let Slots::Needed(slots) = self.slots[month] else { return None };
        let prices = self.service.concurrent().filter(|prices| self.may_be_concurrent && slots <= prices.max_slots);
        prices.and(self.service.rates().concurrent())?.charge(slots)
    }

    /// The charge for the slots that a month, counted from 0, needs beyond the included ones; `None` where it cannot be per
    /// call. Nothing where per-call billing runs any number at once, or where the need is not known.
    #[inline]
    fn add_on_charge(&self, month: usize) -> Option<Units> {
        let Some(included) = self.service.included_slots().filter(|_| self.usage[month] > 0) else { return Some(0) };
        let added = match self.slots[month] {
            Slots::Unknown => 0,
            Slots::AboveMaximum => return None,
            Slots::Needed(slots) => slots.saturating_sub(included),
        };
        if added == 0 {
            return Some(0);
        }
        let prices = self.service.add_on_slots().filter(|prices| added <= prices.max_slots);
        prices.and(self.service.rates().add_on_slots())?.charge(added)
    }

    /// The calls of a month, counted from 0, that its own free calls leave.
    #[inline]
    fn calls_beyond_free(&self, month: usize) -> u64 {
        self.usage[month].saturating_sub(self.service.free_calls_per_month())
    }

    /// Whether all amounts of the search fit into its integers, with room to add several of them.
    ///
    /// The search must not be started where they do not. Calls always fit, at any volume and price that validation
    /// accepts; only absurd numbers of slots do not.
    pub fn fits_search(&self) -> bool {
        self.upper_bound().is_some_and(|most| most < MOST_UNITS)
    }

    /// More than the year can cost in any way; `None` where that has too many digits, or there are too many calls.
    pub fn upper_bound(&self) -> Option<Units> {
        let rates = self.service.rates();
        let calls: u64 = self.usage.iter().sum();
        let postpaid = Some(rates.postpaid().highest_unit_price().at_most(calls));
        let packages = rates.package_costs().map_or(Some(0), |packages| packages.upper_bound(calls));
        let slots = |month| self.slot_charge(month).max(self.add_on_charge(month));
        let slots = (0..MONTHS).filter_map(slots).try_fold(0, Units::checked_add);
        let most = postpaid?.checked_add(packages?)?.checked_add(slots?)?;
        (calls <= MAX_CALLS).then_some(most)
    }
}

/// The three strategies, in the contract's order. `task` must fit the search.
pub fn alternatives(task: &Task<'_>) -> [Alternative; 3] {
    strategies::all(task)
}

/// The cheapest plan and the three strategies; `None` where no plan covers every call.
///
/// `task` must fit the search: see [`Task::fits_search`]. Ties are resolved by less money for packages, then fewer
/// changes of mode, then fewer packages, then later purchases, and then the order of the search, which is deterministic.
///
/// ```
/// use callmix::planner::{Orders, Slots, Task, plan};
/// use callmix::price_book::{PriceBook, TierBasis};
/// use callmix::settlement::Postpaid;
/// // The price page's example: 300 calls in a year take three packages of 100 calls, 420 USD each.
/// let book = PriceBook::built_in().unwrap();
/// let task = Task {
///     service: &book.services()[0],
///     usage: &[25; 12],
///     free_calls: 0,
///     owned: &[],
///     postpaid: Postpaid::On,
///     tier_basis: TierBasis::Billed,
///     slots: [Slots::Unknown; 12],
///     may_be_concurrent: true,
///     orders: Orders::Any,
/// };
/// let plan = plan(&task).unwrap();
/// assert_eq!(plan.total, 12_600); // 1,260 USD in tenths of a dollar
/// assert_eq!(plan.purchases.iter().map(|purchase| purchase.month).collect::<Vec<_>>(), [1, 5, 9]);
/// ```
pub fn plan(task: &Task<'_>) -> Option<Plan> {
    let alternatives = strategies::all(task);
    let known = alternatives.iter().filter_map(|alternative| alternative.outcome.ok()).min();
    let (modes, purchases, total) = search::search(task, known)?;
    Some(Plan { modes, purchases, total, alternatives })
}
