//! How are counts, amounts and lists written in English?

/// A count with commas between groups of three: `1,000,000`.
pub fn grouped(count: u64) -> String {
    group_digits(&count.to_string())
}

/// A decimal with commas between groups of three before the point: `1,260.00`.
pub fn grouped_decimal(decimal: &str) -> String {
    match decimal.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", group_digits(whole)),
        None => group_digits(decimal),
    }
}

/// A number above 0, of at most 12 digits before the point, rounded to so many decimals: `about 0.15`, or `under 0.01`
/// where nothing would be left of it.
pub(super) fn about(decimal: &str, decimals: usize) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let finer: String = whole.chars().chain(fraction.chars().chain(std::iter::repeat('0')).take(decimals + 1)).collect();
    let (units, word) = match finer.parse::<u64>().unwrap_or(0).saturating_add(5) / 10 {
        0 => (1, "under"),
        units => (units, "about"),
    };
    let digits = format!("{units:0>width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    format!("{word} {}.{fraction}", group_digits(whole))
}

/// A count of calls: `1 call`, `1,000 calls`.
pub fn calls(count: u64) -> String {
    of_unit(&grouped(count), "call")
}

/// A written number of something: `1 second`, `0.5 seconds`.
pub(super) fn of_unit(number: &str, unit: &str) -> String {
    format!("{number} {unit}{}", if number == "1" { "" } else { "s" })
}

/// Puts commas between groups of three digits.
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

/// A small count as a word, one to nine; `None` for others.
pub(super) fn counted(count: u64) -> Option<&'static str> {
    const WORDS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(usize::try_from(count.checked_sub(1)?).ok()?).copied()
}

/// Names in a row, `last` before the last one: `a, b and c`.
pub(super) fn list(names: &[&str], last: &str) -> String {
    match names {
        [] => "none".into(),
        [name] => (*name).into(),
        [names @ .., name] => format!("{} {last} {name}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measured_numbers_are_rounded_and_never_to_nothing() {
        let check = |decimal: &str, decimals: usize, written: &str| assert_eq!(about(decimal, decimals), written, "{decimal}");
        check("0.145818203", 2, "about 0.15");
        check("0.144", 2, "about 0.14");
        check("0.072909101", 1, "about 0.1");
        check("0.05", 1, "about 0.1");
        check("0.049999999", 1, "under 0.1");
        check("0", 2, "under 0.01");
        check("99.995", 2, "about 100.00");
        check("100", 2, "about 100.00");
        check("999999999999.96", 1, "about 1,000,000,000,000.0");
    }

    #[test]
    fn one_is_no_plural() {
        assert_eq!([0, 1, 2, 1_000].map(calls), ["0 calls", "1 call", "2 calls", "1,000 calls"]);
        assert_eq!(["1", "0.5"].map(|number| of_unit(number, "second")), ["1 second", "0.5 seconds"]);
    }
}
