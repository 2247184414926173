//! Usage files: what is wrong with one, and what else there is to know about them.

use super::numbers::{counted, grouped, list};
use crate::usage_files::Note;
use crate::usage_files::problem::{FileError, FileErrorKind, OtherContent, Wanted};

/// One sentence that says where the error is and what would be right.
pub fn file_error_sentence(error: &FileError) -> String {
    let place = place(&error.file, error.row, error.column.as_deref());
    format!("{place}: {}", file_error(&error.kind))
}

/// `bill.csv, row 17, column “Date”`.
fn place(file: &str, row: Option<u64>, column: Option<&str>) -> String {
    let row = row.map(|row| format!(", row {}", grouped(row))).unwrap_or_default();
    let column = column.map(|column| format!(", column “{column}”")).unwrap_or_default();
    format!("{file}{row}{column}")
}

fn file_error(kind: &FileErrorKind) -> String {
    match kind {
        FileErrorKind::Empty => "this file is empty; choose one with calls in it.".into(),
        FileErrorKind::HeadingsOnly => "this file has headings and no rows; choose one with calls in it.".into(),
        FileErrorKind::NotText(content) => format!("this is {}.", other_content(*content)),
        FileErrorKind::DamagedGzip => "this gzip file is cut off or damaged; copy or download it again.".into(),
        FileErrorKind::RowTooLong { most } => format!(
            "this row has more than {} bytes; check whether a quote is never closed, or whether this is another kind of file.",
            grouped(*most as u64)
        ),
        FileErrorKind::NoTimeColumn { headings } => format!(
            "no column has dates or times; the columns are {}. A table needs one, with commas, semicolons or tabs between the columns.",
            quoted(headings, "and")
        ),
        FileErrorKind::AmbiguousColumns { wanted, headings } => {
            let (meaning, name) = match wanted {
                Wanted::Time => ("have times", "time"),
                Wanted::Count => ("could be the number of calls", "calls"),
            };
            format!("{} {meaning}; rename the right one to “{name}”.", quoted(headings, "and"))
        }
        FileErrorKind::MissingColumns { needed } => format!("this file has no column {}; add it.", quoted(needed, "and no column")),
        FileErrorKind::NoDurationColumn => {
            "a replay needs how long each call took; add a column named “duration” with seconds, or one named “end” with times.".into()
        }
        FileErrorKind::UndecidedDates { example } => {
            format!(
                "{example} can be read with the day or the month first, and so can all other dates here; say which with --dates dmy or mdy."
            )
        }
        FileErrorKind::BothDateOrders => {
            "some dates here have the day first, and others the month; write them all alike, for example as 2027-01-31.".into()
        }
        FileErrorKind::SameContent { other } => format!("this file has the same content as {other}; leave one of them out."),
        FileErrorKind::TooManyMeters { most } => format!("these files have more than {} meters; leave some out.", grouped(*most as u64)),
        FileErrorKind::TooManyCalls { most } => {
            format!("a replay can have up to {} calls; use files of a shorter time.", grouped(*most as u64))
        }
        FileErrorKind::UnknownMeter { known } if known.is_empty() => "these files have no meters; leave this out.".into(),
        FileErrorKind::UnknownMeter { known } => format!("choose a meter that these files have: {}.", listed(known)),
        FileErrorKind::AmbiguousMeter { known } => format!("choose one of the meters with this name: {}.", listed(known)),
        FileErrorKind::NotReadable(reason) => format!("this file can’t be read ({reason})."),
    }
}

fn other_content(content: OtherContent) -> &'static str {
    match content {
        OtherContent::Pdf => "a PDF document; export the bill as CSV",
        OtherContent::Zip => "a ZIP archive or a spreadsheet; unpack it, or save the sheet as CSV",
        OtherContent::Spreadsheet => "an older spreadsheet; save the sheet as CSV",
        OtherContent::Image => "an image; export the data as CSV",
        OtherContent::Parquet => "a Parquet file; export it as CSV",
        OtherContent::OtherCompression => "a compressed file; unpack it, or compress it with gzip",
        OtherContent::Binary => "no text; export the data as CSV",
    }
}

fn quoted(names: &[String], conjunction: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    list(&names.iter().map(String::as_str).collect::<Vec<_>>(), conjunction)
}

/// Names of which many may be left out.
fn listed(names: &[String]) -> String {
    const MOST: usize = 50;
    let shown: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
    match names.len() - shown.len() {
        0 => list(&shown, "or"),
        further => format!("{} or one of {further} more", shown.join(", ")),
    }
}

/// One sentence about the files.
pub fn file_note_sentence(note: &Note) -> String {
    match note {
        Note::Malformed { file, row, column } => {
            let what = if column.is_some() { "this cell" } else { "this row" };
            format!(
                "{}: {what} can’t be read. It is the first one that was left out as malformed.",
                place(file, Some(*row), column.as_deref())
            )
        }
        Note::Overlap { files: [one, other], months: [first, last] } => {
            let months = if first == last { format!("in {first}") } else { format!("from {first} to {last}") };
            format!("{one} and {other} have rows of the same time {months}. Both are counted; leave one out if they have the same calls.")
        }
        Note::Gap { months } => {
            let months: Vec<&str> = months.iter().map(String::as_str).collect();
            format!(
                "There are no rows in {}, so they count as months without calls. Add their files if there were calls.",
                list(&months, "and")
            )
        }
        Note::NoPackageCalls { file } => {
            format!("{file} has no columns for the usage before packages, so calls that a package paid for are missing.")
        }
        Note::TooManyCalls => "There are more calls than a scenario can have, so there is none.".into(),
        Note::UnusedPackages { packages } => {
            let count = counted(*packages as u64).map_or_else(|| packages.to_string(), Into::into);
            let noun = if *packages == 1 { "package is" } else { "packages are" };
            format!("In the scenario, {count} listed {noun} left out, because of the months they are valid for.")
        }
        Note::Changed { file } => format!("{file} changed while it was read, so its last rows may be missing."),
        Note::TimeTaken { file, is_end } => {
            let (time, other) = if *is_end { ("end", "start") } else { ("start", "end") };
            format!("{file}: the times were taken as the {time} of each call. Use --time {other} if they are the {other}.")
        }
        Note::ClockWentBack { file, times, row } => format!(
            "{file}: times go back by more than a minute {}, for the first time in row {}. All calls were sorted by their start.",
            if *times == 1 { "once".into() } else { format!("{} times", grouped(*times)) },
            grouped(*row)
        ),
    }
}
