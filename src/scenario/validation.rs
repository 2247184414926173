//! The rules of a scenario.
//!
//! Reads the fields of a scenario from a tree and checks each of them, alone and against the usage and the service.
//! Every error is recorded with its place before the result is given up, so that one pass reports all of them.

use super::{CalendarMonth, Scenario};
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::json::{Field, Object, ValidationErrors};
use crate::money::{Decimal, Percentage};
use crate::planner::OwnedPackage;
use crate::price_book::{Discount, MAX_CALLS, PriceBook, Service, tier_basis};
use crate::problem::{Allowed, ErrorKind, Kind, shortened};
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Profile, Usage};

/// Hours in a month of 31 days.
const HOURS_PER_LONGEST_MONTH: u64 = 744;

/// The most ids of services that an error lists.
const MOST_SERVICES: usize = 20;

/// The fields of a scenario.
pub(super) const FIELDS: &[&str] = &[
    "usage",
    "start",
    "free_calls",
    "owned_packages",
    "postpaid",
    "tier_basis",
    "concurrency",
    "discount",
    "price_book",
    "service",
    "insights",
];

/// A scenario with its usage and its price book.
pub(super) fn scenario(field: &Field<'_>, built_in: &PriceBook, errors: &mut ValidationErrors) -> Option<Scenario> {
    let object = field.object(FIELDS, errors)?;
    let own_book = object.get_unless_null("price_book").map(|field| PriceBook::from_field(&field, errors));
    // The fields that depend on the price book cannot be checked against an invalid one.
    let book = match &own_book {
        Some(own) => own.as_ref(),
        None => Some(built_in),
    };
    let usage = object.require("usage", errors).and_then(|field| usage(&field, errors));
    let scenario = fields(&object, usage, book, errors)?;
    Some(Scenario { price_book: own_book.flatten(), ..scenario })
}

/// Everything but the usage and the price book, either of which may be invalid. `None` without a usage.
pub(super) fn fields(
    object: &Object<'_>,
    usage: Option<Usage>,
    book: Option<&PriceBook>,
    errors: &mut ValidationErrors,
) -> Option<Scenario> {
    let id = object.get_unless_null("service").map(|field| (field.text(errors), field));
    let service = match &id {
        None => book.and_then(|book| book.service(None)),
        Some((id, field)) => book.zip(*id).and_then(|(book, id)| {
            let service = book.service(Some(id));
            if service.is_none() {
                field.refuse(unknown_service(book), errors);
            }
            service
        }),
    };
    let start = object.get_unless_null("start").and_then(|field| start(&field, errors));
    let free_calls = object.get("free_calls").and_then(|field| field.whole_number(0, MAX_CALLS, errors));
    let owned = object.get("owned_packages").and_then(|field| owned_packages(&field, service, errors));
    let postpaid = object.get("postpaid").and_then(|field| field.switch(errors));
    let tier_basis = object.get_unless_null("tier_basis").and_then(|field| tier_basis(&field, errors));
    let concurrency = object.get_unless_null("concurrency").and_then(|field| concurrency(&field, usage.as_ref(), service, errors));
    let discount = object.get_unless_null("discount").and_then(|field| discount(&field, service, errors));
    let insights = object.get("insights").and_then(|field| field.switch(errors));
    Some(Scenario {
        start,
        free_calls: free_calls.unwrap_or(0),
        owned_packages: owned.unwrap_or_default(),
        postpaid: if postpaid == Some(false) { Postpaid::Off } else { Postpaid::On },
        tier_basis,
        concurrency,
        discount: discount.unwrap_or_default(),
        service: id.and_then(|(id, _)| id).map(Into::into),
        insights: insights.unwrap_or(false),
        ..Scenario::new(usage?)
    })
}

/// The error of an id that `book` does not have.
pub(super) fn unknown_service(book: &PriceBook) -> ErrorKind {
    let known = book.services().iter().take(MOST_SERVICES).map(|service| shortened(service.id())).collect();
    ErrorKind::UnknownService { known, further: book.services().len().saturating_sub(MOST_SERVICES) }
}

fn usage(field: &Field<'_>, errors: &mut ValidationErrors) -> Option<Usage> {
    const CHOICE: &[&str] = &["yearly", "monthly"];
    let object = field.object(CHOICE, errors)?;
    let (name, field) = object.one_of(CHOICE, "yearly or monthly", errors)?;
    if name == "yearly" {
        return Usage::yearly(field.whole_number(0, MAX_CALLS, errors)?, Profile::Even);
    }
    let usage = Usage::monthly(twelve(&field, 0, errors)?);
    if usage.is_none() {
        field.refuse(ErrorKind::YearAboveLimit { most: MAX_CALLS }, errors);
    }
    usage
}

/// A list of twelve whole numbers.
fn twelve(field: &Field<'_>, least: u64, errors: &mut ValidationErrors) -> Option<[u64; MONTHS]> {
    let (entries, given) = field.list_with_length(errors)?;
    let months: Vec<Option<u64>> = entries.iter().take(MONTHS).map(|entry| entry.whole_number(least, MAX_CALLS, errors)).collect();
    if given != MONTHS {
        field.refuse(ErrorKind::NotTwelveMonths { given }, errors);
        return None;
    }
    months.into_iter().collect::<Option<Vec<u64>>>()?.try_into().ok()
}

fn start(field: &Field<'_>, errors: &mut ValidationErrors) -> Option<CalendarMonth> {
    let start = CalendarMonth::parse(field.text(errors)?);
    if start.is_none() {
        field.refuse(ErrorKind::MalformedMonth, errors);
    }
    start
}

fn owned_packages(field: &Field<'_>, service: Option<&Service>, errors: &mut ValidationErrors) -> Option<Vec<OwnedPackage>> {
    let longest = service.map_or(u64::from(u32::MAX), |service| u64::from(service.package_validity_months()));
    let entries = field.list(errors)?;
    let read = entries.iter().map(|entry| {
        let object = entry.object(&["calls", "months_left"], errors)?;
        let calls = object.require("calls", errors).and_then(|field| field.whole_number(1, MAX_CALLS, errors));
        let months_left = object.require("months_left", errors).and_then(|field| field.whole_number(1, longest, errors));
        Some(OwnedPackage { calls: calls?, months_left: u32::try_from(months_left?).ok()? })
    });
    // Collected in two steps: the first reads every entry, so that all errors are recorded.
    let read: Vec<Option<OwnedPackage>> = read.collect();
    read.into_iter().collect()
}

fn concurrency(field: &Field<'_>, usage: Option<&Usage>, service: Option<&Service>, errors: &mut ValidationErrors) -> Option<Concurrency> {
    const CHOICE: &[&str] = &["slots", "queued", "live"];
    let object = field.object(CHOICE, errors)?;
    let (name, field) = object.one_of(CHOICE, "slots, queued or live", errors)?;
    match name {
        "slots" => {
            // A service without concurrent billing ignores the slots, so it accepts 0 of them.
            let needed = service.is_some_and(|service| service.concurrent().is_some());
            slots(&field, usage.filter(|_| needed), errors).map(Concurrency::Slots)
        }
        "queued" => queued(&field, errors).map(Concurrency::Queued),
        _ => live(&field, errors).map(Concurrency::Live),
    }
}

fn slots(field: &Field<'_>, usage: Option<&Usage>, errors: &mut ValidationErrors) -> Option<[u64; MONTHS]> {
    let zero = ErrorKind::OutOfRange { least: 1, most: MAX_CALLS };
    if field.is_list() {
        let months = twelve(field, 0, errors)?;
        let calls = usage.map_or([0; MONTHS], Usage::months);
        for (entry, _) in field.list(errors)?.iter().zip(months.iter().zip(calls)).filter(|&(_, (&slots, calls))| slots == 0 && calls > 0) {
            entry.refuse(zero.clone(), errors);
        }
        return Some(months);
    }
    if !field.is_number() {
        field.refuse_type(Kind::OneOrTwelve, errors);
        return None;
    }
    let slots = field.whole_number(0, MAX_CALLS, errors)?;
    if slots == 0 && usage.is_some_and(|usage| usage.total() > 0) {
        field.refuse(zero, errors);
    }
    Some([slots; MONTHS])
}

fn queued(field: &Field<'_>, errors: &mut ValidationErrors) -> Option<QueuedWork> {
    let object = field.object(&["seconds_per_call", "busy_hours_per_month", "target_utilisation"], errors)?;
    let seconds = decimal(&object, "seconds_per_call", Allowed::Positive, errors);
    let hours = decimal(&object, "busy_hours_per_month", Allowed::HoursOfMonth, errors);
    let utilisation = decimal(&object, "target_utilisation", Allowed::Share, errors);
    Some(QueuedWork { seconds_per_call: seconds?, busy_hours_per_month: hours?, target_utilisation: utilisation? })
}

fn live(field: &Field<'_>, errors: &mut ValidationErrors) -> Option<LiveTraffic> {
    const BUSY_HOUR: &[&str] = &["busy_hour_calls", "busy_hour_share"];
    let object = field.object(&["seconds_per_call", "busy_hour_calls", "busy_hour_share", "accepted_failure"], errors)?;
    let seconds = decimal(&object, "seconds_per_call", Allowed::Positive, errors);
    let busy_hour = match object.one_of(BUSY_HOUR, "busy_hour_calls or busy_hour_share", errors) {
        Some(("busy_hour_calls", _)) => decimal(&object, "busy_hour_calls", Allowed::Positive, errors).map(BusyHour::Calls),
        Some(_) => decimal(&object, "busy_hour_share", Allowed::Share, errors).map(BusyHour::Share),
        None => None,
    };
    let accepted = decimal(&object, "accepted_failure", Allowed::ProperShare, errors);
    Some(LiveTraffic { seconds_per_call: seconds?, busy_hour: busy_hour?, accepted_failure: accepted? })
}

/// A required decimal within `allowed`.
fn decimal(object: &Object<'_>, name: &'static str, allowed: Allowed, errors: &mut ValidationErrors) -> Option<Decimal> {
    let field = object.require(name, errors)?;
    let number = field.decimal(errors)?;
    let one = Decimal::from(1);
    let fits = !number.is_zero()
        && match allowed {
            Allowed::Positive => true,
            Allowed::Share => number <= one,
            Allowed::ProperShare => number < one,
            Allowed::HoursOfMonth => number <= Decimal::from(HOURS_PER_LONGEST_MONTH),
        };
    if !fits {
        field.refuse(ErrorKind::DecimalOutOfRange { allowed }, errors);
        return None;
    }
    Some(number)
}

fn discount(field: &Field<'_>, service: Option<&Service>, errors: &mut ValidationErrors) -> Option<Discount> {
    let object = field.object(&["packages", "postpaid", "concurrent"], errors)?;
    let mut percentage = |name: &str| {
        let field = object.get(name)?;
        let text = field.decimal_text(errors)?;
        let percentage = Percentage::parse(text);
        if percentage.is_none() {
            let above = Decimal::parse(text).is_some_and(|number| number > Decimal::from(100));
            field.refuse(if above { ErrorKind::PercentageAboveHundred } else { ErrorKind::MalformedPercentage }, errors);
        }
        percentage
    };
    let discount = Discount {
        packages: percentage("packages").unwrap_or_default(),
        postpaid: percentage("postpaid").unwrap_or_default(),
        concurrent: percentage("concurrent").unwrap_or_default(),
    };
    if let Some(service) = service
        && service.discounted(discount).is_none()
    {
        object.get("packages")?.refuse(ErrorKind::UnsupportedDiscount, errors);
    }
    Some(discount)
}
