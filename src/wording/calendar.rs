//! What is a billing month called, and which day is so many days later?
//!
//! With a first calendar month, by the Gregorian calendar; without one, months have only their numbers.

use crate::scenario::CalendarMonth;

const NAMES: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The calendar month of billing month `month` (from 1, beyond 12 too); `None` where the start is not known.
fn calendar(start: Option<CalendarMonth>, month: u32) -> Option<CalendarMonth> {
    let later = u16::try_from(month.saturating_sub(1)).unwrap_or(u16::MAX);
    start.map(|start| start.plus_months(later))
}

fn name_of(month: CalendarMonth) -> &'static str {
    NAMES[usize::from(month.month.saturating_sub(1)) % 12]
}

/// A billing month in full: `January 2027`, or `Month 1`.
pub fn month_title(start: Option<CalendarMonth>, month: u32) -> String {
    match calendar(start, month) {
        Some(month) => format!("{} {:04}", name_of(month), month.year),
        None => format!("Month {month}"),
    }
}

/// A billing month where there is little room: `Jan`, or `1`.
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

/// Several billing months: `January, March to May 2027 and January 2028`, or `Months 1, 3 to 5 and 9`.
pub(super) fn month_list(start: Option<CalendarMonth>, months: &[u32]) -> String {
    // Each stretch of months is its ends, each end a name and a year (none for numbers).
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for &month in months {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == month => *last = month,
            _ => stretches.push((month, month)),
        }
    }
    let name = |month| calendar(start, month).map_or_else(|| (month.to_string(), 0), |month| (name_of(month).to_string(), month.year));
    let mut ends = Vec::new();
    let count = stretches.len();
    for (place, &(first, last)) in stretches.iter().enumerate() {
        let before = if place == 0 {
            ""
        } else if place + 1 == count {
            " and "
        } else {
            ", "
        };
        ends.push((before, name(first)));
        if last > first {
            ends.push((if last == first + 1 { " and " } else { " to " }, name(last)));
        }
    }
    let mut text = String::from(if start.is_some() {
        ""
    } else if months.len() == 1 {
        "Month "
    } else {
        "Months "
    });
    for (place, (before, (name, year))) in ends.iter().enumerate() {
        text.push_str(before);
        text.push_str(name);
        // A year is written once for all months that follow each other in it.
        if start.is_some() && ends.get(place + 1).is_none_or(|(_, (_, next))| next != year) {
            text.push_str(&format!(" {year:04}"));
        }
    }
    text
}

/// The day that comes `days` after the first of a month, with its year: `8 January 2027`. `None` for numbered months.
pub(super) fn day_after_first(start: Option<CalendarMonth>, month: u32, days: u32) -> Option<String> {
    let mut day = 1 + days;
    let mut current = calendar(start, month)?;
    // A service that takes packages back for centuries is still dated, if in some thousand steps.
    while day > length(current) {
        day -= length(current);
        current = current.plus_months(1);
        if current.year == u16::MAX {
            return None;
        }
    }
    Some(format!("{day} {} {:04}", name_of(current), current.year))
}

fn length(month: CalendarMonth) -> u32 {
    let year = month.year;
    match month.month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
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
    fn months_are_named_where_the_start_is_known() {
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
    fn months_in_a_row_are_written_as_stretches() {
        check_list("", &[4], "Month 4");
        check_list("", &[1, 5, 9], "Months 1, 5 and 9");
        check_list("", &[1, 2, 3, 7], "Months 1 to 3 and 7");
        check_list("2027-01", &[4], "April 2027");
        check_list("2027-01", &[1, 3, 4, 5, 9], "January, March to May and September 2027");
        check_list("2027-11", &[1, 2, 3], "November 2027 to January 2028");
        check_list("2027-11", &[1, 2, 4], "November and December 2027 and February 2028");
        check_list("2027-11", &[1, 4, 6], "November 2027, February and April 2028");
    }

    #[track_caller]
    fn check_day(start: &str, month: u32, days: u32, written: Option<&str>) {
        assert_eq!(day_after_first(CalendarMonth::parse(start), month, days).as_deref(), written);
    }

    #[test]
    fn days_run_on_into_the_next_months() {
        check_day("", 1, 7, None);
        check_day("2027-01", 1, 0, Some("1 January 2027"));
        check_day("2027-01", 1, 7, Some("8 January 2027"));
        check_day("2027-01", 1, 30, Some("31 January 2027"));
        check_day("2027-01", 1, 31, Some("1 February 2027"));
        check_day("2027-12", 1, 45, Some("15 January 2028"));
        check_day("2028-02", 1, 28, Some("29 February 2028"));
        check_day("2100-02", 1, 28, Some("1 March 2100"));
        check_day("2000-02", 1, 29, Some("1 March 2000"));
    }
}
