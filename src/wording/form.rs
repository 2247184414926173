//! The form: its labels, hints and messages, and the months and lists that people type.

use super::calendar::{month_inside, month_label};
use super::numbers::{calls, grouped, list, of_unit};
use super::{ORDER_OF_PAYMENT, each_month_free, tier_rule};
use crate::date::CalendarMonth;
use crate::notes::NoteField;
use crate::pasted::LeftOut;
use crate::price_book::{Api, Service, TierBasis, TierMode};

/// The assumptions of the model, as far as they concern a service.
pub fn model_assumptions(service: Option<&Service>) -> Vec<String> {
    let mode = service.map(Service::tier_mode).unwrap_or_default();
    let more_can_cost_less =
        "One price applies to all of a month’s postpaid calls, set by the tier the month reaches. So more calls can cost less.";
    let free_monthly = service.map(Service::free_calls_per_month).filter(|&calls| calls > 0);
    let free_monthly = free_monthly.map(|free| [&each_month_free(&calls(free)), " What is left of them is lost."].concat());
    let included = service.and_then(Service::included_slots);
    let included = included.map(|slots| format!("Per-call billing allows {} at once, plus the add-on slots that you buy.", calls(slots)));
    let lines = [
        "The plan covers 12 billing months and assumes you buy packages on the 1st.",
        ORDER_OF_PAYMENT,
        "A package can’t be paused. Calls left when it expires are lost.",
        if mode == TierMode::Volume { more_can_cost_less } else { tier_rule(mode) },
        "Free calls left last all 12 months.",
        "In a concurrent month you pay only for slots. Free calls and packages aren’t used, but packages keep counting down to expiry.",
        "Changing the billing mode affects the service and its whole API group.",
        "Package calls left at the end of the year are given no value.",
        "Failed calls are never billed. Prices exclude tax.",
    ];
    let (first, rest) = lines.split_at(1);
    let own = |lines: &[&str]| lines.iter().map(ToString::to_string).collect::<Vec<_>>();
    own(first).into_iter().chain(free_monthly).chain(included).chain(own(rest)).collect()
}

/// The label of the calls of an API: `HD video: calls per year`.
pub fn calls_of_api(api: &Api) -> String {
    format!("{}: calls per year", api.name)
}

/// The label of a field or choice, with its hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The label.
    pub name: &'static str,
    /// The hint; empty where there is none.
    pub hint: &'static str,
}

pub(super) const fn named(name: &'static str, hint: &'static str) -> Named {
    Named { name, hint }
}

/// The form.
pub const FORM: &str = "Your usage";
/// Shows and hides the other options.
pub const MORE: &str = "More options";
/// Leads from the options to the answer, on a small screen.
pub const SEE_PLAN: &str = "See the plan";
/// A part of the options in which nothing is set.
pub const NONE: &str = "None";
/// A part of the options that has an error.
pub const CHECK: &str = "Check this";
/// The billing modes of a discount, in the order of its fields.
pub const DISCOUNT_PARTS: [&str; 3] = ["packages", "postpaid", "slots"];
/// Undoes the last change.
pub const UNDO: &str = "Undo";
/// Clears the form.
pub const RESET: &str = "Reset";

/// The volume of a year.
pub const CALLS_PER_YEAR: Named = named("Calls per year", "Successful calls you expect over 12 months.");
/// The volume of a month.
pub const CALLS_PER_MONTH: Named = named("Calls per month", "Successful calls you expect each month. We multiply by 12.");
/// The volume of a day.
pub const CALLS_PER_DAY: Named = named("Calls per day", "Successful calls you expect each day. We multiply by 365.");
/// The volume as the total of the months.
pub const CALLS_OF_MONTHS: Named = named("Calls per year", "Total of the 12 months below.");
/// The volume that a budget buys.
pub const CALLS_BOUGHT: Named = named("Calls per year", "The most calls this budget can buy.");
/// The hint of the first field of an API.
pub const CALLS_OF_API_HINT: &str =
    "How many successful calls you expect over 12 months, or 12 numbers, one per month. Leave blank if none.";
/// The hint of the budget.
pub const BUDGET_HINT: &str = "The most you want to spend over 12 months. For example, 5,000.";
/// The free calls that are left.
pub const FREE: Named = named("Free calls left", "Leave blank if you have none.");
/// The switch of the contract.
pub const POSTPAID: Named = named("Postpaid enabled", "If off, calls fail once your free calls and packages run out.");

/// The switch of the contract for one order.
pub const BUY_ONCE: Named = named("Buy once a year", "Buy all packages at the start of the first month, with a single order.");

/// The ways to enter the volume.
pub const VOLUME_INPUT: &str = "I know my…";
/// The choices of [`VOLUME_INPUT`].
pub const VOLUME_CHOICES: [Named; 4] =
    [named("Calls per year", ""), named("Calls per month", ""), named("Calls per day", ""), named("Budget", "")];
/// The group of the contract: how the calls are spread over the year.
pub const PROFILE: &str = "Usage profile";
/// The choices of [`PROFILE`].
pub const PROFILES: [Named; 5] = [
    named("Even", "About the same number every month."),
    named("Growing", "Rises steadily; the last month has about twice as many calls as the first."),
    named("Seasonal", "Builds to a peak in the last month, twice the first."),
    named("Peaks", "A part of the year’s calls falls in months that you choose."),
    named("Month by month", "Enter or paste your own 12 monthly numbers."),
];
/// The fields of the months.
pub const MONTHS: Named = named("Twelve months", "Paste a row or column from a spreadsheet to fill the months from there on.");
/// The share of the year's calls in its peaks.
pub const PEAK_SHARE: Named = named("Share of the year’s calls in the peaks (%)", "In the months chosen below; the rest is spread evenly.");
/// The months of the peaks.
pub const PEAKS: &str = "Months with peaks";
/// The first calendar month.
pub const START: Named = named("First month", "For example, January 2027. The plan then shows calendar months.");

/// The rows of owned packages.
pub const OWNED: Named = named(
    "Packages you already own",
    "Used before any new package, soonest to expire first. Enter the month at whose end it expires, or how many months are left.",
);
/// Adds an owned package.
pub const ADD_OWNED: &str = "Add a package";
/// Removes an owned package.
pub const REMOVE_OWNED: &str = "Remove";

/// The group of the contract: how the number of slots is known.
pub const SLOTS_KNOWN: &str = "Concurrent slots";
/// The choices of [`SLOTS_KNOWN`].
pub const SLOTS_CHOICES: [Named; 4] = [
    named("Not known", "We’ll leave concurrent billing out, and tell you how many slots it would still be worth buying."),
    named("I know the number", ""),
    named("Queued work", "Calls can wait for a free slot, as in an overnight batch."),
    named("Live traffic", "Calls can’t wait: a call with no free slot fails, as with users of a live app."),
];
/// The number of slots.
pub const SLOTS: Named = named(
    "Concurrent slots needed",
    "How many calls run at the same time. Enter one number for every month, or 12 numbers, one per month.",
);
/// The duration of a call.
pub const SECS_PER_CALL: Named = named("Seconds per call", "Average time per call.");
/// The hours in which queued work runs.
pub const BUSY_HOURS: Named = named("Busy hours per month", "Hours a month when calls can run. 720 means around the clock.");
/// The target utilisation of queued work.
pub const UTILISATION: Named = named("Target utilisation (%)", "How busy each slot should be on average. 80 leaves some headroom.");
/// The ways to enter the busiest hour.
pub const BUSY_HOUR: &str = "Busiest hour, as…";
/// The choices of [`BUSY_HOUR`].
pub const BUSY_HOUR_CHOICES: [Named; 2] = [named("Number of calls", ""), named("Share of the month", "")];
/// The busiest hour in calls.
pub const BUSY_HOUR_CALLS: Named = named("Calls in the busiest hour", "In the busiest hour of a month.");
/// The busiest hour as a share of the month.
pub const BUSY_HOUR_SHARE: Named = named(
    "Share in the busiest hour (%)",
    "Percentage of the month’s calls made in its busiest hour. Perfectly even traffic would be about 0.14.",
);
/// The share of live traffic that may fail.
pub const FAILURE: Named = named("Accepted failures (%)", "Share of calls in the busiest hour that may fail. 1% is typical.");

/// The discounts.
pub const DISCOUNT: Named = named("Negotiated discount", "Percentage off list price agreed with the provider.");
/// The discount on packages.
pub const DISCOUNT_PACKAGES: Named = named("Packages (%)", "");
/// The discount on postpaid.
pub const DISCOUNT_POSTPAID: Named = named("Postpaid (%)", "");
/// The discount on slots.
pub const DISCOUNT_CONCURRENT: Named = named("Slots (%)", "");

/// The section of the model's assumptions.
pub const ASSUMPTIONS: &str = "Assumptions";
/// The readings of the price page.
pub const TIER_BASIS: &str = "Which calls count towards a price tier";
/// The choices of [`TIER_BASIS`].
pub const TIER_READINGS: [Named; 3] = [
    named("Default reading of the price page", "Only calls charged to postpaid count, unless the price list says otherwise."),
    named("Only calls charged to postpaid", "Free and package calls don’t count towards a price tier."),
    named("All calls in the month", "Free and package calls count towards a price tier."),
];

/// The profile and the first month: `Seasonal, from Jan 2027`.
pub fn profile_from(profile: &str, start: CalendarMonth) -> String {
    format!("{profile}, from {} {}", month_label(Some(start), 1), start.year())
}

/// A given number of slots, as it was typed: `2 slots`.
pub fn slots_typed(typed: &str) -> String {
    if typed.bytes().any(|byte| !byte.is_ascii_digit()) { typed.into() } else { of_unit(typed, "slot") }
}

/// The calls left in owned packages.
pub fn calls_left(count: &str) -> String {
    of_unit(count, "call")
}

/// A discount on one billing mode: `12.5% off packages`.
pub fn percent_off(part: &str, percent: &str) -> String {
    format!("{}% off {part}", percent.trim_end_matches('%'))
}

/// Which calls count towards a price tier, in a few words.
pub fn tier_basis(basis: Option<TierBasis>) -> &'static str {
    match basis {
        None => "Default reading",
        Some(TierBasis::Billed) => "Postpaid calls only",
        Some(TierBasis::All) => "All calls of the month",
    }
}

/// The label of the budget.
pub fn budget_name(currency: &str) -> String {
    format!("Budget per year ({currency})")
}

/// The label of a month, counted from 1.
pub fn month_field_name(month: usize) -> String {
    format!("Calls in month {}", grouped(month as u64))
}

/// The accessible name of a month that can be a peak, counted from 1: `Peak in month 11`, `Peak in November 2027`.
pub fn peak_name(start: Option<CalendarMonth>, month: u32) -> String {
    format!("Peak in {}", month_inside(start, month))
}

/// The label of the calls left in an owned package, counted from 1.
pub fn owned_calls_name(package: usize) -> String {
    format!("Calls left in package {}", grouped(package as u64))
}

/// The label of the months left in an owned package, counted from 1.
pub fn owned_months_name(package: usize) -> String {
    format!("Months left in package {}", grouped(package as u64))
}

/// The label of the month at whose end an owned package expires, counted from 1.
pub fn owned_until_name(package: usize) -> String {
    format!("Package {} expires at the end of", grouped(package as u64))
}

/// The accessible name of the button that removes an owned package, counted from 1.
pub fn remove_owned_name(package: usize) -> String {
    format!("Remove package {}", grouped(package as u64))
}

/// The accessible name of the slider beside a field.
pub fn slider_name(field: &str) -> String {
    format!("{field} (slider)")
}

/// The accessible value of the slider.
pub fn slider_value(set: Option<u64>) -> String {
    set.map_or_else(|| "not set".into(), calls)
}

/// A field that must be filled in before there is a result.
pub fn fill_in_first(name: &str) -> String {
    format!("Enter “{name}” to update this estimate.")
}

/// A report on pasted months: how many, and what was left out.
pub fn pasted_months(count: usize, left_out: &[LeftOut]) -> String {
    let name = |part: &LeftOut| match part {
        LeftOut::Header => "the header",
        LeftOut::Total => "the total",
        LeftOut::Average => "the average",
        LeftOut::Others => "the other numbers",
    };
    let parts: Vec<&str> = left_out.iter().map(name).collect();
    let months = of_unit(&count.to_string(), "month");
    match left_out {
        [] => format!("{months} pasted."),
        [LeftOut::Header | LeftOut::Total | LeftOut::Average] => format!("{months} pasted; {} was left out.", list(&parts, "and")),
        _ => format!("{months} pasted; {} were left out.", list(&parts, "and")),
    }
}

/// The hint of a note's field.
pub fn note_hint(field: NoteField) -> &'static str {
    match field {
        NoteField::Customer => "Who this estimate is for.",
        NoteField::Sender => "Your name or company.",
        NoteField::Title => "Name of the estimate.",
        NoteField::Reference => "Your reference number.",
        NoteField::Note => "Anything else the reader should know.",
        NoteField::ValidUntil => "The last day this estimate is valid. For example, 31 January 2027.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_pasted_months_and_what_was_left_out() {
        assert_eq!(pasted_months(12, &[]), "12 months pasted.");
        assert_eq!(pasted_months(1, &[LeftOut::Total]), "1 month pasted; the total was left out.");
        assert_eq!(pasted_months(12, &[LeftOut::Average]), "12 months pasted; the average was left out.");
        assert_eq!(pasted_months(12, &[LeftOut::Header, LeftOut::Total]), "12 months pasted; the header and the total were left out.");
    }
}
