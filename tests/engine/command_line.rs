//! Does the command line answer line by line, whatever it is fed?
//!
//! Runs the binary itself. What the answers say is tested through the library. Source: the contract's command line.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

const EXAMPLE_A: &str = r#"{"usage":{"yearly":300}}"#;
const EXAMPLE_B: &str = r#"{"usage":{"monthly":[1100,0,0,0,0,0,0,0,0,0,0,0]},"free_calls":5}"#;

/// Standard output, standard error and the exit status.
#[track_caller]
fn run(arguments: &[&str], input: &[u8]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_callmix"));
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // Written beside the reading, so that neither side waits for the other. One that reads nothing closes the pipe.
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output().expect("ended");
    writer.join().expect("no panic");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// Every answer as its total or its first error's code, and the exit status.
#[track_caller]
fn check(input: impl AsRef<[u8]>, expected: &[&str], status: i32) {
    let (answers, complaints, code) = run(&["quote"], input.as_ref());
    let told: Vec<String> = answers
        .split_terminator('\n')
        .map(|line| {
            let answer: Value = serde_json::from_str(line).expect("each line is JSON");
            let told = answer["total"].as_str().or(answer["error"]["code"].as_str());
            told.expect("a total or an error").into()
        })
        .collect();
    assert_eq!((told, code, complaints.as_str()), (expected.iter().map(ToString::to_string).collect(), Some(status), ""));
    assert!(answers.is_empty() || answers.ends_with('\n'), "every answer is a whole line");
}

#[test]
fn the_price_page_examples() {
    check(format!("{EXAMPLE_A}\n{EXAMPLE_B}\n"), &["1260.00", "4161.00"], 0);
}

#[test]
fn nothing_asked_is_nothing_answered() {
    check("", &[], 0);
    check("\n", &[], 0);
    check("\n  \n\t\r\n", &[], 0);
}

#[test]
fn blank_lines_are_skipped() {
    check(format!("\n{EXAMPLE_B}\n\n   \n{EXAMPLE_A}\n\n"), &["4161.00", "1260.00"], 0);
}

#[test]
fn lines_may_end_in_any_way() {
    check(format!("{EXAMPLE_A}\r\n\r\n{EXAMPLE_B}\r\n"), &["1260.00", "4161.00"], 0);
    check(format!("{EXAMPLE_A}\n{EXAMPLE_B}"), &["1260.00", "4161.00"], 0);
    check("{", &["not_json"], 1);
}

#[test]
fn a_bad_line_stops_no_other() {
    check(format!("{{\n{EXAMPLE_A}\n{{}}\n{EXAMPLE_B}\n[]\n"), &["not_json", "1260.00", "missing", "4161.00", "wrong_type"], 1);
    check(format!("{EXAMPLE_A}\nnull"), &["1260.00", "wrong_type"], 1);
    // No plan is an error like any other.
    let unplanned = r#"{"usage":{"yearly":1},"postpaid":false,"price_book":{"version":"v","currency":"USD","services":[
        {"id":"s","name":"S","packages":[],"package_validity_months":12,"tiers":[{"from":0,"unit_price":"1"}],"concurrent":null}]}}"#;
    check(format!("{}\n{EXAMPLE_A}", unplanned.replace('\n', "")), &["no_plan", "1260.00"], 1);
}

#[test]
fn one_line_holds_one_scenario() {
    check(format!("{EXAMPLE_A} {EXAMPLE_B}\n"), &["not_json"], 1);
    check(EXAMPLE_A.replace(':', ":\n"), &["not_json", "not_json", "not_json"], 1);
}

#[test]
fn bytes_that_are_no_text() {
    check(
        [b"\xff\xfe\n", EXAMPLE_A.as_bytes(), b"\n\x00\n", EXAMPLE_B.as_bytes()].concat(),
        &["not_json", "1260.00", "not_json", "4161.00"],
        1,
    );
}

#[test]
fn huge_lines() {
    const MEGABYTE: usize = 1 << 20;
    check(format!("{}{EXAMPLE_A}\n{EXAMPLE_B}\n", " ".repeat(MEGABYTE)), &["1260.00", "4161.00"], 0);
    check(format!("{}\n{EXAMPLE_A}\n", "x".repeat(MEGABYTE)), &["not_json", "1260.00"], 1);
    // Nesting must not exhaust the stack.
    check(format!("{}\n{EXAMPLE_A}\n", "[".repeat(MEGABYTE)), &["not_json", "1260.00"], 1);
    let many = format!(r#"{{"usage":{{"monthly":[{}0]}}}}"#, "0,".repeat(MEGABYTE / 2));
    check(format!("{many}\n{EXAMPLE_A}\n"), &["wrong_length", "1260.00"], 1);
}

#[test]
fn many_lines_are_answered_in_order() {
    // So few calls cost 4.8 each by postpaid.
    let lines: String = (0..80).map(|calls| format!("{{\"usage\":{{\"yearly\":{calls}}}}}\n")).collect();
    let totals: Vec<String> = (0..80).map(|calls| format!("{}.{}0", calls * 48 / 10, calls * 48 % 10)).collect();
    check(lines, &totals.iter().map(String::as_str).collect::<Vec<_>>(), 0);
}

#[test]
fn wrong_usage() {
    for arguments in [&[][..], &["quotes"], &["--frobnicate"], &["quote", "further"], &["quote", "--pretty"], &[""], &["Quote"]] {
        let (answers, complaints, code) = run(arguments, EXAMPLE_A.as_bytes());
        assert_eq!((answers.as_str(), code), ("", Some(2)), "{arguments:?}");
        assert!(complaints.contains("callmix quote"), "{arguments:?}: {complaints}");
    }
}
