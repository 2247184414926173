//! Style sheets of components: the classes that they select, and the custom properties by which contexts vary them.
//!
//! A component's file is named like its class. It selects that class, its elements (`table__reason`) and its variants
//! (`table--compact`), and no other component's. Whatever a context varies is a custom property that the component reads,
//! with a default, and the context sets.

use std::collections::BTreeSet;

use super::{File, check, files};

/// Classes of the root element that say in which state the page is. Every component may depend on them.
const STATES: [&str; 1] = ["crashed"];

/// The dialog loads its own style sheet, so it has its file beside its script.
const DIALOG: (&str, &str) = ("embed/dialog.css", "embed-dialog");

fn components() -> Vec<File> {
    let dialog = files("embed", &["css"]).into_iter().filter(|file| file.name == DIALOG.0);
    files("styles/components", &["css"]).into_iter().chain(dialog).collect()
}

fn component_of(name: &str) -> &str {
    if name == DIALOG.0 { DIALOG.1 } else { name.rsplit('/').next().expect("a last part").trim_end_matches(".css") }
}

/// The text without its comments and strings, which keep their line breaks.
fn rules(text: &str) -> String {
    let mut rules = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['"', '/']) {
        let end = match &rest[start..=start] {
            "\"" => rest[start + 1..].find('"').map(|length| start + length + 2),
            _ => rest[start..].starts_with("/*").then(|| rest[start..].find("*/").map(|length| start + length + 2)).flatten(),
        };
        rules.push_str(&rest[..start]);
        let end = end.unwrap_or(start + 1);
        rules.extend(rest[start..end].matches('\n'));
        rest = &rest[end..];
    }
    rules + rest
}

/// The name at the start of a text, which may be empty.
fn name_at(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// Classes of other components in the selectors of a component.
fn foreign_classes(file: &File) -> Vec<String> {
    let component = component_of(&file.name);
    let is_own =
        |class: &str| class.strip_prefix(component).is_some_and(|rest| rest.is_empty() || rest.starts_with("__") || rest.starts_with("--"));
    let rules = rules(&file.text);
    let lines = rules.lines().enumerate().flat_map(|(place, line)| line.split('.').skip(1).map(move |part| (place + 1, name_at(part))));
    // A number has a point too.
    let classes = lines.filter(|(_, class)| class.starts_with(|c: char| !c.is_ascii_digit()));
    classes
        .filter(|(_, class)| !is_own(class) && !STATES.contains(class))
        .map(|(line, class)| format!("{}:{line}: must not select .{class}, which belongs to another component", file.name))
        .collect()
}

/// The custom properties that a style sheet sets, or those that it reads.
fn custom_properties(text: &str, before: &str) -> BTreeSet<String> {
    let rules = rules(text);
    let places = rules.match_indices(before).map(|(place, before)| &rules[place + before.len()..]);
    let names = places.filter(|rest| rest.starts_with("--")).map(|rest| (name_at(rest), rest));
    names.filter(|(name, rest)| before == "var(" || rest[name.len()..].starts_with(':')).map(|(name, _)| name.into()).collect()
}

#[test]
fn components_select_only_their_own_classes() {
    check(components(), foreign_classes);
}

#[test]
fn every_custom_property_is_set_and_read() {
    let all = || files("styles", &["css"]).into_iter().chain(files("embed", &["css"]));
    let set: BTreeSet<String> = all().flat_map(|file| custom_properties(&file.text, " ")).collect();
    let read: BTreeSet<String> = all().flat_map(|file| custom_properties(&file.text, "var(")).collect();
    assert!(set.len() > 40, "found {} custom properties", set.len());
    let one_of_both: Vec<_> = set.symmetric_difference(&read).collect();
    assert!(one_of_both.is_empty(), "{one_of_both:?} are only set or only read");
}

/// A foreign class must be found wherever it is: here, at the end of every file.
#[test]
fn a_foreign_class_is_found_in_any_style_sheet() {
    for file in components() {
        let own = component_of(&file.name);
        let violations = |selector: &str| {
            let text = format!("{}\n{selector} {{\n  margin: 0.5rem;\n}}\n", file.text);
            foreign_classes(&File { name: file.name.clone(), text })
        };
        for selector in [".planted", &format!(".{own} .planted"), &format!(".{own}:is(.planted__part)"), &format!(".{own}-planted")] {
            assert_eq!(violations(selector).len(), 1, "{}: {selector}", file.name);
        }
        for selector in [&format!(".{own}--planted > .{own}__part"), "/* .planted */ th", "[data-planted=\".planted\"]"] {
            assert_eq!(violations(selector), [""; 0], "{}: {selector}", file.name);
        }
    }
}
