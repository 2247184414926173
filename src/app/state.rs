//! What has been typed, and what follows from it?
//!
//! A pure reducer. The typed draft is kept apart from what was understood, so that text is never rewritten under a
//! person's fingers, and the last good answer is kept while a field cannot be understood.

use std::rc::Rc;

use yew::Reducible;

use crate::price_book::{MAX_CALLS, PriceBook};
use crate::problem::Problem;
use crate::quote::{Quote, quote};
use crate::scenario::Scenario;
use crate::settlement::Postpaid;
use crate::typed_number::{self, Misread};
use crate::usage::{Profile, Usage};
use crate::wording;

/// The fields exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// "Calls per year".
    pub calls: String,
    /// "Free calls left".
    pub free: String,
    /// "Postpaid enabled".
    pub postpaid: Postpaid,
}

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Typed in "Calls per year".
    TypeCalls(String),
    /// Typed in "Free calls left".
    TypeFree(String),
    /// Turned postpaid on or off.
    SetPostpaid(Postpaid),
}

/// Everything that the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    book: Result<Rc<PriceBook>, Vec<Problem>>,
    /// As typed.
    pub draft: Draft,
    /// What is wrong with "Calls per year".
    pub calls_error: Option<String>,
    /// What is wrong with "Free calls left".
    pub free_error: Option<String>,
    /// Why the fields, each fine by itself, have no answer.
    pub answer_error: Option<String>,
    /// The last good question.
    pub scenario: Option<Rc<Scenario>>,
    /// The answer to it.
    pub quote: Option<Rc<Quote>>,
}

impl State {
    /// Nothing typed yet.
    pub fn new() -> Self {
        Self {
            book: PriceBook::built_in().map(Rc::new),
            draft: Draft::default(),
            calls_error: None,
            free_error: None,
            answer_error: None,
            scenario: None,
            quote: None,
        }
    }

    /// The prices that the page answers by.
    pub fn book(&self) -> Option<Rc<PriceBook>> {
        self.book.as_ref().ok().cloned()
    }

    /// Is the answer older than what is typed?
    pub fn is_stale(&self) -> bool {
        self.calls_error.is_some() || self.free_error.is_some() || self.answer_error.is_some()
    }

    /// The state after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::TypeCalls(text) => next.draft.calls = text,
            Action::TypeFree(text) => next.draft.free = text,
            Action::SetPostpaid(postpaid) => next.draft.postpaid = postpaid,
        }
        next.answer();
        next
    }

    /// Reads the draft, and asks the engine where all of it is understood.
    fn answer(&mut self) {
        let calls = typed_number::read(&self.draft.calls, MAX_CALLS);
        let free = match typed_number::read(&self.draft.free, MAX_CALLS) {
            Err(Misread::Empty) => Ok(0),
            read => read,
        };
        // A field that was never filled in is no mistake.
        let untouched = calls == Err(Misread::Empty) && self.quote.is_none();
        self.calls_error = calls.as_ref().err().filter(|_| !untouched).map(wording::misread_sentence);
        self.free_error = free.as_ref().err().map(wording::misread_sentence);
        self.answer_error = None;
        if let (Ok(calls), Ok(free_calls)) = (calls, free)
            && let Some(usage) = Usage::yearly(calls, Profile::Even)
        {
            let scenario = Scenario { free_calls, postpaid: self.draft.postpaid, ..Scenario::new(usage) };
            let answer = self.book.clone().and_then(|book| quote(&scenario, &book));
            match answer {
                Ok(quote) => {
                    self.scenario = Some(Rc::new(scenario));
                    self.quote = Some(Rc::new(quote));
                }
                Err(problems) => self.answer_error = problems.first().map(wording::problem_sentence),
            }
        }
    }
}

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(texts: &[&str]) -> State {
        texts.iter().fold(State::new(), |state, text| state.after(Action::TypeCalls((*text).into())))
    }

    fn total(state: &State) -> Option<String> {
        state.quote.as_ref().map(|quote| quote.total.to_string())
    }

    #[test]
    fn an_untouched_page_has_neither_answer_nor_error() {
        let state = State::new();
        assert_eq!((total(&state), state.is_stale()), (None, false));
    }

    #[test]
    fn a_number_is_answered_at_once() {
        let state = typed(&["3", "30", "300"]);
        assert_eq!((total(&state), state.is_stale()), (Some("1260.00".into()), false));
    }

    #[test]
    fn a_mistake_keeps_the_text_and_the_last_answer_as_stale() {
        let state = typed(&["300", "300x"]);
        assert_eq!(state.draft.calls, "300x");
        assert_eq!((total(&state), state.is_stale()), (Some("1260.00".into()), true));
        assert!(typed(&["300", ""]).calls_error.is_some());
    }

    #[test]
    fn free_calls_may_be_left_empty() {
        let state = typed(&["300"]).after(Action::TypeFree("100".into()));
        assert_eq!(total(&state), Some("840.00".into()));
        let state = state.after(Action::TypeFree(String::new()));
        assert_eq!((total(&state), state.is_stale()), (Some("1260.00".into()), false));
    }
}
