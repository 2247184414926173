//! The outline of an estimate for people: its texts in their order.
//!
//! Markdown and print both render this outline, so they have the same contents. The renderer escapes the texts, since people
//! typed some of them.

use super::{Caution, Document};
use crate::month_columns::{Figure, in_documents};
use crate::notes::NoteField;
use crate::quote::{MonthRow, PurchaseRow};
use crate::wording::columns::{BILLING_MODE, MONTH, rates};
use crate::wording::export::{
    ASSUMPTIONS_HEADING, DATE, LINK, MONTHS_HEADING, NOTHING_TO_BUY, PRICE_BOOK, PURCHASE_COLUMNS, PURCHASES_HEADING, SERVICE, SOURCE,
    SOURCE_HEADING, STRATEGIES_HEADING, STRATEGY_COLUMNS, amount, mode_name, price_list, total_sentence, unavailable, untitled,
    unused_sentence,
};
use crate::wording::{
    OUT_OF_DATE, assumptions, day, grouped, grouped_decimal, month_title, note_label, price_check_sentence, strategy_name,
};

/// The texts of an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The sender's title, or one that names the service.
    pub title: String,
    /// The total, in a sentence.
    pub total: String,
    /// A quoted total compared with today's; empty where the total is current.
    pub caution: String,
    /// For whom it is, its number, until when it is valid, and its day.
    pub facts: Vec<Line>,
    /// The sender's note, perhaps of several lines; empty where there is none.
    pub note: String,
    /// The rest, in order.
    pub sections: Vec<Section>,
}

/// A labelled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The label.
    pub label: &'static str,
    /// The text.
    pub text: String,
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: &'static str,
    /// The parts below the heading.
    pub parts: Vec<Part>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A list of labelled texts.
    Lines(Vec<Line>),
    /// A web address; any other address is plain text.
    Address(Line),
    /// A table: a column of names, then columns of figures.
    Table {
        /// The column headings.
        columns: Vec<&'static str>,
        /// The rows, each with one cell per column.
        rows: Vec<Vec<String>>,
    },
    /// A sentence.
    Sentence(String),
}

/// The outline of a document.
pub fn outline(document: &Document<'_>) -> Outline {
    let Document { quote, notes, date, caution, .. } = *document;
    let title = notes.get(NoteField::Title);
    let title = if title.is_empty() { untitled(document.service_name()) } else { title };
    let facts = [NoteField::Customer, NoteField::Sender, NoteField::Reference].map(|field| (note_label(field), notes.get(field)));
    let days = [(note_label(NoteField::ValidUntil), notes.valid_until()), (DATE, date)];
    let days = days.map(|(label, date)| (label, date.map(day).unwrap_or_default()));
    Outline {
        title,
        total: total_sentence(quote.total, &quote.currency),
        caution: caution.and_then(caution_sentence).unwrap_or_default(),
        facts: facts.into_iter().chain(days).filter(|(_, text)| !text.is_empty()).map(line).collect(),
        note: notes.get(NoteField::Note),
        sections: vec![assumed(document), purchases(document), months(document), strategies(document), source(document)],
    }
}

fn caution_sentence(caution: Caution<'_>) -> Option<String> {
    match caution {
        Caution::Imported(imported) => price_check_sentence(&imported.opened, imported.price_check.as_ref()?),
        Caution::OutOfDate => Some(OUT_OF_DATE.into()),
    }
}

fn line((label, text): (&'static str, String)) -> Line {
    Line { label, text }
}

fn table<const N: usize>(columns: [&'static str; N], rows: impl Iterator<Item = [String; N]>) -> Part {
    Part::Table { columns: columns.into(), rows: rows.map(Into::into).collect() }
}

fn assumed(document: &Document<'_>) -> Section {
    let lines = assumptions(document.scenario).into_iter().map(|assumed| line((assumed.label, assumed.text)));
    Section { heading: ASSUMPTIONS_HEADING, parts: vec![Part::Lines(lines.collect())] }
}

fn purchases(document: &Document<'_>) -> Section {
    let start = document.scenario.start();
    let row = |row: &PurchaseRow| [month_title(start, row.month), grouped(row.count), grouped(row.calls), amount(row.amount)];
    let rows = &document.quote.purchases;
    let part = if rows.is_empty() { Part::Sentence(NOTHING_TO_BUY.into()) } else { table(PURCHASE_COLUMNS, rows.iter().map(row)) };
    Section { heading: PURCHASES_HEADING, parts: vec![part] }
}

fn months(document: &Document<'_>) -> Section {
    let start = document.scenario.start();
    let months = &document.quote.months;
    let columns = in_documents(months);
    let row = |row: &MonthRow| {
        let mut cells = vec![month_title(start, row.month), mode_name(row.mode).into()];
        cells.extend(columns.iter().map(|column| written(column.of_month(row))));
        cells
    };
    let mut heads = vec![MONTH, BILLING_MODE];
    heads.extend(columns.iter().map(|column| column.name));
    let unused = document.quote.unused_prepaid;
    let left = (unused > 0).then(|| Part::Sentence(unused_sentence(unused)));
    let table = Part::Table { columns: heads, rows: months.iter().map(row).collect() };
    Section { heading: MONTHS_HEADING, parts: [table].into_iter().chain(left).collect() }
}

/// A figure for reading, without its currency.
fn written(figure: Figure<'_>) -> String {
    match figure {
        Figure::Count(count) => grouped(count),
        Figure::Charge(charge) => amount(charge),
        Figure::Rates(postpaid) => rates(postpaid, |price| grouped_decimal(&price.to_string()), grouped),
    }
}

fn strategies(document: &Document<'_>) -> Section {
    let rows = document.quote.alternatives.iter().map(|row| {
        let total = row.total.map(amount).or(row.reason.map(|reason| unavailable(reason).into()));
        [strategy_name(row.strategy).into(), total.unwrap_or_default()]
    });
    Section { heading: STRATEGIES_HEADING, parts: vec![table(STRATEGY_COLUMNS, rows)] }
}

fn source(document: &Document<'_>) -> Section {
    let book = &document.quote.price_book;
    let made_with = [(SERVICE, document.service_name().into()), (PRICE_BOOK, price_list(&book.version, &book.hash))];
    let addresses = [(SOURCE, document.book().source()), (LINK, document.link)];
    let addresses = addresses.into_iter().filter_map(|(label, address)| Some(Part::Address(line((label, address?.into())))));
    let parts = [Part::Lines(made_with.map(line).into())].into_iter().chain(addresses);
    Section { heading: SOURCE_HEADING, parts: parts.collect() }
}
