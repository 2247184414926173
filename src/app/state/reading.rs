//! The scenario in a draft, or the errors that keep it from being one.
//!
//! Every field is read by itself, so that all errors are found together, each with its field and what to enter instead.

mod purchases;

use super::by_field::ByField;
use super::choices::{BusyHourAs, Shape, SlotsKnown, VolumeInput};
use super::draft::{Draft, Field};
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::entry::EntryError;
use crate::insight::calls_for;
use crate::link::Opened;
use crate::money::{Decimal, Percentage};
use crate::notes::{NoteField, Notes};
use crate::pasted;
use crate::planner::OwnedPackage;
use crate::price_book::{Api, Discount, PriceBook, Service};
use crate::problem::{Allowed, ErrorKind, ValidationError, WholeRange};
use crate::scenario::{ApiUsage, CalendarMonth, Scenario, ScenarioBuilder, rules};
use crate::typed_number::{self, Misread};
use crate::usage::{MONTHS, Peaks, Profile, Usage};
use crate::wording;

/// Errors by field.
pub type Errors = ByField<EntryError>;

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
    let mut reader = Reader { draft, owned_rows: Vec::new(), errors: Errors::default() };
    let book = draft.price_book.as_ref().unwrap_or(built_in);
    let service = book.service(draft.service.as_deref());
    let apis = reader.apis(draft.apis(built_in));
    let shaped = if apis.is_some() { Some(Usage::default()) } else { reader.usage() };
    let builder = Scenario::builder(shaped.unwrap_or_default())
        .apis(apis.unwrap_or_default())
        .postpaid(draft.postpaid)
        .orders(draft.orders)
        .plan(reader.plan(service))
        .tier_basis(draft.tier_basis)
        .price_book(draft.price_book.clone())
        .service(draft.service.as_deref())
        .free_calls(reader.free_calls())
        .start(reader.start())
        .owned_packages(reader.owned(service))
        .discount(reader.discount())
        .concurrency(reader.concurrency());
    let understood = if draft.is_budget() && draft.apis(built_in).is_empty() {
        reader.bought(builder, shaped, built_in)
    } else {
        reader.validated(builder, built_in)
    };
    let notes = reader.notes();
    Reading { understood, notes, errors: reader.errors }
}

/// The draft of an opened estimate. Its budget is asked for again where it still buys the estimate's calls; with other prices
/// it buys others, and the calls count.
pub fn draft_of(opened: &Opened, built_in: &PriceBook) -> Draft {
    let mut draft = Draft::of(&opened.scenario, &opened.notes, opened.has_usage, built_in);
    for line in &opened.further {
        draft.append(Draft::of(line, &opened.notes, true, built_in));
    }
    let of_budget = opened.budget.map(|budget| draft.with_budget(budget));
    let buys_its_calls = |draft: &Draft| read(draft, built_in).understood.as_ref() == Some(&opened.scenario);
    of_budget.filter(buys_its_calls).unwrap_or(draft)
}

/// The form's field for an error of the engine, where there is one. `owned_rows` are the rows of the owned packages.
pub fn field_of(error: &ValidationError, owned_rows: &[u32]) -> Option<Field> {
    let (name, rest) = error.field.split_once(['.', '[']).unwrap_or((&error.field, ""));
    Some(match (name, rest) {
        ("usage", _) => Field::Calls,
        ("free_calls", _) => Field::Free,
        ("owned_packages", place) => {
            let (index, part) = place.split_once("].")?;
            let row = *owned_rows.get(index.parse::<usize>().ok()?)?;
            if part == "calls" { Field::OwnedCalls(row) } else { Field::OwnedMonths(row) }
        }
        ("discount", _) => Field::DiscountPackages,
        ("concurrency", "queued.seconds_per_call") => Field::Secs,
        ("concurrency", "queued.busy_hours_per_month") => Field::QueuedHours,
        ("concurrency", "queued.target_utilisation") => Field::QueuedUtilisation,
        ("concurrency", "live" | "live.seconds_per_call") => Field::Secs,
        ("concurrency", "live.busy_hour_calls") => Field::LiveCalls,
        ("concurrency", "live.busy_hour_share") => Field::LiveShare,
        ("concurrency", "live.accepted_failure") => Field::LiveFailure,
        ("concurrency", _) => Field::Slots,
        _ => return None,
    })
}

/// A number for all months, or one for each.
enum OneOrTwelve {
    One(u64),
    Twelve([u64; MONTHS]),
}

struct Reader<'a> {
    draft: &'a Draft,
    /// The row of each owned package, in the builder's order.
    owned_rows: Vec<u32>,
    errors: Errors,
}

impl Reader<'_> {
    fn refuse<T>(&mut self, field: Field, error: EntryError) -> Option<T> {
        self.errors.insert(field, error);
        None
    }

    /// Records an error of the builder at its field.
    fn refuse_by_rule(&mut self, error: ValidationError) {
        let field = field_of(&error, &self.owned_rows).unwrap_or(Field::Calls);
        // A field that could not be read has its error already, and slots are refused once for all months.
        if self.errors.get(field).is_none() {
            self.errors.insert(field, EntryError::Refused(error.kind));
        }
    }

    /// A required whole number.
    fn whole(&mut self, field: Field, range: WholeRange) -> Option<u64> {
        let error = match typed_number::read(self.draft.text(field), range.most) {
            Ok(number) if range.contains(number) => return Some(number),
            Ok(_) => EntryError::Refused(ErrorKind::OutOfRange(range)),
            Err(Misread::TooLarge { .. }) if range.least > 0 => EntryError::Refused(ErrorKind::OutOfRange(range)),
            Err(Misread::NotPlain { meant: Some(meant) }) if meant < range.least => EntryError::Refused(ErrorKind::OutOfRange(range)),
            Err(misread) => EntryError::Misread(misread),
        };
        self.refuse(field, error)
    }

    /// A whole number, or 0 where the field is empty.
    fn whole_or_none(&mut self, field: Field, range: WholeRange) -> Option<u64> {
        if self.draft.text(field).trim().is_empty() { Some(0) } else { self.whole(field, range) }
    }

    /// A decimal, whose range the builder checks; a valid one where it cannot be read.
    fn decimal(&mut self, field: Field, allowed: Allowed) -> Decimal {
        let error = match typed_number::read_decimal(self.draft.text(field)) {
            Ok(number) => return number,
            Err(Misread::TooLarge { .. }) => EntryError::Refused(ErrorKind::DecimalOutOfRange { allowed }),
            Err(misread) => EntryError::Misread(misread),
        };
        self.errors.insert(field, error);
        Decimal::from(1)
    }

    /// A share, entered in percent.
    fn share(&mut self, field: Field, allowed: Allowed) -> Decimal {
        let percent = self.decimal(field, allowed);
        percent.hundredth().unwrap_or_else(|| {
            self.errors.insert(field, EntryError::TooManyDecimals);
            Decimal::from(1)
        })
    }

    fn free_calls(&mut self) -> u64 {
        self.whole_or_none(Field::Free, rules::FREE_CALLS).unwrap_or(0)
    }

    fn start(&mut self) -> Option<CalendarMonth> {
        let text = self.draft.text(Field::Start).trim();
        if text.is_empty() {
            return None;
        }
        wording::typed_month(text).or_else(|| self.refuse(Field::Start, EntryError::Refused(ErrorKind::MalformedMonth)))
    }

    /// The owned packages. Rows that are empty throughout are ignored.
    fn owned(&mut self, service: Option<&Service>) -> Vec<OwnedPackage> {
        let mut packages = Vec::new();
        for &row in &self.draft.owned {
            let (calls, months) = (Field::OwnedCalls(row), Field::OwnedMonths(row));
            if self.draft.text(calls).trim().is_empty() && self.draft.text(months).trim().is_empty() {
                continue;
            }
            let (calls, months) = (self.whole(calls, rules::OWNED_CALLS), self.months_left(months, rules::months_left(service)));
            if let (Some(calls), Some(Ok(months_left))) = (calls, months.map(u32::try_from)) {
                packages.push(OwnedPackage { calls, months_left });
                self.owned_rows.push(row);
            }
        }
        packages
    }

    /// The months that an owned package is still valid, or the calendar month at whose end it expires.
    fn months_left(&mut self, field: Field, range: WholeRange) -> Option<u64> {
        let first = wording::typed_month(self.draft.text(Field::Start));
        let Some((first, last)) = first.zip(wording::typed_month(self.draft.text(field))) else { return self.whole(field, range) };
        let months = first.months_until(last).map(|months| u64::from(months) + 1);
        let within = months.filter(|&months| range.contains(months));
        within.or_else(|| self.refuse(field, EntryError::Refused(ErrorKind::OutOfRange(range))))
    }

    fn discount(&mut self) -> Discount {
        let mut discount = |field: Field| {
            let is_blank = self.draft.text(field).trim().is_empty();
            if is_blank { Percentage::default() } else { self.percentage(field).unwrap_or_default() }
        };
        Discount {
            packages: discount(Field::DiscountPackages),
            postpaid: discount(Field::DiscountPostpaid),
            concurrent: discount(Field::DiscountConcurrent),
        }
    }

    fn percentage(&mut self, field: Field) -> Option<Percentage> {
        let text = self.draft.text(field).trim().trim_end_matches('%').trim_end();
        rules::percentage(text).or_else(|kind| self.refuse(field, EntryError::Refused(kind)).ok_or(())).ok()
    }

    /// The months; for a budget only their proportions.
    fn usage(&mut self) -> Option<Usage> {
        if self.draft.shape == Shape::Monthly {
            return self.monthly();
        }
        let profile = self.profile();
        if self.draft.volume_input == VolumeInput::Budget {
            return Usage::yearly(MONTHS as u64, profile?);
        }
        let per_year = self.draft.volume_input.times_a_year();
        let calls = self.whole(Field::Calls, WholeRange::new(rules::CALLS.least, rules::CALLS.most / per_year))?;
        Usage::yearly(calls.saturating_mul(per_year), profile?)
    }

    /// The profile of calls that are given by the year.
    fn profile(&mut self) -> Option<Profile> {
        Some(match self.draft.shape {
            Shape::Even | Shape::Monthly => Profile::Even,
            Shape::Growing => Profile::Growing,
            Shape::Seasonal => Profile::Seasonal,
            Shape::Peaks => {
                let share = self.percentage(Field::PeakShare);
                let peaks = Peaks::new(self.draft.peaks, share.unwrap_or_default());
                let peaks = peaks.or_else(|| self.refuse(Field::Peaks, EntryError::NoPeaks));
                Profile::Peaks(peaks.filter(|_| share.is_some())?)
            }
        })
    }

    /// The calls of each of `apis`, without those that are left blank; `None` where there are no APIs.
    fn apis(&mut self, apis: &[Api]) -> Option<Vec<ApiUsage>> {
        if apis.is_empty() {
            return None;
        }
        let profile = self.profile().unwrap_or_default();
        let mut read = Vec::new();
        for (place, api) in apis.iter().enumerate() {
            let field = Field::Api(place);
            if self.draft.text(field).trim().is_empty() {
                continue;
            }
            let usage = match self.one_or_twelve(field, rules::CALLS) {
                Some(OneOrTwelve::One(calls)) => Usage::yearly(calls, profile),
                Some(OneOrTwelve::Twelve(months)) => self.year_of(field, months),
                None => None,
            };
            read.extend(usage.map(|usage| ApiUsage { id: api.id.clone(), usage }));
        }
        if read.is_empty() && self.errors.is_empty() {
            self.errors.insert(Field::Api(0), EntryError::Misread(Misread::Empty));
        }
        Some(read)
    }

    fn monthly(&mut self) -> Option<Usage> {
        let mut months = [Some(0); MONTHS];
        for (month, calls) in months.iter_mut().enumerate() {
            *calls = self.whole_or_none(Field::Month(month), rules::CALLS);
        }
        if (0..MONTHS).all(|month| self.draft.text(Field::Month(month)).trim().is_empty()) {
            return self.refuse(Field::Months, EntryError::NoMonths);
        }
        let months: Vec<u64> = months.into_iter().collect::<Option<_>>()?;
        self.year_of(Field::Months, months.try_into().ok()?)
    }

    /// The year of twelve months.
    fn year_of(&mut self, field: Field, months: [u64; MONTHS]) -> Option<Usage> {
        let above_limit = EntryError::Refused(ErrorKind::YearAboveLimit { most: rules::CALLS.most });
        Usage::monthly(months).or_else(|| self.refuse(field, above_limit))
    }

    /// The scenario, if nothing in the form is invalid.
    fn validated(&mut self, builder: ScenarioBuilder, built_in: &PriceBook) -> Option<Scenario> {
        match builder.build(built_in) {
            Ok(scenario) => Some(scenario).filter(|_| !self.errors.fields().any(Field::is_needed)),
            Err(errors) => {
                errors.into_iter().for_each(|error| self.refuse_by_rule(error));
                None
            }
        }
    }

    /// The scenario with the most calls that a budget pays for.
    fn bought(&mut self, builder: ScenarioBuilder, shaped: Option<Usage>, built_in: &PriceBook) -> Option<Scenario> {
        let budget = match typed_number::read_decimal(self.draft.text(Field::Budget)) {
            Ok(budget) => budget,
            Err(misread) => return self.refuse(Field::Budget, EntryError::Misread(misread)),
        };
        // A busiest hour given beside a budget is that of the year the budget buys, so the shape has no volume to grow from.
        let usage = shaped?.scaled_to(0)?;
        let scenario = self.validated(builder.clone().usage(usage), built_in)?;
        match calls_for(&scenario, built_in, budget.into()) {
            Ok(calls) => self.validated(builder.usage(usage.scaled_to(calls)?), built_in),
            Err(errors) => self.refuse(Field::Budget, EntryError::Refused(errors.into_iter().next()?.kind)),
        }
    }

    fn concurrency(&mut self) -> Option<Concurrency> {
        Some(match self.draft.slots {
            SlotsKnown::No => return None,
            SlotsKnown::Directly => Concurrency::Slots(self.slots()?),
            SlotsKnown::Queued => Concurrency::Queued(QueuedWork {
                seconds_per_call: self.decimal(Field::Secs, rules::SECONDS_PER_CALL),
                busy_hours_per_month: self.decimal(Field::QueuedHours, rules::BUSY_HOURS_PER_MONTH),
                target_utilisation: self.share(Field::QueuedUtilisation, rules::TARGET_UTILISATION),
            }),
            SlotsKnown::Live => Concurrency::Live(LiveTraffic {
                seconds_per_call: self.decimal(Field::Secs, rules::SECONDS_PER_CALL),
                busy_hour: match self.draft.busy_hour {
                    BusyHourAs::Calls => BusyHour::Calls(self.decimal(Field::LiveCalls, rules::BUSY_HOUR_CALLS)),
                    BusyHourAs::Share => BusyHour::Share(self.share(Field::LiveShare, rules::BUSY_HOUR_SHARE)),
                },
                accepted_failure: self.share(Field::LiveFailure, rules::ACCEPTED_FAILURE),
            }),
        })
    }

    fn slots(&mut self) -> Option<[u64; MONTHS]> {
        match self.one_or_twelve(Field::Slots, rules::SLOTS)? {
            OneOrTwelve::One(slots) => Some([slots; MONTHS]),
            OneOrTwelve::Twelve(months) => Some(months),
        }
    }

    /// One number, or twelve separated by spaces, tabs, lines, semicolons or commas.
    fn one_or_twelve(&mut self, field: Field, range: WholeRange) -> Option<OneOrTwelve> {
        let text = self.draft.text(field);
        let parts = pasted::parts(text);
        if parts.len() < 2 || typed_number::read(text, range.most).is_ok() {
            let range = if field == Field::Slots { rules::SLOTS_FOR_CALLS } else { range };
            return self.whole(field, range).map(OneOrTwelve::One);
        }
        let months: Result<Vec<u64>, Misread> = parts.iter().map(|part| typed_number::read(part, range.most)).collect();
        let months = months.ok().and_then(|months| months.try_into().ok());
        months.map(OneOrTwelve::Twelve).or_else(|| self.refuse(field, EntryError::NeitherOneNorTwelve))
    }

    fn notes(&mut self) -> Notes {
        let mut notes = Notes::default();
        for field in NoteField::ALL {
            let text = self.draft.text(Field::Note(field));
            // A link has the date as ISO 8601, however it was typed.
            let date = (field == NoteField::ValidUntil).then(|| wording::typed_date(text)).flatten().map(|date| date.to_string());
            if let Err(kind) = notes.set(field, date.as_deref().unwrap_or(text)) {
                self.errors.insert(Field::Note(field), EntryError::Refused(kind));
            }
        }
        notes
    }
}

/// Whether no volume was typed yet.
pub fn is_untouched(draft: &Draft, built_in: &PriceBook) -> bool {
    let apis = draft.apis(built_in).len();
    if apis > 0 {
        return (0..apis).all(|place| draft.text(Field::Api(place)).trim().is_empty());
    }
    let empty = |field: Field| typed_number::read(draft.text(field), rules::CALLS.most) == Err(Misread::Empty);
    match (draft.shape, draft.volume_input) {
        (Shape::Monthly, _) => (0..MONTHS).all(|month| empty(Field::Month(month))),
        (_, VolumeInput::Budget) => empty(Field::Budget),
        _ => empty(Field::Calls),
    }
}
