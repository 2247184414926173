//! A row of the saved estimates.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::browser;
use super::record::{Estimate, MOST_CHARACTERS};
use crate::app::markup::{On, button, el};
use crate::date::Date;
use crate::wording::{day, share as words};

/// An action on a saved estimate.
#[derive(Clone, PartialEq)]
pub(super) enum SavedAction {
    Open,
    Mark,
    Rename(String),
    Delete,
}

/// Whether the page shows a saved estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Openness {
    Closed,
    Open,
    /// The page shows it with changes that are not saved.
    Changed,
}

#[derive(Properties, PartialEq)]
pub(super) struct SavedRowProps {
    pub estimate: Estimate,
    pub is_marked: bool,
    pub openness: Openness,
    pub on_saved_action: Callback<SavedAction>,
}

/// The name, total and day of an estimate, with what can be done with it.
#[component]
pub(super) fn SavedRow(props: &SavedRowProps) -> Html {
    let SavedRowProps { estimate, is_marked, openness, on_saved_action } = props;
    let renaming = use_state(|| false);
    let field = use_node_ref();
    use_effect_with(*renaming, {
        let field = field.clone();
        move |_| {
            if let Some(field) = field.cast::<web_sys::HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        }
    });
    let name = &estimate.name;
    let on_rename = {
        let (renaming, field, on_saved_action) = (renaming.clone(), field.clone(), on_saved_action.clone());
        Callback::from(move |_: Event| {
            if let Some(field) = field.cast::<web_sys::HtmlInputElement>() {
                on_saved_action.emit(SavedAction::Rename(field.value()));
            }
            renaming.set(!*renaming);
        })
    };
    let on_key = {
        let field = field.clone();
        Callback::from(move |event: Event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let Some(field) = field.cast::<web_sys::HtmlInputElement>() else { return };
            match event.key().as_str() {
                // An empty name changes nothing.
                "Escape" => field.set_value(""),
                "Enter" => {}
                _ => return,
            }
            // The key must not click the button, which gets the focus now.
            event.prevent_default();
            browser::press_beside(&field);
        })
    };
    let (rename, rename_label) =
        if *renaming { (words::SAVE_NAME, words::SAVE_NAME.into()) } else { (words::RENAME, words::rename_name(name)) };
    let is_open = *openness != Openness::Closed;
    let name_or_field = if *renaming {
        el("input.field__input saved__name")
            .known_as(&field)
            .attr("maxlength", MOST_CHARACTERS.to_string())
            .attr("aria-label", words::NEW_NAME)
            .value(name)
            .on(On::KeyDown, on_key)
    } else {
        el("button.button button--plain saved__name")
            .attr("type", "button")
            .attr("translate", "no")
            .attr("aria-current", is_open.then_some("true"))
            .on(On::Click, on_saved_action.reform(|_| SavedAction::Open))
            .with(name.clone())
    };
    let state = match openness {
        Openness::Closed => None,
        Openness::Open => Some(words::IS_OPEN),
        Openness::Changed => Some(words::IS_CHANGED),
    };
    // Estimates of other programs may have another day.
    let saved_on = Date::parse(&estimate.day).map_or_else(|| estimate.day.clone(), day);
    el("li.saved__row")
        .with(
            el("input.saved__mark")
                .attr("type", "checkbox")
                .checked(*is_marked)
                .attr("aria-label", words::compare_name(name))
                .on(On::Change, on_saved_action.reform(|_| SavedAction::Mark)),
        )
        .with(el("span.saved__what").with(name_or_field).with(state.map(|state| el("span.saved__state").with(state))))
        .with(el("span.saved__total").with(estimate.total.clone()))
        .with(el("span.saved__day").with(saved_on))
        .with(
            el("span.saved__actions")
                .with(
                    button("button.button button--plain", rename)
                        .attr("data-beside", "")
                        .attr("aria-label", rename_label)
                        .on(On::Click, on_rename),
                )
                .with(
                    button("button.button button--plain", words::DELETE)
                        .attr("aria-label", words::delete_name(name))
                        .on(On::Click, on_saved_action.reform(|_| SavedAction::Delete)),
                ),
        )
        .into()
}
