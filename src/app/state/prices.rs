//! The prices behind the form.

use std::rc::Rc;

use super::State;
use crate::price_book::history::History;
use crate::price_book::{Api, PriceBook, Service};
use crate::wording::in_unit;

impl State {
    /// The page's price book.
    pub fn book(&self) -> Option<Rc<PriceBook>> {
        self.book.clone()
    }

    /// The price book of the form: an estimate's own one, or else the page's.
    pub fn prices(&self) -> Option<&PriceBook> {
        self.draft.price_book.as_ref().or(self.book.as_deref())
    }

    /// The service that the form is about.
    pub fn service(&self) -> Option<&Service> {
        self.prices()?.service(self.draft.service.as_deref())
    }

    /// The APIs whose calls the form asks for.
    pub fn apis(&self) -> &[Api] {
        self.book.as_ref().map_or(&[], |book| self.draft.apis(book))
    }

    /// The currency of the answer: the page's, or that of an estimate's own price book.
    pub fn currency(&self) -> &str {
        self.prices().map_or("", PriceBook::currency)
    }

    /// A text about calls in the unit of the service.
    pub fn in_unit(&self, text: &str) -> String {
        self.service().map_or_else(|| text.into(), |service| in_unit(text, service.unit()))
    }

    /// A text about the calls that the form asks for: those of the service's APIs, or else its unit.
    pub fn in_asked_unit(&self, text: &str) -> String {
        if self.apis().is_empty() { self.in_unit(text) } else { text.into() }
    }

    /// Every published price book.
    pub fn history(&self) -> Option<Rc<History>> {
        self.history.clone()
    }
}
