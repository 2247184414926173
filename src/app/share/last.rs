//! The last estimate of a closed tab, which the empty page offers to continue.
//!
//! It is stored on this device like a saved estimate, under a key that the list of saved estimates leaves out.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::browser;
use super::record::{Estimate, LAST_KEY, stored};
use crate::app::markup::{On, button, el};
use crate::app::state::State;
use crate::wording::page;

/// How long an estimate must stay unchanged before it is stored, in milliseconds.
const PAUSE_MILLIS: u32 = 1_000;

/// Stores the estimate on the page, once it stays unchanged.
#[hook]
pub(super) fn use_last_estimate(state: &State, link: Option<&String>) {
    use_effect_with((state.clone(), link.cloned()), |(state, link)| {
        let estimate = link.clone().filter(|_| !state.is_stale()).and_then(|link| Estimate::present(state, link));
        let timeout = estimate.map(|estimate| {
            Timeout::new(PAUSE_MILLIS, move || {
                // Where storage is full or blocked, there is nothing to continue later.
                let _ = browser::save(LAST_KEY, &estimate.named(&estimate.name));
            })
        });
        move || drop(timeout)
    });
}

/// The link to the last estimate, and a button to delete it; empty where there is none.
#[component]
pub(in crate::app) fn LastEstimate() -> Html {
    let last = use_state(|| None::<Estimate>);
    use_effect_with((), {
        let last = last.setter();
        move |()| last.set(stored().into_iter().find(|estimate| estimate.key == LAST_KEY))
    });
    // Never without an element: Yew would insert what comes before it next to a node that is gone.
    let Some(estimate) = (*last).clone() else { return el("p.recommendation__empty").attr("hidden", "").into() };
    let on_delete = Callback::from(move |_: Event| {
        if browser::delete(LAST_KEY) {
            super::focus_on_calls();
            last.set(None);
        }
    });
    el("p.recommendation__empty")
        .with(page::CONTINUE)
        .with(" ")
        // A link like those of the examples: opening it changes the address, which the page follows.
        .with(el("a.example").attr("href", ["#", &estimate.link].concat()).with(page::last_estimate(&estimate.name, &estimate.total)))
        .with(" ")
        .with(button("button.button button--plain", page::FORGET_LAST).on(On::Click, on_delete))
        .into()
}
