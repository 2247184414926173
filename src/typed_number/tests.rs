//! Tests of typed numbers.

use super::*;

const MOST: u64 = 1_000_000_000_000;

#[track_caller]
fn check(text: &str, expected: Result<u64, Misread>) {
    assert_eq!(read(text, MOST), expected, "{text:?}");
}

#[test]
fn reads_plain_numbers_and_groups_of_three() {
    for text in [
        "1000000",
        "1,000,000",
        "1 000 000",
        "1\u{a0}000\u{a0}000",
        "1\u{202f}000\u{202f}000",
        "1\u{2009}000\u{2007}000",
        "1\u{3000}000\u{2006}000",
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
fn reads_other_digits_and_ignores_invisible_marks_and_quotes() {
    check("\u{ff11}\u{ff12}\u{ff0c}\u{ff10}\u{ff10}\u{ff10}", Ok(12_000));
    check("\u{661}\u{662}\u{66c}\u{660}\u{660}\u{660}", Ok(12_000));
    for text in ["\u{6f1}\u{6f2}", "\u{967}\u{968}", "\u{9e7}\u{9e8}", "\u{e51}\u{e52}", "\u{1041}\u{1042}", "\u{abf1}\u{abf2}"] {
        check(text, Ok(12));
    }
    check("\u{feff}\u{200e}12\u{200b},000\u{202c}", Ok(12_000));
    for text in ["\"1,000\"", "'1,000'", "\u{201c}1,000\u{201d}", "\u{201e}1,000\u{201c}", "\u{ab} 1,000 \u{bb}"] {
        check(text, Ok(1_000));
    }
}

#[test]
fn ignores_a_currency_and_zeros_after_the_point() {
    let texts = [
        "$20,000",
        "20 000 USD",
        "USD 20,000.00",
        "\u{20ac}20000",
        "20'000 \u{20ac}",
        "HK$20,000",
        "\u{ff04}20000",
        "20000\u{5143}",
        "cny 20000",
    ];
    for text in texts {
        check(text, Ok(20_000));
    }
    check("100.0", Ok(100));
    check("400.00", Ok(400));
    check("1,000.000", Ok(1_000));
    check("1000.000", Ok(1_000));
    check("1.0000", Ok(1));
}

#[test]
fn suggests_the_number_that_was_meant() {
    let meant = |number| Err(Misread::NotPlain { meant: Some(number) });
    check("-5", meant(5));
    check("-$5", meant(5));
    check("1.5", meant(2));
    check("12e3", meant(12_000));
    check("1.000", meant(1_000));
    check("$1.000", meant(1_000));
    check("1.000.000", meant(1_000_000));
    check("10k", meant(10_000));
    check("2.5M", meant(2_500_000));
    check("1.2M", meant(1_200_000));
    check("1,2 Mio", meant(1_200_000));
    check("2.5 mio.", meant(2_500_000));
    check("12\u{4e07}", meant(120_000));
    check("\u{ff11}\u{ff12}\u{4e07}\u{5143}", meant(120_000));
    check("3\u{767e}\u{4e07}", meant(3_000_000));
    check("2 lakh", meant(200_000));
    for text in ["($5)", "$(5)", "(5)", "(5.00) USD", "5-", "\u{ff08}5\u{ff09}"] {
        check(text, meant(5));
    }
    check("1.234M", meant(1_234_000));
    check("1,234k", meant(1_234_000));
    check("1 million", meant(1_000_000));
    check("500 thousand calls", meant(500_000));
    check("$1.2bn", meant(1_200_000_000));
    check("10,00", meant(10));
    check("12,50", meant(13));
    check("12 000,00", meant(12_000));
    check("12.000,00", meant(12_000));
    check("1.234,5", meant(1_235));
    check("1,000 000", meant(1_000_000));
    check("300x", meant(300));
    check("about 1,200 calls", meant(1_200));
    check("1 call", meant(1));
    check("3 months", meant(3));
    check("~300", meant(300));
    // Lakhs are one number; several pasted numbers are not.
    check("12,34,567", meant(1_234_567));
    check("1,000,2,000,3,000", Err(Misread::NotPlain { meant: None }));
    for text in ["abc", "\u{1f680}", "1e99", "--", "k", ".", ",", "1/2", "\u{2462}", "2 or 3", "=SUM(A1)", "1\t000", "USD$", "9e18k"] {
        let read = read(text, MOST);
        assert!(matches!(read, Err(Misread::NotPlain { meant: None } | Misread::Empty)), "{text:?}: {read:?}");
    }
}

#[test]
fn reports_empty_and_too_large_texts() {
    for text in ["", " \u{a0}", "\u{200b}", "\"\"", "$"] {
        check(text, Err(Misread::Empty));
    }
    check("1000000000001", Err(Misread::TooLarge { most: MOST }));
    check(&"9".repeat(40), Err(Misread::TooLarge { most: MOST }));
    check("2000000M", Err(Misread::NotPlain { meant: None }));
}

#[test]
fn reads_decimals_with_up_to_twelve_digits_before_the_point() {
    let check = |text: &str, expected: Result<&str, Misread>| {
        assert_eq!(read_decimal(text), expected.map(|plain| Decimal::parse(plain).expect("a decimal")), "{text:?}");
    };
    check("999,999,999,999.5", Ok("999999999999.5"));
    check("0000000000001", Ok("1"));
    check("000.50", Ok("0.5"));
    check("$5,000.50", Ok("5000.5"));
    check("5 000.50 EUR", Ok("5000.5"));
    check("\u{ff18}\u{ff10}\u{ff05}", Ok("80"));
    for text in ["1000000000000", "1,000,000,000,000.25", &"9".repeat(40)] {
        check(text, Err(Misread::TooLarge { most: 999_999_999_999 }));
    }
    for text in ["1.x", "1.", ".5", "1.0000000001"] {
        check(text, Err(Misread::NotPlain { meant: None }));
    }
    for (text, meant) in [("1,5", "1.5"), ("12 000,50", "12000.5"), ("1.234,56", "1234.56"), ("0,5 %", "0.5")] {
        check(text, Err(Misread::DecimalComma { meant: Decimal::parse(meant).expect("a decimal") }));
    }
}
