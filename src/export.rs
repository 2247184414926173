//! An estimate as a document: CSV for spreadsheets, Markdown for documents and chats, JSON for programs.
//!
//! All three are plain text made from the quote, and compute nothing. The caller passes the day and the link, as there is no
//! clock and no address here. Markdown and JSON are complete; CSV has the figures that can be summed. Text that a person
//! typed is escaped for the document's format.

mod basis;
mod csv;
mod markdown;
mod months;
mod outline;
mod parts;
mod terms;

use serde::{Serialize, Serializer};

use crate::date::Date;
use crate::import::Imported;
use crate::notes::{NoteField, Notes};
use crate::price_book::{PriceBook, Service};
use crate::quote::Quote;
use crate::scenario::Scenario;
pub use csv::csv;
pub use markdown::markdown;
pub use outline::outline;
pub use parts::{Cell, Column, Line, Outline, Part, Section};
use terms::ExportTerms;

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

/// What readers of a document must know about its total.
#[derive(Debug, Clone, Copy)]
pub enum Caution<'a> {
    /// The estimate was imported, perhaps with another total.
    Imported(&'a Imported),
    /// The form has changed since and has no answer.
    OutOfDate,
}

impl<'a> Document<'a> {
    fn book(&self) -> &'a PriceBook {
        self.scenario.book(self.built_in)
    }

    /// The quoted service; `None` only where quote and scenario don't belong together.
    fn service(&self) -> Option<&'a Service> {
        self.book().service(Some(&self.quote.price_book.service))
    }

    /// The service's name for people.
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
    terms: ExportTerms<'a>,
    scenario: &'a Scenario,
    quote: &'a Quote,
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
    let Document { scenario, quote, notes, date, link, .. } = *document;
    let date = date.map(|date| date.to_string());
    let export = Export { date, link, notes, terms: ExportTerms::of(document), scenario, quote };
    // Serializing texts and whole numbers cannot fail.
    serde_json::to_string_pretty(&export).map(|text| text + "\n").unwrap_or_default()
}
