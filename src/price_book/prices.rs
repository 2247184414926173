//! The prices of a service, as its provider publishes them; unit prices are for one call.

use super::TierMode;
use crate::money::Decimal;

/// Everything of a service that has a price.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ServicePrices {
    pub(super) packages: Vec<Package>,
    pub(super) tiers: Vec<Tier>,
    pub(super) tier_mode: TierMode,
    pub(super) concurrent: Option<SlotPrices>,
    pub(super) add_on_slots: Option<SlotPrices>,
}

impl ServicePrices {
    /// The prices of slots of both kinds.
    pub(super) fn of_slots(&mut self) -> impl Iterator<Item = &mut SlotPrices> {
        [&mut self.concurrent, &mut self.add_on_slots].into_iter().flatten()
    }
}

/// A prepaid package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// Calls in the package, 1 to 10^12.
    pub calls: u64,
    /// The price of the whole package.
    pub price: Decimal,
}

/// A postpaid tier. Which calls of a month have its price is up to the service's [`TierMode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// Volume: the fewest calls that reach the tier. Graduated: the calls before the first at its price.
    pub from: u64,
    /// The price per call.
    pub unit_price: Decimal,
}

/// The price of slots: those of concurrent billing, or those added to the included ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotPrices {
    /// The tiers by rising start: at most 32, the first from 1.
    pub tiers: Vec<SlotTier>,
    /// Which slots have the price of a tier.
    pub tier_mode: TierMode,
    /// The maximum number of slots that can be bought, at least 1.
    pub max_slots: u64,
}

/// A price of slots by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotTier {
    /// Volume: the fewest slots that reach the tier. Graduated: the first slot at its price.
    pub from: u64,
    /// The price per slot and month.
    pub price_per_slot_month: Decimal,
}
