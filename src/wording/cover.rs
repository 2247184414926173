//! What a recipient reads beside a quote.

/// The heading of the sender's note.
pub const NOTE: &str = "Note from the sender";
/// The heading of what the quote is calculated from.
pub const BASED_ON: &str = "What this quote is based on";
/// Shows the form.
pub const CHANGE: &str = "Change the numbers";

/// For whom a quote is.
pub fn for_customer(customer: &str) -> String {
    format!("Quote for {customer}")
}
