//! Does the address say what the form says, and the other way round?
//!
//! The address follows the form a moment after the last change, in place, so that typing fills no history. Opening a
//! kept estimate and resetting make an entry of their own, and a changed address, by going back or by hand, changes
//! the form. A page that nothing was asked of has an address without a fragment.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::app::state::{Action, State};

/// Long enough that a browser that counts such changes never refuses one.
const QUIET_MILLIS: u32 = 300;

/// What the address is about to say; dropped, it is not written.
struct Waiting {
    fragment: String,
    _timeout: Timeout,
}

/// Keeps the address in step; `fragment` is what it said when the page was opened.
#[hook]
pub fn use_address(fragment: &str, state: &State, on_action: &Callback<Action>) {
    // What the address says, so that neither side answers itself.
    let said = use_mut_ref(|| fragment.to_owned());
    let waiting = use_mut_ref(|| None::<Waiting>);
    let latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();
    use_effect_with(state.clone(), {
        let (said, waiting) = (said.clone(), waiting.clone());
        move |state| follow(state, &said, &waiting)
    });
    use_effect_with((), {
        let on_action = on_action.clone();
        move |()| {
            let look = move || {
                let here = fragment_here();
                // A place on a page around this one is no link.
                let is_place = here.len() > 1 && !here.contains('=');
                if is_place || *said.borrow() == here {
                    return;
                }
                said.borrow_mut().clone_from(&here);
                // What was waiting to be written is of the page that was left.
                waiting.borrow_mut().take();
                let imported = latest.borrow().imported(&here);
                on_action.emit(imported.map_or(Action::Reset, Action::Restore));
            };
            // It may have changed while the page was drawn for the first time.
            look();
            let listener = web_sys::window().map(|window| EventListener::new(&window, "popstate", move |_| look()));
            move || drop(listener)
        }
    });
}

fn follow(state: &State, said: &Rc<RefCell<String>>, waiting: &Rc<RefCell<Option<Waiting>>>) {
    let fragment = match state.link() {
        Some(Ok(link)) => format!("#{link}"),
        // What has no link leaves no wrong one behind.
        Some(Err(_)) => String::new(),
        None if state.can_undo() || state.origin.is_none() => String::new(),
        // A link that was opened and has no answer is kept as it came.
        None => return,
    };
    let entry = state.makes_entry();
    // The entry that is left says what was asked there last.
    if let Some(last) = waiting.borrow_mut().take().filter(|_| entry) {
        write(&last.fragment, false);
        said.borrow_mut().clone_from(&last.fragment);
    }
    if *said.borrow() == fragment {
        return;
    }
    let (said, now) = (said.clone(), fragment.clone());
    let write = move || {
        write(&now, entry);
        said.borrow_mut().clone_from(&now);
    };
    if entry {
        write();
    } else {
        *waiting.borrow_mut() = Some(Waiting { fragment, _timeout: Timeout::new(QUIET_MILLIS, write) });
    }
}

/// Rendered without a browser there is no address.
fn fragment_here() -> String {
    let window = cfg!(target_family = "wasm").then(web_sys::window).flatten();
    window.and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Writes the fragment, `#` and all; an empty one leaves the bare address.
fn write(fragment: &str, entry: bool) {
    let Some(window) = web_sys::window() else { return };
    let address = format!("{}{fragment}", super::browser::bare_address());
    if let Ok(history) = window.history() {
        // A browser that refuses leaves the address as it was; the link can still be copied.
        let _ = if entry {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
        };
    }
}
