//! The page's address, kept in step with the form.
//!
//! The address follows the form shortly after the last change and replaces the current history entry, so that typing does
//! not fill the history. Opening an estimate and resetting the form add an entry. Going back or editing the address by
//! hand changes the form. An empty form has an address without a fragment.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::app::state::{Action, State};
use crate::link::is_link;

/// The delay before the address changes, in milliseconds; long enough for browsers that limit the rate of changes.
const QUIET_MILLIS: u32 = 300;

/// A fragment that is about to be written; dropping it cancels that.
struct PendingWrite {
    fragment: String,
    _timeout: Timeout,
}

thread_local! {
    /// Opens the estimate that the address has now.
    static READ: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Opens the estimate in the page's address, which the page around the app has changed.
pub fn open_address() {
    // Reading changes the state, which must not find the cell borrowed.
    let read = READ.with_borrow(Clone::clone);
    if let Some(read) = read {
        read();
    }
}

/// Keeps the address in step with the state; `fragment` is the one that the page was opened with. Without `has_history`, no
/// step adds a history entry.
#[hook]
pub fn use_address(fragment: &str, state: &State, on_action: &Callback<Action>, has_history: bool) {
    // The last fragment that was read or written, so that the page does not react to its own changes.
    let known = use_mut_ref(|| fragment.to_owned());
    let pending = use_mut_ref(|| None::<PendingWrite>);
    let latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();
    use_effect_with(state.clone(), {
        let (known, pending) = (known.clone(), pending.clone());
        move |state| follow(state, state.makes_entry() && has_history, &known, &pending)
    });
    use_effect_with((), {
        let on_action = on_action.clone();
        move |()| {
            let read = Rc::new(move || {
                let here = fragment_here();
                if is_anchor(&here) || *known.borrow() == here {
                    return;
                }
                known.borrow_mut().clone_from(&here);
                // The pending fragment belongs to the history entry that was left.
                pending.borrow_mut().take();
                let imported = latest.borrow().imported(&here);
                on_action.emit(imported.map_or(Action::Reset, Action::Restore));
            });
            // The address may have changed during the first render.
            read();
            READ.set(Some(read.clone()));
            let listener = web_sys::window().map(|window| EventListener::new(&window, "popstate", move |_| read()));
            move || drop(listener)
        }
    });
}

/// Whether a fragment names an element of the page, or of one that contains it, rather than an estimate.
pub fn is_anchor(fragment: &str) -> bool {
    fragment.len() > 1 && !is_link(fragment)
}

fn follow(state: &State, entry: bool, known: &Rc<RefCell<String>>, pending: &Rc<RefCell<Option<PendingWrite>>>) {
    let fragment = match state.link() {
        Some(Ok(link)) => format!("#{link}"),
        // An estimate without a link must not leave the link of another one behind.
        Some(Err(_)) => String::new(),
        None if state.can_undo() || state.origin.is_none() => String::new(),
        // A link that was opened and has no answer stays as it is.
        None => return,
    };
    // Before a new entry is added, the current one gets its last fragment.
    if let Some(last) = pending.borrow_mut().take().filter(|_| entry) {
        write(&last.fragment, false);
        known.borrow_mut().clone_from(&last.fragment);
    }
    if *known.borrow() == fragment {
        return;
    }
    let (known, now) = (known.clone(), fragment.clone());
    let write = move || {
        write(&now, entry);
        known.borrow_mut().clone_from(&now);
    };
    if entry {
        write();
    } else {
        *pending.borrow_mut() = Some(PendingWrite { fragment, _timeout: Timeout::new(QUIET_MILLIS, write) });
    }
}

/// The fragment of the page's address; empty where the page is rendered natively.
fn fragment_here() -> String {
    let window = cfg!(target_family = "wasm").then(web_sys::window).flatten();
    window.and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Writes the fragment, which begins with `#` or is empty.
fn write(fragment: &str, entry: bool) {
    let Some(window) = web_sys::window() else { return };
    let address = format!("{}{fragment}", super::browser::bare_address());
    if let Ok(history) = window.history() {
        // Where the browser refuses, the address stays as it was; the link can still be copied.
        let _ = if entry {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
        };
    }
}
