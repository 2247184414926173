//! What does a person say about the year?
//!
//! The form's fields. They hold text as typed; what it means is decided in [`state`](super::state).

mod number_field;

use yew::prelude::*;

use self::number_field::NumberField;
use super::state::{Action, State};
use crate::settlement::Postpaid;

/// What the form needs.
#[derive(Properties, PartialEq)]
pub struct FormProps {
    /// What to show.
    pub state: State,
    /// Called for everything a person does.
    pub on_action: Callback<Action>,
}

/// The form.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let draft = &props.state.draft;
    let on_postpaid = {
        let switched = if draft.postpaid == Postpaid::On { Postpaid::Off } else { Postpaid::On };
        props.on_action.reform(move |_: Event| Action::SetPostpaid(switched))
    };
    html! {
        <form class="form panel" aria-label="Your usage" novalidate=true onsubmit={|event: SubmitEvent| event.prevent_default()}>
            <NumberField
                id="calls"
                label="Calls per year"
                hint="Successful calls you expect in twelve months, such as 12,000."
                value={draft.calls.clone()}
                error={props.state.calls_error.clone()}
                on_input={props.on_action.reform(Action::TypeCalls)}
            />
            <NumberField
                id="free"
                label="Free calls left"
                hint="What is left of the free quota; empty means none."
                value={draft.free.clone()}
                error={props.state.free_error.clone()}
                on_input={props.on_action.reform(Action::TypeFree)}
            />
            <div class="switch">
                <input
                    class="switch__input"
                    id="postpaid"
                    type="checkbox"
                    role="switch"
                    checked={draft.postpaid == Postpaid::On}
                    aria-describedby="postpaid-hint"
                    onchange={on_postpaid}
                />
                <div class="switch__text">
                    <label class="switch__label" for="postpaid">{ "Postpaid enabled" }</label>
                    <p class="field__hint" id="postpaid-hint">
                        { "While postpaid is off, calls beyond free quota and packages fail." }
                    </p>
                </div>
            </div>
        </form>
    }
}
