//! The insights into one quote: when its answer changes, and what being wrong costs.
//!
//! Plans variations of one scenario: the break-even in slots, the range of volumes in which the kind of the best plan stays
//! the same, the regret at other volumes, cliffs, the other reading of the tiers, and the calls that are left over. Also
//! the whole [curve](Curve) of cost over volume, and the calls that a budget [pays for](calls_for). Every amount is exact.
//! A volume that cannot be calculated is left out and reported; it never makes the answer an error.
//!
//! Source: section 5 of the pricing rules.

mod budget;
mod curve;
pub(crate) mod postponed;
pub(crate) mod regret;

use std::ops::RangeInclusive;

use serde::Serialize;

pub use self::budget::calls_for;
pub use self::curve::{Curve, Point, Range, VolumesLeftOut};
pub use self::regret::{Followed, LeftOutVolume, PlanRegret, Regret, Variant};
use crate::ledger::{Ledger, PurchaseRow, as_text};
use crate::money::{Money, Units};
use crate::order;
use crate::planner::{Orders, Slots, Task, plan};
use crate::price_book::charge::piece_of;
use crate::price_book::{PriceBook, Service, SlotPrices, TierBasis};
use crate::problem::{ErrorKind, ValidationError};
use crate::scenario::{CalendarMonth, Pipeline, Scenario};
use crate::usage::MONTHS;

/// The explanation of one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Insights {
    /// `None` where the service has no concurrent billing.
    pub break_even: Option<BreakEven>,
    /// Where the kind of the best plan stays the same.
    pub range: Range,
    /// What each plan costs more than the best one when the volume turns out differently.
    pub regret: Regret,
    /// By month.
    pub cliffs: Vec<Cliff>,
    /// `None` where both readings give the same total.
    pub other_reading: Option<OtherReading>,
    /// What one order at the start of the year would cost; `None` where that is the scenario's own choice, or no such plan covers
    /// every call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_order: Option<OtherOrders>,
    /// What buying when needed would cost, where the scenario asked for one order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_order: Option<OtherOrders>,
    /// `None` where the free quota saves money, or there is none.
    pub without_free_calls: Option<WithoutFreeCalls>,
    /// By the last month in which the calls can be used.
    pub leftover: Vec<Leftover>,
    /// Larger volumes that the curve and the range leave out; `None` where they leave out none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<VolumesLeftOut>,
}

/// The number of slots up to which concurrent billing is cheaper. 120,000 calls in an even year are 10,000 a month, 35,000
/// by postpaid: four slots at 7,200 cost less, five cost more, and one saves 12 × (35,000 − 7,200) = 333,600.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BreakEven {
    /// The most slots in every month with which the year costs less than without concurrent billing; 0 for none.
    pub slots: u64,
    /// What one slot would save; `None` where there is no plan without concurrent billing to compare with.
    #[serde(serialize_with = "crate::ledger::as_text_or_null")]
    pub saving_with_one_slot: Option<Money>,
    /// What [`slots`](Self::slots) would save; `None` where they are 0, or where there is nothing to compare with.
    #[serde(skip)]
    pub saving_with_most: Option<Money>,
    /// Whether every smaller number costs less too, as it does where all slots have one price and per-call billing runs any
    /// number of calls at once.
    #[serde(skip)]
    pub holds_below: bool,
}

/// A month in which more calls would cost less. 9,500 calls cost 36,100 at 3.8; 500 more reach the tier of 3.5, where
/// 10,000 cost 35,000, which is 1,100 less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cliff {
    /// 1 to 12.
    pub month: u32,
    /// How many more calls reach a tier at which the month costs less.
    pub more_calls: u64,
    /// By how much the month's postpaid charge would fall.
    #[serde(serialize_with = "as_text")]
    pub saving: Money,
}

/// The best plan's total when the tiers are read the other way. Of 10,000 calls in a month 5 are free: 9,995 postpaid calls
/// cost 37,981, so a package of 37,000 is bought; if all calls count, they reach the tier of 3.5 and cost 34,982.50.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OtherReading {
    /// The other reading.
    #[serde(serialize_with = "basis_code")]
    pub tier_basis: TierBasis,
    /// The total of the year with that reading.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
}

/// The best plan with packages bought at other times. Months with 150, 50, 50 and then no calls cost 1,050 (150 by postpaid, a
/// package in month 2); in one order they cost 1,080.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherOrders {
    /// The total of the year.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// How much one order costs more than buying when needed.
    #[serde(serialize_with = "as_text")]
    pub difference: Money,
    /// By month, then by size.
    pub purchases: Vec<PurchaseRow>,
}

/// The best plan's total without the free quota, where that is less. Of 10,000 calls in a month 5 are free, and a package of
/// 37,000 is bought for the rest; without free calls all 10,000 reach the tier of 3.5 and cost 35,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WithoutFreeCalls {
    /// The total of the year without free calls.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
}

/// Package calls left at the end of the year. 99 calls in month 12 cost 475.20 by postpaid, so a package of 100 is bought for
/// 420; the call that is left expires at the end of month 23.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Leftover {
    /// How many calls are left.
    pub calls: u64,
    /// The last month in which they can be used, in the horizon's numbering; those of month 12 expire with the horizon.
    pub last_month: u32,
    /// The same month in the calendar, where the scenario has a first month.
    #[serde(serialize_with = "crate::ledger::as_text_or_null")]
    pub until: Option<CalendarMonth>,
}

impl Insights {
    /// Explains the answer to a scenario, whose curve is finished.
    ///
    /// # Errors
    /// The scenario itself has no answer. No other volume or reading makes this an error.
    pub fn of(pipeline: &Pipeline<'_>, curve: &Curve) -> Result<Self, Vec<ValidationError>> {
        let months = pipeline.scenario.usage().months();
        let task = pipeline.task(&months)?;
        let (plan, ledger) = pipeline.cheapest(&task)?;
        Ok(Self {
            break_even: break_even(pipeline, &task),
            range: curve.range(),
            regret: Regret::of(pipeline, &task, &plan),
            cliffs: cliffs(pipeline, &ledger),
            other_reading: other_reading(pipeline, ledger.total),
            one_order: other_orders(pipeline, &task, Orders::Once, ledger.total),
            any_order: other_orders(pipeline, &task, Orders::Any, ledger.total),
            without_free_calls: without_free_calls(pipeline, &task, ledger.total),
            leftover: leftover(pipeline, &ledger),
            left_out: curve.left_out().cloned(),
        })
    }
}

impl BreakEven {
    /// The break-even of a scenario, as in its insights; `None` where no slots are sold, or where it has no answer.
    pub fn of(scenario: &Scenario, built_in: &PriceBook) -> Option<Self> {
        let pipeline = Pipeline::new(scenario, built_in).ok()?;
        break_even(&pipeline, &pipeline.task(&scenario.usage().months()).ok()?)
    }
}

/// The largest k for which k slots in every month cost less than the best plan that is per call in every month and needs as
/// many.
///
/// What is saved by k slots is the most that any choice of months saves, and of each choice it is straight in k as long as no
/// price of slots changes. So between two such changes it falls to nothing and rises from nothing at most once, and its ends
/// and a binary search decide.
fn break_even(pipeline: &Pipeline<'_>, task: &Task<'_>) -> Option<BreakEven> {
    let service = &*pipeline.service;
    let most = service.concurrent()?.max_slots;
    let total = |slots: u64, may_be_concurrent: bool| {
        let slots = task.usage.map(|calls| Slots::Needed(if calls == 0 { 0 } else { slots }));
        cheapest_total(&Task { slots, may_be_concurrent, ..*task })
    };
    // How many slots are needed makes a difference to per-call billing only where it includes a number of them.
    let any_number = service.included_slots().is_none().then(|| total(1, false));
    let saving = |slots: u64| {
        let (with, without) = (total(slots, true), any_number.unwrap_or_else(|| total(slots, false)));
        (with.is_some(), without.zip(with).map(|(without, with)| without - with))
    };
    let pays = |slots: u64| match saving(slots) {
        (has_plan, None) => has_plan,
        (_, Some(saving)) => saving > 0,
    };
    let mut slots = 0;
    for stretch in slot_price_stretches(service, most).into_iter().rev() {
        let (first, last) = stretch.into_inner();
        if pays(last) {
            slots = last;
            break;
        }
        if pays(first) {
            slots = first + order::last_that(last - first - 1, |more| pays(first + more));
            break;
        }
    }
    let scale = service.rates().scale();
    let saved = |slots: u64| saving(slots).1.map(|saving| scale.money(saving));
    let holds_below = any_number.is_some() && service.concurrent()?.tiers.len() == 1;
    let saving_with_most = if slots == 0 { None } else { saved(slots) };
    Some(BreakEven { slots, saving_with_one_slot: saved(1), saving_with_most, holds_below })
}

/// The numbers of slots from 1 to `most`, in stretches in which each further slot costs the same in either billing mode.
fn slot_price_stretches(service: &Service, most: u64) -> Vec<RangeInclusive<u64>> {
    let included = service.included_slots().unwrap_or(0);
    let starts = |prices: Option<&SlotPrices>, before: u64| {
        let tiers = prices.into_iter().flat_map(|prices| &prices.tiers).map(move |tier| before.saturating_add(tier.from));
        tiers.collect::<Vec<_>>()
    };
    let add_on = service.most_add_on_slots();
    let mut ends = [starts(service.concurrent(), 0), starts(service.add_on_slots(), included)].concat();
    ends.extend([included.saturating_add(1), included.saturating_add(add_on).saturating_add(1), most.saturating_add(1)]);
    ends.retain(|&start| (2..=most + 1).contains(&start));
    order::by_key(&mut ends, |&start| start.into());
    ends.dedup();
    let firsts = std::iter::once(1).chain(ends.iter().copied());
    firsts.zip(&ends).map(|(first, next)| first..=next - 1).collect()
}

/// By month, the first tier start above the present calls at which the postpaid charge is lower. Under `all` the month's
/// calls reach a tier, and the additional calls are charged like the postpaid calls of now.
fn cliffs(pipeline: &Pipeline<'_>, ledger: &Ledger) -> Vec<Cliff> {
    let rates = pipeline.service.rates();
    let cliff = |month: &crate::ledger::MonthRow| {
        let reached_by = if pipeline.tier_basis == TierBasis::Billed { month.postpaid } else { month.calls };
        rates.postpaid().pieces().iter().filter(|piece| piece.from > reached_by).find_map(|piece| {
            let more_calls = piece.from - reached_by;
            let (calls, postpaid) = (month.calls.checked_add(more_calls)?, month.postpaid.checked_add(more_calls)?);
            let pieces = rates.postpaid().in_month(pipeline.tier_basis, calls);
            let charge = piece_of(&pieces, postpaid)?.checked_charge(postpaid)?;
            let saving = month.postpaid_charge.minus(rates.scale().money(charge)).ok()?;
            (saving > Money::ZERO).then_some(Cliff { month: month.month, more_calls, saving })
        })
    };
    ledger.months.iter().filter(|month| month.postpaid > 0).filter_map(cliff).collect()
}

fn other_reading(pipeline: &Pipeline<'_>, total: Money) -> Option<OtherReading> {
    let tier_basis = match pipeline.tier_basis {
        TierBasis::Billed => TierBasis::All,
        TierBasis::All => TierBasis::Billed,
    };
    let other = Pipeline { tier_basis, ..pipeline.clone() };
    let months = pipeline.scenario.usage().months();
    // The readings differ in the price per call alone, so what can be planned by one can be planned by the other.
    let (_, ledger) = other.cheapest(&other.task(&months).ok()?).ok()?;
    (ledger.total != total).then_some(OtherReading { tier_basis, total: ledger.total })
}

/// `None` where the task has these orders already.
fn other_orders(pipeline: &Pipeline<'_>, task: &Task<'_>, orders: Orders, total: Money) -> Option<OtherOrders> {
    if task.orders == orders {
        return None;
    }
    let (_, ledger) = pipeline.cheapest(&Task { orders, ..*task }).ok()?;
    let (more, less) = (total.max(ledger.total), total.min(ledger.total));
    Some(OtherOrders { total: ledger.total, difference: more.minus(less).ok()?, purchases: ledger.purchases })
}

fn without_free_calls(pipeline: &Pipeline<'_>, task: &Task<'_>, total: Money) -> Option<WithoutFreeCalls> {
    let without = Task { free_calls: 0, ..*task };
    if task.free_calls == 0 {
        return None;
    }
    let total_without = pipeline.service.rates().scale().money(cheapest_total(&without)?);
    (total_without < total).then_some(WithoutFreeCalls { total: total_without })
}

/// `None` where no plan is allowed. A task that does not fit the search costs more than any task that does.
fn cheapest_total(task: &Task<'_>) -> Option<Units> {
    if task.fits_search() { plan(task).map(|plan| plan.total) } else { None }
}

fn leftover(pipeline: &Pipeline<'_>, ledger: &Ledger) -> Vec<Leftover> {
    let until = |last_month: u32| {
        let start = pipeline.scenario.start()?;
        u16::try_from(last_month.checked_sub(1)?).ok().map(|months| start.plus_months(months))
    };
    ledger.leftover.iter().map(|lot| Leftover { calls: lot.calls, last_month: lot.last_month, until: until(lot.last_month) }).collect()
}

fn basis_code<S: serde::Serializer>(basis: &TierBasis, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(basis.code())
}

/// The calls of twelve months.
type Months = [u64; MONTHS];

pub(crate) fn error_code<S: serde::Serializer>(kind: &ErrorKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.code())
}
