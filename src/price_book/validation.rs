//! Validation of a price book.
//!
//! Reads a price book from JSON and records every error. Only this module builds a [`PriceBook`], so a book that
//! exists is valid. The rules are those of the contract's price book and the limits of the pricing rules.

use super::hash::hash;
use super::package_costs::MAX_PERIOD;
use super::{
    ConcurrentPrice, Links, MAX_CALLS, MAX_PACKAGES, MAX_TIERS, MIN_VALIDITY_MONTHS, Package, Prepared, PriceBook, Service, Tier, TierBasis,
};
use crate::json::{JsonField, Object, ValidationErrors};
use crate::order;
use crate::problem::{ErrorKind, WholeRange};

/// A validity in months, and a refund period in days.
const TERM: WholeRange = WholeRange::new(0, u32::MAX as u64);
/// The calls of a package, and the slots that are sold.
const SIZE: WholeRange = WholeRange::new(1, MAX_CALLS);
const TIER_START: WholeRange = WholeRange::new(0, MAX_CALLS);

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
    const KNOWN: &[&str] =
        &["id", "name", "group", "packages", "package_validity_months", "refund_days", "tiers", "tier_basis", "concurrent", "links"];
    let object = field.object(KNOWN, errors)?;
    let id = object.require("id", errors).and_then(|field| {
        let id = field.filled_text(errors)?;
        if ids.contains(&id) {
            field.refuse(ErrorKind::Duplicate, errors);
        }
        ids.push(id);
        Some(id)
    });
    let name = object.require("name", errors).and_then(|field| field.text(errors));
    let group = object.get("group").and_then(|field| field.text(errors));
    let packages = object.require("packages", errors).and_then(|field| packages(&field, errors));
    let validity = object.require("package_validity_months", errors).and_then(|field| validity(&field, errors));
    let refund_days = object.get("refund_days").and_then(|field| field.whole_number(TERM, errors));
    let tiers = object.require("tiers", errors).and_then(|field| tiers(&field, errors));
    let tier_basis = object.get("tier_basis").and_then(|field| tier_basis(&field, errors));
    let concurrent = object.require("concurrent", errors).map(|field| concurrent(&field, errors));
    let links = object.get("links").and_then(|field| links(&field, errors)).unwrap_or_default();
    let (packages, tiers, concurrent) = (packages?, tiers?, concurrent?);
    if packages.is_empty() && tiers.is_empty() && concurrent.is_none() {
        field.refuse(ErrorKind::NothingOffered, errors);
    }
    let rates = Prepared::new(&packages, &tiers, concurrent);
    if rates.is_none() {
        object.get("packages")?.refuse(ErrorKind::UnsupportedSizes { most: MAX_PERIOD }, errors);
    }
    Some(Service {
        id: id?.into(),
        name: name?.into(),
        group: group.map(Into::into),
        packages,
        package_validity_months: validity?,
        refund_days: refund_days.and_then(|days| u32::try_from(days).ok()),
        tiers,
        tier_basis: tier_basis.unwrap_or_default(),
        concurrent,
        links,
        rates: rates?,
    })
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

fn tiers(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Vec<Tier>> {
    let entries = entries(field, MAX_TIERS, errors)?;
    let mut starts: Vec<u64> = Vec::new();
    let read = entries.iter().map(|entry| {
        let object = entry.object(&["from", "unit_price"], errors)?;
        let from = object.require("from", errors).and_then(|field| {
            let from = field.whole_number(TIER_START, errors)?;
            if starts.contains(&from) {
                field.refuse(ErrorKind::Duplicate, errors);
            } else if starts.last().is_some_and(|&before| from < before) {
                field.refuse(ErrorKind::Unsorted, errors);
            }
            starts.push(from);
            Some(from)
        });
        let unit_price = object.require("unit_price", errors).and_then(|field| field.decimal(errors));
        Some(Tier { from: from?, unit_price: unit_price? })
    });
    let read: Vec<Option<Tier>> = read.collect();
    if starts.len() == entries.len() && !starts.is_empty() && !starts.contains(&0) {
        field.refuse(ErrorKind::NoTierFromZero, errors);
    }
    read.into_iter().collect()
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

fn concurrent(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<ConcurrentPrice> {
    if field.is_null() {
        return None;
    }
    let object = field.object(&["price_per_slot_month", "max_slots"], errors)?;
    let price = object.require("price_per_slot_month", errors).and_then(|field| field.decimal(errors));
    let max_slots = object.require("max_slots", errors).and_then(|field| field.whole_number(SIZE, errors));
    Some(ConcurrentPrice { price_per_slot_month: price?, max_slots: max_slots? })
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
