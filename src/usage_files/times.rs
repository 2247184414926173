//! Dates and times as files write them, exact to the microsecond.
//!
//! [`read`] takes the text of one cell. What it cannot decide alone is left to the column: whether a date such as
//! `03/04/2026` has its day or its month first. Digits beyond microseconds are dropped. Local times count microseconds
//! since 1970 as if they were UTC; offsets are seconds east of it.

mod cursor;

pub use cursor::zone;
use cursor::{Cursor, Separator};

/// Microseconds in a second and in a day.
pub const SECOND: i64 = 1_000_000;
pub const DAY: i64 = 86_400 * SECOND;

/// How much time a written time names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A point in time.
    Moment,
    /// A whole day.
    Day,
    /// A whole month.
    Month,
}

/// A time that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// The beginning, by the clock of the place, in microseconds.
    pub local: i64,
    /// The offset that was written with it, in seconds.
    pub offset: Option<i32>,
    /// How long it is.
    pub span: Span,
}

/// Which number of a date such as `03/04/2026` comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

impl DateOrder {
    /// The code, `dmy` or `mdy`.
    pub fn code(self) -> &'static str {
        match self {
            Self::DayFirst => "dmy",
            Self::MonthFirst => "mdy",
        }
    }

    /// The order with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::DayFirst, Self::MonthFirst].into_iter().find(|order| order.code() == code)
    }
}

/// A cell that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// There is one way to read it.
    Clear(Time),
    /// A date of two numbers and a year, whose order its column decides.
    Slashed {
        /// The first number.
        first: u8,
        /// The second number.
        second: u8,
        /// The year.
        year: u16,
        /// The time of the day, the offset and the span.
        rest: Rest,
    },
}

impl Stamp {
    /// The time in this order of dates; `None` where there is no such day.
    pub fn in_order(self, order: DateOrder) -> Option<Time> {
        match (self, order) {
            (Self::Clear(time), _) => Some(time),
            (Self::Slashed { first, second, year, rest }, DateOrder::DayFirst) => rest.on(year, second, first),
            (Self::Slashed { first, second, year, rest }, DateOrder::MonthFirst) => rest.on(year, first, second),
        }
    }

    /// The order that the numbers themselves prove: one above 12 is a day.
    pub fn evidence(self) -> Option<DateOrder> {
        match self {
            Self::Slashed { first: 13.., .. } => Some(DateOrder::DayFirst),
            Self::Slashed { second: 13.., .. } => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// What follows a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    since_midnight: i64,
    offset: Option<i32>,
    span: Span,
}

impl Rest {
    fn on(self, year: u16, month: u8, day: u8) -> Option<Time> {
        let days = day_number(year, month, day)?;
        Some(Time { local: days * DAY + self.since_midnight, offset: self.offset, span: self.span })
    }
}

/// The days from 1970-01-01 to a day that exists.
pub fn day_number(year: u16, month: u8, day: u8) -> Option<i64> {
    if !(1..=9_999).contains(&year) || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    // Years that begin in March end with the leap day.
    let year = i64::from(year) - i64::from(month <= 2);
    let month = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + i64::from(day) - 1;
    Some(year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468)
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The year, month and day of a number of days from 1970-01-01.
pub fn civil(days: i64) -> (i64, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let small = |number: i64| u8::try_from(number).unwrap_or(u8::MAX);
    (year_of_era + era * 400 + i64::from(month <= 2), small(month), small(day))
}

/// Reads a cell; `None` where it is no date or time.
///
/// Understood are ISO 8601 and its relatives (`2026-01-31`, `2026/1/31 8:05`, `2026-01`, `2026年1月31日`), days and months
/// by name (`31 Jan 2026`, `31/Jan/2026:08:05:00 +0800`, `Jan 31, 2026`), `31.01.2026`, dates between slashes, and numbers
/// of 10, 13 and 16 digits, which are seconds, milliseconds and microseconds since 1970.
pub fn read(text: &[u8]) -> Option<Stamp> {
    let text = text.trim_ascii();
    if let Some(time) = usual(text) {
        return Some(Stamp::Clear(time));
    }
    let mut cursor = Cursor(text);
    if cursor.0.first()?.is_ascii_alphabetic() {
        return month_first_by_name(&mut cursor);
    }
    let (first, digits) = cursor.number()?;
    match digits {
        4 => year_first(&mut cursor, first),
        1 | 2 => year_last(&mut cursor, first),
        8 => {
            let stamp = date_stamp(first / 10_000, first / 100 % 100, first % 100, date_only())?;
            cursor.0.is_empty().then_some(stamp)
        }
        10 | 13 | 16 => since_1970(&mut cursor, first, digits),
        _ => None,
    }
}

/// Reads the form that nearly all logs have, `2026-01-31T08:05:00`, with `Z` or without, sooner than the general way.
fn usual(text: &[u8]) -> Option<Time> {
    let (text, offset) = match text {
        [text @ .., b'Z'] => (text, Some(0)),
        _ => (text, None),
    };
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b' ' | b'T', h0, h1, b':', n0, n1, b':', s0, s1] = text else { return None };
    let digits = [y0, y1, y2, y3, m0, m1, d0, d1, h0, h1, n0, n1, s0, s1].map(|byte| byte.wrapping_sub(b'0'));
    if digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let [y0, y1, y2, y3, m0, m1, d0, d1, h0, h1, n0, n1, s0, s1] = digits;
    let year = (u16::from(y0) * 10 + u16::from(y1)) * 100 + u16::from(y2) * 10 + u16::from(y3);
    let [hour, minute, second] = [h0 * 10 + h1, n0 * 10 + n1, s0 * 10 + s1];
    let days = day_number(year, m0 * 10 + m1, d0 * 10 + d1).filter(|_| hour < 24 && minute < 60 && second <= 60)?;
    let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
    Some(Time { local: days * DAY + seconds * SECOND, offset, span: Span::Moment })
}

fn since_1970(cursor: &mut Cursor<'_>, number: u64, digits: usize) -> Option<Stamp> {
    let number = i64::try_from(number).ok()?;
    let fraction = if digits == 10 && cursor.skip(b'.') { cursor.fraction()? } else { 0 };
    let local = match digits {
        10 => number * SECOND + fraction,
        13 => number * 1_000,
        _ => number,
    };
    cursor.0.is_empty().then_some(Stamp::Clear(Time { local, offset: Some(0), span: Span::Moment }))
}

fn date_only() -> Rest {
    Rest { since_midnight: 0, offset: None, span: Span::Day }
}

fn date_stamp(year: u64, month: u64, day: u64, rest: Rest) -> Option<Stamp> {
    let (year, month, day) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    rest.on(year, month, day).map(Stamp::Clear)
}

fn year_first(cursor: &mut Cursor<'_>, year: u64) -> Option<Stamp> {
    let separator = cursor.separator()?;
    if cursor.0.first()?.is_ascii_alphabetic() {
        let month = cursor.month_name()?;
        (cursor.separator()? == separator).then_some(())?;
        let day = cursor.short_number()?;
        return date_stamp(year, month.into(), day, cursor.rest()?);
    }
    let month = cursor.short_number()?;
    let has_day = match separator {
        Separator::Year => cursor.skip_text(cursor::MONTH) && cursor.0.first().is_some_and(u8::is_ascii_digit),
        Separator::Byte(mark) => cursor.skip(mark),
    };
    if !has_day {
        let rest = Rest { span: Span::Month, ..date_only() };
        return if cursor.0.is_empty() { date_stamp(year, month, 1, rest) } else { None };
    }
    let day = cursor.short_number()?;
    if separator == Separator::Year {
        cursor.skip_text(cursor::DAY);
    }
    date_stamp(year, month, day, cursor.rest()?)
}

fn year_last(cursor: &mut Cursor<'_>, first: u64) -> Option<Stamp> {
    let separator = cursor.separator()?;
    let Separator::Byte(mark) = separator else { return None };
    if cursor.0.first()?.is_ascii_alphabetic() {
        let month = cursor.month_name()?;
        (cursor.separator()? == separator).then_some(())?;
        let year = cursor.year()?;
        return date_stamp(year, month.into(), first, cursor.rest()?);
    }
    let second = cursor.short_number()?;
    (mark != b' ' && cursor.skip(mark)).then_some(())?;
    let year = cursor.year()?;
    let rest = cursor.rest()?;
    if mark == b'.' {
        return date_stamp(year, second, first, rest);
    }
    let (first, second, year) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?, u16::try_from(year).ok()?);
    let stamp = Stamp::Slashed { first, second, year, rest };
    let exists = stamp.in_order(DateOrder::DayFirst).or(stamp.in_order(DateOrder::MonthFirst)).is_some();
    exists.then_some(stamp)
}

fn month_first_by_name(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let month = cursor.month_name()?;
    cursor.separator()?;
    let day = cursor.short_number()?;
    cursor.skip(b',');
    cursor.separator()?;
    let year = cursor.year()?;
    date_stamp(year, month.into(), day, cursor.rest()?)
}

#[cfg(test)]
mod tests;
