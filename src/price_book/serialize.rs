//! JSON of a price book, in the contract's format.
//!
//! The inverse of validation: reading the output gives an equal book. Prices have at least two decimals. Optional
//! fields without a value are left out.

use serde::{Serialize, Serializer};

use super::{ConcurrentPrice, Links, Package, PriceBook, Service, Tier};

#[derive(Serialize)]
struct BookRow<'a> {
    version: &'a str,
    currency: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    services: Vec<ServiceRow<'a>>,
}

#[derive(Serialize)]
struct ServiceRow<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    packages: Vec<PackageRow>,
    package_validity_months: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_days: Option<u32>,
    tiers: Vec<TierRow>,
    tier_basis: &'static str,
    concurrent: Option<ConcurrentRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<LinksRow<'a>>,
}

#[derive(Serialize)]
struct PackageRow {
    calls: u64,
    price: String,
}

#[derive(Serialize)]
struct TierRow {
    from: u64,
    unit_price: String,
}

#[derive(Serialize)]
struct ConcurrentRow {
    price_per_slot_month: String,
    max_slots: u64,
}

#[derive(Serialize)]
struct LinksRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    buy: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a str>,
}

impl Serialize for PriceBook {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { version, currency, source, services, .. } = self;
        BookRow { version, currency, source: source.as_deref(), services: services.iter().map(service_row).collect() }.serialize(serializer)
    }
}

fn service_row(service: &Service) -> ServiceRow<'_> {
    let Links { buy, contact } = &service.links;
    let package = |&Package { calls, price }: &Package| PackageRow { calls, price: price.to_string() };
    let tier = |&Tier { from, unit_price }: &Tier| TierRow { from, unit_price: unit_price.to_string() };
    let concurrent = |ConcurrentPrice { price_per_slot_month, max_slots }| ConcurrentRow {
        price_per_slot_month: price_per_slot_month.to_string(),
        max_slots,
    };
    ServiceRow {
        id: &service.id,
        name: &service.name,
        group: service.group.as_deref(),
        packages: service.packages.iter().map(package).collect(),
        package_validity_months: service.package_validity_months,
        refund_days: service.refund_days,
        tiers: service.tiers.iter().map(tier).collect(),
        tier_basis: service.tier_basis.code(),
        concurrent: service.concurrent.map(concurrent),
        links: (buy.is_some() || contact.is_some()).then_some(LinksRow { buy: buy.as_deref(), contact: contact.as_deref() }),
    }
}
