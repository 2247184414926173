//! What is wrong with what was given, and what would be right?

use super::numbers::{grouped, list};
use crate::problem::{Allowed, ErrorKind, Kind, ValidationError};
use crate::typed_number::Misread;

/// Everything that is wrong, each with its place: `usage.yearly: Write a whole number …`.
pub fn error_list(errors: &[ValidationError]) -> String {
    let line = |error: &ValidationError| match error.field.as_str() {
        "" => error_sentence(error),
        field => format!("{field}: {}", error_sentence(error)),
    };
    errors.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// One sentence that says what would be right.
pub fn error_sentence(error: &ValidationError) -> String {
    match &error.kind {
        ErrorKind::NotJson { line, column } => {
            format!("This is not JSON from line {line}, column {column} on; write one complete JSON object.")
        }
        ErrorKind::Missing { needed } => format!("Give {needed} here; it is required."),
        ErrorKind::UnknownField { known } => format!("There is no such field here; the fields are {}.", list(known, "and")),
        ErrorKind::OnlyOneOf { fields } => format!("Give only one of {}.", list(fields, "and")),
        ErrorKind::WrongType { expected } => format!("Write {} here.", kind(*expected)),
        ErrorKind::NotAWholeNumber { least, most } => {
            format!("Write a whole number from {} to {}, without a point or an exponent.", grouped(*least), grouped(*most))
        }
        ErrorKind::OutOfRange { least, most } => format!("Write a whole number from {} to {}.", grouped(*least), grouped(*most)),
        ErrorKind::NotTwelveMonths { given } => format!("Give twelve numbers, one for each month; there are {given}."),
        ErrorKind::TooManyEntries { most } => format!("Give at most {most} entries."),
        ErrorKind::YearAboveLimit { most } => format!("The twelve months together may have at most {} calls.", grouped(*most)),
        ErrorKind::MalformedDecimal => {
            "Write a decimal number in quotes, such as \"4.80\", with at most 12 digits before the point and 9 after it.".into()
        }
        ErrorKind::MalformedPercentage => "Write a percentage in quotes, such as \"12.5\", with at most 2 decimals.".into(),
        ErrorKind::PercentageAboveHundred => "Write a percentage from 0 to 100.".into(),
        ErrorKind::DecimalOutOfRange { allowed } => format!("Write {}.", range(*allowed)),
        ErrorKind::MalformedMonth => "Write a year and a month, such as \"2027-01\".".into(),
        ErrorKind::MalformedDate => "Write a day that exists, such as \"2027-01-31\".".into(),
        ErrorKind::MalformedHash => "Write the eight hexadecimal digits that the quote gives as its price book’s hash.".into(),
        ErrorKind::TooLong { most } => format!("Write at most {} characters.", grouped(*most as u64)),
        ErrorKind::UnusableCharacter => "Leave out line breaks, control characters and marks that turn the direction of text.".into(),
        ErrorKind::NotOpenable => "Give a link of this page, a scenario as JSON, or an estimate that was exported as JSON.".into(),
        ErrorKind::UnknownValue { known } => format!("Write {} here.", list(known, "or")),
        ErrorKind::Duplicate => "This is given twice; give it only once.".into(),
        ErrorKind::Unsorted => "List the tiers by rising start; this one starts below the tier before it.".into(),
        ErrorKind::Empty => "This must not be empty.".into(),
        ErrorKind::NothingOffered => "Give packages, tiers or concurrent billing; this service offers none of them.".into(),
        ErrorKind::NoTierFromZero => "One tier must start from 0; this list has none.".into(),
        ErrorKind::NotHttps => "Write a complete address that starts with https://.".into(),
        ErrorKind::UnknownService { known } => {
            format!("The price book has no such service; it has {}.", list(&known.iter().map(String::as_str).collect::<Vec<_>>(), "and"))
        }
        ErrorKind::UnsupportedValidity { least_months } => {
            format!("Packages must be valid for at least {least_months} months, so that none expires within the year that is planned.")
        }
        ErrorKind::UnsupportedSizes { most } => format!(
            "The package with the lowest price per call may be at most {} times the greatest common divisor of all sizes.",
            grouped(*most)
        ),
        ErrorKind::UnsupportedDiscount => "Give less than 100 percent here; free packages of these sizes cannot be planned with.".into(),
        ErrorKind::LoadTooLarge => "The busy hour is too large to count its slots; give fewer calls or shorter ones.".into(),
        ErrorKind::AmountTooLarge => "The amounts would have too many digits to be exact; give fewer calls or lower prices.".into(),
        ErrorKind::NoPlan => "No plan settles every call; turn postpaid on, or choose a service that sells packages or postpaid.".into(),
    }
}

/// What would be right in a number field; `example` fits the field.
pub fn misread_sentence(misread: &Misread, example: &str) -> String {
    match misread {
        Misread::Empty => format!("Write a whole number, such as {example}."),
        Misread::TooLarge { most } => format!("Write a number up to {}.", grouped(*most)),
        Misread::NotPlain { meant } => {
            let plain = meant.map_or_else(|| example.into(), |meant| meant.to_string());
            format!("Write a whole number in plain digits, such as {plain}.")
        }
        Misread::DecimalComma { .. } => format!("Write a whole number, such as {example}."),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "an object in braces",
        Kind::List => "a list in brackets",
        Kind::Text => "text in quotes",
        Kind::DecimalText => "a decimal number in quotes, such as \"4.80\"",
        Kind::WholeNumber => "a whole number without quotes",
        Kind::Switch => "true or false",
        Kind::OneOrTwelve => "a whole number, or a list of twelve",
    }
}

fn range(allowed: Allowed) -> &'static str {
    match allowed {
        Allowed::Positive => "a number above 0",
        Allowed::Share => "a share above 0 and up to 1, such as \"0.8\" for 80 percent",
        Allowed::ProperShare => "a share above 0 and below 1, such as \"0.01\" for 1 percent",
        Allowed::HoursOfMonth => "a number of hours above 0 and up to 744, the longest month",
    }
}
