//! Replay: the calls of a log, run again to see how many slots they need, without a model.
//!
//! [`ReplayReader`] takes the bytes of logs that have the start and the duration, or the end, of each call. It keeps the
//! calls, up to [`MOST_CALLS`] of them, and [`ReplayReader::finish`] sorts them by their start and simulates: with no
//! limit ([`timeline`]), where a call fails without a free slot ([`live`]), and where it waits for one ([`queued`]). Times
//! are exact to the microsecond. Source: the rules of replay.

mod calls;
pub mod live;
pub mod queued;
mod report;
pub mod timeline;

use crate::money::Decimal;
use crate::usage_files::file_reader::{FileFacts, FileReader, feed_open};
pub use crate::usage_files::layout::DurationUnit;
use crate::usage_files::problem::{FileError, FileErrorKind};
use crate::usage_files::{DateOrder, FileTaker, Note};
use calls::Collecting;
pub use report::{ReplayMonth, ReplayReport, SlotsRow};

/// The most calls of a replay. Each needs some 60 bytes of memory.
pub const MOST_CALLS: usize = 30_000_000;

/// The numbers of slots that a report lists; where the peak is higher, as many are spread over it.
pub const MOST_NUMBERS: usize = 200;

/// What a time in a log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeIs {
    /// The start of the call.
    Start,
    /// Its end.
    End,
}

/// How logs are to be replayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayOptions {
    /// The share of the calls of a month that may fail.
    pub accepted_failure: Decimal,
    /// The only number of slots to list; `None`: all of them, or a selection.
    pub slots: Option<u32>,
    /// The zone of the months, in seconds east of UTC; `None`: that of each row.
    pub zone: Option<i32>,
    /// The column of starts; `None`: by its name or content.
    pub start: Option<String>,
    /// The column of durations; `None`: by its name.
    pub duration: Option<String>,
    /// The column of ends; `None`: by its name.
    pub end: Option<String>,
    /// The unit of durations; `None`: by the name of the column, or in access logs by their form.
    pub unit: Option<DurationUnit>,
    /// What the time is; `None`: the start, or in access logs by the form of the duration.
    pub time: Option<TimeIs>,
    /// The order of dates such as 03/04/2026; `None`: what their column shows.
    pub dates: Option<DateOrder>,
}

impl Default for ReplayOptions {
    /// An accepted failure of 1%, and everything as it is found.
    fn default() -> Self {
        Self {
            accepted_failure: Decimal::parse("0.01").unwrap_or_else(|| Decimal::from(0)),
            slots: None,
            zone: None,
            start: None,
            duration: None,
            end: None,
            unit: None,
            time: None,
            dates: None,
        }
    }
}

/// A call of a log, in microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// Its start.
    pub start: i64,
    /// Its end, which is not before its start. That moment is no part of the call.
    pub end: i64,
    /// The month of its start, counted from the year 0.
    pub month: u32,
}

/// Reads logs, one after the other, and replays their calls.
///
/// ```
/// use callmix::replay::{ReplayOptions, ReplayReader};
/// use callmix::usage_files::FileTaker;
/// let mut reader = ReplayReader::new(ReplayOptions::default());
/// reader.open("calls.csv");
/// reader.feed(b"start,seconds\n2026-01-01T00:00:00Z,10\n2026-01-01T00:00:05Z,10\n2026-01-01T00:00:10Z,10\n");
/// reader.close();
/// let report = reader.finish().unwrap();
/// assert_eq!((report.calls, report.peak), (3, 2));
/// assert_eq!((report.slots[0].failed, report.slots[0].longest_wait_seconds.as_str()), (1, "10"));
/// ```
pub struct ReplayReader {
    options: ReplayOptions,
    open: Option<FileReader<Collecting>>,
    files: Vec<FileFacts>,
    collected: report::Collected,
    errors: Vec<FileError>,
}

impl ReplayReader {
    /// A reader before its first file.
    pub fn new(options: ReplayOptions) -> Self {
        Self { options, open: None, files: Vec::new(), collected: report::Collected::default(), errors: Vec::new() }
    }

    fn collect(&mut self, file: FileReader<Collecting>) -> Result<(), FileError> {
        let (facts, collecting) = file.finish()?;
        let error = |kind, row, column| FileError { file: facts.name.clone(), row, column, kind };
        if let Some(other) = self.files.iter().find(|other| other.content == facts.content) {
            return Err(error(FileErrorKind::SameContent { other: other.name.clone() }, None, None));
        }
        if collecting.rows == 0 {
            return Err(error(FileErrorKind::HeadingsOnly, None, None));
        }
        let (row, column) = collecting.undecided_place();
        self.collected.add(collecting, &facts.name).map_err(|kind| error(kind, row, column))?;
        self.files.push(facts);
        Ok(())
    }

    /// Replays the calls of all files together.
    ///
    /// # Errors
    /// The errors of all files, in their order.
    pub fn finish(mut self) -> Result<ReplayReport, Vec<FileError>> {
        self.close();
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        Ok(report::report(self.collected, &self.options))
    }
}

impl FileTaker for ReplayReader {
    fn open(&mut self, name: &str) {
        self.close();
        let most = MOST_CALLS.saturating_sub(self.collected.calls.len());
        self.open = Some(FileReader::new(name, None, Collecting::new(&self.options, most)));
    }

    fn feed(&mut self, bytes: &[u8]) -> bool {
        feed_open(&mut self.open, bytes, &mut self.errors)
    }

    fn rows(&self) -> u64 {
        self.open.as_ref().map_or(0, |file| file.sink().rows)
    }

    fn close(&mut self) {
        if let Some(file) = self.open.take()
            && let Err(error) = self.collect(file)
        {
            self.errors.push(error);
        }
    }

    fn fail(&mut self, file: &str, reason: String) {
        self.open = None;
        self.errors.push(FileError::of_file(file, FileErrorKind::NotReadable(reason)));
    }

    fn changed(&mut self, file: &str) {
        self.collected.notes.push(Note::Changed { file: file.into() });
    }
}
