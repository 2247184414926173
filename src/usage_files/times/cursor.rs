//! The parts of a written time, one after the other.

use super::{Rest, SECOND, Span, date_only};
use crate::date;

const YEAR: &[u8] = "年".as_bytes();
pub(super) const MONTH: &[u8] = "月".as_bytes();
pub(super) const DAY: &[u8] = "日".as_bytes();

/// What divides the parts of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Byte(u8),
    Year,
}

/// The text that is still to be read.
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl Cursor<'_> {
    pub(super) fn skip(&mut self, byte: u8) -> bool {
        let is_next = self.0.first() == Some(&byte);
        if is_next {
            self.0 = &self.0[1..];
        }
        is_next
    }

    pub(super) fn skip_text(&mut self, text: &[u8]) -> bool {
        let rest = self.0.strip_prefix(text);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// A number of at most 16 digits, and how many it has.
    pub(super) fn number(&mut self) -> Option<(u64, usize)> {
        let mut value = 0_u64;
        let mut digits = 0;
        while let Some(byte) = self.0.get(digits).filter(|byte| byte.is_ascii_digit()) {
            if digits == 16 {
                return None;
            }
            value = value * 10 + u64::from(byte - b'0');
            digits += 1;
        }
        self.0 = &self.0[digits..];
        (digits > 0).then_some((value, digits))
    }

    pub(super) fn short_number(&mut self) -> Option<u64> {
        self.number().filter(|&(_, digits)| digits <= 2).map(|(value, _)| value)
    }

    pub(super) fn year(&mut self) -> Option<u64> {
        self.number().filter(|&(_, digits)| digits == 4).map(|(value, _)| value)
    }

    pub(super) fn separator(&mut self) -> Option<Separator> {
        if self.skip_text(YEAR) {
            return Some(Separator::Year);
        }
        let mark = *self.0.first().filter(|mark| matches!(mark, b'-' | b'/' | b'.' | b' '))?;
        self.0 = &self.0[1..];
        Some(Separator::Byte(mark))
    }

    pub(super) fn word(&mut self) -> &str {
        let letters = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.0.split_at(letters);
        self.0 = rest;
        std::str::from_utf8(word).unwrap_or_default()
    }

    pub(super) fn month_name(&mut self) -> Option<u8> {
        date::month_named(self.word())
    }

    /// Microseconds, from the digits behind a decimal point.
    pub(super) fn fraction(&mut self) -> Option<i64> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (fraction, rest) = self.0.split_at(digits);
        self.0 = rest;
        let six = fraction.iter().copied().chain([b'0'; 6]).take(6);
        (digits > 0).then(|| six.fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
    }

    pub(super) fn two_digits(&mut self) -> Option<i64> {
        match *self.0 {
            [tens @ b'0'..=b'9', units @ b'0'..=b'9', ref rest @ ..] => {
                self.0 = rest;
                Some(i64::from(tens - b'0') * 10 + i64::from(units - b'0'))
            }
            _ => None,
        }
    }

    /// The time of the day and the offset behind a date, up to the end.
    pub(super) fn rest(&mut self) -> Option<Rest> {
        if self.0.is_empty() {
            return Some(date_only());
        }
        // `T`, a colon as in access logs, or white space, with or without a comma.
        let comma = self.skip(b',');
        (self.skip(b'T') || self.skip(b't') || self.skip(b' ') || (!comma && self.skip(b':'))).then_some(())?;
        self.0 = self.0.trim_ascii_start();
        let mut hour = i64::try_from(self.short_number()?).ok()?;
        let minute = if self.skip(b':') { self.two_digits()? } else { 0 };
        let second = if self.skip(b':') { self.two_digits()? } else { 0 };
        let fraction = if self.skip(b'.') || self.skip(b',') { self.fraction()? } else { 0 };
        self.0 = self.0.trim_ascii_start();
        if matches!(self.0.first(), Some(b'a' | b'A' | b'p' | b'P')) {
            let half = self.word().to_ascii_lowercase();
            (1..=12).contains(&hour).then_some(())?;
            hour = match half.as_str() {
                "am" => hour % 12,
                "pm" => hour % 12 + 12,
                _ => return None,
            };
            self.0 = self.0.trim_ascii_start();
        }
        let offset = self.offset()?;
        // A leap second is written as second 60.
        (hour < 24 && minute < 60 && second <= 60).then_some(())?;
        let since_midnight = ((hour * 60 + minute) * 60 + second) * SECOND + fraction;
        Some(Rest { since_midnight, offset, span: Span::Moment })
    }

    /// An offset at the end: `Z`, `UTC`, `+08:00`, `+0800`, `+08`, `UTC+8`; `Some(None)` where there is none.
    #[expect(clippy::option_option, reason = "an unreadable offset is no missing one")]
    pub(super) fn offset(&mut self) -> Option<Option<i32>> {
        if self.0.is_empty() {
            return Some(None);
        }
        let is_named = self.skip(b'Z') || self.skip(b'z') || self.skip_text(b"UTC") || self.skip_text(b"GMT");
        if self.0.is_empty() {
            return is_named.then_some(Some(0));
        }
        zone(self.0).map(Some)
    }
}

/// Reads an offset such as `+08:00`, `-0530`, `+8`, `UTC` or `Z`, in seconds.
pub fn zone(text: &[u8]) -> Option<i32> {
    if matches!(text, b"UTC" | b"Z" | b"utc" | b"z") {
        return Some(0);
    }
    let mut cursor = Cursor(text);
    let sign = if cursor.skip(b'+') {
        1
    } else if cursor.skip(b'-') || cursor.skip_text("\u{2212}".as_bytes()) {
        -1
    } else {
        return None;
    };
    let (number, digits) = cursor.number()?;
    let (hours, minutes) = match digits {
        4 => (number / 100, number % 100),
        1 | 2 if cursor.skip(b':') => (number, cursor.number().filter(|&(_, digits)| digits == 2)?.0),
        1 | 2 => (number, 0),
        _ => return None,
    };
    let is_offset = cursor.0.is_empty() && hours <= 18 && minutes < 60;
    let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
    is_offset.then_some(sign * seconds)
}
