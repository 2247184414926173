//! Do the insights say what they mean, to the cent and to the call?
//!
//! Cases worked by hand; the comment beside each says how. Budgets and ranges are also checked against planning every
//! volume around them. Source: what the insights mean, in the pricing rules.

use callmix::insight::{Cliff, Curve, Leftover, Variant, calls_for};
use callmix::json_lines::answer;
use callmix::money::{Decimal, Money};
use callmix::price_book::PriceBook;
use callmix::quote::quote;
use callmix::scenario::{Pipeline, Scenario};
use callmix::wording::{cliff_sentence, leftover_sentence, regret_cell};
use proptest::prelude::*;
use serde_json::Value;

fn book() -> PriceBook {
    PriceBook::built_in().expect("valid")
}

/// The insights of a scenario whose fields are given without braces.
fn insights(fields: &str) -> Value {
    let text = answer(format!(r#"{{{fields},"insights":true}}"#), &book()).expect(fields);
    serde_json::from_str::<Value>(&text).expect("JSON")["insights"].clone()
}

#[track_caller]
fn check(fields: &str, pointer: &str, expected: &str) {
    let insights = insights(fields);
    let expected: Value = serde_json::from_str(expected).expect("JSON");
    assert_eq!(insights.pointer(pointer), Some(&expected), "{pointer} of {fields}");
}

fn month_1(calls: u64) -> String {
    format!(r#""usage":{{"monthly":[{calls},0,0,0,0,0,0,0,0,0,0,0]}}"#)
}

#[test]
fn without_the_switch_there_are_none() {
    let text = answer(r#"{"usage":{"yearly":300}}"#, &book()).expect("an answer");
    assert!(!text.contains("insights") && !text.contains("sizing"), "{text}");
}

#[test]
fn break_even_in_slots() {
    let check = |fields: &str, slots: u64, saving: &str| {
        check(fields, "/break_even", &format!(r#"{{"slots":{slots},"saving_with_one_slot":"{saving}"}}"#));
    };
    // A month of 25 calls costs at most 120, a slot 7,200.
    check(r#""usage":{"yearly":300}"#, 0, "0.00");
    // 10,000 calls a month are 35,000; four slots are 28,800, five 36,000. One slot: 420,000 − 12 × 7,200.
    check(r#""usage":{"yearly":120000}"#, 4, "333600.00");
    // What the scenario says of slots does not matter.
    check(r#""usage":{"yearly":120000},"concurrency":{"slots":2}"#, 4, "333600.00");
    // 1,894 × 3.8 = 7,197.20 is less than a slot, 1,895 × 3.8 = 7,201 is one dollar more.
    check(&month_1(1_894), 0, "0.00");
    check(&month_1(1_895), 1, "1.00");
    // A tenth off slots: 6,480 against 7,197.20.
    check(&format!(r#"{},"discount":{{"concurrent":"10"}}"#, month_1(1_894)), 1, "717.20");
    // A year of 10^12 calls costs more than all 50 slots; one slot is 86,400 of 3.5 × 10^12.
    check(r#""usage":{"yearly":1000000000000}"#, 50, "3499999913600.00");
}

#[test]
fn range_of_the_kind() {
    let check = |fields: &str, expected: &str| check(fields, "/range", expected);
    // 287: two packages and 87 × 4.80 are 1,257.60 < 1,260; 288: 1,262.40 > 1,260. 301: one call of 4.80 beyond three packages.
    check(
        r#""usage":{"yearly":300}"#,
        r#"{"kind":["packages"],"from":288,"to":300,"below":["packages","postpaid"],"above":["packages","postpaid"]}"#,
    );
    // From 1,895 calls in one month a slot is cheaper, at any volume beyond.
    check(
        &format!(r#"{},"concurrency":{{"slots":1}}"#, month_1(5_000)),
        r#"{"kind":["concurrent"],"from":1895,"to":null,"below":["postpaid"],"above":null}"#,
    );
    // The first 100 calls are free, the next cost 4.80.
    check(r#""usage":{"yearly":50},"free_calls":100"#, r#"{"kind":[],"from":0,"to":100,"below":null,"above":["postpaid"]}"#);
    check(r#""usage":{"yearly":0}"#, r#"{"kind":[],"from":0,"to":0,"below":null,"above":["postpaid"]}"#);
    // Packages are all there is while postpaid is off, from the first call on.
    check(r#""usage":{"yearly":300},"postpaid":false"#, r#"{"kind":["packages"],"from":1,"to":null,"below":[],"above":null}"#);
}

#[test]
fn regret_by_volume() {
    let variant = |percent: u64, calls: u64, cost: &str, cheapest: &str, regret: &str| {
        format!(r#"{{"percent":{percent},"calls":{calls},"cost":"{cost}","cheapest":"{cheapest}","regret":"{regret}","failing_calls":0}}"#)
    };
    let yearly = r#""usage":{"yearly":300}"#;
    // Three packages stay bought. 150: one package and 50 × 4.80. 240: two and 40 × 4.80. 360: 60 calls more at 4.80, and
    // nothing is cheaper. 600: the packages last half a year, then six months of 50 × 4.80; six packages would do.
    let expected = [
        variant(50, 150, "1260.00", "660.00", "600.00"),
        variant(80, 240, "1260.00", "1032.00", "228.00"),
        variant(100, 300, "1260.00", "1260.00", "0.00"),
        variant(120, 360, "1548.00", "1548.00", "0.00"),
        variant(200, 600, "2700.00", "2520.00", "180.00"),
    ];
    check(yearly, "/regret/plans/0/variants", &format!("[{}]", expected.join(",")));
    // Postpaid all year regrets 360 at 600 calls (2,880 − 2,520), less than the 600 of the packages.
    check(yearly, "/regret/safest", r#""postpaid_only""#);
    check(yearly, "/regret/plans/2/variants/4", &variant(200, 600, "2880.00", "2520.00", "360.00"));
    // Above 10^12 calls there is no year to ask about.
    let largest = insights(r#""usage":{"yearly":1000000000000}"#);
    assert_eq!(largest["regret"]["plans"][0]["variants"].as_array().map(Vec::len), Some(3));
}

#[test]
fn calls_that_fail_have_no_regret_and_rank_last() {
    let fields = r#""usage":{"yearly":300},"postpaid":false,"concurrency":{"slots":1}"#;
    // Three packages hold 300 calls; of 360, 60 fail. Without postpaid four packages are the cheapest.
    check(
        fields,
        "/regret/plans/0/variants/3",
        r#"{"percent":120,"calls":360,"cost":"1260.00","cheapest":"1680.00","regret":null,"failing_calls":60}"#,
    );
    // A slot all year fails nothing: 86,400 − 840 at half the calls is the most to regret.
    check(fields, "/regret/safest", r#""concurrent_only""#);
    check(fields, "/regret/plans/2/variants/0/regret", r#""85560.00""#);
}

#[test]
fn sized_slots_carry_no_more_than_their_sizing_says() {
    // A slot that is busy for 80 % of 720 hours carries 34,560 calls of a minute; so one is planned for every month.
    let fields = r#""usage":{"yearly":414720},"concurrency":{"queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}}"#;
    let variant = |percent: u64, calls: u64, cheapest: &str, regret: &str, failing: u64| {
        format!(
            r#"{{"percent":{percent},"calls":{calls},"cost":"86400.00","cheapest":"{cheapest}","regret":{regret},"failing_calls":{failing}}}"#
        )
    };
    let expected = [
        variant(50, 207_360, "86400.00", r#""0.00""#, 0),
        variant(80, 331_776, "86400.00", r#""0.00""#, 0),
        variant(100, 414_720, "86400.00", r#""0.00""#, 0),
        // 497,664 − 12 × 34,560; two slots a month would do.
        variant(120, 497_664, "172800.00", "null", 82_944),
        variant(200, 829_440, "172800.00", "null", 414_720),
    ];
    check(fields, "/regret/plans/0/variants", &format!("[{}]", expected.join(",")));
    // A busy hour that is given holds for every volume, and so do slots.
    let live = r#"{"live":{"seconds_per_call":"60","busy_hour_calls":"500","accepted_failure":"0.01"}}"#;
    for given in [live, r#"{"slots":14}"#] {
        let fields = format!(r#""usage":{{"yearly":1000000}},"concurrency":{given}"#);
        check(&fields, "/regret/plans/0/variants/4/failing_calls", "0");
    }
}

#[test]
fn one_call_has_its_own_words() {
    let failing = |failing_calls| {
        let variant = Variant { percent: 120, calls: 100, cost: Money::ZERO, cheapest: None, regret: None, failing_calls, beyond_slots: 0 };
        regret_cell(&variant, "USD")
    };
    assert_eq!([1, 2].map(failing), ["1 call would fail", "2 calls would fail"]);
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
fn cliffs_of_postpaid_months() {
    let check = |fields: &str, expected: &str| check(fields, "/cliffs", expected);
    // 10,000 calls are 35,000: 9,210 × 3.8 = 34,998 is below that, 9,211 × 3.8 = 35,001.80 above.
    check(&month_1(9_210), "[]");
    check(&month_1(9_211), r#"[{"month":1,"more_calls":789,"saving":"1.80"}]"#);
    check(&month_1(9_500), r#"[{"month":1,"more_calls":500,"saving":"1100.00"}]"#);
    // 9,736 × 3.8 = 36,996.80; from 9,737 on the package of 37,000 is cheaper, and nothing is charged per call.
    check(&month_1(9_736), r#"[{"month":1,"more_calls":264,"saving":"1996.80"}]"#);
    check(&month_1(9_737), "[]");
    // By all calls, 500 more reach the tier, though 5 of them were free: 9,495 × 3.8 − 9,995 × 3.5.
    let all = r#""free_calls":5,"tier_basis":"all""#;
    check(&format!("{},{all}", month_1(9_500)), r#"[{"month":1,"more_calls":500,"saving":"1098.50"}]"#);
}

#[test]
fn two_readings() {
    let check = |fields: &str, expected: &str| check(fields, "/other_reading", expected);
    // 9,995 charged calls: 37,981 billed, so the package of 37,000; by all calls the tier from 10,000 is reached.
    let fields = format!(r#"{},"free_calls":5"#, month_1(10_000));
    check(&fields, r#"{"tier_basis":"all","total":"34982.50"}"#);
    check(&format!(r#"{fields},"tier_basis":"all""#), r#"{"tier_basis":"billed","total":"37000.00"}"#);
    check(r#""usage":{"yearly":300}"#, "null");
}

#[test]
fn free_calls_that_cost_more_than_they_save() {
    let check = |fields: &str, expected: &str| check(fields, "/without_free_calls", expected);
    // 9,995 × 3.8 is above the package of 37,000; all 10,000 charged are 35,000.
    let fields = format!(r#"{},"free_calls":5"#, month_1(10_000));
    check(&fields, r#"{"total":"35000.00"}"#);
    check(&format!(r#"{fields},"tier_basis":"all""#), "null");
    check(&month_1(10_000), "null");
    // 1,095 × 3.8 = 4,161, and 1,100 × 3.8 = 4,180.
    check(&format!(r#"{},"free_calls":5"#, month_1(1_100)), "null");
}

#[test]
fn leftovers_and_until_when() {
    let check = |fields: &str, expected: &str| check(fields, "/leftover", expected);
    // 99 × 4.80 = 475.20, so a package of 420; bought in month 1 it lapses with month 12, bought in month 12 with month 23.
    check(&month_1(99), r#"[{"calls":1,"last_month":12,"until":null}]"#);
    let last = r#""usage":{"monthly":[0,0,0,0,0,0,0,0,0,0,0,99]},"start":"2027-01""#;
    check(last, r#"[{"calls":1,"last_month":23,"until":"2028-11"}]"#);
    // An owned package is used first; what it still has at the end lapses then, where month 12 is its last.
    check(r#""usage":{"yearly":12},"owned_packages":[{"calls":30,"months_left":12}]"#, r#"[{"calls":18,"last_month":12,"until":null}]"#);
    check(r#""usage":{"yearly":300}"#, "[]");
}

#[test]
fn budgets_buy_calls() {
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
    // Three packages, and not a cent less.
    check(even, "1260", 300);
    check(even, "1259.999999999", 287);
    check(&format!(r#"{even},"free_calls":100"#), "0", 100);
    // 9,211 to 9,999 calls in one month cost more than 35,000, 10,000 cost just that.
    check(&month_1(1), "35000", 10_000);
    check(&month_1(1), "34999.99", 9_210);
    // A slot all year carries whatever comes.
    check(&format!(r#"{even},"concurrency":{{"slots":1}}"#), "86400", 1_000_000_000_000);
    check(&format!(r#"{even},"concurrency":{{"slots":1}}"#), "86399.99", 23_311); // 2 × 37,000 + 1,368 × 3.8 + a slot in month 12
    // 3.5 a call, to the last one.
    check(even, "999999999999", 285_714_285_714);
    check(even, "999999999998.99", 285_714_285_713);
    // Without postpaid only whole packages buy calls.
    check(&format!(r#"{even},"postpaid":false"#), "1679", 300);
}

#[test]
fn slots_alone_buy_what_they_carry() {
    let text = r#"{"usage":{"yearly":12},"concurrency":{"queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}},
        "price_book":{"version":"v","currency":"USD","services":[{"id":"s","name":"S","packages":[],"package_validity_months":12,"tiers":[],
        "concurrent":{"price_per_slot_month":"10","max_slots":3}}]}}"#;
    let scenario = Scenario::from_json(text, &book()).expect("valid");
    let calls = |budget: u64| calls_for(&scenario, &book(), Decimal::from(budget).into()).expect("an answer");
    // A slot carries 34,560 calls a month, 414,720 a year, and three are all there are.
    assert_eq!([calls(9), calls(120), calls(130), calls(240), calls(1_000)], [0, 414_720, 414_721, 829_440, 1_244_160]);
}

/// Fields of a scenario within the reach of the built-in prices.
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

    /// The budget pays for so many calls, and for none of the next thousands, however the total goes up and down.
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

    /// Every point of the curve is what a quote at its volume says, the given volume is among them, and wherever two
    /// neighbouring points differ in kind they are neighbouring calls.
    #[test]
    fn the_curve_is_exact((text, _) in scenarios()) {
        let book = book();
        let scenario = Scenario::from_json(&text, &book).expect("valid");
        let pipeline = Pipeline::new(&scenario, &book).expect("valid");
        let mut curve = Curve::new(scenario.usage());
        while curve.step(&pipeline) {}
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
