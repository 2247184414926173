//! The validated price book: a dated set of services and their prices, as a provider publishes them.
//!
//! A [`PriceBook`] can only be built by validating a document, so every book in the program is valid and ready to
//! plan with. Its fields are private: nothing outside this module builds or changes one. A discount, for example,
//! is [`Service::discounted`], which returns a new service with prepared prices.
//!
//! ServicePrices are money in the book's currency. Package sizes and tier starts are calls. How a month is billed is left to
//! [`settlement`](crate::settlement).
//!
//! The published books are data files in `site/prices/`. A published file is never edited, so an old estimate
//! can always be priced again. The format is the contract's price book; the limits come from the pricing rules.

pub mod changes;
pub mod charge;
mod hash;
pub mod history;
pub mod package_costs;
mod prices;
mod range_minimum;
pub mod rates;
pub(crate) mod serialize;
mod service;
mod validation;

use crate::json::{self, JsonField, Node, ValidationErrors};
use crate::money::Percentage;
use crate::problem::{ErrorKind, ValidationError};
pub use charge::TierMode;
use prices::ServicePrices;
pub use prices::{Package, SlotPrices, SlotTier, Tier};
use service::Prepared;
pub(crate) use service::RisingSlots;
pub use service::{Api, Links, Service, Unit};
pub(crate) use validation::tier_basis;

/// The maximum number of package sizes of a service.
pub const MAX_PACKAGES: u64 = 16;
/// The maximum number of tiers of a service.
pub const MAX_TIERS: u64 = 32;
/// The maximum number of calls in a year, a package or a free quota.
pub const MAX_CALLS: u64 = 1_000_000_000_000;
/// The maximum number of APIs of a service.
pub const MAX_APIS: u64 = 100;
/// The maximum number of units that a call can use.
pub const MAX_UNITS_PER_CALL: u64 = 1_000_000;
/// The minimum validity of packages. With 12 months or more, no package bought in the horizon expires within it.
pub const MIN_VALIDITY_MONTHS: u64 = 12;

/// A dated set of services and their prices, valid by construction.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceBook {
    version: String,
    currency: String,
    source: Option<String>,
    services: Vec<Service>,
    hash: String,
}

/// The calls of a month that count towards a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TierBasis {
    /// Postpaid calls only.
    #[default]
    Billed,
    /// All calls, including free calls and package calls.
    All,
}

/// A negotiated discount on the list prices, by billing mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Discount {
    /// The discount on packages.
    pub packages: Percentage,
    /// The discount on postpaid unit prices.
    pub postpaid: Percentage,
    /// The discount on slots, of both kinds.
    pub concurrent: Percentage,
}

impl TierBasis {
    /// The error of a name that is none of these.
    pub(crate) const UNKNOWN: ErrorKind = ErrorKind::UnknownValue { known: &["billed", "all"] };

    /// The basis with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Billed, Self::All].into_iter().find(|basis| basis.code() == name)
    }

    /// The name in JSON and links.
    pub fn code(self) -> &'static str {
        match self {
            Self::Billed => "billed",
            Self::All => "all",
        }
    }
}

impl Discount {
    /// Whether no price changes.
    pub fn is_zero(self) -> bool {
        self.packages.is_zero() && self.postpaid.is_zero() && self.concurrent.is_zero()
    }
}

impl PriceBook {
    /// The newest published book of this project, for the command line and for tests. A page reads its own prices
    /// ([`History::from_json`](history::History::from_json)).
    ///
    /// # Errors
    /// None in practice: a test validates every published book.
    pub fn built_in() -> Result<Self, Vec<ValidationError>> {
        let [.., newest] = history::PUBLISHED;
        Self::from_json(newest)
    }

    /// Validates a price book given as JSON.
    ///
    /// # Errors
    /// All validation errors, in the document's order.
    pub fn from_json(text: &str) -> Result<Self, Vec<ValidationError>> {
        Self::from_node(&json::parse(text).map_err(|error| vec![error])?)
    }

    fn from_node(node: &Node) -> Result<Self, Vec<ValidationError>> {
        let mut errors = ValidationErrors::default();
        match Self::from_field(&JsonField::root(node, ""), &mut errors) {
            Some(book) if errors.is_empty() => Ok(book),
            _ => Err(errors.in_order()),
        }
    }

    /// Validates a price book inside another document. Returns `None` only where it recorded an error.
    pub(crate) fn from_field(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Self> {
        validation::price_book(field, errors)
    }

    /// The name of this set of prices, usually the date on which they were read. Not empty.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The currency of every price in the book. Not empty.
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// Where the provider publishes the prices.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The services: at least one, each with an identifier of its own.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Services that cannot share a billing mode and slots with the others of their API group: the concurrent billing of a group
    /// is the same for all, and no service without a group has the name of one. At the later service each.
    pub fn conflicting_groups(&self) -> Vec<ValidationError> {
        let conflicts = |later: &Service, earlier: &Service| {
            later.billing_group() == earlier.billing_group()
                && (later.group != earlier.group || later.prices.concurrent != earlier.prices.concurrent)
        };
        let refused = |(index, later): (usize, &Service)| {
            let is_refused = self.services.iter().take(index).any(|earlier| conflicts(later, earlier));
            is_refused.then(|| ValidationError { field: format!("services[{index}]"), kind: ErrorKind::ConflictingGroup })
        };
        self.services.iter().enumerate().filter_map(refused).collect()
    }

    /// Eight hexadecimal digits that change with any price or rule of the book, but not with names and links.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The service with identifier `id`, or the book's first service where `id` is `None`.
    pub fn service(&self, id: Option<&str>) -> Option<&Service> {
        match id {
            Some(id) => self.services.iter().find(|service| service.id == id),
            None => self.services.first(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn supports_free_packages_where_the_largest_is_within_the_limit() {
        let book = PriceBook::built_in().expect("valid");
        let all = Percentage::parse("100").expect("a percentage");
        let discount = Discount { packages: all, ..Discount::default() };
        assert!(book.services[0].discounted(discount).is_ok());
    }
}
