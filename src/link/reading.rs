//! The reader of links, which accepts any text.
//!
//! Takes the pairs of keys and values apart, validates them together as a scenario, and leaves out invalid ones until the
//! rest is valid. Everything that is left out is named.

use std::borrow::Cow;

use super::repair::{Repaired, repaired};
use super::values::Setting;
use super::{Amount, BookStamp, Ignored, KEYS, LinkKey, MAX_NAMED, MAX_VALUE_BYTES, Opened, VERSION, Why, encoding, values};
use crate::notes::{Notes, disguises};
use crate::order;
use crate::price_book::PriceBook;
use crate::problem::ErrorKind;
use crate::scenario::{ApiUsage, Scenario, rules};
use crate::usage::{Profile, Usage};

/// The most characters of an unknown key that are repeated.
const MAX_KEY_CHARACTERS: usize = 40;

/// The ignored parts that are named, and the number of further ones.
#[derive(Default)]
struct IgnoredParts {
    named: Vec<Ignored>,
    further: usize,
}

impl IgnoredParts {
    fn push(&mut self, key: &str, why: Why) {
        if self.named.len() == MAX_NAMED {
            self.further += 1;
            return;
        }
        // The key may be anything; this is a text that a page can show.
        let shown = encoding::decoded(key).unwrap_or_else(|| key.into());
        let key = shown.chars().take(MAX_KEY_CHARACTERS).map(|c| if disguises(c) { char::REPLACEMENT_CHARACTER } else { c });
        self.named.push(Ignored { key: key.collect(), why });
    }
}

/// The values of a link by key.
#[derive(Default)]
struct Values {
    of_keys: Vec<(LinkKey, &'static str, String)>,
    /// The calls of APIs, by the year or by month.
    of_apis: Vec<ApiValue>,
}

/// The value of a key such as `calls.hd`.
struct ApiValue {
    name: String,
    key: LinkKey,
    id: String,
    text: String,
}

impl Values {
    fn get(&self, key: LinkKey) -> Option<&str> {
        self.of_keys.iter().find(|(of, ..)| *of == key).map(|(.., value)| value.as_str())
    }
}

/// The estimate in the fragment of an address, with or without its `#`, validated against `built_in`. Never fails: the parts
/// that cannot be used are named in [`Opened::ignored`].
///
/// ```
/// use callmix::link::read;
/// use callmix::price_book::PriceBook;
/// let opened = read("#v=1&calls=300&free=5x", &PriceBook::built_in().unwrap());
/// assert_eq!((opened.scenario.usage().total(), opened.ignored[0].key.as_str()), (300, "free"));
/// ```
pub fn read(fragment: &str, built_in: &PriceBook) -> Opened {
    let Repaired { text, is_changed } = repaired(fragment.strip_prefix('#').unwrap_or(fragment));
    let mut ignored = IgnoredParts::default();
    if is_changed {
        ignored.push("check", Why::Changed);
    }
    let values = values_of(&text, &mut ignored);
    match values.get(LinkKey::Version) {
        Some(VERSION) => {}
        Some(_) => ignored.push("v", Why::OtherVersion),
        None if text.is_empty() => {}
        None => ignored.push("v", Why::NoVersion),
    }
    let usage = usage(&values, &mut ignored);
    let apis = apis(&values, usage, &mut ignored);
    let first_api = apis.first().map(|(name, _)| name.clone());
    let scenario = scenario(usage.unwrap_or_else(no_calls), apis, &values, built_in, &mut ignored);
    if let (Some(by), Ok(_), false) = (first_api, usage, scenario.apis().is_empty()) {
        let given = [LinkKey::Months, LinkKey::Calls].into_iter().find(|key| values.get(*key).is_some());
        given.into_iter().for_each(|key| ignored.push(key.name(), Why::Superseded { by: by.clone() }));
    }
    let has_apis = !scenario.apis().is_empty();
    let has_usage = usage.is_ok() || has_apis;
    let mut notes = Notes::default();
    let (mut budget, mut book, mut quoted) = (None, None, None);
    for (key, name, value) in &values.of_keys {
        match key {
            LinkKey::Note(field) => {
                if let Err(kind) = notes.set(*field, value) {
                    ignored.push(name, Why::Refused(kind));
                }
            }
            // Without calls there would be nothing to quote, and months are no longer what a budget buys.
            LinkKey::Budget if !usage.is_ok_and(|usage| !matches!(usage.profile(), Profile::Own(_))) || has_apis => {
                ignored.push(name, Why::Without { needed: LinkKey::Calls.name() });
            }
            LinkKey::Budget => match values::budget(value) {
                Ok(amount) => budget = Some(amount),
                Err(why) => ignored.push(name, why),
            },
            LinkKey::Book => {
                book = value.rsplit_once(',').and_then(|(version, hash)| BookStamp::parse(version, hash));
                if book.is_none() {
                    ignored.push(name, Why::Form { example: "2026-11-22,1a2b3c4d" });
                }
            }
            LinkKey::Quoted => {
                quoted = Amount::parse(value);
                if quoted.is_none() {
                    ignored.push(name, Why::Form { example: "1260.00" });
                }
            }
            _ => {}
        }
    }
    let IgnoredParts { named: ignored, further: further_ignored } = ignored;
    Opened { scenario, has_usage, notes, budget, book, quoted, ignored, further_ignored }
}

/// The value of each key, where it is text.
fn values_of(fragment: &str, ignored: &mut IgnoredParts) -> Values {
    let mut found = Values::default();
    for pair in fragment.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').map_or((pair, None), |(key, value)| (key, Some(value)));
        let decoded_key = encoding::decoded(key);
        let known = KEYS.iter().find(|(_, name)| decoded_key.as_deref() == Some(name));
        let api = decoded_key.as_deref().and_then(|name| name.split_once('.')).filter(|(key, _)| API_KEYS.contains(key));
        let is_known_api = |(key, id): (&str, &str)| found.of_apis.iter().any(|other| other.key.name() == key && other.id == id);
        let why = match (known, value) {
            (None, _) if api.is_none() => Why::UnknownKey,
            (None, _) if api.is_some_and(is_known_api) => Why::Doubled,
            (Some((known, _)), _) if found.get(*known).is_some() => Why::Doubled,
            (_, None) => Why::NoValue,
            (_, Some(value)) if value.len() > MAX_VALUE_BYTES => Why::TooLong { most: MAX_VALUE_BYTES },
            (_, Some(value)) => match (encoding::decoded(value), known, api) {
                (Some(text), Some((known, name)), _) => {
                    found.of_keys.push((*known, *name, text.into_owned()));
                    continue;
                }
                (Some(text), None, Some((name, id))) => {
                    let key = if name == LinkKey::Months.name() { LinkKey::Months } else { LinkKey::Calls };
                    found.of_apis.push(ApiValue { name: [name, ".", id].concat(), key, id: id.into(), text: text.into_owned() });
                    continue;
                }
                _ => Why::NotText,
            },
        };
        ignored.push(key, why);
    }
    order::by_key(&mut found.of_keys, |(key, ..)| KEYS.iter().position(|(other, _)| other == key).unwrap_or(KEYS.len()) as u128);
    found
}

/// The calls by month; if there are none, the profile that they would have.
fn usage(values: &Values, ignored: &mut IgnoredParts) -> Result<Usage, Profile> {
    let mut refuse = |key: LinkKey, why| ignored.push(key.name(), why);
    if let Some(months) = values.get(LinkKey::Months) {
        match months_of(months) {
            Ok(usage) => {
                for key in [LinkKey::Calls, LinkKey::Profile] {
                    if values.get(key).is_some() {
                        refuse(key, Why::Superseded { by: LinkKey::Months.name().into() });
                    }
                }
                return Ok(usage);
            }
            Err(why) => refuse(LinkKey::Months, why),
        }
    }
    let mut profile = Profile::Even;
    if let Some(name) = values.get(LinkKey::Profile) {
        match values::profile(name) {
            Ok(named) => profile = named,
            Err(why) => refuse(LinkKey::Profile, why),
        }
    }
    let Some(calls) = values.get(LinkKey::Calls) else { return Err(profile) };
    match values::whole(calls, rules::CALLS) {
        Ok(calls) => Usage::yearly(calls, profile).ok_or(profile),
        Err(why) => {
            refuse(LinkKey::Calls, why);
            Err(profile)
        }
    }
}

/// The calls of twelve months.
fn months_of(text: &str) -> Result<Usage, Why> {
    let most = rules::CALLS.most;
    Usage::monthly(values::twelve(text)?).ok_or(Why::Refused(ErrorKind::YearAboveLimit { most }))
}

/// The keys that may name an API behind a point.
const API_KEYS: [&str; 2] = ["calls", "m"];

/// The calls of each API. They take the place of the calls of the service.
fn apis(values: &Values, usage: Result<Usage, Profile>, ignored: &mut IgnoredParts) -> Vec<(String, ApiUsage)> {
    let profile = match usage {
        Err(profile) => profile,
        Ok(usage) => usage.profile(),
    };
    let read = |value: &ApiValue| match value.key {
        LinkKey::Months => months_of(&value.text),
        _ => values::whole(&value.text, rules::CALLS).map(|calls| Usage::yearly(calls, profile).unwrap_or_default()),
    };
    let mut found: Vec<(String, ApiUsage)> = Vec::new();
    // Months count before calls of the year, as for a service.
    let by_month = |value: &&ApiValue| value.key == LinkKey::Months;
    for value in values.of_apis.iter().filter(by_month).chain(values.of_apis.iter().filter(|value| !by_month(value))) {
        match read(value) {
            _ if found.iter().any(|(_, api)| api.id == value.id) => {
                ignored.push(&value.name, Why::Superseded { by: LinkKey::Months.name().into() })
            }
            Ok(usage) => found.push((value.name.clone(), ApiUsage { id: value.id.clone(), usage })),
            Err(why) => ignored.push(&value.name, why),
        }
    }
    found
}

fn no_calls(profile: Profile) -> Usage {
    // No calls are within every limit, so this loop ends at once.
    loop {
        if let Some(usage) = Usage::yearly(0, profile) {
            return usage;
        }
    }
}

/// The scenario with these calls and every valid value.
fn scenario(usage: Usage, apis: Vec<(String, ApiUsage)>, values: &Values, built_in: &PriceBook, ignored: &mut IgnoredParts) -> Scenario {
    let mut settings: Vec<(Cow<'static, str>, Setting)> =
        apis.into_iter().map(|(name, api)| (name.into(), Setting::Api(Box::new(api)))).collect();
    for (key, name, value) in &values.of_keys {
        match Setting::read(*key, value) {
            Ok(None) => {}
            Ok(Some(setting)) => match settings.iter().find(|(_, taken)| taken.field() == setting.field()) {
                Some((by, _)) => ignored.push(name, Why::Superseded { by: by.to_string() }),
                None => settings.push(((*name).into(), setting)),
            },
            Err(why) => ignored.push(name, why),
        }
    }
    // A plan is there where its purchases are.
    let has_plan = settings.iter().any(|(_, setting)| matches!(setting, Setting::Purchases(_)));
    settings.retain(|(name, setting)| {
        let is_lost = !has_plan && matches!(setting, Setting::ConcurrentMonths(_));
        if is_lost {
            ignored.push(name, Why::Without { needed: LinkKey::Buy.name() });
        }
        !is_lost
    });
    // Each round leaves out at least one setting or an entry of one, or ends.
    while !settings.is_empty() {
        let builder = settings.iter().fold(Scenario::builder(usage), |builder, (_, setting)| setting.apply(builder));
        let errors = match builder.build(built_in) {
            Ok(scenario) => return scenario,
            Err(errors) => errors,
        };
        let error_of = |setting: &Setting| errors.iter().find(|error| is_within(&error.field, &setting.field()));
        let mut is_changed = false;
        settings.retain_mut(|(name, setting)| match error_of(setting) {
            Some(error) => {
                is_changed = true;
                ignored.push(name, Why::Refused(error.kind.clone()));
                // Of a plan, the rest stays.
                setting.leave_out(&error.field)
            }
            None => true,
        });
        if !is_changed {
            break;
        }
    }
    Scenario::new(usage)
}

/// Whether `path` is the field or a part of it.
fn is_within(path: &str, field: &str) -> bool {
    path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
