//! What do exported documents say around the numbers?

use super::numbers;
use super::numbers::grouped_decimal;
use crate::money::Money;
use crate::settlement::Mode;

/// The columns of the CSV table, one name for each. Programs look for them, so they stay as they are, apostrophes too.
pub const CSV_COLUMNS: [&str; 20] = [
    "Row",
    "Month",
    "Calendar month",
    "Service",
    "Currency",
    "Calls in a package",
    "Packages bought",
    "Price of packages",
    "Mode",
    "Calls",
    "Free calls",
    "Prepaid calls",
    "Postpaid calls",
    "Unit price",
    "Postpaid charge",
    "Slots",
    "Slot charge",
    "Month's total",
    "Prepaid calls left",
    "Prepaid calls lapsed",
];
/// The first column of a row that buys packages.
pub const CSV_PURCHASE: &str = "purchase";
/// The first column of a row that settles a month.
pub const CSV_MONTH: &str = "month";

/// The columns of the table of purchases.
pub const PURCHASE_COLUMNS: [&str; 4] = ["Month", "Packages", "Calls in each", "Amount"];
/// The columns of the table of months.
pub const MONTH_COLUMNS: [&str; 14] = [
    "Month",
    "Mode",
    "Calls",
    "Free",
    "Prepaid",
    "Postpaid",
    "Unit price",
    "Postpaid charge",
    "Slots",
    "Slot charge",
    "Packages",
    "Month’s total",
    "Prepaid left",
    "Lapsed",
];
/// The columns of the table of strategies.
pub const STRATEGY_COLUMNS: [&str; 2] = ["Billing mode", "Total"];

/// Headings, in the order of the document.
pub const ASSUMPTIONS_HEADING: &str = "What was assumed";
/// Of the table of purchases.
pub const PURCHASES_HEADING: &str = "What to buy";
/// Of the table of months.
pub const MONTHS_HEADING: &str = "Month by month";
/// Of the table of strategies.
pub const STRATEGIES_HEADING: &str = "Compare billing modes";
/// Of the notes.
pub const NOTE_HEADING: &str = "Note";
/// Of what the estimate was made with.
pub const SOURCE_HEADING: &str = "Made with";
/// The day of the document.
pub const DATE: &str = "Date";
/// What is paid for.
pub const SERVICE: &str = "Service";
/// Its version and the hash of its prices.
pub const PRICE_BOOK: &str = "Price book";
/// Where the prices were published.
pub const SOURCE: &str = "Source of the prices";
/// Where the estimate can be opened.
pub const LINK: &str = "Link";
/// Instead of a table of purchases.
pub const NOTHING_TO_BUY: &str = "No packages.";

/// The heading of an estimate without a title.
pub fn untitled(service: &str) -> String {
    format!("Estimate for {service}")
}

/// The first thing to know.
pub fn total_sentence(total: Money, currency: &str) -> String {
    format!("Total for twelve months: {} {currency}", amount(total))
}

/// How a month is settled.
pub fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::PerCall => "per call",
        Mode::Concurrent => "concurrent",
    }
}

/// What is left at the end.
pub fn unused_sentence(calls: u64) -> String {
    let are = if calls == 1 { "is" } else { "are" };
    format!("{} {are} left in packages after the last month.", numbers::calls(calls))
}

/// An amount for people.
pub fn amount(amount: Money) -> String {
    grouped_decimal(&amount.to_string())
}
