//! Insights: break-evens, ranges, regret, cliffs, readings, leftovers, curves and budgets.
//!
//! Cases worked by hand; the comment beside each says how. Budgets and ranges are also compared with planning every volume
//! around them. Source: section 5 of the pricing rules.

use callmix::insight::{Cliff, Curve, Leftover, Variant, calls_for};
use callmix::json_lines::answer;
use callmix::money::{Decimal, Money};
use callmix::price_book::PriceBook;
use callmix::quote::quote;
use callmix::scenario::{Pipeline, Scenario};
use callmix::wording::{cliff_sentence, leftover_sentence, regret_cell};
use proptest::prelude::*;
use serde_json::Value;

pub fn book() -> PriceBook {
    PriceBook::built_in().expect("valid")
}

pub fn finished_curve(scenario: &Scenario) -> Curve {
    let book = book();
    let pipeline = Pipeline::new(scenario, &book).expect("valid");
    let mut curve = Curve::new(scenario.usage());
    while curve.step(&pipeline) {}
    curve
}

/// The insights of a scenario whose fields are given without braces.
pub fn insights(fields: &str) -> Value {
    let text = answer(format!(r#"{{{fields},"insights":true}}"#), &book()).expect(fields);
    serde_json::from_str::<Value>(&text).expect("JSON")["insights"].clone()
}

#[track_caller]
pub fn check(fields: &str, pointer: &str, expected: &str) {
    let insights = insights(fields);
    let expected: Value = serde_json::from_str(expected).expect("JSON");
    assert_eq!(insights.pointer(pointer), Some(&expected), "{pointer} of {fields}");
}

fn month_1(calls: u64) -> String {
    format!(r#""usage":{{"monthly":[{calls},0,0,0,0,0,0,0,0,0,0,0]}}"#)
}

#[test]
fn a_quote_has_insights_only_where_it_asked_for_them() {
    let text = answer(r#"{"usage":{"yearly":300}}"#, &book()).expect("an answer");
    assert!(!text.contains("insights") && !text.contains("sizing"), "{text}");
}

#[test]
fn finds_the_most_slots_that_cost_less() {
    let check = |fields: &str, slots: u64, saving: &str| {
        check(fields, "/break_even", &format!(r#"{{"slots":{slots},"saving_with_one_slot":"{saving}"}}"#));
    };
    // A month of 25 calls costs at most 120, a slot 7,200.
    check(r#""usage":{"yearly":300}"#, 0, "0.00");
    // 10,000 calls a month cost 35,000, four slots 28,800, and five 36,000. One slot: 420,000 − 12 × 7,200.
    check(r#""usage":{"yearly":120000}"#, 4, "333600.00");
    // The slots of the scenario do not matter.
    check(r#""usage":{"yearly":120000},"concurrency":{"slots":2}"#, 4, "333600.00");
    // 1,894 × 3.8 = 7,197.20 is less than a slot costs, and 1,895 × 3.8 = 7,201 is one dollar more.
    check(&month_1(1_894), 0, "0.00");
    check(&month_1(1_895), 1, "1.00");
    // With 10% off, a slot costs 6,480, compared with 7,197.20.
    check(&format!(r#"{},"discount":{{"concurrent":"10"}}"#, month_1(1_894)), 1, "717.20");
    // A year of 10^12 calls costs 3.5 × 10^12, which is more than all 50 slots; one slot costs 86,400.
    check(r#""usage":{"yearly":1000000000000}"#, 50, "3499999913600.00");
}

#[test]
fn finds_the_range_in_which_the_kind_of_plan_stays_the_same() {
    let check = |fields: &str, expected: &str| check(fields, "/range", expected);
    // 287: two packages and 87 × 4.80 cost 1,257.60 < 1,260; 288: 1,262.40 > 1,260. 301: three packages and one call of 4.80.
    check(
        r#""usage":{"yearly":300}"#,
        r#"{"kind":["packages"],"from":288,"to":300,"below":["packages","postpaid"],"above":["packages","postpaid"]}"#,
    );
    // A slot is cheaper from 1,895 calls in one month, without an upper limit.
    check(
        &format!(r#"{},"concurrency":{{"slots":1}}"#, month_1(5_000)),
        r#"{"kind":["concurrent"],"from":1895,"to":null,"below":["postpaid"],"above":null}"#,
    );
    // The first 100 calls are free, the next cost 4.80.
    check(r#""usage":{"yearly":50},"free_calls":100"#, r#"{"kind":[],"from":0,"to":100,"below":null,"above":["postpaid"]}"#);
    check(r#""usage":{"yearly":0}"#, r#"{"kind":[],"from":0,"to":0,"below":null,"above":["postpaid"]}"#);
    // While postpaid is off, packages alone can pay, from the first call on.
    check(r#""usage":{"yearly":300},"postpaid":false"#, r#"{"kind":["packages"],"from":1,"to":null,"below":[],"above":null}"#);
}

#[test]
fn uses_the_singular_for_one_call() {
    let failing = |failing_calls| {
        let nothing = Variant {
            percent: 120,
            calls: 100,
            cost: Money::ZERO,
            cheapest: None,
            regret: None,
            failing_calls,
            busy_hour_failure: None,
            beyond_slots: 0,
            is_unsafe: true,
        };
        let cell = |variant: &Variant| regret_cell(variant, "USD");
        [cell(&nothing), cell(&Variant { beyond_slots: failing_calls, ..nothing.clone() })]
    };
    assert_eq!(failing(1), ["1 call would fail", "1 call does not fit"]);
    assert_eq!(failing(2), ["2 calls would fail", "2 calls do not fit"]);
    let expiring = |calls| leftover_sentence(&Leftover { calls, last_month: 12, until: None }, None);
    assert_eq!(expiring(1), "You’ll have 1 package call left at the end of the year. It expires then.");
    assert_eq!(expiring(2), "You’ll have 2 package calls left at the end of the year. They expire then.");
    let cliff = |more_calls| cliff_sentence(&Cliff { month: 1, more_calls, saving: Decimal::from(5).into() }, None, "USD");
    assert!(
        cliff(1).starts_with("Month 1: one more call") && cliff(1).ends_with("because it reaches a cheaper price tier."),
        "{}",
        cliff(1)
    );
    assert!(
        cliff(2).starts_with("Month 1: 2 more calls") && cliff(2).ends_with("because they reach a cheaper price tier."),
        "{}",
        cliff(2)
    );
}

#[test]
fn finds_the_next_tier_at_which_a_month_costs_less() {
    let check = |fields: &str, expected: &str| check(fields, "/cliffs", expected);
    // 10,000 calls cost 35,000: 9,210 × 3.8 = 34,998 is less than that, 9,211 × 3.8 = 35,001.80 is more.
    check(&month_1(9_210), "[]");
    check(&month_1(9_211), r#"[{"month":1,"more_calls":789,"saving":"1.80"}]"#);
    check(&month_1(9_500), r#"[{"month":1,"more_calls":500,"saving":"1100.00"}]"#);
    // 9,736 × 3.8 = 36,996.80; from 9,737 on the package of 37,000 is cheaper, and no call is postpaid.
    check(&month_1(9_736), r#"[{"month":1,"more_calls":264,"saving":"1996.80"}]"#);
    check(&month_1(9_737), "[]");
    // If all calls count, 500 more reach the tier although 5 are free: 9,495 × 3.8 − 9,995 × 3.5.
    let all = r#""free_calls":5,"tier_basis":"all""#;
    check(&format!("{},{all}", month_1(9_500)), r#"[{"month":1,"more_calls":500,"saving":"1098.50"}]"#);
}

#[test]
fn shows_the_other_reading_where_its_total_differs() {
    let check = |fields: &str, expected: &str| check(fields, "/other_reading", expected);
    // 9,995 postpaid calls cost 37,981, so a package of 37,000 is bought; all calls together reach the tier from 10,000.
    let fields = format!(r#"{},"free_calls":5"#, month_1(10_000));
    check(&fields, r#"{"tier_basis":"all","total":"34982.50"}"#);
    check(&format!(r#"{fields},"tier_basis":"all""#), r#"{"tier_basis":"billed","total":"37000.00"}"#);
    check(r#""usage":{"yearly":300}"#, "null");
}

#[test]
fn reports_free_calls_that_cost_more_than_they_save() {
    let check = |fields: &str, expected: &str| check(fields, "/without_free_calls", expected);
    // 9,995 × 3.8 is more than the package of 37,000; 10,000 postpaid calls cost 35,000.
    let fields = format!(r#"{},"free_calls":5"#, month_1(10_000));
    check(&fields, r#"{"total":"35000.00"}"#);
    check(&format!(r#"{fields},"tier_basis":"all""#), "null");
    check(&month_1(10_000), "null");
    // 1,095 × 3.8 = 4,161, and 1,100 × 3.8 = 4,180.
    check(&format!(r#"{},"free_calls":5"#, month_1(1_100)), "null");
}

#[test]
fn dates_the_calls_left_at_the_end_of_the_year() {
    let check = |fields: &str, expected: &str| check(fields, "/leftover", expected);
    // 99 × 4.80 = 475.20, so a package of 420 is bought. From month 1 it lasts until month 12, from month 12 until month 23.
    check(&month_1(99), r#"[{"calls":1,"last_month":12,"until":null}]"#);
    let last = r#""usage":{"monthly":[0,0,0,0,0,0,0,0,0,0,0,99]},"start":"2027-01""#;
    check(last, r#"[{"calls":1,"last_month":23,"until":"2028-11"}]"#);
    // The calls left in an owned package whose last month is month 12 expire at the end of the year.
    check(r#""usage":{"yearly":12},"owned_packages":[{"calls":30,"months_left":12}]"#, r#"[{"calls":18,"last_month":12,"until":null}]"#);
    check(r#""usage":{"yearly":300}"#, "[]");
}

#[test]
fn finds_the_most_calls_that_a_budget_pays_for() {
    #[track_caller]
    fn check(fields: &str, budget: &str, calls: u64) {
        let scenario = Scenario::from_json(&format!("{{{fields}}}"), &book()).expect(fields);
        let budget = Decimal::parse(budget).expect("a decimal").into();
        assert_eq!(calls_for(&scenario, &book(), budget), Ok(calls), "{fields}");
    }
    let even = r#""usage":{"yearly":1}"#;
    check(even, "0", 0);
    check(even, "4.79", 0);
    check(even, "4.8", 1);
    // Three packages cost exactly 1,260.
    check(even, "1260", 300);
    check(even, "1259.999999999", 287);
    check(&format!(r#"{even},"free_calls":100"#), "0", 100);
    // 9,211 to 9,999 calls in one month cost more than 35,000, and 10,000 cost exactly that.
    check(&month_1(1), "35000", 10_000);
    check(&month_1(1), "34999.99", 9_210);
    // A slot that was given directly is enough for any volume.
    check(&format!(r#"{even},"concurrency":{{"slots":1}}"#), "86400", 1_000_000_000_000);
    check(&format!(r#"{even},"concurrency":{{"slots":1}}"#), "86399.99", 23_311); // 2 × 37,000 + 1,368 × 3.8 + a slot in month 12
    // At 3.5 per call, to the last call.
    check(even, "999999999999", 285_714_285_714);
    check(even, "999999999998.99", 285_714_285_713);
    // Without postpaid, only whole packages buy calls.
    check(&format!(r#"{even},"postpaid":false"#), "1679", 300);
}

#[test]
fn a_budget_for_slots_alone_buys_the_calls_that_they_carry() {
    let text = r#"{"usage":{"yearly":12},"concurrency":{"queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}},
        "price_book":{"version":"v","currency":"USD","services":[{"id":"s","name":"S","packages":[],"package_validity_months":12,"tiers":[],
        "concurrent":{"price_per_slot_month":"10","max_slots":3}}]}}"#;
    let scenario = Scenario::from_json(text, &book()).expect("valid");
    let calls = |budget: u64| calls_for(&scenario, &book(), Decimal::from(budget).into()).expect("an answer");
    // A slot is enough for 34,560 calls a month, 414,720 a year, and at most three are sold.
    assert_eq!([calls(9), calls(120), calls(130), calls(240), calls(1_000)], [0, 414_720, 414_721, 829_440, 1_244_160]);
}

/// Scenarios of a few hundred calls a month with the built-in prices, each with a budget.
fn scenarios() -> impl Strategy<Value = (String, u64)> {
    let profile = prop_oneof![
        Just(r#"{"yearly":500}"#.to_string()),
        prop::collection::vec(0_u64..300, 12).prop_map(|months| format!(r#"{{"monthly":{months:?}}}"#)),
    ];
    let slots = prop_oneof![
        Just(String::new()),
        (1_u64..4).prop_map(|slots| format!(r#","concurrency":{{"slots":{slots}}}"#)),
        (60_u64..90_000).prop_map(|secs| format!(
            r#","concurrency":{{"queued":{{"seconds_per_call":"{secs}","busy_hours_per_month":"720","target_utilisation":"0.8"}}}}"#
        )),
    ];
    let more = (0_u64..400, 0_u64..600, 1_u32..=12, prop::bool::ANY, prop::bool::ANY).prop_map(|(free, owned, months, postpaid, all)| {
        let owned = if owned == 0 { String::new() } else { format!(r#"{{"calls":{owned},"months_left":{months}}}"#) };
        let basis = if all { "all" } else { "billed" };
        format!(r#","free_calls":{free},"owned_packages":[{owned}],"postpaid":{postpaid},"tier_basis":"{basis}""#)
    });
    (profile, slots, more, 0_u64..60_000).prop_map(|(usage, slots, more, budget)| (format!(r#"{{"usage":{usage}{slots}{more}}}"#), budget))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// The budget pays for the answered calls and for none of the next thousands of volumes, although the total rises and falls.
    #[test]
    fn no_larger_volume_fits_the_budget((text, budget) in scenarios()) {
        let book = book();
        let scenario = Scenario::from_json(&text, &book).expect("valid");
        let budget = Decimal::from(budget).into();
        let calls = calls_for(&scenario, &book, budget).expect("an answer");
        let total = |calls: u64| {
            let usage = scenario.usage().scaled_to(calls)?;
            quote(&scenario.to_builder().usage(usage).build(&book).ok()?, &book).ok().map(|quote| quote.total)
        };
        prop_assert!(total(calls).is_some_and(|total| total <= budget), "{calls}: {text}");
        for more in calls + 1..calls + 4_000 {
            prop_assert!(total(more).is_none_or(|total| total > budget), "{more} fits as well as {calls}: {text}");
        }
    }

    /// At the given volume, following the recommended plan costs what the plan costs: no planned purchase is postponed.
    #[test]
    fn the_recommended_plan_has_no_regret_at_the_given_volume((text, _) in scenarios()) {
        let text = text.replacen('{', r#"{"insights":true,"#, 1);
        if let Ok(text) = answer(text, &book()) {
            let insights = serde_json::from_str::<Value>(&text).expect("JSON")["insights"].clone();
            let variant = &insights["regret"]["plans"][0]["variants"][2];
            prop_assert_eq!((&variant["percent"], &variant["regret"]), (&Value::from(100), &Value::from("0.00")), "{}", insights);
        }
    }

    /// Every point of the curve equals a quote for its volume, the given volume is one of them, and two neighbouring points
    /// of different kinds are one call apart.
    #[test]
    fn the_curve_is_exact((text, _) in scenarios()) {
        let book = book();
        let scenario = Scenario::from_json(&text, &book).expect("valid");
        let curve = finished_curve(&scenario);
        let points: Vec<_> = curve.points().collect();
        prop_assert!(points.iter().any(|point| point.calls == scenario.usage().total()));
        prop_assert!(points.len() >= 400, "{}", points.len());
        for pair in points.windows(2) {
            prop_assert!(pair[0].calls < pair[1].calls && (pair[0].kind == pair[1].kind || pair[1].calls - pair[0].calls == 1));
        }
        for point in points.iter().step_by(37) {
            let usage = scenario.usage().scaled_to(point.calls).expect("within the limit");
            let quote = quote(&scenario.to_builder().usage(usage).build(&book).expect("valid"), &book).ok();
            prop_assert_eq!(point.best, quote.as_ref().map(|quote| quote.total));
            if let Some(quote) = quote {
                let strategies: Vec<_> = quote.alternatives.iter().map(|row| row.total).collect();
                prop_assert_eq!(&point.strategies[..], &strategies[..]);
            }
        }
    }
}
