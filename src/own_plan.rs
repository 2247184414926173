//! A plan of one's own: what it costs beside the cheapest.
//!
//! The purchases and concurrent months of a scenario's plan are settled as they are, by the same settlement that replays the
//! recommendation; nothing is optimised. Calls that nothing covers fail and cost nothing. Source: section 12 of the pricing
//! rules.

use serde::Serialize;

use crate::ledger::{Ledger, MonthRow, PurchaseRow, as_text, as_text_or_null, follow};
use crate::list_price::{ListPrice, planned};
use crate::money::Money;
use crate::planner::{Slots, Task};
use crate::problem::{ErrorKind, ValidationError};
use crate::scenario::{OwnPlan, Pipeline, amount_too_large};
use crate::settlement::Mode;
use crate::usage::MONTHS;

/// What a plan of one's own costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PricedPlan {
    /// Everything paid in the horizon.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// The total without its discounts; `None` where none applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_price: Option<ListPrice>,
    /// How much more than the cheapest plan; `None` where calls fail, since such plans do not compare.
    #[serde(serialize_with = "as_text_or_null")]
    pub difference: Option<Money>,
    /// Calls of the year that fail.
    pub failing_calls: u64,
    /// By month, then by size.
    pub purchases: Vec<PurchaseRow>,
    /// Twelve months.
    pub months: Vec<PlannedMonth>,
    /// Package calls left when month 12 is settled.
    pub unused_prepaid: u64,
}

/// A month of a plan of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedMonth {
    /// As in a quote; its calls include those that fail.
    #[serde(flatten)]
    pub row: MonthRow,
    /// Calls that nothing covers.
    pub failing_calls: u64,
}

impl PricedPlan {
    /// Prices the plan of the pipeline's scenario, whose best plan costs `cheapest`; `None` where it has no plan.
    ///
    /// # Errors
    /// A month with calls that is to be concurrent cannot be, or an amount has too many digits.
    pub fn of(pipeline: &Pipeline<'_>, task: &Task<'_>, cheapest: Money) -> Result<Option<Self>, Vec<ValidationError>> {
        let Some(plan) = pipeline.scenario.plan() else { return Ok(None) };
        let modes = modes(pipeline, task, plan)?;
        let purchases = planned(&pipeline.service, plan.purchases.iter().map(|row| (row.month, row.calls, row.count)));
        let ledger = follow(task, &modes, &purchases).map_err(|_| amount_too_large())?;
        let failing_calls = ledger.failing_calls();
        let difference = ledger.total.minus(cheapest).ok().filter(|_| failing_calls == 0);
        let Ledger { purchases, months, total, failing_by_month, .. } = ledger;
        let list_price = ListPrice::of(pipeline, task, months.iter(), &purchases, total);
        let unused_prepaid = months.last().map_or(0, |month| month.prepaid_left);
        let with_failing = |(row, failing_calls): (MonthRow, u64)| PlannedMonth {
            row: MonthRow { calls: row.calls + failing_calls, ..row },
            failing_calls,
        };
        let months = months.into_iter().zip(failing_by_month).map(with_failing).collect();
        Ok(Some(Self { total, list_price, difference, failing_calls, purchases, months, unused_prepaid }))
    }
}

/// The named months are concurrent where they have calls. A month without calls keeps the mode of the month before.
fn modes(pipeline: &Pipeline<'_>, task: &Task<'_>, plan: &OwnPlan) -> Result<[Mode; MONTHS], Vec<ValidationError>> {
    let mut errors = Vec::new();
    for (index, &month) in plan.concurrent_months.iter().enumerate() {
        let month = month as usize - 1;
        let most = pipeline.service.concurrent().map(|prices| prices.max_slots);
        let kind = match (task.slots.get(month), most) {
            _ if task.usage.get(month).is_none_or(|&calls| calls == 0) => continue,
            (_, None) => ErrorKind::NotOffered,
            (Some(Slots::Needed(slots)), Some(most)) if *slots <= most => continue,
            (Some(Slots::Unknown) | None, Some(_)) => ErrorKind::SlotsUnknown,
            (Some(_), Some(most)) => ErrorKind::SlotsAboveMaximum { most },
        };
        errors.push(ValidationError { field: format!("plan.concurrent_months[{index}]"), kind });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut mode = Mode::PerCall;
    let mut modes = [mode; MONTHS];
    for (month, of_month) in (1..).zip(modes.iter_mut()) {
        if task.usage[month as usize - 1] > 0 {
            mode = if plan.concurrent_months.contains(&month) { Mode::Concurrent } else { Mode::PerCall };
        }
        *of_month = mode;
    }
    Ok(modes)
}
