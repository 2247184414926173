//! How is money written in English?
//!
//! As a browser set to English writes it: the currency's sign in front where English has one, else its code and a
//! no-break space. Digits are grouped in threes and never rounded; what had to be rounded is marked by its words.

use super::numbers::{grouped, grouped_decimal};
use crate::money::{Money, Quotient};

/// Signs that English writes in place of a code, from the Unicode locale data.
const SIGNS: [(&str, &str); 21] = [
    ("AUD", "A$"),
    ("BRL", "R$"),
    ("CAD", "CA$"),
    ("CNY", "CN¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("HKD", "HK$"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("MXN", "MX$"),
    ("NZD", "NZ$"),
    ("PHP", "₱"),
    ("TWD", "NT$"),
    ("USD", "$"),
    ("VND", "₫"),
    ("XCD", "EC$"),
    ("XAF", "FCFA\u{a0}"),
    ("XOF", "F\u{202f}CFA\u{a0}"),
    ("XPF", "CFPF\u{a0}"),
];

/// Currencies without a smaller unit: whole amounts are written without decimals.
const WITHOUT_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
/// Currencies with a thousand smaller units: amounts are written with three decimals.
const WITH_THREE_DECIMALS: &str = "BHD JOD KWD LYD OMR TND";

/// An amount or a price with its currency: `$1,260.00`, `CHF 4.80`, `¥500`.
pub fn money(amount: impl ToString, currency: &str) -> String {
    signed(&amount.to_string(), currency)
}

fn signed(text: &str, currency: &str) -> String {
    let (minus, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let is_of = |currencies: &str| currencies.split(' ').any(|code| code == currency);
    let mut digits = grouped_decimal(digits);
    if digits.ends_with(".00") && is_of(WITHOUT_DECIMALS) {
        digits.truncate(digits.len() - ".00".len());
    } else if digits.len() - digits.find('.').unwrap_or(0) == ".00".len() && is_of(WITH_THREE_DECIMALS) {
        digits.push('0');
    }
    match SIGNS.iter().find(|(code, _)| *code == currency) {
        Some((_, sign)) => [minus, sign, &digits].concat(),
        None => [minus, currency, "\u{a0}", &digits].concat(),
    }
}

/// Nothing to count is a dash, so that what counts is seen.
pub const NOTHING: &str = "–";

/// An amount with its currency, or a dash.
pub fn money_or_dash(amount: Money, currency: &str) -> String {
    if amount.is_zero() { NOTHING.into() } else { money(amount, currency) }
}

/// A count, or a dash.
pub fn count_or_dash(count: u64) -> String {
    if count == 0 { NOTHING.into() } else { grouped(count) }
}

/// What each of several things costs: `$4.20`, or `about $4.2167` where it had to be rounded.
pub fn share(share: Quotient, currency: &str) -> String {
    match share {
        Quotient::Exact(amount) => money(amount, currency),
        Quotient::Rounded(amount) => format!("about {}", money(amount, currency)),
    }
}

/// How much more than the best an alternative costs: `$180.00`; empty where it has too many digits to be exact.
pub fn difference(amount: Money, best: Money, currency: &str) -> String {
    amount.minus(best).map(|more| money(more, currency)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Decimal;

    #[track_caller]
    fn check(amount: &str, currency: &str, written: &str) {
        let amount = Decimal::parse(amount).expect("a price").times(1).expect("small");
        assert_eq!(money(amount, currency), written);
    }

    #[test]
    fn amounts_are_written_as_english_has_them() {
        check("0", "USD", "$0.00");
        check("1260", "USD", "$1,260.00");
        check("0.075", "USD", "$0.075");
        check("3500000", "EUR", "€3,500,000.00");
        check("4.8", "CHF", "CHF\u{a0}4.80");
        check("4.8", "CNY", "CN¥4.80");
        check("1000", "JPY", "¥1,000");
        check("1000.5", "JPY", "¥1,000.50");
        check("5", "Credits", "Credits\u{a0}5.00");
    }

    /// The browsers compare the same lines with what they write themselves.
    #[test]
    fn amounts_are_written_as_browsers_have_them() {
        let lines: Vec<&str> = include_str!("../../tests/engine/money_in_english.txt").lines().collect();
        assert!(lines.len() > 200, "{}", lines.len());
        for line in lines {
            let [currency, amount, written] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            check(amount, currency, written);
        }
    }

    #[test]
    fn less_than_nothing_has_its_sign_in_front() {
        let amount = |text| Decimal::parse(text).expect("a price").times(1).expect("small");
        assert_eq!(money(amount("1").minus(amount("1000.5")).expect("small"), "USD"), "-$999.50");
        assert_eq!(difference(amount("5"), amount("3"), "USD"), "$2.00");
    }

    #[track_caller]
    fn check_share(amount: &str, count: u64, written: &str) {
        let amount = Decimal::parse(amount).expect("a price").times(1).expect("small");
        assert_eq!(share(amount.divided_by(count).expect("something"), "USD"), written);
    }

    #[test]
    fn a_share_says_where_it_is_rounded() {
        check_share("1260", 300, "$4.20");
        check_share("1260", 299, "about $4.214");
        check_share("1260", 1, "$1,260.00");
        check_share("2", 3, "about $0.6667");
        check_share("1", 1_000_000, "$0.000001");
        check_share("1", 3_000_000, "about $0.000000333");
        check_share("0", 7, "$0.00");
    }
}
