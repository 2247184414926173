//! Differences between the prices of two price books.
//!
//! Compares everything that decides a charge, service by service. Differences in names, sources and links do not
//! count. The result is facts; [`wording`](crate::wording) makes the sentences.

use super::{Package, PriceBook, Service, SlotPrices, SlotTier, Tier, TierBasis, TierMode};
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

/// The slots that a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// Slots of concurrent billing.
    Concurrent,
    /// Slots beyond those that per-call billing includes.
    AddOn,
}

/// A price or rule of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The postpaid calls that have the price of a tier.
    TierMode,
    /// The calls that count towards a tier.
    TierBasis,
    /// The free calls of each month.
    FreeCallsPerMonth,
    /// The price per slot and month.
    Slot {
        /// Which slots.
        kind: SlotKind,
        /// The start of the tier, inclusive.
        from: u64,
    },
    /// The slots that have the price of a tier.
    SlotMode(SlotKind),
    /// The maximum number of slots that can be bought.
    MaxSlots(SlotKind),
    /// How many calls at once per-call billing includes.
    IncludedSlots,
    /// The units that a call of an API uses.
    UnitsPerCall {
        /// The API's identifier.
        api: String,
    },
}

/// The value of a price or rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedValue {
    /// A price, in the book's currency.
    Price(Decimal),
    /// A number of months, slots, calls or units.
    Count(u64),
    /// The items that have the price of a tier.
    Mode(TierMode),
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
    if old.is_none() || new.is_none() {
        return found;
    }
    let of = |value: fn(&Service) -> Option<ChangedValue>| (old.and_then(value), new.and_then(value));
    let by = |value: &dyn Fn(&Service) -> Option<ChangedValue>| (old.and_then(value), new.and_then(value));
    let numbers = |each: fn(&Service) -> Vec<u64>| distinct([old, new].into_iter().flatten().flat_map(each).collect());
    let mut compare = |item, (before, after)| compare(item, before, after);
    for calls in numbers(|service| service.packages().iter().map(|package| package.calls).collect()) {
        compare(PriceItem::Package { calls }, by(&|service| package_price(service, calls)));
    }
    compare(PriceItem::Validity, of(|service| Some(ChangedValue::Count(service.package_validity_months.into()))));
    for from in numbers(|service| service.tiers().iter().map(|tier| tier.from).collect()) {
        compare(PriceItem::Tier { from }, by(&|service| unit_price(service, from)));
    }
    compare(PriceItem::TierMode, of(|service| Some(ChangedValue::Mode(service.tier_mode()))));
    compare(PriceItem::TierBasis, of(|service| Some(ChangedValue::Basis(service.tier_basis))));
    compare(PriceItem::FreeCallsPerMonth, of(|service| count(service.free_calls_per_month)));
    compare_slots(SlotKind::Concurrent, [old, new].map(|service| service.and_then(Service::concurrent)), &mut compare);
    compare(PriceItem::IncludedSlots, of(|service| service.included_slots.map(ChangedValue::Count)));
    compare_slots(SlotKind::AddOn, [old, new].map(|service| service.and_then(Service::add_on_slots)), &mut compare);
    let mut apis: Vec<&str> = Vec::new();
    for api in [old, new].into_iter().flatten().flat_map(|service| &service.apis) {
        if !apis.contains(&api.id.as_str()) {
            apis.push(&api.id);
        }
    }
    for id in apis {
        let units = |service: &Service| service.apis.iter().find(|api| api.id == id).map(|api| ChangedValue::Count(api.units_per_call));
        compare(PriceItem::UnitsPerCall { api: id.into() }, by(&units));
    }
    found
}

/// A number that is not 0.
fn count(number: u64) -> Option<ChangedValue> {
    (number > 0).then_some(ChangedValue::Count(number))
}

type Pair = (Option<ChangedValue>, Option<ChangedValue>);

fn compare_slots(kind: SlotKind, [old, new]: [Option<&SlotPrices>; 2], compare: &mut impl FnMut(PriceItem, Pair)) {
    let starts = [old, new].into_iter().flatten().flat_map(|prices| &prices.tiers).map(|tier| tier.from);
    for from in distinct(starts.collect()) {
        let price = |prices: &SlotPrices| {
            let tier = prices.tiers.iter().find(|tier| tier.from == from);
            tier.map(|&SlotTier { price_per_slot_month, .. }| ChangedValue::Price(price_per_slot_month))
        };
        compare(PriceItem::Slot { kind, from }, (old.and_then(price), new.and_then(price)));
    }
    if let (Some(old), Some(new)) = (old, new) {
        compare(PriceItem::SlotMode(kind), (Some(ChangedValue::Mode(old.tier_mode)), Some(ChangedValue::Mode(new.tier_mode))));
    }
    let most = |prices: Option<&SlotPrices>| prices.map(|prices| ChangedValue::Count(prices.max_slots));
    compare(PriceItem::MaxSlots(kind), (most(old), most(new)));
}

fn package_price(service: &Service, calls: u64) -> Option<ChangedValue> {
    let package = service.packages().iter().find(|package| package.calls == calls);
    package.map(|&Package { price, .. }| ChangedValue::Price(price))
}

fn unit_price(service: &Service, from: u64) -> Option<ChangedValue> {
    let tier = service.tiers().iter().find(|tier| tier.from == from);
    tier.map(|&Tier { unit_price, .. }| ChangedValue::Price(unit_price))
}

/// The numbers in rising order, without duplicates.
fn distinct(mut numbers: Vec<u64>) -> Vec<u64> {
    order::by_key(&mut numbers, |&number| number.into());
    numbers.dedup();
    numbers
}
