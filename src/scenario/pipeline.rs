//! The scenario with its prices, ready to be planned.
//!
//! A [`Pipeline`] has the scenario's service with the discounts taken off, and plans it at any volume of the same
//! profile. Everything that depends on the prices alone is prepared once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Scenario;
use super::rules::unknown_service;
use crate::capacity::{Concurrency, Growth};
use crate::ledger::{Ledger, follow};
use crate::planner::{OwnedPackage, Plan, Slots, Task, plan};
use crate::price_book::{PriceBook, Service, TierBasis};
use crate::problem::{ErrorKind, ValidationError};
use crate::usage::MONTHS;

/// A scenario with its prices.
#[derive(Debug, Clone)]
pub struct Pipeline<'a> {
    /// The question.
    pub scenario: &'a Scenario,
    /// The price book that applies.
    pub book: &'a PriceBook,
    /// The service, with the discounts taken off.
    pub service: Cow<'a, Service>,
    /// Which calls count towards a price tier.
    pub tier_basis: TierBasis,
    /// How many calls run at the same time; `None` also where the service sells no slots.
    pub concurrency: Option<Concurrency>,
    /// The scenario's own packages, those with the same expiry as one, earliest expiry first.
    pub owned: Vec<OwnedPackage>,
}

impl<'a> Pipeline<'a> {
    /// Looks up the prices, in the scenario's own book or else in `built_in`.
    ///
    /// # Errors
    /// `built_in` is not the book that the scenario was validated against, and either lacks the service or has packages
    /// that cannot be planned at this discount.
    pub fn new(scenario: &'a Scenario, built_in: &'a PriceBook) -> Result<Self, Vec<ValidationError>> {
        let book = scenario.book(built_in);
        let listed = book.service(scenario.service.as_deref()).ok_or_else(|| refused("service", unknown_service(book)))?;
        let service = match scenario.discount {
            discount if discount.is_zero() => Cow::Borrowed(listed),
            discount => Cow::Owned(listed.discounted(discount).map_err(|error| vec![error])?),
        };
        let tier_basis = scenario.tier_basis.unwrap_or(service.tier_basis());
        let concurrency = scenario.concurrency.filter(|_| service.needs_slots());
        Ok(Self { scenario, book, service, tier_basis, concurrency, owned: by_expiry(&scenario.owned_packages) })
    }

    /// The planning task of a year with these months.
    ///
    /// # Errors
    /// Too much live traffic to count its slots, or amounts with too many digits for the search.
    pub fn task<'b>(&'b self, months: &'b [u64; MONTHS]) -> Result<Task<'b>, Vec<ValidationError>> {
        let task = Task {
            service: &self.service,
            usage: months,
            free_calls: self.scenario.free_calls,
            owned: &self.owned,
            postpaid: self.scenario.postpaid,
            tier_basis: self.tier_basis,
            slots: self.slots(months)?,
            may_be_concurrent: true,
            orders: self.scenario.orders,
        };
        if task.fits_search() { Ok(task) } else { Err(amount_too_large()) }
    }

    /// The cheapest plan of a task, and its ledger.
    ///
    /// # Errors
    /// No plan covers every call, or an amount has more digits than [`Money`](crate::money::Money) can hold.
    pub fn cheapest(&self, task: &Task<'_>) -> Result<(Plan, Ledger), Vec<ValidationError>> {
        let no_plan = || refused("postpaid", ErrorKind::NoPlan);
        let plan = plan(task).ok_or_else(no_plan)?;
        let ledger = follow(task, &plan.modes, &plan.purchases).map_err(|_| amount_too_large())?;
        debug_assert_eq!(
            ledger.total,
            self.service.rates().scale().money(plan.total),
            "the ledger and the planner must agree on the total"
        );
        if ledger.failing_calls() > 0 { Err(no_plan()) } else { Ok((plan, ledger)) }
    }

    /// The year of these months beside the scenario's own, to which a busiest hour given in calls belongs.
    pub fn growth(&self, months: &[u64; MONTHS]) -> Growth {
        Growth::new(self.scenario.usage().total(), months.iter().sum())
    }

    /// Slots by month.
    fn slots(&self, months: &[u64; MONTHS]) -> Result<[Slots; MONTHS], Vec<ValidationError>> {
        let Some(concurrency) = self.concurrency else { return Ok([Slots::Unknown; MONTHS]) };
        let most = self.service.most_at_once();
        let growth = self.growth(months);
        let mut slots = [Slots::Unknown; MONTHS];
        let behind: [u64; MONTHS] = std::array::from_fn(|month| self.scenario.usage().calls_behind(month, months[month]));
        for (month, &calls) in behind.iter().enumerate() {
            // Months are often alike, and an Erlang sizing can take longer than planning.
            let alike = behind[..month].iter().position(|&earlier| earlier == calls);
            slots[month] = match alike.filter(|_| !matches!(concurrency, Concurrency::Slots(_))) {
                Some(earlier) => slots[earlier],
                None if concurrency.is_countable(calls, growth, most) => {
                    match concurrency.slots_needed(month, calls, growth, most) {
                        // Given for a month that was to have no calls, so nobody knows what it needs with some.
                        Some(0) if calls > 0 => Slots::Unknown,
                        Some(slots) => Slots::Needed(slots),
                        None => Slots::AboveMaximum,
                    }
                }
                None => return Err(refused("concurrency.live", ErrorKind::LoadTooLarge)),
            };
        }
        Ok(slots)
    }
}

/// Packages that expire together are used together, so their calls add up. An account with many packages is then planned as
/// fast as one with few.
fn by_expiry(packages: &[OwnedPackage]) -> Vec<OwnedPackage> {
    let mut calls_by_months_left: BTreeMap<u32, u64> = BTreeMap::new();
    for package in packages {
        let calls = calls_by_months_left.entry(package.months_left).or_default();
        *calls = calls.saturating_add(package.calls);
    }
    calls_by_months_left.into_iter().map(|(months_left, calls)| OwnedPackage { calls, months_left }).collect()
}

/// The error of amounts with too many digits.
pub(crate) fn amount_too_large() -> Vec<ValidationError> {
    refused("usage", ErrorKind::AmountTooLarge)
}

fn refused(field: &str, kind: ErrorKind) -> Vec<ValidationError> {
    vec![ValidationError { field: field.into(), kind }]
}
