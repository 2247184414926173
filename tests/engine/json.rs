//! JSON input of the wrong kind or of an unreasonable size: what errors say of it, and what it costs.

use super::contract::{allow, check, check_document, errors_of, quote_of};

/// The message of the only error of a scenario.
#[track_caller]
fn message(scenario: &str) -> String {
    assert_eq!(errors_of(scenario).len(), 1, "{scenario}");
    quote_of(scenario).expect_err(scenario)["error"]["message"].as_str().expect("text").into()
}

/// How the message describes the value of a field.
#[track_caller]
fn check_given(field: &str, expected: &str) {
    let message = message(&format!(r#"{{"usage":{{"yearly":300}},{field}}}"#));
    assert!(message.ends_with(&format!("; this is {expected}.")), "{field}: {message}");
}

#[test]
fn describes_values_of_the_wrong_kind_as_they_were_given() {
    check_given(r#""free_calls":true"#, "true");
    check_given(r#""free_calls":null"#, "null");
    check_given(r#""free_calls":"300""#, r#"the text "300""#);
    check_given(r#""free_calls":[]"#, "a list");
    check_given(r#""free_calls":{}"#, "an object");
    check_given(r#""discount":{"packages":7.50}"#, "the number 7.50");
    check_given(r#""discount":{"packages":-1e+3}"#, "the number -1e+3");
    check_given(r#""discount":{"packages":18446744073709551616}"#, "the number 18446744073709551616");
    check_given(r#""postpaid":"off""#, r#"the text "off""#);
    // Text is written as in JSON, so that a message stays one line.
    check_given(r#""insights":"\"\n""#, r#"the text "\"\n""#);
    check_given(&format!(r#""start":{}"#, "9".repeat(1_000)), &format!("the number {}…", "9".repeat(59)));
    check_given(&format!(r#""postpaid":"{}""#, "ü".repeat(1_000)), &format!("the text \"{}…\"", "ü".repeat(59)));
    check_given(&format!(r#""postpaid":"{}""#, "ü".repeat(60)), &format!("the text \"{}\"", "ü".repeat(60)));
}

/// Time that grows with the square of the fields would be seconds here, and minutes in a document ten times as large.
#[test]
fn reads_objects_with_many_fields_in_proportionate_time() {
    let fields = |count: u32| {
        let fields: Vec<String> = (0..count).map(|number| format!(r#""field{number}":0"#)).collect();
        format!(r#"{{"usage":{{"yearly":300}},{}}}"#, fields.join(","))
    };
    let time = |document: &str| {
        let start = std::time::Instant::now();
        assert!(quote_of(document).is_err());
        start.elapsed()
    };
    let (few, many) = (fields(5_000), fields(80_000));
    // Sixteen times the fields; the square of that would be 256.
    let least = |document: &str| (0..3).map(|_| time(document)).min().expect("three times");
    let (few, many) = (least(&few), least(&many));
    assert!(many < few * 64, "{few:?}, {many:?}");
    let twice = format!(r#"{{"usage":{{"yearly":300}},{}"x":0}}"#, r#""x":0,"#.repeat(2_000));
    assert_eq!(errors_of(&twice).iter().filter(|error| *error == "duplicate x").count(), 2_000);
}

#[test]
fn counts_the_entries_of_lists_that_are_too_long() {
    let zeros = |count: usize| vec!["0"; count].join(",");
    let monthly = |count: usize| format!(r#"{{"usage":{{"monthly":[{}]}}}}"#, zeros(count));
    for count in [0, 11, 13, 199_999, 200_000, 200_001, 300_000] {
        let message = message(&monthly(count));
        assert!(message.ends_with(&format!(" {count}.")), "{message}");
    }
    // Entries that are not kept are checked all the same.
    check_document(&monthly(300_000).replace("0]", "x]"), "not_json");
    let package = r#"{"calls":1,"months_left":1}"#;
    allow(&format!(r#""owned_packages":[{}]"#, vec![package; 200_000].join(",")));
    check(&format!(r#""owned_packages":[{}]"#, vec![package; 200_001].join(",")), "out_of_range owned_packages");
    check(&format!(r#""concurrency":{{"slots":[{}]}}"#, zeros(200_001)), "wrong_length concurrency.slots");
}
