//! The estimates that are saved on this device.
//!
//! Each has its own key in the browser's storage, so that changing one never touches another, in this tab or in another
//! one. A saved estimate has a name, a date, the quoted total and a link. The one that the page shows is marked, and can be
//! saved in place. Deleting and saving in place can be undone, step by step.

use gloo::events::EventListener;
use yew::prelude::*;

use super::compare::Compare;
use super::record::{Estimate, all, clean, free_name};
use super::saved_files::SavedFiles;
use super::saved_row::{Openness, SavedAction, SavedRow};
use super::{StatusMessage, browser};
use crate::app::markup::{El, On, button, el, group};
use crate::app::state::{Action, State};
use crate::wording::share as words;

/// The most estimates that a person finds without a search.
const MOST_WITHOUT_SEARCH: usize = 10;

/// What a step changed: the estimate before it.
#[derive(Clone, PartialEq)]
enum Change {
    Deleted(Estimate),
    Updated(Estimate),
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
    let open = use_open(state, link.as_deref(), &estimates);
    let changes = use_state(Vec::<Change>::new);
    let marked = use_state(Vec::<String>::new);
    let searched = use_state(String::new);
    let undo = use_node_ref();
    // The focused button was removed with its estimate.
    use_effect_with((*changes).clone(), {
        let undo = undo.clone();
        move |changes| {
            if let (Some(Change::Deleted(_)), Some(undo)) = (changes.last(), undo.cast::<web_sys::HtmlElement>()) {
                let _ = undo.focus();
            }
        }
    });
    // Saves an estimate under its key, and returns that; `None` where storage refuses.
    let put = {
        let (estimates, status) = (estimates.clone(), status.clone());
        move |estimate: &Estimate, done: &str| {
            let key = browser::save(&estimate.key, &estimate.named(&free_name(&estimate.name, &estimate.key, &all())));
            status.set(if key.is_some() { done } else { words::NOT_SAVED }.into());
            estimates.set(all());
            key
        }
    };
    let present = {
        let (state, link) = (state.clone(), link.clone());
        move || Estimate::present(&state, link.clone()?)
    };
    let current = open.as_ref().and_then(|key| estimates.iter().find(|estimate| estimate.key == *key)).cloned();
    let has_changed = current.as_ref().zip(link.as_ref()).is_some_and(|(current, link)| !same_link(&current.link, link));
    let on_save = {
        let (present, put, open) = (present.clone(), put.clone(), open.clone());
        Callback::from(move |_: Event| {
            if let Some(key) = present().and_then(|present| put(&present, words::SAVED)) {
                open.set(Some(key));
            }
        })
    };
    let on_update = {
        let (present, put, changes, current) = (present.clone(), put.clone(), changes.clone(), current.clone());
        Callback::from(move |_: Event| {
            let Some((before, present)) = current.clone().zip(present()) else { return };
            // It keeps its name, which a person may have given it.
            let Estimate { key, name, .. } = before.clone();
            if put(&Estimate { key, name, ..present }, words::UPDATED).is_some() {
                changes.set(with_change(&changes, Change::Updated(before)));
            }
        })
    };
    let on_undo = {
        let (changes, put) = (changes.clone(), put.clone());
        Callback::from(move |_: Event| {
            let Some((Change::Deleted(before) | Change::Updated(before), earlier)) = changes.split_last() else { return };
            if put(before, words::RESTORED).is_some() {
                changes.set(earlier.to_vec());
            }
        })
    };
    let on_saved_action = |estimate: &Estimate| {
        let (estimate, estimates, marked, changes) = (estimate.clone(), estimates.clone(), marked.clone(), changes.clone());
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
                if gone {
                    changes.set(with_change(&changes, Change::Deleted(estimate.clone())));
                }
                estimates.set(all());
            }
        })
    };
    let row = |estimate: &Estimate| {
        let is_marked = marked.contains(&estimate.key);
        let openness = match &current {
            Some(current) if current.key == estimate.key && has_changed => Openness::Changed,
            Some(current) if current.key == estimate.key => Openness::Open,
            _ => Openness::Closed,
        };
        let on_saved_action = on_saved_action(estimate);
        html! { <SavedRow key={estimate.key.clone()} estimate={estimate.clone()} {is_marked} {openness} {on_saved_action} /> }
    };
    let compare = || {
        let [left, right] = &sides(&estimates, &marked, present)[..] else { return None };
        Some(html! { <Compare empty={state.emptied()} left={left.clone()} right={right.clone()} /> })
    };
    let has_search = estimates.len() > MOST_WITHOUT_SEARCH;
    let found: Vec<&Estimate> =
        estimates.iter().filter(|estimate| !has_search || estimate.has(&searched, state.book().as_deref())).collect();
    let list = (!estimates.is_empty()).then(|| {
        group()
            .with(el("h3.share__subtitle").attr("id", "saved-title").with(words::SAVED_TITLE))
            .with(el("p.field__hint").with(words::SAVED_HINT))
            .with(has_search.then(|| search(&searched, found.len())))
            .with(el("ul.saved__list").attr("aria-labelledby", "saved-title").each(found.iter().map(|estimate| row(estimate))))
            .with(compare())
    });
    let undo_label = changes.last().map(|change| match change {
        Change::Deleted(_) => words::UNDO_DELETE,
        Change::Updated(_) => words::UNDO_UPDATE,
    });
    let undo = undo_label.map(|label| button("button.button", label).known_as(&undo).on(On::Click, on_undo));
    let update = current
        .as_ref()
        .filter(|_| has_changed)
        .map(|current| el("button.button").attr("type", "button").on(On::Click, on_update).with(words::update_name(&current.name)));
    let save = if current.is_some() { words::SAVE_AS_NEW } else { words::SAVE };
    el("div.saved")
        .with(
            el("div.share__buttons")
                .with(update)
                .with(button("button.button", save).flag("disabled", link.is_none()).on(On::Click, on_save))
                .with(undo)
                .with(el("p.share__status").attr("role", "status").with((**status).clone())),
        )
        .with(list)
        .with(html! { <SavedFiles estimates={(*estimates).clone()} on_imported={Callback::from(move |()| estimates.set(all()))} /> })
        .into()
}

/// The field that leaves the estimates with a text, and how many these are.
fn search(searched: &UseStateHandle<String>, found: usize) -> El {
    let on_type = {
        let searched = searched.clone();
        Callback::from(move |event: Event| searched.set(event.target_unchecked_into::<web_sys::HtmlInputElement>().value()))
    };
    let counted = (!searched.is_empty()).then(|| words::found(found));
    el("div.saved__search")
        .with(el("label.field__label").attr("for", "saved-search").with(words::SEARCH))
        .with(
            el("input.field__input saved__searched")
                .attr("id", "saved-search")
                .attr("type", "search")
                .attr("autocomplete", "off")
                .value(searched)
                .on(On::Input, on_type),
        )
        .with(el("p.saved__found").attr("role", "status").with(counted))
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

/// The key of the saved estimate that the page shows, perhaps with changes.
#[hook]
fn use_open(state: &State, link: Option<&str>, estimates: &[Estimate]) -> UseStateHandle<Option<String>> {
    let open = use_state(|| None::<String>);
    // The link of an empty form is that of the worked example.
    let link = link.filter(|_| !state.is_form_empty());
    use_effect_with((state.clone(), link.map(String::from), estimates.to_vec()), {
        let open = open.clone();
        move |(state, link, estimates)| {
            let key = still_open(open.as_deref(), state.origin.is_some(), link.as_deref(), estimates);
            if key != *open {
                open.set(key);
            }
        }
    });
    open
}

/// The key of the open estimate: one that was just opened is known by its link, one that is edited stays open, and an empty
/// form has none.
fn still_open(open: Option<&str>, is_opened: bool, link: Option<&str>, estimates: &[Estimate]) -> Option<String> {
    let link = link?;
    let before = estimates.iter().find(|estimate| Some(estimate.key.as_str()) == open);
    let is_same = |estimate: &&Estimate| same_link(&estimate.link, link);
    let now = if is_opened { before.filter(is_same).or_else(|| estimates.iter().find(is_same)) } else { before };
    now.map(|estimate| estimate.key.clone())
}

/// Whether two links are of one estimate. Those of earlier builds have no check.
fn same_link(one: &str, other: &str) -> bool {
    let bare = |link: &str| link.split('&').filter(|part| !part.starts_with("check=")).map(String::from).collect::<Vec<_>>();
    bare(one) == bare(other)
}

fn with_change(changes: &[Change], change: Change) -> Vec<Change> {
    changes.iter().cloned().chain([change]).collect()
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

    #[test]
    fn knows_which_estimate_is_open() {
        let of = |key: &str, link: &str| Estimate { link: link.into(), ..estimate(key) };
        let saved = [of("3", "v=1&calls=5"), of("2", "v=1&calls=300"), of("1", "v=1&check=0a1b2c3d&calls=300")];
        let check = |open: Option<&str>, is_opened: bool, link: Option<&str>, key: Option<&str>| {
            assert_eq!(still_open(open, is_opened, link, &saved).as_deref(), key, "{open:?} {link:?}");
        };
        // Opened here, or by its link, with or without a check.
        check(None, true, Some("v=1&calls=5"), Some("3"));
        check(Some("3"), true, Some("v=1&check=00000000&calls=300"), Some("2"));
        check(Some("1"), true, Some("v=1&calls=300"), Some("1"));
        check(Some("1"), true, Some("v=1&calls=7"), None);
        // Edited.
        check(Some("3"), false, Some("v=1&calls=6"), Some("3"));
        check(None, false, Some("v=1&calls=300"), None);
        // Emptied, or deleted.
        check(Some("3"), false, None, None);
        check(Some("9"), false, Some("v=1&calls=6"), None);
    }
}
