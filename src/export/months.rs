//! The months of a plan in words: what to do at the start of each, and what pays for its calls.
//!
//! Several services have one table too, in which each month names the services and shared slots of which there is something to
//! say, so that its cost is that of the whole.

use super::contents::{Contents, CostItem, sum};
use super::parts::{Cell, Column, Part, Section};
use crate::ledger::MonthRow;
use crate::money::Money;
use crate::price_book::{Service, Unit};
use crate::settlement::Mode;
use crate::usage::MONTHS;
use crate::wording::export::{
    MONTH_COLUMNS, MONTHS_HEADING, NO_CALLS, POSTPAID_ON, PaidCalls, SWITCH_BACK, TOTAL_ROW, about, add_on_slots, concurrent_calls,
    paid_calls, paid_slots, postpaid_calls, unused_sentence, use_add_on_slots, use_slots, with_shared_slots,
};
use crate::wording::{buy, calls, grouped, money, month_title};

/// What an account is set to when a month begins.
#[derive(Debug, Default)]
struct Settings {
    /// The slots of concurrent billing; `None` where it is off.
    slots: Option<u64>,
    /// Whether the month before needed slots.
    had_slots: bool,
    add_on_slots: u64,
    postpaid: bool,
}

/// The table of months.
pub(super) fn months(contents: &Contents<'_>) -> Section {
    let (start, currency) = (contents.start, contents.currency);
    let what = in_words_of_all(contents);
    let only = contents.only_item();
    let has_left = only.is_some_and(|item| item.plan.rows().any(|month| month.prepaid_left > 0));
    let of_columns = |month: String, what: Cell, left: String, cost: String| -> Vec<Cell> {
        let mut cells = vec![month.into(), what];
        if has_left {
            cells.push(left.into());
        }
        cells.push(cost.into());
        cells
    };
    let mut rows = Vec::new();
    for (place, what) in what.into_iter().enumerate() {
        let mut of_month = contents.items.iter().filter_map(|item| item.plan.months.get(place)).map(|&(row, _)| row);
        let left = only.and_then(|item| item.plan.months.get(place)).map_or(0, |(row, _)| row.prepaid_left);
        let cost = sum(&mut of_month.by_ref().map(|row| row.charge), currency);
        rows.push(of_columns(month_title(start, place as u32 + 1), what, grouped(left), cost));
    }
    let all = match contents.unit() {
        Some(_) => contents.in_unit(&calls(contents.items.iter().map(CostItem::calls).sum())),
        None => String::new(),
    };
    let total = of_columns(TOTAL_ROW.into(), all.into(), String::new(), money(contents.total, currency));
    let [month, happens, left, cost] = MONTH_COLUMNS;
    let mut columns = vec![Column::words(month), Column::words(happens)];
    if has_left {
        columns.push(Column::figures(&contents.in_unit(left)));
    }
    columns.push(Column::figures(cost));
    let mut parts = vec![Part::Table { columns, rows, total: Some(total) }];
    for item in contents.items.iter().filter(|item| item.plan.unused > 0) {
        let sentence = item.in_unit(&unused_sentence(item.plan.unused));
        parts.push(Part::Sentence(if only.is_some() { sentence } else { about(&item.name, &sentence) }));
    }
    Section { heading: MONTHS_HEADING, parts }
}

/// What happens in each month, with all services and shared slots.
fn in_words_of_all(contents: &Contents<'_>) -> Vec<Cell> {
    if let Some(item) = contents.only_item() {
        return in_words(item, contents.currency);
    }
    let mut months = vec![[String::new(), String::new()]; MONTHS];
    for item in &contents.items {
        let no_calls = item.in_unit(NO_CALLS);
        for ([strong, text], cell) in months.iter_mut().zip(in_words(item, contents.currency)) {
            push(strong, &item.name, &cell.strong);
            if cell.text != no_calls {
                push(text, &item.name, &cell.text);
            }
        }
    }
    let cell = |[strong, text]: [String; 2]| match (strong.is_empty(), text.is_empty()) {
        (true, true) => contents.in_unit(NO_CALLS).into(),
        _ => Cell { strong, text },
    };
    months.into_iter().map(cell).collect()
}

/// Adds what is to be said of an item, where there is something.
fn push(texts: &mut String, name: &str, text: &str) {
    if !texts.is_empty() && !text.is_empty() {
        *texts += "; ";
    }
    if !text.is_empty() {
        *texts += &about(name, text);
    }
}

/// What happens in each month with one service, or with shared slots.
fn in_words(item: &CostItem<'_>, currency: &str) -> Vec<Cell> {
    let Some(service) = item.service else { return Vec::new() };
    let mut settings = Settings::default();
    let months = item.plan.months.iter().map(|&(row, failing)| {
        let mut to_do = settings.change(row);
        to_do.extend(item.plan.bought(row.month).map(|bought| buy(bought.count, bought.calls, &Unit::default())));
        if row.postpaid > 0 && !std::mem::replace(&mut settings.postpaid, true) {
            to_do.push(POSTPAID_ON.into());
        }
        let [strong, text] = [to_do.join(". "), paid(row, failing, service, currency).join(", ")].map(|text| item.in_unit(&text));
        Cell { strong, text }
    });
    months.collect()
}

impl Settings {
    /// What to change for a month.
    fn change(&mut self, row: &MonthRow) -> Vec<String> {
        let mut changes = Vec::new();
        match row.mode {
            Mode::Concurrent if row.slots > 0 && self.slots != Some(row.slots) => {
                changes.push(use_slots(row.slots, self.slots.filter(|_| self.had_slots)));
                self.slots = Some(row.slots);
            }
            Mode::PerCall if self.slots.take().is_some() => changes.push(SWITCH_BACK.into()),
            _ => {}
        }
        self.had_slots = row.slots > 0;
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
        match row.slots {
            0 => push(carried, &|| with_shared_slots(carried)),
            slots if row.calls == 0 => push(slots, &|| paid_slots(slots, row.concurrent_charge, currency)),
            slots => push(carried, &|| concurrent_calls(carried, slots, row.concurrent_charge, currency)),
        }
    }
    push(row.free, &|| paid_calls(row.free, PaidCalls::Free));
    push(row.prepaid, &|| paid_calls(row.prepaid, PaidCalls::Package));
    push(row.postpaid, &|| postpaid_calls(row.postpaid, &row.postpaid_rates, row.postpaid_charge, service, currency));
    let added = row.add_on_slots.unwrap_or(0);
    push(added, &|| add_on_slots(added, row.add_on_charge.unwrap_or(Money::ZERO), currency));
    push(failing, &|| paid_calls(failing, PaidCalls::Failing));
    push(row.expired, &|| paid_calls(row.expired, PaidCalls::Expiring));
    if row.calls == 0 && row.slots == 0 {
        texts.insert(0, NO_CALLS.into());
    }
    texts
}
