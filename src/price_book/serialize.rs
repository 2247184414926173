//! JSON of a price book, in the contract's format.
//!
//! The inverse of validation: reading the output gives an equal book. ServicePrices have at least two decimals. Optional
//! fields without a value are left out.

use serde::{Serialize, Serializer};

use super::{Api, Links, Package, PriceBook, Service, SlotPrices, SlotTier, Tier, TierMode, Unit};

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
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    apis: Vec<ApiRow<'a>>,
    packages: Vec<PackageRow>,
    package_validity_months: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_days: Option<u32>,
    tiers: Vec<TierRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_per: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier_mode: Option<&'static str>,
    tier_basis: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    free_calls_per_month: Option<u64>,
    concurrent: Option<SlotsRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    included_slots: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    add_on_slots: Option<SlotsRow>,
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
struct UnitRow<'a> {
    one: &'a str,
    many: &'a str,
}

#[derive(Serialize)]
struct ApiRow<'a> {
    id: &'a str,
    name: &'a str,
    units_per_call: u64,
}

#[derive(Serialize)]
struct SlotsRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    price_per_slot_month: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tiers: Vec<SlotTierRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier_mode: Option<&'static str>,
    max_slots: u64,
}

#[derive(Serialize)]
struct SlotTierRow {
    from: u64,
    price_per_slot_month: String,
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
    // Unit prices are kept for one call, which is exact.
    let published = |tier: &Tier| tier.unit_price.for_all_of(service.price_per).unwrap_or(tier.unit_price);
    let tier = |tier: &Tier| TierRow { from: tier.from, unit_price: published(tier).to_string() };
    let Unit { one, many } = &service.unit;
    ServiceRow {
        id: &service.id,
        name: &service.name,
        group: service.group.as_deref(),
        unit: (service.unit != Unit::default()).then_some(UnitRow { one, many }),
        apis: service.apis.iter().map(|Api { id, name, units_per_call }| ApiRow { id, name, units_per_call: *units_per_call }).collect(),
        packages: service.packages().iter().map(package).collect(),
        package_validity_months: service.package_validity_months,
        refund_days: service.refund_days,
        tiers: service.tiers().iter().map(tier).collect(),
        price_per: Some(service.price_per).filter(|&count| count > 1),
        tier_mode: mode(service.tier_mode()),
        tier_basis: service.tier_basis.code(),
        free_calls_per_month: Some(service.free_calls_per_month).filter(|&calls| calls > 0),
        concurrent: service.concurrent().map(slots),
        included_slots: service.included_slots,
        add_on_slots: service.add_on_slots().map(slots),
        links: (buy.is_some() || contact.is_some()).then_some(LinksRow { buy: buy.as_deref(), contact: contact.as_deref() }),
    }
}

fn mode(mode: TierMode) -> Option<&'static str> {
    (mode == TierMode::Graduated).then_some(mode.code())
}

/// With one price, its tier is not written.
fn slots(prices: &SlotPrices) -> SlotsRow {
    let max_slots = prices.max_slots;
    match prices.tiers[..] {
        [SlotTier { price_per_slot_month, .. }] => {
            SlotsRow { price_per_slot_month: Some(price_per_slot_month.to_string()), tiers: Vec::new(), tier_mode: None, max_slots }
        }
        _ => {
            let row = |tier: &SlotTier| SlotTierRow { from: tier.from, price_per_slot_month: tier.price_per_slot_month.to_string() };
            let tiers = prices.tiers.iter().map(row).collect();
            SlotsRow { price_per_slot_month: None, tiers, tier_mode: mode(prices.tier_mode), max_slots }
        }
    }
}
