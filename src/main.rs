//! The browser's entry: mounts the form and its answer in place of the prerendered ones, and warms up the code that answers.

use std::cell::RefCell;

use callmix::app::answer::{Answer, AnswerProps};
use callmix::app::state::{Action, Field, State};
use callmix::app::{App, AppProps, View};
use callmix::settlement::Postpaid;
use wasm_bindgen::prelude::*;
use yew::{AppHandle, Renderer};

// Of boot.js.
#[wasm_bindgen(js_namespace = callmix)]
extern "C" {
    /// What was typed in a field before the app was there.
    fn typed(id: &str) -> String;
    /// Was this switch turned off?
    #[wasm_bindgen(js_name = isOff)]
    fn is_off(id: &str) -> bool;
    /// What of the page is shown; empty for all of it.
    fn view() -> String;
    /// Ends the early answers, and keeps the focus where it is while the app draws.
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
    /// The answer that nobody sees, while it is there.
    static WARM_UP: RefCell<Option<AppHandle<Answer>>> = const { RefCell::new(None) };
}

/// Answers so many calls outside of the page, and draws the answer over the one of before; without calls, takes it away.
///
/// A browser compiles a function when it first runs. What has run before does not keep the first key waiting.
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
                let apart = document.and_then(|document| document.create_element("div").ok());
                *renderer = apart.map(|apart| Renderer::with_root_and_props(apart, props).render());
            }
        }
    });
}
