//! Reports on files as JSON, for the command line: usage, replays and errors.
//!
//! Adds to each report the sentences of its notes. What a report says is left to [`usage_files`](crate::usage_files) and
//! [`replay`](crate::replay).

use serde::Serialize;

use crate::replay::ReplayReport;
use crate::usage_files::problem::FileError;
use crate::usage_files::{Note, UsageReport};
use crate::wording;

#[derive(Serialize)]
struct NoteRow {
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct WithNotes<'a, T> {
    #[serde(flatten)]
    report: &'a T,
    notes: Vec<NoteRow>,
}

fn note_rows(notes: &[Note]) -> Vec<NoteRow> {
    notes.iter().map(|note| NoteRow { code: note.code(), message: wording::file_note_sentence(note) }).collect()
}

/// The report on usage files as one line of JSON.
pub fn usage_json(report: &UsageReport) -> String {
    // Texts, whole numbers and lists of them always serialize.
    serde_json::to_string(&WithNotes { report, notes: note_rows(&report.notes) }).unwrap_or_default()
}

/// The report on a replay as one line of JSON.
pub fn replay_json(report: &ReplayReport) -> String {
    serde_json::to_string(&WithNotes { report, notes: note_rows(&report.notes) }).unwrap_or_default()
}

/// The errors of files as one line of JSON, in the form of the errors of a scenario. The field is the file or the option.
///
/// ```
/// use callmix::file_reports::errors_json;
/// use callmix::usage_files::problem::{FileError, FileErrorKind};
/// let error = FileError::of_file("bill.csv", FileErrorKind::Empty);
/// assert!(errors_json(&[error]).starts_with(r#"{"error":{"code":"empty","field":"bill.csv","message":"bill.csv: "#));
/// ```
pub fn errors_json(errors: &[FileError]) -> String {
    #[derive(Clone, Serialize)]
    struct Row {
        code: &'static str,
        field: String,
        message: String,
    }
    #[derive(Serialize)]
    struct Report {
        error: Row,
        errors: Vec<Row>,
    }
    let row = |error: &FileError| Row { code: error.kind.code(), field: error.file.clone(), message: wording::file_error_sentence(error) };
    let rows: Vec<Row> = errors.iter().map(row).collect();
    // There is at least one error.
    let report = rows.first().cloned().map(|error| Report { error, errors: rows });
    report.and_then(|report| serde_json::to_string(&report).ok()).unwrap_or_default()
}
