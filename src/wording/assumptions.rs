//! The assumptions of an estimate, line by line.

use super::calendar::{month_list, month_title};
use super::numbers::{calls, grouped, grouped_decimal, of_unit, percent};
use crate::capacity::{BusyHour, Concurrency};
use crate::notes::NoteField;
use crate::planner::Orders;
use crate::price_book::TierBasis;
use crate::scenario::serialize::{all_equal, short};
use crate::scenario::{ApiUsage, CalendarMonth, Scenario};
use crate::settlement::Postpaid;
use crate::usage::{Peaks, Profile};

/// One assumption. Its text may contain typed text, so it must be escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// What is assumed: `Free calls left`.
    pub label: &'static str,
    /// The assumed value.
    pub text: String,
}

/// All assumptions of a scenario, defaults included, in the order of the form. Discounts say that the sender entered
/// them, so that nobody takes them for the provider's offer.
pub fn assumptions(scenario: &Scenario) -> Vec<Assumption> {
    let mut lines = Vec::new();
    let mut push = |label, text: String| lines.push(Assumption { label, text });
    let shape = match scenario.usage().profile() {
        Profile::Even => "spread evenly".into(),
        Profile::Growing => "rising steadily".into(),
        Profile::Seasonal => "building to a peak in the last month".into(),
        Profile::Peaks(peaks) => peaks_in(peaks, scenario.start()),
        Profile::Own(_) => "entered month by month".to_string(),
    };
    for ApiUsage { id, usage } in scenario.apis() {
        push("Calls of an API per year", format!("{} of “{id}”", grouped(usage.total())));
    }
    let counted = if scenario.apis().is_empty() { "Calls per year" } else { "Counted as, per year" };
    push(counted, format!("{}, {shape}", grouped(scenario.usage().total())));
    if scenario.start().is_some() {
        push("First month", month_title(scenario.start(), 1));
    }
    push("Free calls left", grouped(scenario.free_calls()));
    for package in scenario.owned_packages() {
        let months = of_unit(&package.months_left.to_string(), "month");
        push("Package already owned", format!("{} and {months} left", calls(package.calls)));
    }
    let postpaid = match scenario.postpaid() {
        Postpaid::On => "on",
        Postpaid::Off => "off: calls fail once free calls and packages run out",
    };
    push("Postpaid", postpaid.into());
    if scenario.orders() == Orders::Once {
        push("Packages", "bought with one order at the start of the first month".into());
    }
    if let Some(basis) = scenario.tier_basis() {
        push("Calls that count towards a price tier", basis_name(basis).into());
    }
    push("Concurrent billing", concurrent_billing(scenario.concurrency()));
    let discount = scenario.discount();
    for (label, percentage) in [
        ("Discount on packages, as entered by the sender", discount.packages),
        ("Discount on postpaid, as entered by the sender", discount.postpaid),
        ("Discount on slots, as entered by the sender", discount.concurrent),
    ] {
        if !percentage.is_zero() {
            push(label, format!("{percentage}% off the list price"));
        }
    }
    if scenario.price_book().is_some() {
        push("Prices", "the sender’s own price list".into());
    }
    lines
}

/// `40% in November and December 2027, the rest spread evenly`.
fn peaks_in(peaks: Peaks, start: Option<CalendarMonth>) -> String {
    let months = month_list(start, &peaks.numbers().collect::<Vec<u32>>());
    let months = if start.is_some() { months } else { months.to_lowercase() };
    format!("{}% in {months}, the rest spread evenly", peaks.share())
}

/// The calls that count towards a price tier.
pub(super) fn basis_name(basis: TierBasis) -> &'static str {
    match basis {
        TierBasis::Billed => "only calls charged to postpaid",
        TierBasis::All => "all calls in the month",
    }
}

fn concurrent_billing(concurrency: Option<&Concurrency>) -> String {
    match concurrency {
        None => "not considered (number of slots not given)".into(),
        Some(Concurrency::Slots(months)) => match all_equal(months) {
            Some(slots) => format!("{} needed in every month with calls", of_unit(&grouped(slots), "slot")),
            None => format!("slots needed by month: {}", months.map(grouped).join(", ")),
        },
        Some(Concurrency::Queued(work)) => format!(
            "sized for queued work: {} per call, {} per month, {} target utilisation",
            of_unit(&grouped_decimal(&short(work.seconds_per_call)), "second"),
            of_unit(&short(work.busy_hours_per_month), "busy hour"),
            percent(work.target_utilisation)
        ),
        Some(Concurrency::Live(traffic)) => {
            let busiest_hour = match traffic.busy_hour {
                BusyHour::Calls(calls) => of_unit(&grouped_decimal(&short(calls)), "call"),
                BusyHour::Share(share) => format!("{} of the month’s calls", percent(share)),
            };
            let seconds = of_unit(&grouped_decimal(&short(traffic.seconds_per_call)), "second");
            let failures = percent(traffic.accepted_failure);
            format!("sized for live traffic: {seconds} per call, {busiest_hour} in the busiest hour, up to {failures} of which may fail")
        }
    }
}

/// The name of a note's field.
pub fn note_label(field: NoteField) -> &'static str {
    match field {
        NoteField::Customer => "Customer",
        NoteField::Sender => "Prepared by",
        NoteField::Title => "Title",
        NoteField::Reference => "Reference",
        NoteField::Note => "Note",
        NoteField::ValidUntil => "Valid until",
    }
}
