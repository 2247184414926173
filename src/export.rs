//! An estimate as a document: CSV for spreadsheets, Markdown for documents and chats, JSON for programs.
//!
//! All three are plain text made from the quote. Only sums, and what sharing slots saves, are calculated here. The caller passes
//! the day and the link, as there is no clock and no address here. Markdown and JSON are complete; CSV has the figures that can be summed. Text that a person
//! typed is escaped for the document's format.

mod basis;
mod contents;
mod costs;
mod csv;
mod markdown;
mod months;
mod outline;
mod parts;
mod purchases;
mod terms;

use serde::{Serialize, Serializer};

use crate::date::Date;
use crate::estimate::{EstimateQuote, JointEstimate};
use crate::import::Imported;
use crate::notes::{NoteField, Notes};
use crate::price_book::PriceBook;
use crate::quote::Quote;
use crate::scenario::Scenario;
use contents::Contents;
pub use csv::{csv, estimate_csv};
pub use markdown::{estimate_markdown, markdown};
pub use outline::{EstimateCosts, estimate_outline, outline};
pub use parts::{Cell, Column, Line, Outline, Part, Section};
use terms::{EstimateTerms, ExportTerms};

/// An estimate with its notes, day and link.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The input of the quote.
    pub scenario: &'a Scenario,
    /// The answer.
    pub quote: &'a Quote,
    /// The prices of the quote, unless the scenario has its own.
    pub built_in: &'a PriceBook,
    /// The notes of the sender.
    pub notes: &'a Notes,
    /// The day of the document.
    pub date: Option<Date>,
    /// The complete address of the estimate; `None` where it has no link.
    pub link: Option<&'a str>,
    /// What readers must know about the total; `None` where it is that of the form.
    pub caution: Option<Caution<'a>>,
}

/// An estimate of several services with its notes, day and link.
#[derive(Debug, Clone, Copy)]
pub struct EstimateDocument<'a> {
    /// The input of the quote.
    pub estimate: &'a JointEstimate,
    /// The answer.
    pub quote: &'a EstimateQuote,
    /// The prices of the quote, unless the estimate has its own.
    pub built_in: &'a PriceBook,
    /// The notes of the sender.
    pub notes: &'a Notes,
    /// The day of the document.
    pub date: Option<Date>,
    /// The complete address of the estimate; `None` where it has no link.
    pub link: Option<&'a str>,
    /// What readers must know about the total; `None` where it is that of the form.
    pub caution: Option<Caution<'a>>,
}

/// What readers of a document must know about its total.
#[derive(Debug, Clone, Copy)]
pub enum Caution<'a> {
    /// The estimate was imported, perhaps with another total.
    Imported(&'a Imported),
    /// The form has changed since and has no answer.
    OutOfDate,
}

#[derive(Serialize)]
struct Export<'a, T, S, Q> {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(skip_serializing_if = "Notes::is_empty")]
    notes: &'a Notes,
    terms: T,
    scenario: &'a S,
    quote: &'a Q,
}

#[derive(Serialize)]
struct NotesRow {
    #[serde(skip_serializing_if = "String::is_empty")]
    customer: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sender: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    reference: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    valid_until: String,
}

impl Serialize for Notes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = NotesRow {
            customer: self.get(NoteField::Customer),
            sender: self.get(NoteField::Sender),
            title: self.get(NoteField::Title),
            reference: self.get(NoteField::Reference),
            note: self.get(NoteField::Note),
            valid_until: self.get(NoteField::ValidUntil),
        };
        row.serialize(serializer)
    }
}

/// The estimate as indented JSON: the quote of the contract with its scenario, notes, terms, link and day. It can be
/// [imported](crate::import::open) again.
pub fn json(document: &Document<'_>) -> String {
    let contents = Contents::of(document);
    written(&contents, ExportTerms::of(&contents), document.scenario, document.quote)
}

/// The estimate of several services as indented JSON, with the same fields: `scenario` is the estimate, and the terms have a
/// list of services.
pub fn estimate_json(document: &EstimateDocument<'_>) -> String {
    let shown = document.quote.shown_plan();
    let contents = Contents::of_estimate(document, &shown);
    written(&contents, EstimateTerms::of(&contents), document.estimate, document.quote)
}

fn written(contents: &Contents<'_>, terms: impl Serialize, scenario: &impl Serialize, quote: &impl Serialize) -> String {
    let Contents { date, link, notes, .. } = *contents;
    let export = Export { date: date.map(|date| date.to_string()), link, notes, terms, scenario, quote };
    // Serializing texts and whole numbers cannot fail.
    serde_json::to_string_pretty(&export).map(|text| text + "\n").unwrap_or_default()
}
