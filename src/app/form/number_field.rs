//! How is a whole number typed in?
//!
//! A text field with a numeric keypad, a hint, and its error beneath, tied to it for those who hear the page.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the field needs.
#[derive(Properties, PartialEq)]
pub struct NumberFieldProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// The accessible name.
    pub label: AttrValue,
    /// What to write, and what empty means.
    pub hint: AttrValue,
    /// As typed.
    pub value: String,
    /// What would be right, where it is wrong.
    pub error: Option<String>,
    /// Called with the text after each change.
    pub on_input: Callback<String>,
}

/// A labelled number field.
#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let NumberFieldProps { id, label, hint, value, error, .. } = props;
    let on_input = props.on_input.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let described_by = if error.is_some() { format!("{id}-hint {id}-error") } else { format!("{id}-hint") };
    html! {
        <div class={classes!("field", error.is_some().then_some("field--wrong"))}>
            <label class="field__label" for={id.clone()}>{ label }</label>
            <p class="field__hint" id={format!("{id}-hint")}>{ hint }</p>
            <input
                class="field__input"
                id={id.clone()}
                type="text"
                inputmode="numeric"
                autocomplete="off"
                spellcheck="false"
                value={value.clone()}
                aria-describedby={described_by}
                aria-invalid={error.is_some().then_some("true")}
                oninput={on_input}
            />
            <p class="field__error" id={format!("{id}-error")}>
                if let Some(error) = error {
                    { error }
                }
            </p>
        </div>
    }
}
