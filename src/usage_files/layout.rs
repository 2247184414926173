//! Layout: which format a table has, and which of its columns means what, by its headings.
//!
//! Bills have fixed headings; they are compared in small letters and digits alone, so that `lineItem/UsageAmount` and
//! `line_item_usage_amount` are the same. Tencent's differ by site and year and are matched by what they contain. The
//! columns of other tables are found in [`plain`](super::plain).

use super::Format;
use super::problem::{FileErrorKind, Wanted};
use crate::problem::shortened;

/// A table's columns by their meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The format.
    pub format: Format,
    /// All headings, as they are written.
    pub headings: Vec<String>,
    /// The time of a row, or the start of its call.
    pub time: Option<usize>,
    /// The end of its call.
    pub end: Option<usize>,
    /// The duration of its call.
    pub duration: Option<Duration>,
    /// Its number of calls.
    pub count: Count,
    /// The status of the answer.
    pub status: Option<usize>,
    /// What kind of row it is.
    pub kind: Option<usize>,
    /// Whether a commitment was used or not.
    pub commitment_status: Option<usize>,
    /// The meter: the first column that is filled in, or both where the format joins them.
    pub meter: [Option<usize>; 2],
    /// The unit.
    pub unit: Option<usize>,
    /// The billing period that the row belongs to: its start, and its end where there is one.
    pub period: Option<(usize, Option<usize>)>,
    /// What is left of a package.
    pub package: Option<PackageColumns>,
}

/// Where a row has its number of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Each row is a call.
    OnePerRow,
    /// A column.
    Column(usize),
    /// The usage before packages, else the sum of what was left to pay and what packages paid for.
    BeforePackages {
        /// Before packages.
        raw: Option<usize>,
        /// Left to pay.
        component: Option<usize>,
        /// Paid for by packages.
        deducted: Option<usize>,
    },
    /// No row is a call.
    Never,
}

/// What columns are looked for, and those that were named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// What the rows are read for.
    pub purpose: Purpose,
    /// The column of starts.
    pub start: Option<&'a str>,
    /// The column of ends.
    pub end: Option<&'a str>,
    /// The column of durations.
    pub duration: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// The named columns.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        [self.start, self.end, self.duration].into_iter().flatten()
    }
}

/// What rows are read for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To count calls.
    #[default]
    Usage,
    /// To replay calls.
    Replay,
}

/// A column with durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    /// The column.
    pub column: usize,
    /// The unit of its numbers.
    pub unit: DurationUnit,
}

/// The unit of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DurationUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Microseconds.
    Microseconds,
    /// Seconds where there is a fraction, microseconds where there is none.
    ByFraction,
}

/// The columns of a list of packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageColumns {
    /// Calls left.
    pub left: usize,
    /// The unit of these calls.
    pub unit: Option<usize>,
    /// The time up to which they can be used.
    pub until: usize,
    /// The package's id.
    pub id: Option<usize>,
}

impl Layout {
    /// A layout without any column.
    pub fn new(format: Format, headings: &[String]) -> Self {
        Self {
            format,
            headings: headings.to_vec(),
            time: None,
            end: None,
            duration: None,
            count: Count::OnePerRow,
            status: None,
            kind: None,
            commitment_status: None,
            meter: [None, None],
            unit: None,
            period: None,
            package: None,
        }
    }

    /// The heading of a column, shortened.
    pub fn heading(&self, column: usize) -> String {
        self.headings.get(column).map(|heading| shortened(heading)).unwrap_or_default()
    }
}

/// A heading in small letters and digits alone.
pub fn plain_name(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Two or more columns that could be meant.
pub fn ambiguous(wanted: Wanted, columns: &[usize], headings: &[String]) -> FileErrorKind {
    let heading = |&column: &usize| headings.get(column).map(|heading| shortened(heading)).unwrap_or_default();
    FileErrorKind::AmbiguousColumns { wanted, headings: columns.iter().take(20).map(heading).collect() }
}
