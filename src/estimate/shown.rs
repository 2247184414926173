//! The plan that an answer to an estimate shows: the estimate's own where it has one, else the cheapest.
//!
//! A plan is listed by what is paid for. A line that shares its slots with no other pays for them itself, as a single service
//! does. Slots that several lines share are an item of their own, since they are paid once. So the items sum to the total.

use super::answer::{EstimateQuote, LineRow};
use super::own_plan::{OwnLine, PricedEstimate};
use super::rows::{GroupMonth, LineMonth};
use crate::ledger::{MonthRow, PurchaseRow};
use crate::money::Money;
use crate::quote::ShownPlan;

/// A plan with its items.
#[derive(Debug)]
pub struct ShownEstimate<'a> {
    /// Everything paid in the horizon.
    pub total: Money,
    /// The total of the cheapest plan, where this is a plan of one's own.
    pub cheapest: Option<Money>,
    /// An item for each line, in their order, and then one for the slots of each group of several lines.
    pub items: Vec<ShownItem<'a>>,
}

/// A line of the estimate, or the slots that several lines share.
#[derive(Debug)]
pub struct ShownItem<'a> {
    /// The line by its index in the estimate; several for slots that they share.
    pub lines: Vec<usize>,
    /// What is paid for the item.
    pub total: Money,
    /// By month, then by size.
    pub purchases: &'a [PurchaseRow],
    /// The twelve months, each with its calls that fail. Calls of a month whose slots are shared have no slots here, and shared
    /// slots have no calls.
    pub months: Vec<(MonthRow, u64)>,
    /// What the twelve months cost with the cheapest plan, where this is a plan of one's own; otherwise empty.
    pub cheapest: Vec<Money>,
    /// Package calls left at the end of the year.
    pub unused: u64,
}

impl EstimateQuote {
    /// The estimate's own plan where it has one, else the cheapest.
    pub fn shown_plan(&self) -> ShownEstimate<'_> {
        let cheapest = self.cheapest_items();
        let Some(own) = &self.own_plan else { return ShownEstimate { total: self.total, cheapest: None, items: cheapest } };
        let mut items = self.own_items(own);
        for (item, cheapest) in items.iter_mut().zip(cheapest) {
            item.cheapest = cheapest.months.iter().map(|(month, _)| month.charge).collect();
        }
        ShownEstimate { total: own.total, cheapest: Some(self.total), items }
    }

    fn cheapest_items<'a>(&'a self) -> Vec<ShownItem<'a>> {
        let line = |(index, line): (usize, &'a LineRow)| {
            let months = line.months.iter().map(|month| (month.into(), 0)).collect();
            ShownItem::of_line(index, line.subtotal, &line.purchases, months, line.unused_prepaid)
        };
        let lines = self.services.iter().enumerate().map(line).collect();
        self.with_slots(lines, self.groups.iter().map(|group| &group.months[..]).collect())
    }

    fn own_items<'a>(&self, own: &'a PricedEstimate) -> Vec<ShownItem<'a>> {
        let line = |(index, line): (usize, &'a OwnLine)| {
            let months = line.months.iter().map(|month| ((&month.row).into(), month.failing_calls)).collect();
            ShownItem::of_line(index, line.subtotal, &line.purchases, months, line.unused_prepaid)
        };
        let lines = own.services.iter().enumerate().map(line).collect();
        self.with_slots(lines, own.groups.iter().map(|group| &group.months[..]).collect())
    }

    /// The items of the lines, and those of the slots of each group.
    fn with_slots<'a>(&self, mut items: Vec<ShownItem<'a>>, groups: Vec<&[GroupMonth]>) -> Vec<ShownItem<'a>> {
        let mut shared = Vec::new();
        for (group, slots) in self.groups.iter().zip(groups) {
            let is_of_group = |&line: &usize| self.services.get(line).is_some_and(|row| group.services.contains(&row.service));
            let lines: Vec<usize> = (0..self.services.len()).filter(is_of_group).collect();
            match lines[..] {
                [only] => items.get_mut(only).into_iter().for_each(|item| item.pay_slots(slots)),
                _ => {
                    let months =
                        slots.iter().map(|month| (MonthRow { month: month.month, mode: month.mode, ..MonthRow::default() }, 0)).collect();
                    let mut item = ShownItem { lines, total: Money::ZERO, purchases: &[], months, cheapest: Vec::new(), unused: 0 };
                    item.pay_slots(slots);
                    shared.push(item);
                }
            }
        }
        items.extend(shared);
        items
    }
}

impl<'a> ShownItem<'a> {
    fn of_line(line: usize, total: Money, purchases: &'a [PurchaseRow], months: Vec<(MonthRow, u64)>, unused: u64) -> Self {
        Self { lines: vec![line], total, purchases, months, cheapest: Vec::new(), unused }
    }

    /// Adds the slots of a group. The estimate's total includes the same amounts, so the sums fit.
    fn pay_slots(&mut self, months: &[GroupMonth]) {
        for ((row, _), month) in self.months.iter_mut().zip(months) {
            row.slots = month.slots;
            row.concurrent_charge = month.charge;
            row.charge = row.charge.plus(month.charge).unwrap_or(row.charge);
            self.total = self.total.plus(month.charge).unwrap_or(self.total);
        }
    }

    /// Whether these are slots that several lines share.
    pub fn is_shared(&self) -> bool {
        self.lines.len() > 1
    }

    /// The item as the plan of a single service.
    pub fn plan(&self) -> ShownPlan<'_> {
        ShownPlan {
            total: self.total,
            cheapest: None,
            list_price: None,
            purchases: self.purchases,
            months: self.months.iter().map(|(row, failing)| (row, *failing)).collect(),
            unused: self.unused,
        }
    }
}

impl From<&LineMonth> for MonthRow {
    fn from(month: &LineMonth) -> Self {
        Self {
            month: month.month,
            mode: month.mode,
            calls: month.calls,
            free: month.free,
            free_monthly: month.free_monthly,
            prepaid: month.prepaid,
            postpaid: month.postpaid,
            unit_price: month.unit_price,
            postpaid_rates: month.postpaid_rates.clone(),
            postpaid_charge: month.postpaid_charge,
            slots: 0,
            concurrent_charge: Money::ZERO,
            add_on_slots: month.add_on_slots,
            add_on_charge: month.add_on_charge,
            package_charge: month.package_charge,
            charge: month.charge,
            prepaid_left: month.prepaid_left,
            expired: month.expired,
        }
    }
}
