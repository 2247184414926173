//! Links: an estimate in the fragment of the page's address.
//!
//! A link is `key=value` pairs that a person can read: the scenario, the sender's notes, the price book of the quote and the
//! quoted total, but no prices. [`write()`] is canonical: the same estimate always gives the same link, without values that
//! are defaults. [`read()`] accepts any text: it repairs damage from mail and chats, uses what it understands, and names
//! the rest with the reason. Comparing with today's prices is left to [`import`](crate::import). Source: the contract, "Links".
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
mod reading;
mod repair;
mod values;

use std::fmt;

use crate::money::{Decimal, Money};
use crate::notes::Notes;
use crate::planner::Orders;
use crate::price_book::PriceBook;
use crate::problem::ErrorKind;
use crate::quote::Quote;
use crate::scenario::serialize::short;
use crate::scenario::{ApiUsage, Scenario};
use crate::settlement::Postpaid;
use crate::usage::Profile;
use keys::{KEYS, LinkKey};
pub use keys::{KeyScope, keys};
pub use reading::read;
pub use repair::is_link;
pub(crate) use repair::{mentions_link, pasted};

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
    /// Whether it gives calls.
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
        !given && self.scenario.usage().profile() == Profile::Even && self.scenario == Scenario::new(*self.scenario.usage())
    }

    /// The link of the estimate.
    ///
    /// # Errors
    /// The estimate has no link, for this reason.
    pub fn link(&self) -> Result<String, NoLink> {
        write(&self.scenario, &self.notes, self.budget, self.book.as_ref(), self.quoted.as_ref())
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

impl BookStamp {
    /// The price book of a quote.
    pub fn of(quote: &Quote) -> Self {
        Self { version: quote.price_book.version.clone(), hash: quote.price_book.hash.clone() }
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
        needed: &'static str,
    },
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

/// The link of an estimate, without `#`. Whether the quote includes insights is not part of it.
///
/// # Errors
/// The estimate has no link, for this reason.
///
/// ```
/// use callmix::link::write;
/// use callmix::notes::Notes;
/// use callmix::price_book::PriceBook;
/// use callmix::scenario::Scenario;
/// use callmix::usage::{Profile, Usage};
/// let year = Scenario::builder(Usage::yearly(300, Profile::Growing).unwrap());
/// let scenario = year.free_calls(5).build(&PriceBook::built_in().unwrap()).unwrap();
/// assert_eq!(write(&scenario, &Notes::default(), None, None, None), Ok("v=1&check=96413fbd&calls=300&profile=growing&free=5".into()));
/// ```
pub fn write(
    scenario: &Scenario,
    notes: &Notes,
    budget: Option<Decimal>,
    book: Option<&BookStamp>,
    quoted: Option<&Amount>,
) -> Result<String, NoLink> {
    if scenario.price_book().is_some() {
        return Err(NoLink::OwnPriceBook);
    }
    let mut checked = String::new();
    let mut push = |name: &str, value: &str| {
        if !checked.is_empty() {
            checked.push('&');
        }
        checked.extend([name, "=", value]);
    };
    for (key, name) in KEYS {
        if key == LinkKey::Calls {
            for api in scenario.apis() {
                let (key, value) = values::api(&api.usage);
                push(&[key.name(), ".", &encoding::encoded(&api.id)].concat(), &encoding::encoded(&value));
            }
        }
        let value = match key {
            LinkKey::Budget => budget.map(short),
            LinkKey::Book => book.map(|stamp| format!("{},{}", stamp.version, stamp.hash)),
            LinkKey::Quoted => quoted.map(ToString::to_string),
            LinkKey::Note(field) => Some(notes.get(field)).filter(|text| !text.is_empty()),
            _ => value_of(key, scenario),
        };
        let Some(value) = value.map(|value| encoding::encoded(&value)) else { continue };
        if value.len() > MAX_VALUE_BYTES {
            return Err(NoLink::TooLong);
        }
        push(name, &value);
    }
    let checked = encoding::with_firm_end(checked);
    Ok(format!("v={VERSION}&check={}&{checked}", check::digits(&checked)))
}

/// The value of a key in a scenario, if it is not the default.
fn value_of(key: LinkKey, scenario: &Scenario) -> Option<String> {
    let has_apis = !scenario.apis().is_empty();
    // Of several APIs, those given by the year share one profile.
    let by_year = |api: &&ApiUsage| values::profile_name(api.usage.profile()).is_some();
    let profile = scenario.apis().iter().find(by_year).map_or(scenario.usage().profile(), |api| api.usage.profile());
    let own = matches!(profile, Profile::Own(_));
    match key {
        LinkKey::Calls | LinkKey::Months if has_apis => None,
        LinkKey::Calls => (!own).then(|| scenario.usage().total().to_string()),
        LinkKey::Months => own.then(|| values::listed(&scenario.usage().months())),
        LinkKey::Profile => values::profile_name(profile),
        LinkKey::Start => scenario.start().map(|start| start.to_string()),
        LinkKey::Free => (scenario.free_calls() > 0).then(|| scenario.free_calls().to_string()),
        LinkKey::Owned => (!scenario.owned_packages().is_empty()).then(|| values::owned(scenario.owned_packages())),
        LinkKey::Postpaid => (scenario.postpaid() == Postpaid::Off).then(|| "off".into()),
        LinkKey::Tier => scenario.tier_basis().map(|basis| basis.code().into()),
        LinkKey::Slots | LinkKey::Queued | LinkKey::Live => {
            let (of, value) = values::concurrency(scenario.concurrency()?);
            (of == key).then_some(value)
        }
        LinkKey::Discount => (!scenario.discount().is_zero()).then(|| values::discount(scenario.discount())),
        LinkKey::Orders => (scenario.orders() == Orders::Once).then(|| scenario.orders().code().into()),
        LinkKey::Buy => scenario.plan().map(|plan| values::purchases(&plan.purchases)),
        LinkKey::ConcurrentMonths => {
            let months = &scenario.plan()?.concurrent_months;
            (!months.is_empty()).then(|| values::listed(&months.iter().map(|&month| month.into()).collect::<Vec<_>>()))
        }
        LinkKey::Service => scenario.service().map(Into::into),
        LinkKey::Version | LinkKey::Check | LinkKey::Note(_) | LinkKey::Budget | LinkKey::Book | LinkKey::Quoted => None,
    }
}
