//! What does the answer say: steps to take, billing modes, reasons?

use super::numbers::{grouped, grouped_decimal};
use crate::planner::{Reason, Strategy};
use crate::quote::Quote;
use crate::settlement::Mode;

/// What to do, step by step, to follow a plan.
pub fn steps(quote: &Quote) -> Vec<String> {
    let mut steps: Vec<String> = quote
        .purchases
        .iter()
        .map(|row| {
            let amount = grouped_decimal(&row.amount.to_string());
            let packages = if row.count == 1 { "one package".into() } else { format!("{} packages", grouped(row.count)) };
            format!("Month {}: buy {packages} of {} calls for {amount} {}.", row.month, grouped(row.calls), quote.currency)
        })
        .collect();
    if quote.months.iter().any(|month| month.postpaid > 0) {
        let calls: u64 = quote.months.iter().map(|month| month.postpaid).sum();
        steps.push(format!("Keep postpaid on: it pays for {} calls of the year.", grouped(calls)));
    }
    let concurrent = quote.months.iter().filter(|month| month.mode == Mode::Concurrent && month.calls > 0).count();
    if concurrent > 0 {
        steps.push(format!("Switch to concurrent billing in {concurrent} of the months, as the table shows."));
    }
    if steps.is_empty() {
        steps.push("Nothing to buy and nothing to pay.".into());
    }
    steps
}

/// The answer in one sentence, for those who hear the page.
pub fn announcement(quote: &Quote) -> String {
    format!("The cheapest mix costs {} {} a year.", grouped_decimal(&quote.total.to_string()), quote.currency)
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
