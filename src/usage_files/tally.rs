//! The tally of a file: exact sums by meter and month, and the rows that were left out.

use std::collections::{BTreeMap, BTreeSet};

use super::Left;
use super::problem::FileErrorKind;
use super::quantities::Quantity;
use super::times::{self, DAY, Span, Time};
use crate::scenario::CalendarMonth;

/// The most meters of all files.
pub const MOST_METERS: usize = 20_000;
/// The most months with sums, over all meters.
const MOST_SUMS: usize = 1_000_000;

/// A month, counted from the year 0.
pub type MonthNumber = i64;

/// The month of a day, counted from 1970-01-01.
pub fn month_of(day: i64) -> MonthNumber {
    let (year, month, _) = times::civil(day);
    year * 12 + i64::from(month) - 1
}

/// The sums of a meter by month.
pub type Months = BTreeMap<MonthNumber, Sum>;

/// A month as the contract writes it: `2027-01`.
pub fn month_name(month: MonthNumber) -> String {
    calendar_month(month).map(|month| month.to_string()).unwrap_or_default()
}

/// The first day of a month.
pub fn first_day(month: MonthNumber) -> i64 {
    let calendar = |month: MonthNumber| {
        let year = u16::try_from(month.div_euclid(12)).ok()?;
        times::day_number(year, u8::try_from(month.rem_euclid(12) + 1).ok()?, 1)
    };
    calendar(month).unwrap_or(i64::MAX / DAY)
}

/// The month as the calendar names it.
pub fn calendar_month(month: MonthNumber) -> Option<CalendarMonth> {
    CalendarMonth::new(u16::try_from(month.div_euclid(12)).ok()?, u8::try_from(month.rem_euclid(12) + 1).ok()?)
}

/// The calls of a meter in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Exactly.
    pub quantity: Quantity,
    /// From how many rows.
    pub rows: u64,
}

/// Meters by their names and units, each with a number.
#[derive(Debug, Default)]
pub struct Meters {
    numbers: BTreeMap<Vec<u8>, usize>,
    names: Vec<(String, String)>,
    key: Vec<u8>,
    last: Option<usize>,
}

impl Meters {
    /// The number of a meter. The parts of its name are joined by a slash.
    pub fn number(&mut self, name: [&[u8]; 2], unit: &[u8]) -> Result<usize, FileErrorKind> {
        let key_before = self.key.len();
        let [first, second] = name;
        let length = first.len() + second.len() + unit.len() + 2;
        // Rows of one meter often follow each other.
        if let Some(last) = self.last
            && length == key_before
            && self.key.starts_with(first)
            && self.key.get(first.len() + 1..).is_some_and(|rest| rest.starts_with(second))
            && self.key.ends_with(unit)
            && self.key.get(first.len()) == Some(&0)
            && self.key.get(first.len() + 1 + second.len()) == Some(&0)
        {
            return Ok(last);
        }
        self.key.clear();
        for part in [first, &[0], second, &[0], unit] {
            self.key.extend_from_slice(part);
        }
        let number = match self.numbers.get(&self.key) {
            Some(&number) => number,
            None => {
                let number = self.names.len();
                if number >= MOST_METERS {
                    return Err(FileErrorKind::TooManyMeters { most: MOST_METERS });
                }
                let text = super::input::cell_text;
                let joined = if second.is_empty() { text(first) } else { format!("{} / {}", text(first), text(second)) };
                self.names.push((joined, text(unit)));
                self.numbers.insert(self.key.clone(), number);
                number
            }
        };
        self.last = Some(number);
        Ok(number)
    }

    /// Whether there is a meter that the others have too.
    pub fn shares_any(&self, others: &Self) -> bool {
        self.numbers.keys().any(|key| others.numbers.contains_key(key))
    }

    /// The name and the unit of a meter.
    pub fn name(&self, number: usize) -> Option<&(String, String)> {
        self.names.get(number)
    }
}

/// The offset of the times that were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ZoneSeen {
    /// No time yet.
    #[default]
    None,
    /// One offset, in seconds.
    One(i32),
    /// Several.
    Mixed,
}

impl ZoneSeen {
    /// With a further offset.
    #[must_use]
    pub fn and(self, offset: i32) -> Self {
        match self {
            Self::None => Self::One(offset),
            Self::One(seen) if seen == offset => self,
            _ => Self::Mixed,
        }
    }

    /// With those of another file.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        match other {
            Self::None => self,
            Self::One(offset) => self.and(offset),
            Self::Mixed => Self::Mixed,
        }
    }
}

/// The rows of a file, counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    sums: BTreeMap<(usize, MonthNumber), Sum>,
    /// The sum that was added to last, which is not in `sums` meanwhile.
    open: Option<((usize, MonthNumber), Sum)>,
    /// Rows that were left out, by reason.
    pub left_out: [u64; Left::ALL.len()],
    /// The first and the last day with a row, counted or not.
    pub days: Option<(i64, i64)>,
    /// The beginning of the first row and the end of the last one, in local time.
    pub extent: Option<(i64, i64)>,
    /// Billing periods, from their start up to their end.
    pub periods: BTreeSet<(i64, i64)>,
    /// The offsets of the times.
    pub zone: ZoneSeen,
    /// The day of the last row: its beginning, its end and its month. Rows of one day often follow each other.
    today: Option<(i64, i64, MonthNumber)>,
}

/// The most different billing periods that are kept.
const MOST_PERIODS: usize = 10_000;

impl Tally {
    /// A row that is left out.
    pub fn leave_out(&mut self, why: Left) {
        self.left_out[why.place()] += 1;
    }

    /// The time of a row, counted or not, by the clock of its zone.
    pub fn see(&mut self, time: Time) {
        if let (Some((first, last)), Some((from, to, _))) = (self.extent, self.today)
            && time.span == Span::Moment
            && (from..to).contains(&time.local)
        {
            self.extent = Some((first.min(time.local), last.max(time.local)));
            return;
        }
        let first = time.local.div_euclid(DAY);
        let last = match time.span {
            Span::Month => first_day(month_of(first) + 1) - 1,
            Span::Moment | Span::Day => first,
        };
        let end = if time.span == Span::Moment { time.local } else { (last + 1) * DAY };
        let wider = |seen: Option<(i64, i64)>, from: i64, to: i64| seen.map_or((from, to), |(a, b)| (a.min(from), b.max(to)));
        self.days = Some(wider(self.days, first, last));
        self.extent = Some(wider(self.extent, time.local, end));
        self.today = Some((first * DAY, (first + 1) * DAY, month_of(first)));
    }

    /// A billing period.
    pub fn see_period(&mut self, start: i64, end: i64) {
        if self.periods.len() < MOST_PERIODS {
            self.periods.insert((start, end));
        }
    }

    /// A row that is counted, whose time was [seen](Self::see).
    pub fn count(&mut self, meter: usize, local: i64, quantity: Quantity) -> Result<(), FileErrorKind> {
        let month = match self.today {
            Some((from, to, month)) if (from..to).contains(&local) => month,
            _ => month_of(local.div_euclid(DAY)),
        };
        let key = (meter, month);
        match &mut self.open {
            Some((open, sum)) if *open == key => add(sum, quantity),
            _ => {
                self.close();
                let mut sum = self.sums.remove(&key).unwrap_or_default();
                add(&mut sum, quantity);
                if self.sums.len() >= MOST_SUMS {
                    return Err(FileErrorKind::TooManyMeters { most: MOST_METERS });
                }
                self.open = Some((key, sum));
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        if let Some((key, sum)) = self.open.take() {
            self.sums.insert(key, sum);
        }
    }

    /// The sums by meter and month.
    pub fn into_sums(mut self) -> BTreeMap<(usize, MonthNumber), Sum> {
        self.close();
        self.sums
    }
}

fn add(sum: &mut Sum, quantity: Quantity) {
    sum.quantity = sum.quantity.plus(quantity);
    sum.rows += 1;
}
