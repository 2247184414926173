//! The HTML of the page: names, roles and messages.
//!
//! Components are rendered natively, without a browser.

#![allow(clippy::expect_used, reason = "a failing test panics")]

mod embedded;
mod hostile_links;
mod sites;
mod units;

use std::rc::Rc;

use callmix::app::answer::{Answer, AnswerProps};
use callmix::app::form::{Form, FormProps};
use callmix::app::state::{Action, Field, State};
use callmix::app::{App, AppProps, View};
use callmix::price_book::PriceBook;
use callmix::price_book::history::History;
use callmix::quote::quote;
use callmix::scenario::Scenario;
use yew::prelude::*;
use yew::{LocalServerRenderer, ServerRenderer};

/// The published prices.
fn published() -> Option<Rc<History>> {
    Some(Rc::new(History::built_in().expect("valid")))
}

fn typed(texts: &[&str]) -> State {
    texts.iter().fold(State::new(), |state, text| state.after(Action::Type(Field::Calls, (*text).into())))
}

async fn answer(state: State) -> String {
    LocalServerRenderer::<Answer>::with_props(AnswerProps { state, on_action: Callback::noop(), view: View::Page, has_form: true })
        .hydratable(false)
        .render()
        .await
}

async fn form(state: State) -> String {
    LocalServerRenderer::<Form>::with_props(FormProps { state, on_action: Callback::noop() }).hydratable(false).render().await
}

#[track_caller]
fn has(html: &str, part: &str) {
    assert!(html.contains(part), "{part} is missing in\n{html}");
}

#[tokio::test]
async fn opens_with_its_fields_and_examples() {
    let html =
        ServerRenderer::<App>::with_props(|| AppProps { history: published(), ..AppProps::default() }).hydratable(false).render().await;
    for part in
        ["Calls per year", "Free calls left", "Postpaid enabled", "role=\"switch\"", ">Example</strong>", "data-amount=\"44600.00\""]
    {
        has(&html, part);
    }
}

#[tokio::test]
async fn shows_the_total_to_people_and_to_scripts() {
    let html = answer(typed(&["300"])).await;
    has(&html, "data-testid=\"total\" data-amount=\"1260.00\"");
    has(&html, ">$1,260</span><span class=\"headline__cents\" translate=\"no\">.00</span></strong>");
    has(&html, "aria-labelledby=\"recommendation-title\"");
    has(&html, "Month 5</strong>");
    has(&html, "Buy one 100-call package");
    has(&html, "<strong translate=\"no\">$4.20</strong><span> per call</span>");
    has(&html, "<strong translate=\"no\">$180.00</strong><span> less than postpaid only</span>");
    has(&html, "Compare billing modes");
    has(&html, "Month by month");
}

#[tokio::test]
async fn shows_an_error_under_its_field_and_marks_the_result_as_out_of_date() {
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
async fn escapes_typed_markup() {
    let html = form(typed(&["<script>alert(1)</script>\"'"])).await;
    assert!(!html.contains("<script>"), "{html}");
}

#[tokio::test]
async fn describes_the_year_to_screen_readers() {
    let html = answer(typed(&["12345"])).await;
    has(&html, "role=\"img\" aria-label=\"From 1,028 calls in month 1 to 1,029 calls in month 2.\"");
    has(&html, "class=\"strip__part key--prepaid\"");
    assert!(!html.contains("style="), "a strict content policy blocks style attributes");
}

#[tokio::test]
async fn says_what_happens_in_each_month() {
    let html = answer(typed(&["300"])).await;
    for head in ["Month", "What happens", "Cost"] {
        has(&html, &format!("<th scope=\"col\">{head}</th>"));
    }
    has(&html, "<strong class=\"month__buy\">Buy one 100-call package</strong>");
    has(&html, "25 from packages");
}

#[tokio::test]
async fn buys_nothing_without_calls() {
    let html = answer(typed(&["0"])).await;
    has(&html, "data-amount=\"0.00\"");
    has(&html, "No calls, nothing to pay.");
    assert!(!html.contains("Packages to buy"));
}

#[tokio::test]
async fn invites_to_enter_calls_on_an_empty_page() {
    let html = answer(State::new()).await;
    has(&html, "Enter how many calls you expect in a year.");
    assert!(!html.contains("Compare billing modes"));
}

/// The answer to a scenario given as JSON.
async fn answer_to(json: &str) -> String {
    let book = PriceBook::built_in().expect("valid");
    let scenario = Scenario::from_json(json, &book).expect("valid");
    let quote = quote(&scenario, &book).expect("an answer");
    let mut state = State::new();
    (state.scenario, state.quote) = (Some(Rc::new(scenario)), Some(Rc::new(quote)));
    answer(state).await
}

#[tokio::test]
async fn names_months_and_dates_where_the_first_month_is_known() {
    let html = answer_to(r#"{"usage": {"yearly": 300}, "start": "2027-01"}"#).await;
    has(&html, "<strong class=\"plan__when\">1 January 2027</strong>");
    has(&html, "Unused packages can be refunded within 7 days of purchase: until the 7th if you buy on the 1st.");
    has(&html, "<span>Sep</span><span class=\"months__rest\">tember 2027</span></th>");
}

#[tokio::test]
async fn explains_the_switch_to_concurrent_billing() {
    let html = answer_to(r#"{"usage": {"monthly": [10,10,10,10,10,50000,10,10,10,10,10,10]}, "concurrency": {"slots": 2}}"#).await;
    has(&html, "Switch to concurrent billing with 2 slots");
    has(&html, "Switch back to billing per call");
    has(&html, "Switching moves this service and its API group");
    has(&html, "50,000 calls with 2 slots");
}

#[tokio::test]
async fn links_to_the_shop_and_to_the_sales_team() {
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
