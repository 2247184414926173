//! What is the answer, and why?
//!
//! The recommendation with what to do, the other billing modes beside it, the year drawn and month by month. While a
//! field cannot be understood, the last good answer stays and says that it is out of date.

mod announcement;
mod comparison;
mod curve;
mod explained;
mod ledger;
mod purchases;
mod reasons;
mod year;

use std::rc::Rc;

use yew::prelude::*;

use self::announcement::use_announcement;
use self::comparison::comparison;
use self::explained::use_explained;
use self::ledger::ledger;
use self::reasons::reasons;
use self::year::Year;
use super::View;
use super::form::name as field_name;
use super::markup::{el, group};
use super::state::{Field, State};
use crate::price_book::{PriceBook, Service};
use crate::quote::Quote;
use crate::recommendation::{self, Freshness, recommendation};
use crate::scenario::Scenario;
use crate::wording;

/// A question with its answer, and the prices that it was answered by.
#[derive(Debug, Clone)]
pub struct Answered {
    /// What was asked.
    pub scenario: Rc<Scenario>,
    /// What it costs.
    pub quote: Rc<Quote>,
    /// The page's prices; the scenario may bring its own.
    built_in: Rc<PriceBook>,
}

/// The same one, not merely an equal one: comparing must cost nothing at each key.
impl PartialEq for Answered {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scenario, &other.scenario) && Rc::ptr_eq(&self.quote, &other.quote)
    }
}

impl Answered {
    fn of(state: &State) -> Option<Self> {
        Some(Self { scenario: state.scenario.clone()?, quote: state.quote.clone()?, built_in: state.book()? })
    }

    /// As what is recommended needs it.
    fn recommended(&self) -> Option<recommendation::Answer<'_>> {
        Some(recommendation::Answer { scenario: &self.scenario, quote: &self.quote, service: self.service()? })
    }

    /// The service that was asked about, at list prices.
    fn service(&self) -> Option<&Service> {
        self.scenario.book(&self.built_in).service(self.scenario.service.as_deref())
    }
}

/// What the answer needs.
#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    /// What to show.
    pub state: State,
    /// How much of it; what is not the page has only the recommendation.
    #[prop_or_default]
    pub view: View,
}

/// The answer to what was typed.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let state = &props.state;
    let answered = Answered::of(state);
    let awaited = awaited(state);
    let freshness = freshness(state, awaited.as_deref());
    let announcement = use_announcement(announced(state, awaited.as_deref()));
    let whole = answered.as_ref().filter(|_| props.view == View::Page);
    let explained = use_explained(whole);
    let computing = explained.as_ref().map(|explained| &explained.answered) != whole;
    let recommended = recommendation(answered.as_ref().and_then(Answered::recommended), freshness);
    let after = whole.cloned().map(|answered| {
        let year = html! { <Year answered={answered.clone()} /> };
        let reasons = reasons(explained.as_ref(), computing);
        group().with(comparison(&answered)).with(year).with(reasons).with(ledger(&answered))
    });
    el(if freshness != Freshness::Current && answered.is_some() { "div.answer answer--stale" } else { "div.answer" })
        .with(recommended)
        .with(announcement)
        .with(after)
        .into()
}

/// What is to be typed before there is an answer.
fn awaited(state: &State) -> Option<String> {
    state.awaited.map(|field| wording::form::still_to_fill_in(&field_name(state, field)))
}

fn freshness<'a>(state: &'a State, awaited: Option<&'a str>) -> Freshness<'a> {
    match (&state.answer_error, awaited) {
        (Some(why), _) => Freshness::Refused(why),
        (None, Some(what)) => Freshness::Awaiting(what),
        (None, None) if state.is_stale() => Freshness::OutOfDate,
        (None, None) => Freshness::Current,
    }
}

/// The total; or the first thing that is wrong or missing, and that the answer is older than it. A note comes last, as
/// there is an answer all the same.
fn announced(state: &State, awaited: Option<&str>) -> Option<String> {
    let first = state.errors.fields().next();
    let error = first.and_then(|field| state.errors.get(field)).map(String::as_str);
    let missing = awaited.filter(|_| first.is_none_or(|field| matches!(field, Field::Note(_))));
    match (state.answer_error.as_deref().or(missing).or(error), &state.quote) {
        (Some(error), Some(_)) if state.is_stale() => Some([error, " ", wording::OUT_OF_DATE].concat()),
        (Some(error), _) => Some(error.into()),
        (None, quote) => quote.as_ref().map(|quote| wording::announcement(quote)),
    }
}
