//! A plan of one's own for several services: what it costs beside the cheapest.
//!
//! Purchases belong to lines, concurrent months to groups. Nothing is optimised; calls that nothing covers fail and cost
//! nothing. Source: section 12 of the pricing rules.

use serde::Serialize;

use super::prepared::{Group, Needs, PreparedEstimate, Usages};
use super::rows::{GroupMonth, LineMonth};
use crate::ledger::{Ledger, PurchaseRow, as_text, as_text_or_null};
use crate::money::Money;
use crate::planner::{Purchase, Slots};
use crate::problem::{ErrorKind, ValidationError};
use crate::settlement::Mode;
use crate::usage::MONTHS;

/// What a plan of one's own costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PricedEstimate {
    /// Everything paid in the horizon.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// How much more than the cheapest plan; `None` where calls fail, since such plans do not compare.
    #[serde(serialize_with = "as_text_or_null")]
    pub difference: Option<Money>,
    /// Calls of the year that fail.
    pub failing_calls: u64,
    /// The lines, in the order of the estimate.
    pub services: Vec<OwnLine>,
    /// The groups, in the order of their first lines.
    pub groups: Vec<OwnGroup>,
}

/// A line of a plan of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnLine {
    /// The service's identifier.
    pub service: String,
    /// Everything paid for the line alone.
    #[serde(serialize_with = "as_text")]
    pub subtotal: Money,
    /// Calls of the year that fail.
    pub failing_calls: u64,
    /// By month, then by size.
    pub purchases: Vec<PurchaseRow>,
    /// Twelve months.
    pub months: Vec<OwnMonth>,
    /// Package calls left when month 12 is settled.
    pub unused_prepaid: u64,
}

/// A month of a line in a plan of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnMonth {
    /// As in the cheapest plan; its calls include those that fail.
    #[serde(flatten)]
    pub row: LineMonth,
    /// Calls that nothing covers.
    pub failing_calls: u64,
}

/// A group of a plan of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnGroup {
    /// The name of the group, or the id of a service that has none.
    pub group: String,
    /// Everything paid for slots.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// Twelve months.
    pub months: Vec<GroupMonth>,
}

impl PricedEstimate {
    /// Prices the plan of the estimate, whose best plan costs `cheapest`; `None` where it has no plan.
    ///
    /// # Errors
    /// A month with calls that is to be concurrent cannot be, or an amount has too many digits.
    pub(super) fn of(
        prepared: &PreparedEstimate<'_>,
        usages: &Usages,
        needs: &Needs,
        cheapest: Money,
    ) -> Result<Option<Self>, Vec<ValidationError>> {
        if !prepared.estimate.has_plan() {
            return Ok(None);
        }
        let mut errors = Vec::new();
        let groups = prepared.groups.iter().zip(&needs.of_groups);
        let modes = groups.map(|(group, slots)| modes(prepared, group, usages, slots, &mut errors)).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let purchases = (0..prepared.lines.len()).map(|line| purchases(prepared, line)).collect();
        let settled = prepared.settled(usages, needs, modes, purchases)?;
        let failing_calls = settled.ledgers.iter().map(Ledger::failing_calls).sum();
        let ids = prepared.lines.iter().map(|line| line.service.id().to_owned());
        let services = ids.zip(settled.ledgers).zip(usages).map(|((service, ledger), usage)| own_line(service, ledger, usage)).collect();
        let names = prepared.groups.iter().map(|group| group.name.to_owned());
        let groups = names.zip(settled.of_groups.into_iter().zip(settled.months));
        let total = settled.total;
        Ok(Some(Self {
            total,
            difference: total.minus(cheapest).ok().filter(|_| failing_calls == 0),
            failing_calls,
            services,
            groups: groups.map(|(group, (total, months))| OwnGroup { group, total, months }).collect(),
        }))
    }
}

fn own_line(service: String, ledger: Ledger, usage: &[u64; MONTHS]) -> OwnLine {
    let failing_calls = ledger.failing_calls();
    let unused_prepaid = ledger.months.last().map_or(0, |month| month.prepaid_left);
    let months = ledger.months.into_iter().zip(ledger.failing_by_month).zip(usage);
    let months = months.map(|((row, failing_calls), &calls)| OwnMonth { row: LineMonth::of(row, calls), failing_calls });
    OwnLine { service, subtotal: ledger.total, failing_calls, purchases: ledger.purchases, months: months.collect(), unused_prepaid }
}

fn purchases(prepared: &PreparedEstimate<'_>, line: usize) -> Vec<Purchase> {
    let Some(pipeline) = prepared.lines.get(line) else { return Vec::new() };
    let size = |calls: u64| pipeline.service.packages().iter().position(|package| package.calls == calls);
    let planned = pipeline.scenario.plan().into_iter().flat_map(|plan| &plan.purchases);
    planned.filter_map(|own| Some(Purchase { month: own.month, package: size(own.calls)?, count: own.count })).collect()
}

/// The named months are concurrent where the group has calls. A month without calls keeps the mode of the month before.
fn modes(
    prepared: &PreparedEstimate<'_>,
    group: &Group<'_>,
    usages: &Usages,
    slots: &[Slots; MONTHS],
    errors: &mut Vec<ValidationError>,
) -> [Mode; MONTHS] {
    let months = group.need.and_then(|need| need.concurrent_months.as_deref()).unwrap_or(&[]);
    let has_calls = |month: usize| group.lines.iter().any(|&line| usages[line].get(month).is_some_and(|&calls| calls > 0));
    let most = prepared.max_slots(group);
    for (index, &month) in months.iter().enumerate() {
        let place = month as usize - 1;
        let kind = match (slots.get(place), most) {
            _ if !has_calls(place) => continue,
            (_, None) => ErrorKind::NotOffered,
            (Some(Slots::Needed(slots)), Some(most)) if *slots <= most => continue,
            (Some(Slots::Unknown) | None, Some(_)) => ErrorKind::SlotsUnknown,
            (Some(_), Some(most)) => ErrorKind::SlotsAboveMaximum { most },
        };
        errors.push(ValidationError { field: format!("groups.{}.concurrent_months[{index}]", group.name), kind });
    }
    let mut mode = Mode::PerCall;
    let mut modes = [mode; MONTHS];
    for (number, of_month) in (1..).zip(modes.iter_mut()) {
        if has_calls(number as usize - 1) {
            mode = if months.contains(&number) { Mode::Concurrent } else { Mode::PerCall };
        }
        *of_month = mode;
    }
    modes
}
