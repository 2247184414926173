//! What is the answer?
//!
//! The engine's only door: [`quote`] takes a scenario through sizing, planning and settlement to a [`Quote`]. Every
//! number of the quote is taken from the replay of the plan through [`settle`](crate::settlement::settle), the
//! planner's own total only has to agree. A quote serializes to the JSON of the contract.

use serde::{Serialize, Serializer};

use crate::capacity::Concurrency;
use crate::money::{Exact, Money};
use crate::planner::{Alternative, Plan, Reason, Slots, Strategy, Task, plan};
use crate::price_book::{PriceBook, Service};
use crate::problem::{Fault, Problem};
use crate::scenario::Scenario;
use crate::settlement::{Account, Lot, Mode, MonthUse, Terms, Unsettled, settle};
use crate::usage::MONTHS;

/// The cheapest way to pay for a scenario, settled month by month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Of every amount.
    pub currency: String,
    /// Everything paid in the horizon.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// By month, then by size.
    pub purchases: Vec<PurchaseRow>,
    /// Twelve.
    pub months: Vec<MonthRow>,
    /// Calls left in packages when month 12 is settled.
    pub unused_prepaid: u64,
    /// The three strategies.
    pub alternatives: Vec<AlternativeRow>,
    /// By which prices.
    pub price_book: PriceBookRow,
}

/// Packages to buy at the start of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseRow {
    /// 1 to 12.
    pub month: u32,
    /// In one package.
    pub calls: u64,
    /// Packages.
    pub count: u64,
    /// For all of them.
    #[serde(serialize_with = "as_text")]
    pub amount: Money,
}

/// How one month is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthRow {
    /// 1 to 12.
    pub month: u32,
    /// Per call or concurrent.
    #[serde(serialize_with = "mode_code")]
    pub mode: Mode,
    /// Successful calls; in a per-call month the sum of the next three.
    pub calls: u64,
    /// Covered by free quota.
    pub free: u64,
    /// Covered by packages.
    pub prepaid: u64,
    /// Charged.
    pub postpaid: u64,
    /// Per postpaid call.
    #[serde(serialize_with = "as_text_or_null")]
    pub unit_price: Option<Exact>,
    /// For the postpaid calls.
    #[serde(serialize_with = "as_text")]
    pub postpaid_charge: Money,
    /// Slots paid for.
    pub slots: u64,
    /// For the slots.
    #[serde(serialize_with = "as_text")]
    pub concurrent_charge: Money,
    /// For packages bought this month.
    #[serde(serialize_with = "as_text")]
    pub package_charge: Money,
    /// The sum of the three charges.
    #[serde(serialize_with = "as_text")]
    pub charge: Money,
    /// Calls left in packages after the settlement, before expiry.
    pub prepaid_left: u64,
    /// How many of them then lapse.
    pub expired: u64,
}

/// One strategy beside the recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlternativeRow {
    /// Which.
    #[serde(serialize_with = "strategy_code")]
    pub strategy: Strategy,
    /// What the year costs in it; `None` where it is not available.
    #[serde(serialize_with = "as_text_or_null")]
    pub total: Option<Money>,
    /// Why it is not available.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "reason_code")]
    pub reason: Option<Reason>,
}

/// The prices that a quote was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriceBookRow {
    /// Of the price book.
    pub version: String,
    /// Of its prices.
    pub hash: String,
    /// The service's identifier.
    pub service: String,
}

/// Answers `scenario`, by its own price book or else by `built_in`.
///
/// # Errors
/// What cannot be answered though each field is fine by itself: no plan settles every call, the service is not in
/// this book, or amounts are too large to be exact.
///
/// ```
/// use callmix::price_book::PriceBook;
/// use callmix::quote::quote;
/// use callmix::scenario::Scenario;
/// use callmix::usage::{Profile, Usage};
/// let scenario = Scenario::new(Usage::yearly(300, Profile::Even).unwrap());
/// let quote = quote(&scenario, &PriceBook::built_in().unwrap()).unwrap();
/// assert_eq!(quote.total.to_string(), "1260.00");
/// ```
pub fn quote(scenario: &Scenario, built_in: &PriceBook) -> Result<Quote, Vec<Problem>> {
    let book = scenario.book(built_in);
    let refused = |field: &str, fault: Fault| vec![Problem { field: field.into(), fault }];
    let service = book.service(scenario.service.as_deref()).ok_or_else(|| {
        let known = book.services.iter().map(|service| service.id.clone()).collect();
        refused("service", Fault::UnknownService { known })
    })?;
    let discounted = match scenario.discount {
        discount if discount.is_zero() => None,
        discount => Some(service.discounted(discount).ok_or_else(|| refused("discount.packages", Fault::UnsupportedDiscount))?),
    };
    let service = discounted.as_ref().unwrap_or(service);
    let usage = scenario.usage.months();
    let slots = slots_by_month(scenario.concurrency.as_ref(), service, &usage)
        .map_err(|TooLoaded| refused("concurrency.live", Fault::LoadTooLarge))?;
    let task = Task {
        service,
        usage: &usage,
        free_calls: scenario.free_calls,
        owned: &scenario.owned_packages,
        postpaid: scenario.postpaid,
        tier_basis: scenario.tier_basis.unwrap_or(service.tier_basis),
        slots,
    };
    let too_large = || refused("usage", Fault::AmountTooLarge);
    if !task.fits_search() {
        return Err(too_large());
    }
    let plan = plan(&task).ok_or_else(|| refused("postpaid", Fault::NoPlan))?;
    replay(&task, &plan, book).map_err(|unsettled| match unsettled {
        Unsettled::Overflow => too_large(),
        Unsettled::CallsFail { .. } | Unsettled::NotConcurrent => refused("postpaid", Fault::NoPlan),
    })
}

/// The busy hour's load is so large that counting its slots would take noticeable time.
struct TooLoaded;

fn slots_by_month(concurrency: Option<&Concurrency>, service: &Service, usage: &[u64; MONTHS]) -> Result<[Slots; MONTHS], TooLoaded> {
    let (Some(concurrency), Some(price)) = (concurrency, service.concurrent) else { return Ok([Slots::Unknown; MONTHS]) };
    let mut slots = [Slots::Unknown; MONTHS];
    for (month, (slots, &calls)) in slots.iter_mut().zip(usage).enumerate() {
        if !concurrency.is_countable(calls, price.max_slots) {
            return Err(TooLoaded);
        }
        *slots = concurrency.slots_needed(month, calls, price.max_slots).map_or(Slots::AboveMaximum, Slots::Needed);
    }
    Ok(slots)
}

/// Settles the plan month by month.
fn replay(task: &Task<'_>, plan: &Plan, book: &PriceBook) -> Result<Quote, Unsettled> {
    let service = task.service;
    let owned = task.owned.iter().map(|package| Lot { calls: package.calls, last_month: package.months_left }).collect();
    let mut account = Account::new(task.free_calls, owned);
    let terms = Terms { service, postpaid: task.postpaid, tier_basis: task.tier_basis };
    let mut purchases = Vec::with_capacity(plan.purchases.len());
    let mut months = Vec::with_capacity(MONTHS);
    let mut total = Money::ZERO;
    for (month, (&mode, (&calls, slots))) in (1..).zip(plan.modes.iter().zip(task.usage.iter().zip(task.slots))) {
        let mut package_charge = Money::ZERO;
        for purchase in plan.purchases.iter().filter(|purchase| purchase.month == month) {
            let package = service.packages[purchase.package];
            let amount = package.price.times(purchase.count)?;
            package_charge = package_charge.plus(amount)?;
            account
                .buy(Lot { calls: package.calls * purchase.count, last_month: service.package_validity_months.saturating_add(month - 1) });
            purchases.push(PurchaseRow { month, calls: package.calls, count: purchase.count, amount });
        }
        let slots = if let Slots::Needed(slots) = slots { slots } else { 0 };
        let settled = settle(&terms, &MonthUse { month, mode, calls, slots }, &mut account)?;
        let charge = package_charge.plus(settled.postpaid_charge)?.plus(settled.concurrent_charge)?;
        total = total.plus(charge)?;
        months.push(MonthRow {
            month,
            mode,
            calls,
            free: settled.free,
            prepaid: settled.prepaid,
            postpaid: settled.postpaid,
            unit_price: settled.unit_price,
            postpaid_charge: settled.postpaid_charge,
            slots: settled.slots,
            concurrent_charge: settled.concurrent_charge,
            package_charge,
            charge,
            prepaid_left: settled.prepaid_left,
            expired: settled.expired,
        });
    }
    let scale = service.rates().scale;
    debug_assert_eq!(total, scale.money(plan.total), "the replay must cost what the planner claims");
    let alternatives = plan.alternatives.iter().map(|alternative| alternative_row(task, alternative)).collect();
    let unused_prepaid = months.last().map_or(0, |month| month.prepaid_left);
    let price_book = PriceBookRow { version: book.version.clone(), hash: book.hash.clone(), service: service.id.clone() };
    Ok(Quote { currency: book.currency.clone(), total, purchases, months, unused_prepaid, alternatives, price_book })
}

fn alternative_row(task: &Task<'_>, alternative: &Alternative) -> AlternativeRow {
    let total = alternative.outcome.ok().map(|total| task.service.rates().scale.money(total));
    AlternativeRow { strategy: alternative.strategy, total, reason: alternative.outcome.err() }
}

fn as_text<S: Serializer>(amount: &impl ToString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&amount.to_string())
}

fn as_text_or_null<S: Serializer>(amount: &Option<impl ToString>, serializer: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) => as_text(amount, serializer),
        None => serializer.serialize_none(),
    }
}

fn mode_code<S: Serializer>(mode: &Mode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(mode.code())
}

fn strategy_code<S: Serializer>(strategy: &Strategy, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(strategy.code())
}

fn reason_code<S: Serializer>(reason: &Option<Reason>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_some(&reason.map(Reason::code))
}
