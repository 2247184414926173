//! Is as much of the page there as somebody else's page asks for, and is it told what is shown?

use callmix::app::{App, AppProps, View};
use yew::ServerRenderer;

use super::has;

async fn shown(view: View, fragment: &'static str) -> String {
    ServerRenderer::<App>::with_props(move || AppProps { fragment: fragment.into(), view }).hydratable(false).render().await
}

#[tokio::test]
async fn the_calculator_is_the_form_and_the_recommendation() {
    let html = shown(View::named("calculator"), "#v=1&calls=300").await;
    for part in ["Calls per year", "data-amount=\"1260.00\"", "data-link=\"v=1&amp;calls=300\"", "data-total=\"1260.00\""] {
        has(&html, part);
    }
    has(&html, "href=\"./#v=1&amp;calls=300\"");
    for part in ["Month by month</caption>", "Copy link", "page-header", "page-footer"] {
        assert!(!html.contains(part), "{part} has no place in a frame");
    }
}

#[tokio::test]
async fn the_answer_has_no_form_and_says_when_there_is_none() {
    let html = shown(View::named("answer"), "#v=1&calls=300").await;
    has(&html, "data-amount=\"1260.00\"");
    assert!(!html.contains("<input"));
    let html = shown(View::named("answer"), "").await;
    has(&html, "this page gives no number of calls");
    assert!(!html.contains("data-link"));
}

#[tokio::test]
async fn the_prices_are_by_themselves() {
    let html = shown(View::named("prices"), "").await;
    has(&html, "Prices");
    has(&html, "$420.00");
    assert!(!html.contains("<input") && !html.contains("Recommendation"));
}

#[tokio::test]
async fn what_could_not_be_used_is_told() {
    let html = shown(View::named("calculator"), "#v=1&calls=abc&free=5").await;
    has(&html, "data-unused=\"calls\t“calls” was not used.");
    has(&html, "Not all of the link could be used");
}

#[test]
fn what_is_no_view_is_the_page() {
    assert_eq!([View::named(""), View::named("embed"), View::default()], [View::Page; 3]);
}
