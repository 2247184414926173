//! What is each field of the form called, what is to be written there, and what would be right?

use super::numbers::grouped;
use crate::notes::NoteField;
use crate::scenario::CalendarMonth;
use crate::typed_number::Misread;

/// Names of the months, in the order of the calendar.
const MONTH_NAMES: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// What the model takes for granted, in plain words.
pub const MODEL: [&str; 9] = [
    "The plan covers twelve billing months; packages are bought at the start of a month.",
    "Each call is paid by the free quota first, then by packages, the earliest expiry first, then by postpaid.",
    "A package is good for a year from its purchase, cannot be paused, and what is left of it then is lost.",
    "All postpaid calls of a month have the price of the tier that the month reaches, so a month can cost less with more calls.",
    "The free quota lasts all twelve months.",
    "A month in concurrent billing pays for its slots alone and uses no free calls and no packages; those age meanwhile.",
    "Switching the billing mode switches the whole account, with all its services.",
    "Calls left in packages when the year ends are counted as worth nothing.",
    "Failing calls are never billed, and prices exclude tax.",
];

/// A whole number out of range.
pub fn whole_range(least: u64, most: u64) -> String {
    format!("Write a whole number from {} to {}.", grouped(least), grouped(most))
}

/// A decimal out of range.
pub fn decimal_range(most: Option<u64>) -> String {
    match most {
        Some(most) => format!("Write a number above 0 and up to {}.", grouped(most)),
        None => "Write a number above 0.".into(),
    }
}

/// A share that may not be the whole.
pub fn share_below_whole() -> String {
    "Write a percentage above 0 and below 100.".into()
}

/// A percentage that is finer than a share can be.
pub fn too_many_decimals() -> String {
    "Write a percentage with at most 7 decimals.".into()
}

/// A decimal that is not understood.
pub fn misread_decimal(misread: &Misread) -> String {
    match misread {
        Misread::Empty => "Write a number, such as 60 or 0.5.".into(),
        _ => "Write a number in plain digits, with a point before decimals, such as 12.5.".into(),
    }
}

/// A first month that is not understood.
pub fn malformed_start() -> String {
    "Write a month and a year, such as January 2027 or 2027-01.".into()
}

/// A discount that is not understood.
pub fn malformed_discount() -> String {
    "Write a percentage from 0 to 100 with at most 2 decimals, such as 12.5.".into()
}

/// Twelve empty months.
pub fn no_months() -> String {
    "Write the calls of at least one month; empty months count as none.".into()
}

/// Twelve months with too many calls.
pub fn year_too_large(most: u64) -> String {
    format!("The twelve months together may have at most {} calls.", grouped(most))
}

/// Slots that are neither one number nor twelve.
pub fn one_or_twelve_slots() -> String {
    "Write one whole number, or twelve for the months, with spaces between.".into()
}

/// A month with calls and no slots.
pub fn no_slots() -> String {
    "A month with calls needs at least one slot.".into()
}

/// The parts of a pasted row or column: divided by tabs, lines or semicolons, else by commas before a space, else by
/// spaces, else by commas.
pub fn parts(text: &str) -> Vec<&str> {
    let text = text.trim();
    let hard = |c: char| matches!(c, '\t' | '\n' | '\r' | ';');
    let parts: Vec<&str> = if text.contains(hard) {
        text.split(['\t', '\n', ';']).collect()
    } else if text.contains(", ") {
        text.split(", ").collect()
    } else if text.contains(' ') {
        text.split(' ').filter(|part| !part.is_empty()).collect()
    } else {
        text.split(',').collect()
    };
    parts.into_iter().map(str::trim).collect()
}

/// Reads `January 2027`, `Jan 2027`, `1/2027` and `01.2027`.
pub fn named_month(text: &str) -> Option<CalendarMonth> {
    let (month, year) = text.trim().split_once([' ', '/', '.'])?;
    let month = month.trim_end_matches(['.', ',']).to_ascii_lowercase();
    let number = match month.parse::<usize>() {
        Ok(number) => number,
        Err(_) if month.len() >= 3 => 1 + MONTH_NAMES.iter().position(|name| name.starts_with(&month))?,
        Err(_) => return None,
    };
    CalendarMonth::parse(&format!("{}-{number:02}", year.trim()))
}

/// A note that is being written: what to write there.
pub fn note_hint(field: NoteField) -> &'static str {
    match field {
        NoteField::Customer => "For whom this estimate is.",
        NoteField::Title => "What the estimate is called.",
        NoteField::Reference => "Your own number for it.",
        NoteField::Note => "Anything else the reader should know.",
        NoteField::ValidUntil => "The last day you stand by it, such as 2027-01-31.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_by_name_and_number() {
        let read = |text: &str| named_month(text).map(|month| month.to_string());
        for text in ["January 2027", "jan 2027", "Jan. 2027", "1/2027", "01.2027", " JANUARY 2027 "] {
            assert_eq!(read(text).as_deref(), Some("2027-01"), "{text}");
        }
        for text in ["2027", "ja 2027", "13/2027", "0/2027", "January 27", "soon"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn rows_and_columns_fall_into_parts() {
        let check = |text: &str, expected: &[&str]| assert_eq!(parts(text), expected, "{text:?}");
        check("1\t2\t3\n", &["1", "2", "3"]);
        check("1,000\r\n2,000\r\n", &["1,000", "2,000"]);
        check("1,000, 2,000", &["1,000", "2,000"]);
        check("1;;3", &["1", "", "3"]);
        check("1 2  3", &["1", "2", "3"]);
        check("1,2,3", &["1", "2", "3"]);
        check("12", &["12"]);
    }
}
