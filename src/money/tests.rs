//! Tests of parsing, arithmetic and formatting of money.

use super::*;

#[track_caller]
fn check(text: &str, formatted: Option<&str>) {
    assert_eq!(Decimal::parse(text).map(|price| price.to_string()).as_deref(), formatted, "{text:?}");
}

#[test]
fn parses_digits_with_an_optional_decimal_point() {
    check("0", Some("0.00"));
    check("420", Some("420.00"));
    check("4.8", Some("4.80"));
    check("4.80", Some("4.80"));
    check("0.075", Some("0.075"));
    check("0.0750", Some("0.075"));
    check("007", Some("7.00"));
    check("999999999999.999999999", Some("999999999999.999999999"));
}

#[test]
fn rejects_any_other_format() {
    for text in ["", ".", "4.", ".5", "-1", "+1", "1e3", "1,000", " 1", "1 ", "0x1", "NaN", "1.2.3", "٣", "1_000"] {
        check(text, None);
    }
    check("1234567890123", None);
    check("1.1234567890", None);
}

#[track_caller]
fn check_discount(price: &str, percentage: &str, discounted: &str) {
    let percentage = Percentage::parse(percentage).expect("a percentage");
    assert_eq!(Decimal::parse(price).expect("a price").discounted(percentage).to_string(), discounted);
}

#[test]
fn discounts_exactly() {
    check_discount("4.8", "0", "4.80");
    check_discount("4.8", "10", "4.32");
    check_discount("3.8", "12.34", "3.33108");
    check_discount("350000", "100", "0.00");
    check_discount("999999999999.999999999", "0.01", "999899999999.9999999990001");
}

#[test]
fn accepts_percentages_with_at_most_two_decimals() {
    for (text, formatted) in [("0", Some("0")), ("100", Some("100")), ("12.50", Some("12.5")), ("0.01", Some("0.01"))] {
        assert_eq!(Percentage::parse(text).map(|p| p.to_string()).as_deref(), formatted);
    }
    for text in ["100.01", "0.001", "10.000", "-1", "ten", ""] {
        assert_eq!(Percentage::parse(text), None, "{text:?}");
    }
}

#[test]
fn formats_equal_amounts_alike_at_any_scale() {
    let money = |text: &str| Decimal::parse(text).expect("a price").times(1).expect("small");
    let sum = money("0.075").plus(money("4.925")).expect("small");
    assert_eq!((sum, sum.to_string().as_str()), (money("5"), "5.00"));
    assert_eq!(money("1").minus(money("1.5")).expect("small").to_string(), "-0.50");
    assert_eq!(money("1.05").minus(money("1")).expect("small").to_string(), "0.05");
}

#[test]
fn overflows_instead_of_rounding() {
    let most = Decimal::parse("999999999999.999999999").expect("a price");
    let year = most.times(1_000_000_000_000).expect("a year fits");
    assert_eq!(year.to_string(), "999999999999999999999000.00");
    let many = (0..19).try_fold(year, |sum, _| sum.plus(sum));
    assert_eq!(many, Err(Overflow));
}

#[test]
fn scales_every_price_to_a_whole_number() {
    let prices = ["4.8", "420", "0.125"].map(|text| Decimal::parse(text).expect("a price"));
    let scale = Scale::of(prices.into_iter());
    assert_eq!(prices.map(|price| scale.units_of(price)), [4_800, 420_000, 125].map(Some));
    assert_eq!(scale.money(4_161_000).to_string(), "4161.00");
}
