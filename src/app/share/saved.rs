//! The estimates that are saved on this device.
//!
//! Each has its own key in the browser's storage, so that changing one never touches another, in this tab or in another
//! one. A saved estimate has a name, a date, the quoted total and a link.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::compare::Compare;
use super::record::{Estimate, MOST_CHARACTERS, all, clean, free_name};
use super::{StatusMessage, browser};
use crate::app::markup::{On, button, el, group};
use crate::app::state::{Action, State};
use crate::wording::share as words;

/// An action on a saved estimate.
#[derive(Clone, PartialEq)]
enum SavedAction {
    Open,
    Mark,
    Rename(String),
    Delete,
}

#[derive(Properties, PartialEq)]
pub(super) struct SavedProps {
    pub state: State,
    /// The link of the estimate on the page, if it has one.
    pub link: Option<String>,
    pub on_action: Callback<Action>,
    /// The message about the last action.
    pub status: StatusMessage,
}

/// The list of saved estimates, with the buttons to save, open, rename, delete and compare them.
#[component]
pub(super) fn SavedEstimates(props: &SavedProps) -> Html {
    let SavedProps { state, link, on_action, status } = props;
    let estimates = use_saved();
    let deleted = use_state(|| None::<Estimate>);
    let marked = use_state(Vec::<String>::new);
    let undo = use_node_ref();
    // The focused button was removed with its estimate.
    use_effect_with((*deleted).clone(), {
        let undo = undo.clone();
        move |deleted| {
            if let (Some(_), Some(undo)) = (deleted, undo.cast::<web_sys::HtmlElement>()) {
                let _ = undo.focus();
            }
        }
    });
    let put = {
        let (estimates, status) = (estimates.clone(), status.clone());
        move |estimate: &Estimate, done: &str| {
            let saved = browser::save(&estimate.key, &estimate.named(&free_name(&estimate.name, &estimate.key, &all())));
            status.set(if saved { done } else { words::NOT_SAVED }.into());
            estimates.set(all());
            saved
        }
    };
    let present = {
        let (state, link) = (state.clone(), link.clone());
        move || Estimate::present(&state, link.clone()?)
    };
    let on_save = {
        let (present, put) = (present.clone(), put.clone());
        Callback::from(move |_: Event| {
            if let Some(present) = present() {
                put(&present, words::SAVED);
            }
        })
    };
    let on_restore = {
        let (deleted, put) = (deleted.clone(), put.clone());
        Callback::from(move |_: Event| {
            if let Some(estimate) = &*deleted
                && put(estimate, words::RESTORED)
            {
                deleted.set(None);
            }
        })
    };
    let on_saved_action = |estimate: &Estimate| {
        let (estimate, estimates, marked, deleted) = (estimate.clone(), estimates.clone(), marked.clone(), deleted.clone());
        let (put, state, on_action, status) = (put.clone(), state.clone(), on_action.clone(), status.clone());
        Callback::from(move |action| match action {
            SavedAction::Open => {
                if let Some(imported) = state.imported(&estimate.link) {
                    on_action.emit(Action::Open(imported));
                }
            }
            SavedAction::Mark => marked.set(with_mark(&marked, &estimate.key)),
            SavedAction::Rename(name) => {
                let name = clean(&name);
                if !name.is_empty() && name != estimate.name {
                    put(&Estimate { name, ..estimate.clone() }, words::RENAMED);
                }
            }
            SavedAction::Delete => {
                let gone = browser::delete(&estimate.key);
                status.set(if gone { words::DELETED } else { words::NOT_SAVED }.into());
                deleted.set(gone.then(|| estimate.clone()));
                estimates.set(all());
            }
        })
    };
    let row = |estimate: &Estimate| {
        let is_marked = marked.contains(&estimate.key);
        html! { <SavedRow key={estimate.key.clone()} estimate={estimate.clone()} {is_marked} on_saved_action={on_saved_action(estimate)} /> }
    };
    let compare = || {
        let [left, right] = &sides(&estimates, &marked, present)[..] else { return None };
        Some(html! { <Compare left={left.clone()} right={right.clone()} /> })
    };
    let list = (!estimates.is_empty()).then(|| {
        group()
            .with(el("h3.share__subtitle").attr("id", "saved-title").with(words::SAVED_TITLE))
            .with(el("p.field__hint").with(words::SAVED_HINT))
            .with(el("ul.saved__list").attr("aria-labelledby", "saved-title").each(estimates.iter().map(row)))
            .with(compare())
    });
    let restore = deleted.is_some().then(|| button("button.button", words::UNDO_DELETE).known_as(&undo).on(On::Click, on_restore));
    el("div.saved")
        .with(
            el("div.share__buttons")
                .with(button("button.button", words::SAVE).flag("disabled", link.is_none()).on(On::Click, on_save))
                .with(restore),
        )
        .with(el("p.share__status").attr("role", "status").with((**status).clone()))
        .with(list)
        .into()
}

/// The list, read after the first render and whenever another tab has changed it.
#[hook]
fn use_saved() -> UseStateHandle<Vec<Estimate>> {
    let estimates = use_state(Vec::new);
    use_effect_with((), {
        let estimates = estimates.clone();
        move |()| {
            estimates.set(all());
            let listener = web_sys::window().map(|window| EventListener::new(&window, "storage", move |_| estimates.set(all())));
            move || drop(listener)
        }
    });
    estimates
}

/// Marks or unmarks an estimate. At most two are marked: marking a third unmarks the first.
fn with_mark(marked: &[String], key: &str) -> Vec<String> {
    let mut keys: Vec<String> = marked.iter().filter(|other| *other != key).cloned().collect();
    if keys.len() == marked.len() {
        keys.push(key.into());
    }
    keys.drain(..keys.len().saturating_sub(2));
    keys
}

/// The estimates to compare: both marked ones, or the marked one and the estimate on the page.
fn sides(estimates: &[Estimate], marked: &[String], present: impl FnOnce() -> Option<Estimate>) -> Vec<Estimate> {
    let found = marked.iter().filter_map(|key| estimates.iter().find(|estimate| estimate.key == *key));
    let mut sides: Vec<Estimate> = found.cloned().collect();
    if sides.len() == 1 {
        sides.extend(present().map(|present| Estimate { name: words::CURRENT.into(), ..present }));
    }
    sides
}

#[derive(Properties, PartialEq)]
struct SavedRowProps {
    estimate: Estimate,
    is_marked: bool,
    on_saved_action: Callback<SavedAction>,
}

/// A row of the list.
#[component]
fn SavedRow(props: &SavedRowProps) -> Html {
    let SavedRowProps { estimate, is_marked, on_saved_action } = props;
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
            .on(On::Click, on_saved_action.reform(|_| SavedAction::Open))
            .with(name.clone())
    };
    el("li.saved__row")
        .with(
            el("input.saved__mark")
                .attr("type", "checkbox")
                .checked(*is_marked)
                .attr("aria-label", words::compare_name(name))
                .on(On::Change, on_saved_action.reform(|_| SavedAction::Mark)),
        )
        .with(name_or_field)
        .with(el("span.saved__total").with(estimate.total.clone()))
        .with(el("span.saved__day").with(estimate.day.clone()))
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

#[cfg(test)]
mod tests {
    use super::super::record::tests::{estimate, shown};
    use super::*;

    #[test]
    fn marks_at_most_two_estimates() {
        let marked = |clicks: &[&str]| clicks.iter().fold(Vec::new(), |marked, key| with_mark(&marked, key)).join(" ");
        assert_eq!(marked(&["1", "2"]), "1 2");
        assert_eq!(marked(&["1", "2", "3"]), "2 3");
        assert_eq!(marked(&["1", "2", "1"]), "2");
    }

    #[test]
    fn compares_a_single_estimate_with_the_one_on_the_page() {
        let (saved, present) = ([estimate("1"), estimate("2")], State::at("v=1&calls=400"));
        let names = |marked: &[&str]| {
            let marked: Vec<String> = marked.iter().map(|key| (*key).into()).collect();
            sides(&saved, &marked, || shown(&present)).into_iter().map(|side| side.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&[]), Vec::<String>::new());
        assert_eq!(names(&["2"]), ["Müller & Söhne", "Current"]);
        assert_eq!(names(&["2", "1"]), ["Müller & Söhne", "Müller & Söhne"]);
        assert_eq!(names(&["3"]), Vec::<String>::new());
    }
}
