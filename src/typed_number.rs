//! Numbers as people type them: counts of calls and amounts of money.
//!
//! A number is digits of any script, plain or in groups of three that a comma, a space of any width or an apostrophe divides. Invisible marks, surrounding quotes, a currency sign or code around it, and zeros alone after
//! a decimal point do not change it. Everything else is refused with the number that was most likely meant. A point before
//! exactly three digits stays ambiguous, since half of the world divides thousands by points. Source: the contract's typed
//! numbers.

use crate::money::Decimal;

/// Dividers of groups of three, after [`plain_text`].
const DIVIDERS: [char; 4] = [',', ' ', '\'', '\u{2019}'];

/// Signs and words around a number that a suggestion leaves out. Brackets, and a minus behind it, are of accountants.
const BEFORE: [char; 5] = ['-', '+', '\u{2212}', '~', '('];
const BEHIND: [&str; 9] = ["x", "call", "calls", "slot", "slots", "month", "months", ")", "-"];

/// Words and letters behind a number, with the zeros that they stand for.
const MAGNITUDES: [(&str, u32); 20] = [
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("mio", 6),
    ("mln", 6),
    ("mrd", 9),
    ("bn", 9),
    ("k", 3),
    ("m", 6),
    ("b", 9),
    ("lakh", 5),
    ("crore", 7),
    ("\u{767e}\u{4e07}", 6),
    ("\u{5343}\u{4e07}", 7),
    ("\u{4e07}", 4),
    ("\u{842c}", 4),
    ("\u{5104}", 8),
    ("\u{4ebf}", 8),
    ("\u{b9cc}", 4),
    ("\u{c5b5}", 8),
];

/// The zeros of the decimal digits of other scripts, each followed by one to nine: full-width, Arabic, Devanagari and so on.
const ZEROS: [u16; 36] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0,
    0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

/// ISO 4217 codes of the currencies that price pages use, three letters each.
const CURRENCY_CODES: &str =
    "AEDARSAUDBRLCADCHFCLPCNYCOPCZKDKKEGPEURGBPHKDHUFIDRILSINRJPYKRWMXNMYRNGNNOKNZDPENPHPPLNRMBRONRUBSARSEKSGDTHBTRYTWDUAHUSDVNDZAR";

/// The most letters of a currency before its sign, as in `HK$`.
const MOST_SIGN_LETTERS: usize = 2;

/// Pairs of quotes that programs and people put around a value.
const QUOTES: [(char, char); 7] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('\u{201c}', '\u{201d}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{201e}', '\u{201c}'),
    ('\u{ab}', '\u{bb}'),
];

/// The reason why a text is not taken as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// The text is empty.
    Empty,
    /// The number is above the limit.
    TooLarge {
        /// The limit.
        most: u64,
    },
    /// The text is something else.
    NotPlain {
        /// The number that was most likely meant, rounded up to a whole one.
        meant: Option<u64>,
    },
    /// A decimal has a comma in place of the point.
    DecimalComma {
        /// The decimal with a point.
        meant: Decimal,
    },
}

/// Reads a whole number from 0 to `most`.
///
/// # Errors
/// The reason, with the number that was most likely meant.
///
/// ```
/// use callmix::typed_number::{Misread, read};
/// assert_eq!(read(" 1,000,000 ", 10_000_000), Ok(1_000_000));
/// assert_eq!(read("$20\u{202f}000", 10_000_000), Ok(20_000));
/// assert_eq!(read("10k", 10_000_000), Err(Misread::NotPlain { meant: Some(10_000) }));
/// ```
pub fn read(text: &str, most: u64) -> Result<u64, Misread> {
    let text = plain_text(text);
    let text = without_currency(&text);
    if text.is_empty() {
        return Err(Misread::Empty);
    }
    match plain_digits(without_zero_decimals(text)) {
        Some(digits) => digits.parse().ok().filter(|&number| number <= most).ok_or(Misread::TooLarge { most }),
        None => Err(Misread::NotPlain { meant: meant(text).filter(|&number| number <= most) }),
    }
}

/// Reads a decimal: a whole number as [`read`] takes it, with a point before up to nine decimals, and a percent sign behind
/// it or not.
///
/// # Errors
/// The reason; the limit is that of [`Decimal`]. A decimal comma is refused with the decimal that was meant.
///
/// ```
/// use callmix::money::Decimal;
/// use callmix::typed_number::read_decimal;
/// assert_eq!(read_decimal(" 1,260.50 ").ok(), Decimal::parse("1260.5"));
/// assert_eq!(read_decimal("80 %").ok(), Decimal::parse("80"));
/// assert!(read_decimal("1,5").is_err());
/// ```
pub fn read_decimal(text: &str) -> Result<Decimal, Misread> {
    let text = plain_text(text);
    let text = without_currency(text.strip_suffix('%').unwrap_or(&text).trim_end());
    if text.is_empty() {
        return Err(Misread::Empty);
    }
    let refused = || with_decimal_point(text).map_or(Misread::NotPlain { meant: None }, |meant| Misread::DecimalComma { meant });
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = plain_digits(whole).ok_or_else(refused)?;
    let most = Decimal::MOST_WHOLE;
    let whole: u64 = digits.parse().ok().filter(|&whole| whole <= most).ok_or(Misread::TooLarge { most })?;
    Decimal::parse(&format!("{whole}.{fraction}")).ok_or_else(refused)
}

/// The text in ASCII where that changes no meaning: digits, points, commas, percent signs and spaces of other scripts and
/// widths become the usual ones, invisible marks are left out, and so are surrounding quotes and white space.
pub fn plain_text(text: &str) -> String {
    let plain: String = text.chars().filter(|&c| !is_invisible(c)).map(usual).collect();
    let trimmed = plain.trim();
    let unquoted = QUOTES.iter().find_map(|&(open, close)| trimmed.strip_prefix(open)?.strip_suffix(close));
    unquoted.unwrap_or(trimmed).trim().into()
}

/// Marks that direct text or join words, which programs leave in what is copied from them.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn usual(c: char) -> char {
    match c {
        _ if c.is_ascii() => c,
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        '\u{ff0c}' | '\u{66c}' => ',',
        '\u{ff0e}' | '\u{66b}' => '.',
        '\u{ff05}' | '\u{66a}' => '%',
        _ if c.is_whitespace() && !c.is_control() => ' ',
        _ => {
            let digits = ZEROS.iter().filter_map(|&zero| u32::from(c).checked_sub(zero.into()));
            digits.filter(|&digit| digit < 10).find_map(|digit| char::from_digit(digit, 10)).unwrap_or(c)
        }
    }
}

/// The text without a currency sign (`$`, `HK$`) or code (`USD`) before it or behind it.
pub(crate) fn without_currency(text: &str) -> &str {
    if let Some((letters, rest)) = text.split_once(is_currency_sign)
        && letters.len() <= MOST_SIGN_LETTERS
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return rest.trim_start();
    }
    if let Some(rest) = text.strip_suffix(is_currency_sign) {
        return rest.trim_end();
    }
    let is_code = |code: Option<&str>| {
        code.is_some_and(|code| CURRENCY_CODES.as_bytes().chunks(3).any(|known| known.eq_ignore_ascii_case(code.as_bytes())))
    };
    if is_code(text.get(..3)) {
        return text[3..].trim_start();
    }
    match text.len().checked_sub(3) {
        Some(start) if is_code(text.get(start..)) => text[..start].trim_end(),
        _ => text,
    }
}

fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{e3f}' | '\u{20a0}'..='\u{20c0}' | '\u{5143}' | '\u{5186}' | '\u{ff04}' | '\u{ffe0}' | '\u{ffe1}' | '\u{ffe5}')
}

/// The text without a point and zeros alone behind it: `400.00` is 400. `1.000` may be a thousand, so it stays; with four
/// or more digits or a divider before the point there is no doubt.
fn without_zero_decimals(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') && (zeros.len() != 3 || whole.len() > 3) => {
            whole
        }
        _ => text,
    }
}

/// The digits alone, where they are plain or in groups of three by one divider.
fn plain_digits(text: &str) -> Option<String> {
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(divider) = text.chars().find(|c| DIVIDERS.contains(c)) else {
        return all_digits(text).then(|| text.into());
    };
    let mut groups = text.split(divider);
    let head = groups.next().filter(|head| head.len() <= 3 && all_digits(head))?;
    groups.try_fold(head.to_string(), |digits, group| (group.len() == 3 && all_digits(group)).then(|| digits + group))
}

/// A decimal with a comma before its decimals, and points, spaces or apostrophes between groups of three or nothing.
fn with_decimal_point(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once(',')?;
    let whole = plain_digits(&whole.replace('.', " "))?;
    Decimal::parse(&format!("{whole}.{fraction}"))
}

/// The whole number that another spelling most likely means: with a sign, a fraction, a decimal comma, points or odd groups,
/// an exponent, a magnitude such as `k` or `million`, or a word such as `calls`. Other text may be what counts, as in
/// `=SUM(A1)`, so it means nothing.
fn meant(text: &str) -> Option<u64> {
    let lower = text.trim_start_matches(BEFORE).to_ascii_lowercase();
    let lower = lower.strip_prefix("about").unwrap_or(&lower);
    let lower = without_one_of(lower.trim(), BEHIND.iter().copied()).trim_end_matches('.');
    let magnitude = MAGNITUDES.iter().find_map(|&(name, zeros)| Some((lower.strip_suffix(name)?, zeros)));
    let (number, zeros) = match magnitude {
        Some(found) => found,
        None => match lower.split_once('e') {
            Some((number, exponent)) => (number, exponent.trim_start_matches('+').parse().ok()?),
            None => (lower, 0),
        },
    };
    let number = without_currency(number.trim());
    // A short group between others does not follow one of three in any one number: these are several.
    let groups: Vec<usize> = number.split(DIVIDERS).map(str::len).collect();
    if groups.windows(3).any(|lengths| lengths[0] == 3 && lengths[1] < 3) {
        return None;
    }
    let (digits, decimals) = digits_and_decimals(number, zeros > 0)?;
    let scaled = digits.parse::<u128>().ok()?.checked_mul(10_u128.checked_pow(zeros)?)?;
    u64::try_from(scaled.div_ceil(10_u128.checked_pow(decimals)?)).ok()
}

/// The digits of a number, and how many of the last ones are decimals. One mark before one or two digits at the end is a
/// decimal point or comma; before three digits it divides thousands, unless a magnitude follows the number.
fn digits_and_decimals(number: &str, has_magnitude: bool) -> Option<(String, u32)> {
    let mark = number.rfind(['.', ',']).filter(|&place| {
        let mark = &number[place..=place];
        let (whole, decimals) = (&number[..place], number.len() - place - 1);
        match decimals {
            // Three and more commas in odd places divide lakhs.
            1 | 2 => !whole.contains(mark),
            3 => has_magnitude && !whole.contains(mark) && mark == ".",
            _ => mark == "." && !whole.contains('.'),
        }
    });
    let decimals = mark.map_or(0, |place| number.len() - place - 1);
    let digits: String = number.chars().filter(|c| *c != '.' && !DIVIDERS.contains(c)).collect();
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some((digits, u32::try_from(decimals).ok()?))
}

fn without_one_of<'a>(text: &'a str, endings: impl IntoIterator<Item = &'a str>) -> &'a str {
    endings.into_iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests;
