//! How are amounts and counts shown to people?
//!
//! Groups of three with commas, and the currency behind the amount. The exact digits are kept; nothing is rounded.

use crate::money::Money;
use crate::wording;

/// An amount with its currency: `1,260.00 USD`.
pub fn money(amount: Money, currency: &str) -> String {
    format!("{} {currency}", wording::grouped_decimal(&amount.to_string()))
}

/// A count: `12,000`.
pub fn count(count: u64) -> String {
    wording::grouped(count)
}
