//! What is said where an estimate stands in somebody else's page, and where one is put there?

/// Leads to the whole page.
pub const OPEN_FULL: &str = "Open the full calculator";
/// In place of an answer, where the host gives no calls and nobody can type them.
pub const NOTHING_ASKED: &str = "There is nothing to answer: this page gives no number of calls.";
