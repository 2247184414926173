//! Access logs of web servers in the common and the combined format.
//!
//! A line is `host ident user [31/Jan/2026:08:05:00 +0800] "request" status bytes`, in the combined format with the
//! referrer and the user agent in quotes behind it. A duration may follow: seconds with a fraction, as nginx writes
//! `$request_time`, or whole microseconds, as Apache writes `%D`.

use super::problem::FileErrorKind;
use super::rows::{ParsedRow, Record, RowSink, TextLines};

/// The columns of a line.
pub const COLUMNS: [&str; 3] = ["time", "status", "duration"];

/// Divides an access log into rows.
#[derive(Debug, Default)]
pub struct LogRows {
    pub(super) lines: TextLines,
    cells: Vec<u8>,
}

impl LogRows {
    pub(super) fn feed(&mut self, text: &[u8], sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        let Self { lines, cells } = self;
        lines.feed(text, &mut |line, number| pass(line, number, cells, sink))
    }

    pub(super) fn finish(&mut self, sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        let Self { lines, cells } = self;
        lines.finish(&mut |line, number| pass(line, number, cells, sink))
    }
}

fn pass(line: &[u8], number: u64, cells: &mut Vec<u8>, sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return sink.row(ParsedRow::Empty, number);
    }
    let Some([time, status, duration]) = cells_of(line) else {
        return sink.row(ParsedRow::Malformed, number);
    };
    cells.clear();
    cells.extend_from_slice(time);
    cells.extend_from_slice(status);
    cells.extend_from_slice(duration);
    let ends = [time.len(), time.len() + status.len(), cells.len()];
    sink.row(ParsedRow::Cells(Record::new(cells, &ends)), number)
}

/// The time, the status and the duration of a line; the duration is empty where there is none.
pub fn cells_of(line: &[u8]) -> Option<[&[u8]; 3]> {
    let line = line.trim_ascii();
    let (time, rest) = time_and_rest(line)?;
    let rest = after_quoted(rest)?.trim_ascii_start();
    let (status, rest) = word(rest);
    let (bytes, mut rest) = word(rest);
    let is_number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    if status.len() != 3 || !is_number(status) || !(is_number(bytes) || bytes == b"-") {
        return None;
    }
    let mut duration: &[u8] = &[];
    while !rest.is_empty() {
        if rest[0] == b'"' {
            rest = after_quoted(rest)?.trim_ascii_start();
            continue;
        }
        let (next, behind) = word(rest);
        // A name may stand in front of it, as in `rt=0.123`.
        let value = memchr::memchr(b'=', next).map_or(next, |equals| &next[equals + 1..]);
        let value = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value);
        if is_decimal(value) {
            duration = value;
            break;
        }
        rest = behind;
    }
    Some([time, status, duration])
}

/// The time in its brackets, and what follows them. An address may have brackets too.
fn time_and_rest(line: &[u8]) -> Option<(&[u8], &[u8])> {
    memchr::memchr_iter(b'[', line).take(4).find_map(|bracket| {
        let rest = line.get(bracket + 1..)?;
        let end = memchr::memchr(b']', rest)?;
        // The time of a log has 26 characters and no spaces but the one before its offset.
        let (time, rest) = (&rest[..end], rest[end + 1..].trim_ascii_start());
        (time.len() >= 20 && time.get(2) == Some(&b'/')).then_some((time, rest))
    })
}

fn is_decimal(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    text.first().is_some_and(u8::is_ascii_digit) && text.iter().all(|&byte| byte.is_ascii_digit() || byte == b'.')
}

/// The next word, and what follows it.
fn word(text: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr(b' ', text).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (word, rest.trim_ascii_start())
}

/// What follows a text in quotes, in which a backslash escapes a quote.
fn after_quoted(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text.strip_prefix(b"\"")?;
    loop {
        let place = memchr::memchr2(b'"', b'\\', rest)?;
        let is_escape = rest[place] == b'\\';
        rest = rest.get(place + 1 + usize::from(is_escape)..)?;
        if !is_escape {
            return Some(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<[&str; 3]>) {
        assert_eq!(cells_of(line.as_bytes()), expected.map(|cells| cells.map(str::as_bytes)), "{line}");
    }

    #[test]
    fn reads_lines_of_web_servers() {
        let common = r#"203.0.113.7 - frank [10/Oct/2026:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326"#;
        let time = "10/Oct/2026:13:55:36 -0700";
        check(common, Some([time, "200", ""]));
        check(&format!("{common}\r"), Some([time, "200", ""]));
        check(&format!(r#"{common} "http://example.com/" "Mozilla/5.0 (X11; \"quoted\") [en] 1.5""#), Some([time, "200", ""]));
        check(&format!(r#"{common} "-" "curl" 0.123"#), Some([time, "200", "0.123"]));
        check(&format!(r#"{common} "-" "curl" "-" rt=0.123 uct="0.001""#), Some([time, "200", "0.123"]));
        check(&format!("{common} 123456"), Some([time, "200", "123456"]));
        check(&format!("{common} -5"), Some([time, "200", "-5"]));
        check(&common.replace("203.0.113.7", "[2001:db8::7]"), Some([time, "200", ""]));
        check(r#"::1 - - [10/Oct/2026:13:55:36 +0000] "" 408 -"#, Some(["10/Oct/2026:13:55:36 +0000", "408", ""]));
        check(
            r#"h - - [10/Oct/2026:13:55:36 +0000] "\x16\"\\" 400 0"#,
            Some(["10/Oct/2026:13:55:36 +0000", "400", "0"].map(|cell| if cell == "0" { "" } else { cell })),
        );
    }

    #[test]
    fn refuses_other_lines() {
        for line in [
            "",
            "time,calls",
            "[error] 7#7: *1 open() failed",
            r#"h - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/1.1"#,
            r#"h - - [10/Oct/2026:13:55:36 +0000] "GET /" abc 5"#,
            r#"h - - [10/Oct/2026:13:55:36 +0000] GET / 200 5"#,
            r#"h - - [10/Oct/2026:13:55"#,
            r#"h - - [10/Oct/2026:13:55:36 +0000] "GET /" 200"#,
            r#"h - - [today] "GET /" 200 5"#,
        ] {
            check(line, None);
        }
    }
}
