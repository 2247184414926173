//! Notes: what there is to know about files that is no error.

use std::collections::{BTreeMap, BTreeSet};

use super::CountedFile;
use super::layout::Count;
use super::months::MonthRange;
use super::tally::{MonthNumber, Months, month_name, month_of};
use super::times::DAY;

/// The most months without rows that a note lists.
const MOST_GAPS: usize = 24;

/// Something to know about the files that is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The first row that cannot be read.
    Malformed {
        /// Its file.
        file: String,
        /// Its row, with the heading.
        row: u64,
        /// The column of the cell; `None` for the row as a whole.
        column: Option<String>,
    },
    /// Two files have rows of the same time, which are both counted.
    Overlap {
        /// The files.
        files: [String; 2],
        /// The first and the last month of that time.
        months: [String; 2],
    },
    /// Months without rows between months with some.
    Gap {
        /// The months.
        months: Vec<String>,
    },
    /// The bill does not have the calls that packages paid for.
    NoPackageCalls {
        /// Its file.
        file: String,
    },
    /// The twelve months have more calls than a scenario can.
    TooManyCalls,
    /// Packages that a scenario cannot have, such as those that have expired.
    UnusedPackages {
        /// How many.
        packages: usize,
    },
    /// The file changed while it was read.
    Changed {
        /// Its name.
        file: String,
    },
    /// The times of an access log were taken as the ends, or as the starts, of its calls.
    TimeTaken {
        /// Its file.
        file: String,
        /// Whether as ends.
        is_end: bool,
    },
    /// The times of a file go back.
    ClockWentBack {
        /// Its file.
        file: String,
        /// How often by more than a minute.
        times: u64,
        /// The first row.
        row: u64,
    },
}

impl Note {
    /// The code in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "malformed",
            Self::Overlap { .. } => "overlap",
            Self::Gap { .. } => "gap",
            Self::NoPackageCalls { .. } => "no_package_calls",
            Self::TooManyCalls => "too_many_calls",
            Self::UnusedPackages { .. } => "unused_packages",
            Self::Changed { .. } => "changed",
            Self::TimeTaken { .. } => "time_taken",
            Self::ClockWentBack { .. } => "clock_went_back",
        }
    }
}

/// Months without any counted row between those that have some.
pub(super) fn gap(sums: &BTreeMap<(String, String), Months>, span: &MonthRange) -> Option<Note> {
    let with_rows: BTreeSet<MonthNumber> = sums.values().flat_map(|months| months.keys().copied()).collect();
    let (first, last) = (with_rows.first().copied()?, with_rows.last().copied()?);
    let months: Vec<String> =
        span.shown().filter(|month| (first..=last).contains(month) && !with_rows.contains(month)).take(MOST_GAPS).map(month_name).collect();
    (!months.is_empty()).then_some(Note::Gap { months })
}

/// The notes on each file alone.
pub(super) fn of_files(files: &[CountedFile]) -> Vec<Note> {
    let mut notes = Vec::new();
    for file in files {
        let name = || file.facts.name.clone();
        if let Some(bad) = &file.first_malformed {
            notes.push(Note::Malformed { file: name(), row: bad.row, column: bad.column.clone() });
        }
        if matches!(file.layout.count, Count::BeforePackages { raw: None, deducted: None, .. }) {
            notes.push(Note::NoPackageCalls { file: name() });
        }
    }
    notes
}

/// Files with a meter in common whose rows overlap in time.
pub(super) fn overlaps(files: &[CountedFile]) -> Vec<Note> {
    let mut extents: Vec<((i64, i64), &CountedFile)> = files.iter().filter_map(|file| Some((file.tally.extent?, file))).collect();
    extents.sort_by_key(|(extent, _)| *extent);
    let mut notes = Vec::new();
    for (place, ((start, end), file)) in extents.iter().enumerate() {
        let later = extents.iter().skip(place + 1).take_while(|((other, _), _)| other < end);
        for ((other_start, other_end), other) in later {
            if file.meters.shares_any(&other.meters) && notes.len() < MOST_GAPS {
                let month = |local: i64| month_name(month_of(local.div_euclid(DAY)));
                let (from, to) = ((*start).max(*other_start), (*end).min(*other_end));
                let files = [file.facts.name.clone(), other.facts.name.clone()];
                notes.push(Note::Overlap { files, months: [month(from), month((to - 1).max(from))] });
            }
        }
    }
    notes
}
