//! How are amounts and counts shown to people?
//!
//! As the words of the page write them. The exact digits are kept; nothing is rounded.

use crate::money::Money;
use crate::wording;

/// An amount with its currency: `$1,260.00`.
pub fn money(amount: Money, currency: &str) -> String {
    wording::money(amount, currency)
}

/// A count: `12,000`.
pub fn count(count: u64) -> String {
    wording::grouped(count)
}
