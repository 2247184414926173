//! What does the sender add?

use crate::notes::{NoteField, Notes};
use crate::wording::share as words;

/// What a document or a message is called.
pub(super) fn title(notes: &Notes) -> String {
    let title = notes.get(NoteField::Title);
    if title.is_empty() { words::UNTITLED.into() } else { title }
}
