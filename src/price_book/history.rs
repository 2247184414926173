//! The history of published price books.
//!
//! Every published book is kept, so an estimate that was made with older prices can be priced again, to the cent.
//! Only published books belong to the history; a price book inside a scenario does not.

use super::{PUBLISHED, PriceBook};
use crate::problem::ValidationError;

/// The published price books. No two of them have the same version and the same hash.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    newest: PriceBook,
    older: Vec<PriceBook>,
}

impl History {
    /// A history of `newest` and the books before it, oldest first.
    pub fn new(newest: PriceBook, older: Vec<PriceBook>) -> Self {
        Self { newest, older }
    }

    /// All published books, each prepared for planning.
    ///
    /// # Errors
    /// None in practice: a test validates every published book.
    pub fn built_in() -> Result<Self, Vec<ValidationError>> {
        let older = PUBLISHED[..PUBLISHED.len() - 1].iter().map(PriceBook::published).collect::<Result<_, _>>()?;
        Ok(Self::new(PriceBook::built_in()?, older))
    }

    /// The book with today's prices.
    pub fn newest(&self) -> &PriceBook {
        &self.newest
    }

    /// The published book with this version and hash. `None` where the version is unknown or its prices differ.
    pub fn published(&self, version: &str, hash: &str) -> Option<&PriceBook> {
        self.books().find(|book| book.version == version && book.hash == hash)
    }

    /// The versions of the published books, oldest first.
    pub fn known_versions(&self) -> impl Iterator<Item = &str> {
        self.books().map(|book| book.version.as_str())
    }

    /// All books, oldest first.
    fn books(&self) -> impl Iterator<Item = &PriceBook> {
        self.older.iter().chain([&self.newest])
    }
}
