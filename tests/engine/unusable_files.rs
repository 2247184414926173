//! Files that cannot be used, and rows that cannot be read: what is wrong, and where.

use std::io::Write;

use callmix::price_book::PriceBook;
use callmix::replay::{ReplayOptions, ReplayReader};
use callmix::usage_files::{FileTaker, UsageOptions, UsageReader};
use proptest::prelude::*;

use super::usage_files::{error, left_out, read, read_in_pieces, sample};

/// The code and a part of the message for a file that cannot be used.
#[track_caller]
fn check_error(bytes: impl AsRef<[u8]>, code: &str, part: &str) {
    for size in [1_000_000, 3] {
        let report = read_in_pieces(&[("file", bytes.as_ref())], UsageOptions::default(), size);
        assert_eq!(error(&report).0, code, "{report}");
        let message = error(&report).1;
        assert!(message.starts_with("file") && message.contains(part) && message.ends_with('.'), "{message}");
        assert_eq!(report["error"]["field"], "file");
    }
}

#[test]
fn refuses_what_is_no_usage_file() {
    check_error(b"", "empty", "empty");
    check_error(b"\n \r\n\t\n", "empty", "empty");
    check_error(b"\xef\xbb\xbf", "empty", "empty");
    check_error(b"date,calls\n", "empty", "headings");
    check_error(b"date,calls\n\n", "empty", "headings");
    check_error(b"%PDF-1.7\n%\xe2\xe3", "unsupported_file", "PDF");
    check_error(b"PK\x03\x04\x14\x00", "unsupported_file", "ZIP");
    check_error(b"\x89PNG\r\n\x1a\n\x00\x00", "unsupported_file", "image");
    check_error(b"\xff\xd8\xff\xe0\x00\x10JFIF", "unsupported_file", "image");
    check_error(b"\x28\xb5\x2f\xfd\x04", "unsupported_file", "gzip");
    check_error(b"\x00\x01\x02\x03\x04\x00\x00\x07", "unsupported_file", "no text");
    check_error(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff", "damaged", "gzip");
    check_error(b"\x1f\x8b\x08\x00", "damaged", "gzip");
    check_error(b"date|calls\n2026-01-01|5\n", "no_time_column", "“date|calls”");
    check_error(b"name,calls\nfoo,5\n", "no_time_column", "“name” and “calls”");
    check_error(b"opened,closed\n2026-01-01,2026-01-02\n", "ambiguous_column", "“opened” and “closed”");
    check_error(b"day,a,b\n2026-01-01,5,7\n", "ambiguous_column", "“a” and “b”");
    check_error(b"ChargePeriodStart,ChargeCategory\n2026-01-01,Usage\n", "missing", "“ConsumedQuantity”");
    check_error(b"lorem ipsum\ndolor\n", "no_time_column", "lorem ipsum");
    let cut = {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(&sample("hours/hours.csv")).expect("memory");
        packed.finish().expect("memory")
    };
    check_error(&cut[..cut.len() / 2], "damaged", "cut off");
    let mut changed = cut.clone();
    let crc = changed.len() - 8;
    changed[crc] ^= 1;
    check_error(&changed, "damaged", "damaged");
}

#[test]
fn a_row_without_an_end_takes_no_memory() {
    const MEGABYTE: usize = 1 << 20;
    let mut reader = UsageReader::new(UsageOptions::default());
    reader.open("log");
    let line = vec![b'x'; MEGABYTE];
    let wanted = (0..2_000).take_while(|_| reader.feed(&line)).count();
    assert!(wanted < 4, "stopped after {wanted} MB");
    let errors = reader.finish(&PriceBook::built_in().expect("valid")).expect_err("too long");
    assert_eq!((errors[0].kind.code(), errors[0].row), ("too_long", Some(1)));
    // A quote that is never closed, and long lines in logs.
    let row = "2026-01-01,5\n".repeat(10);
    let quote = format!("date,calls\n{row}\"2026-01-02,5\n{}", row.repeat(20_000));
    assert!(error(&read(&quote)).1.starts_with("file, row 12: "), "{}", read(&quote));
    let json = format!("{{\"time\":\"2026-01-01\"}}\n{{\"time\":\"{}", "x".repeat(3 * MEGABYTE));
    assert!(error(&read(&json)).1.starts_with("file, row 2: "), "{}", read(&json));
}

#[test]
fn rows_that_were_cut_off_are_reported() {
    let report = read("date,region,calls\n2026-01-01,eu,5\n2026-01-02,eu\n2026-01-03,eu,5,,\n2026-01-04,eu,5,7\n2026-01-05,e");
    assert_eq!((report["counted"].as_u64(), left_out(&report).as_str()), (Some(2), "malformed 3"));
    let message = report["notes"][0]["message"].as_str().expect("text");
    assert!(message.starts_with("file, row 3: this row can’t be read."), "{message}");
    let report = read("date,calls\n2026-01-01,5\n2026-01-02,many\n");
    assert!(report["notes"][0]["message"].as_str().expect("text").starts_with("file, row 3, column “calls”: this cell"), "{report}");
}

const SAMPLES: [&str; 10] = [
    "focus.csv",
    "aws.csv",
    "azure.csv",
    "tencent.csv",
    "tencent_zh.csv",
    "tencent_packages.csv",
    "plain.tsv",
    "calls.jsonl",
    "access.log",
    "hours/hours.csv",
];

/// Texts that change the meaning of a cell, a row or a whole file.
const SPLICES: [&[u8]; 18] = [
    b"\"",
    b"\n",
    b",",
    b"\r",
    b";",
    b"\xff",
    b"\0",
    b"9999999999999999",
    b"9999-12-31T23:59:59Z",
    b"0001-01-01",
    b"13/13/2026",
    b"-1e27",
    b"1e-36",
    b"{",
    b"[",
    b"\\",
    b"31/Dec/9999:23:59:60 -1800",
    b"\xe5",
];

proptest! {
    /// Damaged samples: no panic, every row accounted for, and the same answer in pieces of any size.
    #[test]
    fn damaged_files_are_counted_or_refused(
        place in 0..SAMPLES.len(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..SPLICES.len(), 0..12_usize), 0..8),
        size in 1..200_usize,
    ) {
        let mut bytes = sample(SAMPLES[place]);
        for (at, splice, removed) in edits {
            let from = at.index(bytes.len() + 1);
            bytes.splice(from..(from + removed).min(bytes.len()), SPLICES[splice].iter().copied());
        }
        let report = read_in_pieces(&[("file", &bytes)], UsageOptions::default(), size);
        prop_assert_eq!(&report, &read(&bytes));
        if report["error"].is_null() {
            let rows = report["left_out"].as_array().expect("a list").iter().map(|row| row["rows"].as_u64().expect("a number"));
            prop_assert_eq!(rows.sum::<u64>() + report["counted"].as_u64().expect("a number"), report["rows"].as_u64().expect("a number"));
        }
        let options = ReplayOptions { start: Some("time".into()), end: Some("time".into()), ..ReplayOptions::default() };
        for options in [options, ReplayOptions::default()] {
            let mut replay = ReplayReader::new(options);
            replay.open("file");
            replay.feed(&bytes);
            replay.close();
            if let Ok(report) = replay.finish() {
                let left: u64 = report.left_out.iter().map(|row| row.rows).sum();
                prop_assert_eq!(left + report.calls, report.rows);
            }
        }
    }
}
