//! Import of estimates, with a check of their prices.
//!
//! An estimate comes as a link, or as JSON that was exported or written by hand. [`open`] finds out which, and [`PriceCheck`]
//! compares the quoted total with today's, so that a price never changes without a note.

mod price_check;

use crate::estimate::JointEstimate;
use crate::json::{self, JsonField, ValidationErrors};
use crate::link::{self, Amount, BookStamp, Opened};
use crate::notes::Notes;
use crate::price_book::PriceBook;
use crate::price_book::history::History;
use crate::problem::{ErrorKind, ValidationError};
use crate::scenario::Scenario;
pub use price_check::{PriceCheck, Prices, QuotedTotal};

/// An imported estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The estimate.
    pub opened: Opened,
    /// Its prices, then and today; `None` without calls, since there is nothing to quote.
    pub price_check: Option<PriceCheck>,
}

/// Opens the fragment of an address, with or without its `#`.
pub fn open_link(fragment: &str, history: &History) -> Imported {
    let opened = link::read(fragment, history.newest());
    imported(opened, history, |book| Some(link::read(fragment, book).lines()))
}

/// Opens text that was pasted or comes from a file: a link (an address or its fragment, also in Markdown or HTML), a scenario
/// or an estimate of several services as JSON, or one of these that was exported as JSON.
///
/// # Errors
/// Every error of the JSON with its field; or one that the text is none of these.
///
/// ```
/// use callmix::price_book::history::History;
/// use callmix::import::open;
/// let history = History::built_in().unwrap();
/// for text in [r#"{"usage":{"yearly":300}}"#, "https://a.example/#v=1&calls=300", "v=1&calls=300"] {
///     let price_check = open(text, &history).unwrap().price_check.unwrap();
///     assert_eq!(price_check.today.unwrap().total().to_string(), "1260.00");
/// }
/// ```
pub fn open(text: &str, history: &History) -> Result<Imported, Vec<ValidationError>> {
    let text = text.trim_start_matches('\u{feff}').trim();
    // Markdown and quoted text begin like JSON too.
    if text.starts_with('{') || (text.starts_with(['[', '"']) && !link::mentions_link(text)) {
        let opened = document(text, history.newest())?;
        return Ok(imported(opened, history, |book| document(text, book).ok().map(|opened| opened.lines())));
    }
    let imported = open_link(link::pasted(text), history);
    if imported.opened.is_blank() || !imported.opened.understands_anything() {
        return Err(vec![ValidationError { field: String::new(), kind: ErrorKind::NotOpenable }]);
    }
    Ok(imported)
}

/// `again` reads the same estimate against another price book, whose services and limits may differ.
fn imported(opened: Opened, history: &History, again: impl Fn(&PriceBook) -> Option<Vec<Scenario>>) -> Imported {
    let price_check = opened.has_usage.then(|| PriceCheck::of(&opened, history, again));
    Imported { opened, price_check }
}

/// Reads a scenario or an estimate of several services, or an export with one of these in it.
fn document(text: &str, built_in: &PriceBook) -> Result<Opened, Vec<ValidationError>> {
    const EXPORT: &[&str] = &["date", "link", "notes", "terms", "scenario", "quote"];
    let node = json::parse(text).map_err(|error| vec![error])?;
    let mut errors = ValidationErrors::default();
    let root = JsonField::root(&node, "");
    let has = |name: &str| root.open_object(&mut ValidationErrors::default()).is_some_and(|object| object.get(name).is_some());
    let mut notes = Notes::default();
    let (mut book, mut quoted) = (None, None);
    let export = if has("total") {
        // A quote alone: the one useful error is that the scenario is missing.
        root.open_object(&mut errors)
    } else if has("scenario") || has("quote") {
        root.object(EXPORT, &mut errors)
    } else {
        None
    };
    let lines = match export {
        None => lines(&root, built_in, &mut errors),
        Some(export) => {
            if let Some(field) = export.get_unless_null("quote") {
                (book, quoted) = stamps(&field, &mut errors);
            }
            if let Some(field) = export.get_unless_null("notes") {
                notes = Notes::from_field(&field, &mut errors);
            }
            let scenario = export.require("scenario", &mut errors);
            scenario.and_then(|field| lines(&field, built_in, &mut errors))
        }
    };
    let (scenario, further) = errors.into_result(lines)?;
    Ok(Opened { scenario, further, has_usage: true, notes, budget: None, book, quoted, ignored: Vec::new(), further_ignored: 0 })
}

/// The first line and the further ones. The result counts only while `errors` is empty.
fn lines(field: &JsonField<'_>, built_in: &PriceBook, errors: &mut ValidationErrors) -> Option<(Scenario, Vec<Scenario>)> {
    if !field.has("services") {
        return Scenario::from_field(field, built_in, errors).map(|scenario| (scenario, Vec::new()));
    }
    let mut lines = JointEstimate::from_field(field, built_in, errors)?.to_scenarios(built_in).into_iter();
    lines.next().map(|first| (first, lines.collect()))
}

/// The price book and the total of an exported quote. Its rows follow from the scenario and are not read.
fn stamps(field: &JsonField<'_>, errors: &mut ValidationErrors) -> (Option<BookStamp>, Option<Amount>) {
    let Some(quote) = field.open_object(errors) else { return (None, None) };
    let quoted = quote.require("total", errors).and_then(|field| {
        let amount = Amount::parse(field.decimal_text(errors)?);
        if amount.is_none() {
            field.refuse(ErrorKind::MalformedDecimal, errors);
        }
        amount
    });
    let book = quote.require("price_book", errors).and_then(|field| {
        let object = field.open_object(errors)?;
        let version = object.require("version", errors).and_then(|field| field.filled_text(errors));
        let hash = object.require("hash", errors).map(|field| (field.text(errors), field));
        let (version, (hash, field)) = (version?, hash?);
        let stamp = BookStamp::parse(version, hash?);
        if stamp.is_none() {
            field.refuse(ErrorKind::MalformedHash, errors);
        }
        stamp
    });
    (book, quoted)
}
