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
    let name = |month| calendar(start, month).map_or_else(|| month.to_string(), |month| name_of(month).into());
    let year = |month| calendar(start, month).map_or(0, |month| month.year);
    // Each name, or two with "to" between, and the years that it reaches over. What has the same years is one list, with
    // the year once behind it; a stretch across two years stands alone.
    let mut names: Vec<(String, [u16; 2])> = Vec::new();
    let mut rest = months;
    while let [first, others @ ..] = rest {
        let following = (first + 1..).zip(others).take_while(|(next, month)| next == *month).count();
        let last = first + following as u32;
        let from = name(*first);
        // Two in a row are two.
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
            // A list that has its own "and" is not joined by another.
            let is_last = if ends_list(place) { next + 1 == names.len() } else { ends_list(next) };
            text.push_str(if is_last { " and " } else { ", " });
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
        check_list("2027-11", &[1, 2], "November and December 2027");
        check_list("2027-12", &[1, 2], "December 2027 and January 2028");
        check_list("2026-06", &[1, 3, 5, 8, 10], "June, August and October 2026, January and March 2027");
        check_list("2026-06", &[1, 3, 5, 8], "June, August and October 2026 and January 2027");
        check_list("2026-10", &[1, 3, 4, 5, 7], "October 2026, December 2026 to February 2027 and April 2027");
        check_list("2026-10", &[1, 3, 4, 5, 7, 9], "October 2026, December 2026 to February 2027, April and June 2027");
        check_list("", &[1, 2, 5], "Months 1, 2 and 5");
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
