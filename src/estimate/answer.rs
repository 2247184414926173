//! The answer to an estimate: the cheapest plan of all its lines, settled month by month.
//!
//! Every amount comes from [following](crate::ledger::follow) each line's plan through settlement; the slots of a group are
//! settled once. The answer serializes to the JSON of the contract.

use serde::{Serialize, Serializer};

use super::Estimate;
use super::insights::EstimateInsights;
use super::own_plan::PricedEstimate;
use super::prepared::{GIVEN, Group, Needs, Prepared, Settled, Usages};
use crate::capacity::{Blocking, PooledRule};
use crate::ledger::{MonthRow, PurchaseRow, as_list, as_text, as_text_or_null, is_none, mode_code};
use crate::money::{Decimal, Money};
use crate::planner::{Alternative, Reason, Slots, Strategy, Task, alternatives, per_call_usage};
use crate::price_book::PriceBook;
use crate::problem::{ErrorKind, ValidationError};
use crate::quote::{AlternativeRow, strategy_code};
use crate::settlement::{Mode, PostpaidRates};
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

/// A month of a line: the [month](MonthRow) of a quote without what the group pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields of a month")]
pub struct LineMonth {
    pub month: u32,
    #[serde(serialize_with = "mode_code")]
    pub mode: Mode,
    pub calls: u64,
    pub free: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_monthly: Option<u64>,
    pub prepaid: u64,
    pub postpaid: u64,
    #[serde(serialize_with = "as_text_or_null")]
    pub unit_price: Option<Decimal>,
    #[serde(skip_serializing_if = "is_none", serialize_with = "as_list")]
    pub postpaid_rates: PostpaidRates,
    #[serde(serialize_with = "as_text")]
    pub postpaid_charge: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_on_slots: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text_or_null")]
    pub add_on_charge: Option<Money>,
    #[serde(serialize_with = "as_text")]
    pub package_charge: Money,
    #[serde(serialize_with = "as_text")]
    pub charge: Money,
    pub prepaid_left: u64,
    pub expired: u64,
}

impl LineMonth {
    /// The month of a ledger, with all its calls.
    pub(super) fn of(row: MonthRow, calls: u64) -> Self {
        Self {
            month: row.month,
            mode: row.mode,
            calls,
            free: row.free,
            free_monthly: row.free_monthly,
            prepaid: row.prepaid,
            postpaid: row.postpaid,
            unit_price: row.unit_price,
            postpaid_rates: row.postpaid_rates,
            postpaid_charge: row.postpaid_charge,
            add_on_slots: row.add_on_slots,
            add_on_charge: row.add_on_charge,
            package_charge: row.package_charge,
            charge: row.charge,
            prepaid_left: row.prepaid_left,
            expired: row.expired,
        }
    }
}

/// A strategy of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineAlternative {
    /// The strategy.
    #[serde(serialize_with = "strategy_code")]
    pub strategy: Strategy,
    /// The total of the line; `None` where the strategy is not available.
    #[serde(serialize_with = "as_text_or_null")]
    pub total: Option<Money>,
    /// Why the strategy is not available.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<LineReason>,
}

/// Why a strategy is not available to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineReason {
    /// As for a single service.
    Of(Reason),
    /// The estimate bills the group per call in a month in which the line has calls.
    ChosenPerCall,
}

impl Serialize for LineReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Of(reason) => reason.code(),
            Self::ChosenPerCall => "chosen_per_call",
        })
    }
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

/// A month of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupMonth {
    /// The month, 1 to 12.
    pub month: u32,
    /// The billing mode of all services of the group.
    #[serde(serialize_with = "mode_code")]
    pub mode: Mode,
    /// Slots paid for.
    pub slots: u64,
    /// The charge for them.
    #[serde(serialize_with = "as_text")]
    pub charge: Money,
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

/// Answers `estimate` with its own price book, or else with `built_in`.
///
/// # Errors
/// The estimate has no answer although each field is valid: no plan settles every call of a line, a service is not in this
/// book, or amounts are too large to be exact.
pub fn quote(estimate: &Estimate, built_in: &PriceBook) -> Result<EstimateQuote, Vec<ValidationError>> {
    let prepared = Prepared::new(estimate, built_in)?;
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
        insights: estimate.insights.then(|| EstimateInsights::of(&prepared, &usages, &needs, &settled)),
        services: line_rows(&prepared, &usages, &needs, settled),
    })
}

fn line_rows(prepared: &Prepared<'_>, usages: &Usages, needs: &Needs, settled: Settled) -> Vec<LineRow> {
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

/// The strategies of a line in its per-call months. Its concurrent months cost it nothing.
fn line_alternatives(prepared: &Prepared<'_>, line: usize, usages: &Usages, needs: &Needs, modes: &[Mode; MONTHS]) -> Vec<LineAlternative> {
    let usage = per_call_usage(&usages[line], modes);
    let task = Task { usage: &usage, ..prepared.task(line, usages, needs) };
    let scale = task.service.rates().scale();
    let is_concurrent = usage.iter().all(|&calls| calls == 0);
    let row = |alternative: Alternative| {
        let strategy = alternative.strategy;
        let outcome = match strategy {
            Strategy::ConcurrentOnly if is_concurrent => Ok(0),
            Strategy::ConcurrentOnly => Err(LineReason::ChosenPerCall),
            Strategy::PackagesOnly | Strategy::PostpaidOnly => alternative.outcome.map_err(LineReason::Of),
        };
        LineAlternative { strategy, total: outcome.ok().map(|total| scale.money(total)), reason: outcome.err() }
    };
    alternatives(&task).map(row).into()
}

/// The strategies of the whole estimate. Of several reasons, the first in the order of the rules counts.
pub(super) fn strategies(prepared: &Prepared<'_>, usages: &Usages, needs: &Needs) -> Result<Vec<AlternativeRow>, Vec<ValidationError>> {
    let mut of_lines: Vec<[Result<Money, Reason>; 2]> = Vec::new();
    for line in 0..prepared.lines.len() {
        let task = prepared.task(line, usages, needs);
        let scale = task.service.rates().scale();
        let [packages, postpaid, _] = alternatives(&task);
        of_lines.push([packages, postpaid].map(|alternative| alternative.outcome.map(|total| scale.money(total))));
    }
    let of_groups = (0..prepared.groups.len()).map(|group| concurrent_only(prepared, group, usages, needs));
    let [packages, postpaid] = [0, 1].map(|strategy| of_lines.iter().map(|outcomes| outcomes[strategy]).collect::<Vec<_>>());
    Ok(vec![
        whole(Strategy::PackagesOnly, packages)?,
        whole(Strategy::PostpaidOnly, postpaid)?,
        whole(Strategy::ConcurrentOnly, of_groups.collect())?,
    ])
}

fn whole(strategy: Strategy, outcomes: Vec<Result<Money, Reason>>) -> Result<AlternativeRow, Vec<ValidationError>> {
    let reason = outcomes.iter().filter_map(|outcome| outcome.err()).min();
    let sum = || outcomes.iter().flatten().try_fold(Money::ZERO, |sum, &total| sum.plus(total));
    let too_large = |_| vec![ValidationError { field: "services".into(), kind: ErrorKind::AmountTooLarge }];
    let total = if reason.is_none() { Some(sum().map_err(too_large)?) } else { None };
    Ok(AlternativeRow { strategy, total, reason })
}

/// What a group costs where every month that has calls is concurrent.
fn concurrent_only(prepared: &Prepared<'_>, group: usize, usages: &Usages, needs: &Needs) -> Result<Money, Reason> {
    let charges = prepared.slot_charges(group, needs);
    let (Some(of_group), Some(slots)) = (prepared.groups.get(group), needs.of_groups.get(group)) else { return Ok(Money::ZERO) };
    let active: Vec<usize> = (0..MONTHS).filter(|&month| of_group.lines.iter().any(|&line| usages[line][month] > 0)).collect();
    let Some(first) = of_group.lines.first().and_then(|&line| prepared.lines.get(line)).filter(|_| !active.is_empty()) else {
        return Ok(Money::ZERO);
    };
    if prepared.max_slots(of_group).is_none() {
        return Err(Reason::NotOffered);
    }
    if active.iter().any(|&month| slots[month] == Slots::Unknown) {
        return Err(Reason::SlotsUnknown);
    }
    let total = active.iter().map(|&month| charges[month]).sum::<Option<_>>().ok_or(Reason::SlotsAboveMaximum)?;
    Ok(first.service.rates().scale().money(total))
}

/// The sizing of a group's slots, and of each service by itself.
fn sizing(prepared: &Prepared<'_>, group: &Group<'_>, usages: &Usages, needs: &Needs) -> Option<GroupSizing> {
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
