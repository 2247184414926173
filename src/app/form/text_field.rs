//! How is something typed in?
//!
//! A text field with the right keypad, a hint, and its error beneath, tied to it for those who hear the page.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::View;
use crate::app::state::{Action, Field};

/// Which keypad a telephone shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keypad {
    Digits,
    Decimal,
    Text,
}

/// A labelled field for `field`; an empty hint says nothing.
pub(super) fn text_field(view: View<'_>, field: Field, label: &str, hint: &str, keypad: Keypad) -> Html {
    custom_field(view, field, label, hint, keypad, &Extra::default())
}

/// What only some fields have.
#[derive(Default)]
pub(super) struct Extra {
    /// Shown in place of what is typed, and not to be changed.
    pub fixed: Option<String>,
    /// Called for what is pasted.
    pub on_paste: Option<Callback<Event>>,
    /// Takes the focus when it appears.
    pub input: NodeRef,
    /// Further content beneath the hint.
    pub beside: Html,
}

/// The same with more to say.
pub(super) fn custom_field(view: View<'_>, field: Field, label: &str, hint: &str, keypad: Keypad, extra: &Extra) -> Html {
    let id = id(field);
    let error = view.state.errors.get(field).filter(|_| extra.fixed.is_none());
    let on_input =
        view.on_action.reform(move |event: InputEvent| Action::Type(field, event.target_unchecked_into::<HtmlInputElement>().value()));
    let mut described_by = Vec::new();
    if !hint.is_empty() {
        described_by.push(format!("{id}-hint"));
    }
    if error.is_some() {
        described_by.push(format!("{id}-error"));
    }
    let inputmode = match keypad {
        Keypad::Digits => "numeric",
        Keypad::Decimal => "decimal",
        Keypad::Text => "text",
    };
    html! {
        <div key={id.clone()} class={classes!("field", error.is_some().then_some("field--wrong"))}>
            <label class="field__label" for={id.clone()}>{ label }</label>
            if !hint.is_empty() {
                <p class="field__hint" id={format!("{id}-hint")}>{ hint }</p>
            }
            <input
                ref={extra.input.clone()}
                class="field__input"
                id={id.clone()}
                type="text"
                inputmode={inputmode}
                autocomplete="off"
                spellcheck="false"
                value={extra.fixed.clone().unwrap_or_else(|| view.state.draft.text(field).to_owned())}
                readonly={extra.fixed.is_some()}
                aria-describedby={(!described_by.is_empty()).then(|| described_by.join(" "))}
                aria-invalid={error.is_some().then_some("true")}
                oninput={on_input}
                onpaste={extra.on_paste.clone()}
            />
            { extra.beside.clone() }
            <p class="field__error" id={format!("{id}-error")}>
                if let Some(error) = error {
                    { error }
                }
            </p>
        </div>
    }
}

/// Unique on the page.
pub(super) fn id(field: Field) -> String {
    match field {
        Field::Calls => "calls".into(),
        Field::Budget => "budget".into(),
        Field::Month(month) => format!("month-{}", month + 1),
        Field::Months => "months".into(),
        Field::Start => "start".into(),
        Field::Free => "free".into(),
        Field::OwnedCalls(row) => format!("owned-{row}-calls"),
        Field::OwnedMonths(row) => format!("owned-{row}-months"),
        Field::Slots => "slots".into(),
        Field::QueuedSecs => "queued-secs".into(),
        Field::QueuedHours => "queued-hours".into(),
        Field::QueuedUtilisation => "queued-utilisation".into(),
        Field::LiveSecs => "live-secs".into(),
        Field::LiveCalls => "live-calls".into(),
        Field::LiveShare => "live-share".into(),
        Field::LiveFailure => "live-failure".into(),
        Field::DiscountPackages => "discount-packages".into(),
        Field::DiscountPostpaid => "discount-postpaid".into(),
        Field::DiscountConcurrent => "discount-concurrent".into(),
        Field::Note(note) => format!("note-{}", note.name()),
    }
}
