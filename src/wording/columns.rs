//! Names of the columns of a month, the same on the page and in every document.

/// The month itself.
pub const MONTH: &str = "Month";
/// How the month is billed.
pub const BILLING_MODE: &str = "Billing mode";
/// Successful calls.
pub const CALLS: &str = "Calls";
/// Calls paid by the free quota.
pub const FREE_CALLS: &str = "Free calls";
/// Calls paid by packages.
pub const PACKAGE_CALLS: &str = "Package calls";
/// Calls charged to postpaid.
pub const POSTPAID_CALLS: &str = "Postpaid calls";
/// The price per postpaid call.
pub const POSTPAID_PRICE: &str = "Postpaid price";
/// The charge for postpaid calls.
pub const POSTPAID_COST: &str = "Postpaid cost";
/// Slots paid for.
pub const SLOTS: &str = "Slots";
/// The charge for slots.
pub const SLOT_COST: &str = "Slot cost";
/// The price of the packages bought.
pub const PACKAGE_COST: &str = "Package cost";
/// The sum of the costs.
pub const TOTAL: &str = "Total";
/// The package balance at the end.
pub const PACKAGE_CALLS_LEFT: &str = "Package calls left";
/// How many of the calls left expire.
pub const EXPIRING: &str = "Expiring";
