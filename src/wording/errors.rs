//! Validation errors: what to enter instead.

use super::numbers::{grouped, grouped_decimal, list, of_unit};
use crate::entry::EntryError;
use crate::money::Decimal;
use crate::problem::{Allowed, ErrorKind, Given, HOURS_OF_LONGEST_MONTH, Kind, ValidationError, WholeRange};
use crate::typed_number::Misread;

/// All errors in one line, each with its field: `usage.yearly: Enter a whole number …`.
pub fn error_list(errors: &[ValidationError]) -> String {
    let line = |error: &ValidationError| match error.field.as_str() {
        "" => error_sentence(&error.kind),
        field => format!("{field}: {}", error_sentence(&error.kind)),
    };
    errors.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// One sentence that says what to enter instead.
pub fn error_sentence(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::NotJson { line, column } => {
            format!("Enter one complete JSON object; this text is not valid JSON at line {line}, column {column}.")
        }
        ErrorKind::Missing { needed } => format!("Add {needed}; it is required."),
        ErrorKind::UnknownField { known } => format!("Remove this unknown field; the known fields are {}.", list(known, "and")),
        ErrorKind::OnlyOneOf { fields } => format!("Enter only one of {}.", list(fields, "and")),
        ErrorKind::Utf16 => "Save this text as UTF-8; it is UTF-16.".into(),
        ErrorKind::WrongType { expected, given } => format!("Enter {}; this is {}.", kind_of_value(*expected), described(given)),
        ErrorKind::NotAWholeNumber(WholeRange { least, most }) => {
            format!("Enter a whole number from {} to {}, without a decimal point or exponent.", grouped(*least), grouped(*most))
        }
        ErrorKind::OutOfRange(WholeRange { least, most }) => {
            format!("Enter a whole number from {} to {}.", grouped(*least), grouped(*most))
        }
        ErrorKind::MonthWithoutSlots => "Enter at least 1 slot for each month with calls.".into(),
        ErrorKind::NotTwelveMonths { given } => format!("Enter 12 numbers, one for each month; this list has {given}."),
        ErrorKind::TooManyEntries { most } => format!("Enter at most {most} entries."),
        ErrorKind::YearAboveLimit { most } => format!("Enter at most {} calls for all 12 months.", grouped(*most)),
        ErrorKind::MalformedDecimal => {
            "Enter a decimal number in quotes, for example \"4.80\", with up to 12 digits before the point and 9 after it.".into()
        }
        ErrorKind::MalformedPercentage => "Enter a percentage in quotes, for example \"12.5\", with up to 2 decimals.".into(),
        ErrorKind::PercentageAboveHundred => "Enter a percentage from 0 to 100.".into(),
        ErrorKind::DecimalOutOfRange { allowed } => format!("Enter {}.", range(*allowed)),
        ErrorKind::MalformedMonth => "Enter the month as year-month, for example \"2027-01\".".into(),
        ErrorKind::MalformedDate => "Enter the date as year-month-day, for example 2027-01-31.".into(),
        ErrorKind::MalformedHash => "Enter the price book’s hash from the quote, which has eight hexadecimal digits.".into(),
        ErrorKind::TooLong { most } => format!("Use {} characters or fewer.", grouped(*most as u64)),
        ErrorKind::UnusableCharacter => "Remove line breaks, control characters and characters that change the text direction.".into(),
        ErrorKind::NotOpenable => "Enter a link to this page, a scenario as JSON, or an estimate exported as JSON.".into(),
        ErrorKind::UnknownValue { known } => format!("Enter {}.", list(known, "or")),
        ErrorKind::Duplicate => "Remove this duplicate.".into(),
        ErrorKind::Unsorted => "Sort the tiers by their start; this one starts below the one before it.".into(),
        ErrorKind::Empty => "Enter a value; this can’t be empty.".into(),
        ErrorKind::NothingOffered => "Add packages, tiers or concurrent billing; this service has none of them.".into(),
        ErrorKind::NoTierFrom { start } => format!("Add a tier that starts from {start}."),
        ErrorKind::NotAPowerOfTen { most } => format!("Enter 1, 10, 100 or another power of ten up to {}.", grouped(*most)),
        ErrorKind::TooManyDigits => {
            "Use fewer digits; the largest price and the decimals of the smallest may have at most 25 digits together.".into()
        }
        ErrorKind::UnknownPackage { known } if known.is_empty() => "Remove this purchase; the service sells no packages.".into(),
        ErrorKind::UnknownPackage { known } => {
            let known: Vec<String> = known.iter().map(|&calls| grouped(calls)).collect();
            format!("Enter a package size that is sold: {}.", list(&known.iter().map(String::as_str).collect::<Vec<_>>(), "or"))
        }
        ErrorKind::OrderAboveLimit { most } => format!("Buy packages of at most {} calls together.", grouped(*most)),
        ErrorKind::NotOffered => "Remove this month; the service has no concurrent billing.".into(),
        ErrorKind::SlotsUnknown => "Enter how many slots the month needs, or remove it from the concurrent months.".into(),
        ErrorKind::SlotsAboveMaximum { most } => {
            format!("Remove this month; it needs more than the {} that are sold.", of_unit(&grouped(*most), "slot"))
        }
        ErrorKind::UnknownApi { known } if known.is_empty() => {
            "Give the calls of the service itself, as yearly or monthly; it has no APIs.".into()
        }
        ErrorKind::UnknownApi { known } => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            format!("Enter an API of the service: {}.", list(&known, "or"))
        }
        ErrorKind::UnknownGroup { known } => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            format!("Enter an API group, or a service that has none: {}.", list(&known, "or"))
        }
        ErrorKind::ConflictingGroup => {
            "Give all services of an API group the same concurrent billing, and no other service its name.".into()
        }
        ErrorKind::ConflictingDiscount => "Enter the same discount on slots for all services of an API group.".into(),
        ErrorKind::NotHttps => "Enter a complete address that starts with https://.".into(),
        ErrorKind::UnknownService { known, further } => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            match further {
                0 => format!("Enter a service of the price book: {}.", list(&known, "or")),
                _ => format!("Enter a service of the price book: {} or one of {further} more.", known.join(", ")),
            }
        }
        ErrorKind::UnsupportedValidity { least_months } => {
            format!("Enter at least {least_months} months, so that no new package expires within the plan.")
        }
        ErrorKind::UnsupportedSizes { most } => format!(
            "Change the package sizes: the one with the lowest price per call may be at most {} times their greatest common divisor.",
            grouped(*most)
        ),
        ErrorKind::UnsupportedDiscount => "Enter less than 100%; packages of these sizes can’t be free.".into(),
        ErrorKind::LoadTooLarge => "Enter fewer or shorter calls; this load is too large to size.".into(),
        ErrorKind::AmountTooLarge => "Enter fewer calls or lower prices; these amounts have too many digits to be exact.".into(),
        ErrorKind::NoPlan => "No plan covers all your calls; turn on postpaid, or choose a service that sells packages or postpaid.".into(),
        ErrorKind::NoPlanAtOnce { most } => format!(
            "No plan covers all your calls, because a month needs more slots than this service allows; enter at most {}.",
            of_unit(&grouped(*most), "slot")
        ),
    }
}

/// A number that a field of the form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Calls per year.
    CallsPerYear,
    /// Calls per month.
    CallsPerMonth,
    /// Calls per day.
    CallsPerDay,
    /// Calls of a single month, or calls left in a package.
    Calls,
    /// Free calls that are left.
    FreeCalls,
    /// A count of months or slots.
    Count,
    /// An amount of money.
    Amount,
    /// The hours of a month.
    Hours,
    /// A percentage, mostly a large one.
    Percentage,
    /// A percentage, mostly below 1.
    SmallPercentage,
    /// Calls in an hour.
    CallsPerHour,
    /// A duration in seconds.
    Seconds,
}

impl Expected {
    fn is_whole(self) -> bool {
        use Expected::*;
        matches!(self, CallsPerYear | CallsPerMonth | CallsPerDay | Calls | FreeCalls | Count)
    }

    fn is_percentage(self) -> bool {
        matches!(self, Self::Percentage | Self::SmallPercentage)
    }

    /// What to enter, with an example that fits the field; `meant` is the better example.
    fn described(self, meant: Option<u64>) -> String {
        let (noun, example) = match self {
            Self::CallsPerYear => ("a whole number", "12,000"),
            Self::CallsPerMonth | Self::Calls => ("a whole number", "1,000"),
            Self::CallsPerDay => ("a whole number", "30"),
            Self::FreeCalls => ("a whole number", "100"),
            Self::Count => ("a whole number", "3"),
            Self::Amount => ("an amount", "5,000 or 5,000.50"),
            Self::Hours => ("a number", "720"),
            Self::Percentage => ("a number", "80"),
            Self::SmallPercentage => ("a number", "0.5"),
            Self::CallsPerHour => ("a number", "500"),
            Self::Seconds => ("a number", "60 or 0.5"),
        };
        format!("Enter {noun}, for example {}.", meant.map_or_else(|| example.into(), grouped))
    }
}

/// What to enter in a field of the form that has no value.
pub fn entry_sentence(error: &EntryError, expected: Expected) -> String {
    match error {
        EntryError::Misread(misread) => misread_sentence(misread, expected),
        EntryError::Refused(ErrorKind::MalformedMonth) => "Enter a month and year, for example January 2027.".into(),
        EntryError::Refused(ErrorKind::MalformedPercentage | ErrorKind::PercentageAboveHundred) => {
            "Enter a percentage from 0 to 100 with up to 2 decimals, for example 12.5.".into()
        }
        EntryError::Refused(ErrorKind::DecimalOutOfRange { allowed }) => {
            let whole = if expected.is_percentage() { 100 } else { 1 };
            let end = match allowed {
                Allowed::Positive => ("below", Decimal::MOST_WHOLE + 1),
                Allowed::Share => ("up to", whole),
                Allowed::ProperShare => ("below", whole),
                Allowed::HoursOfMonth => ("up to", HOURS_OF_LONGEST_MONTH),
            };
            format!("Enter a number above 0 and {} {}.", end.0, grouped(end.1))
        }
        EntryError::Refused(kind) => error_sentence(kind),
        EntryError::TooManyDecimals => "Enter a percentage with up to 7 decimals.".into(),
        EntryError::NoMonths => "Enter calls for at least one month. Blank months count as zero.".into(),
        EntryError::NoPeaks => "Choose at least one month, and leave at least one out.".into(),
        EntryError::NeitherOneNorTwelve => "Enter one whole number, or 12 numbers separated by spaces, one per month.".into(),
    }
}

/// What to enter in a number field that holds no valid number.
pub fn misread_sentence(misread: &Misread, expected: Expected) -> String {
    match (misread, expected) {
        (Misread::Empty, Expected::CallsPerYear | Expected::CallsPerMonth | Expected::CallsPerDay) => {
            "Enter how many calls you expect.".into()
        }
        (Misread::Empty, _) => expected.described(None),
        (Misread::TooLarge { most }, _) => format!("Enter a number up to {}.", grouped(*most)),
        (Misread::NotPlain { meant }, _) => expected.described(*meant),
        (Misread::DecimalComma { .. }, whole) if whole.is_whole() => expected.described(None),
        (Misread::DecimalComma { meant }, _) => {
            format!("Use a point before decimals, for example {}.", grouped_decimal(&meant.to_string()))
        }
    }
}

fn kind_of_value(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "an object in braces",
        Kind::List => "a list in brackets",
        Kind::Text => "text in quotes",
        Kind::DecimalText => "a decimal number in quotes, for example \"4.80\"",
        Kind::WholeNumber => "a whole number",
        Kind::Switch => "true or false",
        Kind::OneOrTwelve => "a whole number or a list of 12",
    }
}

/// A value of the wrong kind. Text is written as in JSON, so that its quotes show what is different.
fn described(given: &Given) -> String {
    match given {
        Given::Null => "null".into(),
        Given::Switch(on) => on.to_string(),
        Given::Number(digits) => format!("the number {digits}"),
        Given::Text(text) => format!("the text {}", serde_json::Value::from(text.as_str())),
        Given::List => "a list".into(),
        Given::Object => "an object".into(),
    }
}

fn range(allowed: Allowed) -> &'static str {
    match allowed {
        Allowed::Positive => "a number above 0",
        Allowed::Share => "a share above 0 and up to 1, for example \"0.8\" for 80%",
        Allowed::ProperShare => "a share above 0 and below 1, for example \"0.01\" for 1%",
        Allowed::HoursOfMonth => "a number of hours above 0 and up to 744, the hours of the longest month",
    }
}
