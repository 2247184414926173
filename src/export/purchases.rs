//! The packages that a plan buys, by date.

use super::contents::{Contents, CostItem, sum};
use super::parts::{Cell, Column, Part, Section};
use crate::quote::PurchaseRow;
use crate::usage::MONTHS;
use crate::wording::export::{
    BUY_ON, NOT_REFUNDABLE, NOTHING_TO_BUY, PURCHASE_COLUMNS, PURCHASES_HEADING, SERVICE, TOTAL_ROW, about, expires_on, packages_of,
};
use crate::wording::{BUYING_NOTE, first_day, money, refund_note, refundable_until};

/// The table of purchases, with a column for the service where there are several.
pub(super) fn purchases(contents: &Contents<'_>) -> Section {
    let heading = PURCHASES_HEADING;
    let mut bought: Vec<(&CostItem<'_>, &PurchaseRow)> = Vec::new();
    for month in 1..=MONTHS as u32 {
        for item in &contents.items {
            bought.extend(item.plan.bought(month).map(|row| (item, row)));
        }
    }
    if bought.is_empty() || contents.items.iter().any(|item| item.service.is_none()) {
        return Section { heading, parts: vec![Part::Sentence(NOTHING_TO_BUY.into())] };
    }
    let (start, currency) = (contents.start, contents.currency);
    let listed = |&(item, row): &(&CostItem<'_>, &PurchaseRow)| {
        let package = item.service?.packages().iter().find(|package| package.calls == row.calls)?;
        package.price.times(row.count).ok()
    };
    let has_services = contents.only_item().is_none();
    let has_refund = bought.iter().any(|(item, _)| item.service.is_some_and(|service| service.refund_period().is_some()));
    let is_discounted = contents.services().any(|(_, scenario)| !scenario.discount().packages.is_zero());
    let is_shown = [true, has_services, true, has_refund, true, is_discounted, true];
    let of_columns = |cells: [String; 7]| -> Vec<Cell> {
        let mut shown = Vec::new();
        for (cell, is_shown) in cells.into_iter().zip(is_shown) {
            if is_shown {
                shown.push(cell.into());
            }
        }
        shown
    };
    let row = |bought: &(&CostItem<'_>, &PurchaseRow)| {
        let (item, row) = *bought;
        let refundable = item.service.and_then(|service| refundable_until(start, row.month, service));
        of_columns([
            first_day(start, row.month),
            item.name.clone(),
            item.in_unit(&packages_of(row.count, row.calls)),
            refundable.unwrap_or_else(|| NOT_REFUNDABLE.into()),
            item.service.map(|service| expires_on(start, row.month, service)).unwrap_or_default(),
            listed(bought).map(|price| money(price, currency)).unwrap_or_default(),
            money(row.amount, currency),
        ])
    };
    let [packages, refundable, expires, list_price, cost] = PURCHASE_COLUMNS;
    let names = [BUY_ON[usize::from(start.is_none())], SERVICE, packages, refundable, expires, list_price, cost];
    let mut columns = Vec::new();
    for (place, name) in names.into_iter().enumerate().filter(|&(place, _)| is_shown[place]) {
        columns.push(if place < 5 { Column::words(name) } else { Column::figures(name) });
    }
    let total = (bought.len() > 1).then(|| {
        let list_price = sum(&mut bought.iter().filter_map(listed), currency);
        let cost = sum(&mut bought.iter().map(|(_, row)| row.amount), currency);
        let none = String::new;
        of_columns([TOTAL_ROW.into(), none(), none(), none(), none(), list_price, cost])
    });
    let mut parts = vec![Part::Table { columns, rows: bought.iter().map(row).collect(), total }];
    push_notes(contents, &mut parts);
    Section { heading, parts }
}

/// Until when packages can be refunded, and when to buy; for each service by itself where services differ.
fn push_notes(contents: &Contents<'_>, parts: &mut Vec<Part>) {
    let mut refunds: Vec<(&str, Option<String>)> = Vec::new();
    for item in contents.items.iter().filter(|item| !item.plan.purchases.is_empty()) {
        refunds.push((&item.name, item.service.and_then(refund_note).map(|note| item.in_unit(&note))));
    }
    let buying = contents.in_unit(BUYING_NOTE);
    if let [(_, first), others @ ..] = &refunds[..]
        && others.iter().all(|(_, note)| note == first)
    {
        let both = first.as_ref().map(|refund| [refund, " ", &buying].concat());
        return parts.push(Part::Sentence(both.unwrap_or(buying)));
    }
    for (name, note) in refunds {
        parts.extend(note.map(|note| Part::Sentence(about(name, &note))));
    }
    parts.push(Part::Sentence(buying));
}
