//! What a whole page has beyond its form: a worked example while the form is empty, and a question for the slots that would
//! make the answer cheaper.

use std::rc::Rc;

use super::{Draft, Field, SlotsKnown, State};
use crate::insight::BreakEven;
use crate::notes::NoteField;
use crate::price_book::{MAX_CALLS, PriceBook};
use crate::quote::{Quote, quote};
use crate::recommendation::EXAMPLE_CALLS;
use crate::scenario::{CalendarMonth, Scenario};
use crate::typed_number;
use crate::usage::{Profile, Usage};
use crate::wording;

impl State {
    /// This state, before any action, as a whole page has it: its year begins in `first_month`, an empty form shows an example,
    /// and an answer asks for slots that would make it cheaper.
    #[must_use]
    pub fn of_page(self, first_month: Option<CalendarMonth>) -> Self {
        let empty = Rc::new(Draft::starting(first_month));
        let usage = Usage::yearly(EXAMPLE_CALLS, Profile::Even);
        let example = usage.zip(self.book.as_ref()).and_then(|(usage, book)| {
            let scenario = Scenario::builder(usage).start(first_month).build(book).ok()?;
            Some((Rc::new(scenario.clone()), Rc::new(quote(&scenario, book).ok()?)))
        });
        Self { draft: empty.clone(), empty, example, asks: true, ..self }
    }

    /// The worked example, while nobody has entered or opened anything.
    pub fn example(&self) -> Option<(Rc<Scenario>, Rc<Quote>)> {
        self.example.clone().filter(|_| self.shows_example())
    }

    /// This state for sharing and documents: while the answer is the worked example, that is what they are about.
    #[must_use]
    pub fn for_sharing(&self) -> Self {
        match self.example() {
            Some((scenario, quote)) => Self { scenario: Some(scenario), quote: Some(quote), ..self.clone() },
            None => self.clone(),
        }
    }

    /// Whether the answer is the worked example.
    pub fn shows_example(&self) -> bool {
        self.example.is_some() && !self.has_answer() && self.origin.is_none() && !self.is_stale() && self.errors.is_empty()
    }

    /// Whether the estimate is a quote: it says for whom it is or who made it.
    pub fn is_quote(&self) -> bool {
        let names = |note: NoteField| !self.notes.get(note).is_empty();
        names(NoteField::Customer) || names(NoteField::Sender)
    }

    /// Whether the quote was sent to somebody, who opened it.
    pub fn is_for_recipient(&self) -> bool {
        self.origin.is_some() && self.is_quote()
    }

    /// Whether the form is as it was before anything was entered.
    pub fn is_form_empty(&self) -> bool {
        self.draft == self.empty
    }

    /// The question for the number of slots: asked where some would be cheaper, and kept while it is being answered.
    pub(super) fn question_now(&self, book: &PriceBook) -> Option<BreakEven> {
        match self.draft.slots {
            _ if self.draft.has_several_lines() => None,
            SlotsKnown::No if self.is_stale() => self.question,
            SlotsKnown::No => BreakEven::of(self.scenario.as_ref()?, book).filter(|break_even| break_even.slots > 0),
            SlotsKnown::Directly => None,
            SlotsKnown::Queued | SlotsKnown::Live => self.question,
        }
    }

    /// Groups the digits of a whole number whose field was left.
    pub(super) fn leave(&mut self, field: Field) {
        if let Ok(number) = typed_number::read(self.draft.text(field), MAX_CALLS) {
            Rc::make_mut(&mut self.draft).write(field, wording::grouped(number));
        }
    }
}
