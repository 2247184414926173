//! How is an estimate handed on as a document?
//!
//! As CSV for spreadsheets, Markdown for documents and chats, and JSON for programs. All are plain text made of the
//! quote as it was answered; nothing is computed here, and no clock or address is asked: the day and the link are
//! passed in. Markdown and JSON are complete; CSV has what can be summed. Whatever a person typed is escaped for the
//! document that it goes into.

mod csv;
mod markdown;
mod outline;

use serde::{Serialize, Serializer};

use crate::date::Date;
use crate::notes::{NoteField, Notes};
use crate::price_book::{PriceBook, Service};
use crate::quote::Quote;
use crate::scenario::Scenario;
pub use csv::csv;
pub use markdown::markdown;
pub use outline::{Line, Outline, Part, Section, outline};

/// An estimate and what goes with it.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// What was asked.
    pub scenario: &'a Scenario,
    /// The answer to it.
    pub quote: &'a Quote,
    /// By these prices, unless the scenario has its own.
    pub built_in: &'a PriceBook,
    /// What the sender says about it.
    pub notes: &'a Notes,
    /// The day on which the document is made.
    pub date: Option<Date>,
    /// The whole address of the estimate; `None` where it has no link.
    pub link: Option<&'a str>,
    /// How it stands where it was quoted by other prices, in a sentence; `None` where there is nothing to say.
    pub price_check: Option<&'a str>,
}

impl<'a> Document<'a> {
    fn book(&self) -> &'a PriceBook {
        self.scenario.book(self.built_in)
    }

    /// `None` only where the quote is not this scenario's.
    fn service(&self) -> Option<&'a Service> {
        self.book().service(Some(&self.quote.price_book.service))
    }

    /// For people.
    fn service_name(&self) -> &'a str {
        self.service().map_or(&self.quote.price_book.service, |service| service.name())
    }
}

#[derive(Serialize)]
struct Export<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(skip_serializing_if = "Notes::is_empty")]
    notes: &'a Notes,
    scenario: &'a Scenario,
    quote: &'a Quote,
}

#[derive(Serialize)]
struct NotesRow {
    #[serde(skip_serializing_if = "String::is_empty")]
    customer: String,
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
            title: self.get(NoteField::Title),
            reference: self.get(NoteField::Reference),
            note: self.get(NoteField::Note),
            valid_until: self.get(NoteField::ValidUntil),
        };
        row.serialize(serializer)
    }
}

/// The estimate as JSON on many lines: the contract's quote with its scenario, notes, link and day. It can be
/// [reopened](crate::reopen::open).
pub fn json(document: &Document<'_>) -> String {
    let Document { scenario, quote, notes, date, link, .. } = *document;
    let export = Export { date: date.map(|date| date.to_string()), link, notes, scenario, quote };
    // Rows of text and whole numbers always serialize.
    serde_json::to_string_pretty(&export).map(|text| text + "\n").unwrap_or_default()
}
