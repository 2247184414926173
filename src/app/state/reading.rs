//! The scenario in a draft, or the errors that keep it from being one.
//!
//! Every field is read by itself, so that all errors are found together, each with its field and what to enter instead.

use std::cmp::Ordering;

use super::draft::{BusyHourAs, Draft, Field, Shape, SlotsKnown, VolumeInput};
use super::texts::Texts;
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::insight::calls_for;
use crate::money::{Decimal, Percentage};
use crate::notes::{NoteField, Notes};
use crate::pasted;
use crate::planner::OwnedPackage;
use crate::price_book::{Discount, MAX_CALLS, PriceBook, Service};
use crate::problem::{ErrorKind, ValidationError};
use crate::scenario::{CalendarMonth, Scenario, ScenarioBuilder};
use crate::typed_number::{self, Misread};
use crate::usage::{MONTHS, Profile, Usage};
use crate::wording::form::{self, Limit};
use crate::wording::{self, Expected};

/// Error messages by field.
pub type Errors = Texts;

/// The most hours that a month has.
const MAX_HOURS: u64 = 744;
/// The range of every decimal.
const READABLE: Limit = Limit::Below(Decimal::MOST_WHOLE + 1);
/// All, in percent.
const WHOLE: u64 = 100;

/// The result of reading a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The scenario, where every field that it needs is valid.
    pub understood: Option<Scenario>,
    /// The valid notes.
    pub notes: Notes,
    /// The errors of all other fields.
    pub errors: Errors,
}

/// Reads a draft. An empty volume is an error too; the reducer decides when to show it.
pub fn read(draft: &Draft, built_in: &PriceBook) -> Reading {
    let mut reader = Reader { draft, errors: Errors::default() };
    let book = draft.price_book.as_ref().unwrap_or(built_in);
    let service = book.service(draft.service.as_deref());
    let shaped = reader.usage();
    let builder = Scenario::builder(shaped.unwrap_or_default())
        .postpaid(draft.postpaid)
        .tier_basis(draft.tier_basis)
        .price_book(draft.price_book.clone())
        .service(draft.service.as_deref())
        .free_calls(reader.whole_or(Field::Free, MAX_CALLS, 0).unwrap_or(0))
        .start(reader.start())
        .owned_packages(&reader.owned(service))
        .discount(reader.discount(service))
        .concurrency(reader.concurrency(shaped.as_ref()));
    let understood = match draft.volume_input {
        VolumeInput::Budget if draft.shape != Shape::Monthly => reader.bought(builder, shaped, built_in),
        _ => shaped.and_then(|_| reader.validated(builder, built_in)),
    };
    let notes = reader.notes();
    Reading { understood, notes, errors: reader.errors }
}

/// The form's field for an error of the engine, where there is one.
pub fn field_of(error: &ValidationError) -> Option<Field> {
    match error.field.as_str() {
        "usage" => Some(Field::Calls),
        "discount.packages" => Some(Field::DiscountPackages),
        "concurrency.live" => Some(Field::LiveSecs),
        _ => None,
    }
}

struct Reader<'a> {
    draft: &'a Draft,
    errors: Errors,
}

impl Reader<'_> {
    fn refuse<T>(&mut self, field: Field, sentence: String) -> Option<T> {
        self.errors.insert(field, sentence);
        None
    }

    /// A required whole number.
    fn whole(&mut self, field: Field, least: u64, most: u64) -> Option<u64> {
        match typed_number::read(self.draft.text(field), most) {
            Ok(number) if number >= least => Some(number),
            Ok(_) => self.refuse(field, form::whole_range(least, most)),
            Err(Misread::TooLarge { .. }) if least > 0 => self.refuse(field, form::whole_range(least, most)),
            Err(Misread::NotPlain { meant: Some(meant) }) if meant < least => self.refuse(field, form::whole_range(least, most)),
            Err(misread) => self.refuse(field, wording::misread_sentence(&misread, self.expected(field))),
        }
    }

    /// A whole number, or `empty` where the field is empty.
    fn whole_or(&mut self, field: Field, most: u64, empty: u64) -> Option<u64> {
        if self.draft.text(field).trim().is_empty() { Some(empty) } else { self.whole(field, 0, most) }
    }

    /// A decimal above 0, within a limit.
    fn decimal(&mut self, field: Field, limit: Limit) -> Option<Decimal> {
        let (Limit::UpTo(end) | Limit::Below(end)) = limit;
        let fits = |number: Decimal| match number.cmp(&Decimal::from(end)) {
            Ordering::Less => !number.is_zero(),
            Ordering::Equal => limit == Limit::UpTo(end),
            Ordering::Greater => false,
        };
        match typed_number::read_decimal(self.draft.text(field)) {
            Ok(number) if fits(number) => Some(number),
            Ok(_) | Err(Misread::TooLarge { .. }) => self.refuse(field, form::decimal_range(limit)),
            Err(misread) => self.refuse(field, wording::misread_sentence(&misread, self.expected(field))),
        }
    }

    /// The number that a field asks for.
    fn expected(&self, field: Field) -> Expected {
        match field {
            Field::Calls => match self.draft.volume_input {
                VolumeInput::Year | VolumeInput::Budget => Expected::CallsPerYear,
                VolumeInput::Month => Expected::CallsPerMonth,
                VolumeInput::Day => Expected::CallsPerDay,
            },
            Field::Month(_) | Field::OwnedCalls(_) => Expected::Calls,
            Field::Free => Expected::FreeCalls,
            Field::OwnedMonths(_) | Field::Slots => Expected::Count,
            Field::Budget => Expected::Amount,
            Field::QueuedHours => Expected::Hours,
            Field::QueuedUtilisation => Expected::Percentage,
            Field::LiveCalls => Expected::CallsPerHour,
            Field::LiveShare | Field::LiveFailure => Expected::SmallPercentage,
            _ => Expected::Seconds,
        }
    }

    /// A share above 0, entered in percent.
    fn share(&mut self, field: Field, limit: Limit) -> Option<Decimal> {
        let percent = self.decimal(field, limit)?;
        match percent.hundredth() {
            Some(share) => Some(share),
            None => self.refuse(field, form::too_many_decimals()),
        }
    }

    fn start(&mut self) -> Option<CalendarMonth> {
        let text = self.draft.text(Field::Start).trim();
        if text.is_empty() {
            return None;
        }
        match CalendarMonth::parse(text).or_else(|| form::named_month(text)) {
            Some(start) => Some(start),
            None => self.refuse(Field::Start, form::malformed_start()),
        }
    }

    /// The owned packages. Rows that are empty throughout are ignored.
    fn owned(&mut self, service: Option<&Service>) -> Vec<OwnedPackage> {
        let most_months = service.map_or(MONTHS as u32, |service| service.package_validity_months());
        let mut packages = Vec::new();
        for &row in &self.draft.owned {
            let (calls, months) = (Field::OwnedCalls(row), Field::OwnedMonths(row));
            if self.draft.text(calls).trim().is_empty() && self.draft.text(months).trim().is_empty() {
                continue;
            }
            let (calls, months) = (self.whole(calls, 1, MAX_CALLS), self.whole(months, 1, most_months.into()));
            if let (Some(calls), Some(Ok(months_left))) = (calls, months.map(u32::try_from)) {
                packages.push(OwnedPackage { calls, months_left });
            }
        }
        packages
    }

    fn discount(&mut self, service: Option<&Service>) -> Discount {
        let mut percentage = |field: Field| {
            let text = self.draft.text(field).trim().trim_end_matches('%').trim_end();
            if text.is_empty() {
                return Percentage::default();
            }
            Percentage::parse(text).or_else(|| self.refuse(field, form::malformed_discount())).unwrap_or_default()
        };
        let discount = Discount {
            packages: percentage(Field::DiscountPackages),
            postpaid: percentage(Field::DiscountPostpaid),
            concurrent: percentage(Field::DiscountConcurrent),
        };
        if !discount.is_zero() && service.is_some_and(|service| service.discounted(discount).is_none()) {
            let error = ValidationError { field: String::new(), kind: ErrorKind::UnsupportedDiscount };
            return self.refuse(Field::DiscountPackages, wording::error_sentence(&error)).unwrap_or_default();
        }
        discount
    }

    /// The months; for a budget only their proportions.
    fn usage(&mut self) -> Option<Usage> {
        let profile = match self.draft.shape {
            Shape::Even => Profile::Even,
            Shape::Growing => Profile::Growing,
            Shape::Seasonal => Profile::Seasonal,
            Shape::Monthly => return self.monthly(),
        };
        if self.draft.volume_input == VolumeInput::Budget {
            return Usage::yearly(MONTHS as u64, profile);
        }
        let per_year = self.draft.volume_input.times_a_year();
        let calls = self.whole(Field::Calls, 0, MAX_CALLS / per_year)?;
        Usage::yearly(calls.saturating_mul(per_year), profile)
    }

    fn monthly(&mut self) -> Option<Usage> {
        let mut months = [Some(0); MONTHS];
        for (month, calls) in months.iter_mut().enumerate() {
            *calls = self.whole_or(Field::Month(month), MAX_CALLS, 0);
        }
        if (0..MONTHS).all(|month| self.draft.text(Field::Month(month)).trim().is_empty()) {
            return self.refuse(Field::Months, form::no_months());
        }
        let months: Vec<u64> = months.into_iter().collect::<Option<_>>()?;
        match Usage::monthly(months.try_into().ok()?) {
            Some(usage) => Some(usage),
            None => self.refuse(Field::Months, form::year_too_large(MAX_CALLS)),
        }
    }

    /// The scenario, if nothing in the form is invalid.
    fn validated(&mut self, builder: ScenarioBuilder, built_in: &PriceBook) -> Option<Scenario> {
        if !self.errors.is_empty() {
            return None;
        }
        // The fields were checked one by one; what only the engine refuses is shown at its field.
        match builder.build(built_in) {
            Ok(scenario) => Some(scenario),
            Err(errors) => {
                let field = errors.first().and_then(field_of).unwrap_or(Field::Calls);
                self.refuse(field, errors.first().map(wording::error_sentence).unwrap_or_default())
            }
        }
    }

    /// The scenario with the most calls that a budget pays for.
    fn bought(&mut self, builder: ScenarioBuilder, shaped: Option<Usage>, built_in: &PriceBook) -> Option<Scenario> {
        let budget = match typed_number::read_decimal(self.draft.text(Field::Budget)) {
            Ok(budget) => budget,
            Err(misread) => return self.refuse(Field::Budget, wording::misread_sentence(&misread, Expected::Amount)),
        };
        // A busiest hour given beside a budget is that of the year the budget buys, so the shape has no volume to grow from.
        let usage = shaped?.scaled_to(0)?;
        let scenario = self.validated(builder.clone().usage(usage), built_in)?;
        match calls_for(&scenario, built_in, budget.into()) {
            Ok(calls) => self.validated(builder.usage(usage.scaled_to(calls)?), built_in),
            Err(errors) => self.refuse(Field::Budget, errors.first().map(wording::error_sentence).unwrap_or_default()),
        }
    }

    fn concurrency(&mut self, usage: Option<&Usage>) -> Option<Concurrency> {
        match self.draft.slots {
            SlotsKnown::No => None,
            SlotsKnown::Directly => self.slots(usage).map(Concurrency::Slots),
            SlotsKnown::Queued => {
                let seconds = self.decimal(Field::QueuedSecs, READABLE);
                let hours = self.decimal(Field::QueuedHours, Limit::UpTo(MAX_HOURS));
                let utilisation = self.share(Field::QueuedUtilisation, Limit::UpTo(WHOLE));
                let (seconds_per_call, busy_hours_per_month, target_utilisation) = (seconds?, hours?, utilisation?);
                Some(Concurrency::Queued(QueuedWork { seconds_per_call, busy_hours_per_month, target_utilisation }))
            }
            SlotsKnown::Live => {
                let seconds = self.decimal(Field::LiveSecs, READABLE);
                let busy_hour = match self.draft.busy_hour {
                    BusyHourAs::Calls => self.decimal(Field::LiveCalls, READABLE).map(BusyHour::Calls),
                    BusyHourAs::Share => self.share(Field::LiveShare, Limit::UpTo(WHOLE)).map(BusyHour::Share),
                };
                let accepted = self.share(Field::LiveFailure, Limit::Below(WHOLE));
                let (seconds_per_call, busy_hour, accepted_failure) = (seconds?, busy_hour?, accepted?);
                Some(Concurrency::Live(LiveTraffic { seconds_per_call, busy_hour, accepted_failure }))
            }
        }
    }

    /// One number, or twelve separated by spaces, tabs, lines, semicolons or commas.
    fn slots(&mut self, usage: Option<&Usage>) -> Option<[u64; MONTHS]> {
        let text = self.draft.text(Field::Slots);
        if let [first, rest @ ..] = &pasted::parts(text)[..]
            && !rest.is_empty()
            && typed_number::read(text, MAX_CALLS).is_err()
        {
            if rest.len() + 1 != MONTHS {
                return self.refuse(Field::Slots, form::one_or_twelve_slots());
            }
            let mut months = [0; MONTHS];
            for (slots, part) in months.iter_mut().zip(std::iter::once(first).chain(rest)) {
                match typed_number::read(part, MAX_CALLS) {
                    Ok(number) => *slots = number,
                    Err(_) => return self.refuse(Field::Slots, form::one_or_twelve_slots()),
                }
            }
            let without = usage.is_some_and(|usage| months.iter().zip(usage.months()).any(|(&slots, calls)| slots == 0 && calls > 0));
            return if without { self.refuse(Field::Slots, form::no_slots()) } else { Some(months) };
        }
        self.whole(Field::Slots, 1, MAX_CALLS).map(|slots| [slots; MONTHS])
    }

    fn notes(&mut self) -> Notes {
        let mut notes = Notes::default();
        for field in NoteField::ALL {
            let text = self.draft.text(Field::Note(field));
            // A link has the date as ISO 8601, however it was typed.
            let date = (field == NoteField::ValidUntil).then(|| wording::typed_date(text)).flatten().map(|date| date.to_string());
            if let Err(kind) = notes.set(field, date.as_deref().unwrap_or(text)) {
                let error = ValidationError { field: String::new(), kind };
                let _: Option<()> = self.refuse(Field::Note(field), wording::error_sentence(&error));
            }
        }
        notes
    }
}

/// Whether no volume was typed yet.
pub fn is_untouched(draft: &Draft) -> bool {
    let empty = |field: Field| typed_number::read(draft.text(field), MAX_CALLS) == Err(Misread::Empty);
    match (draft.shape, draft.volume_input) {
        (Shape::Monthly, _) => (0..MONTHS).all(|month| empty(Field::Month(month))),
        (_, VolumeInput::Budget) => empty(Field::Budget),
        _ => empty(Field::Calls),
    }
}
