//! The assumptions of an estimate, line by line.

use super::calendar::{month_list, month_title};
use super::numbers::{calls, grouped, grouped_decimal, of_unit, percent};
use crate::capacity::{BusyHour, Concurrency, PooledRule};
use crate::estimate::{JointEstimate, ServiceLine};
use crate::money::Decimal;
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
    let mut lines = usage(scenario);
    lines.extend(first_month(scenario.start()));
    push_credits(scenario, &mut lines);
    push_switches(scenario, &mut lines);
    lines.extend(counted(scenario));
    lines.push(Assumption { label: CONCURRENT_BILLING, text: concurrent_billing(scenario.concurrency()) });
    push_discounts(scenario, &mut lines);
    lines.extend(scenario.price_book().map(|_| own_prices()));
    lines
}

/// The assumptions of an estimate of several services that hold for all of them.
pub fn estimate_assumptions(estimate: &JointEstimate) -> Vec<Assumption> {
    let mut lines: Vec<Assumption> = first_month(estimate.start()).into_iter().collect();
    // Both switches are the same for all lines.
    if let Some(line) = estimate.lines().first() {
        push_switches(line.scenario(), &mut lines);
    }
    lines.extend(estimate.has_own_prices().then(own_prices));
    lines
}

/// The assumptions of a line of an estimate.
pub fn line_assumptions(line: &ServiceLine) -> Vec<Assumption> {
    let scenario = line.scenario();
    let mut lines = usage(scenario);
    push_credits(scenario, &mut lines);
    lines.extend(counted(scenario));
    let seconds = line.seconds_per_call().map(|seconds| grouped_decimal(&short(seconds)));
    lines.extend(seconds.map(|text| Assumption { label: "Seconds per call", text }));
    lines.extend(line.busy_hour().map(|hour| Assumption { label: "Busiest hour", text: in_busiest_hour(hour) }));
    push_discounts(scenario, &mut lines);
    lines
}

/// How the slots that services of an estimate share are known.
pub fn slots_assumption(rule: Option<PooledRule>) -> Assumption {
    let text = match rule {
        None => concurrent_billing(None),
        Some(PooledRule::Slots(months)) => concurrent_billing(Some(&Concurrency::Slots(months))),
        Some(PooledRule::Queued { busy_hours_per_month, target_utilisation }) => {
            format!("sized for queued work: {}", queue(busy_hours_per_month, target_utilisation))
        }
        Some(PooledRule::Live { accepted_failure }) => {
            format!("sized for live traffic: up to {} of the calls in the busiest hour may fail", percent(accepted_failure))
        }
    };
    Assumption { label: CONCURRENT_BILLING, text }
}

const CONCURRENT_BILLING: &str = "Concurrent billing";

fn usage(scenario: &Scenario) -> Vec<Assumption> {
    let shape = match scenario.usage().profile() {
        Profile::Even => "spread evenly".into(),
        Profile::Growing => "rising steadily".into(),
        Profile::Seasonal => "building to a peak in the last month".into(),
        Profile::Peaks(peaks) => peaks_in(peaks, scenario.start()),
        Profile::Own(_) => "entered month by month".to_string(),
    };
    let mut lines = Vec::new();
    for ApiUsage { id, usage } in scenario.apis() {
        lines.push(Assumption { label: "Calls of an API per year", text: format!("{} of “{id}”", grouped(usage.total())) });
    }
    let label = if scenario.apis().is_empty() { "Calls per year" } else { "Counted as, per year" };
    lines.push(Assumption { label, text: format!("{}, {shape}", grouped(scenario.usage().total())) });
    lines
}

fn first_month(start: Option<CalendarMonth>) -> Option<Assumption> {
    start.map(|_| Assumption { label: "First month", text: month_title(start, 1) })
}

fn push_credits(scenario: &Scenario, lines: &mut Vec<Assumption>) {
    lines.push(Assumption { label: "Free calls left", text: grouped(scenario.free_calls()) });
    for package in scenario.owned_packages() {
        let months = of_unit(&package.months_left.to_string(), "month");
        lines.push(Assumption { label: "Package already owned", text: format!("{} and {months} left", calls(package.calls)) });
    }
}

fn push_switches(scenario: &Scenario, lines: &mut Vec<Assumption>) {
    let postpaid = match scenario.postpaid() {
        Postpaid::On => "on",
        Postpaid::Off => "off: calls fail once free calls and packages run out",
    };
    lines.push(Assumption { label: "Postpaid", text: postpaid.into() });
    if scenario.orders() == Orders::Once {
        lines.push(Assumption { label: "Packages", text: "bought with one order at the start of the first month".into() });
    }
}

fn counted(scenario: &Scenario) -> Option<Assumption> {
    let basis = scenario.tier_basis()?;
    Some(Assumption { label: "Calls that count towards a price tier", text: basis_name(basis).into() })
}

fn push_discounts(scenario: &Scenario, lines: &mut Vec<Assumption>) {
    let discount = scenario.discount();
    for (label, percentage) in [
        ("Discount on packages, as entered by the sender", discount.packages),
        ("Discount on postpaid, as entered by the sender", discount.postpaid),
        ("Discount on slots, as entered by the sender", discount.concurrent),
    ] {
        if !percentage.is_zero() {
            lines.push(Assumption { label, text: format!("{percentage}% off the list price") });
        }
    }
}

fn own_prices() -> Assumption {
    Assumption { label: "Prices", text: "the sender’s own price list".into() }
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
            "sized for queued work: {} per call, {}",
            of_unit(&grouped_decimal(&short(work.seconds_per_call)), "second"),
            queue(work.busy_hours_per_month, work.target_utilisation)
        ),
        Some(Concurrency::Live(traffic)) => {
            let busiest_hour = in_busiest_hour(traffic.busy_hour);
            let seconds = of_unit(&grouped_decimal(&short(traffic.seconds_per_call)), "second");
            let failures = percent(traffic.accepted_failure);
            format!("sized for live traffic: {seconds} per call, {busiest_hour} in the busiest hour, up to {failures} of which may fail")
        }
    }
}

/// `720 busy hours per month, 80% target utilisation`.
fn queue(busy_hours_per_month: Decimal, target_utilisation: Decimal) -> String {
    format!("{} per month, {} target utilisation", of_unit(&short(busy_hours_per_month), "busy hour"), percent(target_utilisation))
}

fn in_busiest_hour(busy_hour: BusyHour) -> String {
    match busy_hour {
        BusyHour::Calls(calls) => of_unit(&grouped_decimal(&short(calls)), "call"),
        BusyHour::Share(share) => format!("{} of the month’s calls", percent(share)),
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
