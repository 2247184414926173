//! Bytes of a file as UTF-8 text: gzip is unpacked, UTF-16 and GB18030 are decoded.
//!
//! [`Input::feed`] takes bytes in pieces of any size and passes text on in pieces of its own. What is neither text nor
//! gzip is refused by its first bytes. UTF-8 passes through uncopied and unchecked: cells are checked where they are used.

use encoding_rs::{Decoder, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::problem::{FileErrorKind, OtherContent};

/// Bytes that are looked at to find out what a file is.
const BEGINNING: usize = 4_096;
/// The size of the pieces that unpacked or decoded text is passed on in.
const PIECE: usize = 1 << 16;

/// The encoding of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8 or ASCII.
    Utf8,
    /// UTF-16 with the low byte first.
    Utf16Le,
    /// UTF-16 with the high byte first.
    Utf16Be,
    /// GB18030, which GBK is a part of.
    Gb18030,
    /// Another one in which separators and digits are as in ASCII.
    Unknown,
}

impl TextEncoding {
    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Gb18030 => "GB18030",
            Self::Unknown => "unknown",
        }
    }
}

/// Takes text in pieces.
pub trait TextSink {
    /// The next piece.
    ///
    /// # Errors
    /// The text cannot be used, and no more is to be passed on.
    fn text(&mut self, text: &[u8]) -> Result<(), FileErrorKind>;
}

/// A file on its way to text.
pub struct Input {
    gzip: Option<Gzip>,
    /// The first bytes, until there are enough to tell what they are.
    beginning: Vec<u8>,
    is_known: bool,
    text: TextStage,
}

impl Input {
    /// A file before its first byte.
    pub fn new() -> Self {
        Self { gzip: None, beginning: Vec::new(), is_known: false, text: TextStage::default() }
    }

    /// Whether the file is compressed.
    pub fn is_gzip(&self) -> bool {
        self.gzip.is_some()
    }

    /// The encoding, once it is known.
    pub fn encoding(&self) -> Option<TextEncoding> {
        self.text.encoding
    }

    /// The next bytes.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl TextSink) -> Result<(), FileErrorKind> {
        if self.is_known {
            return self.pass(bytes, sink);
        }
        self.beginning.extend_from_slice(bytes);
        if self.beginning.len() < 2 { Ok(()) } else { self.begin(sink) }
    }

    /// The end of the file.
    pub fn finish(&mut self, sink: &mut impl TextSink) -> Result<(), FileErrorKind> {
        if !self.is_known {
            self.begin(sink)?;
        }
        if self.gzip.as_ref().is_some_and(|gzip| !gzip.is_complete()) {
            return Err(FileErrorKind::DamagedGzip);
        }
        self.text.finish(sink)
    }

    fn begin(&mut self, sink: &mut impl TextSink) -> Result<(), FileErrorKind> {
        self.is_known = true;
        let beginning = std::mem::take(&mut self.beginning);
        if beginning.starts_with(&[0x1f, 0x8b]) {
            self.gzip = Some(Gzip::new());
        }
        self.pass(&beginning, sink)
    }

    fn pass(&mut self, bytes: &[u8], sink: &mut impl TextSink) -> Result<(), FileErrorKind> {
        match &mut self.gzip {
            None => self.text.feed(bytes, sink),
            Some(gzip) => gzip.feed(bytes, &mut |piece| self.text.feed(piece, sink)),
        }
    }
}

/// Text on its way to UTF-8.
#[derive(Default)]
struct TextStage {
    beginning: Vec<u8>,
    encoding: Option<TextEncoding>,
    decoder: Option<Decoder>,
    piece: Vec<u8>,
}

impl TextStage {
    fn feed(&mut self, bytes: &[u8], sink: &mut impl TextSink) -> Result<(), FileErrorKind> {
        match (self.encoding, self.decoder.is_some()) {
            (Some(_), false) => sink.text(bytes),
            (Some(_), true) => self.decode(bytes, false, sink),
            (None, _) => {
                self.beginning.extend_from_slice(bytes);
                if self.beginning.len() < BEGINNING { Ok(()) } else { self.begin(false, sink) }
            }
        }
    }

    fn finish(&mut self, sink: &mut impl TextSink) -> Result<(), FileErrorKind> {
        if self.encoding.is_none() {
            self.begin(true, sink)?;
        }
        if self.decoder.is_some() { self.decode(&[], true, sink) } else { Ok(()) }
    }

    fn begin(&mut self, is_whole: bool, sink: &mut impl TextSink) -> Result<(), FileErrorKind> {
        let beginning = std::mem::take(&mut self.beginning);
        // Always the same bytes, in whatever pieces they came.
        let looked_at = beginning.get(..BEGINNING).unwrap_or(&beginning);
        let (encoding, mark) = encoding_of(looked_at, is_whole && looked_at.len() == beginning.len())?;
        self.encoding = Some(encoding);
        self.decoder = match encoding {
            TextEncoding::Utf8 | TextEncoding::Unknown => None,
            TextEncoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            TextEncoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            TextEncoding::Gb18030 => Some(GB18030.new_decoder_without_bom_handling()),
        };
        let text = beginning.get(mark..).unwrap_or_default();
        if self.decoder.is_some() { self.decode(text, false, sink) } else { sink.text(text) }
    }

    fn decode(&mut self, mut bytes: &[u8], is_last: bool, sink: &mut impl TextSink) -> Result<(), FileErrorKind> {
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        self.piece.resize(PIECE, 0);
        loop {
            let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut self.piece, is_last);
            bytes = bytes.get(read..).unwrap_or_default();
            sink.text(self.piece.get(..written).unwrap_or_default())?;
            if result == encoding_rs::CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }
}

/// The encoding of a text that begins like this, and the length of its byte order mark.
fn encoding_of(beginning: &[u8], is_whole: bool) -> Result<(TextEncoding, usize), FileErrorKind> {
    if let Some(content) = other_content(beginning) {
        return Err(FileErrorKind::NotText(content));
    }
    match beginning {
        [0xef, 0xbb, 0xbf, ..] => return Ok((TextEncoding::Utf8, 3)),
        [0xff, 0xfe, ..] => return Ok((TextEncoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => return Ok((TextEncoding::Utf16Be, 2)),
        _ => {}
    }
    // In UTF-16 without a mark, most first or second bytes of ASCII characters are zero.
    let zeros = |start: usize| beginning.iter().skip(start).step_by(2).filter(|&&byte| byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if first + second > 0 {
        return match beginning.len() / 4 {
            most if second > most && first == 0 => Ok((TextEncoding::Utf16Le, 0)),
            most if first > most && second == 0 => Ok((TextEncoding::Utf16Be, 0)),
            _ => Err(FileErrorKind::NotText(OtherContent::Binary)),
        };
    }
    match std::str::from_utf8(beginning) {
        Ok(_) => Ok((TextEncoding::Utf8, 0)),
        // The beginning may end within a character.
        Err(error) if error.error_len().is_none() && !is_whole => Ok((TextEncoding::Utf8, 0)),
        Err(_) => gb18030(beginning),
    }
}

/// GB18030, unless the bytes cannot be that either. Bytes with many control characters are no text.
fn gb18030(beginning: &[u8]) -> Result<(TextEncoding, usize), FileErrorKind> {
    let controls = beginning.iter().filter(|&&byte| byte < 0x20 && !byte.is_ascii_whitespace()).count();
    if controls > beginning.len() / 50 {
        return Err(FileErrorKind::NotText(OtherContent::Binary));
    }
    let mut text = String::with_capacity(beginning.len() * 3);
    let (_, _, had_errors) = GB18030.new_decoder_without_bom_handling().decode_to_string(beginning, &mut text, false);
    Ok((if had_errors { TextEncoding::Unknown } else { TextEncoding::Gb18030 }, 0))
}

/// The text of a cell, in whatever encoding it is: even one beyond the beginning of a file may be no UTF-8.
pub fn cell_text(bytes: &[u8]) -> String {
    let (text, had_errors) = UTF_8.decode_without_bom_handling(bytes);
    if had_errors { GB18030.decode_without_bom_handling(bytes).0.into_owned() } else { text.into_owned() }
}

/// What a file is that begins with the mark of a format that is no text.
fn other_content(beginning: &[u8]) -> Option<OtherContent> {
    let marks: [(&[u8], OtherContent); 14] = [
        (b"%PDF-", OtherContent::Pdf),
        (b"PK\x03\x04", OtherContent::Zip),
        (b"PK\x05\x06", OtherContent::Zip),
        (b"\xd0\xcf\x11\xe0", OtherContent::Spreadsheet),
        (b"\x89PNG", OtherContent::Image),
        (b"\xff\xd8\xff", OtherContent::Image),
        (b"GIF8", OtherContent::Image),
        (b"RIFF", OtherContent::Image),
        (b"PAR1", OtherContent::Parquet),
        (b"\x1f\x8b", OtherContent::OtherCompression),
        (b"BZh", OtherContent::OtherCompression),
        (b"\xfd7zXZ", OtherContent::OtherCompression),
        (b"\x28\xb5\x2f\xfd", OtherContent::OtherCompression),
        (b"7z\xbc\xaf", OtherContent::OtherCompression),
    ];
    marks.into_iter().find(|(mark, _)| beginning.starts_with(mark)).map(|(_, content)| content)
}

/// A gzip file, which may have several members.
struct Gzip {
    inflate: Decompress,
    crc: Crc,
    stage: GzipStage,
    /// Bytes of a header or a trailer that is not complete yet.
    pending: Vec<u8>,
    piece: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GzipStage {
    /// Before a member's header; `true` for the first member.
    Header {
        is_first: bool,
    },
    Data,
    Trailer,
    /// What follows the last member, such as zeros of a tape, is no data.
    Over,
}

/// The longest header that is read: names in it are short.
const MOST_HEADER: usize = 1 << 16;

impl Gzip {
    fn new() -> Self {
        let stage = GzipStage::Header { is_first: true };
        Self { inflate: Decompress::new(false), crc: Crc::new(), stage, pending: Vec::new(), piece: vec![0; PIECE] }
    }

    fn is_complete(&self) -> bool {
        match self.stage {
            GzipStage::Header { is_first } => !is_first && self.pending.is_empty(),
            GzipStage::Over => true,
            GzipStage::Data | GzipStage::Trailer => false,
        }
    }

    fn feed(&mut self, mut bytes: &[u8], pass: &mut impl FnMut(&[u8]) -> Result<(), FileErrorKind>) -> Result<(), FileErrorKind> {
        while !bytes.is_empty() {
            bytes = match self.stage {
                GzipStage::Header { is_first } => self.header(bytes, is_first)?,
                GzipStage::Data => self.data(bytes, pass)?,
                GzipStage::Trailer => self.trailer(bytes)?,
                GzipStage::Over => &[],
            };
        }
        Ok(())
    }

    fn header<'a>(&mut self, bytes: &'a [u8], is_first: bool) -> Result<&'a [u8], FileErrorKind> {
        let before = self.pending.len();
        self.pending.extend_from_slice(bytes);
        if !is_first && !self.pending.starts_with(&[0x1f, 0x8b][..self.pending.len().min(2)]) {
            self.stage = GzipStage::Over;
            return Ok(&[]);
        }
        match header_length(&self.pending) {
            Some(length) => {
                self.pending.clear();
                self.inflate.reset(false);
                self.crc.reset();
                self.stage = GzipStage::Data;
                Ok(bytes.get(length.saturating_sub(before)..).unwrap_or_default())
            }
            None if self.pending.len() > MOST_HEADER => Err(FileErrorKind::DamagedGzip),
            None => Ok(&[]),
        }
    }

    fn data<'a>(&mut self, bytes: &'a [u8], pass: &mut impl FnMut(&[u8]) -> Result<(), FileErrorKind>) -> Result<&'a [u8], FileErrorKind> {
        let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self.inflate.decompress(bytes, &mut self.piece, FlushDecompress::None).map_err(|_| FileErrorKind::DamagedGzip)?;
        let advanced = |from: u64, to: u64| usize::try_from(to - from).unwrap_or(0);
        let (read, written) = (advanced(read, self.inflate.total_in()), advanced(written, self.inflate.total_out()));
        if read == 0 && written == 0 && status != Status::StreamEnd {
            return Err(FileErrorKind::DamagedGzip);
        }
        let piece = self.piece.get(..written).unwrap_or_default();
        self.crc.update(piece);
        pass(piece)?;
        if status == Status::StreamEnd {
            self.stage = GzipStage::Trailer;
        }
        Ok(bytes.get(read..).unwrap_or_default())
    }

    fn trailer<'a>(&mut self, bytes: &'a [u8]) -> Result<&'a [u8], FileErrorKind> {
        let missing = (8 - self.pending.len()).min(bytes.len());
        let (trailer, rest) = bytes.split_at(missing);
        self.pending.extend_from_slice(trailer);
        if let &[a, b, c, d, _, _, _, _] = &self.pending[..] {
            if u32::from_le_bytes([a, b, c, d]) != self.crc.sum() {
                return Err(FileErrorKind::DamagedGzip);
            }
            self.pending.clear();
            self.stage = GzipStage::Header { is_first: false };
        }
        Ok(rest)
    }
}

/// The length of a complete gzip header at the beginning of `bytes`.
fn header_length(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(3)?;
    let mut length = 10;
    if flags & 4 != 0 {
        let &[low, high] = bytes.get(length..length + 2)? else { return None };
        length += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            length += bytes.get(length..)?.iter().position(|&byte| byte == 0)? + 1;
        }
    }
    length += if flags & 2 != 0 { 2 } else { 0 };
    (bytes.len() >= length).then_some(length)
}
