//! Exact edges of the engine's limits, roundings and comparisons.
//!
//! One-line cases at, just below and just above each edge, for rules that no larger example decides. Sources: the
//! contract and the pricing rules.

use callmix::capacity::{BusyHour, Concurrency, Growth, LiveTraffic, MostCalls};
use callmix::json_lines::answer;
use callmix::link::{BookStamp, NoLink, read, write};
use callmix::money::{Decimal, Money, Quotient};
use callmix::notes::Notes;
use callmix::price_book::PriceBook;
use callmix::scenario::Scenario;
use callmix::usage::{Profile, Usage};
use serde_json::Value;

fn book() -> PriceBook {
    PriceBook::built_in().expect("valid")
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a decimal")
}

#[test]
fn a_hundredth_has_at_most_nine_decimals() {
    #[track_caller]
    fn check(number: &str, hundredth: Option<&str>) {
        assert_eq!(decimal(number).hundredth(), hundredth.map(decimal), "{number}");
    }
    check("0", Some("0"));
    check("100", Some("1"));
    check("0.5", Some("0.005"));
    check("0.0000001", Some("0.000000001"));
    check("0.00000001", None);
    check("0.000000010", None);
}

#[test]
fn only_zero_money_is_zero() {
    assert!(Money::ZERO.is_zero());
    assert!(decimal("0.00").times(3).expect("small").is_zero());
    assert!(!decimal("0.000000001").times(1).expect("small").is_zero());
    assert!(!Money::ZERO.minus(decimal("1").into()).expect("small").is_zero());
}

#[test]
fn a_rounded_quotient_has_three_digits_but_at_most_fifteen_decimals() {
    #[track_caller]
    fn check(amount: &str, count: u64, quotient: &str) {
        let found = Money::from(decimal(amount)).divided_by(count);
        assert!(matches!(found, Some(Quotient::Rounded(money)) if money.to_string() == quotient), "{found:?}");
    }
    check("2", 3, "0.6667");
    check("0.02", 3, "0.00667");
    check("0.000000001", 3_000, "0.000000000000333");
    check("0.000000001", 30_000, "0.000000000000033");
    check("0.000000001", 300_000, "0.000000000000003");
    assert_eq!(Money::from(decimal("1")).divided_by(0), None);
}

fn live(seconds: &str, busy_hour: BusyHour) -> Concurrency {
    Concurrency::Live(LiveTraffic { seconds_per_call: decimal(seconds), busy_hour, accepted_failure: decimal("0.01") })
}

#[test]
fn slots_are_counted_up_to_ten_million_slots_or_erlangs() {
    // Calls of an hour: as many erlangs as calls in the busiest hour.
    let countable = |erlangs: u64, slots: u64| live("3600", BusyHour::Calls(Decimal::from(erlangs))).is_countable(1, Growth::NONE, slots);
    assert!(countable(10_000_000, 10_000_001));
    assert!(countable(10_000_001, 10_000_000));
    assert!(!countable(10_000_001, 10_000_001));
    assert!(Concurrency::Slots([1; 12]).is_countable(u64::MAX, Growth::NONE, u64::MAX));
}

#[test]
fn what_all_slots_carry_is_searched_for_up_to_a_hundred_thousand_slots() {
    let traffic = live("60", BusyHour::Calls(decimal("1")));
    assert!(matches!(traffic.most_calls(100_000), Some(MostCalls::InBusyHour(calls)) if calls > 5_000_000));
    assert_eq!(traffic.most_calls(100_001), None);
    assert_eq!(Concurrency::Slots([1; 12]).most_calls(1), None);
}

#[test]
fn a_stamp_is_of_a_book_with_the_same_version_and_the_same_prices() {
    let book = book();
    let stamp = |version: &str, hash: &str| BookStamp { version: version.into(), hash: hash.into() };
    assert!(stamp(book.version(), book.hash()).is_of(&book));
    assert!(!stamp(book.version(), "00000000").is_of(&book));
    assert!(!stamp("another", book.hash()).is_of(&book));
}

#[test]
fn a_stamp_in_a_link_has_a_short_plain_version_and_eight_hexadecimal_digits() {
    let book = book();
    let is_read = |stamp: &str| {
        let opened = read(&format!("v=1&calls=1&book={stamp}"), &book);
        assert_eq!(opened.book.is_none(), opened.ignored.len() == 1, "{stamp}");
        opened.book.is_some()
    };
    assert!(is_read("v,0123abef"));
    assert!(is_read(&format!("{},0123abef", "é".repeat(100))));
    assert!(!is_read(&format!("{},0123abef", "é".repeat(101))));
    assert!(!is_read(",0123abef"));
    assert!(!is_read("%20,0123abef"));
    // A mark that turns the direction of what follows.
    assert!(!is_read("v%E2%80%AEw,0123abef"));
    assert!(!is_read("v,0123abe"));
    assert!(!is_read("v,0123abeff"));
    assert!(!is_read("v,0123abeg"));
    assert!(!is_read("v,0123ABEF"));
}

#[test]
fn a_value_in_a_link_has_at_most_sixteen_thousand_bytes() {
    let link = |bytes: usize| {
        let service = "s".repeat(bytes);
        let book = format!(
            r#"{{"version":"v","currency":"USD","services":[{{"id":"{service}","name":"S","packages":[],"package_validity_months":12,
                "tiers":{TWO_TIERS},"concurrent":null}}]}}"#
        );
        let book = PriceBook::from_json(&book).expect("a valid book");
        let usage = Usage::yearly(1, Profile::Even).expect("small");
        let scenario = Scenario::builder(usage).service(Some(&service)).build(&book).expect("a valid scenario");
        write(&[scenario], &book, &Notes::default(), None, None, None)
    };
    assert!(link(16_000).is_ok());
    assert_eq!(link(16_001), Err(NoLink::TooLong));
}

const TWO_TIERS: &str = r#"[{"from":0,"unit_price":"4"},{"from":8,"unit_price":"3"}]"#;

#[test]
fn a_cliff_saves_something() {
    let cliffs = |calls: u64| {
        let text = format!(
            r#"{{"usage":{{"monthly":[{calls},0,0,0,0,0,0,0,0,0,0,0]}},"insights":true,"price_book":{{"version":"v","currency":"USD",
                "services":[{{"id":"s","name":"S","packages":[],"package_validity_months":12,"tiers":{TWO_TIERS},"concurrent":null}}]}}}}"#
        );
        serde_json::from_str::<Value>(&answer(text.replace('\n', ""), &book()).expect("an answer")).expect("JSON")["insights"]["cliffs"]
            .clone()
    };
    // 6 × 4 are 24, as are 8 × 3.
    assert_eq!(cliffs(5), serde_json::json!([]));
    assert_eq!(cliffs(6), serde_json::json!([]));
    assert_eq!(cliffs(7), serde_json::json!([{"month": 1, "more_calls": 1, "saving": "4.00"}]));
    assert_eq!(cliffs(8), serde_json::json!([]));
}

#[test]
fn a_book_is_written_with_the_links_that_it_has() {
    #[track_caller]
    fn check(links: &str) {
        let text = format!(
            r#"{{"version":"v","currency":"USD","services":[{{"id":"s","name":"S","packages":[],"package_validity_months":12,
                "tiers":{TWO_TIERS},"concurrent":null,"links":{links}}}]}}"#
        );
        let written = serde_json::to_value(PriceBook::from_json(&text).expect("valid")).expect("JSON");
        let links: Value = serde_json::from_str(links).expect("JSON");
        let expected = Some(&links).filter(|links| links.as_object().is_some_and(|links| !links.is_empty()));
        assert_eq!(written["services"][0].get("links"), expected);
    }
    check("{}");
    check(r#"{"buy":"https://example.com/buy"}"#);
    check(r#"{"contact":"https://example.com/contact"}"#);
    check(r#"{"buy":"https://example.com/buy","contact":"https://example.com/contact"}"#);
}
