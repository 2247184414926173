//! What must be said about an estimate that was opened, before anything else?
//!
//! Nothing is priced anew in silence: where the prices have changed since, or the total does not follow from them, both
//! totals and the changes stand at the top. What could not be used of a link is named.

use yew::prelude::*;

use crate::app::markup::{El, On, el};
use crate::app::state::{Action, State};
use crate::reopen::Prices;
use crate::wording::{change_sentence, ignored_sentence, share as words, standing_sentence};

/// Says it, where there is something to say.
pub fn notice(state: &State, on_action: &Callback<Action>) -> Option<El> {
    let origin = state.origin.as_ref()?;
    let standing = origin.standing.as_ref();
    let sentence = standing.and_then(|standing| standing_sentence(&origin.opened, standing));
    let ignored = &origin.opened.ignored;
    if sentence.is_none() && ignored.is_empty() {
        return None;
    }
    let changes = match standing.map(|standing| &standing.prices) {
        Some(Prices::Changed { changes, .. }) => changes.as_slice(),
        _ => &[],
    };
    let leave = if sentence.is_some() { words::QUOTE_AGAIN } else { words::DISMISS };
    let further = Some(origin.opened.further_ignored).filter(|&further| further > 0).map(words::further_ignored);
    let list =
        |lines: Vec<String>| (!lines.is_empty()).then(|| el("ul.notice__list").each(lines.into_iter().map(|line| el("li").with(line))));
    Some(
        el("section.notice panel")
            .attr("role", "status")
            .attr("aria-label", words::NOTICE)
            .with(sentence.map(|sentence| el("p.notice__standing").with(sentence)))
            .with(list(changes.iter().map(change_sentence).collect()))
            .with((!ignored.is_empty()).then(|| el("p").with(words::IGNORED)))
            .with(list(ignored.iter().map(ignored_sentence).chain(further).collect()))
            .with(el("button.button").attr("type", "button").on(On::Click, on_action.reform(|_| Action::QuoteAgain)).with(leave)),
    )
}
