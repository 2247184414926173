//! The two worked examples beside the prices.

use super::amounts::money;
use super::numbers::{grouped, units};
use super::steps::packages;
use crate::price_book::Unit;
use crate::quote::Quote;

/// The heading of the examples.
pub const TWO_EXAMPLES: &str = "Two examples";

/// The usage of the first example.
pub fn example_of_year(calls: u64, unit: &Unit) -> String {
    format!("{} spread over a year:", units(calls, unit))
}

/// The usage of the second example.
pub fn example_of_month(calls: u64, free: u64, unit: &Unit) -> String {
    format!("{} in one month, {} free:", units(calls, unit), grouped(free))
}

/// The plan of an example and its total: `three 100-call packages, $1,260.00`.
pub fn example_answer(quote: &Quote, unit: &Unit) -> String {
    let mut parts = Vec::new();
    let mut bought = quote.purchases.iter().peekable();
    while let Some(first) = bought.next() {
        // Purchases of the same size in different months are one part.
        let mut count = first.count;
        while let Some(next) = bought.next_if(|next| next.calls == first.calls) {
            count += next.count;
        }
        parts.push(packages(count, first.calls, unit));
    }
    for month in quote.months.iter().filter(|month| month.postpaid > 0) {
        let price = month.unit_price.map_or_else(String::new, |price| format!(" at {}", money(price, &quote.currency)));
        parts.push(format!("{} postpaid {}{price}", grouped(month.postpaid), if month.postpaid == 1 { &unit.one } else { &unit.many }));
    }
    format!("{}, {}", parts.join(", "), money(quote.total, &quote.currency))
}
