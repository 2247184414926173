//! The polite live region that announces the answer.
//!
//! It waits until typing pauses, so that a screen reader speaks once and not at every keystroke.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::app::markup::{El, el};

/// How long typing must pause, in milliseconds.
const PAUSE_MILLIS: u32 = 700;

/// The live region with one sentence; `None` empties it.
#[hook]
pub fn use_announcement(text: Option<String>) -> El {
    let announced = use_state_eq(String::new);
    {
        let announced = announced.setter();
        use_effect_with(text.unwrap_or_default(), move |text| {
            let text = text.clone();
            let timeout = Timeout::new(PAUSE_MILLIS, move || announced.set(text));
            move || drop(timeout)
        });
    }
    el("p.visually-hidden").attr("role", "status").attr("aria-live", "polite").with((*announced).clone())
}
