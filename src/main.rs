//! The browser's entry: mounts the page at its address, and nothing else.

use callmix::app::{App, AppProps};

fn main() {
    let fragment = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    yew::Renderer::<App>::with_props(AppProps { fragment: fragment.into() }).render();
}
