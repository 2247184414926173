//! Opening an estimate from a file or from pasted text.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;

use super::{browser, focus_on_calls};
use crate::app::markup::{On, button, el};
use crate::app::state::Action;
use crate::import;
use crate::price_book::history::History;
use crate::problem::ValidationError;
use crate::wording::{error_list, share as words};

/// The result of opening.
#[derive(Clone, PartialEq)]
enum Outcome {
    Opened,
    Failed(Vec<String>),
}

/// A hundred times the size of the largest export.
const MAX_BYTES: u32 = 1_000_000;
/// The most errors to list; the rest are counted.
const MAX_LISTED: usize = 10;

#[derive(Properties)]
pub(super) struct OpeningProps {
    pub history: Option<Rc<History>>,
    /// Called when an estimate is opened.
    pub on_action: Callback<Action>,
}

/// The history never changes while the page is open.
impl PartialEq for OpeningProps {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The controls to open a file or pasted text, with the errors beneath.
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
                Err(errors) => outcome.set(Some(Outcome::Failed(error_lines(&errors)))),
            }
        })
    };
    let on_file = {
        let (open, outcome) = (open.clone(), outcome.clone());
        Callback::from(move |event: Event| {
            let (open, outcome, input) = (open.clone(), outcome.clone(), event.target_unchecked_into::<web_sys::HtmlInputElement>());
            spawn_local(async move {
                match browser::chosen_text(&input, MAX_BYTES).await {
                    Some(text) if text.is_empty() => {}
                    Some(text) => open.emit(text),
                    None => outcome.set(Some(Outcome::Failed(vec![words::UNREADABLE.into()]))),
                }
            });
        })
    };
    let on_type = {
        let (pasted, outcome) = (pasted.clone(), outcome.clone());
        Callback::from(move |event: Event| {
            pasted.set(event.target_unchecked_into::<web_sys::HtmlTextAreaElement>().value());
            outcome.set(None);
        })
    };
    let on_open = {
        let pasted = pasted.clone();
        Callback::from(move |_: Event| open.emit((*pasted).clone()))
    };
    let failed = matches!(&*outcome, Some(Outcome::Failed(_)));
    let result = match &*outcome {
        None => None,
        Some(Outcome::Opened) => Some(el("p.share__status").with(words::OPENED)),
        Some(Outcome::Failed(errors)) => Some(el("ul.share__errors").each(errors.iter().map(|error| el("li").with(error.clone())))),
    };
    el("details.disclosure")
        .with(el("summary.disclosure__summary chevron").with(words::OPEN))
        .with(el("label.field__label share__name").attr("for", "open-file").with(words::OPEN_FILE))
        .with(
            el("input.share__file")
                .attr("id", "open-file")
                .attr("type", "file")
                .attr("accept", ".json,application/json,text/plain")
                .on(On::Change, on_file),
        )
        .with(el("label.field__label share__name").attr("for", "open-text").with(words::OPEN_TEXT))
        .with(
            el("textarea.field__input share__text")
                .attr("id", "open-text")
                .attr("rows", "3")
                .attr("spellcheck", "false")
                .attr("autocomplete", "off")
                .attr("aria-describedby", "open-outcome")
                .attr("aria-invalid", failed.then_some("true"))
                .value(&pasted)
                .on(On::Input, on_type),
        )
        .with(button("button.button", words::OPEN_PASTED).flag("disabled", pasted.trim().is_empty()).on(On::Click, on_open))
        .with(el("div").attr("id", "open-outcome").attr("role", "status").with(result))
        .into()
}

/// The errors with their paths.
fn error_lines(errors: &[ValidationError]) -> Vec<String> {
    let shown = errors.iter().take(MAX_LISTED).map(|error| error_list(std::slice::from_ref(error)));
    let further = errors.len().saturating_sub(MAX_LISTED);
    shown.chain((further > 0).then(|| words::and_more(further))).collect()
}
