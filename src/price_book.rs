//! What does everything cost?
//!
//! A price book is a dated set of services with their prices, as a provider publishes them. A [`PriceBook`] exists
//! only validated, and carries what the planner needs of it, prepared once. Prices are money in the book's
//! currency; package sizes and tier starts are calls. What a month is billed is left to
//! [`settlement`](crate::settlement).
//!
//! The published books are data files beside this module, never edited once published, so that the prices that an
//! old estimate was made with stay known.

pub mod changes;
pub mod history;
pub mod package_costs;
mod range_minimum;
pub mod rates;
pub(crate) mod serialize;
mod validation;

use std::fmt::Write;
use std::hash::Hasher;
use std::sync::Arc;

use crate::json::{self, Field, Literal, Node, ValidationErrors};
use crate::money::{Decimal, Percentage};
use crate::problem::ValidationError;
use rates::Rates;
pub(crate) use validation::tier_basis;

// The published books, oldest first, as build.rs writes them from the files in books/.
include!(concat!(env!("OUT_DIR"), "/published.rs"));

/// The longest list of package sizes that a service may have.
pub const MAX_PACKAGES: u64 = 16;
/// The longest list of tiers that a service may have.
pub const MAX_TIERS: u64 = 32;
/// The most calls in anything: a year, a package, a free quota.
pub const MAX_CALLS: u64 = 1_000_000_000_000;
/// Packages must stay valid at least this long, so that none bought in the horizon expires inside it.
pub const MIN_VALIDITY_MONTHS: u64 = 12;

/// A dated set of services, valid by construction.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceBook {
    /// When the prices were read, or any other name of this set; not empty.
    pub version: String,
    /// Of every price in the book; not empty.
    pub currency: String,
    /// Where the prices are published.
    pub source: Option<String>,
    /// At least one, with different identifiers.
    pub services: Vec<Service>,
    /// Eight hexadecimal digits that change with any price or rule of the book, but not with names and links.
    pub hash: String,
}

/// One service and the ways to pay for its calls, of which there is at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Not empty.
    pub id: String,
    /// For people.
    pub name: String,
    /// The API group that shares the slots of concurrent billing.
    pub group: Option<String>,
    /// By rising size, all different, at most 16.
    pub packages: Vec<Package>,
    /// At least 12.
    pub package_validity_months: u32,
    /// How long an unused package can be returned.
    pub refund_days: Option<u32>,
    /// By rising start, the first from 0, at most 32; empty where the service has no postpaid.
    pub tiers: Vec<Tier>,
    /// Which calls reach a tier, unless the scenario says otherwise.
    pub tier_basis: TierBasis,
    /// `None` where the service has no concurrent billing.
    pub concurrent: Option<ConcurrentPrice>,
    /// Where to buy and to ask.
    pub links: Links,
    rates: Prepared,
}

/// The prices as prepared. They follow from the service's own, so they are shared by its copies and never compared.
#[derive(Debug, Clone)]
struct Prepared(Arc<Rates>);

impl Prepared {
    fn of(packages: &[Package], tiers: &[Tier], concurrent: Option<ConcurrentPrice>) -> Option<Self> {
        Rates::prepare(packages, tiers, concurrent).map(|rates| Self(Arc::new(rates)))
    }
}

impl PartialEq for Prepared {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A prepaid package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// 1 to 10^12.
    pub calls: u64,
    /// Of the whole package.
    pub price: Decimal,
}

/// A postpaid tier. All billed calls of a month are charged at the unit price of the tier that the month reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The fewest calls that reach the tier, inclusive.
    pub from: u64,
    /// Per call.
    pub unit_price: Decimal,
}

/// Which calls of a month reach a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TierBasis {
    /// The postpaid ones.
    #[default]
    Billed,
    /// All of them, free and prepaid ones included.
    All,
}

/// Concurrent billing: as many calls as the slots carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConcurrentPrice {
    /// Per slot and month.
    pub price_per_slot_month: Decimal,
    /// The most slots that can be bought, at least 1.
    pub max_slots: u64,
}

/// Pages of the provider, all `https`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    /// To buy packages or slots.
    pub buy: Option<String>,
    /// To ask for more than the price list offers.
    pub contact: Option<String>,
}

/// A negotiated discount on the list prices of each billing mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Discount {
    /// On packages.
    pub packages: Percentage,
    /// On the unit prices of postpaid.
    pub postpaid: Percentage,
    /// On slots.
    pub concurrent: Percentage,
}

impl TierBasis {
    /// The contract's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Billed => "billed",
            Self::All => "all",
        }
    }

    /// As hashes of price books say it: never to be changed, since links carry them.
    fn hashed(self) -> &'static str {
        match self {
            Self::Billed => "Billed",
            Self::All => "All",
        }
    }
}

impl Discount {
    /// Does it change no price?
    pub fn is_zero(self) -> bool {
        self.packages.is_zero() && self.postpaid.is_zero() && self.concurrent.is_zero()
    }
}

impl PriceBook {
    /// The newest published book.
    ///
    /// # Errors
    /// None in practice: a test reads every published book.
    pub fn built_in() -> Result<Self, Vec<ValidationError>> {
        Self::published(&PUBLISHED[PUBLISHED.len() - 1])
    }

    fn published(book: &Literal) -> Result<Self, Vec<ValidationError>> {
        Self::from_node(&Node::from(book).document())
    }

    /// Reads a price book.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the document's order.
    pub fn from_json(text: &str) -> Result<Self, Vec<ValidationError>> {
        Self::from_node(&json::parse(text).map_err(|error| vec![error])?)
    }

    fn from_node(node: &Node) -> Result<Self, Vec<ValidationError>> {
        let mut errors = ValidationErrors::default();
        match Self::from_field(&Field::root(node, ""), &mut errors) {
            Some(book) if errors.is_empty() => Ok(book),
            _ => Err(errors.in_order()),
        }
    }

    /// Reads a price book inside another document. `None` only where a problem was recorded.
    pub(crate) fn from_field(field: &Field<'_>, errors: &mut ValidationErrors) -> Option<Self> {
        validation::price_book(field, errors)
    }

    /// The service called `id`, or the first where none is named.
    pub fn service(&self, id: Option<&str>) -> Option<&Service> {
        match id {
            Some(id) => self.services.iter().find(|service| service.id == id),
            None => self.services.first(),
        }
    }
}

impl Service {
    /// The prices as integers, prepared for planning.
    pub fn rates(&self) -> &Rates {
        &self.rates.0
    }

    /// The service with every price less the discount, prepared again. `None` where a discount of 100 % on packages
    /// leaves sizes that the planner does not support: the best value is then the largest package.
    pub fn discounted(&self, discount: Discount) -> Option<Self> {
        let mut service = self.clone();
        for package in &mut service.packages {
            package.price = package.price.discounted(discount.packages);
        }
        for tier in &mut service.tiers {
            tier.unit_price = tier.unit_price.discounted(discount.postpaid);
        }
        if let Some(concurrent) = &mut service.concurrent {
            concurrent.price_per_slot_month = concurrent.price_per_slot_month.discounted(discount.concurrent);
        }
        service.rates = Prepared::of(&service.packages, &service.tiers, service.concurrent)?;
        Some(service)
    }

    /// The service with one postpaid price for all calls. `None` only where its packages cannot be planned with, which a
    /// valid service's can.
    pub(crate) fn with_one_tier(&self, unit_price: Decimal) -> Option<Self> {
        let tiers = vec![Tier { from: 0, unit_price }];
        let rates = Prepared::of(&self.packages, &tiers, self.concurrent)?;
        Some(Self { tiers, rates, ..self.clone() })
    }

    /// The tier that `calls` of a month reach; `None` where the service has no postpaid.
    ///
    /// ```
    /// use callmix::price_book::PriceBook;
    /// let book = PriceBook::built_in().unwrap();
    /// let unit_price = |calls| book.services[0].tier_for(calls).unwrap().unit_price.to_string();
    /// assert_eq!((unit_price(99), unit_price(100)), ("4.80".into(), "4.20".into()));
    /// ```
    pub fn tier_for(&self, calls: u64) -> Option<Tier> {
        self.tiers.iter().rev().find(|tier| tier.from <= calls).copied()
    }
}

/// A short hash over everything that decides a charge, written as one canonical text.
fn hash(currency: &str, services: &[Service]) -> String {
    let mut text = format!("{currency}\n");
    for service in services {
        let Service { id, package_validity_months, tier_basis, .. } = service;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{id} {package_validity_months} {}", tier_basis.hashed());
        for Package { calls, price } in &service.packages {
            let _ = writeln!(text, "package {calls} {price}");
        }
        for Tier { from, unit_price } in &service.tiers {
            let _ = writeln!(text, "tier {from} {unit_price}");
        }
        if let Some(ConcurrentPrice { price_per_slot_month, max_slots }) = service.concurrent {
            let _ = writeln!(text, "slot {price_per_slot_month} {max_slots}");
        }
    }
    let mut hasher = fnv::FnvHasher::default();
    hasher.write(text.as_bytes());
    let long = hasher.finish();
    format!("{:08x}", (long >> 32) ^ (long & 0xffff_ffff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_book_is_valid() {
        for book in &PUBLISHED {
            assert_eq!(PriceBook::published(book).map(|_| ()), Ok(()));
        }
    }

    #[test]
    fn a_hundred_percent_off_needs_a_supported_largest_package() {
        let book = PriceBook::built_in().expect("valid");
        let all = Percentage::parse("100").expect("a percentage");
        let discount = Discount { packages: all, ..Discount::default() };
        assert!(book.services[0].discounted(discount).is_some());
    }

    #[test]
    fn the_hash_follows_the_prices_alone() {
        let text = include_str!("price_book/books/2026-11-22.json");
        assert_eq!(PriceBook::from_json(text), PriceBook::published(&PUBLISHED[0]));
        let hash = |text: &str| PriceBook::from_json(text).expect("valid").hash;
        assert_eq!(hash(text), hash(&text.replace("Image Animate", "Another name").replace("4.8\"", "4.80\"")));
        assert_ne!(hash(text), hash(&text.replace("4.8\"", "4.9\"")));
        assert_ne!(hash(text), hash(&text.replace("\"billed\"", "\"all\"")));
    }
}
