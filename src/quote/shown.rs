//! The plan that an answer shows: the scenario's own where it has one, else the recommended one.

use super::Quote;
use crate::ledger::{MonthRow, PurchaseRow};
use crate::list_price::ListPrice;
use crate::money::Money;

/// A plan with its rows.
#[derive(Debug)]
pub struct ShownPlan<'a> {
    /// Everything paid in the horizon.
    pub total: Money,
    /// The total of the cheapest plan, where this is a plan of one's own.
    pub cheapest: Option<Money>,
    /// The total without its discounts; `None` where none applies.
    pub list_price: Option<&'a ListPrice>,
    /// By month, then by size.
    pub purchases: &'a [PurchaseRow],
    /// The twelve months, each with its calls that fail.
    pub months: Vec<(&'a MonthRow, u64)>,
    /// Package calls left at the end of the year.
    pub unused: u64,
}

impl Quote {
    /// The scenario's own plan where it has one, else the recommended one.
    pub fn shown_plan(&self) -> ShownPlan<'_> {
        match &self.own_plan {
            Some(own) => ShownPlan {
                total: own.total,
                cheapest: Some(self.total),
                list_price: own.list_price.as_ref(),
                purchases: &own.purchases,
                months: own.months.iter().map(|month| (&month.row, month.failing_calls)).collect(),
                unused: own.unused_prepaid,
            },
            None => ShownPlan {
                total: self.total,
                cheapest: None,
                list_price: self.list_price.as_ref(),
                purchases: &self.purchases,
                months: self.months.iter().map(|month| (month, 0)).collect(),
                unused: self.unused_prepaid,
            },
        }
    }
}

impl<'a> ShownPlan<'a> {
    /// The settlement of each month.
    pub fn rows(&self) -> impl Iterator<Item = &'a MonthRow> {
        self.months.iter().map(|&(row, _)| row)
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
