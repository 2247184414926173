//! How does an estimate stand today?
//!
//! The total as it was quoted, by the prices it was quoted with where they are known, and by today's.

use crate::link::{BookStamp, Opened};
use crate::price_book::PriceBook;
use crate::price_book::changes::{Change, changes_of};
use crate::price_book::history::History;
use crate::problem::ValidationError;
use crate::quote::{Quote, quote};
use crate::scenario::Scenario;

/// An estimate, then and now.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceCheck {
    /// By today's prices; for an estimate with a price book of its own, by those.
    pub today: Result<Quote, Vec<ValidationError>>,
    /// What has become of the prices that it was quoted with.
    pub prices: Prices,
    /// Does the total that it says follow from those prices?
    pub quoted_total: QuotedTotal,
}

/// What has become of the prices of an estimate.
#[derive(Debug, Clone, PartialEq)]
pub enum Prices {
    /// It does not say by which prices it was quoted.
    Unsaid,
    /// They are today's.
    Unchanged,
    /// They were published, and are no longer today's.
    Changed {
        /// The version of the book then.
        version: String,
        /// By the prices of then; an error where that book cannot answer it.
        then: Box<Result<Quote, Vec<ValidationError>>>,
        /// What changed since, for the estimate's service; empty where only other services' prices did.
        changes: Vec<Change>,
    },
    /// No published book of that version has such prices.
    Unknown(BookStamp),
}

/// Does what an estimate says it was quoted at follow from the prices that it says?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotedTotal {
    /// It says no total, or the prices are not known.
    Unknown,
    /// To the cent.
    Matches,
    /// The total was not computed like this: the link was edited by hand, or made by another version of Callmix.
    Differs,
}

impl PriceCheck {
    /// Compares; `again` reads the same estimate by another price book.
    pub(super) fn of(opened: &Opened, history: &History, again: impl Fn(&PriceBook) -> Option<Scenario>) -> Self {
        let newest = history.newest();
        let today = quote(&opened.scenario, newest);
        let current = opened.scenario.book(newest);
        let prices = match &opened.book {
            None => Prices::Unsaid,
            // Equal prices are equal, whatever the version is called.
            Some(stamp) if stamp.hash == current.hash() => Prices::Unchanged,
            Some(stamp) => match history.published(&stamp.version, &stamp.hash).filter(|_| opened.scenario.price_book.is_none()) {
                Some(book) => {
                    let scenario = again(book).unwrap_or_else(|| opened.scenario.clone());
                    let service = scenario.service.as_deref();
                    let id = book.service(service).or(newest.service(service)).map_or("", |service| service.id());
                    Prices::Changed {
                        version: book.version().into(),
                        then: Box::new(quote(&scenario, book)),
                        changes: changes_of(id, book, newest),
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
            (Some(Ok(quote)), Some(quoted)) if quote.total.to_string() == quoted.to_string() => QuotedTotal::Matches,
            (Some(_), Some(_)) => QuotedTotal::Differs,
        };
        Self { today, prices, quoted_total }
    }
}
