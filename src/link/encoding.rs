//! Percent-encoding of a link's keys and values.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All characters but letters, digits, `-`, `.` and `,`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b',');

/// `text` as the value of a link.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// The text of a link's value. A `%` without two hexadecimal digits behind it is kept. `None` if the bytes are not
/// UTF-8.
pub(super) fn decoded(value: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(value).decode_utf8().ok()
}

/// The link with punctuation at its end encoded, which many programs take for the end of a sentence.
pub(super) fn with_firm_end(mut link: String) -> String {
    if let Some(last) = link.pop() {
        link += &utf8_percent_encode(last.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC).to_string();
    }
    link
}
