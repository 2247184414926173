//! A plan of one's own as it is edited.
//!
//! The number of packages is the text of [`Field::PlanCount`], so that it is typed as every other number. Rows keep their order
//! while they are edited, and two of them may have the same month and size.

use super::{Draft, Field};
use crate::planner::Orders;
use crate::scenario::{OwnPlan, OwnPurchase};
use crate::usage::MONTHS;
use crate::wording;

/// The plan in the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanDraft {
    /// The purchases, in the order of their rows.
    pub purchases: Vec<PurchaseDraft>,
    /// The months, 1 to 12, that are concurrent where they have calls.
    pub concurrent_months: Vec<u32>,
}

/// The row of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurchaseDraft {
    /// The row's number, which it keeps.
    pub row: u32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The calls in one package.
    pub calls: u64,
}

impl Draft {
    /// Replaces the plan.
    pub fn write_plan(&mut self, plan: &OwnPlan) {
        self.drop_plan();
        self.plan = Some(PlanDraft { purchases: Vec::new(), concurrent_months: plan.concurrent_months.clone() });
        for &OwnPurchase { month, calls, count } in &plan.purchases {
            self.add_row(month, calls, count);
        }
    }

    /// Removes the plan.
    pub fn drop_plan(&mut self) {
        for PurchaseDraft { row, .. } in self.plan.take().unwrap_or_default().purchases {
            self.write(Field::PlanCount(row), "");
        }
    }

    /// Adds one package: of the last row's size in the next month, or else of the first of `sizes` in month 1. Returns the row.
    pub fn add_purchase(&mut self, sizes: impl Iterator<Item = u64>) -> Option<u32> {
        let last = self.plan.as_ref()?.purchases.last().copied();
        let month = last.filter(|_| self.orders == Orders::Any).map_or(1, |last| MONTHS.min(last.month as usize + 1) as u32);
        let mut sizes = sizes;
        let calls = last.map(|last| last.calls).or_else(|| sizes.next())?;
        Some(self.add_row(month, calls, 1))
    }

    fn add_row(&mut self, month: u32, calls: u64, count: u64) -> u32 {
        let plan = self.plan.get_or_insert_default();
        let row = plan.purchases.iter().map(|purchase| purchase.row + 1).max().unwrap_or(0);
        plan.purchases.push(PurchaseDraft { row, month, calls });
        self.write(Field::PlanCount(row), wording::grouped(count));
        row
    }

    /// Removes a row. Returns the one that takes its place, or else the one before it.
    pub fn remove_purchase(&mut self, row: u32) -> Option<u32> {
        self.write(Field::PlanCount(row), "");
        let purchases = &mut self.plan.as_mut()?.purchases;
        let place = purchases.iter().position(|purchase| purchase.row == row)?;
        purchases.remove(place);
        purchases.get(place).or(purchases.last()).map(|purchase| purchase.row)
    }

    /// Changes a row.
    pub fn change_purchase(&mut self, row: u32, change: impl FnOnce(&mut PurchaseDraft)) {
        if let Some(purchase) = self.plan.iter_mut().flat_map(|plan| &mut plan.purchases).find(|purchase| purchase.row == row) {
            change(purchase);
        }
    }
}
