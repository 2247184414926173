//! The parser of rows, by the format of a file.

use super::access_log::LogRows;
use super::json_rows::JsonRows;
use super::problem::FileErrorKind;
use super::rows::RowSink;
use super::table::TableRows;

/// Divides a text into rows.
pub enum RowParser {
    /// A table with separators.
    Table(Box<TableRows>),
    /// An object in each line.
    Json(JsonRows),
    /// An access log.
    Log(LogRows),
}

impl RowParser {
    /// The next piece of the text.
    pub fn feed(&mut self, text: &[u8], sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        match self {
            Self::Table(rows) => rows.feed(text, sink),
            Self::Json(rows) => rows.feed(text, sink),
            Self::Log(rows) => rows.feed(text, sink),
        }
    }

    /// The end of the text.
    pub fn finish(&mut self, sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        match self {
            Self::Table(rows) => rows.finish(sink),
            Self::Json(rows) => rows.finish(sink),
            Self::Log(rows) => rows.finish(sink),
        }
    }

    /// The row that is being read, counted from 1.
    pub fn row_number(&self) -> u64 {
        match self {
            Self::Table(rows) => rows.row_number(),
            Self::Json(rows) => rows.lines.row_number(),
            Self::Log(rows) => rows.lines.row_number(),
        }
    }
}
