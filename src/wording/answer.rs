//! What does the answer say: what it saves, billing modes, reasons?

use super::amounts::money;
use super::numbers::grouped;
use crate::planner::{Reason, Strategy};
use crate::quote::Quote;

/// The region of the contract.
pub const RECOMMENDATION: &str = "Recommendation";
/// Beside the total.
pub const A_YEAR: &str = " a year";
/// Beside what a call costs.
pub const PER_CALL: &str = " per call";
/// In place of what a call costs.
pub const NO_CALLS: &str = "No calls";
/// What stands there before anything is typed.
pub const PROMISE: &str = "Type how many calls you expect in a year. The cheapest mix of packages, postpaid and concurrent slots \
     appears here at once, with what to buy and when.";
/// Before volumes that can be chosen in place of typing one.
pub const EXAMPLES: &str = "For example, calls a year:";
/// The answer is older than what is typed.
pub const OUT_OF_DATE: &str = "Out of date: this answers what was typed before.";
/// Heads the list of what to do.
pub const WHAT_TO_DO: &str = "What to do";
/// The link to where packages are sold.
pub const BUY_PACKAGES: &str = "Buy packages";
/// The link to people.
pub const CONTACT_SALES: &str = "Contact sales";

/// The table of the contract.
pub const COMPARISON: &str = "Compare billing modes";
/// Its columns.
pub const COMPARISON_HEADS: [&str; 3] = ["Mode", "A year", "More than the best"];
/// The recommendation among the others.
pub const BEST_MIX: &str = "Best mix";
/// No difference.
pub const THE_SAME: &str = "the same";

/// The year of the contract.
pub const LEDGER: &str = "Month by month";
/// The head of its first column.
pub const LEDGER_MONTH: &str = "Month";
/// The name of its last row.
pub const LEDGER_YEAR: &str = "Year";
/// The heads of its other columns.
pub const LEDGER_HEADS: [&str; 12] = [
    "Calls",
    "Free",
    "From packages",
    "Postpaid",
    "Per postpaid call",
    "Slots",
    "Packages bought",
    "Postpaid charge",
    "Slots charge",
    "Charge",
    "Left in packages",
    "Of them lapse",
];
/// What is bought.
pub const PURCHASES: &str = "Packages to buy";
/// Its columns.
pub const PURCHASES_HEADS: [&str; 6] =
    ["On the first of", "Packages", "Calls each", "Charge", "Return unused until", "Good until the end of"];
/// A service that takes nothing back.
pub const NOT_RETURNABLE: &str = "not returnable";

/// What to know before buying.
pub const BUYING_NOTE: &str = "Buy on the first of the month: a package pays only for calls made after its purchase.";

/// What to know before switching to concurrent billing.
pub const SWITCHING_NOTE: &str =
    "Switching moves all services of your account to concurrent billing at once, and packages keep ageing meanwhile.";

/// What the billing modes have in common.
pub const MODES_NOTE: &str = "Concurrent billing allows any number of calls, but only as many at once as there are slots; \
     a call above that fails. Failing calls are never billed.";

/// How the months are settled.
pub const LEDGER_NOTE: &str = "Each call is paid by the free quota first, then by packages, oldest first, then by postpaid, whose price \
     per call holds for all postpaid calls of the month and is settled in the first three days of the next one.";

/// In what the amounts are.
pub fn amounts_note(currency: &str) -> String {
    format!("All amounts in {currency}, before tax")
}

/// Of when the prices are, and in what.
pub fn price_list_note(version: &str, currency: &str) -> String {
    format!("Price list of {version}, in {currency}, before tax.")
}

/// The answer in one sentence, for those who hear the page.
pub fn announcement(quote: &Quote) -> String {
    format!("The cheapest mix costs {} a year.", money(quote.total, &quote.currency))
}

/// What the answer saves against the next best billing mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving {
    /// The amount, where there is one: `$180.00`.
    pub amount: Option<String>,
    /// Against what, or why there is nothing to compare with.
    pub against: &'static str,
}

/// What the answer saves against the cheapest billing mode that costs more.
pub fn saving(quote: &Quote) -> Saving {
    let priced = || quote.alternatives.iter().filter_map(|row| row.total.map(|total| (total, row.strategy)));
    match priced().filter(|(total, _)| *total > quote.total).min_by_key(|(total, _)| *total) {
        Some((total, strategy)) => {
            Saving { amount: total.minus(quote.total).ok().map(|more| money(more, &quote.currency)), against: saved_against(strategy) }
        }
        None if priced().next().is_some() => Saving { amount: None, against: "No other way to pay costs more." },
        None => Saving { amount: None, against: "No billing mode alone can serve this year." },
    }
}

/// Why there is nothing to do.
pub fn nothing_to_do(quote: &Quote) -> &'static str {
    if quote.months.iter().all(|month| month.calls == 0) {
        "No calls, so nothing to buy and nothing to pay."
    } else {
        "Nothing to buy: what you have already covers the year."
    }
}

fn saved_against(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::PackagesOnly => " saved against packages only",
        Strategy::PostpaidOnly => " saved against postpaid only",
        Strategy::ConcurrentOnly => " saved against concurrent slots only",
    }
}

/// A strategy's name for people.
pub fn strategy_name(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::PackagesOnly => "Packages only",
        Strategy::PostpaidOnly => "Postpaid only",
        Strategy::ConcurrentOnly => "Concurrent slots only",
    }
}

/// Why a strategy is not available.
pub fn reason_sentence(reason: Reason) -> &'static str {
    match reason {
        Reason::PostpaidOff => "Calls would fail, because postpaid is off.",
        Reason::NotOffered => "Not offered for this service.",
        Reason::SlotsUnknown => "Needs the number of slots, which is not known.",
        Reason::SlotsAboveMaximum => "Needs more slots than can be bought; contact sales.",
    }
}

/// The calls of a tier that starts at `from`, up to the start of the next one.
pub fn tier_range(from: u64, next: Option<u64>) -> String {
    match (from, next) {
        (0, None) => "any number".into(),
        (0, Some(next)) => format!("under {}", grouped(next)),
        (_, None) => format!("{} and more", grouped(from)),
        (_, Some(next)) => format!("{} to {}", grouped(from), grouped(next - 1)),
    }
}
