//! Errors of usage files: which file, row and column, and why.
//!
//! A [`FileError`] ends the reading of its file. Rows that cannot be used are no errors: they are counted and reported
//! ([`Note`](super::Note)). Sentences are made in `wording`.

/// An error of one file, or of what the files say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The file, or the option that does not fit to the files.
    pub file: String,
    /// The row, counted from 1 with the heading.
    pub row: Option<u64>,
    /// The column's heading, shortened.
    pub column: Option<String>,
    /// Why.
    pub kind: FileErrorKind,
}

impl FileError {
    /// An error of a whole file.
    pub fn of_file(file: &str, kind: FileErrorKind) -> Self {
        Self { file: file.into(), row: None, column: None, kind }
    }
}

/// Why a file cannot be used, with the values that a sentence about it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileErrorKind {
    /// There is nothing in it.
    Empty,
    /// There are headings, and no rows.
    HeadingsOnly,
    /// It is no text.
    NotText(OtherContent),
    /// The compressed data ends early or is damaged.
    DamagedGzip,
    /// A row with more bytes than `most`.
    RowTooLong {
        /// The limit.
        most: usize,
    },
    /// No column has dates or times.
    NoTimeColumn {
        /// The headings, shortened.
        headings: Vec<String>,
    },
    /// Several columns could be meant.
    AmbiguousColumns {
        /// What the column is for.
        wanted: Wanted,
        /// Their headings, shortened.
        headings: Vec<String>,
    },
    /// Columns that this format needs, or that were named, are not there.
    MissingColumns {
        /// Their headings.
        needed: Vec<String>,
    },
    /// Replay needs durations or ends.
    NoDurationColumn,
    /// Dates such as 03/04/2026 of which none shows whether the day comes first.
    UndecidedDates {
        /// One of them.
        example: String,
    },
    /// Dates of both orders.
    BothDateOrders,
    /// The same content as another file.
    SameContent {
        /// The other file.
        other: String,
    },
    /// More meters than can be listed.
    TooManyMeters {
        /// The limit.
        most: usize,
    },
    /// More calls than a replay can have in memory.
    TooManyCalls {
        /// The limit.
        most: usize,
    },
    /// The chosen meter is not there.
    UnknownMeter {
        /// The meters that are, largest first.
        known: Vec<String>,
    },
    /// Two meters share the chosen name.
    AmbiguousMeter {
        /// Them with their units.
        known: Vec<String>,
    },
    /// The operating system could not read it, and why.
    NotReadable(String),
}

impl FileErrorKind {
    /// The code in JSON, which stays stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty | Self::HeadingsOnly => "empty",
            Self::NotText(_) => "unsupported_file",
            Self::DamagedGzip => "damaged",
            Self::RowTooLong { .. } => "too_long",
            Self::NoTimeColumn { .. } => "no_time_column",
            Self::AmbiguousColumns { .. } => "ambiguous_column",
            Self::MissingColumns { .. } | Self::NoDurationColumn => "missing",
            Self::UndecidedDates { .. } => "undecided_dates",
            Self::BothDateOrders => "mixed_dates",
            Self::SameContent { .. } => "duplicate",
            Self::TooManyMeters { .. } => "too_many_meters",
            Self::TooManyCalls { .. } => "too_many_calls",
            Self::UnknownMeter { .. } => "unknown_meter",
            Self::AmbiguousMeter { .. } => "ambiguous_meter",
            Self::NotReadable(_) => "not_readable",
        }
    }
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The time of a row.
    Time,
    /// The number of calls.
    Count,
}

/// Content that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherContent {
    /// A PDF document.
    Pdf,
    /// A ZIP archive, which spreadsheets are too.
    Zip,
    /// An older spreadsheet.
    Spreadsheet,
    /// An image.
    Image,
    /// A Parquet file.
    Parquet,
    /// Compressed in another way than gzip.
    OtherCompression,
    /// Anything else.
    Binary,
}
