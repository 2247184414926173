//! Is the page made of the right HTML?
//!
//! Components rendered natively, without a browser: names, roles, and what is said when.

#![allow(clippy::expect_used, reason = "a test may end with a panic")]

use callmix::app::App;
use callmix::app::answer::{Answer, AnswerProps};
use callmix::app::form::{Form, FormProps};
use callmix::app::state::{Action, Field, State};
use yew::prelude::*;
use yew::{LocalServerRenderer, ServerRenderer};

fn typed(texts: &[&str]) -> State {
    texts.iter().fold(State::new(), |state, text| state.after(Action::Type(Field::Calls, (*text).into())))
}

async fn answer(state: State) -> String {
    LocalServerRenderer::<Answer>::with_props(AnswerProps { state }).hydratable(false).render().await
}

async fn form(state: State) -> String {
    LocalServerRenderer::<Form>::with_props(FormProps { state, on_action: Callback::noop() }).hydratable(false).render().await
}

#[track_caller]
fn has(html: &str, part: &str) {
    assert!(html.contains(part), "{part} is not in\n{html}");
}

#[tokio::test]
async fn the_page_opens_with_its_fields_and_prices() {
    let html = ServerRenderer::<App>::new().hydratable(false).render().await;
    for part in ["Calls per year", "Free calls left", "Postpaid enabled", "role=\"switch\"", "420.00 USD", "under 100", "10,000 and more"] {
        has(&html, part);
    }
    assert!(!html.contains("data-testid=\"total\""));
}

#[tokio::test]
async fn the_total_is_shown_to_people_and_to_scripts() {
    let html = answer(typed(&["300"])).await;
    has(&html, "data-testid=\"total\" data-amount=\"1260.00\">1,260.00 USD<");
    has(&html, "aria-labelledby=\"recommendation-title\"");
    has(&html, "Month 5: buy one package of 100 calls for 420.00 USD.");
    has(&html, "Compare billing modes");
    has(&html, "Month by month");
}

#[tokio::test]
async fn a_mistake_is_told_under_its_field_and_the_answer_is_marked_as_stale() {
    let state = typed(&["300", "10k"]);
    let html = form(state.clone()).await;
    has(&html, "value=\"10k\"");
    has(&html, "aria-describedby=\"calls-hint calls-error\"");
    has(&html, "aria-invalid=\"true\"");
    has(&html, "such as 10000.");
    let html = answer(state).await;
    has(&html, "data-amount=\"1260.00\"");
    has(&html, "Out of date");
}

#[tokio::test]
async fn what_is_typed_cannot_become_markup() {
    let html = form(typed(&["<script>alert(1)</script>\"'"])).await;
    assert!(!html.contains("<script>"), "{html}");
}
