//! What an estimate is based on: its assumptions, and the unit prices that its plan uses.

use super::Document;
use super::parts::Line;
use crate::money::Money;
use crate::quote::ShownPlan;
use crate::wording::assumptions;
use crate::wording::export::{ADD_ON_PRICE, PACKAGE_PRICE, POSTPAID_PRICE, SLOT_PRICE, package_price, postpaid_prices, slot_price};

/// The assumptions, then the prices, in the unit of the service.
pub(super) fn lines(document: &Document<'_>, plan: &ShownPlan<'_>) -> Vec<Line> {
    let assumed = assumptions(document.scenario).into_iter().map(|assumed| Line::of((assumed.label, assumed.text)));
    // Where calls of several APIs use up one unit, assumptions are about both, and name each for what it is.
    let has_apis = document.service().is_some_and(|service| !service.apis().is_empty());
    let in_unit = |Line { label, text }: Line| Line { label: document.in_unit(&label), text: document.in_unit(&text) };
    let assumed: Vec<Line> = assumed.map(|line| if has_apis { line } else { in_unit(line) }).collect();
    assumed.into_iter().chain(prices(document, plan).into_iter().map(in_unit)).collect()
}

/// The prices that the plan pays, each once.
fn prices(document: &Document<'_>, plan: &ShownPlan<'_>) -> Vec<Line> {
    let Some(service) = document.service() else { return Vec::new() };
    let currency = &document.quote.currency;
    let discount = document.scenario.discount().packages;
    let sold = service.packages().iter().filter(|package| plan.purchases.iter().any(|row| row.calls == package.calls));
    let packages = sold.map(|package| (PACKAGE_PRICE, package_price(package.calls, package.price.discounted(discount), currency)));
    let mut rates = Vec::new();
    for rate in plan.months.iter().flat_map(|(month, _)| month.postpaid_rates.iter()) {
        if !rates.contains(&rate.unit_price) {
            rates.push(rate.unit_price);
        }
    }
    let postpaid = (!rates.is_empty()).then(|| (POSTPAID_PRICE, postpaid_prices(&rates, service, currency)));
    let slots = |slots: u64, charge: Money| slot_price(charge, slots, currency);
    let concurrent = distinct(plan.months.iter().filter_map(|(month, _)| slots(month.slots, month.concurrent_charge)));
    let added = distinct(plan.months.iter().filter_map(|(month, _)| slots(month.add_on_slots?, month.add_on_charge?)));
    let concurrent = concurrent.into_iter().map(|text| (SLOT_PRICE, text));
    packages.chain(postpaid).chain(concurrent).chain(added.into_iter().map(|text| (ADD_ON_PRICE, text))).map(Line::of).collect()
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}
