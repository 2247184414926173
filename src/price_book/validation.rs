//! Validation of a price book.
//!
//! Reads a price book from JSON and records every error. Only this module builds a [`PriceBook`], so a book that
//! exists is valid. The rules are those of the contract's price book and the limits of the pricing rules.

use super::hash::hash;
use super::package_costs::MAX_PERIOD;
use super::rates::Unplannable;
use super::{
    Api, Links, MAX_APIS, MAX_CALLS, MAX_PACKAGES, MAX_TIERS, MAX_UNITS_PER_CALL, MIN_VALIDITY_MONTHS, Package, Prepared, PriceBook,
    Service, ServicePrices, SlotPrices, SlotTier, Tier, TierBasis, TierMode, Unit,
};
use crate::json::{JsonField, Object, ValidationErrors};
use crate::money::Decimal;
use crate::order;
use crate::problem::{ErrorKind, WholeRange};

/// A validity in months, and a refund period in days.
const TERM: WholeRange = WholeRange::new(0, u32::MAX as u64);
/// The calls of a package, and the slots that are sold.
const SIZE: WholeRange = WholeRange::new(1, MAX_CALLS);
const TIER_START: WholeRange = WholeRange::new(0, MAX_CALLS);
/// The free calls of a month, and the slots that per-call billing includes.
const INCLUDED: WholeRange = WholeRange::new(0, MAX_CALLS);
const UNITS_PER_CALL: WholeRange = WholeRange::new(1, MAX_UNITS_PER_CALL);
/// How many calls a unit price may be for.
const PRICE_PER: WholeRange = WholeRange::new(1, 1_000_000);

/// The fields of a service.
const SERVICE_FIELDS: &[&str] = &[
    "id",
    "name",
    "group",
    "unit",
    "apis",
    "packages",
    "package_validity_months",
    "refund_days",
    "tiers",
    "price_per",
    "tier_mode",
    "tier_basis",
    "free_calls_per_month",
    "concurrent",
    "included_slots",
    "add_on_slots",
    "links",
];

/// Reads a price book. Records all its errors, and returns `None` only where it recorded one.
pub(super) fn price_book(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<PriceBook> {
    let object = field.object(&["version", "currency", "source", "services"], errors)?;
    let version = object.require("version", errors).and_then(|field| field.filled_text(errors));
    let currency = object.require("currency", errors).and_then(|field| field.filled_text(errors));
    let source = object.get("source").and_then(|field| field.text(errors));
    let services = object.require("services", errors).and_then(|field| services(&field, errors));
    let (version, currency, services) = (version?, currency?, services?);
    let hash = hash(currency, &services);
    Some(PriceBook { version: version.into(), currency: currency.into(), source: source.map(Into::into), services, hash })
}

fn services(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Vec<Service>> {
    let entries = field.list(errors)?;
    if entries.is_empty() {
        field.refuse(ErrorKind::Empty, errors);
        return None;
    }
    let mut ids = Vec::new();
    let services: Vec<Option<Service>> = entries.iter().map(|entry| service(entry, &mut ids, errors)).collect();
    services.into_iter().collect()
}

fn service<'a>(field: &JsonField<'a>, ids: &mut Vec<&'a str>, errors: &mut ValidationErrors) -> Option<Service> {
    let object = field.object(SERVICE_FIELDS, errors)?;
    let id = object.require("id", errors).and_then(|field| unique(&field, ids, errors));
    let name = object.require("name", errors).and_then(|field| field.text(errors));
    let group = object.get("group").and_then(|field| field.text(errors));
    let unit = object.get("unit").and_then(|field| unit(&field, errors));
    let apis = object.get("apis").and_then(|field| apis(&field, errors));
    let packages = object.require("packages", errors).and_then(|field| packages(&field, errors));
    let validity = object.require("package_validity_months", errors).and_then(|field| validity(&field, errors));
    let refund_days = object.get("refund_days").and_then(|field| field.whole_number(TERM, errors));
    let price_per = object.get("price_per").and_then(|field| price_per(&field, errors)).unwrap_or(1);
    let tiers = object.require("tiers", errors).and_then(|field| tiers(&field, price_per, errors));
    let tier_mode = object.get("tier_mode").and_then(|field| tier_mode(&field, errors)).unwrap_or_default();
    let tier_basis = object.get("tier_basis").and_then(|field| tier_basis(&field, errors));
    let free_calls_per_month = object.get("free_calls_per_month").and_then(|field| field.whole_number(INCLUDED, errors));
    let concurrent =
        object.require("concurrent", errors).and_then(|field| if field.is_null() { Some(None) } else { slots(&field, errors).map(Some) });
    let included_slots = object.get("included_slots").and_then(|field| field.whole_number(INCLUDED, errors));
    let add_on_slots = object.get("add_on_slots").and_then(|field| slots(&field, errors));
    if object.get("add_on_slots").is_some() {
        object.require("included_slots", errors);
    }
    let links = object.get("links").and_then(|field| links(&field, errors)).unwrap_or_default();
    let prices = ServicePrices { packages: packages?, tiers: tiers?, tier_mode, concurrent: concurrent?, add_on_slots };
    if prices.packages.is_empty() && prices.tiers.is_empty() && prices.concurrent.is_none() {
        field.refuse(ErrorKind::NothingOffered, errors);
    }
    let rates = Prepared::new(&prices).map_err(|reason| match reason {
        Unplannable::Sizes => object.get("packages").map(|field| field.refuse(ErrorKind::UnsupportedSizes { most: MAX_PERIOD }, errors)),
        Unplannable::Digits => object.get("tiers").map(|field| field.refuse(ErrorKind::TooManyDigits, errors)),
    });
    Some(Service {
        id: id?.into(),
        name: name?.into(),
        group: group.map(Into::into),
        unit: unit.unwrap_or_default(),
        apis: apis.unwrap_or_default(),
        prices,
        price_per,
        package_validity_months: validity?,
        refund_days: refund_days.and_then(|days| u32::try_from(days).ok()),
        tier_basis: tier_basis.unwrap_or_default(),
        free_calls_per_month: free_calls_per_month.unwrap_or(0),
        included_slots,
        links,
        rates: rates.ok()?,
    })
}

fn unit(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Unit> {
    let object = field.object(&["one", "many"], errors)?;
    let one = object.require("one", errors).and_then(|field| field.filled_text(errors));
    let many = object.require("many", errors).and_then(|field| field.filled_text(errors));
    Some(Unit { one: one?.into(), many: many?.into() })
}

fn apis(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Vec<Api>> {
    let mut ids = Vec::new();
    let read = entries(field, MAX_APIS, errors)?.into_iter().map(|entry| {
        let object = entry.object(&["id", "name", "units_per_call"], errors)?;
        let id = object.require("id", errors).and_then(|field| unique(&field, &mut ids, errors));
        let name = object.require("name", errors).and_then(|field| field.text(errors));
        let units_per_call = object.require("units_per_call", errors).and_then(|field| field.whole_number(UNITS_PER_CALL, errors));
        Some(Api { id: id?.into(), name: name?.into(), units_per_call: units_per_call? })
    });
    let read: Vec<Option<Api>> = read.collect();
    read.into_iter().collect()
}

/// Text that is not empty and differs from all in `known`, to which it is added.
fn unique<'a>(field: &JsonField<'a>, known: &mut Vec<&'a str>, errors: &mut ValidationErrors) -> Option<&'a str> {
    let text = field.filled_text(errors)?;
    if known.contains(&text) {
        field.refuse(ErrorKind::Duplicate, errors);
    }
    known.push(text);
    Some(text)
}

fn price_per(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<u64> {
    let count = field.whole_number(PRICE_PER, errors)?;
    if Decimal::from(1).each_of(count).is_none() {
        field.refuse(ErrorKind::NotAPowerOfTen { most: PRICE_PER.most }, errors);
        return None;
    }
    Some(count)
}

fn tier_mode(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<TierMode> {
    let mode = TierMode::parse(field.text(errors)?);
    if mode.is_none() {
        field.refuse(ErrorKind::UnknownValue { known: &["volume", "graduated"] }, errors);
    }
    mode
}

fn packages(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Vec<Package>> {
    let entries = entries(field, MAX_PACKAGES, errors)?;
    let mut sizes = Vec::new();
    let read = entries.iter().map(|entry| {
        let object = entry.object(&["calls", "price"], errors)?;
        let calls = object.require("calls", errors).and_then(|field| {
            let calls = field.whole_number(SIZE, errors)?;
            if sizes.contains(&calls) {
                field.refuse(ErrorKind::Duplicate, errors);
                return None;
            }
            sizes.push(calls);
            Some(calls)
        });
        let price = object.require("price", errors).and_then(|field| field.decimal(errors));
        Some(Package { calls: calls?, price: price? })
    });
    // Reads every entry before the first invalid one discards the list, so that the errors of all entries are recorded.
    let read: Vec<Option<Package>> = read.collect();
    let mut packages: Vec<Package> = read.into_iter().collect::<Option<_>>()?;
    order::by_key(&mut packages, |package| package.calls.into());
    Some(packages)
}

fn tiers(field: &JsonField<'_>, price_per: u64, errors: &mut ValidationErrors) -> Option<Vec<Tier>> {
    let read = steps(field, TIER_START, "unit_price", &["from", "unit_price"], errors)?;
    if read.starts.iter().all(|&start| start > 0) && read.is_complete() {
        field.refuse(ErrorKind::NoTierFrom { start: 0 }, errors);
    }
    let tier = |(from, price): (u64, Decimal)| Some(Tier { from, unit_price: price.each_of(price_per)? });
    read.steps.into_iter().map(|step| step.and_then(tier)).collect()
}

/// The prices of slots: one for all, or tiers.
fn slots(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<SlotPrices> {
    let object = field.object(&["price_per_slot_month", "tiers", "tier_mode", "max_slots"], errors)?;
    let tiers = match object.one_of(&["price_per_slot_month", "tiers"], "price_per_slot_month or tiers", errors) {
        Some(("tiers", field)) => slot_tiers(&field, errors),
        Some((_, field)) => field.decimal(errors).map(|price_per_slot_month| vec![SlotTier { from: 1, price_per_slot_month }]),
        None => None,
    };
    let tier_mode = object.get("tier_mode").and_then(|field| tier_mode(&field, errors)).unwrap_or_default();
    let max_slots = object.require("max_slots", errors).and_then(|field| field.whole_number(SIZE, errors));
    let tiers = tiers?;
    // With one tier both modes are the same, and equal prices are equal.
    let tier_mode = if tiers.len() > 1 { tier_mode } else { TierMode::Volume };
    Some(SlotPrices { tiers, tier_mode, max_slots: max_slots? })
}

fn slot_tiers(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Vec<SlotTier>> {
    let read = steps(field, SIZE, "price_per_slot_month", &["from", "price_per_slot_month"], errors)?;
    match read.starts.first() {
        None if read.steps.is_empty() => {
            field.refuse(ErrorKind::Empty, errors);
            return None;
        }
        Some(&first) if first > 1 && read.is_complete() => field.refuse(ErrorKind::NoTierFrom { start: 1 }, errors),
        _ => {}
    }
    let tier = |(from, price_per_slot_month)| SlotTier { from, price_per_slot_month };
    read.steps.into_iter().map(|step| step.map(tier)).collect()
}

/// The tiers of a list, with the starts that could be read.
struct Steps {
    steps: Vec<Option<(u64, Decimal)>>,
    starts: Vec<u64>,
}

impl Steps {
    /// Whether every tier of at least one has a start that could be read.
    fn is_complete(&self) -> bool {
        !self.starts.is_empty() && self.starts.len() == self.steps.len()
    }
}

/// A list of starts and prices. Starts must rise.
fn steps(
    field: &JsonField<'_>,
    range: WholeRange,
    price: &'static str,
    known: &'static [&'static str],
    errors: &mut ValidationErrors,
) -> Option<Steps> {
    let mut starts: Vec<u64> = Vec::new();
    let read = entries(field, MAX_TIERS, errors)?.into_iter().map(|entry| {
        let object = entry.object(known, errors)?;
        let from = object.require("from", errors).and_then(|field| {
            let from = field.whole_number(range, errors)?;
            if starts.contains(&from) {
                field.refuse(ErrorKind::Duplicate, errors);
            } else if starts.last().is_some_and(|&before| from < before) {
                field.refuse(ErrorKind::Unsorted, errors);
            }
            starts.push(from);
            Some(from)
        });
        let price = object.require(price, errors).and_then(|field| field.decimal(errors));
        Some((from?, price?))
    });
    let steps = read.collect();
    Some(Steps { steps, starts })
}

fn entries<'a>(field: &JsonField<'a>, most: u64, errors: &mut ValidationErrors) -> Option<Vec<JsonField<'a>>> {
    let entries = field.list(errors)?;
    if entries.len() as u64 > most {
        field.refuse(ErrorKind::TooManyEntries { most }, errors);
        return None;
    }
    Some(entries)
}

fn validity(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<u32> {
    let months = field.whole_number(TERM, errors)?;
    if months < MIN_VALIDITY_MONTHS {
        field.refuse(ErrorKind::UnsupportedValidity { least_months: MIN_VALIDITY_MONTHS }, errors);
    }
    u32::try_from(months).ok()
}

/// Reads a tier basis, `billed` or `all`, of a service or a scenario.
pub(crate) fn tier_basis(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<TierBasis> {
    let basis = TierBasis::parse(field.text(errors)?);
    if basis.is_none() {
        field.refuse(TierBasis::UNKNOWN, errors);
    }
    basis
}

fn links(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Links> {
    let object = field.object(&["buy", "contact"], errors)?;
    Some(Links { buy: link(&object, "buy", errors), contact: link(&object, "contact", errors) })
}

fn link(object: &Object<'_>, name: &str, errors: &mut ValidationErrors) -> Option<String> {
    let field = object.get(name)?;
    let address = field.text(errors)?;
    let host = address.strip_prefix("https://").unwrap_or("");
    if host.is_empty() || address.contains(|c: char| c.is_whitespace() || c.is_control()) {
        field.refuse(ErrorKind::NotHttps, errors);
    }
    Some(address.into())
}
