//! Keys of links: the one table by which links are written and read.
//!
//! The element's attributes, their types, the embed dialog and the documentation list these keys too;
//! `tests/engine/link_keys.rs` compares them with this table.
//!
//! In a link of several services, the keys of line 2 end in `.2`, up to 20. The calls of an API have its id behind a point as
//! well, and the id may be a number. So a link has several lines only where it has a `service.2` or another number there: without
//! one, `calls.2` is the API `2` of the one line, as before there were lines; with one, it is the calls of line 2. An API of
//! line 1 whose id ends like a line number is followed by `.1`: `calls.2.1` is the API `2` of line 1, and `calls.2.2` that of line 2.

use crate::estimate::MOST_LINES;
use crate::notes::NoteField;

/// A key of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkKey {
    Version,
    Check,
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
    Orders,
    Buy,
    ConcurrentMonths,
    Secs,
    Busy,
    Service,
    Note(NoteField),
    Budget,
    Book,
    Quoted,
}

/// All keys with their names, in the order in which they are written.
pub(super) const KEYS: [(LinkKey, &str); 29] = [
    (LinkKey::Version, "v"),
    (LinkKey::Check, "check"),
    (LinkKey::Calls, "calls"),
    (LinkKey::Months, "m"),
    (LinkKey::Profile, "profile"),
    (LinkKey::Start, "start"),
    (LinkKey::Free, "free"),
    (LinkKey::Owned, "owned"),
    (LinkKey::Postpaid, "postpaid"),
    (LinkKey::Tier, "tier"),
    (LinkKey::Slots, "slots"),
    (LinkKey::Queued, "queued"),
    (LinkKey::Live, "live"),
    (LinkKey::Discount, "discount"),
    (LinkKey::Orders, "orders"),
    (LinkKey::Buy, "buy"),
    (LinkKey::ConcurrentMonths, "conc"),
    (LinkKey::Secs, "secs"),
    (LinkKey::Busy, "busy"),
    (LinkKey::Service, "service"),
    (LinkKey::Note(NoteField::Customer), "customer"),
    (LinkKey::Note(NoteField::Sender), "by"),
    (LinkKey::Note(NoteField::Title), "title"),
    (LinkKey::Note(NoteField::Reference), "ref"),
    (LinkKey::Note(NoteField::Note), "note"),
    (LinkKey::Note(NoteField::ValidUntil), "until"),
    (LinkKey::Budget, "budget"),
    (LinkKey::Book, "book"),
    (LinkKey::Quoted, "quoted"),
];

impl LinkKey {
    /// Its name in a link.
    pub(super) fn name(self) -> &'static str {
        KEYS.iter().find(|(key, _)| *key == self).map_or("", |(_, name)| name)
    }

    /// The key with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        KEYS.iter().find(|(_, known)| *known == name).map(|(key, _)| *key)
    }

    /// Whether each line may have it.
    pub(super) fn is_of_line(self) -> bool {
        self.scope() == KeyScope::Scenario
    }

    /// Whether it belongs to all lines together, and so stands with the first.
    pub(super) fn is_of_whole(self) -> bool {
        matches!(self, Self::Start | Self::Postpaid | Self::Orders)
    }

    /// Whether an API may be named behind it.
    fn may_have_api(self) -> bool {
        matches!(self, Self::Calls | Self::Months)
    }

    fn scope(self) -> KeyScope {
        match self {
            Self::Version | Self::Check => KeyScope::Link,
            Self::Calls | Self::Months | Self::Profile | Self::Start | Self::Free | Self::Owned | Self::Postpaid | Self::Tier => {
                KeyScope::Scenario
            }
            Self::Slots
            | Self::Queued
            | Self::Live
            | Self::Discount
            | Self::Orders
            | Self::Buy
            | Self::ConcurrentMonths
            | Self::Secs
            | Self::Busy
            | Self::Service => KeyScope::Scenario,
            Self::Note(_) => KeyScope::Notes,
            Self::Budget | Self::Book | Self::Quoted => KeyScope::Quote,
        }
    }
}

/// The name of a key in a link: `calls`, `calls.hd`, `free.2`, `calls.hd.2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyName<'a> {
    pub key: LinkKey,
    pub api: Option<&'a str>,
    /// The number of the line, from 1. It may be above the most lines.
    pub line: usize,
}

impl<'a> KeyName<'a> {
    /// Reads the name of a key, in a link that has several lines or not.
    pub(super) fn parse(name: &'a str, has_lines: bool) -> Option<Self> {
        if let Some(key) = LinkKey::named(name) {
            return Some(Self { key, api: None, line: 1 });
        }
        let (key, behind) = name.split_once('.')?;
        let key = LinkKey::named(key).filter(|key| key.is_of_line())?;
        if !key.may_have_api() {
            let line = line_number(behind).filter(|&line| line > 1)?;
            return Some(Self { key, api: None, line });
        }
        let (api, line) = if has_lines { api_and_line(behind) } else { (Some(behind), 1) };
        Some(Self { key, api, line })
    }
}

/// An API and its line, as they stand behind a point in a link of several lines.
fn api_and_line(text: &str) -> (Option<&str>, usize) {
    let within = |number: &str| line_number(number).filter(|&line| line <= MOST_LINES);
    match text.rsplit_once('.') {
        Some((api, number)) => within(number).map_or((Some(text), 1), |line| (Some(api), line)),
        None => within(text).filter(|&line| line > 1).map_or((Some(text), 1), |line| (None, line)),
    }
}

/// What stands behind `calls` or `m` for an API of a line, in a link that has several lines or not.
pub(super) fn behind_api(id: &str, line: usize, has_lines: bool) -> String {
    let is_clear = line == 1 && (!has_lines || api_and_line(id) == (Some(id), 1));
    if is_clear { format!(".{id}") } else { format!(".{id}.{line}") }
}

/// Whether the name of a key shows that a link has several lines.
pub(super) fn begins_line(name: &str) -> bool {
    KeyName::parse(name, false).is_some_and(|name| name.key == LinkKey::Service && (2..=MOST_LINES).contains(&name.line))
}

/// The number of a line, from 1, with at most four digits.
fn line_number(text: &str) -> Option<usize> {
    let is_plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| is_plain)
}

/// What a key of links describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyScope {
    /// The link as a whole.
    Link,
    /// The scenario.
    Scenario,
    /// The sender's notes.
    Notes,
    /// The quote that was sent.
    Quote,
}

/// The names of all keys and what they describe, in the order in which they are written.
pub fn keys() -> impl Iterator<Item = (&'static str, KeyScope)> {
    KEYS.iter().map(|(key, name)| (*name, key.scope()))
}
