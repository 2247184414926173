//! Sentences about calls in the unit that a service counts instead.

use super::numbers::capitalized;
use crate::price_book::Unit;

/// A text about calls in the unit of a service: with pictures, `100-call package` is `100-picture package`, and `Calls` is
/// `Pictures`. The text must be the program's own, as typed text is nobody's to change.
pub fn in_unit(text: &str, unit: &Unit) -> String {
    let Unit { one, many } = unit;
    if *unit == Unit::default() {
        return text.into();
    }
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let is_letter = rest.starts_with(char::is_alphabetic);
        let end = rest.find(|c: char| c.is_alphabetic() != is_letter).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        match word {
            "call" => changed += one,
            "calls" => changed += many,
            "Call" => changed += &capitalized(one),
            "Calls" => changed += &capitalized(many),
            other => changed += other,
        }
        rest = behind;
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, pictures: &str) {
        let unit = Unit { one: "picture".into(), many: "pictures".into() };
        assert_eq!(in_unit(text, &unit), pictures);
        assert_eq!(in_unit(text, &Unit::default()), text);
    }

    #[test]
    fn names_the_unit_wherever_a_text_names_calls() {
        check("", "");
        check("Calls", "Pictures");
        check("one 1,000-call package", "one 1,000-picture package");
        check("1 call, 2 calls. Called, recalls", "1 picture, 2 pictures. Called, recalls");
        check("« Call »", "« Picture »");
    }
}
