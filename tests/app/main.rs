//! Is the page made of the right HTML?
//!
//! Components rendered natively, without a browser: names, roles, and what is said when.

#![allow(clippy::expect_used, reason = "a test may end with a panic")]

mod embedded;

use std::rc::Rc;

use callmix::app::answer::{Answer, AnswerProps};
use callmix::app::form::{Form, FormProps};
use callmix::app::state::{Action, Field, State};
use callmix::app::{App, View};
use callmix::price_book::PriceBook;
use callmix::quote::quote;
use callmix::scenario::Scenario;
use yew::prelude::*;
use yew::{LocalServerRenderer, ServerRenderer};

fn typed(texts: &[&str]) -> State {
    texts.iter().fold(State::new(), |state, text| state.after(Action::Type(Field::Calls, (*text).into())))
}

async fn answer(state: State) -> String {
    LocalServerRenderer::<Answer>::with_props(AnswerProps { state, view: View::Page }).hydratable(false).render().await
}

async fn form(state: State) -> String {
    LocalServerRenderer::<Form>::with_props(FormProps { state, on_action: Callback::noop() }).hydratable(false).render().await
}

#[track_caller]
fn has(html: &str, part: &str) {
    assert!(html.contains(part), "{part} is not in\n{html}");
}

#[tokio::test]
async fn the_page_opens_with_its_fields_and_examples() {
    let html = ServerRenderer::<App>::new().hydratable(false).render().await;
    for part in ["Calls per year", "Free calls left", "Postpaid enabled", "role=\"switch\"", "Try an example"] {
        has(&html, part);
    }
    assert!(!html.contains("data-testid=\"total\""));
}

#[tokio::test]
async fn the_total_is_shown_to_people_and_to_scripts() {
    let html = answer(typed(&["300"])).await;
    has(&html, "data-testid=\"total\" data-amount=\"1260.00\"");
    has(&html, ">$1,260.00</strong>");
    has(&html, "aria-labelledby=\"recommendation-title\"");
    has(&html, "Month 5</strong>");
    has(&html, "Buy one 100-call package ($420.00).");
    has(&html, "<strong translate=\"no\">$4.20</strong><span> per call</span>");
    has(&html, "<strong translate=\"no\">$180.00</strong><span> less than postpaid only</span>");
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
    has(&html, "for example 10,000.");
    let html = answer(state).await;
    has(&html, "data-amount=\"1260.00\"");
    has(&html, "Not updated");
}

#[tokio::test]
async fn what_is_typed_cannot_become_markup() {
    let html = form(typed(&["<script>alert(1)</script>\"'"])).await;
    assert!(!html.contains("<script>"), "{html}");
}

#[tokio::test]
async fn the_year_is_drawn_and_can_be_read_by_keyboard_and_ear() {
    let html = answer(typed(&["12345"])).await;
    has(&html, "role=\"slider\" aria-label=\"Chart of calls and cost by month\"");
    has(&html, "aria-valuetext=\"Full year: 12,345 calls (10,000 from packages, 2,345 postpaid). Cost: $46,025.80\"");
    has(&html, "class=\"series--prepaid\"");
    assert!(!html.contains("style="), "a strict content policy blocks style attributes");
}

#[tokio::test]
async fn the_ledger_has_only_the_columns_that_were_asked_for() {
    let html = answer(typed(&["300"])).await;
    for head in
        ["Calls", "Package calls", "Postpaid calls", "Postpaid price", "Package cost", "Postpaid cost", "Total", "Package calls left"]
    {
        has(&html, &format!(" scope=\"col\">{head}</th>"));
    }
    for head in ["Free calls", "Slots", "Expiring"] {
        assert!(!html.contains(&format!(" scope=\"col\">{head}</th>")), "{head}");
    }
}

#[tokio::test]
async fn an_answer_without_calls_asks_for_nothing() {
    let html = answer(typed(&["0"])).await;
    has(&html, "data-amount=\"0.00\"");
    has(&html, "No calls, nothing to pay.");
    assert!(!html.contains("Packages to buy"));
}

#[tokio::test]
async fn an_empty_page_says_what_will_be_here() {
    let html = answer(State::new()).await;
    has(&html, "Enter how many calls you expect in a year.");
    assert!(!html.contains("Compare billing modes"));
}

/// An answer to a scenario with more to it than can be typed into the first three fields.
async fn answer_to(json: &str) -> String {
    let book = PriceBook::built_in().expect("valid");
    let scenario = Scenario::from_json(json, &book).expect("valid");
    let quote = quote(&scenario, &book).expect("an answer");
    let mut state = State::new();
    (state.scenario, state.quote) = (Some(Rc::new(scenario)), Some(Rc::new(quote)));
    answer(state).await
}

#[tokio::test]
async fn months_are_named_and_dated_where_the_start_is_known() {
    let html = answer_to(r#"{"usage": {"yearly": 300}, "start": "2027-01"}"#).await;
    has(&html, "<strong class=\"steps__when\">January 2027</strong>");
    has(&html, "Unused packages can be refunded within 7 days of purchase: until the 7th if you buy on the 1st.");
    has(&html, "<th scope=\"row\">September 2027</th>");
    // Bought in September 2027, good for twelve months.
    has(&html, "<td>7 September 2027</td><td>August 2028</td>");
}

#[tokio::test]
async fn concurrent_months_say_what_switching_means() {
    let html = answer_to(r#"{"usage": {"monthly": [10,10,10,10,10,50000,10,10,10,10,10,10]}, "concurrency": {"slots": 2}}"#).await;
    has(&html, "Switch to concurrent billing with 2 slots for this month ($14,400.00).");
    has(&html, "Switch back to billing per call.");
    has(&html, "Switching moves this service and its API group");
    has(&html, " scope=\"col\">Slot cost</th>");
}

#[tokio::test]
async fn links_of_the_price_book_are_offered_where_they_help() {
    let html = answer_to(
        r#"{"usage": {"yearly": 300}, "concurrency": {"slots": 9}, "price_book": {"version": "v", "currency": "CHF", "services": [{"id": "s",
        "name": "S", "packages": [{"calls": 100, "price": "5"}], "package_validity_months": 12, "tiers": [], "concurrent":
        {"price_per_slot_month": "9", "max_slots": 3}, "links": {"buy": "https://a.example/buy", "contact": "https://a.example/ask"}}]}}"#,
    )
    .await;
    has(&html, "data-amount=\"15.00\"");
    has(&html, "CHF\u{a0}15.00");
    has(&html, "href=\"https://a.example/buy\" rel=\"noopener\"");
    has(&html, "Needs more slots than you can buy online.</span><span> </span><a href=\"https://a.example/ask\"");
}
