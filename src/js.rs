//! The engine's exports to JavaScript.
//!
//! Quotes, documents, links and QR codes, without the page. JavaScript passes and receives text; an error is thrown as the
//! JSON of the contract's errors, except where a function says otherwise.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::date::Date;
use crate::estimate::{JointEstimate, quote as answer_to_all};
use crate::export::{self, Caution, Document, EstimateDocument};
use crate::import::{Imported, open};
use crate::json_lines;
use crate::price_book::history::History;
use crate::problem::ValidationError;
use crate::qr;
use crate::quote::quote as answer;
use crate::wording;

/// The names of document formats.
const CSV: &str = "csv";
const MARKDOWN: &str = "markdown";

/// The engine with the prices of a site.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    history: History,
}

#[wasm_bindgen]
impl Engine {
    /// An engine for a list of price books in JSON, the oldest first.
    ///
    /// # Errors
    /// The errors of the price books, as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(price_books: &str) -> Result<Self, String> {
        Ok(Self { history: History::from_json(price_books).map_err(|errors| error_report(&errors))? })
    }

    /// The quote for a scenario, both as JSON.
    ///
    /// # Errors
    /// The errors of the scenario, as JSON.
    pub fn quote(&self, scenario: &str) -> Result<String, String> {
        json_lines::answer(scenario, self.history.newest())
    }

    /// An estimate, given as a link or as JSON, as a document of the format `csv`, `markdown` or `json`. `date` is a day such
    /// as `2027-01-31`, or empty. `address` is the page's address, which its link is added to; if empty, the document has no
    /// link.
    ///
    /// # Errors
    /// The errors of the estimate, as JSON.
    pub fn document(&self, kind: &str, estimate: &str, date: &str, address: &str) -> Result<String, String> {
        let newest = self.history.newest();
        let imported = open(estimate, &self.history).map_err(|errors| error_report(&errors))?;
        let opened = &imported.opened;
        if !opened.further.is_empty() {
            return self.document_of_several(kind, &imported, date, address);
        }
        let quote = answer(&opened.scenario, newest).map_err(|errors| error_report(&errors))?;
        let link = opened.link(newest).ok().filter(|_| !address.is_empty()).map(|link| format!("{address}#{link}"));
        let document = Document {
            scenario: &opened.scenario,
            quote: &quote,
            built_in: newest,
            notes: &opened.notes,
            date: Date::parse(date),
            link: link.as_deref(),
            caution: Some(Caution::Imported(&imported)),
        };
        Ok(match kind {
            CSV => export::csv(&document),
            MARKDOWN => export::markdown(&document),
            _ => export::json(&document),
        })
    }

    /// The scenario of an estimate as JSON, or the estimate itself where it is of several services. It is given as a link or JSON.
    ///
    /// # Errors
    /// The errors of the estimate, as JSON.
    pub fn scenario(&self, estimate: &str) -> Result<String, String> {
        let opened = open(estimate, &self.history).map_err(|errors| error_report(&errors))?.opened;
        if opened.further.is_empty() {
            return Ok(opened.scenario.to_json());
        }
        let estimate = JointEstimate::of(&opened.lines(), self.history.newest()).map_err(|errors| error_report(&errors))?;
        Ok(estimate.to_json())
    }

    /// The link, without `#`, of pasted text or a file: a link, a scenario or an exported estimate.
    ///
    /// # Errors
    /// The errors in English, each with its field; also for an estimate with a price book of its own, which has no link.
    pub fn import(&self, text: &str) -> Result<String, String> {
        let opened = open(text, &self.history).map_err(|errors| wording::error_list(&errors))?.opened;
        opened.link(self.history.newest()).map_err(|none| wording::no_link_sentence(none).into())
    }
}

impl Engine {
    fn document_of_several(&self, kind: &str, imported: &Imported, date: &str, address: &str) -> Result<String, String> {
        let (newest, opened) = (self.history.newest(), &imported.opened);
        let estimate = JointEstimate::of(&opened.lines(), newest).map_err(|errors| error_report(&errors))?;
        let quote = answer_to_all(&estimate, newest).map_err(|errors| error_report(&errors))?;
        let link = opened.link(newest).ok().filter(|_| !address.is_empty()).map(|link| format!("{address}#{link}"));
        let document = EstimateDocument {
            estimate: &estimate,
            quote: &quote,
            built_in: newest,
            notes: &opened.notes,
            date: Date::parse(date),
            link: link.as_deref(),
            caution: Some(Caution::Imported(imported)),
        };
        Ok(match kind {
            CSV => export::estimate_csv(&document),
            MARKDOWN => export::estimate_markdown(&document),
            _ => export::estimate_json(&document),
        })
    }
}

/// A QR code.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct QrCode {
    /// The width in modules.
    pub size: u32,
    /// The data of an SVG path.
    pub path: String,
}

/// The QR code of a text; undefined if the text is too long for one.
#[wasm_bindgen]
pub fn qr_code(text: &str) -> Option<QrCode> {
    qr::draw(text).map(|code| QrCode { size: code.size, path: code.path })
}

/// A text of the embed dialog; undefined if there is none of this name.
#[wasm_bindgen]
pub fn embed_text(name: &str) -> Option<String> {
    wording::embed::DIALOG.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).into())
}

fn error_report(errors: &[ValidationError]) -> String {
    json_lines::error_report(errors)
}
