//! Sharing, saving, exporting and opening estimates.
//!
//! The page's address follows the form, and everything that is shared is a link or made from one. The functions that need
//! the browser are in `share/browser.js`.

mod address;
mod archive;
mod browser;
mod compare;
mod documents;
mod last;
mod notice;
mod opening;
mod print;
mod record;
mod saved;
mod saved_files;
mod saved_row;

use yew::platform::spawn_local;
use yew::prelude::*;

pub use self::address::{is_anchor, open_address, use_address};
use self::documents::Documents;
pub(super) use self::last::LastEstimate;
use self::last::use_last_estimate;
pub use self::notice::notice;
use self::opening::Opening;
use self::print::use_print_view;
use self::saved::SavedEstimates;
use super::form::{id, notes};
use super::markup::{On, button, el};
use super::state::{Action, Field, State};
use crate::notes::{NoteField, Notes};
use crate::wording::{embed, no_link_sentence, share as words};

/// The message of a `role="status"` line about the last action.
type StatusMessage = UseStateHandle<String>;

/// The properties of [`Share`].
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// The state to share.
    pub state: State,
    /// Called when an estimate is opened.
    pub on_action: Callback<Action>,
}

/// The section for sharing, saving, exporting and opening.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let status = use_state_eq(String::new);
    // The address to copy by hand, where the browser refused to copy it.
    let refused = use_state_eq(|| None::<String>);
    let notes_open = use_state_eq(|| false);
    let state = &props.state;
    use_print_view(state);
    let link = state.link().transpose();
    let no_link = link.as_ref().err().copied();
    let link = link.ok().flatten();
    let address = link.as_deref().map(browser::address_with);
    // The worked example is nobody's estimate.
    use_last_estimate(state, link.as_ref().filter(|_| !state.is_form_empty()));
    let on_copy = {
        let (address, status, refused) = (address.clone(), status.clone(), refused.clone());
        let done = if state.is_stale() { words::OLDER_LINK_COPIED } else { words::LINK_COPIED };
        Callback::from(move |_: Event| {
            let (address, status, refused) = (address.clone(), status.clone(), refused.clone());
            spawn_local(async move {
                let Some(address) = address else { return };
                let copied = browser::copied(&address).await;
                status.set(if copied { done } else { words::COPY_YOURSELF }.into());
                refused.set((!copied).then_some(address));
            });
        })
    };
    let on_share = {
        let (address, title, status, refused) = (address.clone(), title(&state.notes), status.clone(), refused.clone());
        Callback::from(move |_: Event| {
            let (address, title, status, refused) = (address.clone(), title.clone(), status.clone(), refused.clone());
            spawn_local(async move {
                let Some(address) = address else { return };
                if !browser::share(&title, &address).await {
                    status.set(words::COPY_YOURSELF.into());
                    refused.set(Some(address));
                }
            });
        })
    };
    // The message belongs to the previous estimate.
    use_effect_with(address.clone(), {
        let (status, refused) = (status.clone(), refused.clone());
        move |_| {
            status.set(String::new());
            refused.set(None);
        }
    });
    let has_none = address.is_none();
    let share = browser::can_share().then(|| button("button.button", words::SHARE).flag("disabled", has_none).on(On::Click, on_share));
    let refused = (*refused).clone().map(|address| html! { <Refused {address} /> });
    let documents = html! { <Documents state={state.clone()} status={status.clone()} /> };
    let saved = html! { <SavedEstimates state={state.clone()} {link} on_action={props.on_action.clone()} {status} /> };
    let opening = html! { <Opening history={state.history()} on_action={props.on_action.clone()} /> };
    // Rendered while they are open or filled in, so that a keystroke elsewhere does not update fields that nobody sees.
    let is_open = *notes_open || state.errors.fields().any(|field| matches!(field, Field::Note(_)));
    let on_notes = Callback::from(move |event: Event| {
        event.prevent_default();
        notes_open.set(!is_open);
    });
    let notes = el("details.disclosure")
        .flag("open", is_open)
        .with(el("summary.disclosure__summary chevron").on(On::Click, on_notes).with(words::ADD_NOTES))
        .with((is_open || !state.notes.is_empty()).then(|| notes(state, &props.on_action)));
    el("section.share section")
        .attr("aria-labelledby", "share-title")
        .with(el("h2.panel__title").attr("id", "share-title").with(words::TITLE))
        .with(el("p.field__hint").with(words::STORAGE_NOTE))
        .with(
            el("div.share__buttons")
                .with(button("button.button button--main", words::COPY_LINK).flag("disabled", has_none).on(On::Click, on_copy))
                .with(share)
                .with(
                    button("button.button", embed::EMBED)
                        .attr("data-embed", "")
                        .attr("data-failed", embed::NOT_LOADED)
                        .attr("data-reload", embed::RELOAD)
                        .attr("data-close", embed::CLOSE),
                ),
        )
        .with(no_link.map(|no_link| el("p.share__no-link").with(no_link_sentence(no_link))))
        .with(refused)
        .with(documents)
        .with(notes)
        .with(saved)
        .with(opening)
        .into()
}

#[derive(Properties, PartialEq)]
struct RefusedProps {
    address: AttrValue,
}

/// The address to copy by hand, already selected.
#[component]
fn Refused(props: &RefusedProps) -> Html {
    let field = use_node_ref();
    use_effect_with(props.address.clone(), {
        let field = field.clone();
        move |_| {
            if let Some(field) = field.cast::<web_sys::HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        }
    });
    el("input.field__input share__address")
        .known_as(&field)
        .flag("readonly", true)
        .attr("aria-label", words::LINK)
        .value(&props.address)
        .into()
}

/// Moves the focus to the element with that id.
pub(super) fn focus_on(id: &str) {
    browser::focus_on(id);
}

/// Moves the focus to the volume, for when the focused element is about to be removed.
pub(super) fn focus_on_calls() {
    browser::focus_on(&id(Field::Calls));
}

/// Today as an ISO date; empty where the page is rendered natively.
pub(super) fn today() -> String {
    browser::day()
}

/// The title of a document or a message.
fn title(notes: &Notes) -> String {
    let title = notes.get(NoteField::Title);
    if title.is_empty() { words::UNTITLED.into() } else { title }
}
