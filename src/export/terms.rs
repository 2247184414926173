//! What programs must know to pay by an exported estimate: what its amounts leave out, and the dates of each purchase.

use serde::Serialize;

use super::contents::{Contents, CostItem};
use crate::date::CalendarMonth;
use crate::ledger::PurchaseRow;
use crate::price_book::Service;

/// The terms of an exported estimate.
#[derive(Serialize)]
pub(super) struct ExportTerms<'a> {
    /// Amounts are before tax.
    tax: &'static str,
    service: &'a str,
    /// What the calls are.
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    /// The purchases of the sender's own plan, or else of the recommended one.
    purchases: Vec<PurchaseTerms>,
}

/// The terms of an exported estimate of several services.
#[derive(Serialize)]
pub(super) struct EstimateTerms<'a> {
    /// Amounts are before tax.
    tax: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    services: Vec<ServiceTerms<'a>>,
}

/// The terms of one of several services.
#[derive(Serialize)]
struct ServiceTerms<'a> {
    service: &'a str,
    /// What the calls are.
    unit: &'a str,
    /// The purchases of the sender's own plan, or else of the recommended one.
    purchases: Vec<PurchaseTerms>,
}

/// The dates of a purchase at the start of a month; without a first month, only the number of its last month is known.
#[derive(Serialize)]
struct PurchaseTerms {
    month: u32,
    calls: u64,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    buy_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refundable_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_on: Option<String>,
    last_month: u32,
}

impl<'a> ExportTerms<'a> {
    pub fn of(contents: &'a Contents<'_>) -> Self {
        let item = contents.only_item();
        Self {
            tax: TAX,
            service: item.map_or("", |item| &item.name),
            unit: item.map_or("", unit),
            source: contents.book.source(),
            purchases: item.map(|item| purchases(item, contents.start)).unwrap_or_default(),
        }
    }
}

impl<'a> EstimateTerms<'a> {
    pub fn of(contents: &'a Contents<'_>) -> Self {
        let service =
            |item: &'a CostItem<'_>| ServiceTerms { service: &item.name, unit: unit(item), purchases: purchases(item, contents.start) };
        Self {
            tax: TAX,
            source: contents.book.source(),
            services: contents.items.iter().filter(|item| !item.is_shared()).map(service).collect(),
        }
    }
}

const TAX: &str = "excluded";

fn unit<'a>(item: &'a CostItem<'_>) -> &'a str {
    item.unit.map_or("call", |unit| &unit.one)
}

fn purchases(item: &CostItem<'_>, start: Option<CalendarMonth>) -> Vec<PurchaseTerms> {
    let dated = |row: &PurchaseRow| {
        let last_month = item.service.map_or(row.month, |service| service.last_month_of_packages(row.month));
        let refund_days = item.service.and_then(Service::refund_period);
        PurchaseTerms {
            month: row.month,
            calls: row.calls,
            count: row.count,
            buy_on: day(start, row.month, |_| 1),
            refundable_until: refund_days.and_then(|days| day(start, row.month, |_| days)),
            expires_on: day(start, last_month, |month| month.days().into()),
            last_month,
        }
    };
    item.plan.purchases.iter().map(dated).collect()
}

/// A day of a billing month, counted from its first.
fn day(start: Option<CalendarMonth>, month: u32, number: impl Fn(CalendarMonth) -> u32) -> Option<String> {
    let month = start?.plus_months(u16::try_from(month.saturating_sub(1)).ok()?);
    month.day(number(month)).map(|date| date.to_string())
}
