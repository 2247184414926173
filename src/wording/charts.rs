//! The chart and the section that explain the recommended plan.

/// The accessible name of the cost curve.
pub const CURVE_CHART: &str = "Chart of cost per call by calls per year";
/// The chart of every volume, on demand.
pub const WHOLE_RANGE: &str = "Cost per call at every volume";
/// The heading of the insights.
pub const REASONS: &str = "Worth knowing";
/// The heading of the other volumes.
pub const WHAT_IF: &str = "What if your volume changes?";
/// The table of other volumes, on demand.
pub const OTHER_VOLUMES: &str = "Cost at half to twice the calls";
/// The table of other volumes.
pub const REGRET_TABLE: &str = "Cost at other volumes";
/// The first two columns of other volumes.
pub const REGRET_HEADS: [&str; 2] = ["Actual calls", "Lowest cost"];
/// A section that is about to change.
pub const COMPUTING: &str = "Computing…";
