//! The pairs of keys and values in a link, by line, and the parts of it that are ignored.

use super::keys::{KeyName, begins_line};
use super::{Ignored, KEYS, LinkKey, MAX_NAMED, MAX_VALUE_BYTES, Why, encoding};
use crate::estimate::MOST_LINES;
use crate::notes::disguises;
use crate::order;
use crate::problem::ErrorKind;

/// The most characters of an unknown key that are repeated.
const MAX_KEY_CHARACTERS: usize = 40;

/// The ignored parts that are named, and the number of further ones.
#[derive(Default)]
pub(super) struct IgnoredParts {
    pub named: Vec<Ignored>,
    pub further: usize,
}

impl IgnoredParts {
    /// Names a part, or counts it where enough are named.
    pub(super) fn push(&mut self, key: &str, why: Why) {
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

/// The values of one line by key. Those of line 1 include the keys that no other line has.
#[derive(Debug, Clone, Default)]
pub(super) struct LineValues {
    /// What stands behind the keys of the line: nothing, or `.2`.
    suffix: String,
    of_keys: Vec<(LinkKey, String)>,
    /// The calls of APIs, by the year or by month.
    pub of_apis: Vec<ApiValue>,
}

/// The value of a key such as `calls.hd`.
#[derive(Debug, Clone)]
pub(super) struct ApiValue {
    pub name: String,
    pub key: LinkKey,
    pub id: String,
    pub text: String,
}

impl LineValues {
    pub(super) fn get(&self, key: LinkKey) -> Option<&str> {
        self.of_keys.iter().find(|(of, _)| *of == key).map(|(_, value)| value.as_str())
    }

    /// All but the calls of APIs, in the order in which they are written.
    pub(super) fn iter(&self) -> impl Iterator<Item = (LinkKey, &str)> {
        self.of_keys.iter().map(|(key, value)| (*key, value.as_str()))
    }

    /// The name that a key of this line has in the link.
    pub(super) fn name(&self, key: LinkKey) -> String {
        [key.name(), &self.suffix].concat()
    }

    /// The value of a key, which the line then no longer has.
    pub(super) fn take(&mut self, key: LinkKey) -> Option<String> {
        let place = self.of_keys.iter().position(|(of, _)| *of == key)?;
        Some(self.of_keys.remove(place).1)
    }

    /// The names of what belongs to the line alone, without its service.
    pub(super) fn names(&self) -> Vec<String> {
        let of_keys = self.iter().filter(|(key, _)| key.is_of_line() && *key != LinkKey::Service).map(|(key, _)| self.name(key));
        of_keys.chain(self.of_apis.iter().map(|api| api.name.clone())).collect()
    }

    fn has(&self, name: &KeyName<'_>) -> bool {
        match name.api {
            None => self.get(name.key).is_some(),
            Some(id) => self.of_apis.iter().any(|other| other.key == name.key && other.id == id),
        }
    }
}

/// The values of each line that a link has, where they are text, by the number of the line; line 1 first, and always there.
pub(super) fn lines_of(link: &str, ignored: &mut IgnoredParts) -> Vec<(usize, LineValues)> {
    let mut lines = vec![(1, LineValues::default())];
    let pairs = || link.split('&').filter(|pair| !pair.is_empty());
    let is_begin = |pair: &str| encoding::decoded(pair.split_once('=').map_or(pair, |(key, _)| key)).is_some_and(|name| begins_line(&name));
    let has_lines = pairs().any(is_begin);
    for pair in pairs() {
        let (key, value) = pair.split_once('=').map_or((pair, None), |(key, value)| (key, Some(value)));
        let decoded_key = encoding::decoded(key);
        let Some(name) = decoded_key.as_deref().and_then(|name| KeyName::parse(name, has_lines)) else {
            ignored.push(key, Why::UnknownKey);
            continue;
        };
        let place = lines.iter().position(|(number, _)| *number == name.line);
        let is_there = place.and_then(|place| lines.get(place)).is_some_and(|(_, line)| line.has(&name));
        let text = match value {
            _ if name.line > MOST_LINES => Err(Why::Refused(ErrorKind::TooManyEntries { most: MOST_LINES as u64 })),
            _ if is_there => Err(Why::Doubled),
            None => Err(Why::NoValue),
            Some(value) if value.len() > MAX_VALUE_BYTES => Err(Why::TooLong { most: MAX_VALUE_BYTES }),
            Some(value) => encoding::decoded(value).ok_or(Why::NotText),
        };
        let text = match text {
            Ok(text) => text.into_owned(),
            Err(why) => {
                ignored.push(key, why);
                continue;
            }
        };
        let place = place.unwrap_or_else(|| {
            lines.push((name.line, LineValues { suffix: format!(".{}", name.line), ..LineValues::default() }));
            lines.len() - 1
        });
        let Some((_, line)) = lines.get_mut(place) else { continue };
        match name.api {
            None => line.of_keys.push((name.key, text)),
            Some(id) => {
                line.of_apis.push(ApiValue { name: decoded_key.as_deref().unwrap_or(key).into(), key: name.key, id: id.into(), text })
            }
        }
    }
    order::by_key(&mut lines, |(number, _)| *number as u128);
    let place = |key: LinkKey| KEYS.iter().position(|(other, _)| *other == key).unwrap_or(KEYS.len()) as u128;
    lines.iter_mut().for_each(|(_, line)| order::by_key(&mut line.of_keys, |(key, _)| place(*key)));
    lines
}
