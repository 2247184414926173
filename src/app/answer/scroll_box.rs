//! How does a wide table stay readable on a narrow screen?

use yew::prelude::*;

/// What the box needs.
#[derive(Properties, PartialEq)]
pub struct ScrollBoxProps {
    /// What is inside, for those who hear the page.
    pub label: AttrValue,
    /// The table.
    pub children: Html,
}

/// A box that scrolls sideways by itself, so that the page does not; reachable by keyboard for that.
#[component]
pub fn ScrollBox(props: &ScrollBoxProps) -> Html {
    html! {
        <div class="scroll-box" tabindex="0" role="group" aria-label={props.label.clone()}>{ props.children.clone() }</div>
    }
}
