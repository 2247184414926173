//! Differences between the prices of two price books.
//!
//! Compares everything that decides a charge, service by service. Differences in names, sources and links do not
//! count. The result is facts; [`wording`](crate::wording) makes the sentences.

use super::{Package, PriceBook, Service, Tier, TierBasis};
use crate::money::Decimal;
use crate::order;

/// One price or rule of a service that differs between two books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The service's name for people, taken from the later book where both have the service.
    pub service: String,
    /// The service's identifier.
    pub service_id: String,
    /// The price or rule that changed.
    pub item: PriceItem,
    /// The earlier value; `None` where the item is new.
    pub before: Option<ChangedValue>,
    /// The later value; `None` where the item was removed.
    pub after: Option<ChangedValue>,
}

/// A price or rule of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceItem {
    /// The currency of all prices. Added or removed with the whole service.
    Currency,
    /// The price of a package.
    Package {
        /// Calls in one package.
        calls: u64,
    },
    /// The validity of packages, in months.
    Validity,
    /// The unit price of a tier.
    Tier {
        /// The start of the tier, inclusive.
        from: u64,
    },
    /// The calls that count towards a tier.
    TierBasis,
    /// The price per slot and month.
    Slot,
    /// The maximum number of slots that can be bought.
    MaxSlots,
}

/// The value of a price or rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedValue {
    /// A price, in the book's currency.
    Price(Decimal),
    /// A number of months or slots.
    Count(u64),
    /// The calls that count towards a tier.
    Basis(TierBasis),
    /// The name of a currency.
    Currency(String),
}

/// All changes from `before` to `after`: first those of `after`'s services, in its order, then removed services.
pub fn changes(before: &PriceBook, after: &PriceBook) -> Vec<Change> {
    let ids = |book: &PriceBook| book.services.iter().map(|service| service.id.clone()).collect::<Vec<_>>();
    let mut all = ids(after);
    all.extend(ids(before).into_iter().filter(|id| after.service(Some(id)).is_none()));
    all.iter().flat_map(|id| changes_of(id, before, after)).collect()
}

/// The changes of the service with identifier `id`. Empty where neither book has it.
pub fn changes_of(id: &str, before: &PriceBook, after: &PriceBook) -> Vec<Change> {
    let (old, new) = (before.service(Some(id)), after.service(Some(id)));
    let Some(either) = new.or(old) else { return Vec::new() };
    let mut found = Vec::new();
    let mut compare = |item: PriceItem, before: Option<ChangedValue>, after: Option<ChangedValue>| {
        if before != after {
            found.push(Change { service: either.name.clone(), service_id: id.into(), item, before, after });
        }
    };
    let currency = |service: Option<&Service>, book: &PriceBook| service.map(|_| ChangedValue::Currency(book.currency.clone()));
    compare(PriceItem::Currency, currency(old, before), currency(new, after));
    if old.is_some() == new.is_some() {
        let sizes = distinct([old, new].iter().flatten().flat_map(|service| &service.packages).map(|package| package.calls).collect());
        for calls in sizes {
            let price = |service: Option<&Service>| service.and_then(|service| package_price(service, calls));
            compare(PriceItem::Package { calls }, price(old), price(new));
        }
        let validity = |service: Option<&Service>| service.map(|service| ChangedValue::Count(u64::from(service.package_validity_months)));
        compare(PriceItem::Validity, validity(old), validity(new));
        let starts = distinct([old, new].iter().flatten().flat_map(|service| &service.tiers).map(|tier| tier.from).collect());
        for from in starts {
            let price = |service: Option<&Service>| service.and_then(|service| unit_price(service, from));
            compare(PriceItem::Tier { from }, price(old), price(new));
        }
        let basis = |service: Option<&Service>| service.map(|service| ChangedValue::Basis(service.tier_basis));
        compare(PriceItem::TierBasis, basis(old), basis(new));
        let slots = |service: Option<&Service>| service.and_then(|service| service.concurrent);
        let price = |service| slots(service).map(|slots| ChangedValue::Price(slots.price_per_slot_month));
        compare(PriceItem::Slot, price(old), price(new));
        let most = |service| slots(service).map(|slots| ChangedValue::Count(slots.max_slots));
        compare(PriceItem::MaxSlots, most(old), most(new));
    }
    found
}

fn package_price(service: &Service, calls: u64) -> Option<ChangedValue> {
    let package = service.packages.iter().find(|package| package.calls == calls);
    package.map(|&Package { price, .. }| ChangedValue::Price(price))
}

fn unit_price(service: &Service, from: u64) -> Option<ChangedValue> {
    let tier = service.tiers.iter().find(|tier| tier.from == from);
    tier.map(|&Tier { unit_price, .. }| ChangedValue::Price(unit_price))
}

/// The numbers in rising order, without duplicates.
fn distinct(mut numbers: Vec<u64>) -> Vec<u64> {
    order::by_key(&mut numbers, |&number| number.into());
    numbers.dedup();
    numbers
}
