//! How does JavaScript ask the engine?
//!
//! The engine as a module of its own, without the page: quotes, documents and codes for those who draw their own answer.
//! Texts go in and out; errors are thrown as the contract's JSON.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::date::Date;
use crate::export::{self, Document};
use crate::import::{Imported, open};
use crate::json_lines;
use crate::price_book::history::History;
use crate::problem::ValidationError;
use crate::qr;
use crate::quote::quote as answer;
use crate::wording;

/// The kinds of documents.
const CSV: &str = "csv";
const MARKDOWN: &str = "markdown";

/// Answers a scenario given as JSON with a quote as JSON.
///
/// # Errors
/// The contract's error object, as JSON.
#[wasm_bindgen]
pub fn quote(scenario: &str) -> Result<String, String> {
    json_lines::answer(scenario, history()?.newest())
}

/// The estimate that a link or JSON describes, as a document: `csv`, `markdown` or `json`. `date` is a day such as
/// `2027-01-31`, or empty; `address` is what goes before the link, or empty for none.
///
/// # Errors
/// The contract's error object, as JSON.
#[wasm_bindgen]
pub fn document(kind: &str, estimate: &str, date: &str, address: &str) -> Result<String, String> {
    let history = history()?;
    let Imported { opened, price_check } = open(estimate, &history).map_err(|errors| told(&errors))?;
    let quote = answer(&opened.scenario, history.newest()).map_err(|errors| told(&errors))?;
    let price_check = price_check.and_then(|price_check| wording::price_check_sentence(&opened, &price_check));
    let link = opened.link().ok().filter(|_| !address.is_empty()).map(|link| format!("{address}#{link}"));
    let document = Document {
        scenario: &opened.scenario,
        quote: &quote,
        built_in: history.newest(),
        notes: &opened.notes,
        date: Date::parse(date),
        link: link.as_deref(),
        price_check: price_check.as_deref(),
    };
    Ok(match kind {
        CSV => export::csv(&document),
        MARKDOWN => export::markdown(&document),
        _ => export::json(&document),
    })
}

/// The scenario, as JSON, of an estimate given as a link or as JSON.
///
/// # Errors
/// The contract's error object, as JSON.
#[wasm_bindgen]
pub fn scenario(estimate: &str) -> Result<String, String> {
    let opened = open(estimate, &history()?).map_err(|errors| told(&errors))?.opened;
    Ok(opened.scenario.to_json())
}

/// The link, without `#`, of what was pasted or came in a file: a link, a scenario or an exported estimate.
///
/// # Errors
/// What does not fit, in English with its place; also for an estimate with a price book of its own, which has no link.
#[wasm_bindgen]
pub fn import(text: &str) -> Result<String, String> {
    let opened = open(text, &history()?).map_err(|errors| wording::error_list(&errors))?.opened;
    opened.link().map_err(|none| wording::no_link_sentence(none).into())
}

/// A QR code: its width in modules, a space, and the data of an SVG path; empty where the text is too long for one.
#[wasm_bindgen]
pub fn qr_path(text: &str) -> String {
    qr::draw(text).map_or_else(String::new, |code| format!("{} {}", code.size, code.path))
}

/// The words of the dialog that puts an estimate into another page: on each line a name, a tab, and what is said.
#[wasm_bindgen]
pub fn embed_words() -> String {
    wording::embed::DIALOG.map(|(name, words)| format!("{name}\t{words}")).join("\n")
}

fn history() -> Result<History, String> {
    History::built_in().map_err(|errors| told(&errors))
}

fn told(errors: &[ValidationError]) -> String {
    json_lines::error_report(errors)
}
