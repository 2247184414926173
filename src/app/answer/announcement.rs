//! What does a screen reader say when the answer changes?
//!
//! A polite live region that waits until typing pauses, so that it speaks once and not at every key.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::app::markup::el;

/// How long typing must pause.
const PAUSE_MILLIS: u32 = 700;

/// What to say.
#[derive(Properties, PartialEq)]
pub struct AnnouncementProps {
    /// One sentence; `None` keeps silent.
    pub text: Option<String>,
}

/// The live region.
#[component]
pub fn Announcement(props: &AnnouncementProps) -> Html {
    let spoken = use_state(String::new);
    {
        let spoken = spoken.setter();
        use_effect_with(props.text.clone(), move |text| {
            let text = text.clone().unwrap_or_default();
            let timeout = Timeout::new(PAUSE_MILLIS, move || spoken.set(text));
            move || drop(timeout)
        });
    }
    el("p.visually-hidden").attr("role", "status").attr("aria-live", "polite").with((*spoken).clone()).into()
}
