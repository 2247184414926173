//! The question for the duration of a call, asked in the answer where concurrent slots would be cheaper.
//!
//! It stays in its place while it is answered, so that its field keeps the focus; then it says how many slots are needed.

use super::View;
use super::capacity::{kind_choice, sized_fields};
use crate::app::markup::{El, el};
use crate::app::state::{Action, SlotsKnown, State};
use crate::wording::question as words;
use yew::Callback;

/// The question with its fields; `None` where slots would not be cheaper.
pub(in crate::app) fn question(state: &State, on_action: &Callback<Action>) -> Option<El> {
    let break_even = state.question.as_ref()?;
    let view = View { state, on_action };
    let currency = state.currency();
    let answered = state.quote.as_ref().filter(|_| state.draft.slots != SlotsKnown::No && !state.is_stale());
    let needed = answered.and_then(|quote| quote.sizing.as_ref());
    let (title, text) = match needed {
        Some(sizing) => (words::needed(sizing), words::answer(sizing, answered.map(|quote| &**quote), currency)),
        None => (words::ask(break_even), words::stakes(break_even, state.service(), currency)),
    };
    Some(
        el("div.question")
            .attr("role", "group")
            .attr("aria-labelledby", "question-title")
            .with(el("h3").attr("id", "question-title").with(view.state.in_asked_unit(&title)))
            .with(el("p.question__text").with(view.state.in_asked_unit(&text)))
            .with(el("div.question__fields").with(sized_fields(view)))
            .with(kind_choice(view)),
    )
}
