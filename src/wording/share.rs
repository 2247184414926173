//! Sharing, saving and opening estimates.

use super::calendar::day;
use super::numbers::{self, grouped};
use crate::date::Date;

/// The heading of the section.
pub const TITLE: &str = "Share or save";
/// Where estimates are stored.
pub const STORAGE_NOTE: &str = "The link contains the whole estimate. Nothing is stored outside this device.";
/// The button of the contract.
pub const COPY_LINK: &str = "Copy link";
/// Opens the system's share sheet.
pub const SHARE: &str = "Share…";
/// The link is on the clipboard.
pub const LINK_COPIED: &str = "Link copied.";
/// The link is on the clipboard, but the form has changed to something without a result.
pub const OLDER_LINK_COPIED: &str = "Link copied. It opens your previous estimate, not what is in the form now.";
/// The browser refused the clipboard.
pub const COPY_YOURSELF: &str = "Your browser blocked copying. Select the link below and copy it yourself.";
/// The field with the link.
pub const LINK: &str = "Link to this estimate";
/// The group of documents.
pub const DOCUMENTS: &str = "Download";
/// The document for spreadsheets.
pub const CSV: &str = "CSV";
/// The document for text.
pub const MARKDOWN: &str = "Markdown";
/// The document for programs.
pub const JSON: &str = "JSON";
/// Prints, or saves as PDF.
pub const PRINT: &str = "Print";
/// Opens the fields of the notes.
pub const ADD_NOTES: &str = "Add a title, customer and date for a quote";
/// The title of an estimate without one.
pub const UNTITLED: &str = "Callmix estimate";
/// Saves the estimate.
pub const SAVE: &str = "Save on this device";
/// The estimate is saved.
pub const SAVED: &str = "Saved on this device.";
/// The browser's storage refused a change.
pub const NOT_SAVED: &str = "Your browser’s storage is full or blocked, so nothing has changed. Copy the link instead.";
/// The heading of the saved estimates.
pub const SAVED_TITLE: &str = "Saved estimates";
/// How to compare saved estimates.
pub const SAVED_HINT: &str = "Select two to compare them, or one to compare it with the current estimate.";
/// Renames a saved estimate.
pub const RENAME: &str = "Rename";
/// Ends renaming.
pub const SAVE_NAME: &str = "Save name";
/// The field of a new name.
pub const NEW_NAME: &str = "New name";
/// The estimate has its new name.
pub const RENAMED: &str = "Renamed.";
/// Deletes a saved estimate.
pub const DELETE: &str = "Delete";
/// The estimate is deleted.
pub const DELETED: &str = "Deleted.";
/// Restores the estimate that was deleted last.
pub const UNDO_DELETE: &str = "Undo delete";
/// The estimate is restored.
pub const RESTORED: &str = "Restored.";
/// The estimate in the form, in a comparison.
pub const CURRENT: &str = "Current";
/// The table that compares two estimates.
pub const COMPARE: &str = "Two estimates side by side";
/// The first column of the comparison.
pub const ITEM: &str = "Item";
/// The first line of the comparison.
pub const TOTAL: &str = "Total per year";
/// The line of a quoted total, where it is not today's.
pub const QUOTED_AT: &str = "Quoted at";
/// Marks a line that differs.
pub const DIFFERENT: &str = "Different";
/// Replaces the total of an option that is not available.
pub const NOT_AVAILABLE: &str = "not available";
/// The section that opens estimates.
pub const OPEN: &str = "Open an estimate";
/// The field for a file.
pub const OPEN_FILE: &str = "From a JSON file";
/// The field for text.
pub const OPEN_TEXT: &str = "Or paste a link or an exported estimate (JSON)";
/// Opens the pasted text.
pub const OPEN_PASTED: &str = "Open";
/// The estimate is in the form.
pub const OPENED: &str = "Opened. The form now shows this estimate.";
/// A file that is not text, or too large.
pub const UNREADABLE: &str = "We couldn’t read that file. It may be damaged or larger than 1 MB.";
/// The region of notices about an opened estimate.
pub const NOTICE: &str = "About this estimate";
/// Introduces the ignored parts of a link.
pub const IGNORED: &str = "Part of this link was ignored:";
/// Closes a notice.
pub const DISMISS: &str = "Dismiss";
/// Replaces the quoted total with today's.
pub const UPDATE_PRICES: &str = "Update to today’s prices";

/// An estimate that is no longer valid.
pub fn expired(until: Date) -> String {
    format!("This estimate expired on {}.", day(until))
}

/// The errors or ignored parts beyond those that are listed.
pub fn and_more(count: usize) -> String {
    format!("and {} more.", grouped(count as u64))
}

/// A document is downloaded.
pub fn exported(kind: &str) -> String {
    format!("{kind} downloaded.")
}

/// The name of a saved estimate without a title.
pub fn unnamed(calls: u64) -> String {
    format!("{} per year", numbers::calls(calls))
}

/// A name that is already taken: `1,000 calls per year (2)`.
pub fn numbered(name: &str, number: u64) -> String {
    format!("{name} ({number})")
}

/// The accessible name of the checkbox that selects an estimate for comparison.
pub fn compare_name(name: &str) -> String {
    format!("Compare {name}")
}

/// The accessible name of the button that renames an estimate.
pub fn rename_name(name: &str) -> String {
    format!("Rename {name}")
}

/// The accessible name of the button that deletes an estimate.
pub fn delete_name(name: &str) -> String {
    format!("Delete {name}")
}
