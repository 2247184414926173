//! The app's exports to `boot.js`: mounting it in place of the prerendered page, and warming up its code.

use std::cell::RefCell;

use callmix::app::answer::{Answer, AnswerProps};
use callmix::app::state::{Action, Field, State};
use callmix::app::{App, AppProps, Host, View};
use callmix::settlement::Postpaid;
use wasm_bindgen::prelude::*;
use yew::{AppHandle, Callback, Renderer};

fn main() {}

/// Mounts the app in the element `app`, with the edits made on the prerendered page before: the texts of the calls and the
/// free calls, and the postpaid switch. `view` names the parts to show; empty for the whole page.
#[wasm_bindgen]
pub fn run(calls: &str, free: &str, postpaid: bool, view: &str, host: Host) {
    let window = web_sys::window();
    let Some(root) = window.as_ref().and_then(web_sys::Window::document).and_then(|document| document.get_element_by_id("app")) else {
        return;
    };
    let fragment = window.and_then(|window| window.location().hash().ok()).unwrap_or_default();
    let mut done: Vec<Action> = [(Field::Calls, calls), (Field::Free, free)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(field, text)| Action::Type(field, text.into()))
        .collect();
    if !postpaid {
        done.push(Action::SetPostpaid(Postpaid::Off));
    }
    let props = AppProps { fragment: fragment.into(), done, view: View::named(view), host: Some(host) };
    Renderer::<App>::with_root_and_props(root, props).render();
}

/// Opens the estimate in the page's address, which `frame.js` has changed.
#[wasm_bindgen(js_name = openAddress)]
pub fn open_address() {
    callmix::app::open_address();
}

thread_local! {
    /// The answer that is rendered outside of the page.
    static WARM_UP: RefCell<Option<AppHandle<Answer>>> = const { RefCell::new(None) };
}

/// Renders the answer for `calls` outside of the page, in place of the one before; with empty text, removes it.
///
/// A browser compiles a function when it first runs. After the warm-up, the first keystroke does not wait for that.
#[wasm_bindgen(js_name = warmUp)]
pub fn warm_up(calls: &str) {
    WARM_UP.with_borrow_mut(|renderer| {
        if calls.is_empty() {
            if let Some(renderer) = renderer.take() {
                renderer.destroy();
            }
            return;
        }
        let props = AnswerProps {
            state: State::new().after(Action::Type(Field::Calls, calls.into())),
            on_action: Callback::noop(),
            view: View::Page,
        };
        match renderer {
            Some(renderer) => renderer.update(props),
            None => {
                let document = web_sys::window().and_then(|window| window.document());
                let container = document.and_then(|document| document.create_element("div").ok());
                *renderer = container.map(|container| Renderer::with_root_and_props(container, props).render());
            }
        }
    });
}
