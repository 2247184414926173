//! Which prices changed from one book to another?
//!
//! Compares what decides a charge, service by service, and nothing else: names, sources and addresses may differ
//! freely. Facts only; the sentences are made in [`wording`](crate::wording).

use super::{Package, PriceBook, Service, Tier, TierBasis};
use crate::money::Decimal;
use crate::order;

/// One price or rule of a service that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The service's name for people, in the later book where both have it.
    pub service: String,
    /// The service's identifier.
    pub service_id: String,
    /// Which price or rule.
    pub what: PriceItem,
    /// `None` where it is new.
    pub before: Option<Value>,
    /// `None` where it is gone.
    pub after: Option<Value>,
}

/// What has a price or a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceItem {
    /// All of its prices, by their currency; new or gone with the whole service.
    Currency,
    /// A package of so many calls.
    Package {
        /// In one package.
        calls: u64,
    },
    /// How long packages are valid, in months.
    Validity,
    /// The unit price from so many calls a month on.
    Tier {
        /// Inclusive.
        from: u64,
    },
    /// Which calls reach a tier.
    TierBasis,
    /// A slot for a month.
    Slot,
    /// The most slots that can be bought.
    MaxSlots,
}

/// What it was or is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// In the book's currency.
    Price(Decimal),
    /// Months or slots.
    Count(u64),
    /// Which calls reach a tier.
    Basis(TierBasis),
    /// A currency's name.
    Currency(String),
}

/// What changed from `before` to `after`, in the order of `after`'s services; then what is gone.
pub fn changes(before: &PriceBook, after: &PriceBook) -> Vec<Change> {
    let ids = |book: &PriceBook| book.services.iter().map(|service| service.id.clone()).collect::<Vec<_>>();
    let mut all = ids(after);
    all.extend(ids(before).into_iter().filter(|id| after.service(Some(id)).is_none()));
    all.iter().flat_map(|id| changes_of(id, before, after)).collect()
}

/// What changed for the service `id`; nothing where neither book has it.
pub fn changes_of(id: &str, before: &PriceBook, after: &PriceBook) -> Vec<Change> {
    let (old, new) = (before.service(Some(id)), after.service(Some(id)));
    let Some(either) = new.or(old) else { return Vec::new() };
    let mut found = Vec::new();
    let mut compare = |what: PriceItem, before: Option<Value>, after: Option<Value>| {
        if before != after {
            found.push(Change { service: either.name.clone(), service_id: id.into(), what, before, after });
        }
    };
    let currency = |service: Option<&Service>, book: &PriceBook| service.map(|_| Value::Currency(book.currency.clone()));
    compare(PriceItem::Currency, currency(old, before), currency(new, after));
    if old.is_some() == new.is_some() {
        let sizes = each_once([old, new].iter().flatten().flat_map(|service| &service.packages).map(|package| package.calls).collect());
        for calls in sizes {
            let price = |service: Option<&Service>| service.and_then(|service| package_price(service, calls));
            compare(PriceItem::Package { calls }, price(old), price(new));
        }
        let validity = |service: Option<&Service>| service.map(|service| Value::Count(u64::from(service.package_validity_months)));
        compare(PriceItem::Validity, validity(old), validity(new));
        let starts = each_once([old, new].iter().flatten().flat_map(|service| &service.tiers).map(|tier| tier.from).collect());
        for from in starts {
            let price = |service: Option<&Service>| service.and_then(|service| unit_price(service, from));
            compare(PriceItem::Tier { from }, price(old), price(new));
        }
        let basis = |service: Option<&Service>| service.map(|service| Value::Basis(service.tier_basis));
        compare(PriceItem::TierBasis, basis(old), basis(new));
        let slots = |service: Option<&Service>| service.and_then(|service| service.concurrent);
        let price = |service| slots(service).map(|slots| Value::Price(slots.price_per_slot_month));
        compare(PriceItem::Slot, price(old), price(new));
        let most = |service| slots(service).map(|slots| Value::Count(slots.max_slots));
        compare(PriceItem::MaxSlots, most(old), most(new));
    }
    found
}

fn package_price(service: &Service, calls: u64) -> Option<Value> {
    let package = service.packages.iter().find(|package| package.calls == calls);
    package.map(|&Package { price, .. }| Value::Price(price))
}

fn unit_price(service: &Service, from: u64) -> Option<Value> {
    let tier = service.tiers.iter().find(|tier| tier.from == from);
    tier.map(|&Tier { unit_price, .. }| Value::Price(unit_price))
}
/// By rising size, without repetition.
fn each_once(mut numbers: Vec<u64>) -> Vec<u64> {
    order::by_key(&mut numbers, |&number| number.into());
    numbers.dedup();
    numbers
}
