//! One file from bytes to rows: unpacked, decoded, its format found by its beginning, and then divided.

use super::Format;
use super::detect::{self, Detected};
use super::input::{Input, TextEncoding, TextSink};
use super::layout::{Asked, Layout};
use super::problem::{FileError, FileErrorKind};
use super::row_parser::RowParser;
use super::rows::{MOST_ROW, RowSink};

/// Takes the rows of one file once its layout is known.
pub trait FileSink: RowSink {
    /// The file has this layout.
    ///
    /// # Errors
    /// The layout lacks something that is needed.
    fn begin(&mut self, layout: Layout) -> Result<(), FileErrorKind>;

    /// What the columns are looked for, and which of them were named.
    fn asked(&self) -> Asked<'_>;

    /// The row and the column that an error is about, where the sink knows them.
    fn place(&self, _: &FileErrorKind) -> (Option<u64>, Option<String>) {
        (None, None)
    }
}

/// A file on its way to rows.
pub struct FileReader<S> {
    name: String,
    input: Input,
    rows: RowStage<S>,
    /// Decides, with the number of bytes, whether two files have the same content.
    crc: flate2::Crc,
    bytes: u64,
}

/// What is known of a file besides its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// The name.
    pub name: String,
    /// The encoding of the text.
    pub encoding: TextEncoding,
    /// Whether it was compressed.
    pub is_gzip: bool,
    /// The content, shortened to a number, and its length.
    pub content: (u32, u64),
}

struct RowStage<S> {
    forced: Option<Format>,
    beginning: Vec<u8>,
    parser: Option<RowParser>,
    sink: S,
}

/// Feeds the open file, if there is one. Returns whether it wants more: a file that cannot be used is given up with its error.
pub fn feed_open<S: FileSink>(open: &mut Option<FileReader<S>>, bytes: &[u8], errors: &mut Vec<FileError>) -> bool {
    let fed = open.as_mut().map(|file| file.feed(bytes));
    if let Some(Err(error)) = fed {
        errors.push(error);
        *open = None;
    }
    open.is_some()
}

impl<S: FileSink> FileReader<S> {
    /// A file before its first byte.
    pub fn new(name: &str, forced: Option<Format>, sink: S) -> Self {
        let rows = RowStage { forced, beginning: Vec::new(), parser: None, sink };
        Self { name: name.into(), input: Input::new(), rows, crc: flate2::Crc::new(), bytes: 0 }
    }

    /// The rows so far.
    pub fn sink(&self) -> &S {
        &self.rows.sink
    }

    /// The next bytes.
    ///
    /// # Errors
    /// The file cannot be used.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.crc.update(bytes);
        self.bytes += bytes.len() as u64;
        self.input.feed(bytes, &mut self.rows).map_err(|kind| self.located(kind))
    }

    /// The end of the file.
    ///
    /// # Errors
    /// The file cannot be used.
    pub fn finish(mut self) -> Result<(FileFacts, S), FileError> {
        let done = self.input.finish(&mut self.rows).and_then(|()| self.rows.finish());
        done.map_err(|kind| self.located(kind))?;
        let facts = FileFacts {
            encoding: self.input.encoding().unwrap_or(TextEncoding::Utf8),
            is_gzip: self.input.is_gzip(),
            content: (self.crc.sum(), self.bytes),
            name: self.name,
        };
        Ok((facts, self.rows.sink))
    }

    fn located(&self, kind: FileErrorKind) -> FileError {
        let (row, column) = match (&kind, &self.rows.parser) {
            (FileErrorKind::RowTooLong { .. }, Some(parser)) => (Some(parser.row_number()), None),
            (FileErrorKind::RowTooLong { .. }, None) => (Some(1), None),
            _ => self.rows.sink.place(&kind),
        };
        FileError { file: self.name.clone(), row, column, kind }
    }
}

impl<S: FileSink> RowStage<S> {
    fn begin(&mut self, is_whole: bool) -> Result<(), FileErrorKind> {
        let beginning = std::mem::take(&mut self.beginning);
        // Always the same bytes, in whatever pieces they came.
        let looked_at = beginning.get(..MOST_ROW).unwrap_or(&beginning);
        let Detected { mut parser, layout } = detect::detect(looked_at, is_whole, self.forced, self.sink.asked())?;
        self.sink.begin(layout)?;
        let fed = parser.feed(&beginning, &mut self.sink);
        self.parser = Some(parser);
        fed
    }

    fn finish(&mut self) -> Result<(), FileErrorKind> {
        if self.parser.is_none() {
            self.begin(true)?;
        }
        self.parser.as_mut().map_or(Ok(()), |parser| parser.finish(&mut self.sink))
    }
}

impl<S: FileSink> TextSink for RowStage<S> {
    fn text(&mut self, text: &[u8]) -> Result<(), FileErrorKind> {
        if let Some(parser) = &mut self.parser {
            return parser.feed(text, &mut self.sink);
        }
        self.beginning.extend_from_slice(text);
        if self.beginning.len() > MOST_ROW { self.begin(false) } else { Ok(()) }
    }
}
