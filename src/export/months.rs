//! The months of a plan in words: what to do at the start of each, and what pays for its calls.

use super::parts::Cell;
use crate::ledger::MonthRow;
use crate::money::Money;
use crate::price_book::{Service, Unit};
use crate::quote::ShownPlan;
use crate::settlement::Mode;
use crate::wording::export::{
    NO_CALLS, POSTPAID_ON, PaidCalls, SWITCH_BACK, add_on_slots, concurrent_calls, paid_calls, postpaid_calls, use_add_on_slots, use_slots,
};
use crate::wording::{buy, in_unit};

/// What an account is set to when a month begins.
#[derive(Debug, Default)]
struct Settings {
    /// The slots of concurrent billing; `None` where it is off.
    slots: Option<u64>,
    add_on_slots: u64,
    postpaid: bool,
}

/// What happens in each month.
pub(super) fn in_words(plan: &ShownPlan<'_>, service: &Service, currency: &str) -> Vec<Cell> {
    let mut settings = Settings::default();
    let months = plan.months.iter().map(|&(row, failing)| {
        let mut to_do = settings.change(row);
        to_do.extend(plan.bought(row.month).map(|bought| buy(bought.count, bought.calls, &Unit::default())));
        if row.postpaid > 0 && !std::mem::replace(&mut settings.postpaid, true) {
            to_do.push(POSTPAID_ON.into());
        }
        let [strong, text] =
            [to_do.join(". "), paid(row, failing, service, currency).join(", ")].map(|text| in_unit(&text, service.unit()));
        Cell { strong, text }
    });
    months.collect()
}

impl Settings {
    /// What to change for a month.
    fn change(&mut self, row: &MonthRow) -> Vec<String> {
        let mut changes = Vec::new();
        match row.mode {
            Mode::Concurrent if row.calls > 0 && self.slots != Some(row.slots) => {
                changes.push(use_slots(row.slots, self.slots));
                self.slots = Some(row.slots);
            }
            Mode::PerCall if self.slots.take().is_some() => changes.push(SWITCH_BACK.into()),
            _ => {}
        }
        let added = row.add_on_slots.unwrap_or(0);
        if added != std::mem::replace(&mut self.add_on_slots, added) && added > 0 {
            changes.push(use_add_on_slots(added));
        }
        changes
    }
}

/// What pays for the calls of a month, and what becomes of the others.
fn paid(row: &MonthRow, failing: u64, service: &Service, currency: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut push = |calls: u64, text: &dyn Fn() -> String| {
        if calls > 0 {
            texts.push(text());
        }
    };
    if row.mode == Mode::Concurrent {
        let carried = row.calls.saturating_sub(failing);
        push(carried, &|| concurrent_calls(carried, row.slots, row.concurrent_charge, currency));
    }
    push(row.free, &|| paid_calls(row.free, PaidCalls::Free));
    push(row.prepaid, &|| paid_calls(row.prepaid, PaidCalls::Package));
    push(row.postpaid, &|| postpaid_calls(row.postpaid, &row.postpaid_rates, row.postpaid_charge, service, currency));
    let added = row.add_on_slots.unwrap_or(0);
    push(added, &|| add_on_slots(added, row.add_on_charge.unwrap_or(Money::ZERO), currency));
    push(failing, &|| paid_calls(failing, PaidCalls::Failing));
    push(row.expired, &|| paid_calls(row.expired, PaidCalls::Expiring));
    if row.calls == 0 {
        texts.insert(0, NO_CALLS.into());
    }
    texts
}
