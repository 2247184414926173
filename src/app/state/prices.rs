//! The prices behind the form.

use std::rc::Rc;

use super::State;
use super::reading::apis_of;
use crate::price_book::history::History;
use crate::price_book::{Api, PriceBook, Service};

impl State {
    /// The page's price book.
    pub fn book(&self) -> Option<Rc<PriceBook>> {
        self.book.clone()
    }

    /// The service that the form is about.
    pub fn service(&self) -> Option<&Service> {
        self.draft.price_book.as_ref().or(self.book.as_deref())?.service(self.draft.service.as_deref())
    }

    /// The APIs whose calls the form asks for.
    pub fn apis(&self) -> &[Api] {
        self.book.as_ref().map_or(&[], |book| apis_of(&self.draft, book))
    }

    /// The currency of the answer: the page's, or that of an estimate's own price book.
    pub fn currency(&self) -> &str {
        self.draft.price_book.as_ref().or(self.book.as_deref()).map_or("", |book| book.currency())
    }

    /// Every published price book.
    pub fn history(&self) -> Option<Rc<History>> {
        self.history.clone()
    }
}
