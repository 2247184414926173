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
mod recommendation;
mod year;

use std::rc::Rc;

use yew::prelude::*;

use self::announcement::Announcement;
use self::explained::use_explained;
use self::ledger::Ledger;
use self::reasons::Reasons;
use self::recommendation::Recommendation;
use self::year::Year;
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
    fn of(state: &State) -> Option<Self> {
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
    let explained = use_explained(answered.as_ref());
    let computing = explained.as_ref().map(|explained| &explained.answered) != answered.as_ref();
    html! {
        <div class={classes!("answer", (stale && answered.is_some()).then_some("answer--stale"))}>
            <Recommendation answered={answered.clone()} {stale} error={state.answer_error.clone()} />
            <Announcement text={answered.as_ref().filter(|_| !stale).map(|answered| wording::announcement(&answered.quote))} />
            if let Some(answered) = answered {
                <Year answered={answered.clone()} />
                <Reasons {explained} {computing} />
                <Ledger {answered} />
            }
        </div>
    }
}

/// The recommendation by itself, for where there is little room.
pub fn short_answer(state: &State) -> Html {
    let stale = state.is_stale();
    let answered = Answered::of(state);
    let announced = answered.as_ref().filter(|_| !stale).map(|answered| wording::announcement(&answered.quote));
    html! {
        <div class={classes!("answer", (stale && answered.is_some()).then_some("answer--stale"))}>
            <Recommendation {answered} {stale} error={state.answer_error.clone()} />
            <Announcement text={announced} />
        </div>
    }
}
