//! What does an estimate that comes back say, and is it still so?
//!
//! An estimate comes back as a link, or as JSON that was exported or written by hand. [`open`] finds out which, and
//! [`PriceCheck`] compares what it was quoted at with today's prices: nothing is priced anew in silence.

mod price_check;

use crate::json::{self, Field, ValidationErrors};
use crate::link::{self, Amount, BookStamp, Opened};
use crate::notes::Notes;
use crate::price_book::PriceBook;
use crate::price_book::history::History;
use crate::problem::{ErrorKind, ValidationError};
use crate::scenario::Scenario;
pub use price_check::{PriceCheck, Prices, QuotedTotal};

/// An estimate that came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// What it says.
    pub opened: Opened,
    /// How it stands today; `None` where it says no calls, so that there is nothing to quote.
    pub price_check: Option<PriceCheck>,
}

/// Opens the fragment of an address, with or without its `#`.
pub fn open_link(fragment: &str, history: &History) -> Imported {
    let opened = link::read(fragment, history.newest());
    imported(opened, history, |book| Some(link::read(fragment, book).scenario))
}

/// Opens whatever was pasted or came in a file: a link (the whole address or its fragment), a scenario as JSON, or an
/// estimate that was exported as JSON.
///
/// # Errors
/// Everything that does not fit, with its place; or that it is none of these.
///
/// ```
/// use callmix::price_book::history::History;
/// use callmix::import::open;
/// let history = History::built_in().unwrap();
/// for text in [r#"{"usage":{"yearly":300}}"#, "https://a.example/#v=1&calls=300", "v=1&calls=300"] {
///     let standing = open(text, &history).unwrap().standing.unwrap();
///     assert_eq!(standing.today.unwrap().total.to_string(), "1260.00");
/// }
/// ```
pub fn open(text: &str, history: &History) -> Result<Imported, Vec<ValidationError>> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['{', '[', '"']) {
        let opened = document(text, history.newest())?;
        return Ok(imported(opened, history, |book| document(text, book).ok().map(|opened| opened.scenario)));
    }
    // An address may have been pasted with what some chats put around it.
    let bare = text.trim_start_matches('<').trim_end_matches('>');
    let fragment = bare.split_once('#').map_or(bare, |(_, fragment)| fragment);
    let imported = open_link(fragment, history);
    if imported.opened.is_blank() || !imported.opened.understands_anything() {
        return Err(vec![ValidationError { field: String::new(), kind: ErrorKind::NotOpenable }]);
    }
    Ok(imported)
}

/// `again` reads the same estimate by another price book, whose services and validity may differ.
fn imported(opened: Opened, history: &History, again: impl Fn(&PriceBook) -> Option<Scenario>) -> Imported {
    let price_check = opened.has_usage.then(|| PriceCheck::of(&opened, history, again));
    Imported { opened, price_check }
}

/// Reads a scenario, or an export with one in it.
fn document(text: &str, built_in: &PriceBook) -> Result<Opened, Vec<ValidationError>> {
    const EXPORT: &[&str] = &["date", "link", "notes", "scenario", "quote"];
    let node = json::parse(text).map_err(|error| vec![error])?;
    let mut errors = ValidationErrors::default();
    let root = Field::root(&node, "");
    let has = |name: &str| root.open_object(&mut ValidationErrors::default()).is_some_and(|object| object.get(name).is_some());
    let mut notes = Notes::default();
    let (mut book, mut quoted) = (None, None);
    let export = if has("total") {
        // A quote by itself: it is only told that the scenario is missing.
        root.open_object(&mut errors)
    } else if has("scenario") || has("quote") {
        root.object(EXPORT, &mut errors)
    } else {
        None
    };
    let scenario = match export {
        None => Scenario::from_field(&root, built_in, &mut errors),
        Some(export) => {
            if let Some(field) = export.get_unless_null("quote") {
                (book, quoted) = stamps(&field, &mut errors);
            }
            if let Some(field) = export.get_unless_null("notes") {
                notes = Notes::from_field(&field, &mut errors);
            }
            let scenario = export.require("scenario", &mut errors);
            scenario.and_then(|field| Scenario::from_field(&field, built_in, &mut errors))
        }
    };
    match scenario {
        Some(scenario) if errors.is_empty() => {
            Ok(Opened { scenario, has_usage: true, notes, book, quoted, ignored: Vec::new(), further_ignored: 0 })
        }
        _ => Err(errors.in_order()),
    }
}

/// The prices and the total of an exported quote. Its rows follow from the scenario and are not read.
fn stamps(field: &Field<'_>, errors: &mut ValidationErrors) -> (Option<BookStamp>, Option<Amount>) {
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
