//! The entry point in the browser: mounts the app in place of the prerendered page, and warms up its code.

use std::cell::RefCell;

use callmix::app::answer::{Answer, AnswerProps};
use callmix::app::state::{Action, Field, State};
use callmix::app::{App, AppProps, View};
use callmix::settlement::Postpaid;
use wasm_bindgen::prelude::*;
use yew::{AppHandle, Renderer};

// Functions of boot.js.
#[wasm_bindgen(js_namespace = callmix)]
extern "C" {
    /// The text typed into a field before the app had loaded.
    fn typed(id: &str) -> String;
    /// Whether a switch was turned off before the app had loaded.
    #[wasm_bindgen(js_name = isOff)]
    fn is_off(id: &str) -> bool;
    /// The name of the view; empty for the whole page.
    fn view() -> String;
    /// Stops the preview, and keeps the focus in its field while the app renders.
    #[wasm_bindgen(js_name = takeOver)]
    fn take_over();
}

fn main() {
    let window = web_sys::window();
    let Some(root) = window.as_ref().and_then(web_sys::Window::document).and_then(|document| document.get_element_by_id("app")) else {
        return;
    };
    let fragment = window.and_then(|window| window.location().hash().ok()).unwrap_or_default();
    let mut done: Vec<Action> = [(Field::Calls, typed("calls")), (Field::Free, typed("free"))]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(field, text)| Action::Type(field, text))
        .collect();
    if is_off("postpaid") {
        done.push(Action::SetPostpaid(Postpaid::Off));
    }
    take_over();
    let props = AppProps { fragment: fragment.into(), done, view: View::named(&view()) };
    Renderer::<App>::with_root_and_props(root, props).render();
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
        let props = AnswerProps { state: State::new().after(Action::Type(Field::Calls, calls.into())), view: View::Page };
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
