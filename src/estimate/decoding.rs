//! The estimate in JSON.
//!
//! Each line is read as a scenario of its own, so that its fields have the same rules and messages; their paths begin with
//! `services[1]`. What lines must be for each other is left to [`checks`].

use super::checks::{self, Place};
use super::{GroupNeed, JointEstimate, MOST_LINES, ServiceLine, normal_form};
use crate::capacity::{BusyHour, PooledRule};
use crate::json::{JsonField, Object, ValidationErrors};
use crate::money::Decimal;
use crate::planner::Orders;
use crate::price_book::PriceBook;
use crate::problem::{Allowed, ErrorKind, ValidationError, shortened};
use crate::scenario::{decoding, rules};
use crate::settlement::Postpaid;

const FIELDS: &[&str] = &["services", "groups", "start", "postpaid", "orders", "price_book", "insights"];
const LINE_FIELDS: &[&str] = &[
    "service",
    "usage",
    "free_calls",
    "owned_packages",
    "tier_basis",
    "discount",
    "plan",
    "seconds_per_call",
    "busy_hour_calls",
    "busy_hour_share",
];
const BUSY_HOUR: &[&str] = &["busy_hour_calls", "busy_hour_share"];
const RULES: &[&str] = &["slots", "queued", "live"];

/// The most groups that an error lists.
const MOST_GROUPS: usize = 20;

/// The place of a line, for its errors.
struct LinePlace<'a> {
    field: JsonField<'a>,
    object: Object<'a>,
}

impl LinePlace<'_> {
    fn refuse(&self, error: ValidationError, errors: &mut ValidationErrors) {
        match error.kind {
            ErrorKind::Missing { .. } if error.field.is_empty() => self.object.refuse_end(self.field.path().into(), error.kind, errors),
            ErrorKind::Missing { .. } => self.object.refuse_end([self.field.path(), &error.field].join("."), error.kind, errors),
            _ => self.field.refuse_inside(&error, errors),
        }
    }
}

/// An estimate with its lines, groups and price book.
pub(super) fn estimate(field: &JsonField<'_>, built_in: &PriceBook, errors: &mut ValidationErrors) -> Option<JointEstimate> {
    let object = field.object(FIELDS, errors)?;
    let price_book = object.get_unless_null("price_book");
    let own_book = price_book.as_ref().map(|field| PriceBook::from_field(field, errors));
    let book = match &own_book {
        Some(own) => own.as_ref(),
        None => Some(built_in),
    };
    for error in book.map(PriceBook::conflicting_groups).unwrap_or_default() {
        match &price_book {
            Some(field) => field.refuse_inside(&error, errors),
            None => field.refuse(error.kind, errors),
        }
    }
    let start = object.get_unless_null("start").and_then(|field| decoding::start(&field, errors));
    let postpaid = object.get("postpaid").and_then(|field| field.switch(errors));
    let postpaid = if postpaid == Some(false) { Postpaid::Off } else { Postpaid::On };
    let orders = object.get("orders").and_then(|field| decoding::orders(&field, errors)).unwrap_or_default();
    let insights = object.get("insights").and_then(|field| field.switch(errors)).unwrap_or(false);
    let needs = object.get_unless_null("groups").map_or_else(Vec::new, |field| groups(&field, book, errors));
    let services = object.require("services", errors)?;
    let entries = services.list(errors)?;
    if entries.is_empty() {
        services.refuse(ErrorKind::Empty, errors);
    }
    if entries.len() > MOST_LINES {
        services.refuse(ErrorKind::TooManyEntries { most: MOST_LINES as u64 }, errors);
        return None;
    }
    let read = entries.into_iter().map(|entry| line(entry, (postpaid, orders), book, errors));
    let (lines, places): (Vec<Option<ServiceLine>>, Vec<Option<LinePlace<'_>>>) = read.map(Option::unzip).unzip();
    let (needs, fields): (Vec<GroupNeed>, Vec<JsonField<'_>>) = needs.into_iter().unzip();
    for (place, error) in checks::errors(&lines, &needs, book) {
        match place {
            Place::Line(line) => places.get(line).into_iter().flatten().for_each(|place| place.refuse(error.clone(), errors)),
            Place::Group(group) => fields.get(group).into_iter().for_each(|field| field.refuse_inside(&error, errors)),
        }
    }
    let lines = lines.into_iter().collect::<Option<Vec<ServiceLine>>>()?;
    let (lines, needs) = normal_form::normal(lines, &needs, book?);
    Some(JointEstimate { lines, needs, start, price_book: own_book.flatten(), insights })
}

fn line<'a>(
    field: JsonField<'a>,
    switches: (Postpaid, Orders),
    book: Option<&PriceBook>,
    errors: &mut ValidationErrors,
) -> Option<(ServiceLine, LinePlace<'a>)> {
    let object = field.object(LINE_FIELDS, errors)?;
    let scenario = decoding::line(&field, &object, switches, book, errors);
    let seconds = object.get("seconds_per_call");
    let seconds_per_call =
        seconds.map(|_| decimal(&object, "seconds_per_call", rules::SECONDS_PER_CALL, errors).unwrap_or(Decimal::from(1)));
    let busy_hour = if BUSY_HOUR.iter().any(|name| object.get(name).is_some()) {
        // One that cannot be read is no reason to say that it is missing.
        let read = match object.one_of(BUSY_HOUR, checks::BUSY_HOUR, errors) {
            Some(("busy_hour_calls", _)) => decimal(&object, "busy_hour_calls", rules::BUSY_HOUR_CALLS, errors).map(BusyHour::Calls),
            Some(_) => decimal(&object, "busy_hour_share", rules::BUSY_HOUR_SHARE, errors).map(BusyHour::Share),
            None => None,
        };
        read.or(Some(BusyHour::Calls(Decimal::from(1))))
    } else {
        None
    };
    Some((ServiceLine { scenario: scenario?, seconds_per_call, busy_hour }, LinePlace { field, object }))
}

/// A decimal in its range, where it is given.
fn decimal(object: &Object<'_>, name: &str, allowed: Allowed, errors: &mut ValidationErrors) -> Option<Decimal> {
    let field = object.get(name)?;
    let number = field.decimal(errors)?;
    if !allowed.contains(number) {
        field.refuse(ErrorKind::DecimalOutOfRange { allowed }, errors);
        return None;
    }
    Some(number)
}

/// A decimal that must be given.
fn required(object: &Object<'_>, name: &'static str, allowed: Allowed, errors: &mut ValidationErrors) -> Option<Decimal> {
    object.require(name, errors)?;
    decimal(object, name, allowed, errors)
}

/// The settings of each group, and their place. Invalid ones are empty.
fn groups<'a>(field: &JsonField<'a>, book: Option<&PriceBook>, errors: &mut ValidationErrors) -> Vec<(GroupNeed, JsonField<'a>)> {
    let mut found = Vec::new();
    for (name, field) in field.object_of_any_fields(errors).unwrap_or_default() {
        if let Some(book) = book
            && book.services().iter().all(|service| service.billing_group() != name)
        {
            field.refuse(unknown_group(book), errors);
        }
        if !field.is_null() {
            let need = group(name, &field, errors);
            found.push((need.unwrap_or(GroupNeed { group: name.into(), rule: None, concurrent_months: None }), field));
        }
    }
    found
}

fn unknown_group(book: &PriceBook) -> ErrorKind {
    let mut known: Vec<String> = Vec::new();
    for service in book.services() {
        let group = shortened(service.billing_group());
        if !known.contains(&group) && known.len() < MOST_GROUPS {
            known.push(group);
        }
    }
    ErrorKind::UnknownGroup { known }
}

fn group(name: &str, field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<GroupNeed> {
    let object = field.object(&["slots", "queued", "live", "concurrent_months"], errors)?;
    let concurrent_months = object.get("concurrent_months").map(|field| concurrent_months(&field, errors));
    let is_sized = RULES.iter().any(|name| object.get(name).is_some());
    // A plan of one's own may name months without saying how many slots they need.
    let rule = if is_sized || concurrent_months.is_none() {
        let (name, field) = object.one_of(RULES, "slots, queued or live", errors)?;
        Some(match name {
            "slots" => PooledRule::Slots(decoding::slots(&field, errors)?),
            "queued" => {
                let object = field.object(&["busy_hours_per_month", "target_utilisation"], errors)?;
                let hours = required(&object, "busy_hours_per_month", rules::BUSY_HOURS_PER_MONTH, errors);
                let utilisation = required(&object, "target_utilisation", rules::TARGET_UTILISATION, errors);
                PooledRule::Queued { busy_hours_per_month: hours?, target_utilisation: utilisation? }
            }
            _ => {
                let object = field.object(&["accepted_failure"], errors)?;
                PooledRule::Live { accepted_failure: required(&object, "accepted_failure", rules::ACCEPTED_FAILURE, errors)? }
            }
        })
    } else {
        None
    };
    Some(GroupNeed { group: name.into(), rule, concurrent_months: concurrent_months.flatten() })
}

/// The concurrent months of a plan of one's own, each of them once.
fn concurrent_months(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Vec<u32>> {
    let mut months = Vec::new();
    for entry in field.list(errors)? {
        let month = entry.whole_number(rules::PLAN_MONTHS, errors).and_then(|month| u32::try_from(month).ok());
        if month.is_some_and(|month| months.contains(&month)) {
            entry.refuse(ErrorKind::Duplicate, errors);
        }
        months.extend(month);
    }
    Some(months)
}
