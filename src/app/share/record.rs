//! The record of a saved estimate, and the records in the browser's storage.

use serde::Serialize;

use super::browser;
use super::title;
use crate::app::state::State;
use crate::date::Date;
use crate::json::{self, JsonField, ValidationErrors};
use crate::link::{self, is_link};
use crate::notes::NoteField;
use crate::order;
use crate::price_book::PriceBook;
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
    #[serde(flatten)]
    fields: Fields<'a>,
}

/// What is stored of an estimate.
#[derive(PartialEq, Serialize)]
pub(super) struct Fields<'a> {
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
        let (total, currency) = state.total()?;
        let unnamed = || match (&state.joint, &state.scenario) {
            (Some(joint), _) => words::unnamed_of_services(joint.estimate.lines().len()),
            (None, Some(scenario)) => words::unnamed(scenario.usage().total()),
            (None, None) => words::UNTITLED.into(),
        };
        let name = title(&state.notes);
        let name = if name == words::UNTITLED { unnamed() } else { name };
        // An opened estimate keeps the total it was quoted with.
        let quoted = state.origin.as_ref().and_then(|origin| origin.opened.quoted.as_ref());
        let total = quoted.map_or_else(|| total.to_string(), ToString::to_string);
        Some(Self { key: String::new(), name: clean(&name), day: browser::day(), total: wording::money(total, currency), link })
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
        Self::from_fields(key, &JsonField::root(&node, ""))
    }

    /// Reads the fields of an estimate; `None` where one is missing, or it has no name or link.
    pub fn from_fields(key: String, field: &JsonField<'_>) -> Option<Self> {
        let mut errors = ValidationErrors::default();
        let object = field.open_object(&mut errors)?;
        let [name, day, total, link] = FIELDS.map(|name| object.get(name)?.text(&mut errors).map(String::from));
        let name = printable(&name?);
        let link = link.filter(|link| !name.is_empty() && is_link(link))?;
        Some(Self { key, name, day: day?, total: total?, link })
    }

    /// The fields, with this name.
    pub fn fields<'a>(&'a self, name: &'a str) -> Fields<'a> {
        let Self { day, total, link, .. } = self;
        Fields { name, day, total, link }
    }

    /// Whether it is the same estimate as another, apart from its key and from a number that made its name a free one.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let number = self.name.strip_prefix(other.name.as_str());
        self.fields("") == other.fields("") && number.is_some_and(|number| number.is_empty() || number.starts_with(" ("))
    }

    /// Whether its name, total, day or notes have each word of a text.
    pub fn has(&self, searched: &str, book: Option<&PriceBook>) -> bool {
        let notes = || {
            let notes = book.map(|book| link::read(&self.link, book).notes).unwrap_or_default();
            NoteField::ALL.map(|field| notes.get(field)).join(" ")
        };
        let day = Date::parse(&self.day).map(wording::day).unwrap_or_default();
        let own = [self.name.as_str(), &self.total, &self.day, &day].join(" ").to_lowercase();
        searched.to_lowercase().split_whitespace().all(|word| own.contains(word) || notes().to_lowercase().contains(word))
    }

    /// The stored value, with this name: JSON with its version.
    pub fn named(&self, name: &str) -> String {
        // Texts and whole numbers always serialize.
        serde_json::to_string(&Record { version: VERSION, fields: self.fields(name) }).unwrap_or_default()
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
fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect::<String>().trim().into()
}

/// A name that a person gave, without control characters and not too long.
pub(super) fn clean(name: &str) -> String {
    printable(&name.chars().take(MOST_CHARACTERS).collect::<String>())
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
    fn finds_an_estimate_by_what_it_says() {
        let book = PriceBook::built_in().expect("valid");
        let link = "v=1&calls=300&customer=Acme%20GmbH&note=Spring".to_string();
        let estimate = Estimate { link, ..estimate("1") };
        let found = |searched: &str| estimate.has(searched, Some(&book));
        for searched in ["", " ", "müller", "SÖHNE", "1,260", "31 january", "2027-01", "acme", "spring müller"] {
            assert!(found(searched), "{searched}");
        }
        for searched in ["meier", "acme meier", "calls", "1 february"] {
            assert!(!found(searched), "{searched}");
        }
    }

    #[test]
    fn knows_copies_by_all_but_key_and_number() {
        let named = |name: &str| Estimate { name: name.into(), ..estimate("1") };
        let check = |one: &str, other: &str, is_copy: bool| assert_eq!(named(one).is_copy_of(&named(other)), is_copy, "{one} {other}");
        check("Offer", "Offer", true);
        check("Offer (2)", "Offer", true);
        check("Offer", "Offer (2)", false);
        check("Offers", "Offer", false);
        let other = Estimate { link: "v=1&calls=301".into(), ..named("Offer") };
        assert!(!other.is_copy_of(&named("Offer")));
        // A number may make a name longer than a person's can be.
        let long = named(&["x".repeat(MOST_CHARACTERS), " (2)".into()].concat());
        assert_eq!(Estimate::parse("1".into(), &long.named(&long.name)), Some(long));
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
