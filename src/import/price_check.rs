//! The price check of an imported estimate.
//!
//! Compares the quoted total with the total by the price book it was quoted with, if that was published, and by today's.

use crate::estimate::AnyQuote;
use crate::link::{BookStamp, Opened};
use crate::price_book::PriceBook;
use crate::price_book::changes::{Change, changes_of};
use crate::price_book::history::History;
use crate::problem::ValidationError;
use crate::scenario::Scenario;

/// What an estimate costs today, and whether its quoted total still holds.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceCheck {
    /// The quote by today's prices, or by the estimate's own price book.
    pub today: Result<AnyQuote, Vec<ValidationError>>,
    /// What became of the prices that it was quoted with.
    pub prices: Prices,
    /// Whether those prices give the quoted total.
    pub quoted_total: QuotedTotal,
}

/// What became of the prices that an estimate was quoted with.
#[derive(Debug, Clone, PartialEq)]
pub enum Prices {
    /// The estimate does not name them.
    Unsaid,
    /// They are today's prices.
    Unchanged,
    /// They were published, and have been replaced.
    Changed {
        /// The version of the earlier price book.
        version: String,
        /// The quote by the earlier price book, or its errors.
        then: Box<Result<AnyQuote, Vec<ValidationError>>>,
        /// The changes to the estimate's services since then; empty if only other services changed.
        changes: Vec<Change>,
    },
    /// No price book with this version and hash was published.
    Unknown(BookStamp),
}

/// Whether the quoted total follows from the prices that the estimate names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotedTotal {
    /// There is no quoted total, or the prices are not known.
    Unknown,
    /// The totals are equal.
    Matches,
    /// The totals differ: the link was edited by hand, or written by another version of Callmix.
    Differs,
}

impl PriceCheck {
    /// Checks an estimate; `again` reads the same estimate against another price book.
    pub(super) fn of(opened: &Opened, history: &History, again: impl Fn(&PriceBook) -> Option<Vec<Scenario>>) -> Self {
        let newest = history.newest();
        let today = AnyQuote::of(&opened.lines(), newest);
        let current = opened.scenario.book(newest);
        let prices = match &opened.book {
            None => Prices::Unsaid,
            // Only the prices count, not the name of their version.
            Some(stamp) if stamp.hash == current.hash() => Prices::Unchanged,
            Some(stamp) => match history.published(&stamp.version, &stamp.hash).filter(|_| opened.scenario.price_book().is_none()) {
                Some(book) => {
                    let lines = again(book).unwrap_or_else(|| opened.lines());
                    let of_line = |line: &Scenario| {
                        let service = book.service(line.service()).or(newest.service(line.service()));
                        changes_of(service.map_or("", |service| service.id()), book, newest)
                    };
                    Prices::Changed {
                        version: book.version().into(),
                        then: Box::new(AnyQuote::of(&lines, book)),
                        changes: lines.iter().flat_map(of_line).collect(),
                    }
                }
                None => Prices::Unknown(stamp.clone()),
            },
        };
        let by_its_prices = match &prices {
            Prices::Unsaid | Prices::Unknown(_) => None,
            Prices::Unchanged => Some(&today),
            Prices::Changed { then, .. } => Some(then.as_ref()),
        };
        let quoted_total = match (by_its_prices, &opened.quoted) {
            (None, _) | (_, None) => QuotedTotal::Unknown,
            (Some(Ok(quote)), Some(quoted)) if quote.total().to_string() == quoted.to_string() => QuotedTotal::Matches,
            (Some(_), Some(_)) => QuotedTotal::Differs,
        };
        Self { today, prices, quoted_total }
    }
}
