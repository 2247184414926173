//! What is each field of the form called, what is to be written there, and what would be right?

use super::errors::misread_sentence;
use super::numbers::{calls, grouped, grouped_decimal, list, of_unit};
use crate::notes::NoteField;
use crate::pasted::LeftOut;
use crate::scenario::CalendarMonth;
use crate::typed_number::Misread;

/// Names of the months, in the order of the calendar.
pub(super) const MONTH_NAMES: [&str; 12] =
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

/// What something is called, and what there is to know about it, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: &'static str,
    /// What to know; empty where the name says it all.
    pub hint: &'static str,
}

const fn named(name: &'static str, hint: &'static str) -> Named {
    Named { name, hint }
}

/// The form.
pub const FORM: &str = "Your usage";
/// Shows and hides the further options.
pub const MORE: &str = "More options";
/// Takes a step back.
pub const UNDO: &str = "Undo";
/// Empties the form.
pub const RESET: &str = "Reset";

/// The volume, however it is given.
pub const CALLS_PER_YEAR: Named = named("Calls per year", "Successful calls you expect in twelve months, such as 12,000.");
/// By month.
pub const CALLS_PER_MONTH: Named = named("Calls per month", "Successful calls you expect in a month; a year has twelve.");
/// By day.
pub const CALLS_PER_DAY: Named = named("Calls per day", "Successful calls you expect in a day; a year has 365.");
/// What the months come to.
pub const CALLS_OF_MONTHS: Named = named("Calls per year", "The sum of the twelve months below.");
/// What a budget buys.
pub const CALLS_BOUGHT: Named = named("Calls per year", "The most that this budget pays for.");
/// What a budget is.
pub const BUDGET_HINT: &str = "What you can spend in twelve months, such as 5,000.";
/// What is left of the free quota.
pub const FREE: Named = named("Free calls left", "What is left of the free quota; empty means none.");
/// The switch.
pub const POSTPAID: Named = named("Postpaid enabled", "While postpaid is off, calls beyond free quota and packages fail.");

/// How the volume is given.
pub const ASKED: &str = "Volume given";
/// The ways to do so.
pub const ASKED_WAYS: [Named; 4] = [named("Per year", ""), named("Per month", ""), named("Per day", ""), named("As a budget", "")];
/// How the year is shaped.
pub const PROFILE: &str = "Usage profile";
/// The shapes.
pub const PROFILES: [Named; 4] = [
    named("Even", "The same every month."),
    named("Growing", "The last month has about twice the calls of the first."),
    named("Seasonal", "A peak at the end of the twelve months, twice as high as their start."),
    named("Month by month", "Your own twelve numbers, typed or pasted from a spreadsheet."),
];
/// The months' fields.
pub const MONTHS: Named = named("Twelve months", "Paste a row or a column of numbers into any of them to fill it and those after it.");
/// The first calendar month.
pub const START: Named = named("First month", "Such as January 2027; the plan then names real months.");

/// The rows of owned packages.
pub const OWNED: Named = named(
    "Packages you already own",
    "They are used before new ones, the earliest expiry first. One month left means good in the first month only.",
);
/// Adds a row.
pub const ADD_OWNED: &str = "Add a package";
/// Takes one away.
pub const REMOVE_OWNED: &str = "Remove";

/// How many calls run at once.
pub const SLOTS_KNOWN: &str = "Concurrent slots";
/// The ways to know.
pub const SLOTS_WAYS: [Named; 4] = [
    named("Not known", "Concurrent billing is then not planned; the answer says up to how many slots it would pay."),
    named("I know the number", ""),
    named("Queued work", "Calls can wait for a free slot, such as a batch in the night."),
    named("Live traffic", "A call that finds no free slot fails, such as visitors of an app."),
];
/// One number, or twelve.
pub const SLOTS: Named =
    named("Concurrent slots needed", "Tasks at once in every month that has calls; or twelve numbers, one for each month.");
/// How long a call takes.
pub const SECS_PER_CALL: Named = named("Seconds per call", "How long a call takes, on average.");
/// When calls may run.
pub const BUSY_HOURS: Named = named("Busy hours per month", "Hours in which calls may run; 720 is around the clock.");
/// How busy a slot is to be.
pub const UTILISATION: Named = named("Target utilisation, %", "How much of those hours a slot is to be busy; 80 leaves room for peaks.");
/// How the busiest hour is given.
pub const BUSY_HOUR: &str = "Busiest hour given";
/// The ways to do so.
pub const BUSY_HOUR_WAYS: [Named; 2] = [named("In calls", ""), named("As a share of the month", "")];
/// The busiest hour in calls.
pub const BUSY_HOUR_CALLS: Named = named("Calls in the busiest hour", "Of any month that has calls.");
/// The busiest hour as a share.
pub const BUSY_HOUR_SHARE: Named =
    named("Share in the busiest hour, %", "Of the month’s calls. An even month has about 0.14 in every hour.");
/// How many may fail.
pub const FAILURE: Named = named("Accepted failures, %", "How many of the busiest hour’s calls may find no free slot; 1 is common.");

/// What was agreed with the provider.
pub const DISCOUNT: Named = named("Negotiated discount", "In percent off the list price, as you agreed it with the provider.");
/// On packages.
pub const DISCOUNT_PACKAGES: Named = named("On packages, %", "");
/// On postpaid.
pub const DISCOUNT_POSTPAID: Named = named("On postpaid, %", "");
/// On slots.
pub const DISCOUNT_CONCURRENT: Named = named("On slots, %", "");

/// What nobody typed.
pub const ASSUMPTIONS: &str = "Assumptions";
/// How the tiers are read.
pub const TIER_BASIS: &str = "Postpaid price decided by";
/// The readings.
pub const TIER_READINGS: [Named; 3] = [
    named("What the price page most likely means", "For this service, the calls that postpaid pays."),
    named("Calls that postpaid pays", "Free and prepaid calls do not help to reach a lower price."),
    named("All calls of the month", "Free and prepaid calls help to reach a lower price."),
];

/// The budget's field.
pub fn budget_name(currency: &str) -> String {
    format!("Budget per year, {currency}")
}

/// A month's field, from 1.
pub fn month_field_name(month: usize) -> String {
    format!("Calls in month {}", grouped(month as u64))
}

/// The field of the calls in an owned package, counted from 1.
pub fn owned_calls_name(package: usize) -> String {
    format!("Calls left in package {}", grouped(package as u64))
}

/// The field of the months of an owned package, counted from 1.
pub fn owned_months_name(package: usize) -> String {
    format!("Months left of package {}", grouped(package as u64))
}

/// Takes away the row of an owned package, counted from 1.
pub fn remove_owned_name(package: usize) -> String {
    format!("Remove package {}", grouped(package as u64))
}

/// The slider beside a field.
pub fn slider_name(field: &str) -> String {
    format!("{field}, slider")
}

/// Where the slider stands.
pub fn slider_value(set: Option<u64>) -> String {
    set.map_or_else(|| "not set".into(), calls)
}

/// Calls of a year, as they could be typed.
pub const CALLS_EXAMPLE: &str = "12000";
/// Free calls, as they could be typed.
pub const FREE_EXAMPLE: &str = "100";

/// A whole number out of range.
pub fn whole_range(least: u64, most: u64) -> String {
    format!("Write a whole number from {} to {}.", grouped(least), grouped(most))
}

/// What a decimal above 0 is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// At most this.
    UpTo(u64),
    /// Less than this.
    Below(u64),
}

/// A decimal out of range.
pub fn decimal_range(limit: Limit) -> String {
    match limit {
        Limit::UpTo(most) => format!("Write a number above 0 and up to {}.", grouped(most)),
        Limit::Below(above) => format!("Write a number above 0 and below {}.", grouped(above)),
    }
}

/// A percentage that is finer than a share can be.
pub fn too_many_decimals() -> String {
    "Write a percentage with at most 7 decimals.".into()
}

/// A decimal that is not understood; `example` fits the field.
pub fn misread_decimal(misread: &Misread, example: &str) -> String {
    match misread {
        Misread::Empty => format!("Write a number, such as {example}."),
        Misread::TooLarge { .. } => misread_sentence(misread, example),
        Misread::NotPlain { .. } => format!("Write a number in plain digits, with a point before decimals, such as {example}."),
        Misread::DecimalComma { meant } => format!("Use a point before decimals, for example {}.", grouped_decimal(&meant.to_string())),
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

/// A field that was asked for and is still empty.
pub fn still_to_fill_in(name: &str) -> String {
    format!("Still to fill in: “{name}”.")
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

/// A report on pasted months: how many, and what was left out.
pub fn pasted_months(count: usize, left_out: &[LeftOut]) -> String {
    let name = |part: &LeftOut| match part {
        LeftOut::Header => "the header",
        LeftOut::Total => "the total",
        LeftOut::Others => "the other numbers",
    };
    let parts: Vec<&str> = left_out.iter().map(name).collect();
    let months = of_unit(&count.to_string(), "month");
    match left_out {
        [] => format!("{months} pasted."),
        [LeftOut::Header | LeftOut::Total] => format!("{months} pasted; {} was left out.", list(&parts, "and")),
        _ => format!("{months} pasted; {} were left out.", list(&parts, "and")),
    }
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
    fn a_report_on_pasted_months_names_what_was_left_out() {
        assert_eq!(pasted_months(12, &[]), "12 months pasted.");
        assert_eq!(pasted_months(1, &[LeftOut::Total]), "1 month pasted; the total was left out.");
        assert_eq!(pasted_months(12, &[LeftOut::Header, LeftOut::Total]), "12 months pasted; the header and the total were left out.");
    }
}
