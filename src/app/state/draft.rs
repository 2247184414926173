//! The form as a person left it, field by field.
//!
//! A draft may be incomplete or invalid. [`reading`](super::reading) turns it into a scenario; [`Draft::of`] turns the
//! scenario of a link or a file into the draft that a person would have typed.

mod lines;
mod purchases;

use self::lines::ClosedLines;
pub use self::purchases::{PlanDraft, PurchaseDraft};
use super::by_field::ByField;
use super::choices::{BusyHourAs, Shape, SlotsKnown, VolumeInput};
use crate::capacity::{BusyHour, Concurrency};
use crate::money::{Decimal, Percentage};
use crate::notes::{NoteField, Notes};
use crate::planner::Orders;
use crate::price_book::{Api, PriceBook, Service, TierBasis};
use crate::scenario::serialize::{all_equal, short};
use crate::scenario::{CalendarMonth, Scenario};
use crate::settlement::Postpaid;
use crate::typed_number;
use crate::usage::{MONTHS, Peaks, Profile};
use crate::wording;

/// A text field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Calls per year, month or day.
    Calls,
    /// Money per year, instead of calls.
    Budget,
    /// Calls of a month, counted from 0.
    Month(usize),
    /// All months together; a place for errors that concern their sum.
    Months,
    /// Calls of an API, counted from 0 in the service's order: a year, or twelve months.
    Api(usize),
    /// The share of the year's calls in its peaks, in percent.
    PeakShare,
    /// The months of the peaks; a place for errors that concern them.
    Peaks,
    /// The first calendar month.
    Start,
    /// Free calls left.
    Free,
    /// Calls left in an owned package, by the row's number.
    OwnedCalls(u32),
    /// Months left of an owned package, by the row's number.
    OwnedMonths(u32),
    /// Slots: one number, or twelve.
    Slots,
    /// The duration of a call, of queued work and of live traffic.
    Secs,
    /// Queued work: hours per month in which calls may run.
    QueuedHours,
    /// Queued work: target utilisation, in percent.
    QueuedUtilisation,
    /// Live traffic: calls in the busiest hour.
    LiveCalls,
    /// Live traffic: the busiest hour's share of the month's calls, in percent.
    LiveShare,
    /// Live traffic: the accepted share of failed calls, in percent.
    LiveFailure,
    /// Discount on packages, in percent.
    DiscountPackages,
    /// Discount on postpaid, in percent.
    DiscountPostpaid,
    /// Discount on slots, in percent.
    DiscountConcurrent,
    /// The month of a purchase in a plan of one's own, by the row's number.
    PlanMonth(u32),
    /// The size of its packages.
    PlanSize(u32),
    /// How many packages it buys.
    PlanCount(u32),
    /// The concurrent months of that plan.
    PlanSlots,
    /// A note of the sender.
    Note(NoteField),
}

impl Field {
    /// Whether there is no new answer while this field has an error.
    pub fn is_needed(self) -> bool {
        !matches!(self, Self::PlanMonth(_) | Self::PlanSize(_) | Self::PlanSlots | Self::Note(_))
    }
}

/// The contents of the form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    texts: ByField<String>,
    /// The way of entering the volume.
    pub volume_input: VolumeInput,
    /// The spread of the calls over the year.
    pub shape: Shape,
    /// Whether each month is one of the peaks.
    pub peaks: [bool; MONTHS],
    /// The postpaid switch.
    pub postpaid: Postpaid,
    /// When packages may be bought.
    pub orders: Orders,
    /// A plan of one's own.
    pub plan: Option<PlanDraft>,
    /// The rows of owned packages, by their numbers.
    pub owned: Vec<u32>,
    /// The way of entering the slots.
    pub slots: SlotsKnown,
    /// The way of entering the busiest hour.
    pub busy_hour: BusyHourAs,
    /// Which calls count towards a price tier; `None` is the service's own basis.
    pub tier_basis: Option<TierBasis>,
    /// The estimate's own price book, which only a file can have.
    pub price_book: Option<PriceBook>,
    /// The service; `None` is the first of the price book.
    pub service: Option<String>,
    /// The usage counts units of a service although it has APIs, as a file or link may do.
    pub counts_units: bool,
    /// The other lines of an estimate of several services.
    closed: ClosedLines,
}

/// The usual values of slots that are sized: of queued work, then of live traffic.
const USUAL_VALUES: [(Field, &str); 3] = [(Field::QueuedHours, "720"), (Field::QueuedUtilisation, "80"), (Field::LiveFailure, "1")];

/// Peaks to start from: two fifths of the calls in the last two months.
pub fn usual_peaks() -> Option<Peaks> {
    Peaks::new(std::array::from_fn(|month| month >= MONTHS - 2), Percentage::parse("40")?)
}

impl Draft {
    /// The text of a field.
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }

    /// Replaces the text of a field.
    pub fn write(&mut self, field: Field, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.texts.remove(field);
        } else {
            self.texts.insert(field, text);
        }
    }

    /// Adds an empty row for an owned package and returns its number.
    pub fn add_owned(&mut self) -> u32 {
        let row = self.owned.iter().max().map_or(0, |last| last + 1);
        self.owned.push(row);
        row
    }

    /// Removes the row of an owned package.
    pub fn remove_owned(&mut self, row: u32) {
        self.owned.retain(|&other| other != row);
        self.write(Field::OwnedCalls(row), "");
        self.write(Field::OwnedMonths(row), "");
    }

    /// The APIs whose calls the form asks for: those of the service, unless its units are counted.
    pub fn apis<'a>(&'a self, built_in: &'a PriceBook) -> &'a [Api] {
        let service = self.price_book.as_ref().unwrap_or(built_in).service(self.service.as_deref());
        service.filter(|_| !self.counts_units).map_or(&[], Service::apis)
    }

    /// Whether the volume is what a budget buys.
    pub fn is_budget(&self) -> bool {
        self.volume_input == VolumeInput::Budget && self.shape != Shape::Monthly
    }

    /// The budget whose calls the form asks for; `None` where it asks for something else, or the budget cannot be read.
    pub fn budget(&self) -> Option<Decimal> {
        typed_number::read_decimal(self.text(Field::Budget)).ok().filter(|_| self.is_budget())
    }

    /// The same form with a budget in place of its calls.
    pub fn with_budget(&self, budget: Decimal) -> Self {
        let mut draft = Self { volume_input: VolumeInput::Budget, ..self.clone() };
        draft.write(Field::Calls, "");
        draft.write(Field::Budget, wording::grouped_decimal(&short(budget)));
        draft
    }

    /// An empty form whose year begins in this month.
    pub fn starting(first_month: Option<CalendarMonth>) -> Self {
        let mut draft = Self::default();
        draft.write(Field::Start, first_month.map(|month| wording::month_title(Some(month), 1)).unwrap_or_default());
        draft
    }

    /// Whether anything is set beyond an empty form and the fields that are always visible.
    pub fn uses_more(&self, empty: &Self) -> bool {
        let is_plain = |field: Field| {
            matches!(field, Field::Calls | Field::Free | Field::Start | Field::PlanCount(_) | Field::Note(_))
                || self.text(field) == empty.text(field)
        };
        let plain = Self {
            texts: ByField::default(),
            postpaid: self.postpaid,
            plan: self.plan.clone(),
            service: self.service.clone(),
            closed: self.closed.clone(),
            ..Self::default()
        };
        !self.texts.fields().all(is_plain) || Self { texts: ByField::default(), ..self.clone() } != plain
    }

    /// The draft of a scenario for the prices of `book` and its notes; with `has_usage` false the volume stays empty.
    pub fn of(scenario: &Scenario, notes: &Notes, has_usage: bool, book: &PriceBook) -> Self {
        let mut draft = Self {
            postpaid: scenario.postpaid(),
            orders: scenario.orders(),
            tier_basis: scenario.tier_basis(),
            price_book: scenario.price_book().cloned(),
            service: scenario.service().map(Into::into),
            ..Self::default()
        };
        if let Some(plan) = scenario.plan() {
            draft.write_plan(plan);
        }
        if !scenario.apis().is_empty() {
            draft.write_apis(scenario, book);
        }
        let service = scenario.book(book).service(scenario.service());
        draft.counts_units = has_usage && scenario.apis().is_empty() && service.is_some_and(|service| !service.apis().is_empty());
        draft.shape = match scenario.usage().profile() {
            Profile::Own(_) if !scenario.apis().is_empty() => draft.shape,
            Profile::Own(months) => {
                draft.write_months(&months);
                Shape::Monthly
            }
            named => draft.write_profile(named),
        };
        if has_usage && draft.shape != Shape::Monthly && scenario.apis().is_empty() {
            draft.write(Field::Calls, wording::grouped(scenario.usage().total()));
        }
        if let Some(start) = scenario.start() {
            draft.write(Field::Start, wording::month_title(Some(start), 1));
        }
        if scenario.free_calls() > 0 {
            draft.write(Field::Free, wording::grouped(scenario.free_calls()));
        }
        for package in scenario.owned_packages() {
            let row = draft.add_owned();
            draft.write(Field::OwnedCalls(row), wording::grouped(package.calls));
            let until = scenario.start().map(|start| wording::month_title(Some(start), package.months_left));
            draft.write(Field::OwnedMonths(row), until.unwrap_or_else(|| package.months_left.to_string()));
        }
        let discount = scenario.discount();
        for (field, percentage) in [
            (Field::DiscountPackages, discount.packages),
            (Field::DiscountPostpaid, discount.postpaid),
            (Field::DiscountConcurrent, discount.concurrent),
        ] {
            draft.write(field, if percentage == Percentage::default() { String::new() } else { percentage.to_string() });
        }
        if let Some(concurrency) = scenario.concurrency() {
            draft.write_concurrency(concurrency);
        }
        for field in NoteField::ALL {
            draft.write(Field::Note(field), notes.get(field));
        }
        draft
    }

    /// Fills in the usual values of slots that are sized, where the fields are empty.
    pub fn write_usual_values(&mut self) {
        let usual = match self.slots {
            SlotsKnown::No | SlotsKnown::Directly => &USUAL_VALUES[..0],
            SlotsKnown::Queued => &USUAL_VALUES[..2],
            SlotsKnown::Live => &USUAL_VALUES[2..],
        };
        for &(field, text) in usual {
            if self.text(field).is_empty() {
                self.write(field, text);
            }
        }
    }

    /// What a field shows: its text, or its usual value before anybody has said how slots are known.
    pub fn text_or_usual(&self, field: Field) -> &str {
        let usual = USUAL_VALUES.iter().find(|&&(usual, _)| usual == field && self.slots == SlotsKnown::No);
        Some(self.text(field)).filter(|text| !text.is_empty()).or(usual.map(|&(_, text)| text)).unwrap_or_default()
    }

    /// The calls of each API of the service, and the spread of those given by the year.
    fn write_apis(&mut self, scenario: &Scenario, book: &PriceBook) {
        let Some(service) = scenario.book(book).service(scenario.service()) else { return };
        for (place, api) in service.apis().iter().enumerate() {
            let Some(given) = scenario.apis().iter().find(|given| given.id == api.id) else { continue };
            let text = match given.usage.profile() {
                Profile::Own(months) => months.map(|calls| calls.to_string()).join(", "),
                named => {
                    self.shape = self.write_profile(named);
                    given.usage.total().to_string()
                }
            };
            self.write(Field::Api(place), text);
        }
    }

    /// Writes what a named profile has beyond its name. Returns its shape.
    fn write_profile(&mut self, profile: Profile) -> Shape {
        match profile {
            Profile::Even | Profile::Own(_) => Shape::Even,
            Profile::Growing => Shape::Growing,
            Profile::Seasonal => Shape::Seasonal,
            Profile::Peaks(peaks) => {
                self.peaks = peaks.months();
                self.write(Field::PeakShare, peaks.share().to_string());
                Shape::Peaks
            }
        }
    }

    /// Fills in usual peaks, where there are none yet.
    pub fn write_usual_peaks(&mut self) {
        let is_empty = self.peaks == Self::default().peaks && self.text(Field::PeakShare).is_empty();
        if let Some(peaks) = usual_peaks().filter(|_| is_empty) {
            self.write_profile(Profile::Peaks(peaks));
        }
    }

    /// Writes twelve months.
    pub fn write_months(&mut self, months: &[u64; MONTHS]) {
        for (month, calls) in months.iter().enumerate() {
            self.write(Field::Month(month), wording::grouped(*calls));
        }
    }

    fn write_concurrency(&mut self, concurrency: &Concurrency) {
        let percent = |share: Decimal| share.times(100).map_or_else(|_| String::new(), |percent| plain(&percent.to_string()));
        match concurrency {
            Concurrency::Slots(months) => {
                self.slots = SlotsKnown::Directly;
                let listed = || months.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
                self.write(Field::Slots, all_equal(months).map_or_else(listed, |slots| slots.to_string()));
            }
            Concurrency::Queued(work) => {
                self.slots = SlotsKnown::Queued;
                self.write(Field::Secs, short(work.seconds_per_call));
                self.write(Field::QueuedHours, short(work.busy_hours_per_month));
                self.write(Field::QueuedUtilisation, percent(work.target_utilisation));
            }
            Concurrency::Live(traffic) => {
                self.slots = SlotsKnown::Live;
                self.write(Field::Secs, short(traffic.seconds_per_call));
                match traffic.busy_hour {
                    BusyHour::Calls(calls) => self.write(Field::LiveCalls, short(calls)),
                    BusyHour::Share(share) => {
                        self.busy_hour = BusyHourAs::Share;
                        self.write(Field::LiveShare, percent(share));
                    }
                }
                self.write(Field::LiveFailure, percent(traffic.accepted_failure));
            }
        }
    }
}

/// A decimal without trailing zeros.
fn plain(decimal: &str) -> String {
    decimal.trim_end_matches('0').trim_end_matches('.').into()
}
