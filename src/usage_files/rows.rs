//! Rows: what every format comes down to, the cells of one row after the other.
//!
//! A table has the columns of its heading; lines of JSON and of access logs have the columns that are looked for. What a
//! row means is left to a [`RowSink`].

use super::problem::FileErrorKind;

/// The most bytes of a row. A longer one is most likely a quote that is never closed.
pub const MOST_ROW: usize = 1 << 20;

/// The cells of a row.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    bytes: &'a [u8],
    /// Where each cell ends.
    ends: &'a [usize],
}

impl<'a> Record<'a> {
    /// Cells that lie one behind the other, and where each of them ends.
    pub fn new(bytes: &'a [u8], ends: &'a [usize]) -> Self {
        Self { bytes, ends }
    }

    /// The cell of a column; empty where there is none.
    pub fn cell(&self, column: usize) -> &'a [u8] {
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(column).and_then(|&end| self.bytes.get(start..end)).unwrap_or_default()
    }

    /// The cell of a column without white space around it; `None` where nothing is in it.
    pub fn filled(&self, column: usize) -> Option<&'a [u8]> {
        let cell = self.cell(column).trim_ascii();
        // No word for nothing is longer.
        let is_blank = cell.len() <= 4 && matches!(cell, b"" | b"-" | b"NULL" | b"null" | b"N/A" | b"\\N");
        (!is_blank).then_some(cell)
    }

    /// The number of cells.
    pub fn width(&self) -> usize {
        self.ends.len()
    }
}

/// A row, as far as its format can tell.
#[derive(Debug, Clone, Copy)]
pub enum ParsedRow<'a> {
    /// A heading that is repeated.
    Header,
    /// Nothing but white space, or only cells without content.
    Empty,
    /// Another number of cells than the heading has, or no row of this format at all.
    Malformed,
    /// Cells.
    Cells(Record<'a>),
}

/// Takes rows in their order.
pub trait RowSink {
    /// The next row. `number` counts from 1, with the heading.
    ///
    /// # Errors
    /// The file cannot be used.
    fn row(&mut self, row: ParsedRow<'_>, number: u64) -> Result<(), FileErrorKind>;
}

/// Lines of a text that comes in pieces. A line that lies in one piece is not copied.
#[derive(Debug, Default)]
pub struct TextLines {
    /// The beginning of a line whose end is not there yet.
    begun: Vec<u8>,
    lines: u64,
}

impl TextLines {
    /// Passes on every line that ends in `text`, without its end, and its number.
    pub fn feed(&mut self, mut text: &[u8], pass: &mut impl FnMut(&[u8], u64) -> Result<(), FileErrorKind>) -> Result<(), FileErrorKind> {
        while let Some(end) = memchr::memchr(b'\n', text) {
            let (line, rest) = text.split_at(end);
            text = rest.get(1..).unwrap_or_default();
            self.lines += 1;
            if self.begun.is_empty() {
                pass(line, self.lines)?;
            } else {
                self.begun.extend_from_slice(line);
                let line = std::mem::take(&mut self.begun);
                pass(&line, self.lines)?;
            }
        }
        self.begun.extend_from_slice(text);
        if self.begun.len() > MOST_ROW {
            return Err(FileErrorKind::RowTooLong { most: MOST_ROW });
        }
        Ok(())
    }

    /// Passes on the last line, if it has no end.
    pub fn finish(&mut self, pass: &mut impl FnMut(&[u8], u64) -> Result<(), FileErrorKind>) -> Result<(), FileErrorKind> {
        if self.begun.is_empty() {
            return Ok(());
        }
        self.lines += 1;
        let line = std::mem::take(&mut self.begun);
        pass(&line, self.lines)
    }

    pub fn row_number(&self) -> u64 {
        self.lines + 1
    }
}
