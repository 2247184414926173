//! What was assumed for an estimate, line by line?

use super::numbers::{calls, grouped, grouped_decimal, of_unit};
use crate::capacity::{BusyHour, Concurrency};
use crate::notes::NoteField;
use crate::price_book::TierBasis;
use crate::scenario::serialize::{all_equal, in_order, short};
use crate::scenario::{CalendarMonth, Scenario};
use crate::settlement::Postpaid;
use crate::usage::Profile;

/// One line: what it is about, and what is assumed of it. The text may hold whatever a person typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// What it is about.
    pub label: &'static str,
    /// What is assumed.
    pub text: String,
}

/// Everything that a scenario assumes, said and unsaid, in the order of the form. Discounts are named as what they
/// are: entered by the sender.
pub fn assumptions(scenario: &Scenario) -> Vec<Assumption> {
    let mut lines = Vec::new();
    let mut say = |label, text: String| lines.push(Assumption { label, text });
    let shape = match scenario.usage.profile() {
        Profile::Even => "spread evenly",
        Profile::Growing => "growing month by month",
        Profile::Seasonal => "with a peak at the year’s end",
        Profile::Own(_) => "as given month by month",
    };
    say("Calls per year", format!("{}, {shape}", grouped(scenario.usage.total())));
    if let Some(start) = scenario.start {
        say("First month", start.to_string());
    }
    say("Free calls left", grouped(scenario.free_calls));
    for package in in_order(&scenario.owned_packages) {
        let months = of_unit(&package.months_left.to_string(), "month");
        say("Package already owned", format!("{} left, valid for {months}", calls(package.calls)));
    }
    let on = "on".to_string();
    say("Postpaid", if scenario.postpaid == Postpaid::Off { "off: calls beyond free quota and packages would fail".into() } else { on });
    if let Some(basis) = scenario.tier_basis {
        let text = match basis {
            TierBasis::Billed => "by the calls that postpaid pays",
            TierBasis::All => "by all calls of the month",
        };
        say("Postpaid price decided", text.into());
    }
    say("Concurrent slots", slots(scenario.concurrency.as_ref()));
    let discount = scenario.discount;
    for (label, percentage) in [
        ("Negotiated discount on packages, as entered by the sender", discount.packages),
        ("Negotiated discount on postpaid, as entered by the sender", discount.postpaid),
        ("Negotiated discount on slots, as entered by the sender", discount.concurrent),
    ] {
        if !percentage.is_zero() {
            say(label, format!("{percentage} percent off the list price"));
        }
    }
    if scenario.price_book.is_some() {
        say("Prices", "a price book of the sender’s own".into());
    }
    lines
}

fn slots(concurrency: Option<&Concurrency>) -> String {
    match concurrency {
        None => "not known, so no month is concurrent".into(),
        Some(Concurrency::Slots(months)) => match all_equal(months) {
            Some(slots) => format!("{} needed in every month that has calls", grouped(slots)),
            None => format!("needed by month: {}", months.map(grouped).join(", ")),
        },
        Some(Concurrency::Queued(work)) => format!(
            "sized for queued work: {} a call, {} a month, slots busy for {} of them",
            of_unit(&grouped_decimal(&short(work.seconds_per_call)), "second"),
            of_unit(&short(work.busy_hours_per_month), "busy hour"),
            short(work.target_utilisation)
        ),
        Some(Concurrency::Live(traffic)) => {
            let busy_hour = match traffic.busy_hour {
                BusyHour::Calls(calls) => of_unit(&grouped_decimal(&short(calls)), "call") + " in the busy hour",
                BusyHour::Share(share) => format!("{} of the month’s calls in the busy hour", short(share)),
            };
            let seconds = of_unit(&grouped_decimal(&short(traffic.seconds_per_call)), "second");
            format!("sized for live traffic: {seconds} a call, {busy_hour}, {} of them may fail", short(traffic.accepted_failure))
        }
    }
}

/// A billing month (1 to 12) for people: `2027-03` where the first month is known, else `3`.
pub fn month_name(start: Option<CalendarMonth>, month: u32) -> String {
    match (start, u16::try_from(month)) {
        (Some(start), Ok(month)) => start.plus_months(month.saturating_sub(1)).to_string(),
        _ => month.to_string(),
    }
}

/// What a note is about.
pub fn note_label(field: NoteField) -> &'static str {
    match field {
        NoteField::Customer => "Customer",
        NoteField::Title => "Title",
        NoteField::Reference => "Reference",
        NoteField::Note => "Note",
        NoteField::ValidUntil => "Valid until",
    }
}
