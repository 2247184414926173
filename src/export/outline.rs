//! The outline of an estimate for people: its texts in their order.
//!
//! Markdown and print both render this outline, so they have the same contents. The renderer escapes the texts, since people
//! typed some of them.

use super::contents::Contents;
use super::costs::{costs, sharing, total_saved};
use super::months::months;
use super::parts::{Cell, Column, Line, Outline, Part, Section};
use super::purchases::purchases;
use super::{Caution, Document, EstimateDocument, basis};
use crate::estimate::ShownEstimate;
use crate::money::Money;
use crate::notes::NoteField;
use crate::wording::export::{
    CHEAPEST, DATE, DISCOUNTS_INCLUDED, LINK, OPEN_LINK, PRICE_BOOK, PROVIDER, SERVICE, SERVICES, SOURCE, SOURCE_HEADING,
    STRATEGIES_HEADING, STRATEGY_COLUMNS, TOTAL, WITH_DISCOUNTS, chosen_sentence, compared, names, price_list, unavailable,
    unavailable_to_all, untitled, untitled_of, would_fail,
};
use crate::wording::list_price::sums;
use crate::wording::{OUT_OF_DATE, day, money, note_label, price_check_sentence, strategy_name};

/// The longest address that a reader could type, in characters. A longer one is left to its words and the QR code.
const READABLE: usize = 300;

/// The outline of a document.
pub fn outline(document: &Document<'_>) -> Outline {
    of(&Contents::of(document))
}

/// The outline of a document about several services.
pub fn estimate_outline(document: &EstimateDocument<'_>) -> Outline {
    of(&Contents::of_estimate(document, &document.quote.shown_plan()))
}

/// What several services cost, as in the outline.
#[derive(Debug)]
pub struct EstimateCosts {
    /// The cost of each service and of shared slots.
    pub by_service: Option<Section>,
    /// What sharing slots saves.
    pub sharing: Option<Section>,
    /// The same in a year; `None` where it saves nothing, or where the amount is not known.
    pub saved: Option<Money>,
}

impl EstimateCosts {
    /// The costs of a document, whose plan is `shown`.
    pub fn of(document: &EstimateDocument<'_>, shown: &ShownEstimate<'_>) -> Self {
        let contents = Contents::of_estimate(document, shown);
        Self { by_service: costs(&contents), sharing: sharing(&contents), saved: total_saved(&contents) }
    }
}

fn of(contents: &Contents<'_>) -> Outline {
    let title = contents.notes.get(NoteField::Title);
    let currency = contents.currency;
    let sums = match contents.list_price {
        Some(list_price) => {
            let [list, discounts, total] = sums(list_price, contents.total, currency);
            vec![Line::of(list), Line::of(discounts), Line::of((TOTAL, total.1))]
        }
        None => vec![Line::of((TOTAL, money(contents.total, currency)))],
    };
    let chosen = contents.cheapest.map(|cheapest| chosen_sentence(cheapest, currency));
    let failing = Some(contents.failing()).filter(|&failing| failing > 0).map(|failing| contents.in_unit(&would_fail(failing)));
    // The list price of several services is not calculated.
    let discounted = contents.estimate.filter(|_| contents.has_discounts()).map(|_| DISCOUNTS_INCLUDED.into());
    let sections = [Some(purchases(contents)), Some(months(contents)), Some(basis::based_on(contents)), Some(source(contents))];
    Outline {
        title: if title.is_empty() { default_title(contents) } else { title },
        sums,
        cautions: [contents.caution.and_then(caution_sentence), chosen, failing, discounted].into_iter().flatten().collect(),
        facts: facts(contents),
        note: contents.notes.get(NoteField::Note),
        options: options(contents),
        sections: [costs(contents), sharing(contents)].into_iter().chain(sections).flatten().collect(),
    }
}

fn default_title(contents: &Contents<'_>) -> String {
    match contents.only_item() {
        Some(item) => untitled(&item.name),
        None => untitled_of(contents.services().count()),
    }
}

fn caution_sentence(caution: Caution<'_>) -> Option<String> {
    match caution {
        Caution::Imported(imported) => price_check_sentence(&imported.opened, imported.price_check.as_ref()?),
        Caution::OutOfDate => Some(OUT_OF_DATE.into()),
    }
}

fn facts(contents: &Contents<'_>) -> Vec<Line> {
    let Contents { notes, date, price_list: [version, hash], .. } = *contents;
    let note = |field: NoteField| (note_label(field), notes.get(field));
    let written = |label, date: Option<_>| (label, date.map(day).unwrap_or_default());
    let services: Vec<&str> = contents.services().map(|(item, _)| item.name.as_str()).collect();
    let label = if services.len() > 1 { SERVICES } else { SERVICE };
    let provider = contents.book.source().and_then(host).map(String::from);
    [
        note(NoteField::Customer),
        note(NoteField::Sender),
        note(NoteField::Reference),
        written(DATE, date),
        written(note_label(NoteField::ValidUntil), notes.valid_until()),
        (label, names(&services)),
        (PROVIDER, provider.unwrap_or_default()),
        (PRICE_BOOK, price_list(version, hash)),
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

fn options(contents: &Contents<'_>) -> Section {
    let currency = contents.currency;
    // Plans that leave calls unpaid do not compare with those that pay for all.
    let compares = contents.failing() == 0;
    let option = |name: &str, total: Money| -> Vec<Cell> {
        let difference = compares.then(|| compared(total, contents.total, currency));
        [name.into(), money(total, currency)].into_iter().chain(difference).map(Cell::from).collect()
    };
    let cheapest = contents.cheapest.map(|total| option(CHEAPEST, total));
    let reason = if contents.only_item().is_some() { unavailable } else { unavailable_to_all };
    let alternatives = contents.alternatives.iter().map(|row| match row.total {
        Some(total) => option(strategy_name(row.strategy), total),
        None => {
            let reason = row.reason.map(reason).unwrap_or_default();
            [strategy_name(row.strategy), reason].map(|text| Cell::from(text.to_string())).into()
        }
    });
    let [name, total, difference] = STRATEGY_COLUMNS;
    let columns = [Column::words(name), Column::figures(total)].into_iter().chain(compares.then(|| Column::figures(difference))).collect();
    let table = Part::Table { columns, rows: cheapest.into_iter().chain(alternatives).collect(), total: None };
    let sentence = contents.has_discounts().then(|| Part::Sentence(WITH_DISCOUNTS.into()));
    Section { heading: STRATEGIES_HEADING, parts: [table].into_iter().chain(sentence).collect() }
}

fn source(contents: &Contents<'_>) -> Section {
    let link = |label, address: &str, words| Part::Link { label, address: address.into(), words };
    let page = contents.book.source().map(|address| link(SOURCE, address, None));
    let own = contents.link.map(|address| link(LINK, address, (address.chars().count() > READABLE).then_some(OPEN_LINK)));
    Section { heading: SOURCE_HEADING, parts: page.into_iter().chain(own).collect() }
}
