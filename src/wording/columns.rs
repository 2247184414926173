//! Names of the columns of a month, the same on the page and in every document.

use crate::money::Decimal;
use crate::settlement::PostpaidRate;

/// The month itself.
pub const MONTH: &str = "Month";
/// How the month is billed.
pub const BILLING_MODE: &str = "Billing mode";
/// Successful calls.
pub const CALLS: &str = "Calls";
/// Calls paid by the free quota.
pub const FREE_CALLS: &str = "Free calls";
/// How many free calls were the month's own.
pub const FREE_MONTHLY: &str = "Free this month";
/// Calls paid by packages.
pub const PACKAGE_CALLS: &str = "Package calls";
/// Calls charged to postpaid.
pub const POSTPAID_CALLS: &str = "Postpaid calls";
/// The price per postpaid call.
pub const POSTPAID_PRICE: &str = "Postpaid price";
/// The charge for postpaid calls.
pub const POSTPAID_COST: &str = "Postpaid cost";
/// Slots paid for.
pub const SLOTS: &str = "Slots";
/// The charge for slots.
pub const SLOT_COST: &str = "Slot cost";
/// Slots paid for beyond the included ones.
pub const ADD_ON_SLOTS: &str = "Add-on slots";
/// The charge for add-on slots.
pub const ADD_ON_COST: &str = "Add-on cost";
/// The price of the packages bought.
pub const PACKAGE_COST: &str = "Package cost";
/// The sum of the costs.
pub const TOTAL: &str = "Total";
/// The package balance at the end.
pub const PACKAGE_CALLS_LEFT: &str = "Package calls left";
/// How many of the calls left expire.
pub const EXPIRING: &str = "Expiring";

/// Prices per call, with the calls of each where there are several: `100 × 0.005 + 50 × 0.002`.
pub fn rates(rates: &[PostpaidRate], written: impl Fn(Decimal) -> String, count: impl Fn(u64) -> String) -> String {
    match rates {
        [only] => written(only.unit_price),
        _ => rates.iter().map(|rate| format!("{} × {}", count(rate.calls), written(rate.unit_price))).collect::<Vec<_>>().join(" + "),
    }
}
