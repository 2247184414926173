//! The question for the slots that would make an answer cheaper.

use super::amounts::money;
use super::form::{Named, named};
use super::numbers::{grouped, of_unit};
use crate::insight::BreakEven;
use crate::price_book::Service;
use crate::quote::Quote;
use crate::settlement::Mode;
use crate::sizing::Sizing;

/// The choice between queued work and live traffic.
pub const TRAFFIC: &str = "If all slots are busy";
/// The choices of [`TRAFFIC`].
pub const TRAFFIC_CHOICES: [Named; 2] = [named("Calls can wait (queued work)", ""), named("Calls can’t wait (live traffic)", "")];
/// Where the fields of the options are while the answer asks for them.
pub const BESIDE: &str = "Enter the seconds per call below the total.";

/// The question.
pub fn ask(break_even: &BreakEven) -> String {
    let cheaper = match (break_even.slots, break_even.holds_below) {
        (1, _) => "1 slot would be cheaper".into(),
        (slots, true) => format!("Up to {} slots would be cheaper", grouped(slots)),
        (slots, false) => format!("{} slots would be cheaper", grouped(slots)),
    };
    format!("{cheaper}. How long does a call take?")
}

/// What the answer is worth, with one slot and with the most that would be cheaper.
pub fn stakes(break_even: &BreakEven, service: Option<&Service>, currency: &str) -> String {
    let price = service.and_then(|service| service.concurrent()?.tiers.first()).map(|tier| tier.price_per_slot_month);
    let price = price.map(|price| format!("A slot costs {} a month for any number of calls, one at a time.", money(price, currency)));
    let one = break_even.saving_with_one_slot.map(|saving| format!("With 1 slot you would save {}", money(saving, currency)));
    let most = break_even.saving_with_most.filter(|_| break_even.slots > 1);
    let most = most.map(|saving| format!(", with {} slots {}", grouped(break_even.slots), money(saving, currency)));
    let saved = one.map(|one| format!(" {one}{}.", most.unwrap_or_default()));
    [price.unwrap_or_default(), saved.unwrap_or_default()].concat()
}

/// The slots that are needed: `11 slots are enough`.
pub fn needed(sizing: &Sizing) -> String {
    let most = sizing.months.iter().filter_map(|month| month.slots).max().unwrap_or(0);
    match (sizing.first_above_maximum(), sizing.needed) {
        (Some(_), Some(needed)) => format!("You need {}, more than the {} sold online", slots(needed), grouped(sizing.max_slots)),
        (Some(_), None) => format!("You need more than the {} sold online", slots(sizing.max_slots)),
        (None, _) if most == 1 => "1 slot is enough".into(),
        (None, _) => format!("{} are enough", slots(most)),
    }
}

/// What the plan makes of the slots.
pub fn answer(sizing: &Sizing, quote: Option<&Quote>, currency: &str) -> String {
    let Some(quote) = quote else { return String::new() };
    let months = quote.months.iter().filter(|month| month.mode == Mode::Concurrent && month.calls > 0).count();
    let total = money(quote.total, currency);
    match (sizing.first_above_maximum().is_some(), months) {
        (true, 0) => "The plan pays per call. Contact sales about more slots.".into(),
        (_, 0) => format!("Paying per call is still cheaper: {total} a year."),
        (_, 12) => format!("With concurrent billing all year you pay {total}."),
        (_, months) => format!("With concurrent billing in {} you pay {total} a year.", of_unit(&months.to_string(), "month")),
    }
}

fn slots(count: u64) -> String {
    of_unit(&grouped(count), "slot")
}
