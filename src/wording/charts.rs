//! The charts and the sections that explain the recommended plan.

/// The heading of the year's charts.
pub const YEAR: &str = "Calls and cost by month";
/// The accessible name of the year's charts.
pub const YEAR_CHART: &str = "Chart of calls and cost by month";
/// The legend's title while no month is selected.
pub const FULL_YEAR: &str = "Full year";
/// The axis of calls.
pub const CALLS: &str = "Calls";
/// The legend's column of costs.
pub const COST: &str = "Cost";
/// The legend's column of yearly costs.
pub const COST_PER_YEAR: &str = "Cost per year";
/// The horizontal axis of the cost curve.
pub const CALLS_PER_YEAR: &str = "Calls per year";
/// The accessible name of the cost curve.
pub const CURVE_CHART: &str = "Chart of cost by calls per year";
/// The heading of the insights.
pub const REASONS: &str = "Why we recommend this plan";
/// The heading of the cost curve.
pub const CURVE: &str = "Cost by volume";
/// The heading of the other volumes.
pub const WHAT_IF: &str = "What if your volume changes?";
/// The table of other volumes.
pub const REGRET_TABLE: &str = "Cost at other volumes";
/// The first two columns of other volumes.
pub const REGRET_HEADS: [&str; 2] = ["Actual calls", "Lowest cost"];
/// A section that is about to change.
pub const COMPUTING: &str = "Computing…";

/// The axis of costs.
pub fn cost_axis(currency: &str) -> String {
    format!("Cost ({currency})")
}

/// The vertical axis of the cost curve.
pub fn yearly_cost_axis(currency: &str) -> String {
    format!("Cost per year ({currency})")
}
