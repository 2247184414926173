//! A plan of one's own, and one order a year.

use super::amounts::money;
use super::calendar::month_inside;
use super::numbers::{list, units};
use super::steps::packages;
use crate::date::CalendarMonth;
use crate::insight::OtherOrders;
use crate::money::Money;
use crate::own_plan::PricedPlan;
use crate::price_book::Unit;

/// The plan that somebody chose.
pub const TITLE: &str = "Plan chosen by the sender";

/// How the plan compares with the cheapest, what it buys, and which calls fail.
pub fn sentence(plan: &PricedPlan, start: Option<CalendarMonth>, unit: &Unit, currency: &str) -> String {
    let bought = plan.purchases.iter().map(|row| format!("{} in {}", packages(row.count, row.calls, unit), month_inside(start, row.month)));
    let bought: Vec<String> = bought.collect();
    let buys = match bought[..] {
        [] => "It buys no packages.".into(),
        _ => format!("It buys {}.", list(&bought.iter().map(String::as_str).collect::<Vec<_>>(), "and")),
    };
    let failing: Vec<String> = (plan.months.iter().filter(|month| month.failing_calls > 0))
        .map(|month| format!("{} in {}", units(month.failing_calls, unit), month_inside(start, month.row.month)))
        .collect();
    let compared = match plan.difference {
        _ if !failing.is_empty() => {
            format!("With it some calls would fail: {}.", list(&failing.iter().map(String::as_str).collect::<Vec<_>>(), "and"))
        }
        Some(more) if more > Money::ZERO => format!("It costs {} more than the cheapest plan.", money(more, currency)),
        _ => "It costs as much as the cheapest plan.".into(),
    };
    format!("{buys} {compared}")
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
