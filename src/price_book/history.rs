//! Which prices were published when?
//!
//! Every published price book stays, so that an estimate made with older prices can be made again, to the cent. The
//! books here are those that the product knows; a book that somebody brought along is none of them.

use super::{PUBLISHED, PriceBook};
use crate::problem::ValidationError;

/// Published price books. No two have both their version and their prices in common.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    newest: PriceBook,
    older: Vec<PriceBook>,
}

impl History {
    /// `newest` and the books before it, oldest first.
    pub fn new(newest: PriceBook, older: Vec<PriceBook>) -> Self {
        Self { newest, older }
    }

    /// All that were published, each of them prepared for planning.
    ///
    /// # Errors
    /// None in practice: a test reads every published book.
    pub fn built_in() -> Result<Self, Vec<ValidationError>> {
        let older = PUBLISHED[..PUBLISHED.len() - 1].iter().map(PriceBook::published).collect::<Result<_, _>>()?;
        Ok(Self::new(PriceBook::built_in()?, older))
    }

    /// Today's prices.
    pub fn newest(&self) -> &PriceBook {
        &self.newest
    }

    /// The book of this version with these prices; `None` where it is not known, or where the known one has other prices.
    pub fn published(&self, version: &str, hash: &str) -> Option<&PriceBook> {
        self.books().find(|book| book.version == version && book.hash == hash)
    }

    /// What can be told apart, oldest first.
    pub fn known_versions(&self) -> impl Iterator<Item = &str> {
        self.books().map(|book| book.version.as_str())
    }

    /// Oldest first.
    fn books(&self) -> impl Iterator<Item = &PriceBook> {
        self.older.iter().chain([&self.newest])
    }
}
