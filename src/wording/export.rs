//! The words around the figures in exported documents.

use super::calendar::date_or_name;
use super::numbers::grouped_decimal;
use super::{columns, numbers};
use crate::money::Money;
use crate::planner::Reason;
use crate::settlement::Mode;

/// The columns of the CSV table before those of a month. Each column of the table has a name of its own, as programs look
/// them up by name.
pub const CSV_COLUMNS: [&str; 8] =
    ["Row", columns::MONTH, "Calendar month", "Service", "Currency", "Calls per package", "Packages", columns::PACKAGE_COST];
/// The first cell of a purchase.
pub const CSV_PURCHASE: &str = "purchase";
/// The first cell of a month.
pub const CSV_MONTH: &str = "month";

/// The columns of the purchases.
pub const PURCHASE_COLUMNS: [&str; 4] = ["Buy on the 1st of", "Packages", "Calls per package", "Cost"];
/// The columns of the comparison.
pub const STRATEGY_COLUMNS: [&str; 2] = ["Option", "Per year"];

/// The heading of the assumptions, which come first.
pub const ASSUMPTIONS_HEADING: &str = "Assumptions";
/// The heading of the purchases.
pub const PURCHASES_HEADING: &str = "Packages to buy";
/// The heading of the months.
pub const MONTHS_HEADING: &str = "Month by month";
/// The heading of the comparison.
pub const STRATEGIES_HEADING: &str = "Compare billing modes";
/// The heading of the sender's note.
pub const NOTE_HEADING: &str = "Note";
/// The heading of the prices and the link.
pub const SOURCE_HEADING: &str = "Prices and link";
/// The day of the document.
pub const DATE: &str = "Date";
/// The service that is paid for.
pub const SERVICE: &str = "Service";
/// The version and the hash of the prices.
pub const PRICE_BOOK: &str = "Price list";
/// The address of the published prices.
pub const SOURCE: &str = "Price page";
/// The address that opens the estimate.
pub const LINK: &str = "Link";
/// Replaces an empty table of purchases.
pub const NOTHING_TO_BUY: &str = "No packages to buy.";

/// The heading of an estimate without a title.
pub fn untitled(service: &str) -> String {
    format!("Estimate for {service}")
}

/// The total, in the first line of a document.
pub fn total_sentence(total: Money, currency: &str) -> String {
    format!("Total per year: {} {currency}", amount(total))
}

/// A billing mode of a month.
pub fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::PerCall => "per call",
        Mode::Concurrent => "concurrent",
    }
}

/// The version of the prices with their hash: `22 November 2026 (6e1ff965)`.
pub fn price_list(version: &str, hash: &str) -> String {
    format!("{} ({hash})", date_or_name(version))
}

/// Why an option is not available, for the reader of a document, who can't change the form.
pub fn unavailable(reason: Reason) -> &'static str {
    match reason {
        Reason::PostpaidOff => "Not possible: postpaid is off",
        Reason::NotOffered => "Not offered for this service",
        Reason::SlotsUnknown => "Not considered: number of slots not given",
        Reason::SlotsAboveMaximum => "Needs more slots than are sold online; contact sales",
    }
}

/// The package calls that are left at the end.
pub fn unused_sentence(calls: u64) -> String {
    let are = if calls == 1 { "is" } else { "are" };
    format!("{} {are} left at the end of the year.", numbers::of_unit(&numbers::grouped(calls), "package call"))
}

/// An amount for people, without its currency.
pub fn amount(amount: Money) -> String {
    grouped_decimal(&amount.to_string())
}
