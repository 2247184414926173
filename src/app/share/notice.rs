//! What must be said about an estimate that was opened, before anything else?
//!
//! Nothing is priced anew in silence: where the prices have changed since, or the total does not follow from them, both
//! totals and the changes stand at the top. What could not be used of a link is named.

use yew::prelude::*;

use crate::app::form::FormProps;
use crate::app::state::Action;
use crate::reopen::Prices;
use crate::wording::{change_sentence, ignored_sentence, share as words, standing_sentence};

/// Says it, where there is something to say.
#[component]
pub fn Notice(props: &FormProps) -> Html {
    let Some(origin) = &props.state.origin else { return html! {} };
    let standing = origin.standing.as_ref();
    let sentence = standing.and_then(|standing| standing_sentence(&origin.opened, standing));
    let ignored = &origin.opened.ignored;
    if sentence.is_none() && ignored.is_empty() {
        return html! {};
    }
    let changes = match standing.map(|standing| &standing.prices) {
        Some(Prices::Changed { changes, .. }) => changes.as_slice(),
        _ => &[],
    };
    let leave = if sentence.is_some() { words::QUOTE_AGAIN } else { words::DISMISS };
    let on_leave = props.on_action.reform(|_: MouseEvent| Action::QuoteAgain);
    let further = origin.opened.further_ignored;
    html! {
        <section class="notice panel" role="status" aria-label={words::NOTICE}>
            if let Some(sentence) = sentence {
                <p class="notice__standing">{ sentence }</p>
                if !changes.is_empty() {
                    <ul class="notice__list">
                        { for changes.iter().enumerate().map(|(place, change)| html! { <li key={place}>{ change_sentence(change) }</li> }) }
                    </ul>
                }
            }
            if !ignored.is_empty() {
                <p>{ words::IGNORED }</p>
                <ul class="notice__list">
                    { for ignored.iter().enumerate().map(|(place, ignored)| html! { <li key={place}>{ ignored_sentence(ignored) }</li> }) }
                    if further > 0 {
                        <li>{ words::further_ignored(further) }</li>
                    }
                </ul>
            }
            <button type="button" class="button" onclick={on_leave}>{ leave }</button>
        </section>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::rc::Rc;

    use yew::LocalServerRenderer;

    use super::*;
    use crate::app::state::State;
    use crate::price_book::PriceBook;
    use crate::price_book::history::History;

    /// The notice of a link in a world where prices were published before today's.
    async fn notice(link: &str) -> String {
        let earlier = PriceBook::from_json(include_str!("../../../tests/engine/books/2026-06-01.json")).expect("valid");
        let history = History::new(PriceBook::built_in().expect("valid"), vec![earlier.clone()]);
        let link = link.replace("EARLIER", &format!("book={},{}", earlier.version, earlier.hash));
        let state = State::by(Some(Rc::new(history))).opened(&link);
        LocalServerRenderer::<Notice>::with_props(FormProps { state, on_action: Callback::noop() }).hydratable(false).render().await
    }

    #[tokio::test]
    async fn an_older_price_book_shows_both_totals_and_what_changed() {
        let html = notice("v=1&calls=300&EARLIER&quoted=1350.00").await;
        for part in [
            "Quoted at 1,350.00 with the prices of 2026-06-01; today it is 1,260.00 USD.",
            "<li>Image Animate: a package of 100 calls was 450.00, now 420.00.</li>",
            "<li>Image Animate: a package of 500 calls is no longer there; it was 2,100.00.</li>",
            "Quote again with today's prices",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[tokio::test]
    async fn nothing_is_said_where_nothing_changed() {
        assert_eq!(notice("v=1&calls=300").await, "");
    }
}
