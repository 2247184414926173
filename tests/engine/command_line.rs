//! The command line: one answer for each line, whatever is on the line, and in time for a program that waits for it.
//!
//! Runs the binary itself. What the answers say is tested through the library. Source: the contract, "Command line".

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use callmix::price_book::PriceBook;
use serde_json::Value;

const EXAMPLE_A: &str = r#"{"usage":{"yearly":300}}"#;
const EXAMPLE_B: &str = r#"{"usage":{"monthly":[1100,0,0,0,0,0,0,0,0,0,0,0]},"free_calls":5}"#;
const BYTE_ORDER_MARK: &str = "\u{feff}";

fn start(arguments: &[&str], output: Stdio) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_callmix"));
    command.args(arguments).stdin(Stdio::piped()).stdout(output).stderr(Stdio::piped()).spawn().expect("started")
}

/// Standard output, standard error and the exit status.
#[track_caller]
fn finish(mut child: Child, input: &[u8]) -> (String, String, Option<i32>) {
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // Written in a thread, so that neither process waits for the other. One that reads nothing closes the pipe.
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output().expect("ended");
    writer.join().expect("no panic");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[track_caller]
pub(super) fn run(arguments: &[&str], input: &[u8]) -> (String, String, Option<i32>) {
    finish(start(arguments, Stdio::piped()), input)
}

/// The answers to an input, and the exit status.
#[track_caller]
fn answers(input: impl AsRef<[u8]>) -> (Vec<Value>, Option<i32>) {
    let (answers, complaints, code) = run(&["quote"], input.as_ref());
    assert_eq!(complaints, "");
    assert!(answers.is_empty() || answers.ends_with('\n'), "every answer is a whole line");
    (answers.split_terminator('\n').map(|line| serde_json::from_str(line).expect("each line is JSON")).collect(), code)
}

/// Every answer as its total or the code of its first error, and the exit status.
#[track_caller]
fn check(input: impl AsRef<[u8]>, expected: &[&str], status: i32) {
    let (answers, code) = answers(input);
    let answers: Vec<&str> =
        answers.iter().map(|answer| answer["total"].as_str().or(answer["error"]["code"].as_str()).expect("a total or an error")).collect();
    assert_eq!((answers.as_slice(), code), (expected, Some(status)));
}

/// The line and the message of every error.
#[track_caller]
fn errors(input: impl AsRef<[u8]>) -> Vec<(u64, String)> {
    let (answers, code) = answers(input);
    assert_eq!(code, Some(1));
    let errors = answers.iter().filter(|answer| answer["total"].is_null());
    errors.map(|answer| (answer["line"].as_u64().expect("a line"), answer["error"]["message"].as_str().expect("text").into())).collect()
}

#[test]
fn answers_the_examples_of_the_price_page() {
    check(format!("{EXAMPLE_A}\n{EXAMPLE_B}\n"), &["1260.00", "4161.00"], 0);
}

#[test]
fn answers_nothing_to_blank_input() {
    check("", &[], 0);
    check("\n", &[], 0);
    check("\n  \n\t\r\n", &[], 0);
    check(BYTE_ORDER_MARK, &[], 0);
}

#[test]
fn skips_blank_lines() {
    check(format!("\n{EXAMPLE_B}\n\n   \n{EXAMPLE_A}\n\n"), &["4161.00", "1260.00"], 0);
}

#[test]
fn accepts_all_line_ends() {
    check(format!("{EXAMPLE_A}\r\n\r\n{EXAMPLE_B}\r\n"), &["1260.00", "4161.00"], 0);
    check(format!("{EXAMPLE_A}\n{EXAMPLE_B}"), &["1260.00", "4161.00"], 0);
    check("{", &["not_json"], 1);
}

#[test]
fn skips_byte_order_marks() {
    check(format!("{BYTE_ORDER_MARK}{EXAMPLE_A}\n{EXAMPLE_B}\n"), &["1260.00", "4161.00"], 0);
    check(format!("{BYTE_ORDER_MARK}\r\n{EXAMPLE_A}\r\n"), &["1260.00"], 0);
    // Two files with a mark each, joined.
    check(format!("{BYTE_ORDER_MARK}{EXAMPLE_A}\n{BYTE_ORDER_MARK}{EXAMPLE_B}\n"), &["1260.00", "4161.00"], 0);
    check(format!("{BYTE_ORDER_MARK}{BYTE_ORDER_MARK}{EXAMPLE_A}\n"), &["1260.00"], 0);
    check(format!("{{{BYTE_ORDER_MARK}}}\n"), &["not_json"], 1);
}

#[test]
fn names_utf_16() {
    let text = format!("{EXAMPLE_A}\r\n\r\n{EXAMPLE_B}\r\n");
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        for mark in ["", BYTE_ORDER_MARK] {
            let input: Vec<u8> = format!("{mark}{text}").encode_utf16().flat_map(to_bytes).collect();
            let errors = errors(&input);
            assert_eq!(errors.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3]);
            assert!(errors.iter().all(|(_, message)| message.contains("UTF-16") && message.contains("UTF-8")), "{errors:?}");
        }
    }
    // A byte order mark alone does not make the following lines UTF-16.
    check(
        [b"\xff\xfe\n", EXAMPLE_A.as_bytes(), b"\n\x00\n", EXAMPLE_B.as_bytes()].concat(),
        &["not_json", "1260.00", "not_json", "4161.00"],
        1,
    );
}

#[test]
fn answers_the_other_lines_of_an_invalid_one() {
    check(format!("{{\n{EXAMPLE_A}\n{{}}\n{EXAMPLE_B}\n[]\n"), &["not_json", "1260.00", "missing", "4161.00", "wrong_type"], 1);
    check(format!("{EXAMPLE_A}\nnull"), &["1260.00", "wrong_type"], 1);
    let unplanned = r#"{"usage":{"yearly":1},"postpaid":false,"price_book":{"version":"v","currency":"USD","services":[
        {"id":"s","name":"S","packages":[],"package_validity_months":12,"tiers":[{"from":0,"unit_price":"1"}],"concurrent":null}]}}"#;
    check(format!("{}\n{EXAMPLE_A}", unplanned.replace('\n', "")), &["no_plan", "1260.00"], 1);
}

#[test]
fn errors_name_the_line_of_the_input() {
    let lines = |input: &str| errors(input).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines("{}"), [1]);
    assert_eq!(lines(&format!("\n{EXAMPLE_A}\n\r\n{{}}\n{EXAMPLE_B}\n[")), [4, 6]);
    assert_eq!(lines(&format!("{BYTE_ORDER_MARK}\n{{\"usage\":1}}\n")), [2]);
    let seventeenth = errors(format!("{}{{\"usage\"", format!("{EXAMPLE_A}\n").repeat(16)));
    assert!(seventeenth[0].0 == 17 && seventeenth[0].1.contains("line 17, column 8"), "{seventeenth:?}");
    // A quote has no line, so that its text does not depend on where it was asked for.
    assert!(answers(format!("\n{EXAMPLE_A}")).0[0]["line"].is_null());
}

#[test]
fn reads_one_scenario_per_line() {
    check(format!("{EXAMPLE_A} {EXAMPLE_B}\n"), &["not_json"], 1);
    check(EXAMPLE_A.replace(':', ":\n"), &["not_json", "not_json", "not_json"], 1);
}

#[test]
fn survives_huge_lines() {
    const MEGABYTE: usize = 1 << 20;
    check(format!("{}{EXAMPLE_A}\n{EXAMPLE_B}\n", " ".repeat(MEGABYTE)), &["1260.00", "4161.00"], 0);
    check(format!("{}\n{EXAMPLE_A}\n", "x".repeat(MEGABYTE)), &["not_json", "1260.00"], 1);
    // Nesting must not exhaust the stack.
    check(format!("{}\n{EXAMPLE_A}\n", "[".repeat(MEGABYTE)), &["not_json", "1260.00"], 1);
    let many = format!(r#"{{"usage":{{"monthly":[{}0]}}}}"#, "0,".repeat(MEGABYTE / 2));
    check(format!("{many}\n{EXAMPLE_A}\n"), &["wrong_length", "1260.00"], 1);
}

#[test]
fn shortens_huge_names_and_values() {
    let huge = "x".repeat(1 << 20);
    for scenario in [
        format!(r#"{{"usage":{{"yearly":1}},"{huge}":1}}"#),
        format!(r#"{{"usage":{{"yearly":"{huge}"}}}}"#),
        format!(r#"{{"usage":{{"yearly":1}},"start":{}}}"#, "9".repeat(1 << 20)),
        format!(r#"{{"usage":{{"yearly":1}},"service":"{huge}"}}"#),
        format!(r#"{{"usage":{{"yearly":1}},"tier_basis":"{huge}","price_book":{{"{huge}":0}}}}"#),
    ] {
        let (answer, _, code) = run(&["quote"], scenario.as_bytes());
        assert!(answer.len() < 4_000 && code == Some(1), "{} bytes for {}", answer.len(), &scenario[..60]);
    }
}

#[test]
fn answers_in_the_order_of_the_lines() {
    // So few calls cost 4.8 each by postpaid.
    let lines: String = (0..80).map(|calls| format!("{{\"usage\":{{\"yearly\":{calls}}}}}\n")).collect();
    let totals: Vec<String> = (0..80).map(|calls| format!("{}.{}0", calls * 48 / 10, calls * 48 % 10)).collect();
    check(lines, &totals.iter().map(String::as_str).collect::<Vec<_>>(), 0);
}

/// A program that writes one line and waits for its answer before it writes the next one.
#[test]
fn answers_before_the_input_ends() {
    let mut child = start(&["quote"], Stdio::piped());
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for (line, begin) in [(EXAMPLE_A, r#"{"currency""#), ("\n{}", r#"{"error""#), (EXAMPLE_B, r#"{"currency""#)] {
        // The beginning of the next line is there too, and must not hold back the answer.
        stdin.write_all(format!("{line}\n ").as_bytes()).expect("written");
        let mut answer = String::new();
        stdout.read_line(&mut answer).expect("an answer");
        assert!(answer.starts_with(begin) && answer.ends_with('\n'), "{line}: {answer}");
    }
    drop(stdin);
    assert_eq!(child.wait().expect("ended").code(), Some(1));
}

#[test]
fn ends_quietly_when_its_reader_has_gone() {
    for arguments in [&["quote"][..], &["--help"], &["--version"]] {
        let mut child = start(arguments, Stdio::piped());
        drop(child.stdout.take());
        let (_, complaints, code) = finish(child, format!("{EXAMPLE_A}\n").repeat(1_000).as_bytes());
        assert_eq!((complaints.as_str(), code), ("", Some(0)), "{arguments:?}");
    }
    // What was read before the end counts for the exit status.
    let mut child = start(&["quote"], Stdio::piped());
    drop(child.stdout.take());
    let (_, complaints, code) = finish(child, "{}\n".repeat(1_000).as_bytes());
    assert_eq!((complaints.as_str(), code), ("", Some(1)));
}

#[cfg(target_os = "linux")]
#[test]
fn reports_a_full_disk() {
    let full = || File::options().write(true).open("/dev/full").expect("the full device");
    for arguments in [&["quote"][..], &["--help"], &["--version"]] {
        let (_, complaints, code) = finish(start(arguments, full().into()), EXAMPLE_A.as_bytes());
        assert!(complaints.starts_with("callmix: ") && complaints.lines().count() == 1, "{arguments:?}: {complaints}");
        assert_eq!(code, Some(1), "{arguments:?}");
    }
    // Where standard error is full too, the exit status is all that is left.
    let mut command = Command::new(env!("CARGO_BIN_EXE_callmix"));
    let status = |arguments: &[&str], command: &mut Command| {
        command.args(arguments).stdin(Stdio::null()).stdout(full()).stderr(full()).status().expect("ended").code()
    };
    assert_eq!(status(&["--help"], &mut command), Some(1));
    assert_eq!(status(&["--help", "further"], &mut Command::new(env!("CARGO_BIN_EXE_callmix"))), Some(2));
}

#[cfg(unix)]
#[test]
fn reports_input_that_cannot_be_read() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_callmix"));
    let folder = File::open(env!("CARGO_MANIFEST_DIR")).expect("a folder");
    let output = command.arg("quote").stdin(folder).output().expect("ended");
    let complaints = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(complaints.starts_with("callmix: ") && !complaints.contains("panicked"), "{complaints}");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}

#[test]
fn prints_help_and_version() {
    for argument in ["--help", "-h", "help"] {
        let (help, complaints, code) = run(&[argument], b"");
        assert!(help.contains("Usage: callmix quote") && complaints.is_empty() && code == Some(0), "{help}{complaints}");
    }
    let version = format!("callmix {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(run(&["-V"], b""), (version, String::new(), Some(0)));
}

#[test]
fn refuses_unknown_commands() {
    for arguments in [&[][..], &["quotes"], &["--frobnicate"], &["quote", "further"], &["quote", "--pretty"], &[""], &["Quote"]] {
        let (answers, complaints, code) = run(arguments, EXAMPLE_A.as_bytes());
        assert_eq!((answers.as_str(), code), ("", Some(2)), "{arguments:?}");
        assert!(complaints.contains("callmix quote"), "{arguments:?}: {complaints}");
    }
}

#[test]
fn validates_price_books() {
    let book = |name: &str| format!("{}/site/prices/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut files =
        std::fs::read_dir(book("")).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().to_string());
    let valid = book(&files.find(|name| name.ends_with(".json")).expect("a book"));
    let parsed = PriceBook::from_json(&std::fs::read_to_string(&valid).expect("a book")).expect("valid");
    let ok = format!("{valid}: ok, {}, {}\n", parsed.version(), parsed.hash());
    assert_eq!(run(&["validate", &valid], b""), (ok.clone(), String::new(), Some(0)));

    // An invalid file and one that does not exist leave the others valid.
    let invalid = format!("{}/Cargo.toml", env!("CARGO_MANIFEST_DIR"));
    let (lines, complaints, code) = run(&["validate", &invalid, &book("missing.json"), &valid], b"");
    let (errors, rest) = lines.split_once('\n').expect("two lines");
    let errors: Value = serde_json::from_str(errors).expect("JSON");
    assert_eq!((&errors["error"]["code"], &errors["file"], rest), (&"not_json".into(), &invalid.into(), ok.as_str()));
    assert!(complaints.contains("missing.json") && complaints.lines().count() == 1, "{complaints}");
    assert_eq!(code, Some(1));
    for arguments in [&["validate"][..], &["validate", "--strict", &valid]] {
        assert_eq!(run(arguments, b"").2, Some(2), "{arguments:?}");
    }
}
