//! The prices of one service as integers, ready to plan with.
//!
//! Every price is a whole number of [`Units`], the smallest unit in which all prices of the service are whole, so the
//! planner adds and compares integers only. [`Rates`] are prepared once for each validated service. Whether a service
//! offers a billing mode at all is left to the price book.

use super::charge::{Item, TieredCharge};
use super::package_costs::PackageCosts;
use super::prices::{ServicePrices, SlotPrices};
use crate::money::{Scale, Units};

/// The number of units that a price stays below, so that the charge for 10^12 items has room in [`Units`].
const TOO_MANY_UNITS: Units = 10_i128.pow(25);

/// The prices of one service as integers.
#[derive(Debug)]
pub struct Rates {
    scale: Scale,
    postpaid: TieredCharge,
    package_costs: Option<PackageCosts>,
    concurrent: Option<TieredCharge>,
    add_on_slots: Option<TieredCharge>,
}

/// Why the prices of a service cannot be planned with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unplannable {
    /// The best-value package has more grains than [`MAX_PERIOD`](super::package_costs::MAX_PERIOD).
    Sizes,
    /// The prices have too many digits to be whole numbers of one unit.
    Digits,
}

impl Rates {
    /// Prepares `prices`.
    ///
    /// # Errors
    /// The planner does not support the package sizes or the number of digits.
    pub(super) fn prepare(prices: &ServicePrices) -> Result<Self, Unplannable> {
        let ServicePrices { packages, tiers, tier_mode, concurrent, add_on_slots } = prices;
        let of_slots = [concurrent, add_on_slots].into_iter().flatten().flat_map(|prices| &prices.tiers);
        let of_calls = packages.iter().map(|package| package.price).chain(tiers.iter().map(|tier| tier.unit_price));
        let prices: Vec<_> = of_calls.chain(of_slots.map(|tier| tier.price_per_slot_month)).collect();
        let scale = Scale::of(prices.iter().copied());
        if prices.iter().any(|&price| scale.units_of(price).is_none_or(|units| units >= TOO_MANY_UNITS)) {
            return Err(Unplannable::Digits);
        }
        let units = |price| scale.units_of(price).unwrap_or(0);
        let tiers: Vec<(u64, Units)> = tiers.iter().map(|tier| (tier.from, units(tier.unit_price))).collect();
        let packages: Vec<(u64, Units)> = packages.iter().map(|package| (package.calls, units(package.price))).collect();
        let unit_prices: Vec<Units> = tiers.iter().map(|tier| tier.1).collect();
        let package_costs = match packages[..] {
            [] => None,
            _ => Some(PackageCosts::prepare(&packages, &unit_prices).ok_or(Unplannable::Sizes)?),
        };
        let slots = |prices: &SlotPrices| {
            let tiers: Vec<(u64, Units)> = prices.tiers.iter().map(|tier| (tier.from, units(tier.price_per_slot_month))).collect();
            TieredCharge::new(prices.tier_mode, Item::Slot, &tiers)
        };
        Ok(Self {
            scale,
            postpaid: TieredCharge::new(*tier_mode, Item::Call, &tiers),
            package_costs,
            concurrent: concurrent.as_ref().map(slots),
            add_on_slots: add_on_slots.as_ref().map(slots),
        })
    }

    /// The unit that the integers count.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The charge for postpaid calls; empty where the service has no postpaid billing.
    pub fn postpaid(&self) -> &TieredCharge {
        &self.postpaid
    }

    /// The cheapest package sets, prepared for the unit price of every tier in the service's order; `None` where the
    /// service has no packages.
    pub fn package_costs(&self) -> Option<&PackageCosts> {
        self.package_costs.as_ref()
    }

    /// The charge for the slots of a concurrent month; `None` where the service has no concurrent billing.
    pub fn concurrent(&self) -> Option<&TieredCharge> {
        self.concurrent.as_ref()
    }

    /// The charge for a month's add-on slots; `None` where the service sells none.
    pub fn add_on_slots(&self) -> Option<&TieredCharge> {
        self.add_on_slots.as_ref()
    }
}
