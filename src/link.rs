//! How does an estimate travel in an address?
//!
//! A link carries the whole question, the sender's notes, which prices it was answered by and the total, in the
//! fragment of the page's address, as readable `key=value` pairs. It carries no prices. [`write()`] is canonical: the
//! same estimate always gives the same link, with everything left out that says nothing. [`read()`] takes whatever
//! comes in: what it does not understand is named with the reason, and the rest is used. What the prices have done
//! since is left to [`reopen`](crate::reopen). Source: the contract's links.
//!
//! Letters, digits, `-`, `.` and `,` stand for themselves; everything else is percent-encoded as UTF-8, so that
//! chat programs and Markdown neither cut the link nor read emphasis, brackets or quotes into it. At the very end of
//! a link, where they are taken for the sentence's own, `-`, `.` and `,` are encoded too.

mod encoding;
mod reading;
mod values;

use std::fmt;

use crate::money::Money;
use crate::notes::{NoteField, Notes};
use crate::price_book::PriceBook;
use crate::problem::ErrorKind;
use crate::quote::Quote;
use crate::scenario::Scenario;
use crate::settlement::Postpaid;
use crate::usage::Profile;
pub use reading::read;

/// The version of links that is written, and understood without reserve.
const VERSION: &str = "1";
/// The longest value that is read or written, in bytes as it stands in the link.
const MAX_VALUE_BYTES: usize = 16_000;
/// The most things that are named as not used; the rest are counted.
const MAX_NAMED: usize = 20;

/// What a link says, as far as it is understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// What is asked. Without [`has_usage`](Self::has_usage) its usage stands for nothing: zero calls.
    pub scenario: Scenario,
    /// Were there calls that could be used?
    pub has_usage: bool,
    /// What the sender says about it.
    pub notes: Notes,
    /// By which prices it was quoted.
    pub book: Option<BookStamp>,
    /// What it was quoted at.
    pub quoted: Option<Amount>,
    /// What was not used, at most 20 of them.
    pub ignored: Vec<Ignored>,
    /// How many more were not used.
    pub further_ignored: usize,
}

impl Opened {
    /// Does it say nothing at all, as an address without a fragment does?
    pub fn is_blank(&self) -> bool {
        self.says_nothing() && self.ignored.is_empty()
    }

    /// Is any of it what only a link of ours says? A stray anchor, such as `#top`, is none.
    pub fn understands_anything(&self) -> bool {
        let strange = |ignored: &Ignored| matches!(ignored.why, Why::UnknownKey | Why::NoVersion);
        !self.says_nothing() || !self.ignored.iter().all(strange)
    }

    fn says_nothing(&self) -> bool {
        let said = self.has_usage || self.book.is_some() || self.quoted.is_some() || !self.notes.is_empty();
        !said && self.scenario.usage.profile() == Profile::Even && self.scenario == Scenario::new(self.scenario.usage)
    }

    /// The link that says this.
    ///
    /// # Errors
    /// Why there is none.
    pub fn link(&self) -> Result<String, NoLink> {
        write(&self.scenario, &self.notes, self.book.as_ref(), self.quoted.as_ref())
    }
}

/// The prices that an estimate was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookStamp {
    /// Of the price book.
    pub version: String,
    /// Of its prices, eight hexadecimal digits.
    pub hash: String,
}

impl BookStamp {
    /// The stamp of what was quoted.
    pub fn of(quote: &Quote) -> Self {
        Self { version: quote.price_book.version.clone(), hash: quote.price_book.hash.clone() }
    }

    /// Is this the stamp of `book`?
    pub fn is_of(&self, book: &PriceBook) -> bool {
        self.version == book.version() && self.hash == book.hash()
    }

    /// The stamp, where both parts are what a stamp has.
    pub(crate) fn parse(version: &str, hash: &str) -> Option<Self> {
        const MOST_CHARACTERS: usize = 100;
        let named =
            !version.trim().is_empty() && version.chars().count() <= MOST_CHARACTERS && !version.chars().any(crate::notes::disguises);
        let hashed = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        (named && hashed).then(|| Self { version: version.into(), hash: hash.into() })
    }
}

/// An amount as it was quoted, of any size, in the price book's currency. Written like every amount: at least two
/// decimals, no zeros that say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount(String);

impl Amount {
    /// Reads digits with up to 13 decimals.
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

/// A part of a link that was not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The key, at most 40 characters of it, with none that could disguise other text.
    pub key: String,
    /// Why.
    pub why: Why,
}

/// Why a part of a link was not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No link of this version has such a key.
    UnknownKey,
    /// The key stands there a second time; the first counts.
    Doubled,
    /// The key has no `=` and no value.
    NoValue,
    /// The link does not say its version; it was read as version 1.
    NoVersion,
    /// The link is of another version; it was read as far as version 1 goes.
    OtherVersion,
    /// The value's bytes are no text.
    NotText,
    /// The value has more than so many bytes.
    TooLong {
        /// As it stands in the link.
        most: usize,
    },
    /// The value is not of the key's form.
    Form {
        /// A value that is.
        example: &'static str,
    },
    /// Another key says it already.
    Superseded {
        /// The key that counts.
        by: &'static str,
    },
    /// The value is of the right form, and cannot be.
    Refused(ErrorKind),
}

/// Why an estimate has no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoLink {
    /// It was made with a price book of its own, and links carry no prices.
    OwnPriceBook,
    /// It has more owned packages than a link can hold.
    TooLong,
}

/// A key of links; this is also their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Version,
    Calls,
    Months,
    Profile,
    Start,
    Free,
    Owned,
    Postpaid,
    Tier,
    Slots,
    Queued,
    Live,
    Discount,
    Service,
    Note(NoteField),
    Book,
    Quoted,
}

/// All keys, in order.
const KEYS: [(Key, &str); 21] = [
    (Key::Version, "v"),
    (Key::Calls, "calls"),
    (Key::Months, "m"),
    (Key::Profile, "profile"),
    (Key::Start, "start"),
    (Key::Free, "free"),
    (Key::Owned, "owned"),
    (Key::Postpaid, "postpaid"),
    (Key::Tier, "tier"),
    (Key::Slots, "slots"),
    (Key::Queued, "queued"),
    (Key::Live, "live"),
    (Key::Discount, "discount"),
    (Key::Service, "service"),
    (Key::Note(NoteField::Customer), "customer"),
    (Key::Note(NoteField::Title), "title"),
    (Key::Note(NoteField::Reference), "ref"),
    (Key::Note(NoteField::Note), "note"),
    (Key::Note(NoteField::ValidUntil), "until"),
    (Key::Book, "book"),
    (Key::Quoted, "quoted"),
];

/// The link of an estimate, without `#`. What the scenario is to be explained with (`insights`) is no part of it.
///
/// # Errors
/// Why there is none.
///
/// ```
/// use callmix::link::write;
/// use callmix::notes::Notes;
/// use callmix::scenario::Scenario;
/// use callmix::usage::{Profile, Usage};
/// let scenario = Scenario { free_calls: 5, ..Scenario::new(Usage::yearly(300, Profile::Growing).unwrap()) };
/// assert_eq!(write(&scenario, &Notes::default(), None, None), Ok("v=1&calls=300&profile=growing&free=5".into()));
/// ```
pub fn write(scenario: &Scenario, notes: &Notes, book: Option<&BookStamp>, quoted: Option<&Amount>) -> Result<String, NoLink> {
    if scenario.price_book.is_some() {
        return Err(NoLink::OwnPriceBook);
    }
    let mut link = String::new();
    for (key, name) in KEYS {
        let value = match key {
            Key::Book => book.map(|stamp| format!("{},{}", stamp.version, stamp.hash)),
            Key::Quoted => quoted.map(ToString::to_string),
            Key::Note(field) => Some(notes.get(field)).filter(|text| !text.is_empty()),
            _ => value_of(key, scenario),
        };
        let Some(value) = value.map(|value| encoding::encoded(&value)) else { continue };
        if value.len() > MAX_VALUE_BYTES {
            return Err(NoLink::TooLong);
        }
        if !link.is_empty() {
            link.push('&');
        }
        link.extend([name, "=", &value]);
    }
    Ok(encoding::with_firm_end(link))
}

/// The value that a scenario gives to a key, where it differs from the default.
fn value_of(key: Key, scenario: &Scenario) -> Option<String> {
    let profile = scenario.usage.profile();
    let own = matches!(profile, Profile::Own(_));
    match key {
        Key::Version => Some(VERSION.into()),
        Key::Calls => (!own).then(|| scenario.usage.total().to_string()),
        Key::Months => own.then(|| values::listed(&scenario.usage.months())),
        Key::Profile => values::profile_name(profile).map(Into::into),
        Key::Start => scenario.start.map(|start| start.to_string()),
        Key::Free => (scenario.free_calls > 0).then(|| scenario.free_calls.to_string()),
        Key::Owned => (!scenario.owned_packages.is_empty()).then(|| values::owned(&scenario.owned_packages)),
        Key::Postpaid => (scenario.postpaid == Postpaid::Off).then(|| "off".into()),
        Key::Tier => scenario.tier_basis.map(|basis| basis.code().into()),
        Key::Slots | Key::Queued | Key::Live => {
            let (of, value) = values::concurrency(scenario.concurrency.as_ref()?);
            (of == key).then_some(value)
        }
        Key::Discount => (!scenario.discount.is_zero()).then(|| values::discount(scenario.discount)),
        Key::Service => scenario.service.clone(),
        Key::Note(_) | Key::Book | Key::Quoted => None,
    }
}
