//! The history of published price books.
//!
//! Every published book is kept, so an estimate that was made with older prices can be priced again, to the cent.
//! Only published books belong to the history; a price book inside a scenario does not.

use super::PriceBook;
use crate::json::{self, JsonField, ValidationErrors};
use crate::problem::{ErrorKind, ValidationError};

/// The published books of this project, oldest first: the files of `site/prices/`.
pub(super) const PUBLISHED: [&str; 1] = [include_str!("../../site/prices/2026-11-22.json")];

/// The name of a page's price books, with which the paths of their errors begin.
const PRICE_BOOKS: &str = "price_books";

/// The published price books of one site. No two of them have the same version and the same hash.
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

    /// All published books of this project, each prepared for planning; for tests and tools. A page reads its own.
    ///
    /// # Errors
    /// None in practice: a test validates every published book.
    pub fn built_in() -> Result<Self, Vec<ValidationError>> {
        let [older @ .., _] = PUBLISHED;
        let older = older.into_iter().map(PriceBook::from_json).collect::<Result<_, _>>()?;
        Ok(Self::new(PriceBook::built_in()?, older))
    }

    /// The price books in the data of a page: a list in JSON, the oldest first.
    ///
    /// # Errors
    /// All validation errors, with paths such as `price_books[0].currency`. No two books may have the same version.
    ///
    /// ```
    /// use callmix::price_book::history::History;
    /// let errors = History::from_json("[]").unwrap_err();
    /// assert_eq!((errors[0].field.as_str(), errors[0].kind.code()), ("price_books", "empty"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Vec<ValidationError>> {
        let node = json::parse(text).map_err(|error| vec![ValidationError { field: PRICE_BOOKS.into(), ..error }])?;
        let mut errors = ValidationErrors::default();
        let books = Self::read(&JsonField::root(&node, PRICE_BOOKS), &mut errors);
        errors.into_result(books)
    }

    fn read(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Option<Self> {
        let entries = field.list(errors)?;
        let mut books: Vec<PriceBook> = Vec::new();
        for entry in &entries {
            let Some(book) = PriceBook::from_field(entry, errors) else { continue };
            if books.iter().any(|other| other.version == book.version) {
                entry.refuse_inside(&ValidationError { field: "version".into(), kind: ErrorKind::Duplicate }, errors);
            }
            books.push(book);
        }
        if entries.is_empty() {
            field.refuse(ErrorKind::Empty, errors);
        }
        let newest = books.pop()?;
        Some(Self::new(newest, books))
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

#[cfg(test)]
mod tests {
    use super::*;

    const EARLIER: &str = include_str!("../../tests/engine/books/2026-06-01.json");

    #[test]
    fn reads_the_books_of_a_page_with_the_newest_last() {
        let [.., today] = PUBLISHED;
        let history = History::from_json(&format!("[{EARLIER},{today}]")).expect("valid");
        assert_eq!(history.newest(), &PriceBook::built_in().expect("valid"));
        assert_eq!(history.known_versions().collect::<Vec<_>>(), ["2026-06-01", "2026-11-22"]);
    }

    #[test]
    fn names_the_place_of_what_a_page_cannot_use() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let errors = History::from_json(text).expect_err("errors");
            let found: Vec<(&str, &str)> = errors.iter().map(|error| (error.field.as_str(), error.kind.code())).collect();
            assert_eq!(found, expected, "{text:.40}");
        };
        check("", &[("price_books", "not_json")]);
        check("{}", &[("price_books", "wrong_type")]);
        check("[]", &[("price_books", "empty")]);
        check(&format!("[{EARLIER},{EARLIER}]"), &[("price_books[1].version", "duplicate")]);
        let price = EARLIER.replace("\"450\"", "\"4,50\"").replace("\"USD\"", "\"\"");
        check(
            &format!("[{price}]"),
            &[("price_books[0].currency", "empty"), ("price_books[0].services[0].packages[0].price", "malformed_decimal")],
        );
    }
}
