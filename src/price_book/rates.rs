//! What are the prices as integers, ready for searching?
//!
//! All prices of one service as whole numbers of the smallest unit in which they are whole, and the cheapest package
//! sets. Prepared once per validated service; whether the service is offered at all is left to the price book.

use super::package_costs::PackageCosts;
use super::{ConcurrentPrice, Package, Tier};
use crate::money::{Scale, Units};

/// The prices of one service, scaled.
#[derive(Debug)]
pub struct Rates {
    /// What the integers count.
    pub scale: Scale,
    /// The tiers, in the service's order.
    pub tiers: Vec<ScaledTier>,
    /// The package prices, in the service's order.
    pub package_prices: Vec<Units>,
    /// The cheapest package sets, weighed against the tiers in the service's order; `None` where no package is sold.
    pub packages: Option<PackageCosts>,
    /// Per slot and month.
    pub slot: Option<Units>,
}

/// A tier, scaled.
#[derive(Debug, Clone, Copy)]
pub struct ScaledTier {
    /// Calls, inclusive.
    pub from: u64,
    /// Per call.
    pub unit_price: Units,
}

impl Rates {
    /// Prepares the prices of one service. `None` where its best-value package has more grains than
    /// [`MAX_PERIOD`](super::package_costs::MAX_PERIOD).
    pub fn prepare(packages: &[Package], tiers: &[Tier], concurrent: Option<ConcurrentPrice>) -> Option<Self> {
        let slot_price = concurrent.map(|concurrent| concurrent.price_per_slot_month);
        let prices = packages.iter().map(|package| package.price).chain(tiers.iter().map(|tier| tier.unit_price)).chain(slot_price);
        let scale = Scale::of(prices);
        let tiers: Vec<ScaledTier> =
            tiers.iter().map(|tier| ScaledTier { from: tier.from, unit_price: scale.scaled(tier.unit_price) }).collect();
        let sizes: Vec<(u64, Units)> = packages.iter().map(|package| (package.calls, scale.scaled(package.price))).collect();
        let unit_prices: Vec<Units> = tiers.iter().map(|tier| tier.unit_price).collect();
        let packages = if sizes.is_empty() { None } else { Some(PackageCosts::prepare(&sizes, &unit_prices)?) };
        let package_prices = sizes.iter().map(|&(_, price)| price).collect();
        Some(Self { scale, tiers, package_prices, packages, slot: slot_price.map(|price| scale.scaled(price)) })
    }
}
