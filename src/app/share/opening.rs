//! How does an estimate come back from a file, or by paste?

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;

use super::{browser, focus_on_calls};
use crate::app::state::Action;
use crate::import;
use crate::price_book::history::History;
use crate::problem::ValidationError;
use crate::wording::{error_list, share as words};

/// What came of it.
#[derive(Clone, PartialEq)]
enum Outcome {
    Opened,
    Wrong(Vec<String>),
}

/// The most faults that are told; the rest are counted.
const MOST_TOLD: usize = 10;

#[derive(Properties)]
pub(super) struct OpeningProps {
    pub history: Option<Rc<History>>,
    /// Called for what was opened.
    pub on_action: Callback<Action>,
}

/// Prices never change while the page is open.
impl PartialEq for OpeningProps {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Opens a file, or what was pasted; what does not fit is told beneath, with its place.
#[component]
pub(super) fn Opening(props: &OpeningProps) -> Html {
    let pasted = use_state(String::new);
    let outcome = use_state(|| None::<Outcome>);
    let open = {
        let (history, on_action, outcome, pasted) = (props.history.clone(), props.on_action.clone(), outcome.clone(), pasted.clone());
        Callback::from(move |text: String| {
            let Some(history) = &history else { return };
            match import::open(&text, history) {
                Ok(imported) => {
                    outcome.set(Some(Outcome::Opened));
                    pasted.set(String::new());
                    focus_on_calls();
                    on_action.emit(Action::Open(imported.into()));
                }
                Err(errors) => outcome.set(Some(Outcome::Wrong(told(&errors)))),
            }
        })
    };
    let on_file = {
        let (open, outcome) = (open.clone(), outcome.clone());
        Callback::from(move |event: Event| {
            let (open, outcome, input) = (open.clone(), outcome.clone(), event.target_unchecked_into::<web_sys::HtmlInputElement>());
            spawn_local(async move {
                match browser::chosen_text(&input).await {
                    Some(text) if text.is_empty() => {}
                    Some(text) => open.emit(text),
                    None => outcome.set(Some(Outcome::Wrong(vec![words::UNREADABLE.into()]))),
                }
            });
        })
    };
    let on_type = {
        let (pasted, outcome) = (pasted.clone(), outcome.clone());
        move |event: InputEvent| {
            pasted.set(event.target_unchecked_into::<web_sys::HtmlTextAreaElement>().value());
            outcome.set(None);
        }
    };
    let on_open = {
        let pasted = pasted.clone();
        move |_: MouseEvent| open.emit((*pasted).clone())
    };
    let wrong = matches!(&*outcome, Some(Outcome::Wrong(_)));
    html! {
        <details class="share__open">
            <summary class="assumptions__summary">{ words::OPEN }</summary>
            <label class="field__label" for="open-file">{ words::OPEN_FILE }</label>
            <input id="open-file" class="share__file" type="file" accept=".json,application/json,text/plain" onchange={on_file} />
            <label class="field__label" for="open-text">{ words::OPEN_TEXT }</label>
            <textarea
                id="open-text"
                class="field__input share__text"
                rows="3"
                spellcheck="false"
                autocomplete="off"
                aria-describedby="open-outcome"
                aria-invalid={wrong.then_some("true")}
                value={(*pasted).clone()}
                oninput={on_type}
            />
            <button type="button" class="button" disabled={pasted.trim().is_empty()} onclick={on_open}>{ words::OPEN_PASTED }</button>
            <div id="open-outcome" role="status">
                { match &*outcome {
                    None => Html::default(),
                    Some(Outcome::Opened) => html! { <p class="share__said">{ words::OPENED }</p> },
                    Some(Outcome::Wrong(why)) => html! {
                        <ul class="share__wrong">
                            { for why.iter().map(|why| html! { <li>{ why }</li> }) }
                        </ul>
                    },
                } }
            </div>
        </details>
    }
}

/// What does not fit, each with its place.
fn told(errors: &[ValidationError]) -> Vec<String> {
    let shown = errors.iter().take(MOST_TOLD).map(|error| error_list(std::slice::from_ref(error)));
    let further = errors.len().saturating_sub(MOST_TOLD);
    shown.chain((further > 0).then(|| words::further_ignored(further))).collect()
}
