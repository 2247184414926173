//! Tests of the steps of a plan.

use super::*;
use crate::capacity::Concurrency;
use crate::money::Percentage;
use crate::price_book::{Discount, PriceBook};
use crate::quote::quote;
use crate::scenario::ScenarioBuilder;
use crate::settlement::Postpaid;
use crate::usage::Usage;

#[track_caller]
fn check(start: &str, months: [u64; 12], change: impl Fn(ScenarioBuilder) -> ScenarioBuilder, written_out: &[&str]) {
    let book = PriceBook::built_in().expect("valid");
    let year = Scenario::builder(Usage::monthly(months).expect("a year")).start(CalendarMonth::parse(start));
    let scenario = change(year).build(&book).expect("valid");
    let quote = quote(&scenario, &book).expect("an answer");
    let service = scenario.book(&book).service(scenario.service()).expect("a service");
    let steps = steps(&scenario, &quote, service, false);
    assert_eq!(written(&steps), written_out);
    let costs = steps.iter().flat_map(|step| step.lines.iter().filter_map(|line| line.cost));
    assert_eq!(costs.fold(Money::ZERO, |sum, cost| sum.plus(cost).expect("small")), quote.total);
}

/// The lines as `January 2027: Buy one 100-call package | $420.00`.
fn written(steps: &[Step]) -> Vec<String> {
    let line = |step: &Step, line: &StepLine| {
        let more = line.more.as_ref().map(|more| format!(" ({more})")).unwrap_or_default();
        let cost = line.cost.map(|cost| format!(" | {}", money(cost, "USD"))).unwrap_or_default();
        format!("{}: {}{more}{cost}", step.when, line.what)
    };
    steps.iter().flat_map(|step| step.lines.iter().map(|part| line(step, part)).collect::<Vec<_>>()).collect()
}

#[test]
fn has_no_steps_without_calls() {
    check("", [0; 12], |year| year, &[]);
}

#[test]
fn dates_each_purchase() {
    check(
        "2027-01",
        [25; 12],
        |year| year,
        &[
            "1 January 2027: Buy one 100-call package | $420.00",
            "1 May 2027: Buy one 100-call package | $420.00",
            "1 September 2027: Buy one 100-call package | $420.00",
        ],
    );
    check(
        "",
        [0, 0, 0, 0, 0, 0, 0, 0, 300, 0, 0, 1],
        |year| year,
        &["Month 9: Make sure postpaid is on (301 calls in months 9 and 12, at $4.20 to $4.80 each) | $1,264.80"],
    );
}

#[test]
fn merges_equal_purchases_of_adjacent_months_only() {
    let hundreds = [100, 0, 100, 100, 100, 0, 100, 100, 100, 100, 0, 100];
    check(
        "2027-01",
        hundreds,
        |year| year.postpaid(Postpaid::Off),
        &[
            "1 January 2027: Buy one 100-call package | $420.00",
            "March to May 2027: Buy one 100-call package each month ($420.00 each time) | $1,260.00",
            "July to October 2027: Buy one 100-call package each month ($420.00 each time) | $1,680.00",
            "1 December 2027: Buy one 100-call package | $420.00",
        ],
    );
}

/// With 10% off, a package of 100 calls costs less than 103 postpaid calls, which leaves three for postpaid.
#[test]
fn lists_purchases_before_postpaid() {
    check(
        "2027-01",
        [103, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        |year| year.discount(Discount { packages: Percentage::parse("10").expect("a percentage"), ..Discount::default() }),
        &[
            "1 January 2027: Buy one 100-call package | $378.00",
            "1 January 2027: Make sure postpaid is on (3 calls in January 2027, at $4.80 each) | $14.40",
        ],
    );
}

#[test]
fn switches_to_concurrent_billing_and_back() {
    let mut months = [10; 12];
    months[5] = 50_000;
    check(
        "2027-01",
        months,
        |year| year.concurrency(Some(Concurrency::Slots([2; 12]))),
        &[
            "1 January 2027: Make sure postpaid is on (10 calls in January 2027, at $4.80 each) | $48.00",
            "1 February 2027: Buy one 100-call package | $420.00",
            "1 June 2027: Switch to concurrent billing with 2 slots (For this month) | $14,400.00",
            "1 July 2027: Switch back to billing per call",
        ],
    );
    check(
        "",
        [50_000; 12],
        |year| year.concurrency(Some(Concurrency::Slots([1; 12]))),
        &["Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month until the end of month 12) | $86,400.00"],
    );
    check(
        "",
        [50_000, 0, 50_000, 0, 50_000, 0, 0, 50_000, 0, 0, 0, 0],
        |year| year.concurrency(Some(Concurrency::Slots([1; 12]))),
        &["Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month in months 1, 3, 5 and 8. \
           Months in between have no calls, so they need no slots.) | $28,800.00"],
    );
}

#[test]
fn says_whether_the_number_of_slots_rises_or_falls() {
    check(
        "",
        [50_000; 12],
        |year| year.concurrency(Some(Concurrency::Slots([1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1]))),
        &[
            "Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month until the end of month 2) | $14,400.00",
            "Month 3: Increase to 2 slots ($14,400.00 a month until the end of month 11) | $129,600.00",
            "Month 12: Reduce to 1 slot (For this month) | $7,200.00",
        ],
    );
}

#[track_caller]
fn check_refund(days: &str, note: Option<&str>, until: Option<&str>, numbered: Option<&str>) {
    let book = format!(
        r#"{{"version": "v", "currency": "USD", "services": [{{"id": "s", "name": "S", "packages": [{{"calls": 100, "price": "420"}}],
        "package_validity_months": 12, {days} "tiers": [], "concurrent": null}}]}}"#
    );
    let book = PriceBook::from_json(&book).expect("valid");
    let service = &book.services()[0];
    let start = CalendarMonth::parse("2027-04");
    assert_eq!(refund_note(service).as_deref(), note);
    assert_eq!((refundable_until(start, 1, service).as_deref(), refundable_until(None, 1, service).as_deref()), (until, numbered));
}

#[test]
fn counts_the_day_of_purchase_in_the_refund_period() {
    check_refund(
        "\"refund_days\": 7,",
        Some("Unused packages can be refunded within 7 days of purchase: until the 7th if you buy on the 1st."),
        Some("7 April 2027"),
        Some("7th of the month"),
    );
    check_refund(
        "\"refund_days\": 45,",
        Some("Unused packages can be refunded within 45 days of purchase."),
        Some("15 May 2027"),
        Some("45 days after purchase"),
    );
    for none in ["", "\"refund_days\": 0,"] {
        check_refund(none, None, None, None);
    }
}

#[test]
fn tells_which_slots_to_add_to_the_included_ones() {
    let book = r#"{"version":"v","currency":"USD","services":[{"id":"s","name":"S","packages":[],"package_validity_months":12,
        "tiers":[{"from":0,"unit_price":"1"}],"concurrent":null,"included_slots":2,
        "add_on_slots":{"price_per_slot_month":"30","max_slots":9}}]}"#;
    let book = PriceBook::from_json(book).expect("valid");
    let usage = Usage::monthly([5, 5, 5, 0, 5, 0, 0, 0, 0, 0, 0, 0]).expect("a small year");
    let slots = Concurrency::Slots([2, 5, 5, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
    let scenario = Scenario::builder(usage).concurrency(Some(slots)).build(&book).expect("valid");
    let steps = steps(&scenario, &quote(&scenario, &book).expect("a quote"), &book.services()[0], false);
    assert_eq!(
        written(&steps)[1..],
        [
            "Month 2: Buy 3 add-on slots ($90.00 a month until the end of month 3) | $180.00",
            "Month 5: Buy 1 add-on slot (For this month) | $30.00"
        ]
    );
}

#[test]
fn dates_refund_and_expiry_of_each_purchase_of_a_quote() {
    let book = PriceBook::built_in().expect("valid");
    let usage = Usage::monthly([100, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).expect("a year");
    let scenario = Scenario::builder(usage).start(CalendarMonth::parse("2027-01")).postpaid(Postpaid::Off).build(&book).expect("valid");
    let steps = steps(&scenario, &quote(&scenario, &book).expect("an answer"), &book.services()[0], true);
    let dates = |until: &str, end: &str| format!("Refundable until {until}, expires at the end of {end}");
    let [first, second] = [dates("7 January 2027", "December 2027"), dates("7 February 2027", "January 2028")];
    assert_eq!(
        written(&steps),
        [
            format!("1 January 2027: Buy one 100-call package ({first}) | $420.00"),
            format!("1 February 2027: Buy one 100-call package ({second}) | $420.00"),
        ]
    );
}
