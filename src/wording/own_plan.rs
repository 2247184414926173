//! A plan of one's own, and one order a year.

use super::amounts::money;
use super::calendar::month_list;
use super::numbers::{grouped, of_unit, units};
use crate::date::CalendarMonth;
use crate::entry::EntryError;
use crate::insight::OtherOrders;
use crate::money::Money;
use crate::own_plan::PricedPlan;
use crate::planner::Orders;
use crate::price_book::Unit;
use crate::problem::ErrorKind;
use crate::quote::ShownPlan;

/// The group of the contract.
pub const TITLE: &str = "Your plan";
/// The heading of its steps.
pub const STEPS_TITLE: &str = "What to buy and when with your plan";
/// The button of the contract that makes the plan editable.
pub const CHANGE: &str = "Change this plan";
/// The button of the contract that drops the plan.
pub const BACK: &str = "Back to the cheapest";
/// Adds a purchase.
pub const ADD: &str = "Add a purchase";
/// Removes a purchase.
pub const REMOVE: &str = "Remove";
/// The labels of a purchase: its month, the size and the number of its packages.
pub const LABELS: [&str; 3] = ["Month", "Package size", "Packages"];
/// The label of the months in concurrent billing.
pub const SLOT_MONTHS: &str = "Months billed by slots";
/// A plan that costs as much as the cheapest.
pub const SAME_COST: &str = "Costs the same as the cheapest";
/// A plan with which calls fail, in the table of options.
pub const SOME_FAIL: &str = "Some calls fail";
/// The note on the months of a plan that is not the cheapest.
pub const MONTHS_NOTE: &str = "These are the months of the chosen plan, not of the cheapest.";
/// A plan without purchases.
pub const NO_PURCHASES: &str = "Your plan buys no packages.";
/// The error of a purchase after month 1, where all is bought with one order.
pub const ONE_ORDER_ONLY: &str = "Not counted: with one order a year, packages are bought in the first month.";
/// The total of the cheapest plan stands between these two.
pub const CHOSEN_BY_SENDER: [&str; 2] = ["Chosen by the sender; the cheapest plan is ", "."];

/// The name of a control of a purchase: `Packages of purchase 2`.
pub fn name_in_row(label: &str, number: usize) -> String {
    format!("{label} of purchase {number}")
}

/// The names of a purchase's buttons: one package less, one more, and remove.
pub fn button_names(number: usize) -> [String; 3] {
    [
        format!("One package less in purchase {number}"),
        format!("One package more in purchase {number}"),
        format!("Remove purchase {number}"),
    ]
}

/// How the plan compares with the cheapest; `None` where calls fail.
pub fn compared(plan: &PricedPlan, currency: &str) -> Option<String> {
    let more = plan.difference?;
    Some(if more > Money::ZERO { format!("{} more than the cheapest", money(more, currency)) } else { SAME_COST.into() })
}

/// The calls that nothing covers, and their months; `None` where there are none.
pub fn failing(plan: &ShownPlan<'_>, start: Option<CalendarMonth>, unit: &Unit) -> Option<String> {
    let months: Vec<u32> = plan.months.iter().filter(|(_, failing)| *failing > 0).map(|(row, _)| row.month).collect();
    (!months.is_empty()).then(|| format!("{} would fail, in {}.", units(plan.failing(), unit), months_inside(start, &months)))
}

/// What is left at the end of the year; `None` where nothing is.
pub fn unused(plan: &ShownPlan<'_>, unit: &Unit) -> Option<String> {
    (plan.unused > 0).then(|| format!("{} left unused in packages at the end of the year.", units(plan.unused, unit)))
}

fn months_inside(start: Option<CalendarMonth>, months: &[u32]) -> String {
    month_list(start, months).replace("Month", "month")
}

/// Months of the plan that are billed per call, since they cannot be concurrent.
pub fn not_by_slots(months: &[u32], why: &EntryError, start: Option<CalendarMonth>) -> String {
    let why = match why {
        EntryError::Refused(ErrorKind::SlotsUnknown) => "the number of slots isn’t known".into(),
        EntryError::Refused(ErrorKind::SlotsAboveMaximum { most }) => {
            format!("more than {} would be needed", of_unit(&grouped(*most), "slot"))
        }
        _ => "the service has no concurrent billing".into(),
    };
    format!("Billed per call: {}, because {why}.", months_inside(start, months))
}

/// The plan for screen readers, after the sentence about the cheapest one.
pub fn announcement(plan: &PricedPlan, is_sent: bool, currency: &str) -> String {
    let name = if is_sent { "The plan chosen by the sender" } else { "Your plan" };
    let compared = match plan.difference {
        None => ", but doesn’t pay for the whole year.".into(),
        Some(more) if more > Money::ZERO => format!(", {} more.", money(more, currency)),
        Some(_) => ", the same.".into(),
    };
    [name, " costs ", &money(plan.total, currency), &compared].concat()
}

/// What one order costs beside buying when needed; `None` where neither buys packages.
pub fn one_order_sentence(one_order: &OtherOrders, buys_packages: bool, currency: &str) -> Option<String> {
    if one_order.purchases.is_empty() && !buys_packages {
        return None;
    }
    Some(match one_order.difference {
        none if none.is_zero() => "One order at the start of the year costs the same.".into(),
        more => format!("One order at the start of the year costs {} more.", money(more, currency)),
    })
}

/// The calls that a budget buys with packages bought at other times than `orders` says, beside `given` calls.
pub fn bought_sentence(calls: u64, given: u64, orders: Orders, unit: &Unit) -> String {
    let how = match orders {
        Orders::Any => "With one order at the start of the year",
        Orders::Once => "With packages bought when they are needed",
    };
    let bought = if calls == given { "the same number".into() } else { units(calls, unit) };
    format!("{how}, this budget buys {bought}.")
}

/// What buying when needed saves; `None` where neither buys packages.
pub fn any_order_sentence(any_order: &OtherOrders, buys_packages: bool, currency: &str) -> Option<String> {
    if any_order.purchases.is_empty() && !buys_packages {
        return None;
    }
    Some(match any_order.difference {
        none if none.is_zero() => "Buying once a year costs nothing extra.".into(),
        less => format!("Buying packages when they are needed would save {}.", money(less, currency)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_budget_buys_with_other_orders() {
        let sentence = |calls: u64, given: u64, orders: Orders| bought_sentence(calls, given, orders, &Unit::default());
        assert_eq!(sentence(245, 252, Orders::Any), "With one order at the start of the year, this budget buys 245 calls.");
        assert_eq!(sentence(252, 245, Orders::Once), "With packages bought when they are needed, this budget buys 252 calls.");
        assert_eq!(sentence(300, 300, Orders::Any), "With one order at the start of the year, this budget buys the same number.");
    }
}
