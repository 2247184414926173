//! The answer to the form: the draft read and quoted, with the errors that keep it from being answered.

use std::rc::Rc;

use super::draft::Field;
use super::reading::{field_of, is_untouched, read};
use super::{SlotsKnown, State, own_plan};
use crate::entry::EntryError;
use crate::scenario::Scenario;

impl State {
    /// Reads the draft, and quotes it where all fields are valid. `typed` is the field that the last action typed in.
    pub(super) fn answer(&mut self, typed: Option<Field>) {
        self.answer_error = None;
        self.wrong_lines.clear();
        let Some(book) = self.book.clone() else { return };
        let mut reading = read(&self.draft, &book);
        // A volume that was never typed is no error. Beside other lines, one without a volume is not part of the estimate yet.
        let is_untouched = is_untouched(&self.draft, &book);
        if is_untouched && (self.has_calls_elsewhere(&book) || !self.has_answer()) {
            for field in [Field::Calls, Field::Budget, Field::Months, Field::Api(0)] {
                reading.errors.remove(field);
            }
        }
        // Nor is an empty field that a choice has just brought. Once a person empties it, it is.
        let awaited: Vec<Field> = reading.errors.fields().filter(|&field| self.awaits(field, typed)).collect();
        for &field in &awaited {
            reading.errors.remove(field);
        }
        self.awaited = awaited.first().copied();
        let lines = if self.draft.has_several_lines() {
            self.several_lines(reading.understood.take(), &book)
        } else {
            reading.understood.take().into_iter().collect()
        };
        let scenario = match <[Scenario; 1]>::try_from(lines) {
            Ok([scenario]) => Some(scenario),
            Err(lines) => {
                self.answer_jointly(&lines, &book, &mut reading.errors);
                None
            }
        };
        let answered_already = scenario.is_some() && scenario.as_ref() == self.scenario.as_deref();
        if let Some(scenario) = scenario.filter(|_| !answered_already) {
            match own_plan::answer_to(scenario, &book, &mut reading.errors) {
                Ok((scenario, quote)) => {
                    self.forget_answer();
                    self.scenario = Some(Rc::new(scenario));
                    self.quote = Some(Rc::new(quote));
                }
                Err(errors) => {
                    if let Some(error) = errors.first() {
                        match field_of(error, &[]) {
                            Some(field) => reading.errors.insert(field, EntryError::Refused(error.kind.clone())),
                            None => self.answer_error = Some(error.kind.clone()),
                        }
                    }
                }
            }
        }
        self.forget_dropped_plan(&book);
        self.notes = Rc::new(reading.notes);
        self.errors = Rc::new(reading.errors);
        if self.asks && (!answered_already || self.draft.slots != SlotsKnown::No) {
            self.question = self.question_now(&book);
        }
    }

    fn awaits(&self, field: Field, typed: Option<Field>) -> bool {
        let comes_with_a_choice = field == Field::Budget || (Field::OwnedCalls(0)..=Field::LiveFailure).contains(&field);
        comes_with_a_choice && self.draft.text(field).is_empty() && typed != Some(field) && self.errors.get(field).is_none()
    }
}
