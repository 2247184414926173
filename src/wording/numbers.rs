//! Counts, decimals, percentages and lists in English.

use crate::money::Decimal;
use crate::price_book::Unit;

/// A count with commas between groups of three digits: `1,000,000`.
pub fn grouped(count: u64) -> String {
    group_digits(&count.to_string())
}

/// A round number on an axis: `600`, `1.5k` from 10,000 on, `20M`.
pub fn on_axis(count: u64) -> String {
    const SUFFIXES: [(u64, &str); 4] = [(1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k")];
    let Some((size, suffix)) = SUFFIXES.into_iter().find(|&(size, _)| count >= size && count >= 5_000) else { return grouped(count) };
    match count % size * 10 / size {
        0 => format!("{}{suffix}", count / size),
        tenths => format!("{}.{tenths}{suffix}", count / size),
    }
}

/// A decimal with commas between groups of three digits before the point: `1,260.00`.
pub fn grouped_decimal(decimal: &str) -> String {
    match decimal.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", group_digits(whole)),
        None => group_digits(decimal),
    }
}

/// A decimal of at most 18 digits before the point, rounded half up to exactly `decimals` places, without commas.
pub(super) fn rounded(decimal: &str, decimals: usize) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let finer: String = whole.chars().chain(fraction.chars().chain(std::iter::repeat('0')).take(decimals + 1)).collect();
    let units = finer.parse::<u128>().unwrap_or(0).saturating_add(5) / 10;
    let digits = format!("{units:0>width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { digits } else { format!("{whole}.{fraction}") }
}

/// A measured number above 0, rounded to at most `decimals` places: `about 0.15`, or `under 0.01` where rounding would
/// leave nothing.
pub(super) fn about(decimal: &str, decimals: usize) -> String {
    let rounded = rounded(decimal, decimals);
    if rounded.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        return format!("under 0.{}1", "0".repeat(decimals.saturating_sub(1)));
    }
    format!("about {}", grouped_decimal(without_zeros(&rounded)))
}

/// A share of 1 as an exact percentage: `80%`, `0.5%`.
pub(super) fn percent(share: Decimal) -> String {
    // A share of at most 1 times 100 always fits.
    share.times(100).map_or_else(|_| String::new(), |percent| format!("{}%", without_zeros(&percent.to_string())))
}

/// A decimal without the zeros at its end: `0.80` is `0.8`.
fn without_zeros(decimal: &str) -> &str {
    if decimal.contains('.') { decimal.trim_end_matches('0').trim_end_matches('.') } else { decimal }
}

/// A count of calls: `1 call`, `1,000 calls`.
pub fn calls(count: u64) -> String {
    of_unit(&grouped(count), "call")
}

/// A count of a service's units: `1 picture`, `1,000 calls`.
pub fn units(count: u64, unit: &Unit) -> String {
    [&grouped(count), " ", if count == 1 { &unit.one } else { &unit.many }].concat()
}

/// A written number with its unit: `1 second`, `0.5 seconds`.
pub(super) fn of_unit(number: &str, unit: &str) -> String {
    format!("{number} {unit}{}", if number == "1" { "" } else { "s" })
}

fn group_digits(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count from one to nine as a word; `None` for others.
pub(super) fn counted(count: u64) -> Option<&'static str> {
    const WORDS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(usize::try_from(count.checked_sub(1)?).ok()?).copied()
}

/// A list with a conjunction before its last name: `a, b and c`.
pub(super) fn list(names: &[&str], conjunction: &str) -> String {
    match names {
        [] => "none".into(),
        [name] => (*name).into(),
        [names @ .., name] => format!("{} {conjunction} {name}", names.join(", ")),
    }
}

/// A text that begins a sentence: `packages alone` becomes `Packages alone`.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_measured_numbers_but_never_to_nothing() {
        let check = |decimal: &str, decimals: usize, written: &str| assert_eq!(about(decimal, decimals), written, "{decimal}");
        check("0.145818203", 2, "about 0.15");
        check("0.144", 2, "about 0.14");
        check("0.8", 2, "about 0.8");
        check("0.072909101", 1, "about 0.1");
        check("0.05", 1, "about 0.1");
        check("0.049999999", 1, "under 0.1");
        check("0", 2, "under 0.01");
        check("99.995", 2, "about 100");
        check("100", 2, "about 100");
        check("999999999999.96", 1, "about 1,000,000,000,000");
    }

    #[test]
    fn writes_shares_as_percentages() {
        let check = |share: &str, written: &str| assert_eq!(percent(Decimal::parse(share).expect("a share")), written, "{share}");
        check("1", "100%");
        check("0.8", "80%");
        check("0.005", "0.5%");
        check("0.001234567", "0.1234567%");
    }

    #[test]
    fn uses_the_singular_for_one() {
        assert_eq!([0, 1, 2, 1_000].map(calls), ["0 calls", "1 call", "2 calls", "1,000 calls"]);
        assert_eq!(["1", "0.5"].map(|number| of_unit(number, "second")), ["1 second", "0.5 seconds"]);
    }
}
