//! How is one of a few chosen?
//!
//! A group of radio buttons: all choices in sight, one name for the group, arrow keys between them.

use yew::prelude::*;

use super::View;
use crate::app::state::Action;

/// A radio group called `legend`. Each choice has its name, what it means (or nothing), and what it does.
pub(super) fn choice<T: Copy + PartialEq>(
    view: View<'_>,
    id: &'static str,
    legend: &str,
    choices: &[(T, &'static str, &'static str)],
    chosen: T,
    action: impl Fn(T) -> Action,
) -> Html {
    let radio = |(place, &(value, label, meaning)): (usize, &(T, &'static str, &'static str))| {
        let radio_id = format!("{id}-{place}");
        let action = action(value);
        let on_change = view.on_action.reform(move |_: Event| action.clone());
        html! {
            <div key={place} class="choice__option">
                <input
                    class="choice__input"
                    type="radio"
                    id={radio_id.clone()}
                    name={id}
                    checked={value == chosen}
                    aria-describedby={(!meaning.is_empty()).then(|| format!("{radio_id}-hint"))}
                    onchange={on_change}
                />
                <label class="choice__label" for={radio_id.clone()}>{ label }</label>
                if !meaning.is_empty() {
                    <p class="field__hint choice__hint" id={format!("{radio_id}-hint")}>{ meaning }</p>
                }
            </div>
        }
    };
    html! {
        <fieldset class="group choice" role="radiogroup" aria-labelledby={format!("{id}-legend")}>
            <legend class="group__legend" id={format!("{id}-legend")}>{ legend }</legend>
            <div class="choice__options">{ for choices.iter().enumerate().map(radio) }</div>
        </fieldset>
    }
}
