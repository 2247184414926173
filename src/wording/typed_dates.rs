//! Dates and months as people type them in English: `2027-01-31`, `31.01.2027`, `1/31/2027`, `January 31, 2027`, `Jan 2027`.

use crate::date::{CalendarMonth, Date, month_named, parts_of_date};
use crate::typed_number::plain_text;

/// Reads a date. Between slashes the month comes first, unless it can only be the day; between points the day does.
///
/// ```
/// use callmix::wording::typed_date;
/// let read = |text: &str| typed_date(text).map(|date| date.to_string());
/// assert_eq!(read("31/01/2027").as_deref(), Some("2027-01-31"));
/// assert_eq!(read("1/2/2027").as_deref(), Some("2027-01-02"));
/// assert_eq!(read("January 31, 2027").as_deref(), Some("2027-01-31"));
/// assert_eq!(read("February 29, 2027"), None);
/// ```
pub fn typed_date(text: &str) -> Option<Date> {
    let text = plain_text(text);
    let [first, second, third] = parts(&text)[..] else { return None };
    if let Some(month) = month_named(first) {
        return date(third, month, ordinal(second)?);
    }
    if let Some(month) = month_named(second) {
        return if is_year(first) { date(first, month, ordinal(third)?) } else { date(third, month, ordinal(first)?) };
    }
    if is_year(first) {
        return date(first, number(second)?, number(third)?);
    }
    let (one, two) = (number(first)?, number(second)?);
    let day_first = text.contains('.') || one > 12;
    let (month, day) = if day_first { (two, one) } else { (one, two) };
    date(third, month, day)
}

/// Reads a calendar month: `January 2027`, `Jan 2027`, `1/2027`, `01.2027` or `2027-1`.
pub fn typed_month(text: &str) -> Option<CalendarMonth> {
    let text = plain_text(text);
    let [first, second] = parts(&text)[..] else { return None };
    let (year, month) = if is_year(first) { (first, second) } else { (second, first) };
    CalendarMonth::new(year.parse().ok().filter(|_| is_year(year))?, month_named(month).or_else(|| number(month))?)
}

fn parts(text: &str) -> Vec<&str> {
    parts_of_date(text).into_iter().filter(|part| *part != "of").collect()
}

/// A year of four digits, so that no century is guessed, with a month and a day.
fn date(year: &str, month: u8, day: u8) -> Option<Date> {
    Date::new(year.parse().ok().filter(|_| is_year(year))?, month, day)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of at most two digits.
fn number(text: &str) -> Option<u8> {
    let is_number = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// A day of the month: `3` or `3rd`.
fn ordinal(text: &str) -> Option<u8> {
    let lower = text.to_ascii_lowercase();
    number(["st", "nd", "rd", "th"].iter().find_map(|ending| lower.strip_suffix(ending)).unwrap_or(&lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_date_in_the_usual_orders() {
        for text in [
            "2027-01-31",
            "2027/1/31",
            "2027.01.31",
            "31.01.2027",
            "31. 1. 2027",
            "31/01/2027",
            "31-01-2027",
            "1/31/2027",
            "01-31-2027",
            "January 31, 2027",
            "Jan 31 2027",
            "31 January 2027",
            "31st of January 2027",
            "31. Jan. 2027",
            "2027 Jan 31",
            "\u{ff13}\u{ff11}.01.2027",
            "\u{200e}2027-01-31\u{200f}",
            "2027\u{5e74}1\u{6708}31\u{65e5}",
        ] {
            assert_eq!(typed_date(text).map(|date| date.to_string()).as_deref(), Some("2027-01-31"), "{text}");
        }
        assert_eq!(typed_date("03/04/2027").map(|date| date.to_string()).as_deref(), Some("2027-03-04"));
        assert_eq!(typed_date("03.04.2027").map(|date| date.to_string()).as_deref(), Some("2027-04-03"));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in
            ["", "soon", "2027", "2027-02-29", "31.13.2027", "32/01/2027", "31/01/27", "2027-01", "1 2 3 2027", "Ja 31 2027", "31 January"]
        {
            assert_eq!(typed_date(text), None, "{text}");
        }
    }

    #[test]
    fn reads_months_by_name_and_number() {
        let read = |text: &str| typed_month(text).map(|month| month.to_string());
        for text in [
            "January 2027",
            "jan 2027",
            "Jan. 2027",
            "Jan-2027",
            "2027 Jan",
            "January, 2027",
            "1/2027",
            "01.2027",
            "01/2027",
            " JANUARY 2027 ",
            "2027-01",
            "2027-1",
            "2027/01",
            "2027\u{5e74}1\u{6708}",
            "\u{ff12}\u{ff10}\u{ff12}\u{ff17}-\u{ff10}\u{ff11}",
            "\u{ff12}\u{ff10}\u{ff12}\u{ff17}\u{ff0f}\u{ff11}",
            "\u{200e}2027\u{2013}01",
        ] {
            assert_eq!(read(text).as_deref(), Some("2027-01"), "{text}");
        }
        for text in ["2027", "ja 2027", "13/2027", "0/2027", "January 27", "Jan-27", "01/27", "2027-2028", "2027-01-31", "soon", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
