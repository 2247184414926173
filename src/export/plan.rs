//! The plan that a document is about: the sender's own where the estimate has one, else the recommended one.

use super::Document;
use crate::ledger::{MonthRow, PurchaseRow};
use crate::list_price::ListPrice;
use crate::money::Money;
use crate::quote::Quote;

/// A plan with its rows.
#[derive(Debug)]
pub(super) struct ShownPlan<'a> {
    pub total: Money,
    /// The total of the cheapest plan, where this is another one.
    pub cheapest: Option<Money>,
    pub list_price: Option<&'a ListPrice>,
    pub purchases: &'a [PurchaseRow],
    /// The twelve months, each with its calls that fail.
    pub months: Vec<(&'a MonthRow, u64)>,
    /// Package calls left at the end of the year.
    pub unused: u64,
}

impl<'a> ShownPlan<'a> {
    pub fn of(document: &Document<'a>) -> Self {
        let quote: &'a Quote = document.quote;
        match &quote.own_plan {
            Some(own) => Self {
                total: own.total,
                cheapest: Some(quote.total),
                list_price: own.list_price.as_ref(),
                purchases: &own.purchases,
                months: own.months.iter().map(|month| (&month.row, month.failing_calls)).collect(),
                unused: own.unused_prepaid,
            },
            None => Self {
                total: quote.total,
                cheapest: None,
                list_price: quote.list_price.as_ref(),
                purchases: &quote.purchases,
                months: quote.months.iter().map(|month| (month, 0)).collect(),
                unused: quote.unused_prepaid,
            },
        }
    }

    /// The purchases of a month.
    pub fn bought(&self, month: u32) -> impl Iterator<Item = &'a PurchaseRow> {
        self.purchases.iter().filter(move |row| row.month == month)
    }

    /// Calls of the year that fail.
    pub fn failing(&self) -> u64 {
        self.months.iter().map(|(_, failing)| failing).sum()
    }
}
