//! The prices of one service as integers, ready to plan with.
//!
//! Every price is a whole number of [`Units`], the smallest unit in which all prices of the service are whole, so the
//! planner adds and compares integers only. [`Rates`] are prepared once for each validated service. Whether a service
//! offers a billing mode at all is left to the price book.

use super::package_costs::PackageCosts;
use super::{ConcurrentPrice, Package, Tier};
use crate::money::{Scale, Units};

/// The prices of one service as integers.
#[derive(Debug)]
pub struct Rates {
    scale: Scale,
    tiers: Vec<ScaledTier>,
    package_costs: Option<PackageCosts>,
    slot_price: Option<Units>,
}

/// A tier with its unit price as an integer.
#[derive(Debug, Clone, Copy)]
pub struct ScaledTier {
    /// The fewest calls that reach the tier, inclusive.
    pub from: u64,
    /// The price per call.
    pub unit_price: Units,
}

impl Rates {
    /// Prepares the prices of one service. Returns `None` where the planner does not support the package sizes: the
    /// best-value package has more grains than [`MAX_PERIOD`](super::package_costs::MAX_PERIOD).
    pub(super) fn prepare(packages: &[Package], tiers: &[Tier], concurrent: Option<ConcurrentPrice>) -> Option<Self> {
        let slot_price = concurrent.map(|concurrent| concurrent.price_per_slot_month);
        let prices = packages.iter().map(|package| package.price).chain(tiers.iter().map(|tier| tier.unit_price)).chain(slot_price);
        let scale = Scale::of(prices);
        let tiers: Vec<ScaledTier> =
            tiers.iter().map(|tier| ScaledTier { from: tier.from, unit_price: scale.units_of(tier.unit_price) }).collect();
        let packages: Vec<(u64, Units)> = packages.iter().map(|package| (package.calls, scale.units_of(package.price))).collect();
        let unit_prices: Vec<Units> = tiers.iter().map(|tier| tier.unit_price).collect();
        let package_costs = if packages.is_empty() { None } else { Some(PackageCosts::prepare(&packages, &unit_prices)?) };
        Some(Self { scale, tiers, package_costs, slot_price: slot_price.map(|price| scale.units_of(price)) })
    }

    /// The unit that the integers count.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The tiers, in the service's order.
    pub fn tiers(&self) -> &[ScaledTier] {
        &self.tiers
    }

    /// The cheapest package sets, prepared for the unit price of every tier in the service's order; `None` where the
    /// service has no packages.
    pub fn package_costs(&self) -> Option<&PackageCosts> {
        self.package_costs.as_ref()
    }

    /// The price per slot and month; `None` where the service has no concurrent billing.
    pub fn slot_price(&self) -> Option<Units> {
        self.slot_price
    }
}
