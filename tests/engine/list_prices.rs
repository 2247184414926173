//! List prices: a discounted plan costs its list price less the discount, exactly, and is the same plan.

use std::sync::LazyLock;

use callmix::list_price::ListPrice;
use callmix::money::Money;
use callmix::price_book::{Discount, PriceBook};
use callmix::quote::{Quote, quote};
use callmix::scenario::Scenario;
use callmix::wording::list_price::{sentence, sums};
use proptest::prelude::*;

use super::estimates::scenarios;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));

fn quoted(scenario: &str) -> Quote {
    quote(&Scenario::from_json(scenario, &BOOK).expect("a scenario"), &BOOK).expect("a quote")
}

#[track_caller]
fn check(scenario: &str, list_price: Option<[&str; 3]>) {
    let quote = quoted(scenario);
    let found = quote.list_price.map(|list| [list.total, list.discount, quote.total].map(|amount| amount.to_string()));
    assert_eq!(found, list_price.map(|texts| texts.map(String::from)), "{scenario}");
}

#[test]
fn adds_up_the_discounts_that_apply() {
    check(r#"{"usage":{"yearly":300}}"#, None);
    check(r#"{"usage":{"yearly":300},"discount":{"packages":"12.5"}}"#, Some(["1260.00", "157.50", "1102.50"]));
    check(r#"{"usage":{"yearly":300},"discount":{"packages":"100","postpaid":"100"}}"#, Some(["1440.00", "1440.00", "0.00"]));
    // Nothing of the plan is discounted.
    check(r#"{"usage":{"yearly":300},"discount":{"concurrent":"10"}}"#, None);
    check(r#"{"usage":{"yearly":0},"discount":{"packages":"10"}}"#, None);
    check(
        r#"{"usage":{"yearly":120000},"discount":{"packages":"12.5","postpaid":"5","concurrent":"10"}}"#,
        Some(["424000.00", "53000.00", "371000.00"]),
    );
    check(
        r#"{"usage":{"yearly":600000},"concurrency":{"slots":2},"discount":{"concurrent":"33.33"}}"#,
        Some(["172800.00", "57594.24", "115205.76"]),
    );
}

#[test]
fn a_plan_of_ones_own_has_its_own_list_price() {
    let quote = quoted(
        r#"{"usage":{"yearly":300},"discount":{"packages":"10","postpaid":"50"},"plan":{"purchases":[{"month":1,"calls":100,"count":2}]}}"#,
    );
    let own = quote.own_plan.expect("a plan");
    // Two packages for 8 months, then 4 months of 25 calls at 4.80.
    assert_eq!(own.list_price.map(|list| (list.total.to_string(), list.discount.to_string())), Some(("1320.00".into(), "324.00".into())));
    assert_eq!(own.total.to_string(), "996.00");
    assert_eq!(quote.list_price.map(|list| list.total.to_string()).as_deref(), Some("1440.00"), "by postpaid alone");
}

#[test]
fn says_the_discount_beside_the_total() {
    let quote = quoted(r#"{"usage":{"yearly":120000},"discount":{"packages":"12.5","postpaid":"5"}}"#);
    let list = quote.list_price.expect("a discount");
    assert_eq!(
        sentence(&list, quote.total, "USD"),
        "List price $424,000.00, discounts entered by the sender −$53,000.00, total $371,000.00."
    );
    let lines = sums(&list, quote.total, "USD").map(|(label, amount)| format!("{label}: {amount}"));
    assert_eq!(lines, ["List price: $424,000.00", "Discounts entered by the sender: −$53,000.00", "Total before tax: $371,000.00"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_list_price_less_the_discount_is_the_total(scenario in scenarios()) {
        let Ok(quoted) = quote(&scenario, &BOOK) else { return Ok(()) };
        if let Some(ListPrice { total, discount, months }) = &quoted.list_price {
            prop_assert!(!scenario.discount().is_zero() && !discount.is_zero());
            prop_assert_eq!(total.minus(*discount), Ok(quoted.total));
            prop_assert_eq!(months.iter().try_fold(Money::ZERO, |sum, month| sum.plus(*month)), Ok(*total));
        }
        // Whatever the discount, the plan at list prices costs no less than the cheapest plan at list prices.
        let full = scenario.to_builder().discount(Discount::default()).build(&BOOK).expect("valid");
        let full = quote(&full, &BOOK).expect("as before");
        let list = quoted.list_price.map_or(quoted.total, |list| list.total);
        prop_assert!(list >= full.total, "{list} {}", full.total);
    }
}
