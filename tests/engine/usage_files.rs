//! Usage files: each format, each encoding, what is left out and why, and the months to plan with.
//!
//! The samples in `tests/usage/` are made by hand, so that every sum can be checked by reading them. Source: the rules of
//! usage that people have, and the contract, "Command line".

use std::io::Write;

use callmix::file_reports::{errors_json, usage_json};
use callmix::price_book::PriceBook;
use callmix::usage_files::{DateOrder, FileTaker, Filling, Format, UsageOptions, UsageReader};
use serde_json::{Value, json};

use super::command_line::run;

pub(super) fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/usage/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a sample")
}

/// The report on files, or their errors, with the bytes in pieces of this size.
pub(super) fn read_in_pieces(files: &[(&str, &[u8])], options: UsageOptions, size: usize) -> Value {
    let mut reader = UsageReader::new(options);
    for (name, bytes) in files {
        reader.open(name);
        for piece in bytes.chunks(size) {
            if !reader.feed(piece) {
                break;
            }
        }
        reader.close();
    }
    let report = match reader.finish(&PriceBook::built_in().expect("valid")) {
        Ok(report) => usage_json(&report),
        Err(errors) => errors_json(&errors),
    };
    serde_json::from_str(&report).expect("JSON")
}

fn read_with(text: impl AsRef<[u8]>, options: UsageOptions) -> Value {
    read_in_pieces(&[("file", text.as_ref())], options, 1 << 16)
}

pub(super) fn read(text: impl AsRef<[u8]>) -> Value {
    read_with(text, UsageOptions::default())
}

fn zoned(text: impl AsRef<[u8]>, zone: &str) -> Value {
    read_with(text, UsageOptions { zone: callmix::usage_files::zone(zone), ..UsageOptions::default() })
}

/// The rows that were left out, as `not_usage 2`.
pub(super) fn left_out(report: &Value) -> String {
    let rows = report["left_out"].as_array().expect("a list");
    rows.iter().map(|row| format!("{} {}", row["why"].as_str().expect("text"), row["rows"])).collect::<Vec<_>>().join(", ")
}

/// The months as `2026-01 10`, with a `+` behind those that are whole.
fn months(report: &Value) -> String {
    let months = report["months"].as_array().expect("a list").iter();
    let month = |month: &Value| {
        let whole = if month["whole"] == true { "+" } else { "" };
        format!("{} {}{whole}", month["month"].as_str().expect("text"), month["calls"])
    };
    months.map(month).collect::<Vec<_>>().join(", ")
}

fn meters(report: &Value) -> String {
    let rows = report["meters"].as_array().expect("a list").iter();
    rows.map(|row| format!("{} ({}) {}", row["meter"].as_str().expect("text"), row["unit"].as_str().expect("text"), row["calls"]))
        .collect::<Vec<_>>()
        .join(", ")
}

fn notes(report: &Value) -> Vec<&str> {
    report["notes"].as_array().expect("a list").iter().map(|note| note["code"].as_str().expect("text")).collect()
}

/// The code and the message of the only error.
#[track_caller]
pub(super) fn error(report: &Value) -> (&str, &str) {
    assert_eq!(report["errors"].as_array().map(Vec::len), Some(1), "{report}");
    (report["error"]["code"].as_str().expect("a code"), report["error"]["message"].as_str().expect("a message"))
}

#[track_caller]
fn check(name: &str, format: &str, zone: &str, rows: u64, reasons: &str, sums: &str, by_month: &str) {
    let report = read(sample(name));
    let found = (report["format"].as_str(), report["zone"].as_str(), report["rows"].as_u64());
    assert_eq!(found, (Some(format), Some(zone), Some(rows)), "{name}: {report}");
    assert_eq!((left_out(&report).as_str(), meters(&report).as_str(), months(&report).as_str()), (reasons, sums, by_month), "{name}");
    let left: u64 = report["left_out"].as_array().expect("a list").iter().map(|row| row["rows"].as_u64().expect("a number")).sum();
    assert_eq!(report["counted"].as_u64().expect("a number") + left, rows, "{name}");
}

#[test]
fn reads_bills() {
    check("focus.csv", "focus", "UTC", 7, "no_count 1, not_usage 2", "Audio (1K Requests) 2000, HD calls (Requests) 131", "");
    check("aws.csv", "aws", "UTC", 6, "not_usage 3", "API-Calls (Requests) 61", "2026-01 61+");
    check("aws2.csv", "aws", "UTC", 6, "not_usage 3", "API-Calls (Requests) 61", "2026-01 61+");
    check("azure.csv", "azure", "UTC", 4, "not_usage 2", "Calls (10K) 1352", "2026-01 1352+");
    check("tencent.csv", "tencent", "+08:00", 4, "not_usage 2", "Image Animate / Calls (times) 160", "2026-01 160+");
    check("tencent_zh.csv", "tencent", "+08:00", 4, "not_usage 2", "图像动画 / 调用次数 (万次) 7600", "2026-01 7600+");
}

#[test]
fn reads_tables_and_logs() {
    let reasons = "header 1, empty 1, malformed 2, no_time 1, no_count 1";
    check("plain.tsv", "csv", "UTC", 8, reasons, "calls (calls) 1500", "2026-01 1500+");
    check("calls.jsonl", "jsonl", "mixed", 7, "empty 1, malformed 1, no_time 1, failed 1", "calls (calls) 3", "2026-01 3+");
    check("access.log", "access_log", "+08:00", 5, "malformed 1, failed 1", "calls (calls) 3", "2026-01 3+");
    let cut = read("us\":200}\n{\"time\":\"2026-01-01\"}\n{\"time\":\"2026-01-31\"}\n");
    assert_eq!((months(&cut).as_str(), left_out(&cut).as_str()), ("2026-01 2+", "malformed 1"), "a log that begins within a line");
    let report = read("2026-01-01;3\n2026-01-31;4\n");
    assert_eq!((report["rows"].as_u64(), months(&report).as_str()), (Some(2), "2026-01 7+"), "no heading");
    assert_eq!(months(&read("time\n2026-01-01 10:00\n2026-01-31 11:00\n")), "2026-01 2+", "one column");
}

#[test]
fn reads_any_encoding() {
    let (table, chinese) = (sample("plain.tsv"), sample("tencent_zh.csv"));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let utf16 = |text: &str, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(to_bytes).collect() };
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(bytes).expect("memory");
        packed.finish().expect("memory")
    };
    for original in [&table, &chinese] {
        let plain = read(original);
        let marked = format!("\u{feff}{}", text(original));
        let (encoded, _, had_errors) = encoding_rs::GB18030.encode(std::str::from_utf8(original).expect("UTF-8"));
        assert!(!had_errors);
        // A file of several gzip members, as joined files are.
        let (one, other) = original.split_at(original.len() / 2);
        for (name, bytes) in [
            ("mark", marked.as_bytes().to_vec()),
            ("UTF-16", utf16(&marked, u16::to_le_bytes)),
            ("UTF-16", utf16(&marked, u16::to_be_bytes)),
            ("GB18030", encoded.to_vec()),
            ("gzip", gzip(original)),
            ("gzip", [gzip(one), gzip(other)].concat()),
            ("gzip of UTF-16", gzip(&utf16(&marked, u16::to_le_bytes))),
            ("return", text(original).replace('\n', "\r\n").into_bytes()),
        ] {
            for size in [1, 5, 1 << 16] {
                let report = read_in_pieces(&[("file", &bytes)], UsageOptions::default(), size);
                for key in ["rows", "counted", "left_out", "meters", "months"] {
                    assert_eq!(report[key], plain[key], "{name}, {key}, pieces of {size}");
                }
            }
        }
    }
    // Of another encoding, separators and digits are enough.
    let latin = read(b"Stra\xdfe,day,calls\nA,2026-01-01,5\nB\xfc,2026-01-31,6\n");
    assert_eq!((months(&latin).as_str(), &latin["files"][0]["encoding"]), ("2026-01 11+", &json!("unknown")));
    // ASCII in UTF-16 shows without a mark.
    let unmarked = utf16("day,calls\n2026-01-01,5\n", u16::to_le_bytes);
    assert_eq!((months(&read(&unmarked)).as_str(), &read(&unmarked)["files"][0]["encoding"]), ("2026-01 5", &json!("UTF-16")));
}

#[test]
fn pieces_of_any_size_give_the_same() {
    for name in ["focus.csv", "azure.csv", "tencent_zh.csv", "plain.tsv", "calls.jsonl", "access.log", "hours/hours.csv"] {
        let bytes = sample(name);
        let whole = read(&bytes);
        for size in [1, 2, 3, 7, 64, 1_000] {
            assert_eq!(read_in_pieces(&[("file", &bytes)], UsageOptions::default(), size), whole, "{name} in pieces of {size}");
        }
    }
}

#[test]
fn zones_move_moments_between_months() {
    let log = "{\"time\":\"2026-01-31T23:30:00Z\"}\n{\"time\":\"2026-03-01T00:00:00+02:00\"}\n";
    assert_eq!(months(&read(log)), "2026-01 1, 2026-02 0+, 2026-03 1");
    assert_eq!(months(&zoned(log, "+08:00")), "2026-02 1+, 2026-03 1");
    assert_eq!(months(&zoned(log, "UTC")), "2026-01 1, 2026-02 1+");
    // Without an offset, a time is local in whatever zone; a number is UTC.
    let local = "time,calls\n2026-01-31 23:30:00,2\n";
    assert_eq!((months(&zoned(local, "+08:00")).as_str(), &zoned(local, "+08:00")["zone"]), ("2026-01 2", &json!("+08:00")));
    assert_eq!(months(&zoned("time,calls\n1769902200,2\n", "+08:00")), "2026-02 2");
    // Bills have zones of their own, and a month of Tencent's begins at 16:00 UTC.
    let focus = "ChargePeriodStart,ChargeCategory,ConsumedQuantity\n2026-01-31T16:00:00Z,Usage,5\n";
    assert_eq!((months(&read(focus)).as_str(), months(&zoned(focus, "+08:00")).as_str()), ("2026-01 5", "2026-02 5"));
    let tencent = "Usage Start Time,Component Usage,Transaction Type\n2026-02-01 00:00:00,5,Daily settlement\n";
    assert_eq!((months(&read(tencent)).as_str(), months(&zoned(tencent, "UTC")).as_str()), ("2026-02 5", "2026-01 5"));
    // Such a bill lacks the calls that packages paid for.
    assert_eq!(notes(&read(tencent)), ["no_package_calls"]);
}

#[test]
fn columns_of_dates_show_their_order() {
    let table = |dates: &[&str]| format!("date,calls\n{}", dates.iter().map(|date| format!("{date},1\n")).collect::<String>());
    assert_eq!(months(&read(table(&["03/04/2026", "25/04/2026"]))), "2026-04 2");
    assert_eq!(months(&read(table(&["03/04/2026", "03/25/2026"]))), "2026-03 2");
    assert_eq!(read(table(&["25/04/2026"]))["files"][0]["dates"], "dmy");
    let undecided = read(table(&["2026-01-01", "03/04/2026"]));
    let (code, message) = error(&undecided);
    assert_eq!(code, "undecided_dates");
    assert!(message.starts_with("file, row 3, column “date”: 03/04/2026 ") && message.contains("--dates"), "{message}");
    let both = read(table(&["03/04/2026", "25/04/2026", "04/25/2026"]));
    assert!(error(&both).0 == "mixed_dates" && error(&both).1.starts_with("file, row 4, column “date”"), "{both}");
    let given = |order| UsageOptions { dates: Some(order), ..UsageOptions::default() };
    let dates = table(&["03/04/2026", "13/04/2026"]);
    assert_eq!(months(&read_with(&dates, given(DateOrder::DayFirst))), "2026-04 2");
    let month_first = read_with(&dates, given(DateOrder::MonthFirst));
    assert_eq!((months(&month_first).as_str(), left_out(&month_first).as_str()), ("2026-03 1", "malformed 1"));
    // Azure writes the month first, whatever its days are.
    assert_eq!(months(&read("Date,Quantity,ChargeType\n03/04/2026,5,Usage\n")), "2026-03 5");
}

#[test]
fn twelve_months_end_with_the_last_whole_one() {
    let table = |from: i32, to: i32| -> String {
        let rows = (from..=to).map(|month| format!("{}-{:02},{}\n", 2024 + month / 12, month % 12 + 1, month + 1));
        format!("month,calls\n{}", rows.collect::<String>())
    };
    let report = read(table(10, 26));
    assert_eq!((report["counted"].as_u64(), left_out(&report).as_str()), (Some(12), "outside 5"));
    assert!(months(&report).starts_with("2025-04 16+, ") && months(&report).ends_with("2026-03 27+"), "{report}");
    assert_eq!(report["scenario"], json!({"usage": {"monthly": (16..=27).collect::<Vec<_>>()}, "start": "2026-04"}));
    // Partial months on both sides are shown, and not used.
    let days = format!("{}2026-04-10,7\n", table(15, 26).replace("month,calls\n", "month,calls\n2025-03-20,9\n"));
    let report = read(days);
    assert!(months(&report).starts_with("2025-03 9, 2025-04 16+") && months(&report).ends_with("2026-04 7"), "{report}");
    assert_eq!((left_out(&report).as_str(), &report["scenario"]["start"]), ("", &json!("2026-04")));
    // Months before the file are filled with the average, rounded up, unless that is turned off.
    let report = read(table(24, 25));
    assert_eq!(report["scenario"]["usage"]["monthly"].as_array().expect("a list")[9..], [json!(26), json!(25), json!(26)]);
    assert_eq!(report["filled"].as_array().map(Vec::len), Some(10));
    let report = read_with(table(24, 25), UsageOptions { filling: Filling::None, ..UsageOptions::default() });
    assert_eq!((&report["scenario"]["usage"]["monthly"][9], &report["filled"]), (&json!(0), &json!([])));
    // Without a whole month there is no scenario, and no error.
    let report = read("day,calls\n2026-01-05,3\n2026-02-03,4\n");
    assert_eq!((months(&report).as_str(), &report["scenario"]), ("2026-01 3, 2026-02 4", &Value::Null));
}

#[test]
fn corrections_are_added_and_a_month_is_never_negative() {
    let report = read("month,calls\n2026-01,100\n2026-01,-0.5\n2026-02,-7\n2026-03,5\n");
    assert_eq!((months(&report).as_str(), meters(&report).as_str()), ("2026-01 100+, 2026-02 0+, 2026-03 5+", "calls (calls) 105"));
}

#[test]
fn meters_are_chosen_by_name() {
    let meter = |name: &str| read_with(sample("focus.csv"), UsageOptions { meter: Some(name.into()), ..UsageOptions::default() });
    assert_eq!(months(&meter("HD calls")), "2026-01 131+");
    assert_eq!(months(&meter("Audio (1K Requests)")), "2026-01 2000+");
    let report = meter("SD calls");
    assert_eq!(error(&report).0, "unknown_meter");
    assert!(error(&report).1.contains("Audio (1K Requests) or HD calls (Requests)"), "{report}");
    let heading = "ChargePeriodStart,ChargeCategory,ConsumedQuantity,ServiceName,ConsumedUnit\n";
    let two_units = format!("{heading}2026-01-01T00:00:00Z,Usage,1,A,x\n2026-01-01T00:00:00Z,Usage,2,A,y\n");
    let named = |name: &str| read_with(&two_units, UsageOptions { meter: Some(name.into()), ..UsageOptions::default() });
    assert_eq!((error(&named("A")).0, months(&named("A (x)")).as_str()), ("ambiguous_meter", "2026-01 1"));
}

#[test]
fn lists_of_packages_become_owned_packages() {
    let (bill, packages) = (sample("tencent.csv"), sample("tencent_packages.csv"));
    let report = read_in_pieces(&[("bill.csv", &bill), ("packages.csv", &packages)], UsageOptions::default(), 1 << 16);
    assert_eq!((&report["format"], left_out(&report).as_str()), (&json!("tencent"), "not_usage 5"));
    let expected = json!([
        {"calls": 350, "months_left": 12, "until": "2027-01"},
        {"calls": 15_000, "months_left": 13, "until": "2027-02"},
    ]);
    assert_eq!(report["owned_packages"], expected);
    // The built-in packages are valid for 12 months, so that the second one is none of them.
    assert_eq!(report["scenario"]["owned_packages"], json!([{"calls": 350, "months_left": 12}]));
    assert_eq!(notes(&report), ["unused_packages"]);
    let alone = read(&packages);
    assert_eq!((&alone["owned_packages"][0]["months_left"], &alone["scenario"]), (&Value::Null, &Value::Null));
}

#[test]
fn several_files_are_counted_together() {
    let read_files = |files: &[(&str, &[u8])]| read_in_pieces(files, UsageOptions::default(), 1 << 16);
    let january: &[u8] = b"day,calls\n2026-01-01,1\n2026-01-31,2\n";
    let february: &[u8] = b"{\"time\":\"2026-02-01\"}\n{\"time\":\"2026-02-28\"}\n";
    let report = read_files(&[("1.csv", january), ("2.jsonl", february)]);
    assert_eq!((&report["format"], months(&report).as_str()), (&json!("mixed"), "2026-01 3+, 2026-02 2+"));
    assert_eq!(notes(&report), [""; 0]);
    // The same time twice is counted, and reported.
    let half: &[u8] = b"day,calls\n2026-01-31,5\n2026-02-15,5\n";
    let report = read_files(&[("1.csv", january), ("half.csv", half)]);
    assert_eq!((months(&report).as_str(), notes(&report)), ("2026-01 8+, 2026-02 5", vec!["overlap"]));
    let message = report["notes"][0]["message"].as_str().expect("text");
    assert!(message.starts_with("1.csv and half.csv have rows of the same time in 2026-01."), "{message}");
    // The same content twice is refused.
    let report = read_files(&[("1.csv", january), ("copy.csv", january)]);
    assert!(error(&report).0 == "duplicate" && error(&report).1.contains("1.csv"), "{report}");
    // A month that no file has counts as none, and is reported.
    let march: &[u8] = b"day,calls\n2026-03-01,1\n2026-03-31,2\n";
    let report = read_files(&[("1.csv", january), ("3.csv", march)]);
    assert_eq!((months(&report).as_str(), notes(&report)), ("2026-01 3+, 2026-02 0+, 2026-03 3+", vec!["gap"]));
    // All errors of all files.
    let report = read_files(&[("1.pdf", b"%PDF-1.7"), ("1.csv", january), ("2.csv", b"")]);
    let fields: Vec<&Value> = report["errors"].as_array().expect("a list").iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["1.pdf", "2.csv"]);
}

#[test]
fn a_reduced_log_counts_the_same() {
    // `hours.csv` was made from `calls.jsonl` by `by_hour.sql` in DuckDB.
    let (log, hours) = (read(sample("hours/calls.jsonl")), read(sample("hours/hours.csv")));
    assert_eq!(months(&log), "2025-12 4, 2026-01 254+, 2026-02 135");
    for key in ["zone", "meters", "months", "scenario"] {
        assert_eq!(log[key], hours[key], "{key}");
    }
}

#[test]
fn formats_can_be_forced() {
    let forced = |text: &str, format| read_with(text, UsageOptions { format: Some(format), ..UsageOptions::default() });
    let bill = "ChargePeriodStart,ChargeCategory,ConsumedQuantity,x\n2026-01-01,Credit,5,a\n";
    assert_eq!(left_out(&forced(bill, Format::Focus)), "not_usage 1");
    let report = forced("date,calls\n2026-01-01,5\n", Format::Aws);
    assert!(error(&report).0 == "missing" && error(&report).1.contains("“lineItem/UsageStartDate”"), "{report}");
}

#[test]
fn the_command_line_reads_files() {
    let path = |name: &str| format!("{}/tests/usage/{name}", env!("CARGO_MANIFEST_DIR"));
    let (focus, aws) = (path("focus.csv"), path("aws.csv"));
    let usage = |arguments: &[&str], input: &[u8]| {
        let (output, complaints, code) = run(&[&["usage"], arguments].concat(), input);
        assert_eq!((output.lines().count(), complaints.as_str()), (1, ""), "{arguments:?}");
        (serde_json::from_str::<Value>(&output).expect("JSON"), code)
    };
    let (report, code) = usage(&["--meter", "HD calls", "--zone=+08:00", &focus], b"");
    assert_eq!((months(&report).as_str(), &report["zone"], code), ("2026-01 101+, 2026-02 30", &json!("+08:00"), Some(0)));
    let keys: Vec<&str> = report.as_object().expect("an object").keys().map(String::as_str).collect();
    for key in ["format", "zone", "rows", "counted", "left_out", "meters", "months", "filled", "scenario", "owned_packages"] {
        assert!(keys.contains(&key), "{key}");
    }
    let (report, code) = usage(&["-", "--dates", "dmy", "--no-fill"], b"date,calls\n01/02/2026,5\n");
    assert_eq!((months(&report).as_str(), code), ("2026-02 5", Some(0)));
    let (report, code) = usage(&[&focus, &aws, &focus, &path("missing.csv")], b"");
    let codes: Vec<&str> = report["errors"].as_array().expect("a list").iter().filter_map(|error| error["code"].as_str()).collect();
    assert_eq!((codes, code), (vec!["duplicate", "not_readable"], Some(1)));
    for arguments in [
        &["usage"][..],
        &["usage", "--format", "xml", &focus],
        &["usage", "--zone", "Berlin", &focus],
        &["usage", "--dates", "ymd", &focus],
        &["usage", "--frobnicate", &focus],
        &["usage", &focus, "--meter"],
        &["usage", "--no-fill", "--no-fill", &focus],
    ] {
        let (output, complaints, code) = run(arguments, b"");
        assert_eq!((output.as_str(), code), ("", Some(2)), "{arguments:?}");
        assert!(complaints.starts_with("callmix: ") && complaints.contains("Usage: "), "{complaints}");
    }
}
