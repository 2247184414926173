//! What has been typed and chosen, exactly as a person left it?
//!
//! A draft may be half finished or wrong. What it means is decided in [`reading`](super::reading); a scenario that comes
//! from a link or a file is turned into the draft that a person would have typed.

use super::texts::Texts;
use crate::capacity::{BusyHour, Concurrency};
use crate::money::Percentage;
use crate::notes::{NoteField, Notes};
use crate::price_book::{PriceBook, TierBasis};
use crate::scenario::Scenario;
use crate::scenario::serialize::{all_equal, short};
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Profile};

/// A place where text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Calls per year, month or day.
    Calls,
    /// Money per year, in place of calls.
    Budget,
    /// Calls of a month, counted from 0.
    Month(usize),
    /// All months together, which only have an error in common.
    Months,
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
    /// Queued work: seconds per call.
    QueuedSecs,
    /// Queued work: busy hours per month.
    QueuedHours,
    /// Queued work: target utilisation, in percent.
    QueuedUtilisation,
    /// Live traffic: seconds per call.
    LiveSecs,
    /// Live traffic: calls in the busy hour.
    LiveCalls,
    /// Live traffic: the busy hour's share of the month's calls, in percent.
    LiveShare,
    /// Live traffic: accepted failures, in percent.
    LiveFailure,
    /// Discount on packages, in percent.
    DiscountPackages,
    /// Discount on postpaid, in percent.
    DiscountPostpaid,
    /// Discount on slots, in percent.
    DiscountConcurrent,
    /// What the sender says.
    Note(NoteField),
}

/// How the volume is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VolumeInput {
    /// Calls per year.
    #[default]
    Year,
    /// Calls per month, twelve of them.
    Month,
    /// Calls per day, 365 of them.
    Day,
    /// As money: the calls that it buys.
    Budget,
}

impl VolumeInput {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Year, Self::Month, Self::Day, Self::Budget];

    /// How often a year has what is given; money is given for the whole year.
    pub fn times_a_year(self) -> u64 {
        match self {
            Self::Year | Self::Budget => 1,
            Self::Month => 12,
            Self::Day => 365,
        }
    }
}

/// How the year is shaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// The same every month.
    #[default]
    Even,
    /// Growing month by month.
    Growing,
    /// A peak at the year's end.
    Seasonal,
    /// Twelve numbers.
    Monthly,
}

impl Shape {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Even, Self::Growing, Self::Seasonal, Self::Monthly];
}

/// How slots are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SlotsKnown {
    /// Not at all.
    #[default]
    No,
    /// As a number.
    Directly,
    /// From work that waits.
    Queued,
    /// From traffic that does not.
    Live,
}

impl SlotsKnown {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::No, Self::Directly, Self::Queued, Self::Live];
}

/// How the busy hour is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BusyHourAs {
    /// In calls.
    #[default]
    Calls,
    /// As a share of the month's calls.
    Share,
}

impl BusyHourAs {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Calls, Self::Share];
}

/// The form as it stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    texts: Texts,
    /// How the volume is given.
    pub volume_input: VolumeInput,
    /// How the year is shaped.
    pub shape: Shape,
    /// The switch.
    pub postpaid: Postpaid,
    /// The rows of owned packages, by their numbers.
    pub owned: Vec<u32>,
    /// How slots are known.
    pub slots: SlotsKnown,
    /// How the busy hour is given.
    pub busy_hour: BusyHourAs,
    /// The reading of the tiers; `None`: as the service says.
    pub tier_basis: Option<TierBasis>,
    /// Prices of an estimate's own, which only a file brings.
    pub price_book: Option<PriceBook>,
    /// The service; `None`: the first.
    pub service: Option<String>,
}

impl Draft {
    /// What stands in a field.
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }

    /// Writes into a field.
    pub fn write(&mut self, field: Field, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.texts.remove(field);
        } else {
            self.texts.insert(field, text);
        }
    }

    /// Adds an empty row for an owned package; its number.
    pub fn add_owned(&mut self) -> u32 {
        let row = self.owned.iter().max().map_or(0, |last| last + 1);
        self.owned.push(row);
        row
    }

    /// Takes a row of an owned package away.
    pub fn remove_owned(&mut self, row: u32) {
        self.owned.retain(|&other| other != row);
        self.write(Field::OwnedCalls(row), "");
        self.write(Field::OwnedMonths(row), "");
    }

    /// Does it use anything beyond the three fields that are always there?
    pub fn uses_more(&self) -> bool {
        let always = |field: Field| matches!(field, Field::Calls | Field::Free);
        let plain = Self { texts: Texts::default(), postpaid: self.postpaid, ..Self::default() };
        let texts = self.texts.fields().all(always);
        !texts || Self { texts: Texts::default(), ..self.clone() } != plain
    }

    /// The draft that says what a scenario and its notes say; with `has_usage` false the volume is left empty.
    pub fn of(scenario: &Scenario, notes: &Notes, has_usage: bool) -> Self {
        let mut draft = Self {
            postpaid: scenario.postpaid,
            tier_basis: scenario.tier_basis,
            price_book: scenario.price_book.clone(),
            service: scenario.service.clone(),
            ..Self::default()
        };
        draft.shape = match scenario.usage.profile() {
            Profile::Even => Shape::Even,
            Profile::Growing => Shape::Growing,
            Profile::Seasonal => Shape::Seasonal,
            Profile::Own(months) => {
                draft.write_months(&months);
                Shape::Monthly
            }
        };
        if has_usage && draft.shape != Shape::Monthly {
            draft.write(Field::Calls, scenario.usage.total().to_string());
        }
        if let Some(start) = scenario.start {
            draft.write(Field::Start, start.to_string());
        }
        if scenario.free_calls > 0 {
            draft.write(Field::Free, scenario.free_calls.to_string());
        }
        for package in &scenario.owned_packages {
            let row = draft.add_owned();
            draft.write(Field::OwnedCalls(row), package.calls.to_string());
            draft.write(Field::OwnedMonths(row), package.months_left.to_string());
        }
        let discount = scenario.discount;
        for (field, percentage) in [
            (Field::DiscountPackages, discount.packages),
            (Field::DiscountPostpaid, discount.postpaid),
            (Field::DiscountConcurrent, discount.concurrent),
        ] {
            draft.write(field, if percentage == Percentage::default() { String::new() } else { percentage.to_string() });
        }
        if let Some(concurrency) = &scenario.concurrency {
            draft.write_concurrency(concurrency);
        }
        for field in NoteField::ALL {
            draft.write(Field::Note(field), notes.get(field));
        }
        draft
    }

    /// Writes twelve months.
    pub fn write_months(&mut self, months: &[u64; MONTHS]) {
        for (month, calls) in months.iter().enumerate() {
            self.write(Field::Month(month), calls.to_string());
        }
    }

    fn write_concurrency(&mut self, concurrency: &Concurrency) {
        let percent = |share: crate::money::Decimal| share.times(100).map_or_else(|_| String::new(), |percent| plain(&percent.to_string()));
        match concurrency {
            Concurrency::Slots(months) => {
                self.slots = SlotsKnown::Directly;
                let listed = || months.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
                self.write(Field::Slots, all_equal(months).map_or_else(listed, |slots| slots.to_string()));
            }
            Concurrency::Queued(work) => {
                self.slots = SlotsKnown::Queued;
                self.write(Field::QueuedSecs, short(work.seconds_per_call));
                self.write(Field::QueuedHours, short(work.busy_hours_per_month));
                self.write(Field::QueuedUtilisation, percent(work.target_utilisation));
            }
            Concurrency::Live(traffic) => {
                self.slots = SlotsKnown::Live;
                self.write(Field::LiveSecs, short(traffic.seconds_per_call));
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

/// A decimal without zeros at its end that say nothing.
fn plain(decimal: &str) -> String {
    decimal.trim_end_matches('0').trim_end_matches('.').into()
}
