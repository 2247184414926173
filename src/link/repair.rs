//! The link as it was written, from what arrived.
//!
//! Links travel through mail, chats, documents and trackers, which wrap, encode and decorate them. Each repair here undoes
//! one of these. [`plain`] makes the repairs that cannot change a link as [`write`](super::write()) writes it, because
//! such a link has only letters, digits, `-`, `.`, `,`, `%`, `=` and `&`. The others could change what a note says; for a
//! link with a check they are tried until the check fits, and without one only [`unchecked`] makes them, where nothing else
//! is likely.

mod behind;

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use self::behind::{is_behind, is_tracker, number_before, without_encoded_trackers, without_foreign_end, without_prose_behind_hash};
use super::keys::KeyName;
use super::{LinkKey, MAX_VALUE_BYTES, check, encoding};

/// The beginning of what browsers add to an address to scroll to a text.
const TEXT_DIRECTIVE: &str = ":~:";
/// How often a link may have been encoded.
const MOST_ENCODINGS: usize = 3;
/// The codes of a link all of which was encoded once more: of the characters that it has besides letters and digits, and of
/// those in `&amp;` and in the names of trackers.
const WHOLLY_ENCODED: [&str; 14] = ["26", "3D", "3d", "25", "2C", "2c", "2D", "2d", "2E", "2e", "5F", "5f", "3B", "3b"];
/// How links begin in a text.
const MARKS: [&str; 3] = ["#v=", "#v%", "#v&#"];
/// The codes of white space.
const SPACES: [&str; 6] = ["%20", "%09", "%0A", "%0D", "%0a", "%0d"];
/// The longest text that is repaired. Links of this page are shorter, also when they are encoded twice.
const MOST_REPAIRED_BYTES: usize = 300_000;
/// The longest key that is looked for, with the id of an API.
const MOST_KEY_BYTES: usize = 200;
/// Characters with a name in HTML that stand in or behind a link.
const NAMED: [(&str, char); 6] = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')];
/// The most bytes of a name or number in HTML.
const MOST_ENTITY_BYTES: usize = 10;
/// What an HTML parser makes of `&note=` and of `&quoted=`.
const MISREAD: [(&str, &str); 4] = [("¬e=", "&note="), ("%C2%ACe=", "&note="), ("\"ed=", "&quoted="), ("%22ed=", "&quoted=")];

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
    let texts = [Decoding::Likelier, Decoding::Whole, Decoding::Separators].map(|way| plain(fragment, way));
    if let Some(intact) = texts.iter().find_map(|text| intact(text)) {
        return Repaired { text: intact, is_changed: false };
    }
    if let Some(changed) = texts.iter().find(|text| check::split(text).is_some()) {
        return Repaired { text: changed.clone(), is_changed: true };
    }
    let known = |text: &String| text.split('&').filter(|pair| key_of_pair(pair).is_some()).count();
    let likeliest = texts.into_iter().rev().max_by_key(known).unwrap_or_default();
    Repaired { text: unchecked(likeliest), is_changed: false }
}

/// Whether the fragment of an address is a link, however it is encoded, rather than the name of an element.
///
/// ```
/// use callmix::link::is_link;
/// assert!(is_link("#v=1&calls=300") && is_link("#v%3D1%26calls%3D300") && !is_link("#calls"));
/// ```
pub fn is_link(fragment: &str) -> bool {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    fragment.contains('=') || repaired(fragment).text.split('&').any(|pair| key_of_pair(pair).is_some())
}

/// Whether a text names a link of this page, however its `=` is encoded.
pub(crate) fn mentions_link(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

/// The link in a text that was pasted: the fragment of an address, as it is or in Markdown, HTML or angle brackets; or else
/// the whole text.
pub(crate) fn pasted(text: &str) -> &str {
    let marked = MARKS.iter().filter_map(|mark| text.find(mark)).min();
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
        text = with_entities_decoded(&unwrapped(&text));
        text = with_separators_decoded(&without_trackers(&text), decoding);
        if text == before {
            break;
        }
    }
    let pairs: Vec<&str> = text.split('&').filter(|pair| !pair.trim().is_empty()).collect();
    let last = pairs.iter().rposition(|pair| key_of_pair(pair).is_some());
    let pairs = pairs.iter().enumerate().map(|(place, pair)| tidied(pair, Some(place) == last));
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

/// With the characters that are written as in HTML. In a link no semicolon follows an `&`.
fn with_entities_decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        decoded.push_str(before);
        let (c, after) = entity(behind).unwrap_or(('&', behind));
        decoded.push(c);
        rest = after;
    }
    decoded.push_str(rest);
    MISREAD.iter().fold(decoded, |text, (misread, meant)| text.replace(misread, meant))
}

/// The character that is written in HTML as `&` and the beginning of `text`, and the text behind it.
fn entity(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(MOST_ENTITY_BYTES).position(|byte| byte == b';')?;
    let (name, after) = (&text[..end], &text[end + 1..]);
    let c = match name.strip_prefix('#') {
        Some(number) => char::from_u32(match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        })?,
        None => NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?.1,
    };
    Some((c, after))
}

/// Without what trackers add behind `?` or `&`, and browsers behind `:~:`.
fn without_trackers(text: &str) -> String {
    let text = text.split(TEXT_DIRECTIVE).next().unwrap_or(text);
    let text = match text.match_indices('?').find(|&(at, _)| is_tracker(&text[at + 1..])) {
        Some((at, _)) => &text[..at],
        None => text,
    };
    text.split('&').filter(|pair| !is_tracker(pair)).collect::<Vec<_>>().join("&")
}

/// With `=` and `&` where they were percent-encoded. A link as it is written has them between all keys and values, and nowhere
/// else.
fn with_separators_decoded(text: &str, decoding: Decoding) -> String {
    // What is behind the link may have separators of its own.
    let (link, behind) = text.split_at(text.find(['&', '=']).filter(|_| text.starts_with("v%")).unwrap_or(text.len()));
    let (link, behind) = if link.contains("%26") || link.contains("%25") { (link, behind) } else { (text, "") };
    let is_encoded = !link.contains('&') && (link.starts_with("v=1%26") || !link.contains('='));
    // What is behind a last value other than a text may have codes of its own.
    let last =
        link.rfind("%26").filter(|&at| leading_key(&link[at + 3..]).and_then(|(name, ..)| key_of(name)).is_some_and(|key| !is_text(key)));
    let is_whole = match decoding {
        Decoding::Likelier => {
            link[..last.unwrap_or(link.len())].split('%').skip(1).all(|behind| WHOLLY_ENCODED.iter().any(|code| behind.starts_with(code)))
        }
        Decoding::Whole => true,
        Decoding::Separators => false,
    };
    let decoded = match is_encoded && is_whole {
        true => percent_decode_str(link).decode_utf8().map_or_else(|_| link.into(), Cow::into_owned),
        false => separated(link, is_encoded),
    };
    decoded + behind
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
        match Some(after).filter(|_| sign != "%").and_then(leading_key) {
            Some((key, is_equals_encoded, behind)) if is_encoded || sign == "&" || !is_equals_encoded => {
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
fn leading_key(text: &str) -> Option<(&str, bool, &str)> {
    let is_of_key = |byte: u8| byte.is_ascii_alphanumeric() || b"-._%".contains(&byte);
    let end = text.bytes().take(MOST_KEY_BYTES).take_while(|&byte| is_of_key(byte)).count();
    let encoded = || ["%3D", "%3d"].iter().filter_map(|sign| text[..end].find(sign)).min().map(|at| (at, true, &text[at + 3..]));
    let plain = || text[end..].strip_prefix('=').map(|behind| (end, false, behind));
    let (at, is_equals_encoded, behind) = encoded().or_else(plain)?;
    let name = &text[..at];
    key_of(&encoding::decoded(name)?).map(|_| (name, is_equals_encoded, behind))
}

/// A key and its value without the white space around them; without any where the value is not a text. What is behind the
/// last value belongs to the sentence around the link, unless a text may have it.
fn tidied(pair: &str, is_last: bool) -> String {
    let Some((key, value)) = pair.split_once('=') else { return pair.trim().into() };
    let key = without_spaces(key);
    let is_last = is_last && value.len() <= MAX_VALUE_BYTES;
    let value = match key_of(&key) {
        Some(key) if is_text(key) => Cow::from(trimmed(value, key)),
        Some(key) => Cow::from(without_spaces(if is_last { number_before(value, key == LinkKey::Busy) } else { value })),
        None => Cow::from(value),
    };
    [&key, "=", &value].concat()
}

fn key_of(name: &str) -> Option<LinkKey> {
    KeyName::parse(name, true).map(|name| name.key)
}

fn key_of_pair(pair: &str) -> Option<LinkKey> {
    pair.split_once('=').and_then(|(name, _)| key_of(&encoding::decoded(&without_spaces(name))?))
}

/// Whether the values of a key may have any characters.
fn is_text(key: LinkKey) -> bool {
    matches!(key, LinkKey::Note(_) | LinkKey::Service | LinkKey::Book)
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
fn trimmed(value: &str, key: LinkKey) -> &str {
    let mut value = value.trim();
    while let Some(shorter) = SPACES.iter().find_map(|space| value.strip_suffix(space)).filter(|_| key != LinkKey::Service) {
        value = shorter.trim_end();
    }
    while let Some(shorter) = SPACES.iter().find_map(|space| value.strip_prefix(space)).filter(|_| matches!(key, LinkKey::Note(_))) {
        value = shorter.trim_start();
    }
    value
}

/// The link in a text with a check, up to where its check fits. Pairs that are not of a link were added on its way, unless
/// the check is over them too.
fn intact(text: &str) -> Option<String> {
    check::split(text)?;
    let known: Vec<&str> = text.split('&').filter(|pair| key_of_pair(pair).is_some()).collect();
    [&known.join("&"), text].into_iter().find_map(fitting)
}

/// The text up to where its check fits, as it is or in the encoding in which links are written.
fn fitting(text: &str) -> Option<String> {
    let (digits, behind) = check::split(text)?;
    let before = &text[..text.len() - behind.len()];
    if digits.eq_ignore_ascii_case(&check::digits(behind)) {
        return Some(text.into());
    }
    let spaced = behind.replace('+', "%20");
    let variants = [behind.into(), behind.replace("%25", "%"), spaced.replace("%25", "%"), spaced];
    variants.iter().find_map(|behind| {
        let behind = rewritten(behind);
        let end = check::ends(digits, &behind).into_iter().find(|&end| is_end(&behind, end))?;
        Some(before.to_owned() + &behind[..end])
    })
}

/// Whether a link may end here, since what follows stands behind it.
fn is_end(text: &str, end: usize) -> bool {
    let last = text.rfind('&').map_or(0, |at| at + 1);
    let is_word = |behind: &str| behind.starts_with(char::is_alphanumeric);
    let may_go_on = key_of_pair(&text[last..]).is_some_and(is_text);
    let is_allowed = |behind: &str| is_behind(behind, true) && !(may_go_on && is_word(behind));
    end == text.len() || (end > last && encoding::decoded(&text[end..]).is_some_and(|behind| is_allowed(&behind)))
}

/// The pairs in the encoding in which links are written.
fn rewritten(text: &str) -> String {
    let part = |text: &str| encoding::decoded(text).map_or_else(|| text.into(), |text| encoding::encoded(&text));
    let pair = |pair: &str| match pair.split_once('=') {
        Some((key, value)) => format!("{}={}", part(key), part(value)),
        None => part(pair),
    };
    text.split('&').map(pair).collect::<Vec<_>>().join("&")
}

/// The likeliest text of a link without a check.
fn unchecked(text: String) -> String {
    let text = if is_encoded_twice(&text) { text.replace("%25", "%") } else { text };
    let last = text.rfind('&').map_or(0, |at| at + 1);
    let mut pairs = Vec::new();
    for (place, pair) in text.split('&').scan(0, |place, pair| Some((std::mem::replace(place, *place + pair.len() + 1), pair))) {
        pairs.push(match pair.split_once('=') {
            Some((name, value)) => {
                let value = match key_of(name) {
                    Some(LinkKey::Note(_)) if place == last => with_spaces_for_pluses(without_foreign_end(value)),
                    Some(LinkKey::Note(_)) => with_spaces_for_pluses(value),
                    // Behind the version of a price book comes its hash.
                    Some(LinkKey::Book) if place == last => without_prose_behind_hash(value).into(),
                    _ => without_encoded_trackers(value).into(),
                };
                format!("{name}={value}")
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
        let is_note = matches!(key_of(name), Some(LinkKey::Note(_)));
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
