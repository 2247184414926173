//! What an estimate is based on: its assumptions, and the unit prices that its plan uses.

use super::contents::{Contents, CostItem};
use super::parts::{Cell, Column, Line, Part, Section};
use crate::estimate::JointEstimate;
use crate::money::Money;
use crate::price_book::Service;
use crate::wording::export::{
    ADD_ON_PRICE, ASSUMPTIONS_HEADING, BASIS_COLUMNS, PACKAGE_PRICE, POSTPAID_PRICE, PRICE_TERMS, SLOT_PRICE, amounts_note, package_price,
    postpaid_prices, slot_price,
};
use crate::wording::price_list::price_notes;
use crate::wording::{Assumption, assumptions, estimate_assumptions, line_assumptions, slots_assumption};

/// The assumptions, then the prices; of several services in a table.
pub(super) fn based_on(contents: &Contents<'_>) -> Section {
    let amounts = amounts_note(contents.currency);
    let parts = match contents.estimate {
        Some(document) => {
            let whole = estimate_assumptions(document.estimate).into_iter().map(|whole| Line::of((whole.label, whole.text)));
            vec![Part::Lines(whole.collect()), by_service(contents, document.estimate), Part::Sentence(amounts)]
        }
        None => {
            let (mut lines, mut notes) = (Vec::new(), Vec::new());
            for item in &contents.items {
                lines.extend(in_unit(item, item.scenario.map(assumptions).unwrap_or_default()));
                push_prices(item, contents.currency, &mut lines);
                notes.extend(item.service.map(price_notes).unwrap_or_default());
            }
            notes.push(amounts);
            vec![Part::Lines(lines), Part::Sentence(notes.join(" "))]
        }
    };
    Section { heading: ASSUMPTIONS_HEADING, parts }
}

/// A row for each assumption and price of a service or of shared slots.
fn by_service(contents: &Contents<'_>, estimate: &JointEstimate) -> Part {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut lines = estimate.lines().iter();
    for item in &contents.items {
        let of_line = if item.is_shared() { None } else { lines.next() };
        let mut assumed = of_line.map(line_assumptions).unwrap_or_default();
        assumed.extend(slots(contents, item, estimate));
        let mut of_item = in_unit(item, assumed);
        push_prices(item, contents.currency, &mut of_item);
        for note in item.service.filter(|_| !item.is_shared()).map(price_notes).unwrap_or_default() {
            of_item.push(Line::of((PRICE_TERMS, note)));
        }
        for Line { label, text } in of_item {
            rows.push([item.name.clone(), label, text].map(Cell::from).into());
        }
    }
    Part::Table { columns: BASIS_COLUMNS.map(Column::words).into(), rows, total: None }
}

/// How the slots of an item are known, where it pays for its own.
fn slots(contents: &Contents<'_>, item: &CostItem<'_>, estimate: &JointEstimate) -> Option<Assumption> {
    let group = item.service?.billing_group();
    let of_group = || contents.items.iter().filter(|other| other.service.is_some_and(|service| service.billing_group() == group));
    let is_payer = item.is_shared() || !of_group().any(CostItem::is_shared);
    let has_slots = of_group().any(|item| item.service.is_some_and(Service::needs_slots));
    (is_payer && has_slots).then(|| slots_assumption(estimate.slots_rule(group)))
}

/// Assumptions in the unit of the service. Where calls of several APIs use up one unit, assumptions are about both, and name
/// each for what it is.
fn in_unit(item: &CostItem<'_>, assumed: Vec<Assumption>) -> Vec<Line> {
    let has_apis = item.service.is_some_and(|service| !service.apis().is_empty());
    let text = |text: &str| if has_apis { text.into() } else { item.in_unit(text) };
    assumed.into_iter().map(|assumed| Line { label: text(assumed.label), text: text(&assumed.text) }).collect()
}

/// The prices that the plan pays, each once, in the unit of the service.
fn push_prices(item: &CostItem<'_>, currency: &str, lines: &mut Vec<Line>) {
    let Some(service) = item.service else { return };
    let plan = &item.plan;
    let mut push = |label: &str, text: String| {
        let line = Line { label: item.in_unit(label), text: item.in_unit(&text) };
        // Months at the same price say so once.
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    let discount = item.scenario.map(|scenario| scenario.discount().packages).unwrap_or_default();
    for package in service.packages().iter().filter(|package| plan.purchases.iter().any(|row| row.calls == package.calls)) {
        push(PACKAGE_PRICE, package_price(package.calls, package.price.discounted(discount), currency));
    }
    let mut rates = Vec::new();
    for (month, _) in &plan.months {
        for rate in month.postpaid_rates.iter() {
            if !rates.contains(&rate.unit_price) {
                rates.push(rate.unit_price);
            }
        }
    }
    if !rates.is_empty() {
        push(POSTPAID_PRICE, postpaid_prices(&rates, service, currency));
    }
    let mut push_slots = |label, slots: Option<u64>, charge: Option<Money>| {
        if let Some(text) = slots.zip(charge).and_then(|(slots, charge)| slot_price(charge, slots, currency)) {
            push(label, text);
        }
    };
    for (month, _) in &plan.months {
        push_slots(SLOT_PRICE, Some(month.slots), Some(month.concurrent_charge));
    }
    for (month, _) in &plan.months {
        push_slots(ADD_ON_PRICE, month.add_on_slots, month.add_on_charge);
    }
}
