//! What is said where an estimate is passed on, kept and opened again?

use super::numbers::{self, grouped};
use crate::date::Date;

/// The section.
pub const TITLE: &str = "Share and keep";
/// Where an estimate lives.
pub const PROMISE: &str = "The whole estimate is in its link. Nothing is stored anywhere but on this device.";
/// The button of the contract.
pub const COPY_LINK: &str = "Copy link";
/// Opens the system's sheet.
pub const SHARE: &str = "Share…";
/// The clipboard has it.
pub const LINK_COPIED: &str = "Link copied.";
/// The same, while what is typed has no answer.
pub const OLDER_LINK_COPIED: &str = "Link copied, of the answer that is out of date.";
/// The clipboard was refused.
pub const COPY_YOURSELF: &str = "This browser does not let the page copy. Select the link below and copy it yourself.";
/// The field with the link.
pub const LINK: &str = "Link to this estimate";
/// The documents.
pub const DOCUMENTS: &str = "As a document";
/// A document for spreadsheets.
pub const CSV: &str = "CSV";
/// A document for texts.
pub const MARKDOWN: &str = "Markdown";
/// A document for programs.
pub const JSON: &str = "JSON";
/// On paper, or as PDF.
pub const PRINT: &str = "Print";
/// The sender's fields.
pub const NOTES: &str = "Title and notes";
/// What a document without a title is called.
pub const UNTITLED: &str = "Callmix estimate";
/// Keeps the estimate.
pub const SAVE: &str = "Save on this device";
/// It was kept.
pub const SAVED: &str = "Saved on this device.";
/// It was not.
pub const NOT_SAVED: &str = "This browser’s storage is full or blocked, so nothing was changed. Copy the link instead.";
/// The list.
pub const SAVED_TITLE: &str = "Saved estimates";
/// How to compare.
pub const SAVED_HINT: &str = "Mark two to see them side by side, or one to compare it with the present one.";
/// Changes a name.
pub const RENAME: &str = "Rename";
/// Ends that.
pub const SAVE_NAME: &str = "Save name";
/// The field for it.
pub const NEW_NAME: &str = "New name";
/// It was changed.
pub const RENAMED: &str = "Renamed.";
/// Takes an estimate away.
pub const DELETE: &str = "Delete";
/// It was taken away.
pub const DELETED: &str = "Deleted.";
/// Brings it back.
pub const UNDO_DELETE: &str = "Undo delete";
/// It is back.
pub const RESTORED: &str = "Restored.";
/// The estimate in the form.
pub const PRESENT: &str = "Present";
/// The table of two.
pub const COMPARE: &str = "Two estimates side by side";
/// Its first column.
pub const LINE: &str = "What";
/// The first line.
pub const TOTAL: &str = "Total a year";
/// What a total was, where it is another one now.
pub const QUOTED_AT: &str = "Quoted at";
/// Marks a line.
pub const DIFFERS: &str = "differs";
/// A billing mode that has no total.
pub const NOT_AVAILABLE: &str = "not available";
/// The part where estimates come in.
pub const OPEN: &str = "Open an estimate";
/// As a file.
pub const OPEN_FILE: &str = "From a JSON file";
/// As text.
pub const OPEN_TEXT: &str = "Or paste a link, a scenario or an exported estimate";
/// Does so.
pub const OPEN_PASTED: &str = "Open";
/// It was opened.
pub const OPENED: &str = "Opened. The form now shows this estimate.";
/// It is no file that could be one.
pub const UNREADABLE: &str = "The file could not be read, or has more than a megabyte.";
/// The region of what must be said first.
pub const NOTICE: &str = "About this estimate";
/// Heads the list of what was not used.
pub const IGNORED: &str = "Not all of the link could be used:";
/// Closes what was said.
pub const DISMISS: &str = "Dismiss";
/// Takes today's prices.
pub const QUOTE_AGAIN: &str = "Quote again with today’s prices";

/// The sender's last day is over.
pub fn expired(until: Date) -> String {
    format!("The sender stood by this estimate until {until}; that day has passed.")
}

/// More was not used than is named.
pub fn further_ignored(count: usize) -> String {
    format!("and {} more.", grouped(count as u64))
}

/// A document was made.
pub fn exported(kind: &str) -> String {
    format!("{kind} downloaded.")
}

/// The name of an estimate that has none.
pub fn unnamed(calls: u64) -> String {
    format!("{} a year", numbers::calls(calls))
}

/// A name that another estimate has too, with a number behind it: `1,000 calls a year (2)`.
pub fn numbered(name: &str, number: u64) -> String {
    format!("{name} ({number})")
}

/// Marks one for comparison.
pub fn compare_name(name: &str) -> String {
    format!("Compare {name}")
}

/// Renames one.
pub fn rename_name(name: &str) -> String {
    format!("Rename {name}")
}

/// Deletes one.
pub fn delete_name(name: &str) -> String {
    format!("Delete {name}")
}
