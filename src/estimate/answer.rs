//! The answer to an estimate: the cheapest plan of all its lines, settled month by month.
//!
//! Every amount comes from [following](crate::ledger::follow) each line's plan through settlement; the slots of a group are
//! settled once. The answer serializes to the JSON of the contract.

use serde::Serialize;

use super::JointEstimate;
use super::insights::EstimateInsights;
use super::own_plan::PricedEstimate;
use super::prepared::{GIVEN, Group, Needs, PreparedEstimate, Settled, Usages};
use super::rows::{GroupMonth, LineMonth};
use super::strategies::{LineAlternative, line_alternatives, strategies};
use crate::capacity::{Blocking, PooledRule};
use crate::ledger::{PurchaseRow, as_text};
use crate::money::Money;
use crate::planner::Slots;
use crate::price_book::PriceBook;
use crate::problem::ValidationError;
use crate::quote::AlternativeRow;
use crate::usage::MONTHS;

/// The best plan for an estimate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EstimateQuote {
    /// The currency of every amount.
    pub currency: String,
    /// Everything paid in the horizon, by all lines and groups.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// The lines, in the order of the estimate.
    pub services: Vec<LineRow>,
    /// The groups, in the order of their first lines.
    pub groups: Vec<GroupRow>,
    /// The three strategies for the whole estimate, in the contract's order.
    pub alternatives: Vec<AlternativeRow>,
    /// The prices that the answer was made with.
    pub price_book: BookRow,
    /// What the estimate's own plan costs; `None` where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_plan: Option<PricedEstimate>,
    /// The insights, where the estimate asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insights: Option<EstimateInsights>,
}

/// What one line pays: packages, postpaid calls and add-on slots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineRow {
    /// The service's identifier.
    pub service: String,
    /// Its name for people.
    pub name: String,
    /// Everything paid for the line alone.
    #[serde(serialize_with = "as_text")]
    pub subtotal: Money,
    /// By month, then by size.
    pub purchases: Vec<PurchaseRow>,
    /// Twelve months.
    pub months: Vec<LineMonth>,
    /// Package calls left when month 12 is settled.
    pub unused_prepaid: u64,
    /// The three strategies within the modes that the estimate chose for the group.
    pub alternatives: Vec<LineAlternative>,
}

/// The billing mode and the slots of services that share them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupRow {
    /// The name of the group, or the id of a service that has none.
    pub group: String,
    /// The ids of its services in the estimate.
    pub services: Vec<String>,
    /// Everything paid for slots.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// Twelve months.
    pub months: Vec<GroupMonth>,
    /// How the slots were sized; `None` where they were given or are not known, or none are sold.
    pub sizing: Option<GroupSizing>,
}

/// The slots that services need together, and each by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupSizing {
    /// The months that have calls.
    pub months: Vec<SharedMonth>,
    /// The most slots that are sold.
    pub max_slots: u64,
}

/// The slots of one month. Two services with 1.5 slots of work each need 3 together, and 4 by themselves: one is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedMonth {
    /// The month, 1 to 12.
    pub month: u32,
    /// The slots for all services together; `None` where these are more than are sold.
    pub slots: Option<u64>,
    /// The sum of the slots that each service needs by itself; `None` where the slots together are more than are sold.
    pub separate_slots: Option<u64>,
    /// How many slots sharing saves.
    pub slots_saved: Option<u64>,
    /// What fails of live traffic with one slot fewer, with these slots (or the most that are sold), and with one more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocking: Vec<Blocking>,
}

/// The prices that an answer was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookRow {
    /// The version of the price book.
    pub version: String,
    /// The hash of its prices.
    pub hash: String,
}

impl EstimateQuote {
    /// The names of a group's services.
    pub fn names_of(&self, group: &GroupRow) -> Vec<&str> {
        let services = self.services.iter().filter(|row| group.services.contains(&row.service));
        services.map(|row| row.name.as_str()).collect()
    }
}

/// Answers `estimate` with its own price book, or else with `built_in`.
///
/// # Errors
/// The estimate has no answer although each field is valid: no plan settles every call of a line, a service is not in this
/// book, or amounts are too large to be exact.
pub fn quote(estimate: &JointEstimate, built_in: &PriceBook) -> Result<EstimateQuote, Vec<ValidationError>> {
    answer(estimate, built_in, |prepared, usages, needs, settled| {
        estimate.insights.then(|| EstimateInsights::of(prepared, usages, needs, settled))
    })
}

/// The same without insights, whatever the estimate says. A program that uses nothing else does not contain their code.
///
/// # Errors
/// As [`quote`].
pub fn quote_alone(estimate: &JointEstimate, built_in: &PriceBook) -> Result<EstimateQuote, Vec<ValidationError>> {
    answer(estimate, built_in, |_, _, _, _| None)
}

fn answer(
    estimate: &JointEstimate,
    built_in: &PriceBook,
    insights: impl FnOnce(&PreparedEstimate<'_>, &Usages, &Needs, &Settled) -> Option<EstimateInsights>,
) -> Result<EstimateQuote, Vec<ValidationError>> {
    let prepared = PreparedEstimate::new(estimate, built_in)?;
    let usages = prepared.usages(GIVEN);
    let needs = prepared.needs(&usages, GIVEN)?;
    let settled = prepared.cheapest(&usages, &needs)?;
    let own_plan = PricedEstimate::of(&prepared, &usages, &needs, settled.total)?;
    let alternatives = strategies(&prepared, &usages, &needs)?;
    let groups = prepared.groups.iter().zip(settled.months.iter().zip(&settled.of_groups)).map(|(group, (months, &total))| GroupRow {
        group: group.name.into(),
        services: group.lines.iter().map(|&line| prepared.lines[line].service.id().into()).collect(),
        total,
        months: months.clone(),
        sizing: sizing(&prepared, group, &usages, &needs),
    });
    let groups = groups.collect();
    Ok(EstimateQuote {
        currency: prepared.book.currency().into(),
        total: settled.total,
        groups,
        alternatives,
        price_book: BookRow { version: prepared.book.version().into(), hash: prepared.book.hash().into() },
        own_plan,
        insights: insights(&prepared, &usages, &needs, &settled),
        services: line_rows(&prepared, &usages, &needs, settled),
    })
}

fn line_rows(prepared: &PreparedEstimate<'_>, usages: &Usages, needs: &Needs, settled: Settled) -> Vec<LineRow> {
    let Settled { modes, ledgers, .. } = settled;
    let row = |(line, ledger): (usize, crate::ledger::Ledger)| {
        let service = &prepared.lines[line].service;
        let unused_prepaid = ledger.months.last().map_or(0, |month| month.prepaid_left);
        LineRow {
            service: service.id().into(),
            name: service.name().into(),
            subtotal: ledger.total,
            purchases: ledger.purchases,
            months: ledger.months.into_iter().zip(usages[line]).map(|(row, calls)| LineMonth::of(row, calls)).collect(),
            unused_prepaid,
            alternatives: line_alternatives(prepared, line, usages, needs, &prepared.modes_of(line, &modes)),
        }
    };
    ledgers.into_iter().enumerate().map(row).collect()
}

/// The sizing of a group's slots, and of each service by itself.
fn sizing(prepared: &PreparedEstimate<'_>, group: &Group<'_>, usages: &Usages, needs: &Needs) -> Option<GroupSizing> {
    let max_slots = prepared.max_slots(group)?;
    let rule = group.need?.rule.filter(|rule| !matches!(rule, PooledRule::Slots(_)))?;
    let month = |month: usize| {
        let work = prepared.work(&rule, &group.lines, usages, month).filter(|work| !work.is_empty())?;
        let slots = rule.slots_needed(month, &work, GIVEN, max_slots);
        // A service needs no more slots by itself than all of them together.
        let alone = |line: &usize| match needs.of_lines[*line][month] {
            Slots::Needed(slots) => Some(slots),
            Slots::Unknown | Slots::AboveMaximum => None,
        };
        let separate_slots = slots.and_then(|_| group.lines.iter().map(alone).sum::<Option<u64>>());
        let chosen = slots.unwrap_or(max_slots);
        let choices = chosen.saturating_sub(1)..=chosen.saturating_add(1);
        Some(SharedMonth {
            month: month as u32 + 1,
            slots,
            separate_slots,
            slots_saved: separate_slots.zip(slots).map(|(separate, pooled)| separate.saturating_sub(pooled)),
            blocking: choices.filter_map(|slots| rule.blocking(&work, GIVEN, slots)).collect(),
        })
    };
    Some(GroupSizing { months: (0..MONTHS).filter_map(month).collect(), max_slots })
}
