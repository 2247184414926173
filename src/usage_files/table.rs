//! Tables with separators: CSV with commas, semicolons or tabs.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::problem::FileErrorKind;
use super::rows::{MOST_ROW, ParsedRow, Record, RowSink};

/// The most columns of a table.
const MOST_COLUMNS: usize = 1 << 14;

/// Separators of columns, of which the first one is taken where several fit equally well.
pub const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Divides a table into rows.
pub struct TableRows {
    reader: Reader,
    /// The cells of the row that is being read, and their ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    filled: usize,
    ended: usize,
    /// Whether the row before ended with a carriage return, so that a line feed belongs to it.
    after_return: bool,
    rows: u64,
    /// The cells of the heading, and how many there are; the heading itself is no row.
    heading: Option<(Vec<u8>, Vec<usize>)>,
    /// The number of columns; `None` where rows may have any.
    width: Option<usize>,
    has_heading: bool,
}

impl TableRows {
    /// A table before its first row.
    pub fn new(separator: u8, width: Option<usize>, has_heading: bool) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(separator).build(),
            bytes: vec![0; 1 << 12],
            ends: vec![0; 1 << 6],
            filled: 0,
            ended: 0,
            after_return: false,
            rows: 0,
            heading: None,
            width,
            has_heading,
        }
    }

    pub(super) fn row_number(&self) -> u64 {
        self.rows + 1
    }

    pub(super) fn feed(&mut self, mut text: &[u8], sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        while !text.is_empty() {
            if self.filled == 0 && self.ended == 0 {
                text = self.skip_blank_lines(text, sink)?;
                if text.is_empty() {
                    break;
                }
            }
            let (is_complete, read) = self.read(text)?;
            if is_complete {
                self.after_return = read.checked_sub(1).and_then(|last| text.get(last)) == Some(&b'\r');
                self.pass(sink)?;
            }
            text = text.get(read..).unwrap_or_default();
        }
        Ok(())
    }

    pub(super) fn finish(&mut self, sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        while self.read(&[])?.0 {
            self.pass(sink)?;
        }
        Ok(())
    }

    /// Lines without any character, which a CSV reader would pass over.
    fn skip_blank_lines<'a>(&mut self, mut text: &'a [u8], sink: &mut impl RowSink) -> Result<&'a [u8], FileErrorKind> {
        while let [first @ (b'\n' | b'\r'), rest @ ..] = text {
            if !(self.after_return && *first == b'\n') {
                self.rows += 1;
                // Lines above the heading are no rows.
                if self.heading.is_some() || !self.has_heading {
                    sink.row(ParsedRow::Empty, self.rows)?;
                }
            }
            self.after_return = *first == b'\r';
            text = rest;
        }
        if !text.is_empty() {
            self.after_return = false;
        }
        Ok(text)
    }

    /// Reads on in the present row: whether it is complete, and how many bytes of `text` were read.
    fn read(&mut self, text: &[u8]) -> Result<(bool, usize), FileErrorKind> {
        let mut total = 0;
        loop {
            let input = text.get(total..).unwrap_or_default();
            let bytes = self.bytes.get_mut(self.filled..).unwrap_or_default();
            let ends = self.ends.get_mut(self.ended..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(input, bytes, ends);
            total += read;
            self.filled += written;
            self.ended += ended;
            match result {
                ReadRecordResult::Record => return Ok((true, total)),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Ok((false, total)),
                ReadRecordResult::OutputFull if self.bytes.len() < MOST_ROW => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() < MOST_COLUMNS => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(FileErrorKind::RowTooLong { most: MOST_ROW });
                }
            }
        }
    }

    fn pass(&mut self, sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        self.rows += 1;
        let bytes = self.bytes.get(..self.filled).unwrap_or_default();
        let ends = self.ends.get(..self.ended).unwrap_or_default();
        (self.filled, self.ended) = (0, 0);
        if self.has_heading && self.heading.is_none() {
            if !is_blank(bytes) {
                self.heading = Some((bytes.to_vec(), ends.to_vec()));
            }
            return Ok(());
        }
        let is_heading = |(heading, heading_ends): &(Vec<u8>, Vec<usize>)| heading == bytes && heading_ends == ends;
        let record = Record::new(bytes, ends);
        let row = if self.heading.as_ref().is_some_and(is_heading) {
            ParsedRow::Header
        } else if is_blank(bytes) {
            ParsedRow::Empty
        } else if self.fits(&record) {
            ParsedRow::Cells(record)
        } else {
            ParsedRow::Malformed
        };
        sink.row(row, self.rows)
    }

    /// Whether there is a cell for each column; more of them must be blank.
    fn fits(&self, record: &Record<'_>) -> bool {
        self.width.is_none_or(|width| record.width() >= width && (width..record.width()).all(|extra| is_blank(record.cell(extra))))
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// The cells of some rows.
pub type SampleRows = Vec<Vec<Vec<u8>>>;

/// The first rows of a table with this separator. The last one is left out where the text is only a beginning.
pub fn first_rows(text: &[u8], separator: u8, most: usize, is_whole: bool) -> Result<SampleRows, FileErrorKind> {
    let mut rows = Sample { rows: Vec::new(), most };
    let mut table = TableRows::new(separator, None, false);
    let mut rest = text;
    while !rest.is_empty() && rows.rows.len() < most {
        let (piece, after) = rest.split_at(rest.len().min(1 << 12));
        // A row that is too long is reported with its number once the file is read.
        match table.feed(piece, &mut rows) {
            Err(error) if rows.rows.is_empty() => return Err(error),
            Err(_) => return Ok(rows.rows),
            Ok(()) => rest = after,
        }
    }
    if is_whole && rest.is_empty() {
        table.finish(&mut rows)?;
    }
    Ok(rows.rows)
}

struct Sample {
    rows: SampleRows,
    most: usize,
}

impl RowSink for Sample {
    fn row(&mut self, row: ParsedRow<'_>, _: u64) -> Result<(), FileErrorKind> {
        if let ParsedRow::Cells(record) = row
            && self.rows.len() < self.most
        {
            self.rows.push((0..record.width()).map(|column| record.cell(column).trim_ascii().to_vec()).collect());
        }
        Ok(())
    }
}
