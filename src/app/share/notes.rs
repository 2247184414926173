//! What does the sender add?

use yew::prelude::*;

use crate::app::form::{FormProps, note_field};
use crate::notes::{NoteField, Notes};
use crate::wording::share as words;

/// The fields for what the sender says, closed until they are wanted.
pub(super) fn notes(props: &FormProps) -> Html {
    let used = !props.state.notes.is_empty();
    html! {
        <details class="share__notes" open={used}>
            <summary class="assumptions__summary">{ words::NOTES }</summary>
            { for NoteField::ALL.into_iter().map(|field| note_field(props, field)) }
        </details>
    }
}

/// What a document or a message is called.
pub(super) fn title(notes: &Notes) -> String {
    let title = notes.get(NoteField::Title);
    if title.is_empty() { words::UNTITLED.into() } else { title }
}
