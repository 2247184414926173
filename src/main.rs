//! The browser's entry: mounts the page, and nothing else.

use callmix::app::App;

fn main() {
    yew::Renderer::<App>::new().render();
}
