//! The estimate in JSON.
//!
//! Each line is read as a scenario of its own, so that its fields have the same rules and messages; their paths begin with
//! `services[1]`. What lines must be for each other is checked here.

use super::{GroupNeed, JointEstimate, MOST_LINES, ServiceLine};
use crate::capacity::{BusyHour, PooledRule};
use crate::json::{JsonField, Object, ValidationErrors};
use crate::money::Decimal;
use crate::planner::Orders;
use crate::price_book::{PriceBook, Service};
use crate::problem::{Allowed, ErrorKind, ValidationError, shortened};
use crate::scenario::{decoding, rules};
use crate::settlement::Postpaid;
use crate::usage::MONTHS;

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

/// A line that was read, with the places of its errors.
struct ReadLine<'a, 'b> {
    line: ServiceLine,
    field: JsonField<'a>,
    object: Object<'a>,
    /// `None` where the price book or the id is invalid.
    service: Option<&'b Service>,
}

impl ReadLine<'_, '_> {
    fn refuse(&self, path: &str, kind: ErrorKind, errors: &mut ValidationErrors) {
        self.field.refuse_inside(&ValidationError { field: path.into(), kind }, errors);
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
    let read: Vec<Option<ReadLine<'_, '_>>> = entries.into_iter().map(|entry| line(entry, (postpaid, orders), book, errors)).collect();
    let lines: Vec<&ReadLine<'_, '_>> = read.iter().flatten().collect();
    check_services(&lines, errors);
    for (name, field, need) in &needs {
        check_group(&lines, name, need.as_ref(), field, errors);
    }
    check_discounts(&lines, errors);
    let lines = read.into_iter().map(|read| read.map(|read| read.line)).collect::<Option<Vec<ServiceLine>>>()?;
    let needs = needs.into_iter().filter_map(|(_, _, need)| need).collect();
    Some(JointEstimate { lines, needs, start, price_book: own_book.flatten(), insights })
}

fn line<'a, 'b>(
    field: JsonField<'a>,
    switches: (Postpaid, Orders),
    book: Option<&'b PriceBook>,
    errors: &mut ValidationErrors,
) -> Option<ReadLine<'a, 'b>> {
    let object = field.object(LINE_FIELDS, errors)?;
    let scenario = decoding::line(&field, &object, switches, book, errors);
    let seconds_per_call = decimal(&object, "seconds_per_call", rules::SECONDS_PER_CALL, errors);
    let busy_hour = if BUSY_HOUR.iter().any(|name| object.get(name).is_some()) {
        match object.one_of(BUSY_HOUR, "busy_hour_calls or busy_hour_share", errors) {
            Some(("busy_hour_calls", _)) => decimal(&object, "busy_hour_calls", rules::BUSY_HOUR_CALLS, errors).map(BusyHour::Calls),
            Some(_) => decimal(&object, "busy_hour_share", rules::BUSY_HOUR_SHARE, errors).map(BusyHour::Share),
            None => None,
        }
    } else {
        None
    };
    let scenario = scenario?;
    let service = book.and_then(|book| book.service(scenario.service()));
    Some(ReadLine { line: ServiceLine { scenario, seconds_per_call, busy_hour }, field, object, service })
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

/// The settings of each group, with its name and place; without them where they are invalid.
fn groups<'a>(
    field: &JsonField<'a>,
    book: Option<&PriceBook>,
    errors: &mut ValidationErrors,
) -> Vec<(&'a str, JsonField<'a>, Option<GroupNeed>)> {
    let mut found = Vec::new();
    for (name, field) in field.object_of_any_fields(errors).unwrap_or_default() {
        if let Some(book) = book
            && book.services().iter().all(|service| service.billing_group() != name)
        {
            field.refuse(unknown_group(book), errors);
        }
        if !field.is_null() {
            let need = group(name, &field, errors);
            found.push((name, field, need));
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

/// The concurrent months of a plan of one's own, sorted; each of them once.
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

/// Each service may have one line.
fn check_services(lines: &[&ReadLine<'_, '_>], errors: &mut ValidationErrors) {
    for (place, line) in lines.iter().enumerate() {
        let is_same = |earlier: &&ReadLine<'_, '_>| earlier.service.zip(line.service).is_some_and(|(a, b)| a.id() == b.id());
        if lines.iter().take(place).any(is_same) {
            line.refuse("service", ErrorKind::Duplicate, errors);
        }
    }
}

/// What a group and its lines must say for its slots to be known.
fn check_group(lines: &[&ReadLine<'_, '_>], name: &str, need: Option<&GroupNeed>, field: &JsonField<'_>, errors: &mut ValidationErrors) {
    let of_group = |line: &&&ReadLine<'_, '_>| line.service.is_some_and(|service| service.billing_group() == name);
    let has_calls = |line: &ReadLine<'_, '_>| line.line.scenario.usage().total() > 0;
    let lines: Vec<&&ReadLine<'_, '_>> = lines.iter().filter(of_group).collect();
    match need.and_then(|need| need.rule.as_ref()) {
        None => {}
        Some(PooledRule::Slots(slots)) => {
            let needed = lines.iter().filter(|line| line.service.is_some_and(Service::needs_slots));
            let usages: Vec<[u64; MONTHS]> = needed.map(|line| line.line.scenario.usage().months()).collect();
            for (month, slots) in slots.iter().enumerate() {
                if *slots == 0 && usages.iter().any(|usage| usage.get(month).is_some_and(|&calls| calls > 0)) {
                    let error = ValidationError { field: format!("slots[{month}]"), kind: ErrorKind::MonthWithoutSlots };
                    field.refuse_inside(&error, errors);
                }
            }
        }
        Some(rule) => {
            let sized = |line: &&&&ReadLine<'_, '_>| has_calls(line) && line.service.is_some_and(|service| service.concurrent().is_some());
            for line in lines.iter().filter(sized) {
                line.object.require("seconds_per_call", errors);
                if matches!(rule, PooledRule::Live { .. }) && BUSY_HOUR.iter().all(|name| line.object.get(name).is_none()) {
                    line.object.one_of(BUSY_HOUR, "busy_hour_calls or busy_hour_share", errors);
                }
            }
        }
    }
}

/// The slots of a group are paid once, so they have one discount.
fn check_discounts(lines: &[&ReadLine<'_, '_>], errors: &mut ValidationErrors) {
    for (place, line) in lines.iter().enumerate() {
        let Some(service) = line.service.filter(|service| service.concurrent().is_some()) else { continue };
        let of_group =
            |earlier: &&&ReadLine<'_, '_>| earlier.service.is_some_and(|earlier| earlier.billing_group() == service.billing_group());
        let discount = |line: &ReadLine<'_, '_>| line.line.scenario.discount().concurrent;
        if lines.iter().take(place).find(of_group).is_some_and(|earlier| discount(earlier) != discount(line)) {
            line.refuse("discount.concurrent", ErrorKind::ConflictingDiscount, errors);
        }
    }
}
