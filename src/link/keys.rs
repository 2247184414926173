//! Keys of links: the one table by which links are written and read.
//!
//! The element's attributes, their types, the embed dialog and the documentation list these keys too;
//! `tests/engine/link_keys.rs` compares them with this table.

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
    Service,
    Note(NoteField),
    Budget,
    Book,
    Quoted,
}

/// All keys with their names, in the order in which they are written.
pub(super) const KEYS: [(LinkKey, &str); 27] = [
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
            | Self::Service => KeyScope::Scenario,
            Self::Note(_) => KeyScope::Notes,
            Self::Budget | Self::Book | Self::Quoted => KeyScope::Quote,
        }
    }
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
