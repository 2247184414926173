//! What is asked?
//!
//! A [`Scenario`] is everything a person says about a year: usage, what the account already has, and how slots are
//! sized. One exists only validated against its price book, and every fault of the JSON it came from is told at
//! once, with the field's path. What it costs is left to [`quote`](crate::quote). Source: the contract's scenario.

mod pipeline;
pub(crate) mod serialize;

use std::fmt;

use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::json::{self, Field, Node, Object, ValidationErrors};
use crate::money::{Decimal, Percentage};
use crate::planner::OwnedPackage;
use crate::price_book::{Discount, MAX_CALLS, PriceBook, Service, TierBasis};
use crate::problem::{Allowed, ErrorKind, Kind, ValidationError};
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Profile, Usage};
pub use pipeline::Pipeline;

/// The most hours that a month has.
const HOURS_PER_LONGEST_MONTH: u64 = 744;

const FIELDS: &[&str] = &[
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

/// A question, valid by construction.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Calls by month.
    pub usage: Usage,
    /// The calendar month of month 1; `None` where months are only numbered.
    pub start: Option<CalendarMonth>,
    /// Free calls left, at most 10^12.
    pub free_calls: u64,
    /// Packages that the account has already.
    pub owned_packages: Vec<OwnedPackage>,
    /// The account's switch.
    pub postpaid: Postpaid,
    /// `None`: as the service says.
    pub tier_basis: Option<TierBasis>,
    /// `None`: nobody knows how many tasks run at once.
    pub concurrency: Option<Concurrency>,
    /// Off the list prices.
    pub discount: Discount,
    /// `None`: the built-in one.
    pub price_book: Option<PriceBook>,
    /// An identifier of the price book; `None`: the first.
    pub service: Option<String>,
    /// Is the quote to explain itself too?
    pub insights: bool,
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarMonth {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
}

impl CalendarMonth {
    /// Reads `2027-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// So many months later.
    #[must_use]
    pub fn plus_months(self, months: u16) -> Self {
        let since_year_zero = u32::from(self.year) * 12 + u32::from(self.month) - 1 + u32::from(months);
        let year = u16::try_from(since_year_zero / 12).unwrap_or(u16::MAX);
        Self { year, month: 1 + (since_year_zero % 12) as u8 }
    }
}

impl fmt::Display for CalendarMonth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

impl Scenario {
    /// A year of `usage` with nothing else known, by the built-in price book.
    pub fn new(usage: Usage) -> Self {
        Self {
            usage,
            start: None,
            free_calls: 0,
            owned_packages: Vec::new(),
            postpaid: Postpaid::On,
            tier_basis: None,
            concurrency: None,
            discount: Discount::default(),
            price_book: None,
            service: None,
            insights: false,
        }
    }

    /// Reads a scenario.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the document's order.
    pub fn from_json(text: &str, built_in: &PriceBook) -> Result<Self, Vec<ValidationError>> {
        Self::from_node(&json::parse(text).map_err(|error| vec![error])?, built_in)
    }

    /// Reads a scenario that is a document of its own.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the document's order.
    pub(crate) fn from_node(node: &Node, built_in: &PriceBook) -> Result<Self, Vec<ValidationError>> {
        let mut errors = ValidationErrors::default();
        match Self::from_field(&Field::root(node, ""), built_in, &mut errors) {
            Some(scenario) if errors.is_empty() => Ok(scenario),
            _ => Err(errors.in_order()),
        }
    }

    /// Reads a scenario inside another document. `None` only where a problem was recorded.
    pub(crate) fn from_field(field: &Field<'_>, built_in: &PriceBook, errors: &mut ValidationErrors) -> Option<Self> {
        scenario(field, built_in, errors)
    }

    /// The price book that counts: the scenario's own, else the built-in one.
    pub fn book<'a>(&'a self, built_in: &'a PriceBook) -> &'a PriceBook {
        self.price_book.as_ref().unwrap_or(built_in)
    }
}

fn scenario(field: &Field<'_>, built_in: &PriceBook, errors: &mut ValidationErrors) -> Option<Scenario> {
    let object = field.object(FIELDS, errors)?;
    let own_book = object.get_unless_null("price_book").map(|field| PriceBook::from_field(&field, errors));
    // Where the book itself is refused, what depends on it cannot be checked.
    let book = match &own_book {
        Some(own) => own.as_ref(),
        None => Some(built_in),
    };
    let named = object.get_unless_null("service").map(|field| (field.text(errors), field));
    let service = match &named {
        None => book.and_then(|book| book.service(None)),
        Some((id, field)) => book.zip(*id).and_then(|(book, id)| {
            let service = book.service(Some(id));
            if service.is_none() {
                let known = book.services().iter().map(|service| service.id().into()).collect();
                field.refuse(ErrorKind::UnknownService { known }, errors);
            }
            service
        }),
    };
    let usage = object.require("usage", errors).and_then(|field| usage(&field, errors));
    let start = object.get_unless_null("start").and_then(|field| start(&field, errors));
    let free_calls = object.get("free_calls").and_then(|field| field.whole_number(0, MAX_CALLS, errors));
    let owned = object.get("owned_packages").and_then(|field| owned_packages(&field, service, errors));
    let postpaid = object.get("postpaid").and_then(|field| field.switch(errors));
    let tier_basis = object.get_unless_null("tier_basis").and_then(|field| crate::price_book::tier_basis(&field, errors));
    let concurrency = object.get_unless_null("concurrency").and_then(|field| concurrency(&field, usage.as_ref(), service, errors));
    let discount = object.get_unless_null("discount").and_then(|field| discount(&field, service, errors));
    let insights = object.get("insights").and_then(|field| field.switch(errors));
    Some(Scenario {
        usage: usage?,
        start,
        free_calls: free_calls.unwrap_or(0),
        owned_packages: owned.unwrap_or_default(),
        postpaid: if postpaid == Some(false) { Postpaid::Off } else { Postpaid::On },
        tier_basis,
        concurrency,
        discount: discount.unwrap_or_default(),
        price_book: own_book.flatten(),
        service: named.and_then(|(id, _)| id).map(Into::into),
        insights: insights.unwrap_or(false),
    })
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
    let entries = field.list(errors)?;
    let months: Vec<Option<u64>> = entries.iter().map(|entry| entry.whole_number(least, MAX_CALLS, errors)).collect();
    if months.len() != MONTHS {
        field.refuse(ErrorKind::NotTwelveMonths { given: months.len() }, errors);
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
    // Read to the end before the first bad entry makes the list bad, so that all faults are told.
    let read: Vec<Option<OwnedPackage>> = read.collect();
    read.into_iter().collect()
}

fn concurrency(field: &Field<'_>, usage: Option<&Usage>, service: Option<&Service>, errors: &mut ValidationErrors) -> Option<Concurrency> {
    const CHOICE: &[&str] = &["slots", "queued", "live"];
    let object = field.object(CHOICE, errors)?;
    let (name, field) = object.one_of(CHOICE, "slots, queued or live", errors)?;
    match name {
        "slots" => {
            // What a service without concurrent billing is given is ignored, so zero is then no fault.
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
        field.refuse(ErrorKind::WrongType { expected: Kind::OneOrTwelve }, errors);
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
