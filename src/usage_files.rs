//! Usage files: bills and logs, read into the calls of each month.
//!
//! [`UsageReader`] takes the bytes of one file after the other, in pieces of any size, finds out what each of them is, and
//! counts. Memory does not grow with the files: there are exact sums by meter and month, and a buffer for one row.
//! [`UsageReader::finish`] gives the [`UsageReport`]: what was counted, what was left out and why, and twelve months to plan
//! with. How many slots the calls of a log need is left to [`replay`](crate::replay); files, progress and sentences are left
//! to others. Source: the rules of usage that people have.

pub(crate) mod access_log;
mod bills;
pub(crate) mod counting;
pub(crate) mod date_order;
pub(crate) mod detect;
pub(crate) mod file_reader;
pub(crate) mod input;
pub(crate) mod json_rows;
pub(crate) mod kinds;
pub(crate) mod layout;
mod months;
mod notes;
mod packages;
pub(crate) mod plain;
pub mod problem;
pub(crate) mod quantities;
mod report;
mod row_parser;
pub(crate) mod rows;
pub(crate) mod table;
pub(crate) mod tally;
pub(crate) mod times;
pub(crate) mod zones;

use serde::{Serialize, Serializer};

use crate::price_book::PriceBook;
use counting::{BadRow, Counting};
use file_reader::{FileFacts, FileReader};
use layout::Layout;
pub use notes::Note;
use packages::ListedPackage;
use problem::{FileError, FileErrorKind};
pub(crate) use report::left_out_rows;
pub use report::{FileRow, LeftOutRow, MeterRow, MonthCalls, OwnedRow, UsageReport};
use tally::{Meters, Tally};
pub use times::DateOrder;

/// What a usage file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A bill in the FinOps Open Cost and Usage Specification, 1.0 to 1.2.
    Focus,
    /// AWS Cost and Usage Report.
    Aws,
    /// Azure cost details.
    Azure,
    /// Tencent Cloud bill details, or a list of packages.
    Tencent,
    /// Any other table with separators.
    Csv,
    /// JSON Lines.
    Jsonl,
    /// An access log of a web server.
    AccessLog,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] = [Self::Focus, Self::Aws, Self::Azure, Self::Tencent, Self::Csv, Self::Jsonl, Self::AccessLog];

    /// The code in JSON and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Focus => "focus",
            Self::Aws => "aws",
            Self::Azure => "azure",
            Self::Tencent => "tencent",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::AccessLog => "access_log",
        }
    }
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Why a row is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// A heading that is repeated.
    Header,
    /// Nothing is in it.
    Empty,
    /// It cannot be read.
    Malformed,
    /// It has no time.
    NoTime,
    /// It has no number of calls.
    NoCount,
    /// It has no duration and no end.
    NoDuration,
    /// A credit, a tax, a purchase and the like.
    NotUsage,
    /// A call that failed.
    Failed,
    /// A month outside of the twelve and of those beside them.
    Outside,
}

impl Left {
    /// All reasons. Of several that apply to a row, the first one counts.
    pub const ALL: [Self; 9] = [
        Self::Header,
        Self::Empty,
        Self::Malformed,
        Self::NoTime,
        Self::NoCount,
        Self::NoDuration,
        Self::NotUsage,
        Self::Failed,
        Self::Outside,
    ];

    /// The code in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Empty => "empty",
            Self::Malformed => "malformed",
            Self::NoTime => "no_time",
            Self::NoCount => "no_count",
            Self::NoDuration => "no_duration",
            Self::NotUsage => "not_usage",
            Self::Failed => "failed",
            Self::Outside => "outside",
        }
    }

    /// Its place in [`Left::ALL`].
    pub(crate) fn place(self) -> usize {
        Self::ALL.iter().position(|&why| why == self).unwrap_or_default()
    }
}

impl Serialize for Left {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Whether months before the first whole one are filled with the average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filling {
    /// With the average of the whole months, rounded up.
    #[default]
    Average,
    /// They have no calls.
    None,
}

/// How files are to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsageOptions {
    /// The format of all files; `None`: what each of them looks like.
    pub format: Option<Format>,
    /// The zone of the months, in seconds east of UTC; `None`: that of each row.
    pub zone: Option<i32>,
    /// The meter to take the months of, by its name or as `name (unit)`.
    pub meter: Option<String>,
    /// The order of dates such as 03/04/2026; `None`: what their column shows.
    pub dates: Option<DateOrder>,
    /// What becomes of months before the file.
    pub filling: Filling,
}

/// Reads an offset such as `+08:00` or `UTC`, in seconds east of UTC.
///
/// ```
/// use callmix::usage_files::zone;
/// assert_eq!(zone("+08:00"), Some(28_800));
/// assert_eq!(zone("Europe/Berlin"), None);
/// ```
pub fn zone(text: &str) -> Option<i32> {
    times::zone(text.as_bytes())
}

/// One file, counted.
pub(crate) struct CountedFile {
    facts: FileFacts,
    layout: Layout,
    order: Option<DateOrder>,
    rows: u64,
    tally: Tally,
    meters: Meters,
    first_malformed: Option<BadRow>,
    packages: Vec<ListedPackage>,
}

/// Takes the bytes of one file after the other.
pub trait FileTaker {
    /// Begins a file. One that is still open is closed first.
    fn open(&mut self, name: &str);

    /// The next bytes of the open file. Returns whether more of them are wanted: after an error they are not.
    fn feed(&mut self, bytes: &[u8]) -> bool;

    /// The rows of the open file so far.
    fn rows(&self) -> u64;

    /// The end of the open file.
    fn close(&mut self);

    /// A file that could not be read to its end, and why.
    fn fail(&mut self, file: &str, reason: String);

    /// A file that changed while it was read.
    fn changed(&mut self, file: &str);
}

/// Reads usage files, one after the other.
///
/// ```
/// use callmix::price_book::PriceBook;
/// use callmix::usage_files::{FileTaker, UsageOptions, UsageReader};
/// let mut reader = UsageReader::new(UsageOptions::default());
/// reader.open("calls.csv");
/// reader.feed(b"month,calls\n2026-01,300\n2026-02,");
/// reader.feed(b"500\n");
/// reader.close();
/// let report = reader.finish(&PriceBook::built_in().unwrap()).unwrap();
/// assert_eq!((report.rows, report.months[1].calls), (2, 500));
/// assert_eq!(report.scenario.unwrap().usage().months()[9..], [400, 300, 500]);
/// ```
pub struct UsageReader {
    options: UsageOptions,
    open: Option<FileReader<Counting>>,
    files: Vec<CountedFile>,
    errors: Vec<FileError>,
    notes: Vec<Note>,
}

impl UsageReader {
    /// A reader before its first file.
    pub fn new(options: UsageOptions) -> Self {
        Self { options, open: None, files: Vec::new(), errors: Vec::new(), notes: Vec::new() }
    }

    fn counted(&self, file: FileReader<Counting>) -> Result<CountedFile, FileError> {
        let (facts, mut counting) = file.finish()?;
        let error = |kind, (row, column)| FileError { file: facts.name.clone(), row, column, kind };
        if let Some(other) = self.files.iter().find(|other| other.facts.content == facts.content) {
            return Err(error(FileErrorKind::SameContent { other: other.facts.name.clone() }, (None, None)));
        }
        let tally = counting.take_tally().map_err(|kind| {
            let place = file_reader::FileSink::place(&counting, &kind);
            error(kind, place)
        })?;
        if counting.rows == 0 {
            return Err(error(FileErrorKind::HeadingsOnly, (None, None)));
        }
        Ok(CountedFile {
            layout: counting.layout().clone(),
            order: counting.order(),
            rows: counting.rows,
            tally,
            meters: counting.meters,
            first_malformed: counting.first_malformed,
            packages: counting.packages.into_values().collect(),
            facts,
        })
    }

    /// What all files say together. The scenario is validated with the prices of `book`.
    ///
    /// # Errors
    /// The errors of all files, in their order, or a choice that does not fit to them.
    pub fn finish(mut self, book: &PriceBook) -> Result<UsageReport, Vec<FileError>> {
        self.close();
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        report::report(self.files, self.notes, &self.options, book).map_err(|error| vec![error])
    }
}

impl FileTaker for UsageReader {
    fn open(&mut self, name: &str) {
        self.close();
        self.open = Some(FileReader::new(name, self.options.format, Counting::new(&self.options)));
    }

    fn feed(&mut self, bytes: &[u8]) -> bool {
        file_reader::feed_open(&mut self.open, bytes, &mut self.errors)
    }

    fn rows(&self) -> u64 {
        self.open.as_ref().map_or(0, |file| file.sink().rows)
    }

    fn close(&mut self) {
        if let Some(file) = self.open.take()
            && let Err(error) = self.counted(file).map(|file| self.files.push(file))
        {
            self.errors.push(error);
        }
    }

    fn fail(&mut self, file: &str, reason: String) {
        self.open = None;
        self.errors.push(FileError::of_file(file, FileErrorKind::NotReadable(reason)));
    }

    fn changed(&mut self, file: &str) {
        self.notes.push(Note::Changed { file: file.into() });
    }
}
