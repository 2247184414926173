//! Sharing, saving and opening estimates.

use super::calendar::day;
use super::numbers::{self, grouped, of_unit};
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
/// Saves the estimate beside the saved one that it was made from.
pub const SAVE_AS_NEW: &str = "Save as new";
/// The saved estimate is what the page shows.
pub const UPDATED: &str = "Changes saved.";
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
/// Restores the estimate that was saved in place last.
pub const UNDO_UPDATE: &str = "Undo saved changes";
/// Marks the saved estimate that the page shows.
pub const IS_OPEN: &str = "Open now";
/// Marks the saved estimate that the page shows with changes.
pub const IS_CHANGED: &str = "Open now, with changes that are not saved";
/// The field that searches the saved estimates.
pub const SEARCH: &str = "Search saved estimates";
/// The section that exports and imports all saved estimates.
pub const ALL_AS_FILE: &str = "Export or import all";
/// What the file is for.
pub const ALL_AS_FILE_HINT: &str =
    "One file with all saved estimates: a backup, or a way to take them to another browser. Importing adds to the list.";
/// Downloads the file.
pub const EXPORT_ALL: &str = "Export all";
/// The field for the file.
pub const IMPORT_ALL: &str = "Import from a file";
/// The chosen file is not text, or too large.
pub const UNREADABLE_ARCHIVE: &str = "We couldn’t read that file, so nothing was imported. It may be damaged or larger than 20 MB.";
/// The chosen file has no saved estimates.
pub const NO_ARCHIVE: &str = "That file has no saved estimates, so nothing was imported. Choose a file made by “Export all”. \
     A single estimate goes into “Open an estimate”.";
/// The chosen file is of a later version.
pub const NEWER_ARCHIVE: &str =
    "That file was made by a newer version of this page, so nothing was imported. Reload the page and try again.";
/// The estimate is restored.
pub const RESTORED: &str = "Restored.";
/// The estimate in the form, in a comparison.
pub const CURRENT: &str = "Current";
/// The table that compares two estimates.
pub const COMPARE: &str = "Two estimates side by side";
/// The first column of the comparison.
pub const ITEM: &str = "Item";
/// The packages that an estimate buys, in a comparison.
pub const BUYS: &str = "Packages to buy";
/// An estimate buys none.
pub const BUYS_NOTHING: &str = "none";
/// The plan that a person chose, in a comparison.
pub const OWN_PLAN: &str = "Plan chosen by the sender";
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

/// The name of a saved estimate of several services without a title: `3 services`.
pub fn unnamed_of_services(count: usize) -> String {
    of_unit(&grouped(count as u64), "service")
}

/// A name that is already taken: `1,000 calls per year (2)`.
pub fn numbered(name: &str, number: u64) -> String {
    format!("{name} ({number})")
}

/// The button that saves the changes of an open estimate.
pub fn update_name(name: &str) -> String {
    format!("Save changes to “{name}”")
}

/// How many estimates a search finds.
pub fn found(count: usize) -> String {
    if count == 1 { "1 estimate found.".into() } else { format!("{} estimates found.", grouped(count as u64)) }
}

/// All saved estimates are downloaded.
pub fn exported_all(count: usize) -> String {
    format!("{} exported.", estimates(count))
}

/// What became of the estimates of a file: added, already here, no estimates, and without room.
pub fn imported_all(added: usize, known: usize, unreadable: usize, without_room: usize) -> String {
    let mut sentences = vec![format!("{} imported.", estimates(added))];
    if known > 0 {
        sentences.push(format!("{} already here.", if known == 1 { "1 was".into() } else { format!("{} were", grouped(known as u64)) }));
    }
    if unreadable > 0 {
        sentences.push(format!("{} of the file couldn’t be read.", entries(unreadable)));
    }
    if without_room > 0 {
        sentences.push(format!("Your browser’s storage is full: {} didn’t fit. Nothing was lost.", estimates(without_room)));
    }
    sentences.join(" ")
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".into() } else { format!("{} entries", grouped(count as u64)) }
}

fn estimates(count: usize) -> String {
    of_unit(&grouped(count as u64), "estimate")
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
