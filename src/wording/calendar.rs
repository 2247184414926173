//! Names of months and days.
//!
//! Billing months have the names of the calendar where the scenario has a first month, else their numbers.

use super::numbers::{grouped, of_unit};
use crate::date::{CalendarMonth, Date, MONTH_NAMES};

/// The last month of a plan.
const LAST_MONTH: u32 = 12;

/// The calendar month of billing month `month`, counted from 1 and allowed beyond 12; `None` without a first month.
fn calendar(start: Option<CalendarMonth>, month: u32) -> Option<CalendarMonth> {
    let later = u16::try_from(month.saturating_sub(1)).unwrap_or(u16::MAX);
    start.map(|start| start.plus_months(later))
}

fn name_of(month: CalendarMonth) -> &'static str {
    MONTH_NAMES[usize::from(month.month().saturating_sub(1)) % 12]
}

/// A billing month as a title: `January 2027`, or `Month 1`.
pub fn month_title(start: Option<CalendarMonth>, month: u32) -> String {
    match calendar(start, month) {
        Some(month) => format!("{} {:04}", name_of(month), month.year()),
        None => format!("Month {month}"),
    }
}

/// The first day of a billing month: `1 January 2027`, or `Month 1`.
pub fn first_day(start: Option<CalendarMonth>, month: u32) -> String {
    nth_day(start, month, 1).unwrap_or_else(|| month_title(start, month))
}

/// A short name for an axis: `Jan`, or `1`.
pub fn month_label(start: Option<CalendarMonth>, month: u32) -> String {
    match calendar(start, month) {
        Some(month) => name_of(month)[..3].into(),
        None => month.to_string(),
    }
}

/// A billing month inside a sentence: `January 2027`, or `month 1`.
pub fn month_inside(start: Option<CalendarMonth>, month: u32) -> String {
    match start {
        Some(_) => month_title(start, month),
        None => format!("month {month}"),
    }
}

/// The expiry of packages at the end of a billing month, inside a sentence: `at the end of December 2027`, `at the end of
/// month 12`, or `9 months after this plan ends`.
pub(super) fn expiry(start: Option<CalendarMonth>, month: u32) -> String {
    match month.saturating_sub(LAST_MONTH) {
        later if start.is_none() && later > 0 => format!("{} after this plan ends", of_unit(&grouped(later.into()), "month")),
        _ => format!("at the end of {}", month_inside(start, month)),
    }
}

/// Several billing months: `January, March to May 2027 and January 2028`, or `Months 1, 3 to 5 and 9`.
pub(super) fn month_list(start: Option<CalendarMonth>, months: &[u32]) -> String {
    let name = |month| calendar(start, month).map_or_else(|| month.to_string(), |month| name_of(month).into());
    let year = |month| calendar(start, month).map_or(0, |month| month.year());
    // Each entry is a month or a stretch of months, with its first and last year. Entries of the same years form one list
    // with the year once at its end; a stretch across two years is a list of its own.
    let mut names: Vec<(String, [u16; 2])> = Vec::new();
    let mut rest = months;
    while let [first, others @ ..] = rest {
        let following = (first + 1..).zip(others).take_while(|(next, month)| next == *month).count();
        let last = first + following as u32;
        let from = name(*first);
        // Two months in a row are not a stretch.
        if following < 2 {
            names.push((from, [year(*first); 2]));
            rest = others;
        } else {
            let from = if year(*first) == year(last) { from } else { month_title(start, *first) };
            names.push((format!("{from} to {}", name(last)), [year(*first), year(last)]));
            rest = &others[following..];
        }
    }
    let mut text = String::from(if start.is_some() {
        ""
    } else if months.len() == 1 {
        "Month "
    } else {
        "Months "
    });
    let ends_list = |place: usize| names.get(place + 1).is_none_or(|(_, next)| *next != names[place].1);
    for (place, (name, [_, year])) in names.iter().enumerate() {
        text.push_str(name);
        if start.is_some() && ends_list(place) {
            text.push_str(&format!(" {year:04}"));
        }
        let next = place + 1;
        if next < names.len() {
            // A list with an "and" of its own is not joined by another "and".
            let is_last = if ends_list(place) { next + 1 == names.len() } else { ends_list(next) };
            text.push_str(if is_last { " and " } else { ", " });
        }
    }
    text
}

/// A billing month (1 to 12) in data: `2027-03`, or `3` without a first month.
pub fn month_name(start: Option<CalendarMonth>, month: u32) -> String {
    calendar(start, month).map_or_else(|| month.to_string(), |month| month.to_string())
}

/// The day that is the `number`th counted from the first of a month: `7 January 2027`. `None` for numbered months.
pub(super) fn nth_day(start: Option<CalendarMonth>, month: u32, number: u32) -> Option<String> {
    calendar(start, month)?.day(number).map(day)
}

/// The last day of a month: `31 December 2027`. `None` for numbered months.
pub(super) fn last_day(start: Option<CalendarMonth>, month: u32) -> Option<String> {
    let month = calendar(start, month)?;
    month.day(month.days().into()).map(day)
}

/// A day for people: `31 January 2027`.
pub fn day(date: Date) -> String {
    let month = date.calendar_month();
    format!("{} {} {:04}", date.day_of_month(), name_of(month), month.year())
}

/// The version of a price list: `22 November 2026` where it is a date, else the version itself.
pub(super) fn date_or_name(version: &str) -> String {
    Date::parse(version).map_or_else(|| version.into(), day)
}

/// An ordinal number: `1st`, `22nd`, `13th`.
pub(super) fn ordinal(number: u32) -> String {
    let suffix = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: &str, month: u32, name: &str, label: &str) {
        let start = CalendarMonth::parse(start);
        assert_eq!((month_title(start, month).as_str(), month_label(start, month).as_str()), (name, label));
    }

    #[test]
    fn names_months_where_the_start_is_known() {
        check("", 12, "Month 12", "12");
        check("2027-01", 1, "January 2027", "Jan");
        check("2027-01", 12, "December 2027", "Dec");
        check("2027-11", 3, "January 2028", "Jan");
        check("2027-06", 24, "May 2029", "May");
    }

    #[track_caller]
    fn check_list(start: &str, months: &[u32], written: &str) {
        assert_eq!(month_list(CalendarMonth::parse(start), months), written);
    }

    #[test]
    fn writes_months_in_a_row_as_stretches() {
        check_list("", &[4], "Month 4");
        check_list("", &[1, 5, 9], "Months 1, 5 and 9");
        check_list("", &[1, 2, 3, 7], "Months 1 to 3 and 7");
        check_list("2027-01", &[4], "April 2027");
        check_list("2027-01", &[1, 3, 4, 5, 9], "January, March to May and September 2027");
        check_list("2027-11", &[1, 2, 3], "November 2027 to January 2028");
        check_list("2027-11", &[1, 2, 4], "November and December 2027 and February 2028");
        check_list("2027-11", &[1, 4, 6], "November 2027, February and April 2028");
        check_list("2027-11", &[1, 2], "November and December 2027");
        check_list("2027-12", &[1, 2], "December 2027 and January 2028");
        check_list("2026-06", &[1, 3, 5, 8, 10], "June, August and October 2026, January and March 2027");
        check_list("2026-06", &[1, 3, 5, 8], "June, August and October 2026 and January 2027");
        check_list("2026-10", &[1, 3, 4, 5, 7], "October 2026, December 2026 to February 2027 and April 2027");
        check_list("2026-10", &[1, 3, 4, 5, 7, 9], "October 2026, December 2026 to February 2027, April and June 2027");
        check_list("", &[1, 2, 5], "Months 1, 2 and 5");
    }

    #[track_caller]
    fn check_day(start: &str, month: u32, number: u32, written: Option<&str>) {
        assert_eq!(nth_day(CalendarMonth::parse(start), month, number).as_deref(), written);
    }

    #[test]
    fn counts_days_beyond_the_end_of_a_month() {
        check_day("", 1, 7, None);
        check_day("2027-01", 1, 1, Some("1 January 2027"));
        check_day("2027-01", 1, 7, Some("7 January 2027"));
        check_day("2027-01", 1, 31, Some("31 January 2027"));
        check_day("2027-01", 1, 32, Some("1 February 2027"));
        check_day("2027-12", 1, 46, Some("15 January 2028"));
        check_day("2028-02", 1, 29, Some("29 February 2028"));
        check_day("2100-02", 1, 29, Some("1 March 2100"));
        check_day("2000-02", 1, 30, Some("1 March 2000"));
    }

    #[test]
    fn writes_dates_for_people() {
        let check = |version: &str, written: &str| assert_eq!(date_or_name(version), written);
        check("2027-01-31", "31 January 2027");
        check("2026-12-01", "1 December 2026");
        check("2027-02-30", "2027-02-30");
        check("spring", "spring");
    }

    #[test]
    fn dates_the_expiry_after_the_plan_by_its_end() {
        let check = |start: &str, month: u32, written: &str| assert_eq!(expiry(CalendarMonth::parse(start), month), written);
        check("", 12, "at the end of month 12");
        check("", 13, "1 month after this plan ends");
        check("", 21, "9 months after this plan ends");
        check("2027-01", 21, "at the end of September 2028");
    }

    #[test]
    fn writes_ordinals() {
        assert_eq!([1, 2, 3, 7, 11, 12, 13, 21, 22, 23, 101].map(ordinal).join(" "), "1st 2nd 3rd 7th 11th 12th 13th 21st 22nd 23rd 101st");
    }
}
