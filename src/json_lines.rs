//! What is the answer to a scenario given as JSON, as JSON?
//!
//! Text in, text out, on one line: the shape in which the command line and scripts use the engine. The quote and the
//! errors are those of the contract.

use serde::Serialize;

use crate::price_book::PriceBook;
use crate::problem::{ErrorKind, ValidationError};
use crate::quote::quote;
use crate::scenario::Scenario;
use crate::wording;

/// One problem, as the contract writes it.
#[derive(Serialize)]
struct ErrorRow {
    code: &'static str,
    field: String,
    message: String,
}

/// All problems, the first of them once more in front.
#[derive(Serialize)]
struct Errors<'a> {
    error: &'a ErrorRow,
    errors: &'a [ErrorRow],
}

/// The quote for the scenario in `text`, as one line of JSON.
///
/// # Errors
/// The errors instead, as one line of JSON.
///
/// ```
/// use callmix::json_lines::answer;
/// use callmix::price_book::PriceBook;
/// let book = PriceBook::built_in().unwrap();
/// let quote = answer(r#"{"usage": {"yearly": 300}}"#, &book).unwrap();
/// assert!(quote.starts_with(r#"{"currency":"USD","total":"1260.00","#));
/// let errors = answer("{}", &book).unwrap_err();
/// assert!(errors.starts_with(r#"{"error":{"code":"missing","field":"usage","#));
/// ```
pub fn answer(text: impl AsRef<[u8]>, built_in: &PriceBook) -> Result<String, String> {
    // JSON is UTF-8; what is not is told like any other text that is no JSON.
    let text = match std::str::from_utf8(text.as_ref()) {
        Ok(text) => text,
        Err(error) => {
            let kind = ErrorKind::NotJson { line: 1, column: error.valid_up_to() + 1 };
            return Err(error_report(&[ValidationError { field: String::new(), kind }]));
        }
    };
    let quote = Scenario::from_json(text, built_in).and_then(|scenario| quote(&scenario, built_in));
    match quote {
        Ok(quote) => serde_json::to_string(&quote).map_err(|error| error.to_string()),
        Err(errors) => Err(error_report(&errors)),
    }
}

/// The problems as one line of JSON.
pub fn error_report(errors: &[ValidationError]) -> String {
    let rows: Vec<ErrorRow> = errors
        .iter()
        .map(|error| ErrorRow { code: error.kind.code(), field: error.field.clone(), message: wording::error_sentence(error) })
        .collect();
    // There is at least one problem, and rows of text always serialize.
    rows.first().and_then(|error| serde_json::to_string(&Errors { error, errors: &rows }).ok()).unwrap_or_default()
}
