//! The lines of an estimate: one service is open in the form, the others are closed around it.
//!
//! A closed line is the draft that it was when it was left. What belongs to the whole estimate or to a group of services stands in
//! every draft that it concerns, so that each can be read by itself: [`Draft::share`] keeps them equal.

use super::{Draft, Field};
use crate::notes::NoteField;
use crate::price_book::PriceBook;

/// The lines before and after the open one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::app::state) struct ClosedLines {
    before: Vec<Draft>,
    after: Vec<Draft>,
}

/// The fields of the whole estimate.
const OF_ESTIMATE: [Field; 7] = [
    Field::Start,
    Field::Note(NoteField::Customer),
    Field::Note(NoteField::Sender),
    Field::Note(NoteField::Title),
    Field::Note(NoteField::Reference),
    Field::Note(NoteField::Note),
    Field::Note(NoteField::ValidUntil),
];

/// The fields of services that share their slots.
const OF_GROUP: [Field; 5] = [Field::Slots, Field::QueuedHours, Field::QueuedUtilisation, Field::LiveFailure, Field::DiscountConcurrent];

impl Draft {
    /// All lines, in their order.
    pub fn lines(&self) -> impl Iterator<Item = &Self> {
        self.closed.before.iter().chain([self]).chain(&self.closed.after)
    }

    /// The place of the open line among them.
    pub fn open_line(&self) -> usize {
        self.closed.before.len()
    }

    /// Whether there are several lines.
    pub fn has_several_lines(&self) -> bool {
        !self.closed.before.is_empty() || !self.closed.after.is_empty()
    }

    /// Opens another line.
    pub fn open(&mut self, place: usize) {
        if place < self.lines().count() {
            let lines = self.take_lines();
            self.replace_lines(lines, place);
        }
    }

    /// Adds an empty line for a service behind the others, and opens it.
    pub fn add_line(&mut self, service: &str, book: &PriceBook) {
        let postpaid = self.postpaid;
        let (orders, price_book) = (self.orders, self.price_book.clone());
        let mut added = Self { service: Some(service.into()), postpaid, orders, price_book, ..Self::default() };
        added.copy(self, &OF_ESTIMATE);
        if let Some(same) = self.lines().find(|line| line.group(book) == added.group(book)) {
            added.join(same);
        }
        // Plans of one's own are made for one service.
        self.plan = None;
        let before = self.take_lines();
        *self = Self { closed: ClosedLines { before, after: Vec::new() }, ..added };
    }

    /// Drops the plans of one's own of all lines.
    pub fn drop_plans(&mut self) {
        self.drop_plan();
        self.closed.before.iter_mut().chain(&mut self.closed.after).for_each(Self::drop_plan);
    }

    /// Removes a line, unless it is the only one. The one after it is opened in place of an open one, or else the last.
    pub fn remove_line(&mut self, place: usize) {
        let (open, last) = (self.open_line(), self.lines().count() - 1);
        if last > 0 && place <= last {
            let mut lines = self.take_lines();
            lines.remove(place);
            self.replace_lines(lines, if open > place { open - 1 } else { open.min(last - 1) });
        }
    }

    /// Puts closed lines behind the open one.
    pub fn append(&mut self, line: Self) {
        self.closed.after.push(line);
    }

    /// Makes the open line one about another service, with the slots of the group that it comes into.
    pub fn set_service(&mut self, service: Option<String>, book: &PriceBook) {
        for place in 0..self.apis(book).len() {
            self.write(Field::Api(place), "");
        }
        (self.service, self.counts_units, self.plan) = (service, false, None);
        let of_group = self.closed.before.iter().chain(&self.closed.after).find(|line| line.group(book) == self.group(book)).cloned();
        if let Some(same) = of_group {
            self.join(&same);
        }
    }

    /// Gives the closed lines what the open one says about the whole estimate, and about its group.
    pub fn share(&mut self, book: &PriceBook) {
        let mut closed = std::mem::take(&mut self.closed);
        let group = self.group(book).map(String::from);
        for line in closed.before.iter_mut().chain(&mut closed.after) {
            (line.postpaid, line.orders) = (self.postpaid, self.orders);
            line.copy(self, &OF_ESTIMATE);
            if line.group(book) == group.as_deref() {
                line.join(self);
            }
        }
        self.closed = closed;
    }

    /// The group whose slots the line's service shares.
    pub fn group<'a>(&'a self, book: &'a PriceBook) -> Option<&'a str> {
        let service = self.price_book.as_ref().unwrap_or(book).service(self.service.as_deref())?;
        Some(service.billing_group())
    }

    /// Takes over what `other` says about the slots of their group.
    fn join(&mut self, other: &Self) {
        (self.slots, self.busy_hour) = (other.slots, other.busy_hour);
        self.copy(other, &OF_GROUP);
    }

    fn copy(&mut self, from: &Self, fields: &[Field]) {
        for &field in fields {
            if self.text(field) != from.text(field) {
                self.write(field, from.text(field));
            }
        }
    }

    /// Puts lines in place of the present ones, with the one at `open` in the form.
    fn replace_lines(&mut self, mut lines: Vec<Self>, open: usize) {
        let after = lines.split_off((open + 1).min(lines.len()));
        if let Some(line) = lines.pop() {
            *self = Self { closed: ClosedLines { before: lines, after }, ..line };
        }
    }

    /// All lines in their order, each by itself; an empty draft is left behind.
    fn take_lines(&mut self) -> Vec<Self> {
        let open = std::mem::take(self);
        let ClosedLines { mut before, after } = open.closed;
        before.push(Self { closed: ClosedLines::default(), ..open });
        before.extend(after);
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(service: &str, calls: &str) -> Draft {
        let mut draft = Draft { service: Some(service.into()), ..Draft::default() };
        draft.write(Field::Calls, calls);
        draft
    }

    fn services(draft: &Draft) -> String {
        let name = |(place, line): (usize, &Draft)| {
            let mark = if place == draft.open_line() { "*" } else { "" };
            [mark, line.service.as_deref().unwrap_or_default()].concat()
        };
        draft.lines().enumerate().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn opens_adds_and_removes_lines() {
        let book = PriceBook::built_in().expect("valid");
        let mut draft = of("a", "1");
        draft.add_line("b", &book);
        draft.add_line("c", &book);
        assert_eq!(services(&draft), "a b *c");
        draft.open(0);
        assert_eq!((services(&draft).as_str(), draft.text(Field::Calls)), ("*a b c", "1"));
        draft.open(7);
        assert_eq!(services(&draft), "*a b c");
        draft.remove_line(1);
        assert_eq!(services(&draft), "*a c");
        draft.open(1);
        draft.remove_line(1);
        assert_eq!(services(&draft), "*a");
        draft.remove_line(0);
        assert_eq!(services(&draft), "*a");
    }
}
