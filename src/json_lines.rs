//! Answers as lines of JSON, for the command line and for scripts.
//!
//! Takes a scenario or an estimate as text and returns its quote or its errors as one line of JSON. [`answer`] takes one of
//! them; [`LineReader`] takes the lines of an input one after the other and names the line in its errors. What they may say,
//! and their answers, are left to [`estimate`](crate::estimate).

use serde::Serialize;

use crate::estimate;
use crate::price_book::PriceBook;
use crate::problem::{ErrorKind, ValidationError};
use crate::wording;

/// The byte order mark of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// An error in JSON.
#[derive(Serialize)]
struct ErrorRow {
    code: &'static str,
    field: String,
    message: String,
}

/// All errors in JSON: the first one by itself, the line or the file it is in where there are several, and the whole list.
#[derive(Serialize)]
struct ErrorReport<'a> {
    error: &'a ErrorRow,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    errors: &'a [ErrorRow],
}

/// The quote for the scenario or the estimate in `text`, as one line of JSON.
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
    quote_json(text.as_ref(), built_in).map_err(|errors| error_report(&errors))
}

/// The text of a whole document, which must be UTF-8.
fn utf8(text: &[u8]) -> Result<&str, Vec<ValidationError>> {
    let whole = |kind| vec![ValidationError { field: String::new(), kind }];
    if is_utf16(text) {
        return Err(whole(ErrorKind::Utf16));
    }
    std::str::from_utf8(text).map_err(|error| {
        let valid = text[..error.valid_up_to()].split(|&byte| byte == b'\n');
        let (line, column) = valid.enumerate().last().map_or((1, 1), |(before, last)| (before + 1, last.len() + 1));
        whole(ErrorKind::NotJson { line, column })
    })
}

fn quote_json(text: &[u8], built_in: &PriceBook) -> Result<String, Vec<ValidationError>> {
    let text = utf8(text)?;
    // Texts, whole numbers and lists of them always serialize.
    Ok(serde_json::to_string(&estimate::answer(text, built_in)?).unwrap_or_default())
}

/// The validation of a price book in a file, as one line: `prices.json: ok, 2026-11-22, 0a1b2c3d`, with version and hash.
///
/// # Errors
/// The errors instead, as one line of JSON that names the file.
///
/// ```
/// use callmix::json_lines::validation;
/// let errors = validation("prices.json", b"{}").unwrap_err();
/// assert!(errors.starts_with(r#"{"error":{"code":"missing","field":"version","#));
/// ```
pub fn validation(file: &str, text: &[u8]) -> Result<String, String> {
    let book = utf8(text).and_then(PriceBook::from_json).and_then(|book| match book.conflicting_groups() {
        conflicts if conflicts.is_empty() => Ok(book),
        conflicts => Err(conflicts),
    });
    let book = book.map_err(|errors| report(rows(&errors), None, Some(file)))?;
    Ok(format!("{file}: ok, {}, {}", book.version(), book.hash()))
}

/// The errors as one line of JSON.
pub fn error_report(errors: &[ValidationError]) -> String {
    report(rows(errors), None, None)
}

fn rows(errors: &[ValidationError]) -> Vec<ErrorRow> {
    let row = |error: &ValidationError| ErrorRow {
        code: error.kind.code(),
        field: error.field.clone(),
        message: wording::error_sentence(&error.kind),
    };
    errors.iter().map(row).collect()
}

fn report(rows: Vec<ErrorRow>, line: Option<usize>, file: Option<&str>) -> String {
    // There is at least one error, and rows of text always serialize.
    rows.first().and_then(|error| serde_json::to_string(&ErrorReport { error, line, file, errors: &rows }).ok()).unwrap_or_default()
}

/// Answers the lines of an input in their order, and counts them from 1.
///
/// ```
/// use callmix::json_lines::LineReader;
/// use callmix::price_book::PriceBook;
/// let book = PriceBook::built_in().unwrap();
/// let mut lines = LineReader::new(&book);
/// assert!(lines.answer(br#"{"usage": {"yearly": 300}}"#).unwrap().is_ok());
/// assert_eq!(lines.answer(b"\r\n"), None);
/// let errors = lines.answer(b"{}\n").unwrap().unwrap_err();
/// assert!(errors.contains(r#""line":3"#));
/// ```
#[derive(Debug)]
pub struct LineReader<'a> {
    built_in: &'a PriceBook,
    /// Lines read so far.
    lines: usize,
    /// Whether the input began as UTF-16, whose line ends leave half a character on the next line.
    is_utf16: bool,
}

impl<'a> LineReader<'a> {
    /// A reader at the beginning of an input.
    pub fn new(built_in: &'a PriceBook) -> Self {
        Self { built_in, lines: 0, is_utf16: false }
    }

    /// The answer to the next line, with or without its line end; `None` for a blank line. A byte order mark is skipped
    /// at the beginning of every line, as inputs may have been joined.
    pub fn answer(&mut self, line: &[u8]) -> Option<Result<String, String>> {
        self.lines += 1;
        self.is_utf16 |= self.lines == 1 && is_utf16(line);
        let text = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        let is_blank = |byte: &u8| byte.is_ascii_whitespace() || (self.is_utf16 && *byte == 0);
        if text.iter().all(is_blank) {
            return None;
        }
        let answer = match self.is_utf16 {
            true => Err(vec![ValidationError { field: String::new(), kind: ErrorKind::Utf16 }]),
            false => quote_json(text, self.built_in),
        };
        Some(answer.map_err(|errors| report(rows(&self.located(errors)), Some(self.lines), None)))
    }

    /// The errors, with the line of the input instead of the line of the text.
    fn located(&self, mut errors: Vec<ValidationError>) -> Vec<ValidationError> {
        for error in &mut errors {
            if let ErrorKind::NotJson { line, .. } = &mut error.kind {
                *line = self.lines;
            }
        }
        errors
    }
}

/// Whether the text is JSON in UTF-16, in which every ASCII character has a zero byte, with or without a byte order mark.
fn is_utf16(text: &[u8]) -> bool {
    match *text {
        [0xff, 0xfe, _, 0, ..] | [0xfe, 0xff, 0, _, ..] => true,
        [0, second, 0, _, ..] => second != 0,
        [first, 0, _, 0, ..] => first != 0,
        _ => false,
    }
}
