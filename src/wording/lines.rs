//! Estimates of several services: the lines of the form, and the answer to all of them.

use super::amounts::money;
use super::calendar::month_inside;
use super::error_sentence;
use super::export::about;
use super::numbers::{grouped, list, of_unit};
use crate::date::CalendarMonth;
use crate::money::Money;
use crate::problem::ErrorKind;

/// The lines of the form.
pub const SERVICES: &str = "Services";
/// The choice of a service.
pub const SERVICE: &str = "Service";
/// Adds a line.
pub const ADD: &str = "Add a service";
/// A line whose calls nobody has entered, so that it is not part of the estimate.
pub const NO_CALLS_YET: &str = "No calls yet";
/// A line that keeps the estimate from being answered.
pub const CHECK: &str = "Needs a correction";

/// What changes with the billing mode.
pub const SWITCHING_NOTE: &str = "Switching moves all services that share slots to concurrent billing. Packages can’t be used meanwhile, and they keep \
     counting down to expiry.";

/// The total of the cheapest plan stands between these two.
pub const OWN_PLAN: [&str; 2] = ["A plan of your own; the cheapest plan is ", "."];

/// Names the service whose fields have an error.
pub fn correct_first(service: &str) -> String {
    format!("Correct {service} first.")
}

/// Why there is no answer, and to which service.
pub fn refused(why: &ErrorKind, service: Option<&str>) -> String {
    let sentence = error_sentence(why);
    service.map_or(sentence.clone(), |service| about(service, &sentence))
}

/// Services whose calls nobody has entered: `Video Upscale has no calls yet, so it isn’t included.`
pub fn not_included(names: &[&str]) -> String {
    match names {
        [name] => format!("{name} has no calls yet, so it isn’t included."),
        _ => format!("{} have no calls yet, so they aren’t included.", list(names, "and")),
    }
}

/// The slots that services need where each has its own.
pub const SEPARATELY: &str = "Separately";
/// The slots that they need where they share them.
pub const TOGETHER: &str = "Together";

/// So many slots: `5 slots`.
pub fn slots(count: u64) -> String {
    of_unit(&grouped(count), "slot")
}

/// The calls of a month whose slots are shared: `60,000 with shared slots`.
pub fn with_shared_slots(calls: u64) -> String {
    [&grouped(calls), " with shared slots"].concat()
}

/// The title of an estimate of several services.
pub fn title(count: usize) -> String {
    format!("Find the cheapest way to pay for {} services together", grouped(count as u64))
}

/// What the prices of several services have in common.
pub fn prices_in(currency: &str) -> String {
    format!("In {currency}, before tax.")
}

/// The button that removes a line.
pub fn remove(service: &str) -> String {
    format!("Remove {service}")
}

/// The hint of slots that several services share.
pub fn shared_by(names: &[&str]) -> String {
    format!("Shared by {}.", list(names, "and"))
}

/// What the further options are about.
pub fn options_of(service: &str) -> String {
    format!(
        "These options are about {service}. The first month, postpaid and one order a year apply to all services, concurrent slots to \
         those that share them."
    )
}

/// What is said of a total of so many services.
pub fn for_services(count: usize) -> String {
    format!("For {} services", grouped(count as u64))
}

/// Asks for the slots of services that could share them.
pub fn could_share(names: &[&str]) -> String {
    let names = list(names, "and");
    format!(
        "{names} share their concurrent slots, so they may need fewer together. To see what slots would cost, say how long a call takes \
         under “Concurrent slots”."
    )
}

/// The legend of what a year costs: packages, postpaid calls, slots.
pub fn cost_by_way(sums: [Option<Money>; 5], currency: &str) -> [Option<String>; 5] {
    let ways = ["Free", "Packages", "Postpaid", "Slots", "Failing"];
    std::array::from_fn(|way| sums[way].map(|sum| [ways[way], " ", &money(sum, currency)].concat()))
}

/// The chart of a year's costs in a sentence.
pub fn cost_chart(months: &[Money], start: Option<CalendarMonth>, currency: &str) -> String {
    let least = months.iter().enumerate().min_by_key(|(_, cost)| **cost);
    let most = months.iter().enumerate().rev().max_by_key(|(_, cost)| **cost);
    let of = |(place, cost): (usize, &Money)| format!("{} in {}", money(*cost, currency), month_inside(start, place as u32 + 1));
    match (least, most) {
        (Some((_, least)), Some((_, most))) if least == most => format!("{} in every month.", money(*most, currency)),
        (Some(least), Some(most)) => format!("From {} to {}.", of(least), of(most)),
        _ => String::new(),
    }
}

/// A fact beside the total.
pub const SAVED_BY_SHARING: &str = " less than separate slots";
