//! What of the page stands in somebody else's page, and what is told to it?
//!
//! Part of the page in a frame. What it shows is on its footer as data, where the frame's own script reads it and
//! passes it on; so nothing here knows of frames or messages.

use yew::prelude::*;

use super::state::State;
use crate::wording::{embed as words, ignored_sentence};

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The whole page.
    #[default]
    Page,
    /// The form and the recommendation.
    Calculator,
    /// The recommendation for what the host asks.
    Answer,
    /// The prices.
    Prices,
}

impl View {
    /// The view of that name; what is none is the page.
    pub fn named(name: &str) -> Self {
        match name {
            "calculator" => Self::Calculator,
            "answer" => Self::Answer,
            "prices" => Self::Prices,
            _ => Self::Page,
        }
    }
}

/// The way to the full calculator with the same estimate. `data-link` and `data-total` are of the last good answer;
/// each line of `data-unused` is a key, a tab, and why its value was not used, or a tab and why there is no answer.
pub fn footer(state: &State) -> Html {
    let link = state.link().and_then(Result::ok);
    let ignored = state.origin.iter().flat_map(|origin| &origin.opened.ignored);
    let mut unused: Vec<String> = ignored.map(|ignored| format!("{}\t{}", ignored.key, ignored_sentence(ignored))).collect();
    unused.extend(state.answer_error.as_ref().map(|error| format!("\t{error}")));
    html! {
        <footer
            class="embedded"
            data-link={link.clone()}
            data-total={state.quote.as_ref().map(|quote| quote.total.to_string())}
            data-unused={unused.join("\n")}
        >
            <a href={link.map_or_else(|| "./".into(), |link| format!("./#{link}"))}>{ words::OPEN_FULL }</a>
        </footer>
    }
}

/// What stands in place of an answer that nobody can ask for.
pub fn nothing_asked() -> Html {
    html! { <p class="panel">{ words::NOTHING_ASKED }</p> }
}
