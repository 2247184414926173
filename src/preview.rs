//! The preview: the recommendation while the app is still loading.
//!
//! Answers the three fields of the first screen. It is a small WebAssembly module, so it is there early, and it uses the
//! functions of the app, so its answers are the same.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::date::CalendarMonth;
use crate::price_book::history::History;
use crate::price_book::{MAX_CALLS, Service, Unit};
use crate::quote::{Quote, first_quote};
use crate::recommendation::{Answer, AnswerKind, Freshness, PlanAuthor, recommendation};
use crate::scenario::Scenario;
use crate::settlement::Postpaid;
use crate::typed_number::{self, Misread};
use crate::usage::{Profile, Usage};
use crate::wording::{Expected, misread_sentence};

/// An answer to the three fields.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct PreviewAnswer {
    /// The recommendation as HTML.
    pub html: String,
    /// What to enter as the calls, where they are invalid.
    pub calls_error: Option<String>,
    /// What to enter as the free calls, where they are invalid.
    pub free_error: Option<String>,
}

/// The prices and the last valid answer.
#[wasm_bindgen]
pub struct Preview {
    history: History,
    first_month: Option<CalendarMonth>,
    answered: Option<(Scenario, Quote)>,
}

#[wasm_bindgen]
impl Preview {
    /// A preview without an answer. `price_books` is the page's list of price books in JSON, the oldest first; `today` is a day
    /// in ISO 8601, and an estimate begins in the month after it.
    ///
    /// # Errors
    /// The list is invalid. The app says what is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(price_books: &str, today: &str) -> Result<Self, String> {
        let history = History::from_json(price_books).map_err(|_| String::new())?;
        Ok(Self { history, first_month: CalendarMonth::after_day(today), answered: None })
    }

    /// The answer to the texts of the three fields.
    pub fn answer(&mut self, calls: &str, free: &str, postpaid: bool) -> PreviewAnswer {
        let read = |text: &str| typed_number::read(text, MAX_CALLS);
        let (calls, free) = (read(calls), if free.trim().is_empty() { Ok(0) } else { read(free) });
        let mut refusal = None;
        let postpaid = if postpaid { Postpaid::On } else { Postpaid::Off };
        let book = self.history.newest();
        if let (Ok(calls), Ok(free_calls)) = (&calls, &free)
            && let Some(usage) = Usage::yearly(*calls, Profile::Even)
        {
            let scenario = Scenario::builder(usage).start(self.first_month).free_calls(*free_calls).postpaid(postpaid).build(book);
            match scenario.and_then(|scenario| Ok((first_quote(&scenario, book)?, scenario))) {
                Ok((quote, scenario)) => self.answered = Some((scenario, quote)),
                Err(errors) => refusal = errors.into_iter().next().map(|error| error.kind),
            }
        }
        // A field that was never filled in is not an error yet.
        let is_untouched = self.answered.is_none() && calls == Err(Misread::Empty);
        let calls = calls.as_ref().err().filter(|_| !is_untouched).map(|misread| misread_sentence(misread, Expected::CallsPerYear));
        let free = free.as_ref().err().map(|misread| misread_sentence(misread, Expected::FreeCalls));
        let freshness = match &refusal {
            Some(why) => Freshness::Refused { why, service: None },
            None if calls.is_none() && free.is_none() => Freshness::Current,
            None => Freshness::OutOfDate,
        };
        let service = book.services().first();
        let answer = self.answered.as_ref().zip(service).map(|((scenario, quote), service)| Answer {
            scenario,
            quote,
            service,
            kind: AnswerKind::Estimate,
            chosen_by: PlanAuthor::Calculator,
            is_bought: false,
        });
        let html = recommendation(answer, service.map(Service::unit).unwrap_or(&Unit::default()), freshness).to_string();
        PreviewAnswer { html, calls_error: calls, free_error: free }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price_book::PriceBook;

    #[track_caller]
    fn check(preview: &mut Preview, typed: (&str, &str, bool), total: Option<&str>, calls: &str, free: &str) {
        let answer = preview.answer(typed.0, typed.1, typed.2);
        let found = answer.html.split("data-amount=\"").nth(1).and_then(|rest| rest.split('"').next());
        let given = |error: &Option<String>| error.clone().unwrap_or_default();
        assert_eq!((found, given(&answer.calls_error), given(&answer.free_error)), (total, calls.into(), free.into()));
        assert_eq!(answer.html.contains(crate::wording::OUT_OF_DATE), total.is_some() && !(calls.is_empty() && free.is_empty()));
    }

    #[test]
    fn the_last_good_answer_stays() {
        let book = PriceBook::built_in().expect("valid");
        let first = &mut Preview::new(&serde_json::to_string(&[book]).expect("JSON"), "2026-12-01").expect("valid");
        check(first, ("", "", true), None, "", "");
        check(first, ("300", "", true), Some("1260.00"), "", "");
        check(first, ("10", "", true), Some("48.00"), "", "");
        check(first, ("10", "", false), Some("420.00"), "", "");
        check(first, ("10", "5", true), Some("24.00"), "", "");
        check(first, ("", "5", true), Some("24.00"), "Enter how many calls you expect.", "");
        check(first, ("300", "10k", true), Some("24.00"), "", "Enter a whole number, for example 10,000.");
        check(first, ("300", "ten", true), Some("24.00"), "", "Enter a whole number, for example 100.");
        check(first, ("1,000,000", "", true), Some("3500000.00"), "", "");
    }
}
