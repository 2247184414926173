//! The views of the page for other pages to embed.

use callmix::app::{App, AppProps, View};
use yew::ServerRenderer;

use super::{has, published};

async fn shown(view: &str, fragment: &'static str) -> String {
    let view = View::named(view);
    ServerRenderer::<App>::with_props(move || AppProps { history: published(), fragment: fragment.into(), view, ..AppProps::default() })
        .hydratable(false)
        .render()
        .await
}

#[tokio::test]
async fn shows_the_form_and_the_recommendation_as_a_calculator() {
    let html = shown("calculator", "#v=1&calls=300").await;
    for part in ["Calls per year", "data-amount=\"1260.00\""] {
        has(&html, part);
    }
    for part in ["Month by month</caption>", "Compare billing modes", "Copy link"] {
        assert!(!html.contains(part), "{part} is in the calculator");
    }
}

#[tokio::test]
async fn keeps_the_options_of_an_embedded_calculator_closed() {
    for fragment in ["#v=1&calls=300&start=2027-01", "#v=1&calls=300&slots=3&discount=10,0,5", "#v=1&calls=300&profile=growing&title=Offer"]
    {
        let html = shown("calculator", fragment).await;
        has(&html, "aria-expanded=\"false\"");
        assert!(!html.contains("First month"), "{fragment} opens the options");
    }
}

#[tokio::test]
async fn shows_no_form_with_the_answer_alone() {
    let html = shown("answer", "#v=1&calls=300").await;
    has(&html, "data-amount=\"1260.00\"");
    assert!(!html.contains("<input"));
}

#[tokio::test]
async fn reports_ignored_parts_of_the_link() {
    let html = shown("calculator", "#v=1&calls=abc&free=5").await;
    has(&html, "Part of this link was ignored");
}

#[test]
fn falls_back_to_the_whole_page_for_an_unknown_view() {
    assert_eq!([View::named(""), View::named("embed"), View::default()], [View::Page; 3]);
}

#[tokio::test]
async fn shows_the_plan_that_the_sender_chose_beside_the_cheapest_total() {
    for view in ["page", "calculator", "answer"] {
        let html = shown(view, "#v=1&calls=12000&start=2027-01&buy=1:10000x2").await;
        for part in [
            "aria-label=\"Your plan\"",
            "data-testid=\"own-total\" data-amount=\"74000.00\"",
            "Chosen by the sender; the cheapest plan is ",
            "data-testid=\"total\" data-amount=\"44600.00\"",
            "Buy two 10,000-call packages",
        ] {
            has(&html, part);
        }
        assert!(!html.contains("Buy one 10,000-call package"), "{view} shows the steps of the cheapest plan");
        assert_eq!(html.contains("Change this plan"), view == "page", "{view}");
    }
}
