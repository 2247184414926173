//! Reports of each answer to the page around the app.
//!
//! `boot.js` passes the app a [`Host`], which receives every answer: the link, the total, whether it is out of date, and
//! what was ignored. It puts them on the app's element, where an embedding page and the dialog find them.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::state::State;
use crate::wording::{error_sentence, ignored_sentence};

#[wasm_bindgen]
extern "C" {
    /// The receiver of answers.
    #[derive(Debug, Clone, PartialEq)]
    pub type Host;
    #[wasm_bindgen(method)]
    fn answered(this: &Host, link: &str, total: &str, is_stale: bool, ignored: Vec<IgnoredPart>);
}

/// A part of a link that was ignored; without a key, the reason why there is no answer.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct IgnoredPart {
    /// The key of the link.
    pub key: String,
    /// Why its value was ignored, as a sentence.
    pub reason: String,
}

/// Reports every answer to the host.
#[hook]
pub(super) fn use_host_events(host: Option<&Host>, state: &State) {
    let host = host.cloned();
    use_effect_with(state.clone(), move |state| {
        let Some(host) = host else { return };
        let link = state.link().and_then(Result::ok).unwrap_or_default();
        let total = state.total().map(|(total, _)| total.to_string()).unwrap_or_default();
        let ignored = state.origin.iter().flat_map(|origin| &origin.opened.ignored);
        let mut ignored: Vec<IgnoredPart> =
            ignored.map(|ignored| IgnoredPart { key: ignored.key.clone(), reason: ignored_sentence(ignored) }).collect();
        ignored.extend(state.answer_error.as_ref().map(|error| IgnoredPart { key: String::new(), reason: error_sentence(error) }));
        host.answered(&link, &total, state.is_stale(), ignored);
    });
}
