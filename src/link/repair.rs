//! The link as it was written, from what arrived.
//!
//! Links travel through mail, chats, documents and trackers, which wrap, encode and decorate them. Each repair here undoes
//! one of these. [`plain`] makes the repairs that cannot change a link as [`write`](super::write()) writes it, because
//! such a link has only letters, digits, `-`, `.`, `,`, `%`, `=` and `&`. The others could change what a note says; for a
//! link with a check they are tried until the check fits, and without one only [`unchecked`] makes them, where nothing else
//! is likely.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{KEYS, Key, check, encoding};

/// Keys that trackers add to addresses; `utm_` begins many.
const TRACKERS: [&str; 7] = ["utm_", "fbclid=", "gclid=", "msclkid=", "mc_cid=", "mc_eid=", "igshid="];
/// The beginning of what browsers add to an address to scroll to a text.
const TEXT_DIRECTIVE: &str = ":~:";
/// How often a link may have been encoded.
const MOST_ENCODINGS: usize = 3;
/// The codes of a link all of which was encoded once more: of the characters that it has besides letters and digits, and of
/// those in `&amp;` and in the names of trackers.
const WHOLLY_ENCODED: [&str; 14] = ["26", "3D", "3d", "25", "2C", "2c", "2D", "2d", "2E", "2e", "5F", "5f", "3B", "3b"];
/// The codes of white space.
const SPACES: [&str; 6] = ["%20", "%09", "%0A", "%0D", "%0a", "%0d"];
/// The longest text that is repaired. Links of this page are shorter, also when they are encoded twice.
const MOST_REPAIRED_BYTES: usize = 300_000;
/// What an HTML parser makes of `&amp;`, of `&note=` and of `&quoted=`.
const ENTITIES: [(&str, &str); 8] = [
    ("&amp;", "&"),
    ("&#38;", "&"),
    ("&#x26;", "&"),
    ("&#61;", "="),
    ("¬e=", "&note="),
    ("%C2%ACe=", "&note="),
    ("\"ed=", "&quoted="),
    ("%22ed=", "&quoted="),
];

/// A link's text, and whether its check shows that it is not the text that was written.
pub(super) struct Repaired {
    pub text: String,
    pub is_changed: bool,
}

/// How the separators of a link are decoded, where they are percent-encoded.
#[derive(Clone, Copy)]
enum Decoding {
    /// Whichever of the two is likelier.
    Likelier,
    /// All of the link was encoded once more.
    Whole,
    /// Only the separators were encoded.
    Separators,
}

/// The most likely text of a link that arrived as `fragment`.
pub(super) fn repaired(fragment: &str) -> Repaired {
    if fragment.len() > MOST_REPAIRED_BYTES {
        return Repaired { text: fragment.into(), is_changed: check::split(fragment).is_some() };
    }
    let [likelier, whole, separators] = [Decoding::Likelier, Decoding::Whole, Decoding::Separators].map(|way| plain(fragment, way));
    let with_check: Vec<&String> = [&likelier, &whole, &separators].into_iter().filter(|text| check::split(text).is_some()).collect();
    let intact = with_check.iter().flat_map(|text| candidates(text)).find(|link| is_intact(link));
    match (intact, with_check.first()) {
        (Some(intact), _) => Repaired { text: intact, is_changed: false },
        (None, Some(&text)) => Repaired { text: text.clone(), is_changed: true },
        (None, None) => Repaired { text: unchecked(likelier), is_changed: false },
    }
}

/// Whether a text names a link of this page, however its `=` is encoded.
pub(crate) fn mentions_link(text: &str) -> bool {
    ["#v=", "#v%3D", "#v%3d", "#v%253"].iter().any(|mark| text.contains(mark))
}

/// The link in a text that was pasted: the fragment of an address, as it is or in Markdown, HTML or angle brackets; or else
/// the whole text.
pub(crate) fn pasted(text: &str) -> &str {
    let marked = ["#v=", "#v%"].iter().filter_map(|mark| text.find(mark)).min();
    let Some(hash) = marked.or_else(|| text.find('#')) else {
        return text.trim_start_matches('<').trim_end_matches('>');
    };
    let (before, fragment) = (&text[..hash], &text[hash + 1..]);
    let opening = before.rfind(|c: char| c.is_whitespace() || "(<\"'[`".contains(c)).and_then(|at| before[at..].chars().next());
    let end = match opening {
        Some('(') => closing(fragment, '(', ')'),
        Some('[') => closing(fragment, '[', ']'),
        Some('<') => fragment.find('>'),
        Some(quote @ ('"' | '\'' | '`')) => fragment.find(quote),
        _ => None,
    };
    let link = &fragment[..end.unwrap_or(fragment.len())];
    // Markdown has a title behind the address.
    link.split_once(" \"").map_or(link, |(link, _)| link)
}

/// Where the bracket that was open before `text` is closed.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1_usize;
    let end = text.char_indices().find(|&(_, c)| {
        depth = if c == open { depth + 1 } else { depth - usize::from(c == close) };
        depth == 0
    });
    end.map(|(at, _)| at)
}

/// The repairs that are safe for every link.
fn plain(fragment: &str, decoding: Decoding) -> String {
    let mut text = fragment.to_owned();
    // One on top of the other, such as the line breaks of a link that was encoded after it was wrapped.
    for _ in 0..=MOST_ENCODINGS {
        let before = text.clone();
        text = with_entities_decoded(unwrapped(&text));
        text = with_separators_decoded(&without_trackers(&text), decoding);
        if text == before {
            break;
        }
    }
    let pairs: Vec<&str> = text.split('&').filter(|pair| !pair.trim().is_empty()).collect();
    let last = pairs.len().saturating_sub(1);
    let pairs = pairs.into_iter().enumerate().map(|(place, pair)| tidied(pair, place == last));
    pairs.collect::<Vec<_>>().join("&")
}

/// Without line breaks, and the indentation, quotation marks of mail and invisible marks that come with them. The encoding of
/// mail (quoted-printable) is undone too.
fn unwrapped(text: &str) -> String {
    let is_mail = text.starts_with("v=3D");
    let mut unwrapped = String::with_capacity(text.len());
    let mut is_new_line = false;
    for c in text.chars() {
        match c {
            '\n' | '\r' => {
                // A line that goes on ends in an equals sign.
                if is_mail && !is_new_line && unwrapped.ends_with('=') {
                    unwrapped.pop();
                }
                is_new_line = true;
            }
            ' ' | '\t' | '>' if is_new_line => {}
            '\t' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            _ => {
                is_new_line = false;
                unwrapped.push(c);
            }
        }
    }
    if is_mail { unwrapped.replace("=3D", "=") } else { unwrapped }
}

fn with_entities_decoded(mut text: String) -> String {
    for _ in 0..MOST_ENCODINGS {
        if !ENTITIES.iter().any(|(written, _)| text.contains(written)) {
            break;
        }
        text = ENTITIES.iter().fold(text, |text, (written, meant)| text.replace(written, meant));
    }
    text
}

/// Without what trackers add behind `?` or `&`, and browsers behind `:~:`.
fn without_trackers(text: &str) -> String {
    let text = text.split(TEXT_DIRECTIVE).next().unwrap_or(text);
    let is_tracker = |pair: &str| TRACKERS.iter().any(|tracker| pair.trim_start().starts_with(tracker));
    let text = match text.match_indices('?').find(|&(at, _)| is_tracker(&text[at + 1..])) {
        Some((at, _)) => &text[..at],
        None => text,
    };
    text.split('&').filter(|pair| !is_tracker(pair)).collect::<Vec<_>>().join("&")
}

/// With `=` and `&` where they were percent-encoded. A link as it is written has them between all keys and values, and nowhere
/// else.
fn with_separators_decoded(text: &str, decoding: Decoding) -> String {
    let is_encoded = !text.contains('&') && (text.starts_with("v=1%26") || !text.contains('='));
    let is_whole = match decoding {
        Decoding::Likelier => text.split('%').skip(1).all(|behind| WHOLLY_ENCODED.iter().any(|code| behind.starts_with(code))),
        Decoding::Whole => true,
        Decoding::Separators => false,
    };
    match is_encoded && is_whole {
        true => percent_decode_str(text).decode_utf8().map_or_else(|_| text.into(), Cow::into_owned),
        false => separated(text, is_encoded),
    }
}

/// With `&` in front of every known key and `=` behind it, where one of them was encoded; or both, if `is_encoded`.
fn separated(text: &str, is_encoded: bool) -> String {
    let mut separated = String::with_capacity(text.len());
    let mut rest = text;
    if let Some((key, true, behind)) = leading_key(text) {
        separated.extend([key, "="]);
        rest = behind;
    }
    while let Some(at) = rest.find(['&', '%']) {
        let (copied, behind) = rest.split_at(at);
        separated.push_str(copied);
        let (sign, after) = match behind.strip_prefix("%26") {
            Some(after) => ("%26", after),
            None => behind.split_at(1),
        };
        match leading_key(after) {
            Some((key, is_equals_encoded, behind)) if sign != "%" && (is_encoded || sign == "&" || !is_equals_encoded) => {
                separated.extend(["&", key, "="]);
                rest = behind;
            }
            _ => {
                separated.push_str(sign);
                rest = after;
            }
        }
    }
    separated + rest
}

/// The known key at the beginning, whether its `=` is encoded, and the text behind that.
fn leading_key(text: &str) -> Option<(&'static str, bool, &str)> {
    KEYS.iter().find_map(|&(_, name)| {
        let behind = text.strip_prefix(name)?;
        let encoded = || behind.strip_prefix("%3D").or_else(|| behind.strip_prefix("%3d")).map(|behind| (name, true, behind));
        behind.strip_prefix('=').map(|behind| (name, false, behind)).or_else(encoded)
    })
}

/// A key and its value without the white space around them; without any where the value is not a text. Punctuation at the end
/// of the link belongs to the sentence around it, unless a text may end in it.
fn tidied(pair: &str, is_last: bool) -> String {
    let Some((key, value)) = pair.split_once('=') else { return pair.trim().into() };
    let key = without_spaces(key);
    let value = match key_of(&key) {
        Some(key) if is_text(key) => Cow::from(trimmed(value, key)),
        Some(_) => Cow::from(without_spaces(if is_last { without_prose(value) } else { value })),
        None => Cow::from(value),
    };
    [&key, "=", &value].concat()
}

fn key_of(name: &str) -> Option<Key> {
    KEYS.iter().find(|(_, known)| *known == name).map(|(key, _)| *key)
}

/// Whether the values of a key may have any characters.
fn is_text(key: Key) -> bool {
    matches!(key, Key::Note(_) | Key::Service | Key::Book)
}

fn without_spaces(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !text.contains('%') {
        return text;
    }
    SPACES.iter().fold(text, |text, space| text.replace(space, ""))
}

/// A text without the white space around it, which notes never have. The text of a price book ends in its hash, and that of a
/// service may be anything.
fn trimmed(value: &str, key: Key) -> &str {
    let mut value = value.trim();
    while let Some(shorter) = SPACES.iter().find_map(|space| value.strip_suffix(space)).filter(|_| key != Key::Service) {
        value = shorter.trim_end();
    }
    while let Some(shorter) = SPACES.iter().find_map(|space| value.strip_prefix(space)).filter(|_| matches!(key, Key::Note(_))) {
        value = shorter.trim_start();
    }
    value
}

/// The value up to a space with a word behind it, and without punctuation at its end.
fn without_prose(value: &str) -> &str {
    let word = value.match_indices(' ').find(|&(at, _)| value[at + 1..].starts_with(|c: char| c.is_alphabetic()));
    let value = word.map_or(value, |(at, _)| &value[..at]);
    let trimmed = without_punctuation(value);
    if trimmed.is_empty() { value } else { trimmed }
}

fn without_punctuation(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// The texts that a link with a check may have been, likeliest first.
fn candidates(text: &str) -> Vec<String> {
    let until_space = text.split_whitespace().next().unwrap_or_default();
    let ends = [text, without_punctuation(text), until_space, without_punctuation(until_space)];
    let variants = ends.map(|text| {
        let spaced = text.replace('+', "%20");
        [text.into(), text.replace("%25", "%"), spaced.replace("%25", "%"), spaced]
    });
    variants.into_iter().flatten().collect()
}

/// Whether the check fits the text behind it, or the same pairs in the encoding in which links are written.
fn is_intact(link: &str) -> bool {
    let Some((digits, behind)) = check::split(link) else { return false };
    let fits = |text: &str| digits.eq_ignore_ascii_case(&check::digits(text));
    fits(behind) || fits(&rewritten(behind))
}

/// The pairs in the encoding in which links are written.
fn rewritten(text: &str) -> String {
    let part = |text: &str| encoding::decoded(text).map_or_else(|| text.into(), |text| encoding::encoded(&text));
    let pair = |pair: &str| match pair.split_once('=') {
        Some((key, value)) => format!("{}={}", part(key), part(value)),
        None => part(pair),
    };
    encoding::with_firm_end(text.split('&').map(pair).collect::<Vec<_>>().join("&"))
}

/// The likeliest text of a link without a check.
fn unchecked(text: String) -> String {
    let text = if is_encoded_twice(&text) { text.replace("%25", "%") } else { text };
    let last = text.rfind('&').map_or(0, |at| at + 1);
    let mut pairs = Vec::new();
    for (place, pair) in text.split('&').scan(0, |place, pair| Some((std::mem::replace(place, *place + pair.len() + 1), pair))) {
        pairs.push(match pair.split_once('=') {
            Some((name, value)) if matches!(key_of(name), Some(Key::Note(_))) => {
                let value = if place == last { without_foreign_end(value) } else { value };
                format!("{name}={}", with_spaces_for_pluses(value))
            }
            _ => pair.into(),
        });
    }
    pairs.join("&")
}

/// Whether all percent signs are encoded once more, and a note shows by one that it was not meant to have them.
fn is_encoded_twice(text: &str) -> bool {
    let all = text.split('%').skip(1).all(|behind| behind.starts_with("25"));
    all && text.split('&').filter_map(|pair| pair.split_once('=')).any(|(name, value)| {
        let once = value.replace("%25", "%");
        let is_note = matches!(key_of(name), Some(Key::Note(_)));
        // Decoded to the end it is a text, with a character that links encode.
        is_note && encoding::decoded(&once).is_some_and(|text| text != once && encoding::encoded(&text) == once.replace('+', "%2B"))
    })
}

/// Forms write a space as a plus sign. A note that has other spaces, or pluses in a row or at its ends, means them.
fn with_spaces_for_pluses(value: &str) -> Cow<'_, str> {
    let means_pluses =
        value.contains([' ', '\t']) || value.contains("%20") || value.contains("++") || value.starts_with('+') || value.ends_with('+');
    if means_pluses { value.into() } else { value.replace('+', "%20").into() }
}

/// A note without the closing brackets and quotes at its end that it did not open, and what follows them.
fn without_foreign_end(value: &str) -> &str {
    let pairs = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('“', '”'), ('‘', '’'), ('«', '»')];
    let end = without_punctuation(value).len();
    let foreign = value[end..].char_indices().find(|&(at, c)| {
        let before = &value[..end + at];
        let open =
            pairs.iter().find(|(_, close)| *close == c).map(|(open, close)| before.matches(*open).count() > before.matches(*close).count());
        open == Some(false) || (c == '"' && before.matches('"').count().is_multiple_of(2))
    });
    foreign.map_or(value, |(at, _)| &value[..end + at])
}
