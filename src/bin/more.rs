//! The browser's second entry: mounts what comes after the answer, in place of the prerendered screen's part.

use callmix::app::More;

fn main() {
    if let Some(root) = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id("more")) {
        yew::Renderer::<More>::with_root(root).render();
    }
}
