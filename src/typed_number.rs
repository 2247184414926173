//! Which whole number did a person type?
//!
//! Digits, or groups of three divided by commas, spaces, no-break spaces or apostrophes, with white space around.
//! Everything else is told what would be right rather than guessed at. Source: the contract's typed numbers.

use crate::money::Decimal;

/// What divides groups of three, in English, French, Swiss and other hands.
const DIVIDERS: [char; 6] = [',', ' ', '\u{a0}', '\u{202f}', '\'', '\u{2019}'];

/// What may stand before a number and behind it without changing what it means.
const BEFORE: [char; 5] = ['-', '+', '\u{2212}', '~', '$'];
const BEHIND: [&str; 7] = ["x", "call", "calls", "slot", "slots", "month", "months"];

/// Why a text is not understood as a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// Nothing typed.
    Empty,
    /// A number above the limit.
    TooLarge {
        /// The limit.
        most: u64,
    },
    /// Something else, which may have meant this number.
    NotPlain {
        /// Written plainly.
        meant: Option<u64>,
    },
}

/// The number in `text`.
///
/// # Errors
/// Why not, with what may have been meant.
///
/// ```
/// use callmix::typed_number::{Misread, read};
/// assert_eq!(read(" 1,000,000 ", 10_000_000), Ok(1_000_000));
/// assert_eq!(read("10k", 10_000_000), Err(Misread::NotPlain { meant: Some(10_000) }));
/// ```
pub fn read(text: &str, most: u64) -> Result<u64, Misread> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Misread::Empty);
    }
    match plain_digits(text) {
        Some(digits) => digits.parse().ok().filter(|&number| number <= most).ok_or(Misread::TooLarge { most }),
        None => {
            let meant = meant(text).filter(|&number| number <= most);
            Err(Misread::NotPlain { meant })
        }
    }
}

/// The decimal in `text`: as [`read`] takes whole numbers, with a point before up to nine decimals, and a percent sign or
/// nothing behind.
///
/// # Errors
/// Why not; the limit is that of [`Decimal`], and what may have been meant is not guessed at.
///
/// ```
/// use callmix::money::Decimal;
/// use callmix::typed_number::read_decimal;
/// assert_eq!(read_decimal(" 1,260.50 ").ok(), Decimal::parse("1260.5"));
/// assert_eq!(read_decimal("80 %").ok(), Decimal::parse("80"));
/// assert!(read_decimal("1,5").is_err());
/// ```
pub fn read_decimal(text: &str) -> Result<Decimal, Misread> {
    let text = text.trim();
    let text = text.strip_suffix('%').unwrap_or(text).trim_end();
    if text.is_empty() {
        return Err(Misread::Empty);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = plain_digits(whole).ok_or(Misread::NotPlain { meant: None })?;
    let whole = read(&digits, Decimal::MOST_WHOLE)?;
    Decimal::parse(&format!("{whole}.{fraction}")).ok_or(Misread::NotPlain { meant: None })
}

/// The digits alone, where they are written plainly or in groups of three by one divider.
fn plain_digits(text: &str) -> Option<String> {
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(divider) = text.chars().find(|c| DIVIDERS.contains(c)) else {
        return all_digits(text).then(|| text.into());
    };
    let mut groups = text.split(divider);
    let head = groups.next().filter(|head| head.len() <= 3 && all_digits(head))?;
    groups.try_fold(head.to_string(), |digits, group| (group.len() == 3 && all_digits(group)).then(|| digits + group))
}

/// The whole number that a common other spelling most likely means: a sign, a fraction, points or odd groups, an
/// exponent, a k, m or b for thousands, millions and billions, or `about 300 calls`. Other text beside digits may be what
/// counts, as in `1 million` or `=SUM(A1)`.
fn meant(text: &str) -> Option<u64> {
    let lower = text.trim_start_matches(BEFORE).to_ascii_lowercase();
    let lower = BEHIND.iter().find_map(|unit| lower.strip_suffix(unit)).unwrap_or(&lower);
    let lower = lower.strip_prefix("about").unwrap_or(lower).trim();
    let (number, zeros) = match lower.char_indices().next_back()? {
        (end, 'k') => (&lower[..end], 3),
        (end, 'm') => (&lower[..end], 6),
        (end, 'b') => (&lower[..end], 9),
        _ => match lower.split_once('e') {
            Some((number, exponent)) => (number, exponent.trim_start_matches('+').parse().ok().filter(|&zeros| zeros <= 18)?),
            None => (lower, 0),
        },
    };
    // A short group between others does not follow one of three in any one number: these are several.
    let groups: Vec<usize> = number.split(DIVIDERS).map(str::len).collect();
    if groups.windows(3).any(|lengths| lengths[0] == 3 && lengths[1] < 3) {
        return None;
    }
    let number: String = number.trim().chars().filter(|c| !DIVIDERS.contains(c)).collect();
    let mut parts = number.split('.');
    let (whole, rest) = (parts.next()?, parts.collect::<Vec<_>>());
    let (digits, decimals) = match rest[..] {
        [] => (whole.to_string(), 0),
        // One point before three digits is how many write thousands; otherwise it is a fraction.
        [group] if zeros > 0 || group.len() != 3 => (format!("{whole}{group}"), group.len() as u32),
        _ => (format!("{whole}{}", rest.concat()), 0),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scaled = digits.parse::<u128>().ok()?.checked_mul(10_u128.checked_pow(zeros)?)?;
    u64::try_from(scaled.div_ceil(10_u128.checked_pow(decimals)?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: u64 = 1_000_000_000_000;

    #[track_caller]
    fn check(text: &str, expected: Result<u64, Misread>) {
        assert_eq!(read(text, MOST), expected, "{text:?}");
    }

    #[test]
    fn plain_numbers_and_groups_of_three_are_understood() {
        for text in [
            "1000000",
            "1,000,000",
            "1 000 000",
            "1\u{a0}000\u{a0}000",
            "1\u{202f}000\u{202f}000",
            "1'000'000",
            "1\u{2019}000\u{2019}000",
            " 1000000\t",
        ] {
            check(text, Ok(1_000_000));
        }
        check("0", Ok(0));
        check("007", Ok(7));
        check("1000000000000", Ok(MOST));
    }

    #[test]
    fn anything_else_is_told_the_plain_number() {
        let meant = |number| Err(Misread::NotPlain { meant: Some(number) });
        check("-5", meant(5));
        check("1.5", meant(2));
        check("12e3", meant(12_000));
        check("1.000", meant(1_000));
        check("1.000.000", meant(1_000_000));
        check("10k", meant(10_000));
        check("2.5M", meant(2_500_000));
        check("10,00", meant(1_000));
        check("1,000 000", meant(1_000_000));
        check("300x", meant(300));
        check("about 1,200 calls", meant(1_200));
        check("1 call", meant(1));
        check("3 months", meant(3));
        check("~300", meant(300));
        // Lakhs are one number; what was pasted as several is none.
        check("12,34,567", meant(1_234_567));
        check("1,000,2,000,3,000", Err(Misread::NotPlain { meant: None }));
        for text in ["abc", "\u{1f680}", "1e99", "--", "k", ".", "1/2", "٣", "2 or 3", "1 million", "500 thousand calls", "=SUM(A1)", "１"]
        {
            check(text, Err(Misread::NotPlain { meant: None }));
        }
    }

    #[test]
    fn empty_and_too_large_are_their_own_mistakes() {
        check("", Err(Misread::Empty));
        check(" \u{a0}", Err(Misread::Empty));
        check("1000000000001", Err(Misread::TooLarge { most: MOST }));
        check(&"9".repeat(40), Err(Misread::TooLarge { most: MOST }));
    }

    #[test]
    fn decimals_are_held_to_twelve_digits_before_the_point() {
        let check = |text: &str, expected: Result<&str, Misread>| {
            assert_eq!(read_decimal(text), expected.map(|plain| Decimal::parse(plain).expect("a decimal")), "{text:?}");
        };
        check("999,999,999,999.5", Ok("999999999999.5"));
        check("0000000000001", Ok("1"));
        check("000.50", Ok("0.5"));
        for text in ["1000000000000", "1,000,000,000,000.25", &"9".repeat(40)] {
            check(text, Err(Misread::TooLarge { most: 999_999_999_999 }));
        }
        for text in ["1.x", "1.", ".5", "1.0000000001"] {
            check(text, Err(Misread::NotPlain { meant: None }));
        }
    }
}
