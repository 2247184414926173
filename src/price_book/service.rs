//! A service of a price book: what it sells, at what prices.
//!
//! A service is only built by validation, and every change of its prices returns a new one with prepared rates.

use std::sync::Arc;

use super::prices::{Package, ServicePrices, SlotPrices, Tier};
use super::rates::{Rates, Unplannable};
use super::{Discount, TierBasis, TierMode};
use crate::money::Decimal;
use crate::problem::{ErrorKind, ValidationError};

/// A service and at least one way to pay for its calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) group: Option<String>,
    pub(super) unit: Unit,
    pub(super) apis: Vec<Api>,
    pub(super) prices: ServicePrices,
    /// How many calls a published unit price is for. The prices are for one.
    pub(super) price_per: u64,
    pub(super) package_validity_months: u32,
    pub(super) refund_days: Option<u32>,
    pub(super) tier_basis: TierBasis,
    pub(super) free_calls_per_month: u64,
    pub(super) included_slots: Option<u64>,
    pub(super) links: Links,
    pub(super) rates: Prepared,
}

/// A service's rates, shared by its copies. They follow from the service's prices, so comparing them adds nothing.
#[derive(Debug, Clone)]
pub(super) struct Prepared(Arc<Rates>);

impl Prepared {
    pub(super) fn new(prices: &ServicePrices) -> Result<Self, Unplannable> {
        Rates::prepare(prices).map(|rates| Self(Arc::new(rates)))
    }
}

impl PartialEq for Prepared {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What a service counts: calls, or what the provider names instead, such as pictures. Everything that is said of calls is
/// then said of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The name of one: "call".
    pub one: String,
    /// The name of several: "calls".
    pub many: String,
}

impl Default for Unit {
    fn default() -> Self {
        Self { one: "call".into(), many: "calls".into() }
    }
}

/// An API whose calls use up units of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// The identifier. Not empty, and unique in the service.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The units that each call uses, 1 to 10^6.
    pub units_per_call: u64,
}

/// Pages of the provider. Every address is `https`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    /// Where to buy packages or slots.
    pub buy: Option<String>,
    /// Where to ask for more than the price list offers.
    pub contact: Option<String>,
}

impl Service {
    /// The identifier. Not empty, and unique in the book.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The API group that shares a billing mode and slots.
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// The group whose services share a billing mode and slots; a service without a group is one of its own.
    pub fn billing_group(&self) -> &str {
        self.group.as_deref().unwrap_or(&self.id)
    }

    /// The packages by rising size: at most 16, all of different sizes.
    pub fn packages(&self) -> &[Package] {
        &self.prices.packages
    }

    /// How many months a package is valid, at least 12.
    pub fn package_validity_months(&self) -> u32 {
        self.package_validity_months
    }

    /// How many days after purchase an unused package can be refunded.
    pub fn refund_days(&self) -> Option<u32> {
        self.refund_days
    }

    /// How many days an unused package can be refunded, the day of the purchase counted as the first; `None` where it cannot.
    pub fn refund_period(&self) -> Option<u32> {
        self.refund_days.filter(|&days| days > 0)
    }

    /// The billing month at whose end packages bought in `month` expire; both counted from 1.
    pub fn last_month_of_packages(&self, month: u32) -> u32 {
        month.saturating_add(self.package_validity_months().saturating_sub(1))
    }

    /// What the service counts.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The APIs that use up its units, in the price book's order; empty where the service counts its own calls.
    pub fn apis(&self) -> &[Api] {
        &self.apis
    }

    /// The tiers by rising start: at most 32, the first from 0. Empty where the service has no postpaid billing.
    pub fn tiers(&self) -> &[Tier] {
        &self.prices.tiers
    }

    /// How many calls a published unit price is for: a power of ten, 1 to 10^6. The unit prices here are for one.
    pub fn price_per(&self) -> u64 {
        self.price_per
    }

    /// Which postpaid calls have the price of a tier.
    pub fn tier_mode(&self) -> TierMode {
        self.prices.tier_mode
    }

    /// The calls that count towards a tier, unless the scenario sets its own basis.
    pub fn tier_basis(&self) -> TierBasis {
        self.tier_basis
    }

    /// The free calls of every per-call month, used before everything else and lost at the month's end.
    pub fn free_calls_per_month(&self) -> u64 {
        self.free_calls_per_month
    }

    /// The price of concurrent billing: unlimited calls, with at most as many at once as slots. `None` where it is not offered.
    pub fn concurrent(&self) -> Option<&SlotPrices> {
        self.prices.concurrent.as_ref()
    }

    /// How many calls at once per-call billing includes; `None` for any number.
    pub fn included_slots(&self) -> Option<u64> {
        self.included_slots
    }

    /// The price of more slots in per-call billing; `None` where none are sold.
    pub fn add_on_slots(&self) -> Option<&SlotPrices> {
        self.prices.add_on_slots.as_ref()
    }

    /// Whether the number of calls at once decides what a month costs.
    pub fn needs_slots(&self) -> bool {
        self.prices.concurrent.is_some() || self.included_slots.is_some()
    }

    /// The most calls at once that the service allows in either billing mode; 0 where their number does not matter.
    pub fn most_at_once(&self) -> u64 {
        let per_call = self.included_slots.map_or(0, |included| included.saturating_add(self.most_add_on_slots()));
        per_call.max(self.concurrent().map_or(0, |prices| prices.max_slots))
    }

    /// The most slots that per-call billing can have beyond the included ones; 0 where none are sold.
    pub fn most_add_on_slots(&self) -> u64 {
        self.add_on_slots().map_or(0, |prices| prices.max_slots)
    }

    /// Where to buy and where to ask.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// The prices as integers, prepared for planning.
    pub fn rates(&self) -> &Rates {
        &self.rates.0
    }

    /// This service with `discount` taken off every price, prepared for planning.
    ///
    /// # Errors
    /// The planner does not support the discounted prices. At 100% off packages the best value is the largest one, which may
    /// be above the planner's limit; and a discounted price has up to four more decimals. The error's path is that of a
    /// scenario's discount.
    pub fn discounted(&self, discount: Discount) -> Result<Self, ValidationError> {
        let mut prices = self.prices.clone();
        for package in &mut prices.packages {
            package.price = package.price.discounted(discount.packages);
        }
        for tier in &mut prices.tiers {
            tier.unit_price = tier.unit_price.discounted(discount.postpaid);
        }
        for tier in prices.of_slots().flat_map(|prices| &mut prices.tiers) {
            tier.price_per_slot_month = tier.price_per_slot_month.discounted(discount.concurrent);
        }
        self.with_prices(prices).map_err(|reason| match reason {
            Unplannable::Sizes => ValidationError { field: "discount.packages".into(), kind: ErrorKind::UnsupportedDiscount },
            Unplannable::Digits => ValidationError { field: "discount".into(), kind: ErrorKind::TooManyDigits },
        })
    }

    /// This service with prices that only rise: each tier has the lowest price of itself and the later ones, of calls among the
    /// first `count` tiers. No number of calls, or of slots if these are `included`, costs more than by the real prices, and
    /// one more never costs less. Never `None` in practice: the planner supports the packages of every valid service.
    pub(crate) fn with_rising_prices(&self, count: usize, included: RisingSlots) -> Option<Self> {
        let mut prices = self.prices.clone();
        if prices.tier_mode == TierMode::Volume {
            prices.tiers.truncate(count);
            only_rising(&mut prices.tiers, |tier| &mut tier.unit_price);
        }
        for prices in prices.of_slots().filter(|prices| included == RisingSlots::Yes && prices.tier_mode == TierMode::Volume) {
            prices.tiers.retain(|tier| tier.from <= prices.max_slots);
            only_rising(&mut prices.tiers, |tier| &mut tier.price_per_slot_month);
        }
        if prices == self.prices { Some(self.clone()) } else { self.with_prices(prices).ok() }
    }

    fn with_prices(&self, prices: ServicePrices) -> Result<Self, Unplannable> {
        let rates = Prepared::new(&prices)?;
        Ok(Self { prices, rates, ..self.clone() })
    }
}

/// Whether the prices of slots are made to rise too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RisingSlots {
    Yes,
    No,
}

/// Lowers each price to the lowest of itself and the later ones, and joins tiers of one price.
fn only_rising<T>(tiers: &mut Vec<T>, price: impl Fn(&mut T) -> &mut Decimal) {
    let mut lowest = None;
    for tier in tiers.iter_mut().rev() {
        let price = price(tier);
        *price = lowest.map_or(*price, |lowest: Decimal| lowest.min(*price));
        lowest = Some(*price);
    }
    tiers.dedup_by(|next, before| price(next) == price(before));
}
