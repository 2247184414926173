//! What does a person say about the year?
//!
//! The form. Its fields hold text as typed; what it means is decided in [`state`](super::state). On load only the three
//! fields that matter most are there; the rest waits behind "More options".

mod assumptions;
mod capacity;
mod choice;
mod owned;
mod slider;
mod text_field;
mod volume;

use yew::prelude::*;

use self::text_field::{Keypad, text_field};
use super::state::{Action, Field, State};
use crate::notes::NoteField;
use crate::settlement::Postpaid;
use crate::wording::form::note_hint;
use crate::wording::{note_label, share as words};

/// What the form needs.
#[derive(Properties, PartialEq)]
pub struct FormProps {
    /// What to show.
    pub state: State,
    /// Called for everything a person does.
    pub on_action: Callback<Action>,
}

/// What every part of the form is made from.
#[derive(Clone, Copy)]
struct View<'a> {
    state: &'a State,
    on_action: &'a Callback<Action>,
}

impl View<'_> {
    /// Does `action` when something is clicked.
    fn on_click(&self, action: Action) -> Callback<MouseEvent> {
        self.on_action.reform(move |_| action.clone())
    }
}

/// The form.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let view = View { state: &props.state, on_action: &props.on_action };
    let state = view.state;
    html! {
        <form class="form panel" aria-label="Your usage" novalidate=true onsubmit={|event: SubmitEvent| event.prevent_default()}>
            { volume::volume(view) }
            { text_field(view, Field::Free, "Free calls left", "What is left of the free quota; empty means none.", Keypad::Digits) }
            { postpaid(view) }
            <div class="form__buttons">
                <button
                    type="button"
                    class="button form__more"
                    aria-expanded={state.more_open.to_string()}
                    aria-controls="more-options"
                    onclick={view.on_click(Action::ToggleMore)}
                >
                    { "More options" }
                </button>
                <button type="button" class="button" disabled={!state.can_undo()} onclick={view.on_click(Action::Undo)}>{ "Undo" }</button>
                <button type="button" class="button" onclick={view.on_click(Action::Reset)}>{ "Reset" }</button>
            </div>
            <div class="form__options" id="more-options" hidden={!state.more_open}>
                if state.more_open {
                    { volume::shape(view) }
                    { text_field(view, Field::Start, "First month", "Such as January 2027; the plan then names real months.", Keypad::Text) }
                    { owned::owned(view) }
                    { capacity::slots(view) }
                    { discount(view) }
                    { notes(view) }
                    { assumptions::assumptions(view) }
                }
            </div>
        </form>
    }
}

fn postpaid(view: View<'_>) -> Html {
    let on = view.state.draft.postpaid == Postpaid::On;
    let switched = if on { Postpaid::Off } else { Postpaid::On };
    let on_change = view.on_action.reform(move |_: Event| Action::SetPostpaid(switched));
    html! {
        <div class="switch">
            <input
                class="switch__input"
                id="postpaid"
                type="checkbox"
                role="switch"
                checked={on}
                aria-describedby="postpaid-hint"
                onchange={on_change}
            />
            <div class="switch__text">
                <label class="switch__label" for="postpaid">{ "Postpaid enabled" }</label>
                <p class="field__hint" id="postpaid-hint">{ "While postpaid is off, calls beyond free quota and packages fail." }</p>
            </div>
        </div>
    }
}

fn discount(view: View<'_>) -> Html {
    html! {
        <fieldset class="group" aria-describedby="discount-hint">
            <legend class="group__legend">{ "Negotiated discount" }</legend>
            <p class="field__hint" id="discount-hint">{ "In percent off the list price, as you agreed it with the provider." }</p>
            <div class="group__row">
                { text_field(view, Field::DiscountPackages, "On packages, %", "", Keypad::Decimal) }
                { text_field(view, Field::DiscountPostpaid, "On postpaid, %", "", Keypad::Decimal) }
                { text_field(view, Field::DiscountConcurrent, "On slots, %", "", Keypad::Decimal) }
            </div>
        </fieldset>
    }
}

/// What the sender says about the estimate.
fn notes(view: View<'_>) -> Html {
    let field = |note: NoteField| text_field(view, Field::Note(note), note_label(note), note_hint(note), Keypad::Text);
    html! {
        <fieldset class="group">
            <legend class="group__legend">{ words::NOTES }</legend>
            { for NoteField::ALL.into_iter().map(field) }
        </fieldset>
    }
}
