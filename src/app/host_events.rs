//! Events for an embedding page.
//!
//! After every answer the element that contains the app fires an event and carries the answer in its attributes: the link
//! in `data-link`, the total in `data-total`, and `data-stale` while the answer is out of date. Each line of `data-unused`
//! is a link key, a tab, and why its value was ignored; or a tab, and why there is no answer.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::state::State;
use crate::wording::{error_sentence, ignored_sentence};

// Defined in boot.js.
#[wasm_bindgen(js_namespace = callmix)]
extern "C" {
    #[wasm_bindgen(js_name = notifyHost)]
    fn notify_host(link: &str, total: &str, stale: bool, unused: &str);
}

/// Notifies the embedding page after every answer.
#[hook]
pub(super) fn use_host_events(state: &State) {
    use_effect_with(state.clone(), |state| {
        let link = state.link().and_then(Result::ok).unwrap_or_default();
        let total = state.quote.as_ref().map(|quote| quote.total.to_string()).unwrap_or_default();
        let ignored = state.origin.iter().flat_map(|origin| &origin.opened.ignored);
        let mut unused: Vec<String> = ignored.map(|ignored| format!("{}\t{}", ignored.key, ignored_sentence(ignored))).collect();
        unused.extend(state.answer_error.as_ref().map(|error| format!("\t{}", error_sentence(error))));
        notify_host(&link, &total, state.is_stale(), &unused.join("\n"));
    });
}
