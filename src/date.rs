//! Days of the Gregorian calendar, written as in ISO 8601: `2027-01-31`.
//!
//! There is no clock here; callers pass today's date.

use std::fmt;

/// The names of the months, in the order of the calendar.
const MONTH_NAMES: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The number of a month by its name or the first three or more letters of it.
pub(crate) fn month_named(text: &str) -> Option<u8> {
    let lower = text.to_ascii_lowercase();
    let place = MONTH_NAMES.iter().position(|name| lower.len() >= 3 && name.starts_with(&lower))?;
    u8::try_from(place + 1).ok()
}

/// The parts of a written date or month, without the marks and characters between them.
pub(crate) fn parts_of_date(text: &str) -> Vec<&str> {
    let divides = |c: char| !c.is_alphanumeric() || matches!(c, '\u{5e74}' | '\u{6708}' | '\u{65e5}');
    text.split(divides).filter(|part| !part.is_empty()).collect()
}

/// A day that exists, of the years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, where there is one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9_999).contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `2027-01-31`.
    ///
    /// ```
    /// use callmix::date::Date;
    /// assert_eq!(Date::parse("2028-02-29").map(|date| date.to_string()), Some("2028-02-29".into()));
    /// assert_eq!(Date::parse("2027-02-29"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |len: usize| {
            let part = parts.next().filter(|part| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()))?;
            part.parse::<u16>().ok()
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, exists: bool) {
        assert_eq!(Date::parse(text).map(|date| date.to_string()), exists.then(|| text.into()), "{text:?}");
    }

    #[test]
    fn reads_days_that_exist() {
        for text in ["2027-01-01", "2027-01-31", "2027-04-30", "2027-02-28", "2027-12-31", "0001-01-01", "9999-12-31"] {
            check(text, true);
        }
        for text in ["2028-02-29", "2000-02-29", "2400-02-29"] {
            check(text, true);
        }
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for text in ["2027-02-29", "2100-02-29", "1900-02-29", "2028-02-30", "2027-04-31", "2027-00-10", "2027-13-10", "2027-01-00"] {
            check(text, false);
        }
        for text in ["", "2027-1-1", "27-01-01", "2027-01", "2027-01-01-01", "2027/01/01", "2027-01-32", " 2027-01-01", "0000-01-01"] {
            check(text, false);
        }
        for text in ["+027-01-01", "20270101", "2027-01-0\u{0661}", "--", "2027-01-"] {
            check(text, false);
        }
    }
}
