//! The outline of an estimate for people: its texts in their order.
//!
//! Markdown and print both render this outline, so they have the same contents. The renderer escapes the texts, since people
//! typed some of them.

use super::months::in_words;
use super::parts::{Cell, Column, Line, Outline, Part, Section};
use super::{Caution, Document, basis};
use crate::money::Money;
use crate::notes::NoteField;
use crate::quote::ShownPlan;
use crate::wording::export::{
    ASSUMPTIONS_HEADING, BUY_ON, CHEAPEST, DATE, LINK, MONTH_COLUMNS, MONTHS_HEADING, NOT_REFUNDABLE, NOTHING_TO_BUY, OPEN_LINK,
    PRICE_BOOK, PROVIDER, PURCHASE_COLUMNS, PURCHASES_HEADING, SERVICE, SOURCE, SOURCE_HEADING, STRATEGIES_HEADING, STRATEGY_COLUMNS,
    TOTAL, TOTAL_ROW, WITH_DISCOUNTS, amounts_note, chosen_sentence, compared, expires_on, packages_of, price_list, unavailable, untitled,
    unused_sentence, would_fail,
};
use crate::wording::list_price::sums;
use crate::wording::price_list::price_notes;
use crate::wording::{
    BUYING_NOTE, OUT_OF_DATE, calls, day, first_day, grouped, in_unit, money, month_title, note_label, price_check_sentence, refund_note,
    refundable_until, strategy_name,
};

/// The longest address that a reader could type, in characters. A longer one is left to its words and the QR code.
const READABLE: usize = 300;

/// The outline of a document.
pub fn outline(document: &Document<'_>) -> Outline {
    let Document { quote, notes, caution, .. } = *document;
    let plan = document.quote.shown_plan();
    let title = notes.get(NoteField::Title);
    let currency = &quote.currency;
    let sums = match plan.list_price {
        Some(list_price) => {
            let [list, discounts, total] = sums(list_price, plan.total, currency);
            vec![Line::of(list), Line::of(discounts), Line::of((TOTAL, total.1))]
        }
        None => vec![Line::of((TOTAL, money(plan.total, currency)))],
    };
    let chosen = plan.cheapest.map(|cheapest| chosen_sentence(cheapest, currency));
    let failing = Some(plan.failing()).filter(|&failing| failing > 0).map(|failing| document.in_unit(&would_fail(failing)));
    Outline {
        title: if title.is_empty() { untitled(document.service_name()) } else { title },
        sums,
        cautions: [caution.and_then(caution_sentence), chosen, failing].into_iter().flatten().collect(),
        facts: facts(document),
        note: notes.get(NoteField::Note),
        options: options(document, &plan),
        sections: vec![purchases(document, &plan), months(document, &plan), based_on(document, &plan), source(document)],
    }
}

fn caution_sentence(caution: Caution<'_>) -> Option<String> {
    match caution {
        Caution::Imported(imported) => price_check_sentence(&imported.opened, imported.price_check.as_ref()?),
        Caution::OutOfDate => Some(OUT_OF_DATE.into()),
    }
}

fn facts(document: &Document<'_>) -> Vec<Line> {
    let Document { quote, notes, date, .. } = *document;
    let note = |field: NoteField| (note_label(field), notes.get(field));
    let written = |label, date: Option<_>| (label, date.map(day).unwrap_or_default());
    let provider = document.book().source().and_then(host).map(String::from);
    [
        note(NoteField::Customer),
        note(NoteField::Sender),
        note(NoteField::Reference),
        written(DATE, date),
        written(note_label(NoteField::ValidUntil), notes.valid_until()),
        (SERVICE, document.service_name().into()),
        (PROVIDER, provider.unwrap_or_default()),
        (PRICE_BOOK, price_list(&quote.price_book.version, &quote.price_book.hash)),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(Line::of)
    .collect()
}

/// The host of a web address, without a leading `www.`: the provider as the price list has it.
fn host(address: &str) -> Option<&str> {
    let host = address.split_once("://")?.1.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

fn words(name: impl Into<String>) -> Column {
    Column { name: name.into(), has_figures: false }
}

fn figures(name: impl Into<String>) -> Column {
    Column { name: name.into(), has_figures: true }
}

fn options(document: &Document<'_>, plan: &ShownPlan<'_>) -> Section {
    let currency = &document.quote.currency;
    // Plans that leave calls unpaid do not compare with those that pay for all.
    let compares = plan.failing() == 0;
    let option = |name: &str, total: Money| -> Vec<Cell> {
        let difference = compares.then(|| compared(total, plan.total, currency));
        [name.into(), money(total, currency)].into_iter().chain(difference).map(Cell::from).collect()
    };
    let cheapest = plan.cheapest.map(|total| option(CHEAPEST, total));
    let alternatives = document.quote.alternatives.iter().map(|row| match row.total {
        Some(total) => option(strategy_name(row.strategy), total),
        None => {
            let reason = row.reason.map(unavailable).unwrap_or_default();
            [strategy_name(row.strategy), reason].map(|text| Cell::from(text.to_string())).into()
        }
    });
    let [name, total, difference] = STRATEGY_COLUMNS;
    let columns = [words(name), figures(total)].into_iter().chain(compares.then(|| figures(difference))).collect();
    let table = Part::Table { columns, rows: cheapest.into_iter().chain(alternatives).collect(), total: None };
    let discounts = document.scenario.discount();
    let sentence = (!discounts.is_zero()).then(|| Part::Sentence(WITH_DISCOUNTS.into()));
    Section { heading: STRATEGIES_HEADING, parts: [table].into_iter().chain(sentence).collect() }
}

fn purchases(document: &Document<'_>, plan: &ShownPlan<'_>) -> Section {
    let heading = PURCHASES_HEADING;
    let Some(service) = document.service().filter(|_| !plan.purchases.is_empty()) else {
        return Section { heading, parts: vec![Part::Sentence(NOTHING_TO_BUY.into())] };
    };
    let (start, currency) = (document.scenario.start(), &document.quote.currency);
    let listed = |calls: u64, count: u64| {
        let package = service.packages().iter().find(|package| package.calls == calls)?;
        package.price.times(count).ok()
    };
    let has_refund = service.refund_period().is_some();
    let is_discounted = !document.scenario.discount().packages.is_zero();
    let of_columns = |cells: [String; 6]| -> Vec<Cell> {
        let [on, packages, refundable, expires, list_price, cost] = cells.map(Cell::from);
        let refundable = has_refund.then_some(refundable);
        let list_price = is_discounted.then_some(list_price);
        [on, packages].into_iter().chain(refundable).chain([expires]).chain(list_price).chain([cost]).collect()
    };
    let rows = plan.purchases.iter().map(|row| {
        of_columns([
            first_day(start, row.month),
            document.in_unit(&packages_of(row.count, row.calls)),
            refundable_until(start, row.month, service).unwrap_or_else(|| NOT_REFUNDABLE.into()),
            expires_on(start, row.month, service),
            listed(row.calls, row.count).map(|price| money(price, currency)).unwrap_or_default(),
            money(row.amount, currency),
        ])
    });
    let [packages, refundable, expires, list_price, cost] = PURCHASE_COLUMNS;
    let on = BUY_ON[usize::from(start.is_none())];
    let mut columns = vec![words(on), words(packages)];
    columns.extend(has_refund.then(|| words(refundable)));
    columns.push(words(expires));
    columns.extend(is_discounted.then(|| figures(list_price)));
    columns.push(figures(cost));
    let total = (plan.purchases.len() > 1).then(|| {
        let list_price = sum(plan.purchases.iter().filter_map(|row| listed(row.calls, row.count)), currency);
        let cost = sum(plan.purchases.iter().map(|row| row.amount), currency);
        let none = String::new;
        of_columns([TOTAL_ROW.into(), none(), none(), none(), list_price, cost])
    });
    let mut parts = vec![Part::Table { columns, rows: rows.collect(), total }];
    let note = refund_note(service).map(|refund| [&refund, " ", BUYING_NOTE].concat()).unwrap_or_else(|| BUYING_NOTE.into());
    parts.push(Part::Sentence(document.in_unit(&note)));
    Section { heading, parts }
}

/// A sum for people; empty where it has too many digits to be exact.
fn sum(mut amounts: impl Iterator<Item = Money>, currency: &str) -> String {
    amounts.try_fold(Money::ZERO, Money::plus).map(|sum| money(sum, currency)).unwrap_or_default()
}

fn months(document: &Document<'_>, plan: &ShownPlan<'_>) -> Section {
    let (start, currency) = (document.scenario.start(), &document.quote.currency);
    let what = document.service().map(|service| in_words(plan, service, currency)).unwrap_or_default();
    let has_left = plan.months.iter().any(|(month, _)| month.prepaid_left > 0);
    let of_columns = |month: String, what: Cell, left: String, cost: String| -> Vec<Cell> {
        [month.into(), what].into_iter().chain(has_left.then(|| left.into())).chain([cost.into()]).collect()
    };
    let rows =
        plan.months.iter().zip(what).map(|(&(row, _), what)| {
            of_columns(month_title(start, row.month), what, grouped(row.prepaid_left), money(row.charge, currency))
        });
    let all = document.in_unit(&calls(plan.months.iter().map(|(month, _)| month.calls).sum()));
    let total = of_columns(TOTAL_ROW.into(), all.into(), String::new(), money(plan.total, currency));
    let [month, happens, left, cost] = MONTH_COLUMNS;
    let left = has_left.then(|| figures(document.in_unit(left)));
    let columns = [words(month), words(happens)].into_iter().chain(left).chain([figures(cost)]).collect();
    let table = Part::Table { columns, rows: rows.collect(), total: Some(total) };
    let unused = (plan.unused > 0).then(|| Part::Sentence(document.in_unit(&unused_sentence(plan.unused))));
    Section { heading: MONTHS_HEADING, parts: [table].into_iter().chain(unused).collect() }
}

fn based_on(document: &Document<'_>, plan: &ShownPlan<'_>) -> Section {
    let notes = document.service().map(price_notes).unwrap_or_default();
    let notes = notes.into_iter().chain([amounts_note(&document.quote.currency)]).collect::<Vec<_>>().join(" ");
    let parts = vec![Part::Lines(basis::lines(document, plan)), Part::Sentence(notes)];
    Section { heading: ASSUMPTIONS_HEADING, parts }
}

fn source(document: &Document<'_>) -> Section {
    let link = |label, address: &str, words| Part::Link { label, address: address.into(), words };
    let page = document.book().source().map(|address| link(SOURCE, address, None));
    let own = document.link.map(|address| link(LINK, address, (address.chars().count() > READABLE).then_some(OPEN_LINK)));
    Section { heading: SOURCE_HEADING, parts: page.into_iter().chain(own).collect() }
}

impl Document<'_> {
    /// A text of the program's own about calls, in the unit of the service.
    pub(super) fn in_unit(&self, text: &str) -> String {
        self.service().map_or_else(|| text.into(), |service| in_unit(text, service.unit()))
    }
}
