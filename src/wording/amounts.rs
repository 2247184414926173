//! Money in English.
//!
//! Amounts look as in a browser set to English: the currency's symbol in front where English has one, else the currency's
//! code and a no-break space. Amounts are exact; only the cost per call is rounded for reading.

use super::numbers::{grouped_decimal, on_axis, rounded};
use crate::money::{Money, Quotient};

/// The symbols that English uses in place of a code, from the Unicode locale data.
const SYMBOLS: [(&str, &str); 21] = [
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

/// Currencies without a minor unit: whole amounts have no decimals.
const WITHOUT_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
/// Currencies with a thousandth as their minor unit: amounts have at least three decimals.
const WITH_THREE_DECIMALS: &str = "BHD JOD KWD LYD OMR TND";

/// An amount or a price with its currency: `$1,260.00`, `CHF 4.80`, `¥500`.
pub fn money(amount: impl ToString, currency: &str) -> String {
    with_currency(&amount.to_string(), currency)
}

fn with_currency(text: &str, currency: &str) -> String {
    let (minus, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let is_of = |currencies: &str| currencies.split(' ').any(|code| code == currency);
    let mut digits = grouped_decimal(digits);
    if digits.ends_with(".00") && is_of(WITHOUT_DECIMALS) {
        digits.truncate(digits.len() - ".00".len());
    } else if digits.len() - digits.find('.').unwrap_or(0) == ".00".len() && is_of(WITH_THREE_DECIMALS) {
        digits.push('0');
    }
    match SYMBOLS.iter().find(|(code, _)| *code == currency) {
        Some((_, symbol)) => [minus, symbol, &digits].concat(),
        None => [minus, currency, "\u{a0}", &digits].concat(),
    }
}

/// An amount as on an axis: whole ones without decimals, `$3,800`.
pub fn money_on_axis(amount: impl ToString, currency: &str) -> String {
    let mut written = money(amount, currency);
    if written.ends_with(".00") {
        written.truncate(written.len() - ".00".len());
    }
    written
}

/// A round amount on a scale, given in hundredths: `$14k`, `$0.60`.
pub fn cost_on_axis(hundredths: u64, currency: &str) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let scaled = if rest == 0 { on_axis(whole) } else { String::new() };
    let digits = scaled.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if digits.len() < scaled.len() {
        let suffix = &scaled[digits.len()..];
        return money_on_axis(digits, currency) + suffix;
    }
    money_on_axis(format!("{whole}.{rest:02}"), currency)
}

/// An empty cell: zeros are dashes, so that the other figures stand out.
pub const DASH: &str = "–";

/// The cost per call, rounded for reading to two decimals, below 1 to three digits: `$4.20`, `about $3.72`.
pub fn share(share: Quotient, currency: &str) -> String {
    let (Quotient::Exact(amount) | Quotient::Rounded(amount)) = share;
    let exact = amount.to_string();
    let short = readable(&exact);
    let is_exact = short == exact && matches!(share, Quotient::Exact(_));
    format!("{}{}", if is_exact { "" } else { "about " }, money(short, currency))
}

/// A decimal rounded to two places, below 1 to three digits, without the zeros at its end beyond two places.
fn readable(decimal: &str) -> String {
    let zeros = decimal.strip_prefix("0.").map_or(0, |fraction| fraction.len() - fraction.trim_start_matches('0').len() + 1);
    let mut short = rounded(decimal, zeros + 2);
    while short.ends_with('0') && short.len() - short.find('.').unwrap_or(0) > ".00".len() {
        short.pop();
    }
    short
}

/// The extra cost of an alternative over the recommended plan: `+$180.00`; empty where it has too many digits to be exact.
pub fn extra_cost(amount: Money, best: Money, currency: &str) -> String {
    amount.minus(best).map(|more| format!("+{}", money(more, currency))).unwrap_or_default()
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
    fn writes_amounts_with_their_currency() {
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

    /// The browser tests compare the same lines with the browser's own formatting.
    #[test]
    fn writes_amounts_as_browsers_do() {
        let lines: Vec<&str> = include_str!("../../tests/engine/money_in_english.txt").lines().collect();
        assert!(lines.len() > 200, "{}", lines.len());
        for line in lines {
            let [currency, amount, written] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            check(amount, currency, written);
        }
    }

    #[test]
    fn puts_a_minus_before_the_currency() {
        let amount = |text| Decimal::parse(text).expect("a price").times(1).expect("small");
        assert_eq!(money(amount("1").minus(amount("1000.5")).expect("small"), "USD"), "-$999.50");
        assert_eq!(extra_cost(amount("5"), amount("3"), "USD"), "+$2.00");
    }

    #[track_caller]
    fn check_share(amount: &str, count: u64, written: &str) {
        let amount = Decimal::parse(amount).expect("a price").times(1).expect("small");
        assert_eq!(share(amount.divided_by(count).expect("something"), "USD"), written);
    }

    #[test]
    fn rounds_the_cost_per_call_for_reading() {
        check_share("1260", 300, "$4.20");
        check_share("1260", 1, "$1,260.00");
        check_share("1260", 299, "about $4.21");
        check_share("1260", 320, "about $3.94");
        check_share("44600", 12_000, "about $3.72");
        check_share("15152.34", 4_200, "about $3.61");
        check_share("999.996", 1, "about $1,000.00");
        check_share("2", 3, "about $0.667");
        check_share("1", 2, "$0.50");
        check_share("0.075", 1, "$0.075");
        check_share("1", 1_000_000, "$0.000001");
        check_share("1", 3_000_000, "about $0.000000333");
        check_share("0", 7, "$0.00");
    }
}
