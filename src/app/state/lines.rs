//! Estimates of several services: the lines of the form, and the answer to all of them.
//!
//! A line whose calls nobody has entered is not part of the estimate yet. With a single line left, the estimate is a scenario, as
//! it is with a price book of one service.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::draft::{Draft, Field};
use super::reading::{Errors, field_of, is_untouched, read};
use super::{Action, State, VolumeInput};
use crate::entry::EntryError;
use crate::estimate::{EstimateQuote, JointEstimate, quote_alone};
use crate::money::Money;
use crate::price_book::{PriceBook, Service};
use crate::problem::ValidationError;
use crate::scenario::Scenario;
use crate::wording::grouped;

/// An estimate of several services with its quote.
#[derive(Debug, PartialEq)]
pub struct JointAnswer {
    /// The input.
    pub estimate: JointEstimate,
    /// The output.
    pub quote: EstimateQuote,
}

/// What the form says about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    /// Nobody has entered its calls.
    Empty,
    /// It keeps the estimate from being answered.
    Wrong,
    /// So many of the service's unit, or calls of its APIs, in a year.
    Calls(u64),
}

impl State {
    /// The services of the prices that the form uses.
    pub fn services(&self) -> &[Service] {
        self.prices().map_or(&[], PriceBook::services)
    }

    /// The service of a line.
    pub fn service_of(&self, line: &Draft) -> Option<&Service> {
        self.prices()?.service(line.service.as_deref())
    }

    /// Whether a line of the estimate is about this service.
    pub fn has_line_of(&self, service: &Service) -> bool {
        self.draft.lines().any(|line| self.service_of(line).is_some_and(|other| other.id() == service.id()))
    }

    /// The services whose lines share slots with the open one, which is among them; empty where it shares none.
    pub fn shares_slots_with(&self) -> Vec<&Service> {
        let Some(book) = self.book.as_deref() else { return Vec::new() };
        let group = self.draft.group(book);
        let services = self.draft.lines().filter(|line| line.group(book) == group).filter_map(|line| self.service_of(line));
        let services: Vec<&Service> = services.filter(|service| service.concurrent().is_some()).collect();
        if services.len() > 1 { services } else { Vec::new() }
    }

    /// What the form says about a line.
    pub fn line_state(&self, place: usize, line: &Draft) -> LineState {
        let Some(book) = self.book.as_deref() else { return LineState::Empty };
        if self.wrong_lines.contains(&place) {
            return LineState::Wrong;
        }
        if is_untouched(line, book) {
            return LineState::Empty;
        }
        let calls = |scenario: &Scenario| match scenario.apis() {
            [] => scenario.usage().total(),
            apis => apis.iter().map(|api| api.usage.total()).fold(0, u64::saturating_add),
        };
        read(line, book).understood.as_ref().map_or(LineState::Wrong, |scenario| LineState::Calls(calls(scenario)))
    }

    /// The first service, beside the open one, that keeps the estimate from being answered; of an answer that was refused, also the
    /// open one.
    pub fn wrong_service(&self) -> Option<&str> {
        let line = self.draft.lines().nth(*self.wrong_lines.first()?)?;
        self.service_of(line).map(Service::name)
    }

    /// The services of several lines whose calls nobody has entered.
    pub fn services_without_calls(&self) -> Vec<&str> {
        let Some(book) = self.book.as_deref().filter(|_| self.draft.has_several_lines()) else { return Vec::new() };
        let lines = self.draft.lines().filter(|line| is_untouched(line, book));
        lines.filter_map(|line| self.service_of(line)).map(Service::name).collect()
    }

    /// Whether the calls of a line are the unit of its service, and not calls of APIs.
    pub fn counts_units(&self, line: &Draft) -> bool {
        self.book.as_deref().is_none_or(|book| line.apis(book).is_empty())
    }

    /// Whether there is an answer, to one service or several.
    pub fn has_answer(&self) -> bool {
        self.quote.is_some() || self.joint.is_some()
    }

    /// The total of the last answer, and its currency.
    pub fn total(&self) -> Option<(Money, &str)> {
        let single = || self.quote.as_ref().map(|quote| (quote.total, quote.currency.as_str()));
        self.joint.as_ref().map(|joint| (joint.quote.total, joint.quote.currency.as_str())).or_else(single)
    }

    /// Whether somebody has entered calls in a closed line.
    pub(super) fn has_calls_elsewhere(&self, book: &PriceBook) -> bool {
        let mut closed = self.draft.lines().enumerate().filter(|(place, _)| *place != self.draft.open_line());
        closed.any(|(_, line)| !is_untouched(line, book))
    }

    pub(super) fn edit_lines(&mut self, action: &Action) {
        let Some(book) = self.book.clone() else { return };
        let free = self.services().iter().find(|service| !self.has_line_of(service)).map(|service| service.id().to_owned());
        let first = self.services().first().map(|service| service.id().to_owned());
        let calls = self.scenario.as_ref().map(|scenario| scenario.usage().total());
        let draft = Rc::make_mut(&mut self.draft);
        match action {
            // The first service is what an estimate is about that names none.
            Action::SetService(id) => draft.set_service(Some(id.clone()).filter(|id| first.as_ref() != Some(id)), &book),
            Action::AddLine => {
                if let Some(free) = free {
                    // A budget is that of one service, so the calls that it buys stay.
                    if draft.is_budget() {
                        draft.volume_input = VolumeInput::Year;
                        draft.write(Field::Calls, calls.map(grouped).unwrap_or_default());
                    }
                    draft.add_line(&free, &book);
                }
            }
            Action::OpenLine(place) => draft.open(*place),
            Action::RemoveLine(place) => draft.remove_line(*place),
            _ => {}
        }
    }

    /// The lines of the estimate in their order, where all of them are valid; `open` is the open one. Empty where one is not.
    pub(super) fn several_lines(&mut self, mut open: Option<Scenario>, book: &PriceBook) -> Vec<Scenario> {
        let mut lines = Vec::new();
        let mut is_complete = true;
        for (place, line) in self.draft.lines().enumerate().filter(|(_, line)| !is_untouched(line, book)) {
            let is_open = place == self.draft.open_line();
            match if is_open { open.take() } else { read(line, book).understood } {
                Some(scenario) => lines.push(scenario),
                None => {
                    is_complete = false;
                    // The open line shows its errors itself.
                    self.wrong_lines.extend((!is_open).then_some(place));
                }
            }
        }
        if is_complete { lines } else { Vec::new() }
    }

    /// Answers several lines together; no lines have no answer.
    pub(super) fn answer_jointly(&mut self, lines: &[Scenario], book: &PriceBook, errors: &mut Errors) {
        if lines.is_empty() {
            return;
        }
        let answer = JointEstimate::of(lines, book).and_then(|estimate| {
            if self.joint.as_ref().is_some_and(|joint| joint.estimate == estimate) {
                return Ok(None);
            }
            let quote = quote_alone(&estimate, book)?;
            Ok(Some(JointAnswer { estimate, quote }))
        });
        match answer {
            Ok(None) => {}
            Ok(Some(answer)) => {
                self.forget_answer();
                self.joint = Some(Rc::new(answer));
            }
            Err(refused) => self.refuse_jointly(refused, book, errors),
        }
    }

    /// Puts the first error of an estimate where a person can fix it: in a field of the open line, or at the line that it names.
    fn refuse_jointly(&mut self, refused: Vec<ValidationError>, book: &PriceBook, errors: &mut Errors) {
        let Some(error) = refused.into_iter().next() else { return };
        // The lines of the estimate are those that have calls.
        let places = self.draft.lines().enumerate().filter(|(_, line)| !is_untouched(line, book)).map(|(place, _)| place);
        let places: Vec<usize> = places.collect();
        let named = error.field.strip_prefix("services[").and_then(|rest| rest.split_once(']'));
        let line = named.and_then(|(index, rest)| Some((*places.get(index.parse::<usize>().ok()?)?, rest.trim_start_matches('.'))));
        match line {
            Some((place, rest)) if place == self.draft.open_line() && !rest.is_empty() => {
                let inside = ValidationError { field: rest.into(), kind: error.kind.clone() };
                errors.insert(field_of(&inside, &[]).unwrap_or(Field::Calls), EntryError::Refused(error.kind));
            }
            Some((place, _)) => {
                self.wrong_lines.push(place);
                self.answer_error = Some(error.kind);
            }
            None => self.answer_error = Some(error.kind),
        }
    }
}
