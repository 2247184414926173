//! Links: an estimate in the fragment of the page's address.
//!
//! A link is `key=value` pairs that a person can read: the scenario, the sender's notes, the price book of the quote and the
//! quoted total, but no prices. [`write()`] is canonical: the same estimate always gives the same link, without values that
//! are defaults. [`read()`] accepts any text: it repairs damage from mail and chats, uses what it understands, and names
//! the rest with the reason. Comparing with today's prices is left to [`import`](crate::import). Source: the contract, "Links".
//!
//! An estimate of several services has a scenario for each line. The first has the keys of a link of one service; those of
//! line 2 end in `.2`. What a group needs stands with its first line, what belongs to the whole with line 1.
//!
//! Letters, digits, `-`, `.` and `,` are not encoded. Everything else is percent-encoded as UTF-8, so that chat programs
//! and Markdown neither cut the link nor find emphasis, brackets or quotes in it. At the end of a link `-`, `.` and `,` are
//! encoded too, because they would be taken for the end of a sentence.
//!
//! Right after the version comes `check`: eight hexadecimal digits over everything behind them, the CRC-32 that zip and PNG
//! use. A link that was cut or edited no longer matches it, and the page reports that. A link written by hand needs none.

mod check;
mod encoding;
mod keys;
mod line;
mod pairs;
mod reading;
mod repair;
mod several;
mod slots;
mod values;
mod writing;

use std::fmt;

use crate::estimate::EstimateQuote;
use crate::money::{Decimal, Money};
use crate::notes::Notes;
use crate::price_book::PriceBook;
use crate::problem::ErrorKind;
use crate::quote::Quote;
use crate::scenario::Scenario;
use crate::usage::Profile;
use keys::{KEYS, LinkKey};
pub use keys::{KeyScope, keys};
pub use reading::read;
pub use repair::is_link;
pub(crate) use repair::{mentions_link, pasted};
pub use writing::write;

/// The version of links.
const VERSION: &str = "1";
/// The longest encoded value, in bytes.
const MAX_VALUE_BYTES: usize = 16_000;
/// The most ignored parts that are named; further ones are counted.
const MAX_NAMED: usize = 20;

/// An estimate that was opened, from a link or from JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The scenario. Without [`has_usage`](Self::has_usage) its usage is a placeholder of zero calls.
    pub scenario: Scenario,
    /// The further lines of an estimate of several services, of which the scenario is the first; empty for one service.
    pub further: Vec<Scenario>,
    /// Whether any of them gives calls.
    pub has_usage: bool,
    /// The sender's notes.
    pub notes: Notes,
    /// The budget whose calls the scenario has.
    pub budget: Option<Decimal>,
    /// The price book that it was quoted with.
    pub book: Option<BookStamp>,
    /// The total that it was quoted at.
    pub quoted: Option<Amount>,
    /// The parts that were ignored, at most 20 of them.
    pub ignored: Vec<Ignored>,
    /// How many further parts were ignored.
    pub further_ignored: usize,
}

impl Opened {
    /// Whether it is empty, as an address without a fragment is.
    pub fn is_blank(&self) -> bool {
        self.has_defaults_only() && self.ignored.is_empty()
    }

    /// Whether any part of it is known to links. In an anchor of another page, such as `#top`, none is.
    pub fn understands_anything(&self) -> bool {
        let is_foreign = |ignored: &Ignored| matches!(ignored.why, Why::UnknownKey | Why::NoVersion);
        !self.has_defaults_only() || !self.ignored.iter().all(is_foreign)
    }

    fn has_defaults_only(&self) -> bool {
        let given = self.has_usage || self.budget.is_some() || self.book.is_some() || self.quoted.is_some() || !self.notes.is_empty();
        !given
            && self.further.is_empty()
            && self.scenario.usage().profile() == Profile::Even
            && self.scenario == Scenario::new(*self.scenario.usage())
    }

    /// The scenario of each line: the first, and the further ones.
    pub fn lines(&self) -> Vec<Scenario> {
        [&self.scenario].into_iter().chain(&self.further).cloned().collect()
    }

    /// The link of the estimate, whose services are those of `built_in`.
    ///
    /// # Errors
    /// The estimate has no link, for this reason.
    pub fn link(&self, built_in: &PriceBook) -> Result<String, NoLink> {
        write(&self.lines(), built_in, &self.notes, self.budget, self.book.as_ref(), self.quoted.as_ref())
    }
}

/// The price book that an estimate was quoted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookStamp {
    /// The version of the price book.
    pub version: String,
    /// The hash of its prices, eight hexadecimal digits.
    pub hash: String,
}

/// An answer, which names the price book that it was made with.
pub trait NamesPriceBook {
    /// The version of the price book.
    fn version(&self) -> &str;
    /// The hash of its prices.
    fn hash(&self) -> &str;
}

impl NamesPriceBook for Quote {
    fn version(&self) -> &str {
        &self.price_book.version
    }

    fn hash(&self) -> &str {
        &self.price_book.hash
    }
}

impl NamesPriceBook for EstimateQuote {
    fn version(&self) -> &str {
        &self.price_book.version
    }

    fn hash(&self) -> &str {
        &self.price_book.hash
    }
}

impl BookStamp {
    /// The price book of an answer.
    pub fn of(quote: &impl NamesPriceBook) -> Self {
        Self { version: quote.version().into(), hash: quote.hash().into() }
    }

    /// Whether `book` is this price book.
    pub fn is_of(&self, book: &PriceBook) -> bool {
        self.version == book.version() && self.hash == book.hash()
    }

    /// A stamp with a version of at most 100 characters and a hash of eight hexadecimal digits; `None` for other texts.
    pub(crate) fn parse(version: &str, hash: &str) -> Option<Self> {
        const MOST_CHARACTERS: usize = 100;
        let named =
            !version.trim().is_empty() && version.chars().count() <= MOST_CHARACTERS && !version.chars().any(crate::notes::disguises);
        let hashed = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        (named && hashed).then(|| Self { version: version.into(), hash: hash.into() })
    }
}

/// A quoted total of any size, in the currency of the price book. It has at least two decimals, and no trailing zeros beyond
/// them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount(String);

impl Amount {
    /// Reads up to 30 digits with up to 13 decimals.
    ///
    /// ```
    /// use callmix::link::Amount;
    /// assert_eq!(Amount::parse("01260").map(|amount| amount.to_string()), Some("1260.00".into()));
    /// assert_eq!(Amount::parse("-1"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole, 30) || !digits(fraction, 13) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        Some(Self(format!("{}.{fraction:0<2}", if whole.is_empty() { "0" } else { whole })))
    }
}

impl From<Money> for Amount {
    fn from(amount: Money) -> Self {
        Self(amount.to_string())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A part of a link that was ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// At most 40 characters of the key, without any that could disguise other text.
    pub key: String,
    /// The reason.
    pub why: Why,
}

/// Why a part of a link was ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The check does not fit: the link was cut or edited. All of it is used as it is.
    Changed,
    /// Links of this version have no such key.
    UnknownKey,
    /// The key is there a second time; the first one counts.
    Doubled,
    /// The key has no `=` and no value.
    NoValue,
    /// The link has no version; it was read as version 1.
    NoVersion,
    /// The link has another version; it was read as version 1.
    OtherVersion,
    /// The bytes of the value are not UTF-8.
    NotText,
    /// The encoded value has more bytes than `most`.
    TooLong {
        /// The limit.
        most: usize,
    },
    /// The value does not have the form that its key needs.
    Form {
        /// A value that has it.
        example: &'static str,
    },
    /// Another key takes its place.
    Superseded {
        /// The key that counts.
        by: String,
    },
    /// The key means nothing without another one.
    Without {
        /// The key that is missing.
        needed: String,
    },
    /// It belongs to all lines together, whose key this is.
    OfWhole {
        /// The key without the number of a line.
        key: &'static str,
    },
    /// It belongs to a line that was left out.
    LeftOut {
        /// The key of the line's service.
        with: String,
    },
    /// The numbers of lines leave out one before this. The line is used as the next one.
    Gap,
    /// The value is not a plain whole number.
    NotPlain {
        /// The number that was most likely meant.
        meant: u64,
    },
    /// The value is invalid.
    Refused(ErrorKind),
}

/// Why an estimate has no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoLink {
    /// It has a price book of its own, and links carry no prices.
    OwnPriceBook,
    /// It has more owned packages than a link can hold.
    TooLong,
}
