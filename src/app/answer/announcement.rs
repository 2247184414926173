//! What does a screen reader say when the answer changes?
//!
//! A polite live region that waits until typing pauses, so that it speaks once and not at every key.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::app::markup::{El, el};

/// How long typing must pause.
const PAUSE_MILLIS: u32 = 700;

/// The live region that says one sentence; `None` keeps silent.
#[hook]
pub fn use_announcement(text: Option<String>) -> El {
    let spoken = use_state_eq(String::new);
    {
        let spoken = spoken.setter();
        use_effect_with(text.unwrap_or_default(), move |text| {
            let text = text.clone();
            let timeout = Timeout::new(PAUSE_MILLIS, move || spoken.set(text));
            move || drop(timeout)
        });
    }
    el("p.visually-hidden").attr("role", "status").attr("aria-live", "polite").with((*spoken).clone())
}
