//! Text that follows a link: the rest of a sentence, quotes, brackets, and what trackers add.
//!
//! Browsers percent-encode most of it, so everything here is decided on the decoded text. Where a link has a check, its end
//! is where the check fits; the rules for other links take nothing that could be a part of a value.

use percent_encoding::percent_decode;

use crate::link::encoding;
use crate::typed_number::{self, Misread};

/// Keys that trackers add to addresses, in small letters; those without `=` begin several.
const TRACKERS: [&str; 19] = [
    "utm_",
    "fbclid=",
    "gclid=",
    "dclid=",
    "yclid=",
    "twclid=",
    "ttclid=",
    "msclkid=",
    "gbraid=",
    "wbraid=",
    "igshid=",
    "li_fat_id=",
    "mc_",
    "mkt_tok=",
    "_hs",
    "ref_src=",
    "sa=",
    "ved=",
    "usg=",
];
/// The most bytes of a tracker's key, each encoded.
const MOST_KEY_BYTES: usize = 36;
/// The encoded signs in front of a tracker's key.
const ENCODED_SIGNS: [&str; 3] = ["%26", "%3F", "%3f"];
/// Signs that end what is before them, even with no space behind them. None is a part of a number, a month or an address.
const CLOSING: &str = "\"`<>()[]{}*|\\!“”‘«»‹›…。！？、；（）【】「」『』《》";
/// Characters behind a number that multiply it; words that do are those of typed numbers.
const MAGNITUDES: &str = "万萬亿億千百만억천";

/// Whether a pair was added by a tracker.
pub(super) fn is_tracker(pair: &str) -> bool {
    let start = &pair.as_bytes()[..pair.len().min(MOST_KEY_BYTES)];
    let start = percent_decode(start).decode_utf8_lossy().trim_start().to_ascii_lowercase();
    TRACKERS.iter().any(|tracker| start.starts_with(tracker))
}

/// The value without trackers behind it whose `&` or `?` was encoded.
pub(super) fn without_encoded_trackers(value: &str) -> &str {
    let mut signs = value.match_indices('%').map(|(at, _)| at);
    let is_sign = |&at: &usize| ENCODED_SIGNS.iter().any(|sign| value[at..].strip_prefix(sign).is_some_and(is_tracker));
    signs.find(is_sign).map_or(value, |at| &value[..at])
}

/// Whether `text` stands behind a link. It `is_certain` where the check fits what is before it; then only what may change a
/// number or go on with a word is refused, since somebody may have edited it.
pub(super) fn is_behind(text: &str, is_certain: bool) -> bool {
    let (signs, rest) = text.split_at(text.find(char::is_alphanumeric).unwrap_or(text.len()));
    let Some(next) = rest.chars().next() else { return true };
    let is_spaced = signs.contains(char::is_whitespace);
    let is_closing = |c| CLOSING.contains(c);
    if next.is_numeric() {
        return is_spaced && signs.starts_with(is_closing);
    }
    if is_certain {
        // Chinese and Japanese have no spaces.
        return !signs.trim_matches(['-', '.', ',']).is_empty() || (signs.is_empty() && !next.is_ascii());
    }
    signs.contains(is_closing) || (is_spaced && !(signs.trim().is_empty() && is_magnitude(rest)))
}

/// Whether a text begins with a word that multiplies the number in front of it.
fn is_magnitude(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let one = typed_number::read(&format!("1 {word}"), u64::MAX);
    text.starts_with(|c| MAGNITUDES.contains(c)) || matches!(one, Err(Misread::NotPlain { meant: Some(meant) }) if meant != 1)
}

/// The part of an encoded value that decodes to the part of its text that `part` takes from the start.
fn start(value: &str, part: impl FnOnce(&str) -> &str) -> &str {
    let Some(text) = encoding::decoded(value) else { return part(value) };
    // Without the decoded text behind it, byte by byte.
    let mut behind = text.len() - part(&text).len();
    let mut end = value.len();
    while behind > 0 {
        let is_code = end >= 3 && percent_decode(&value.as_bytes()[end - 3..end]).count() == 1;
        end -= if is_code { 3 } else { 1 };
        behind -= 1;
    }
    &value[..end]
}

/// A value that is not a text, without what follows it.
fn without_prose(value: &str) -> &str {
    start(value, |text| {
        let mut ends = text.match_indices(|c: char| !c.is_alphanumeric()).map(|(at, _)| at);
        let end = ends.find(|&at| text[..at].ends_with(char::is_alphanumeric) && is_behind(&text[at..], false));
        let trimmed = without_punctuation(end.map_or(text, |at| &text[..at]));
        if trimmed.is_empty() { text } else { trimmed }
    })
}

/// A value that is not a text, without what follows it. A percent sign at its end `may_be_meant`.
pub(super) fn number_before(value: &str, may_be_meant: bool) -> &str {
    let number = without_prose(value);
    let behind = &value[number.len()..];
    let is_code = behind.get(1..3).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let sign = if is_code { "%25" } else { "%" };
    let end = if may_be_meant && behind.starts_with(sign) { number.len() + sign.len() } else { number.len() };
    &value[..end]
}

/// A price book's version and hash, without what follows the hash.
pub(super) fn without_prose_behind_hash(value: &str) -> &str {
    let is_hash = |text: &str| text.bytes().take_while(u8::is_ascii_hexdigit).count() == 8;
    let comma = value.match_indices(',').map(|(at, _)| at).find(|&at| is_hash(&value[at + 1..]));
    comma.map_or(value, |at| &value[..at + without_prose(&value[at..]).len()])
}

fn without_punctuation(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// A note without the closing brackets and quotes at its end that it did not open, and what follows them. A note in which
/// everything is encoded as links are written says what it was meant to say.
pub(super) fn without_foreign_end(value: &str) -> &str {
    let written = encoding::decoded(value).map(|text| encoding::with_firm_end(encoding::encoded(&text)));
    if written == Some(encoding::with_firm_end(value.into())) {
        return value;
    }
    start(without_encoded_trackers(value), |text| {
        let pairs = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('“', '”'), ('‘', '’'), ('«', '»'), ('（', '）'), ('「', '」')];
        let end = without_punctuation(text).len();
        let foreign = text[end..].char_indices().find(|&(at, c)| {
            let before = &text[..end + at];
            let count = |sign: char| before.matches(sign).count();
            match pairs.iter().find(|(_, close)| *close == c) {
                Some((open, close)) => count(*open) <= count(*close),
                None => c == '"' && count('"').is_multiple_of(2),
            }
        });
        foreign.map_or(text, |(at, _)| &text[..end + at])
    })
}
