//! Is a price book that somebody wrote one that can be priced with?
//!
//! Reads the JSON of a price book and records every fault. Source of the rules: the contract's price book, and the
//! limits of the pricing rules.

use super::package_costs::MAX_PERIOD;
use super::{
    ConcurrentPrice, Links, MAX_CALLS, MAX_PACKAGES, MAX_TIERS, MIN_VALIDITY_MONTHS, Package, Prepared, PriceBook, Service, Tier,
    TierBasis, hash,
};
use crate::json::{Field, Object, Problems};
use crate::order;
use crate::problem::Fault;

/// The longest validity, in months, and term of refund, in days.
const MAX_TERM: u64 = u32::MAX as u64;
/// The values of `tier_basis`.
const TIER_BASES: &[&str] = &["billed", "all"];

pub(super) fn price_book(field: &Field<'_>, problems: &mut Problems) -> Option<PriceBook> {
    let object = field.object(&["version", "currency", "source", "services"], problems)?;
    let version = object.require("version", problems).and_then(|field| field.filled_text(problems));
    let currency = object.require("currency", problems).and_then(|field| field.filled_text(problems));
    let source = object.get("source").and_then(|field| field.text(problems));
    let services = object.require("services", problems).and_then(|field| services(&field, problems));
    let (version, currency, services) = (version?, currency?, services?);
    let hash = hash(currency, &services);
    Some(PriceBook { version: version.into(), currency: currency.into(), source: source.map(Into::into), services, hash })
}

fn services(field: &Field<'_>, problems: &mut Problems) -> Option<Vec<Service>> {
    let entries = field.list(problems)?;
    if entries.is_empty() {
        field.refuse(Fault::Empty, problems);
        return None;
    }
    let mut ids = Vec::new();
    let services: Vec<Option<Service>> = entries.iter().map(|entry| service(entry, &mut ids, problems)).collect();
    services.into_iter().collect()
}

fn service<'a>(field: &Field<'a>, ids: &mut Vec<&'a str>, problems: &mut Problems) -> Option<Service> {
    const KNOWN: &[&str] =
        &["id", "name", "group", "packages", "package_validity_months", "refund_days", "tiers", "tier_basis", "concurrent", "links"];
    let object = field.object(KNOWN, problems)?;
    let id = object.require("id", problems).and_then(|field| {
        let id = field.filled_text(problems)?;
        if ids.contains(&id) {
            field.refuse(Fault::Duplicate, problems);
        }
        ids.push(id);
        Some(id)
    });
    let name = object.require("name", problems).and_then(|field| field.text(problems));
    let group = object.get("group").and_then(|field| field.text(problems));
    let packages = object.require("packages", problems).and_then(|field| packages(&field, problems));
    let validity = object.require("package_validity_months", problems).and_then(|field| validity(&field, problems));
    let refund_days = object.get("refund_days").and_then(|field| field.whole_number(0, MAX_TERM, problems));
    let tiers = object.require("tiers", problems).and_then(|field| tiers(&field, problems));
    let tier_basis = object.get("tier_basis").and_then(|field| tier_basis(&field, problems));
    let concurrent = object.require("concurrent", problems).map(|field| concurrent(&field, problems));
    let links = object.get("links").and_then(|field| links(&field, problems)).unwrap_or_default();
    let (packages, tiers, concurrent) = (packages?, tiers?, concurrent?);
    if packages.is_empty() && tiers.is_empty() && concurrent.is_none() {
        field.refuse(Fault::NothingOffered, problems);
    }
    let rates = Prepared::of(&packages, &tiers, concurrent);
    if rates.is_none() {
        object.get("packages")?.refuse(Fault::UnsupportedSizes { most: MAX_PERIOD }, problems);
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

fn packages(field: &Field<'_>, problems: &mut Problems) -> Option<Vec<Package>> {
    let entries = entries(field, MAX_PACKAGES, problems)?;
    let mut sizes = Vec::new();
    let read = entries.iter().map(|entry| {
        let object = entry.object(&["calls", "price"], problems)?;
        let calls = object.require("calls", problems).and_then(|field| {
            let calls = field.whole_number(1, MAX_CALLS, problems)?;
            if sizes.contains(&calls) {
                field.refuse(Fault::Duplicate, problems);
                return None;
            }
            sizes.push(calls);
            Some(calls)
        });
        let price = object.require("price", problems).and_then(|field| field.decimal(problems));
        Some(Package { calls: calls?, price: price? })
    });
    // Every entry is read before the first bad one makes the list bad, so that all faults are told.
    let read: Vec<Option<Package>> = read.collect();
    let mut packages: Vec<Package> = read.into_iter().collect::<Option<_>>()?;
    order::by_key(&mut packages, |package| package.calls.into());
    Some(packages)
}

fn tiers(field: &Field<'_>, problems: &mut Problems) -> Option<Vec<Tier>> {
    let entries = entries(field, MAX_TIERS, problems)?;
    let mut starts: Vec<u64> = Vec::new();
    let read = entries.iter().map(|entry| {
        let object = entry.object(&["from", "unit_price"], problems)?;
        let from = object.require("from", problems).and_then(|field| {
            let from = field.whole_number(0, MAX_CALLS, problems)?;
            if starts.contains(&from) {
                field.refuse(Fault::Duplicate, problems);
            } else if starts.last().is_some_and(|&before| from < before) {
                field.refuse(Fault::Unsorted, problems);
            }
            starts.push(from);
            Some(from)
        });
        let unit_price = object.require("unit_price", problems).and_then(|field| field.decimal(problems));
        Some(Tier { from: from?, unit_price: unit_price? })
    });
    let read: Vec<Option<Tier>> = read.collect();
    if starts.len() == entries.len() && !starts.is_empty() && !starts.contains(&0) {
        field.refuse(Fault::NoTierFromZero, problems);
    }
    read.into_iter().collect()
}

fn entries<'a>(field: &Field<'a>, most: u64, problems: &mut Problems) -> Option<Vec<Field<'a>>> {
    let entries = field.list(problems)?;
    if entries.len() as u64 > most {
        field.refuse(Fault::TooManyEntries { most }, problems);
        return None;
    }
    Some(entries)
}

fn validity(field: &Field<'_>, problems: &mut Problems) -> Option<u32> {
    let months = field.whole_number(0, MAX_TERM, problems)?;
    if months < MIN_VALIDITY_MONTHS {
        field.refuse(Fault::UnsupportedValidity { least_months: MIN_VALIDITY_MONTHS }, problems);
    }
    u32::try_from(months).ok()
}

/// Reads `billed` or `all`, wherever a tier basis is given.
pub(crate) fn tier_basis(field: &Field<'_>, problems: &mut Problems) -> Option<TierBasis> {
    match field.text(problems)? {
        "billed" => Some(TierBasis::Billed),
        "all" => Some(TierBasis::All),
        _ => {
            field.refuse(Fault::UnknownValue { known: TIER_BASES }, problems);
            None
        }
    }
}

fn concurrent(field: &Field<'_>, problems: &mut Problems) -> Option<ConcurrentPrice> {
    if field.is_null() {
        return None;
    }
    let object = field.object(&["price_per_slot_month", "max_slots"], problems)?;
    let price = object.require("price_per_slot_month", problems).and_then(|field| field.decimal(problems));
    let max_slots = object.require("max_slots", problems).and_then(|field| field.whole_number(1, MAX_CALLS, problems));
    Some(ConcurrentPrice { price_per_slot_month: price?, max_slots: max_slots? })
}

fn links(field: &Field<'_>, problems: &mut Problems) -> Option<Links> {
    let object = field.object(&["buy", "contact"], problems)?;
    Some(Links { buy: link(&object, "buy", problems), contact: link(&object, "contact", problems) })
}

fn link(object: &Object<'_>, name: &str, problems: &mut Problems) -> Option<String> {
    let field = object.get(name)?;
    let address = field.text(problems)?;
    let host = address.strip_prefix("https://").unwrap_or("");
    if host.is_empty() || address.contains(|c: char| c.is_whitespace() || c.is_control()) {
        field.refuse(Fault::NotHttps, problems);
    }
    Some(address.into())
}
