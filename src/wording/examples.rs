//! How are the examples beside the price list told?

use super::amounts::money;
use super::numbers::{self, grouped};
use crate::quote::Quote;

/// Heads them.
pub const TWO_EXAMPLES: &str = "Two examples";

/// What the first asks.
pub fn example_of_year(calls: u64) -> String {
    format!("{} spread over a year take", numbers::calls(calls))
}

/// What the second asks.
pub fn example_of_month(calls: u64, free: u64) -> String {
    format!("{} in one month, {} of them free, take", numbers::calls(calls), grouped(free))
}

/// What it comes to: `3 packages of 100 calls: $1,260.00`.
pub fn example_answer(quote: &Quote) -> String {
    let mut parts = Vec::new();
    let mut bought = quote.purchases.iter().peekable();
    while let Some(first) = bought.next() {
        // An example buys packages of one size after the other.
        let mut count = first.count;
        while let Some(next) = bought.next_if(|next| next.calls == first.calls) {
            count += next.count;
        }
        parts.push(format!("{} of {}", numbers::of_unit(&grouped(count), "package"), numbers::calls(first.calls)));
    }
    for month in quote.months.iter().filter(|month| month.postpaid > 0) {
        let each = month.unit_price.map_or_else(String::new, |price| format!(", {} each", money(price, &quote.currency)));
        parts.push(format!("{} by postpaid{each}", numbers::calls(month.postpaid)));
    }
    format!("{}: {}", parts.join(" and "), money(quote.total, &quote.currency))
}
