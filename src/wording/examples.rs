//! The two worked examples beside the prices.

use super::amounts::money;
use super::numbers::{self, grouped};
use super::steps::packages;
use crate::quote::Quote;

/// The heading of the examples.
pub const TWO_EXAMPLES: &str = "Two examples";

/// The usage of the first example.
pub fn example_of_year(calls: u64) -> String {
    format!("{} spread over a year:", numbers::calls(calls))
}

/// The usage of the second example.
pub fn example_of_month(calls: u64, free: u64) -> String {
    format!("{} in one month, {} free:", numbers::calls(calls), grouped(free))
}

/// The plan of an example and its total: `three 100-call packages, $1,260.00`.
pub fn example_answer(quote: &Quote) -> String {
    let mut parts = Vec::new();
    let mut bought = quote.purchases.iter().peekable();
    while let Some(first) = bought.next() {
        // Purchases of the same size in different months are one part.
        let mut count = first.count;
        while let Some(next) = bought.next_if(|next| next.calls == first.calls) {
            count += next.count;
        }
        parts.push(packages(count, first.calls));
    }
    for month in quote.months.iter().filter(|month| month.postpaid > 0) {
        let price = month.unit_price.map_or_else(String::new, |price| format!(" at {}", money(price, &quote.currency)));
        parts.push(format!("{} postpaid {}{price}", grouped(month.postpaid), if month.postpaid == 1 { "call" } else { "calls" }));
    }
    format!("{}, {}", parts.join(", "), money(quote.total, &quote.currency))
}
