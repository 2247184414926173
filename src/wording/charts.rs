//! What is written at the charts, and where the answer is explained?

/// The section of the year.
pub const YEAR: &str = "The year by month";
/// Its chart.
pub const YEAR_CHART: &str = "Chart of the year, by month";
/// What it reads out where no month is pointed at.
pub const WHOLE_YEAR: &str = "The whole year";
/// What the first axis counts.
pub const CALLS: &str = "Calls";
/// What a month costs.
pub const CHARGE: &str = "Charge";
/// What a year costs.
pub const A_YEAR: &str = "A year";
/// What the cost curve is drawn over.
pub const CALLS_A_YEAR: &str = "Calls a year";
/// The cost curve.
pub const CURVE_CHART: &str = "Chart of the cost by calls a year";
/// The section of reasons.
pub const REASONS: &str = "Why this is the answer";
/// The section of the cost curve.
pub const CURVE: &str = "Cost by volume";
/// The section of other volumes.
pub const WHAT_IF: &str = "What if I am wrong?";
/// Its table.
pub const REGRET_TABLE: &str = "Cost of another volume";
/// The table's first two columns.
pub const REGRET_HEADS: [&str; 2] = ["Real calls", "Cheapest"];
/// A section that is about to change.
pub const COMPUTING: &str = "Computing…";

/// What the second axis counts.
pub fn charges(currency: &str) -> String {
    format!("Charges, {currency}")
}

/// What the upright axis of the cost curve counts.
pub fn cost(currency: &str) -> String {
    format!("A year, {currency}")
}
