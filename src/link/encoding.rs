//! Which characters stand for themselves in a link?
//!
//! Percent-encoding, by the same rule for every value.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Letters, digits and these stand for themselves.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b',');

/// `text` as a link's value.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// The text of a link's value; a `%` that encodes nothing stands for itself. `None` where the bytes are no UTF-8.
pub(super) fn decoded(value: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(value).decode_utf8().ok()
}

/// A link that ends in no punctuation, which many programs take for the sentence's own.
pub(super) fn with_firm_end(mut link: String) -> String {
    if let Some(last) = link.pop() {
        link += &utf8_percent_encode(last.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC).to_string();
    }
    link
}
