//! Lists of link keys outside of Rust: the element's attributes, their types, the embed dialog and its documentation.

use std::fs;
use std::path::Path;

use callmix::link::{KeyScope, keys};

/// The element has no attribute for the check, which only fits a whole link.
fn attributes() -> Vec<&'static str> {
    keys().map(|(name, _)| name).filter(|name| *name != "check").collect()
}

/// The text of a file between two others.
#[track_caller]
fn between(file: &str, start: &str, end: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a file");
    let rest = text.split_once(start).unwrap_or_else(|| panic!("{file} has no {start:?}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("{file} has no {end:?} after {start:?}")).0.to_owned()
}

/// The words in quotes.
fn quoted(text: &str, quote: char) -> Vec<&str> {
    text.split(quote).skip(1).step_by(2).flat_map(|words| words.split_whitespace()).collect()
}

#[track_caller]
fn check_set(mut listed: Vec<&str>, mut expected: Vec<&str>) {
    listed.sort_unstable();
    expected.sort_unstable();
    assert_eq!(listed, expected);
}

#[test]
fn the_element_has_an_attribute_for_every_key() {
    let list = between("embed/embed.js", "const KEYS = [", "];").replace(".split(\" \")", "");
    assert_eq!(quoted(&list, '"'), attributes());
}

#[test]
fn every_attribute_has_a_type() {
    let properties = between("embed/embed.d.ts", "class CallmixCalculator extends HTMLElement {", "/** Address of the full calculator");
    let declared = properties.lines().map(str::trim).filter_map(|line| {
        let name = line.strip_prefix("get ").unwrap_or(line).split(['(', ':']).next()?;
        (!line.starts_with("set ") && !line.starts_with('/') && !name.is_empty()).then_some(name)
    });
    let looks = between("embed/embed.js", "const LOOKS = [", "];");
    let choices = between("embed/embed.js", "const CHOICES = {", "};");
    let choices = choices.split("],").filter_map(|choice| Some(choice.split_once(':')?.0.trim()));
    let all = attributes().into_iter().chain(quoted(&looks, '"')).chain(choices).chain(["src"]);
    // Every element has a title and a language.
    check_set(declared.collect(), all.filter(|name| !["title", "lang"].contains(name)).collect());
}

#[test]
fn the_dialog_leaves_out_all_but_the_scenario() {
    let omitted = between("embed/dialog.js", "const OMITTED_KEYS = [", "];");
    let expected: Vec<_> = keys().filter(|(_, scope)| *scope != KeyScope::Scenario).map(|(name, _)| name).collect();
    assert_eq!(quoted(&omitted, '"'), expected);
}

#[test]
fn the_documentation_lists_every_attribute() {
    let row = between("embed/README.md", "| attribute | value |\n|---|---|\n|", "| the key of the same name in a link |");
    check_set(quoted(&row, '`'), attributes());
}
