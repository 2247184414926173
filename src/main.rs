//! The app's exports to `boot.js`: mounting it in place of the prerendered page, and warming up its code.

use std::rc::Rc;

use callmix::app::answer::{Answer, AnswerProps};
use callmix::app::state::{Action, Field, State};
use callmix::app::{App, AppProps, Host, View};
use callmix::price_book::history::History;
use callmix::settlement::Postpaid;
use callmix::wording;
use wasm_bindgen::prelude::*;
use yew::{AppHandle, Callback, Renderer};

fn main() {}

/// The app with the prices of its page.
#[wasm_bindgen]
pub struct Calculator {
    history: Rc<History>,
    /// The answer that is rendered outside of the page.
    warm_up: Option<AppHandle<Answer>>,
}

#[wasm_bindgen]
impl Calculator {
    /// An app that is not mounted yet. `price_books` is the page's list of price books in JSON, the oldest first.
    ///
    /// # Errors
    /// The errors of the price books in English, each with its place.
    #[wasm_bindgen(constructor)]
    pub fn new(price_books: &str) -> Result<Self, String> {
        let history = History::from_json(price_books).map_err(|errors| wording::error_list(&errors))?;
        Ok(Self { history: Rc::new(history), warm_up: None })
    }

    /// Mounts the app in the element `app`, with the edits made on the prerendered page before: the texts of the calls and the
    /// free calls, and the postpaid switch. `view` names the parts to show; empty for the whole page.
    pub fn run(&self, calls: &str, free: &str, postpaid: bool, view: &str, host: Host) {
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
        let history = Some(Rc::clone(&self.history));
        let props = AppProps { history, fragment: fragment.into(), done, view: View::named(view), host: Some(host) };
        Renderer::<App>::with_root_and_props(root, props).render();
    }

    /// Renders the answer for `calls` outside of the page, in place of the one before; with empty text, removes it.
    ///
    /// A browser compiles a function when it first runs. After the warm-up, the first keystroke does not wait for that.
    #[wasm_bindgen(js_name = warmUp)]
    pub fn warm_up(&mut self, calls: &str) {
        if calls.is_empty() {
            if let Some(renderer) = self.warm_up.take() {
                renderer.destroy();
            }
            return;
        }
        let state = State::by(Some(Rc::clone(&self.history))).after(Action::Type(Field::Calls, calls.into()));
        let props = AnswerProps { state, on_action: Callback::noop(), view: View::Page, has_form: true };
        match &mut self.warm_up {
            Some(renderer) => renderer.update(props),
            None => {
                let document = web_sys::window().and_then(|window| window.document());
                let container = document.and_then(|document| document.create_element("div").ok());
                self.warm_up = container.map(|container| Renderer::with_root_and_props(container, props).render());
            }
        }
    }
}

/// Opens the estimate in the page's address, which `frame.js` has changed.
#[wasm_bindgen(js_name = openAddress)]
pub fn open_address() {
    callmix::app::open_address();
}
