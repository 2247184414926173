//! A second language: the same front end with another `wording`.
//!
//! The engine reports facts, and front ends take every sentence from `crate::wording`. So another language is another module
//! of that name, chosen when the front end is compiled. This compiles the command line's answers, as they are, with a German
//! wording of three messages.

#[path = "../../src/json_lines.rs"]
#[expect(dead_code, reason = "only a part of it is needed here")]
mod json_lines;

use callmix::price_book::PriceBook;
use serde_json::Value;

/// Messages in German.
pub mod wording {
    use callmix::problem::{ErrorKind, WholeRange};

    /// What to enter instead; the code where there is no sentence yet.
    pub fn error_sentence(kind: &ErrorKind) -> String {
        match kind {
            ErrorKind::Missing { needed } => format!("Ergänzen Sie {needed}."),
            ErrorKind::OutOfRange(WholeRange { least, most }) => format!("Geben Sie eine ganze Zahl von {least} bis {most} ein."),
            ErrorKind::MonthWithoutSlots => "Geben Sie für jeden Monat mit Aufrufen mindestens einen Slot ein.".into(),
            other => other.code().into(),
        }
    }
}

#[track_caller]
fn check(scenario: &str, message: &str) {
    let book = PriceBook::built_in().expect("valid");
    let parsed = |report: String| serde_json::from_str::<Value>(&report).expect("JSON")["error"].clone();
    let german = parsed(json_lines::answer(scenario, &book).expect_err("an error"));
    let english = parsed(callmix::json_lines::answer(scenario, &book).expect_err("an error"));
    assert_eq!(german["message"], message);
    assert_ne!(english["message"], message);
    // The facts are the same.
    assert_eq!((&german["code"], &german["field"]), (&english["code"], &english["field"]));
}

#[test]
fn another_wording_is_another_language() {
    check("{}", "Ergänzen Sie usage.");
    check(r#"{"usage":{"yearly":1000000000001}}"#, "Geben Sie eine ganze Zahl von 0 bis 1000000000000 ein.");
    let slots = r#"{"usage":{"yearly":300},"concurrency":{"slots":[1,1,0,1,1,1,1,1,1,1,1,1]}}"#;
    check(slots, "Geben Sie für jeden Monat mit Aufrufen mindestens einen Slot ein.");
}

#[test]
fn figures_do_not_depend_on_the_language() {
    let book = PriceBook::built_in().expect("valid");
    let scenario = r#"{"usage":{"yearly":300}}"#;
    assert_eq!(json_lines::answer(scenario, &book), callmix::json_lines::answer(scenario, &book));
}
