//! The browser's entry: mounts the page at its address, or as much of it as the document asks for, and nothing else.

use callmix::app::{App, AppProps, View};

fn main() {
    let window = web_sys::window();
    let root = window.as_ref().and_then(web_sys::Window::document).and_then(|document| document.document_element());
    let view = root.and_then(|root| root.get_attribute("data-view")).map(|name| View::named(&name)).unwrap_or_default();
    let fragment = window.and_then(|window| window.location().hash().ok()).unwrap_or_default();
    yew::Renderer::<App>::with_props(AppProps { fragment: fragment.into(), view }).render();
}
