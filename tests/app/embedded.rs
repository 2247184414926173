//! Is as much of the page there as somebody else's page asks for?

use callmix::app::{App, AppProps, View};
use yew::ServerRenderer;

use super::has;

async fn shown(view: &str, fragment: &'static str) -> String {
    let view = View::named(view);
    ServerRenderer::<App>::with_props(move || AppProps { fragment: fragment.into(), view, ..AppProps::default() })
        .hydratable(false)
        .render()
        .await
}

#[tokio::test]
async fn the_calculator_is_the_form_and_the_recommendation() {
    let html = shown("calculator", "#v=1&calls=300").await;
    for part in ["Calls per year", "data-amount=\"1260.00\""] {
        has(&html, part);
    }
    for part in ["Month by month</caption>", "Compare billing modes", "Copy link"] {
        assert!(!html.contains(part), "{part} has no place in a frame");
    }
}

#[tokio::test]
async fn an_embedded_calculator_keeps_its_options_closed() {
    for fragment in ["#v=1&calls=300&start=2027-01", "#v=1&calls=300&slots=3&discount=10,0,5", "#v=1&calls=300&profile=growing&title=Offer"]
    {
        let html = shown("calculator", fragment).await;
        has(&html, "aria-expanded=\"false\"");
        assert!(!html.contains("First month"), "{fragment} opens the options");
    }
}

#[tokio::test]
async fn the_answer_has_no_form() {
    let html = shown("answer", "#v=1&calls=300").await;
    has(&html, "data-amount=\"1260.00\"");
    assert!(!html.contains("<input"));
}

#[tokio::test]
async fn what_could_not_be_used_is_told() {
    let html = shown("calculator", "#v=1&calls=abc&free=5").await;
    has(&html, "Part of this link was ignored");
}

#[test]
fn what_is_no_view_is_the_page() {
    assert_eq!([View::named(""), View::named("embed"), View::default()], [View::Page; 3]);
}
