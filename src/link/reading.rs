//! The reader of links, which accepts any text.
//!
//! Takes the pairs of keys and values apart and reads each line, and all of them together. Everything that is left out is named.

use super::pairs::{IgnoredParts, LineValues, lines_of};
use super::repair::{Repaired, repaired};
use super::slots::LineSlots;
use super::values::{self, Setting};
use super::{Amount, BookStamp, LinkKey, Opened, VERSION, Why, line, several};
use crate::notes::Notes;
use crate::price_book::PriceBook;
use crate::scenario::Scenario;
use crate::usage::Usage;

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
    let lines = lines_of(&text, &mut ignored);
    let first = lines.first().map(|(_, first)| first.clone()).unwrap_or_default();
    match first.get(LinkKey::Version) {
        Some(VERSION) => {}
        Some(_) => ignored.push("v", Why::OtherVersion),
        None if text.is_empty() => {}
        None => ignored.push("v", Why::NoVersion),
    }
    let has_lines = lines.iter().skip(1).any(|(_, line)| line.get(LinkKey::Service).is_some());
    let several = if has_lines { several::read(lines, built_in, &mut ignored) } else { alone(lines, built_in, &mut ignored) };
    let has_usage = several.iter().any(|line| line.has_usage);
    let mut several = several.into_iter();
    let line = several.next();
    let is_by_year = line.as_ref().is_some_and(|line| line.is_by_year);
    let scenario = line.map_or_else(|| Scenario::new(Usage::default()), |line| line.scenario);
    let further: Vec<Scenario> = several.map(|line| line.scenario).collect();
    let mut notes = Notes::default();
    let (mut budget, mut book, mut quoted) = (None, None, None);
    for (key, value) in first.iter() {
        let name = key.name();
        match key {
            LinkKey::Note(field) => {
                if let Err(kind) = notes.set(field, value) {
                    ignored.push(name, Why::Refused(kind));
                }
            }
            // A budget buys calls of one service.
            LinkKey::Budget if !further.is_empty() => {
                let by = [LinkKey::Service.name(), ".2"].concat();
                ignored.push(name, Why::Superseded { by });
            }
            // Without calls there would be nothing to quote, and months are no longer what a budget buys.
            LinkKey::Budget if !is_by_year => ignored.push(name, Why::Without { needed: LinkKey::Calls.name().into() }),
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
    Opened { scenario, further, has_usage, notes, budget, book, quoted, ignored, further_ignored }
}

/// The one line of a link. Keys of others are named, as these have no service.
fn alone(lines: Vec<(usize, LineValues)>, built_in: &PriceBook, ignored: &mut IgnoredParts) -> Vec<line::ReadLine> {
    let mut lines = lines.into_iter().map(|(_, line)| line);
    let Some(first) = lines.next() else { return Vec::new() };
    let slots = LineSlots::read(&first, false, ignored);
    let concurrency = slots.rule.as_ref().and_then(|rule| Some((rule.name.clone(), Setting::Concurrency(slots.under(rule.value)?))));
    if let (Some(rule), None) = (&slots.rule, &concurrency) {
        ignored.push(&rule.name, Why::Without { needed: slots.missing().name().into() });
    }
    slots.name_unused(slots.rule.as_ref().filter(|_| concurrency.is_some()), &first, ignored);
    for line in lines {
        let service = line.name(LinkKey::Service);
        line.names().iter().for_each(|key| ignored.push(key, Why::Without { needed: service.clone() }));
    }
    vec![line::read(&first, &Scenario::new(Usage::default()), concurrency, built_in, ignored)]
}
