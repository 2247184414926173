//! What does a link say, whatever comes in?
//!
//! Takes the pairs apart, lets the scenario's own gate judge the values, and drops what it refuses until the rest is
//! a scenario. Nothing is dropped in silence.

use super::{Amount, BookStamp, Ignored, KEYS, Key, MAX_NAMED, MAX_VALUE_BYTES, Opened, VERSION, Why, encoding, values};
use crate::json::Node;
use crate::notes::{Notes, disguises};
use crate::order;
use crate::price_book::{MAX_CALLS, PriceBook};
use crate::problem::ErrorKind;
use crate::scenario::Scenario;
use crate::usage::{Profile, Usage};

/// The most characters of an unknown key that are named.
const MAX_KEY_CHARACTERS: usize = 40;

/// What is named as not used so far, and how many more are not.
#[derive(Default)]
struct Unused {
    named: Vec<Ignored>,
    further: usize,
}

impl Unused {
    fn push(&mut self, key: &str, why: Why) {
        if self.named.len() == MAX_NAMED {
            self.further += 1;
            return;
        }
        // Letters, digits and signs may be anything; what remains is text that a page can show.
        let shown = encoding::decoded(key).unwrap_or_else(|| key.into());
        let key = shown.chars().take(MAX_KEY_CHARACTERS).map(|c| if disguises(c) { char::REPLACEMENT_CHARACTER } else { c });
        self.named.push(Ignored { key: key.collect(), why });
    }
}

/// The values of a link by key.
struct Values(Vec<(Key, &'static str, String)>);

impl Values {
    fn get(&self, key: Key) -> Option<&str> {
        self.0.iter().find(|(of, ..)| *of == key).map(|(.., value)| value.as_str())
    }
}

/// What the fragment of an address says, with or without its `#`, by today's price book. Never fails: what cannot be
/// used is named in [`Opened::ignored`].
///
/// ```
/// use callmix::link::read;
/// use callmix::price_book::PriceBook;
/// let opened = read("#v=1&calls=300&free=5x", &PriceBook::built_in().unwrap());
/// assert_eq!((opened.scenario.usage.total(), opened.ignored[0].key.as_str()), (300, "free"));
/// ```
pub fn read(fragment: &str, built_in: &PriceBook) -> Opened {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let mut unused = Unused::default();
    let values = values_of(fragment, &mut unused);
    match values.get(Key::Version) {
        Some(VERSION) => {}
        Some(_) => unused.push("v", Why::OtherVersion),
        None if fragment.is_empty() => {}
        None => unused.push("v", Why::NoVersion),
    }
    let usage = usage(&values, &mut unused);
    let scenario = scenario(usage.unwrap_or_else(no_calls), &values, built_in, &mut unused);
    let mut notes = Notes::default();
    let (mut book, mut quoted) = (None, None);
    for (key, name, value) in &values.0 {
        match key {
            Key::Note(field) => {
                if let Err(kind) = notes.set(*field, value) {
                    unused.push(name, Why::Refused(kind));
                }
            }
            Key::Book => {
                book = value.rsplit_once(',').and_then(|(version, hash)| BookStamp::parse(version, hash));
                if book.is_none() {
                    unused.push(name, Why::Form { example: "2026-11-22,1a2b3c4d" });
                }
            }
            Key::Quoted => {
                quoted = Amount::parse(value);
                if quoted.is_none() {
                    unused.push(name, Why::Form { example: "1260.00" });
                }
            }
            _ => {}
        }
    }
    let Unused { named: ignored, further: further_ignored } = unused;
    Opened { scenario, has_usage: usage.is_ok(), notes, book, quoted, ignored, further_ignored }
}

/// The values that are text, each key once.
fn values_of(fragment: &str, unused: &mut Unused) -> Values {
    let mut found = Values(Vec::new());
    for pair in fragment.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').map_or((pair, None), |(key, value)| (key, Some(value)));
        let decoded_key = encoding::decoded(key);
        let known = KEYS.iter().find(|(_, name)| decoded_key.as_deref() == Some(name));
        let why = match (known, value) {
            (None, _) => Why::UnknownKey,
            (Some((known, _)), _) if found.get(*known).is_some() => Why::Doubled,
            (Some(_), None) => Why::NoValue,
            (Some(_), Some(value)) if value.len() > MAX_VALUE_BYTES => Why::TooLong { most: MAX_VALUE_BYTES },
            (Some((known, name)), Some(value)) => match encoding::decoded(value) {
                Some(text) => {
                    found.0.push((*known, *name, text.into_owned()));
                    continue;
                }
                None => Why::NotText,
            },
        };
        unused.push(key, why);
    }
    order::by_key(&mut found.0, |(key, ..)| KEYS.iter().position(|(other, _)| other == key).unwrap_or(KEYS.len()) as u128);
    found
}

/// The calls by month; without them the profile that they would have.
fn usage(values: &Values, unused: &mut Unused) -> Result<Usage, Profile> {
    let mut refuse = |key, why| unused.push(key, why);
    if let Some(months) = values.get(Key::Months) {
        let months = values::twelve(months)
            .and_then(|months| Usage::monthly(months).ok_or(Why::Refused(ErrorKind::YearAboveLimit { most: MAX_CALLS })));
        match months {
            Ok(usage) => {
                for (key, name) in [(Key::Calls, "calls"), (Key::Profile, "profile")] {
                    if values.get(key).is_some() {
                        refuse(name, Why::Superseded { by: "m" });
                    }
                }
                return Ok(usage);
            }
            Err(why) => refuse("m", why),
        }
    }
    let mut profile = Profile::Even;
    if let Some(name) = values.get(Key::Profile) {
        match values::profile(name) {
            Ok(named) => profile = named,
            Err(why) => refuse("profile", why),
        }
    }
    let Some(calls) = values.get(Key::Calls) else { return Err(profile) };
    match values::whole(calls, 0, MAX_CALLS) {
        Ok(calls) => Usage::yearly(calls, profile).ok_or(profile),
        Err(why) => {
            refuse("calls", why);
            Err(profile)
        }
    }
}

fn no_calls(profile: Profile) -> Usage {
    // Zero calls are within every limit, so this goes round once.
    loop {
        if let Some(usage) = Usage::yearly(0, profile) {
            return usage;
        }
    }
}

/// The scenario of these calls and of every value that its gate accepts.
fn scenario(usage: Usage, values: &Values, built_in: &PriceBook, unused: &mut Unused) -> Scenario {
    let mut fields: Vec<(&'static str, &'static str, Node)> = Vec::new();
    for (key, name, value) in &values.0 {
        match values::field(*key, value) {
            Ok(None) => {}
            Ok(Some((field, node))) => match fields.iter().find(|(_, taken, _)| *taken == field) {
                Some((by, ..)) => unused.push(name, Why::Superseded { by }),
                None => fields.push((name, field, node)),
            },
            Err(why) => unused.push(name, why),
        }
    }
    // Each round drops at least one field, or ends.
    while !fields.is_empty() {
        let months = Node::object([("monthly", Node::wholes(&usage.months()))]);
        let given = fields.iter().map(|(_, field, node)| ((*field).into(), node.clone()));
        let document = Node::object_of(std::iter::once(("usage".into(), months)).chain(given).collect()).document();
        let errors = match Scenario::from_node(&document, built_in) {
            Ok(scenario) => return Scenario { usage, ..scenario },
            Err(errors) => errors,
        };
        let fault_of = |field: &str| errors.iter().find(|error| is_within(&error.field, field)).map(|error| error.kind.clone());
        let before = fields.len();
        fields.retain(|(name, field, _)| match fault_of(field) {
            Some(kind) => {
                unused.push(name, Why::Refused(kind));
                false
            }
            None => true,
        });
        if fields.len() == before {
            break;
        }
    }
    Scenario::new(usage)
}

/// Is `path` the field or a part of it?
fn is_within(path: &str, field: &str) -> bool {
    path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
