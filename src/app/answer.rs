//! What is the answer, and why?
//!
//! The recommendation with what to do, the other billing modes beside it, and the year month by month. While a field
//! cannot be understood, the last good answer stays and says that it is out of date. The year drawn and the
//! [`Explanation`] come after it.

mod announcement;
mod comparison;
mod curve;
mod explained;
mod ledger;
mod purchases;
mod reasons;
mod recommendation;
mod year;

use std::rc::Rc;

use yew::prelude::*;

use self::announcement::use_announcement;
use self::explained::use_explained;
use self::ledger::ledger;
use self::reasons::Reasons;
use self::recommendation::recommendation;
pub use self::year::Year;
use super::markup::el;
use super::state::State;
use crate::price_book::{PriceBook, Service};
use crate::quote::Quote;
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
    /// What a state asks and answers.
    pub(super) fn of(state: &State) -> Option<Self> {
        Some(Self { scenario: state.scenario.clone()?, quote: state.quote.clone()?, built_in: state.book()? })
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
}

/// The answer to what was typed.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let state = &props.state;
    let stale = state.is_stale();
    let answered = Answered::of(state);
    let announcement = use_announcement(answered.as_ref().filter(|_| !stale).map(|answered| wording::announcement(&answered.quote)));
    el(if stale && answered.is_some() { "div.answer answer--stale" } else { "div.answer" })
        .with(recommendation(answered.as_ref(), stale, state.answer_error.clone()))
        .with(announcement)
        .with(answered.as_ref().map(ledger))
        .into()
}

/// What explains the answer needs it.
#[derive(Properties, PartialEq)]
pub struct ExplanationProps {
    /// The answer, where there is one.
    pub answered: Option<Answered>,
}

/// Why this is the answer, what other volumes cost, and what if the volume is another: computed in slices.
#[component]
pub fn Explanation(props: &ExplanationProps) -> Html {
    let explained = use_explained(props.answered.as_ref());
    let computing = explained.as_ref().map(|explained| &explained.answered) != props.answered.as_ref();
    html! {
        if props.answered.is_some() {
            <Reasons {explained} {computing} />
        }
    }
}
