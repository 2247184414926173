//! Days and months of the Gregorian calendar, written as in ISO 8601: `2027-01-31`, `2027-01`.
//!
//! There is no clock here; callers pass today's date. What dates look like to people is left to [`wording`](crate::wording).

use std::fmt;

/// The English names of the months, in the order of the calendar. Files and logs have them whatever the language of the page.
pub(crate) const MONTH_NAMES: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const LAST_YEAR: u16 = 9_999;

/// The number of a month by its name or the first three or more letters of it.
pub(crate) fn month_named(text: &str) -> Option<u8> {
    let begins = |name: &str| name.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    let place = MONTH_NAMES.iter().position(|name| text.len() >= 3 && begins(name))?;
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
        let days = CalendarMonth::new(year, month)?.days();
        (year > 0 && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The month that it is in.
    pub fn calendar_month(self) -> CalendarMonth {
        CalendarMonth { year: self.year, month: self.month }
    }

    /// The number of the day in its month, from 1.
    pub fn day_of_month(self) -> u8 {
        self.day
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

/// A month of a certain year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarMonth {
    year: u16,
    month: u8,
}

impl CalendarMonth {
    /// A month from 1 to 12 of a year from 0 to 9999; `None` outside of these.
    pub fn new(year: u16, month: u8) -> Option<Self> {
        (year <= LAST_YEAR && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// Reads `2027-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The number of the month in its year, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The number of its days, 28 to 31.
    pub fn days(self) -> u8 {
        let leap = self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The `number`th day from the first of this month on, perhaps in a later month; `None` outside of the years 1 to 9999.
    ///
    /// ```
    /// use callmix::date::CalendarMonth;
    /// let month = CalendarMonth::new(2027, 12).unwrap();
    /// assert_eq!(month.day(46).map(|date| date.to_string()), Some("2028-01-15".into()));
    /// ```
    pub fn day(self, number: u32) -> Option<Date> {
        let (mut month, mut day) = (self, number);
        // Even a period of centuries takes only some thousand steps.
        while day > month.days().into() {
            day -= u32::from(month.days());
            month = Some(month.plus_months(1)).filter(|month| month.year <= LAST_YEAR)?;
        }
        Date::new(month.year, month.month, u8::try_from(day).ok()?)
    }

    /// The month after that of a day in ISO 8601, in which a new estimate begins; `None` for anything else.
    pub fn after_day(day: &str) -> Option<Self> {
        Date::parse(day).map(|day| day.calendar_month().plus_months(1))
    }

    /// The months from this one to `later`; `None` where that is an earlier one.
    pub fn months_until(self, later: Self) -> Option<u32> {
        let count = |month: Self| u32::from(month.year) * 12 + u32::from(month.month);
        count(later).checked_sub(count(self))
    }

    /// The month that is `months` later.
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
