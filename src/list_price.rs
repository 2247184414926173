//! The list price: what a discounted plan would cost without its discount.
//!
//! The same purchases and billing modes are settled once more with the published prices; nothing is planned again. So the
//! list price less the discount is exactly what the plan costs.

use serde::{Serialize, Serializer};

use crate::ledger::{MonthRow, PurchaseRow, as_text, follow};
use crate::money::Money;
use crate::planner::{Purchase, Task};
use crate::price_book::Service;
use crate::scenario::Pipeline;
use crate::settlement::Mode;
use crate::usage::MONTHS;

/// What a plan costs at list prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListPrice {
    /// The total of the year at list prices.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// What the discounts take off it.
    #[serde(serialize_with = "as_text")]
    pub discount: Money,
    /// The twelve months at list prices, which sum to the total.
    #[serde(serialize_with = "as_texts")]
    pub months: Vec<Money>,
}

impl ListPrice {
    /// The list price of the plan with these rows, which costs `total`; `None` where the scenario has no discount, or none that
    /// takes anything off this plan.
    pub fn of<'a>(
        pipeline: &Pipeline<'_>,
        task: &Task<'_>,
        months: impl Iterator<Item = &'a MonthRow>,
        purchases: &[PurchaseRow],
        total: Money,
    ) -> Option<Self> {
        if pipeline.scenario.discount().is_zero() {
            return None;
        }
        let service = pipeline.book.service(pipeline.scenario.service())?;
        let mut modes = [Mode::PerCall; MONTHS];
        modes.iter_mut().zip(months).for_each(|(mode, month)| *mode = month.mode);
        let purchases = purchases.iter().map(|row| (row.month, row.calls, row.count));
        // List prices have fewer digits than discounted ones, so their sums fit too.
        let ledger = follow(&Task { service, ..*task }, &modes, &planned(service, purchases)).ok()?;
        let discount = ledger.total.minus(total).ok().filter(|discount| !discount.is_zero())?;
        Some(Self { total: ledger.total, discount, months: ledger.months.iter().map(|month| month.charge).collect() })
    }
}

/// Purchases of the service's packages, given by month, size and count.
pub(crate) fn planned(service: &Service, purchases: impl Iterator<Item = (u32, u64, u64)>) -> Vec<Purchase> {
    let size = |calls: u64| service.packages().iter().position(|package| package.calls == calls);
    purchases.filter_map(|(month, calls, count)| Some(Purchase { month, package: size(calls)?, count })).collect()
}

fn as_texts<S: Serializer>(amounts: &[Money], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(amounts.iter().map(ToString::to_string))
}
