//! The record of a saved estimate, and the records in the browser's storage.

use serde::Serialize;

use super::browser;
use super::title;
use crate::app::state::State;
use crate::json::{self, JsonField, ValidationErrors};
use crate::order;
use crate::problem::WholeRange;
use crate::wording::{self, share as words};

/// The storage key of the last estimate, which is none of the saved ones. Their keys are numbers.
pub(super) const LAST_KEY: &str = "last";
/// The most characters of a name, without the number that may follow it.
pub(super) const MOST_CHARACTERS: usize = 120;

/// The version of stored estimates.
const VERSION: u64 = 1;
/// The fields of a stored estimate, beside its version.
const FIELDS: [&str; 4] = ["name", "day", "total", "link"];

/// A stored estimate.
#[derive(Serialize)]
struct Record<'a> {
    version: u64,
    name: &'a str,
    day: &'a str,
    total: &'a str,
    link: &'a str,
}

/// What earlier builds put between the fields of an estimate.
const OLD_SEPARATOR: char = '\u{1f}';

/// A saved estimate, or one that can be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Estimate {
    /// The storage key, which is larger for later estimates; empty before it is saved.
    pub key: String,
    /// The name.
    pub name: String,
    /// The day it was saved, as `2027-01-31`.
    pub day: String,
    /// The quoted total with its currency.
    pub total: String,
    /// The link without `#`.
    pub link: String,
}

impl Estimate {
    /// The estimate on the page.
    pub fn present(state: &State, link: String) -> Option<Self> {
        let (scenario, quote) = (state.scenario.as_ref()?, state.quote.as_ref()?);
        let name = title(&state.notes);
        let name = if name == words::UNTITLED { words::unnamed(scenario.usage().total()) } else { name };
        // An opened estimate keeps the total it was quoted with.
        let quoted = state.origin.as_ref().and_then(|origin| origin.opened.quoted.as_ref());
        let total = quoted.map_or_else(|| quote.total.to_string(), ToString::to_string);
        Some(Self { key: String::new(), name: clean(&name), day: browser::day(), total: wording::money(total, &quote.currency), link })
    }

    fn parse(key: String, value: &str) -> Option<Self> {
        if !value.starts_with('{') {
            let [name, day, total, link] = value.split(OLD_SEPARATOR).map(String::from).collect::<Vec<_>>().try_into().ok()?;
            return Some(Self { key, name, day, total, link });
        }
        let node = json::parse(value).ok()?;
        let mut errors = ValidationErrors::default();
        let object = JsonField::root(&node, "").open_object(&mut errors)?;
        object.get("version")?.whole_number(WholeRange::new(VERSION, VERSION), &mut errors)?;
        let [name, day, total, link] = FIELDS.map(|name| object.get(name)?.text(&mut errors).map(String::from));
        Some(Self { key, name: name?, day: day?, total: total?, link: link? })
    }

    /// The stored value, with this name: JSON with its version.
    pub fn named(&self, name: &str) -> String {
        let Self { day, total, link, .. } = self;
        // Texts and whole numbers always serialize.
        serde_json::to_string(&Record { version: VERSION, name, day, total, link }).unwrap_or_default()
    }
}

/// Everything in storage, in any order; nothing where storage is blocked.
pub(super) fn stored() -> Vec<Estimate> {
    browser::saved().unwrap_or_default().iter().filter_map(|stored| Estimate::parse(stored.key(), &stored.value())).collect()
}

/// All saved estimates, the newest first.
pub(super) fn all() -> Vec<Estimate> {
    let mut estimates = stored();
    estimates.retain(|estimate| estimate.key != LAST_KEY);
    order::by_key(&mut estimates, |estimate| u128::MAX - estimate.key.parse::<u128>().unwrap_or(0));
    estimates
}

/// A name without control characters.
pub(super) fn clean(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).take(MOST_CHARACTERS).collect();
    name.trim().into()
}

/// The name, followed by a number where an estimate other than the one at `key` has the same name.
pub(super) fn free_name(name: &str, key: &str, saved: &[Estimate]) -> String {
    let (mut free, mut number) = (name.to_string(), 1);
    while saved.iter().any(|other| other.key != key && other.name == free) {
        number += 1;
        free = words::numbered(name, number);
    }
    free
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn estimate(key: &str) -> Estimate {
        Estimate {
            key: key.into(),
            name: clean(" Müller & Söhne\u{1f}\u{1e} "),
            day: "2027-01-31".into(),
            total: "$1,260.00".into(),
            link: "v=1&calls=300".into(),
        }
    }

    pub fn shown(state: &State) -> Option<Estimate> {
        Estimate::present(state, state.link()?.ok()?)
    }

    #[test]
    fn reads_a_saved_estimate_back_unchanged() {
        let estimate = estimate("000001");
        assert_eq!(estimate.name, "Müller & Söhne");
        let value = estimate.named("Müller & Söhne");
        assert_eq!(value, r#"{"version":1,"name":"Müller & Söhne","day":"2027-01-31","total":"$1,260.00","link":"v=1&calls=300"}"#);
        assert_eq!(Estimate::parse("000001".into(), &value), Some(estimate));
        let newer = value.replace("1,", "2,");
        for broken in ["", "a", "a\u{1f}b", "1\u{1f}2\u{1f}3\u{1f}4\u{1f}5", "{", "{}", r#"{"version":1,"name":"a"}"#, &newer] {
            assert_eq!(Estimate::parse("1".into(), broken), None, "{broken:?}");
        }
    }

    #[test]
    fn reads_estimates_of_earlier_builds() {
        let old = "Müller & Söhne\u{1f}2027-01-31\u{1f}$1,260.00\u{1f}v=1&calls=300";
        assert_eq!(Estimate::parse("000001".into(), old), Some(estimate("000001")));
    }

    #[test]
    fn numbers_a_name_that_is_taken() {
        let saved = |names: &[&str]| -> Vec<Estimate> {
            let named = |(key, name): (usize, &&str)| Estimate { name: (*name).into(), ..estimate(&key.to_string()) };
            names.iter().enumerate().map(named).collect()
        };
        let check = |name: &str, key: &str, names: &[&str], free: &str| assert_eq!(free_name(name, key, &saved(names)), free);
        check("Offer", "", &[], "Offer");
        check("Offer", "", &["Other"], "Offer");
        check("Offer", "", &["Offer"], "Offer (2)");
        check("Offer", "", &["Offer", "Offer (2)"], "Offer (3)");
        check("Offer", "", &["Offer (2)", "Offer", "Offer (4)"], "Offer (3)");
        // An estimate keeps its own name.
        check("Offer", "1", &["Other", "Offer"], "Offer");
        check("Offer", "0", &["Other", "Offer"], "Offer (2)");
    }

    /// An opened estimate is saved with the total it was quoted with.
    #[test]
    fn saves_the_quoted_total() {
        let total = |link: &str| shown(&State::at(link)).map(|estimate| estimate.total);
        assert_eq!(total("v=1&calls=300").as_deref(), Some("$1,260.00"));
        assert_eq!(total("v=1&calls=300&book=2020-01-01,0123abcd&quoted=1350.00").as_deref(), Some("$1,350.00"));
        assert_eq!(total("v=1&free=5"), None);
    }
}
