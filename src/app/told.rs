//! What do those beside the form learn of its answer?
//!
//! The second binary and a page around this one hear of every answer by an event on the element that the form is in,
//! and read it from there: the link in `data-link`, the total in `data-total`, and `data-stale` while something typed
//! is not understood.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::state::State;

// Of boot.js.
#[wasm_bindgen(js_namespace = callmix)]
extern "C" {
    fn tell(link: &str, total: &str, stale: bool);
    /// Calls `heard` with the link and whether it is stale, now and a moment after every answer.
    pub(super) fn listen(heard: &Closure<dyn Fn(String, bool)>);
    /// Goes to a link, as if it had been followed.
    pub(super) fn visit(link: &str);
}

/// Tells it after every answer.
#[hook]
pub(super) fn use_told(state: &State) {
    use_effect_with(state.clone(), |state| {
        let link = state.link().and_then(Result::ok).unwrap_or_default();
        let total = state.quote.as_ref().map(|quote| quote.total.to_string()).unwrap_or_default();
        tell(&link, &total, state.is_stale());
    });
}
