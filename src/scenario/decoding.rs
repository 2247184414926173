//! The scenario in JSON.
//!
//! Takes the values out of a tree and gives them to the builder, whose rules they must keep. Every error is recorded with its
//! place before the result is given up, so that one pass reports all of them. A value that cannot be read is replaced by
//! a valid one, so that no rule refuses it a second time.

use super::{ApiUsage, CalendarMonth, OwnPlan, OwnPurchase, Scenario, ScenarioBuilder, rules};
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::json::{JsonField, Object, ValidationErrors};
use crate::money::Decimal;
use crate::planner::{Orders, OwnedPackage};
use crate::price_book::{Discount, PriceBook, Service, tier_basis};
use crate::problem::{ErrorKind, Kind, WholeRange};
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Profile, Usage};

/// The fields of a scenario.
const FIELDS: &[&str] = &[
    "usage",
    "start",
    "free_calls",
    "owned_packages",
    "postpaid",
    "orders",
    "plan",
    "tier_basis",
    "concurrency",
    "discount",
    "price_book",
    "service",
    "insights",
];

/// A scenario with its usage and its price book.
pub(super) fn scenario(field: &JsonField<'_>, built_in: &PriceBook, errors: &mut ValidationErrors) -> Option<Scenario> {
    let object = field.object(FIELDS, errors)?;
    let own_book = object.get_unless_null("price_book").map(|field| PriceBook::from_field(&field, errors));
    let id = object.get_unless_null("service").map(|field| field.text(errors));
    // The rules that need the service are left out where the price book or the id is invalid.
    let book = match &own_book {
        Some(own) => own.as_ref(),
        None => Some(built_in),
    };
    let book = book.filter(|_| id != Some(None));
    let usage = object.require("usage", errors).and_then(|field| usage(&field, errors));
    let has_usage = usage.is_some();
    let (usage, apis) = usage.unwrap_or_default();
    let builder = Scenario::builder(usage).apis(apis).service(id.flatten());
    let mut builder = account(builder, &object, book.and_then(|book| book.service(id.flatten())), errors);
    builder.count_units(book);
    for error in &builder.errors(book) {
        field.refuse_inside(error, errors);
    }
    has_usage.then(|| builder.price_book(own_book.flatten()).without_check())
}

/// A line of an estimate: a scenario without what belongs to the estimate as a whole, which is `switches`, and without concurrency.
pub(crate) fn line(
    field: &JsonField<'_>,
    object: &Object<'_>,
    switches: (Postpaid, Orders),
    book: Option<&PriceBook>,
    errors: &mut ValidationErrors,
) -> Option<Scenario> {
    let id = object.get_unless_null("service").map(|field| field.text(errors));
    let book = book.filter(|_| id != Some(None));
    let service = book.and_then(|book| book.service(id.flatten()));
    let usage = object.require("usage", errors).and_then(|field| usage(&field, errors));
    let has_usage = usage.is_some();
    let (usage, apis) = usage.unwrap_or_default();
    let free_calls = object.get("free_calls").and_then(|field| field.whole_number(rules::FREE_CALLS, errors));
    let owned = object.get("owned_packages").and_then(|field| owned_packages(&field, service, errors));
    let plan = object.get_unless_null("plan").and_then(|field| own_plan(&field, &["purchases"], switches.1, errors));
    let tier_basis = object.get_unless_null("tier_basis").and_then(|field| tier_basis(&field, errors));
    let discount = object.get_unless_null("discount").and_then(|field| discount(&field, errors));
    let mut builder = Scenario::builder(usage)
        .apis(apis)
        .service(id.flatten())
        .free_calls(free_calls.unwrap_or(0))
        .owned_packages(owned.unwrap_or_default())
        .postpaid(switches.0)
        .orders(switches.1)
        .plan(plan)
        .tier_basis(tier_basis)
        .discount(discount.unwrap_or_default());
    builder.count_units(book);
    for error in &builder.errors(book) {
        field.refuse_inside(error, errors);
    }
    has_usage.then(|| builder.without_check())
}

/// Everything but the usage, the price book and the service.
fn account(builder: ScenarioBuilder, object: &Object<'_>, service: Option<&Service>, errors: &mut ValidationErrors) -> ScenarioBuilder {
    let start = object.get_unless_null("start").and_then(|field| start(&field, errors));
    let free_calls = object.get("free_calls").and_then(|field| field.whole_number(rules::FREE_CALLS, errors));
    let owned = object.get("owned_packages").and_then(|field| owned_packages(&field, service, errors));
    let postpaid = object.get("postpaid").and_then(|field| field.switch(errors));
    let orders = object.get("orders").and_then(|field| orders(&field, errors)).unwrap_or_default();
    let plan = object.get_unless_null("plan").and_then(|field| own_plan(&field, &["purchases", "concurrent_months"], orders, errors));
    let tier_basis = object.get_unless_null("tier_basis").and_then(|field| tier_basis(&field, errors));
    let concurrency = object.get_unless_null("concurrency").and_then(|field| concurrency(&field, errors));
    let discount = object.get_unless_null("discount").and_then(|field| discount(&field, errors));
    let insights = object.get("insights").and_then(|field| field.switch(errors));
    builder
        .start(start)
        .free_calls(free_calls.unwrap_or(0))
        .owned_packages(owned.unwrap_or_default())
        .postpaid(if postpaid == Some(false) { Postpaid::Off } else { Postpaid::On })
        .orders(orders)
        .plan(plan)
        .tier_basis(tier_basis)
        .concurrency(concurrency)
        .discount(discount.unwrap_or_default())
        .insights(insights.unwrap_or(false))
}

/// The usage of a document: its calls, or those of each API.
fn usage(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<(Usage, Vec<ApiUsage>)> {
    const CHOICE: &[&str] = &["yearly", "monthly", "apis"];
    let object = field.object(CHOICE, errors)?;
    let (name, field) = object.one_of(CHOICE, "yearly, monthly or apis", errors)?;
    if name == "apis" {
        return apis(&field, errors).map(|apis| (Usage::default(), apis));
    }
    calls(name, &field, errors).map(|usage| (usage, Vec::new()))
}

/// The calls of each API.
fn apis(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Vec<ApiUsage>> {
    const CHOICE: &[&str] = &["yearly", "monthly"];
    let object = field.object_of_any_fields(errors)?;
    if object.is_empty() {
        field.refuse(ErrorKind::Empty, errors);
        return None;
    }
    let read = object.into_iter().map(|(id, field)| {
        let object = field.object(CHOICE, errors)?;
        let (name, field) = object.one_of(CHOICE, "yearly or monthly", errors)?;
        Some(ApiUsage { id: id.into(), usage: calls(name, &field, errors)? })
    });
    let read: Vec<Option<ApiUsage>> = read.collect();
    read.into_iter().collect()
}

/// The calls of a year, or of twelve months.
fn calls(name: &str, field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Usage> {
    if name == "yearly" {
        return Usage::yearly(field.whole_number(rules::CALLS, errors)?, Profile::Even);
    }
    let usage = Usage::monthly(twelve(field, rules::CALLS, errors)?);
    if usage.is_none() {
        field.refuse(ErrorKind::YearAboveLimit { most: rules::CALLS.most }, errors);
    }
    usage
}

/// A list of twelve whole numbers.
fn twelve(field: &JsonField<'_>, range: WholeRange, errors: &mut ValidationErrors) -> Option<[u64; MONTHS]> {
    let (entries, given) = field.list_with_length(errors)?;
    let months: Vec<Option<u64>> = entries.iter().take(MONTHS).map(|entry| entry.whole_number(range, errors)).collect();
    if given != MONTHS {
        field.refuse(ErrorKind::NotTwelveMonths { given }, errors);
        return None;
    }
    months.into_iter().collect::<Option<Vec<u64>>>()?.try_into().ok()
}

pub(crate) fn start(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<CalendarMonth> {
    let start = CalendarMonth::parse(field.text(errors)?);
    if start.is_none() {
        field.refuse(ErrorKind::MalformedMonth, errors);
    }
    start
}

fn owned_packages(field: &JsonField<'_>, service: Option<&Service>, errors: &mut ValidationErrors) -> Option<Vec<OwnedPackage>> {
    const VALID: OwnedPackage = OwnedPackage { calls: 1, months_left: 1 };
    let months_left = rules::months_left(service);
    let read = field.list(errors)?.into_iter().map(|entry| {
        let Some(object) = entry.object(&["calls", "months_left"], errors) else { return VALID };
        let calls = object.require("calls", errors).and_then(|field| field.whole_number(rules::OWNED_CALLS, errors));
        let months = object.require("months_left", errors).and_then(|field| field.whole_number(months_left, errors));
        OwnedPackage {
            calls: calls.unwrap_or(VALID.calls),
            months_left: months.and_then(|months| u32::try_from(months).ok()).unwrap_or(VALID.months_left),
        }
    });
    Some(read.collect())
}

pub(crate) fn orders(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Orders> {
    let orders = Orders::parse(field.text(errors)?);
    if orders.is_none() {
        field.refuse(Orders::UNKNOWN, errors);
    }
    orders
}

/// A plan of one's own.
fn own_plan(field: &JsonField<'_>, known: &'static [&'static str], orders: Orders, errors: &mut ValidationErrors) -> Option<OwnPlan> {
    let object = field.object(known, errors)?;
    let months = rules::purchase_months(orders);
    let purchase = |entry: &JsonField<'_>, errors: &mut ValidationErrors| {
        let object = entry.object(&["month", "calls", "count"], errors)?;
        let month = object.require("month", errors).and_then(|field| field.whole_number(months, errors));
        let calls = object.require("calls", errors).and_then(|field| field.whole_number(rules::OWNED_CALLS, errors));
        let count = object.require("count", errors).and_then(|field| field.whole_number(rules::PACKAGES, errors));
        Some(OwnPurchase { month: u32::try_from(month?).ok()?, calls: calls?, count: count? })
    };
    let mut read = Vec::new();
    for entry in object.get("purchases").and_then(|field| field.list(errors)).unwrap_or_default() {
        read.push(purchase(&entry, errors));
    }
    let concurrent = object.get("concurrent_months").and_then(|field| field.list(errors)).unwrap_or_default();
    let concurrent: Vec<Option<u64>> = concurrent.iter().map(|entry| entry.whole_number(rules::PLAN_MONTHS, errors)).collect();
    // With an entry that cannot be read, the plan is refused in any case, and the rules would count the others wrongly.
    let purchases = read.into_iter().collect::<Option<Vec<_>>>()?;
    let concurrent_months = concurrent.into_iter().map(|month| u32::try_from(month?).ok()).collect::<Option<Vec<_>>>()?;
    Some(OwnPlan { purchases, concurrent_months })
}

fn concurrency(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Concurrency> {
    const CHOICE: &[&str] = &["slots", "queued", "live"];
    let object = field.object(CHOICE, errors)?;
    let (name, field) = object.one_of(CHOICE, "slots, queued or live", errors)?;
    match name {
        "slots" => slots(&field, errors).map(Concurrency::Slots),
        "queued" => queued(&field, errors).map(Concurrency::Queued),
        _ => live(&field, errors).map(Concurrency::Live),
    }
}

pub(crate) fn slots(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<[u64; MONTHS]> {
    if field.is_list() {
        return twelve(field, rules::SLOTS, errors);
    }
    if !field.is_number() {
        field.refuse_type(Kind::OneOrTwelve, errors);
        return None;
    }
    field.whole_number(rules::SLOTS, errors).map(|slots| [slots; MONTHS])
}

fn queued(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<QueuedWork> {
    let object = field.object(&["seconds_per_call", "busy_hours_per_month", "target_utilisation"], errors)?;
    Some(QueuedWork {
        seconds_per_call: decimal(&object, "seconds_per_call", errors),
        busy_hours_per_month: decimal(&object, "busy_hours_per_month", errors),
        target_utilisation: decimal(&object, "target_utilisation", errors),
    })
}

fn live(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<LiveTraffic> {
    const BUSY_HOUR: &[&str] = &["busy_hour_calls", "busy_hour_share"];
    let object = field.object(&["seconds_per_call", "busy_hour_calls", "busy_hour_share", "accepted_failure"], errors)?;
    let busy_hour = match object.one_of(BUSY_HOUR, "busy_hour_calls or busy_hour_share", errors) {
        Some(("busy_hour_calls", _)) => BusyHour::Calls(decimal(&object, "busy_hour_calls", errors)),
        Some(_) => BusyHour::Share(decimal(&object, "busy_hour_share", errors)),
        None => BusyHour::Calls(Decimal::from(1)),
    };
    Some(LiveTraffic {
        seconds_per_call: decimal(&object, "seconds_per_call", errors),
        busy_hour,
        accepted_failure: decimal(&object, "accepted_failure", errors),
    })
}

/// A required decimal; a hundredth, which is in every range, where it cannot be read.
fn decimal(object: &Object<'_>, name: &'static str, errors: &mut ValidationErrors) -> Decimal {
    let given = object.require(name, errors).and_then(|field| field.decimal(errors));
    given.or_else(|| Decimal::from(1).hundredth()).unwrap_or(Decimal::from(1))
}

fn discount(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Discount> {
    let object = field.object(&["packages", "postpaid", "concurrent"], errors)?;
    let mut percentage = |name: &str| {
        let field = object.get(name)?;
        let percentage = rules::percentage(field.decimal_text(errors)?);
        percentage.map_err(|kind| field.refuse(kind, errors)).ok()
    };
    Some(Discount {
        packages: percentage("packages").unwrap_or_default(),
        postpaid: percentage("postpaid").unwrap_or_default(),
        concurrent: percentage("concurrent").unwrap_or_default(),
    })
}
