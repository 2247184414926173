//! What else does a person ask: from when on, what if, how close?
//!
//! Questions put to the planner around one scenario: the break-even in slots, the range of volumes in which this kind
//! of mix stays the cheapest, what being wrong about the volume costs, cliffs, the other reading of the tiers, and what
//! is left over. Also the whole [curve](Curve) of cost over volume, and the calls that a budget [buys](calls_for).
//! Every amount is exact. Source: what the insights mean, in the pricing rules.

mod budget;
mod curve;
mod regret;

use serde::Serialize;

pub use self::budget::calls_for;
pub use self::curve::{Curve, Point, Range};
pub use self::regret::{Followed, PlanRegret, Regret, Variant};
use crate::ledger::{Ledger, as_text};
use crate::money::{Money, Units};
use crate::planner::{Slots, Task, plan};
use crate::price_book::TierBasis;
use crate::problem::ValidationError;
use crate::scenario::{CalendarMonth, Pipeline};
use crate::usage::MONTHS;

/// What explains one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Insights {
    /// `None` where the service has no concurrent billing.
    pub break_even: Option<BreakEven>,
    /// Where this kind of mix is the cheapest.
    pub range: Range,
    /// What being wrong about the volume costs.
    pub regret: Regret,
    /// By month.
    pub cliffs: Vec<Cliff>,
    /// `None` where both readings give the same total.
    pub other_reading: Option<OtherReading>,
    /// `None` where the free quota saves money, or there is none.
    pub without_free_calls: Option<WithoutFreeCalls>,
    /// By the last month in which the calls are good.
    pub leftover: Vec<Leftover>,
}

/// Up to how many slots concurrent billing pays. 120,000 calls in an even year are 10,000 a month, 35,000 by postpaid:
/// four slots at 7,200 are less, five are more, and one saves 12 × (35,000 − 7,200) = 333,600.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BreakEven {
    /// The most slots in every month with which the year is cheaper than without concurrent billing; 0 for none.
    pub slots: u64,
    /// What one slot would save; `None` where without concurrent billing there is no plan to save on.
    #[serde(serialize_with = "crate::ledger::as_text_or_null")]
    pub saving_with_one_slot: Option<Money>,
}

/// A month in which more calls would cost less. 9,500 calls are 36,100 at 3.8; 500 more reach the tier of 3.5, where
/// 10,000 are 35,000: 1,100 less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cliff {
    /// 1 to 12.
    pub month: u32,
    /// How many more calls reach the next cheaper tier.
    pub more_calls: u64,
    /// By how much the month's postpaid charge would fall.
    #[serde(serialize_with = "as_text")]
    pub saving: Money,
}

/// The cheapest year when the tiers are read the other way. Of 10,000 calls in a month 5 are free: 9,995 charged ones
/// are 37,981, so a package of 37,000 is bought; by all calls the tier of 3.5 is reached, and they are 34,982.50.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OtherReading {
    /// The other way.
    #[serde(serialize_with = "basis_code")]
    pub tier_basis: TierBasis,
    /// What the year costs then.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
}

/// The cheapest year without the free quota, where that is less. Of 10,000 calls in a month 5 are free, and a package of
/// 37,000 is bought for the rest; without the free ones all 10,000 reach the tier of 3.5, and are 35,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WithoutFreeCalls {
    /// What the year costs then.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
}

/// Calls that remain in packages when the year is over. 99 calls in month 12 are 475.20 by postpaid, so a package of 100
/// is bought for 420; the call left is good until month 23.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Leftover {
    /// How many.
    pub calls: u64,
    /// The last month in which they are good, in the horizon's numbering; 12 lapses as the horizon ends.
    pub last_month: u32,
    /// The same by the calendar, where the scenario names its first month.
    #[serde(serialize_with = "crate::ledger::as_text_or_null")]
    pub until: Option<CalendarMonth>,
}

impl Insights {
    /// Explains the answer to a scenario, whose curve is finished.
    ///
    /// # Errors
    /// What [`quote`](fn@crate::quote::quote) refuses.
    pub fn of(pipeline: &Pipeline<'_>, curve: &Curve) -> Result<Self, Vec<ValidationError>> {
        let months = pipeline.scenario.usage().months();
        let task = pipeline.task(&months)?;
        let (plan, ledger) = pipeline.cheapest(&task)?;
        Ok(Self {
            break_even: break_even(pipeline)?,
            range: curve.range(),
            regret: Regret::of(pipeline, &task, &plan)?,
            cliffs: cliffs(pipeline, &ledger),
            other_reading: other_reading(pipeline, ledger.total)?,
            without_free_calls: without_free_calls(pipeline, &task, ledger.total),
            leftover: leftover(pipeline, &ledger),
        })
    }
}

/// The largest k for which k slots in every month beat the plan without concurrent billing. More slots never cost
/// less, so k is found by halving.
fn break_even(pipeline: &Pipeline<'_>) -> Result<Option<BreakEven>, Vec<ValidationError>> {
    let Some(price) = pipeline.service.concurrent() else { return Ok(None) };
    let months = pipeline.scenario.usage().months();
    let mut task = pipeline.task(&months)?;
    let mut total = |slots: Slots| {
        task.slots = months.map(|calls| if calls == 0 && slots != Slots::Unknown { Slots::Needed(0) } else { slots });
        cheapest_total(&task)
    };
    let without = total(Slots::Unknown);
    let mut below = |slots: u64| match (total(Slots::Needed(slots)), without) {
        (Some(with), Some(without)) => with < without,
        (with, _) => with.is_some(),
    };
    let (mut pays, mut does_not) = (0, price.max_slots.saturating_add(1));
    while does_not - pays > 1 {
        let middle = pays + (does_not - pays) / 2;
        if below(middle) {
            pays = middle;
        } else {
            does_not = middle;
        }
    }
    let scale = pipeline.service.rates().scale();
    let saving = without.zip(total(Slots::Needed(1))).map(|(without, with)| scale.money(without - with));
    Ok(Some(BreakEven { slots: pays, saving_with_one_slot: saving }))
}

/// The first tier start, above the calls that reach the tier now, at which the month's postpaid charge is lower. Under
/// `all` it is the month's calls that reach it, and the further calls are charged like those that are charged now.
fn cliffs(pipeline: &Pipeline<'_>, ledger: &Ledger) -> Vec<Cliff> {
    let cliff = |month: &crate::ledger::MonthRow| {
        let reached_by = if pipeline.tier_basis == TierBasis::Billed { month.postpaid } else { month.calls };
        pipeline.service.tiers().iter().filter(|tier| tier.from > reached_by).find_map(|tier| {
            let more_calls = tier.from - reached_by;
            let charge = tier.unit_price.times(month.postpaid.checked_add(more_calls)?).ok()?;
            let saving = month.postpaid_charge.minus(charge).ok()?;
            (saving > Money::ZERO).then_some(Cliff { month: month.month, more_calls, saving })
        })
    };
    ledger.months.iter().filter(|month| month.postpaid > 0).filter_map(cliff).collect()
}

fn other_reading(pipeline: &Pipeline<'_>, total: Money) -> Result<Option<OtherReading>, Vec<ValidationError>> {
    let tier_basis = match pipeline.tier_basis {
        TierBasis::Billed => TierBasis::All,
        TierBasis::All => TierBasis::Billed,
    };
    let other = Pipeline { tier_basis, ..pipeline.clone() };
    let months = pipeline.scenario.usage().months();
    let (_, ledger) = other.cheapest(&other.task(&months)?)?;
    Ok((ledger.total != total).then_some(OtherReading { tier_basis, total: ledger.total }))
}

fn without_free_calls(pipeline: &Pipeline<'_>, task: &Task<'_>, total: Money) -> Option<WithoutFreeCalls> {
    let without = Task { free_calls: 0, ..*task };
    if task.free_calls == 0 {
        return None;
    }
    let total_without = pipeline.service.rates().scale().money(cheapest_total(&without)?);
    (total_without < total).then_some(WithoutFreeCalls { total: total_without })
}

/// `None` where no plan is allowed. What does not fit the search costs more than anything that does.
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

/// Twelve months as planned in the scenario, for what is asked at other volumes.
type Months = [u64; MONTHS];
