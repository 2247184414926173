//! Regret: what plans cost at other volumes, what fails with them, and which volumes are left out.
//!
//! Cases worked by hand; the comment beside each says how. Source: section 5 of the pricing rules.

use callmix::capacity::erlang_b;
use callmix::insight::calls_for;
use callmix::money::Decimal;
use callmix::quote::quote;
use callmix::scenario::Scenario;
use serde_json::Value;

use super::insights::{book, check, finished_curve, insights};

/// A row of the regrets, without failing calls.
fn variant(percent: u64, calls: u64, cost: &str, cheapest: &str, regret: &str) -> String {
    format!(r#"{{"percent":{percent},"calls":{calls},"cost":"{cost}","cheapest":"{cheapest}","regret":"{regret}","failing_calls":0}}"#)
}

#[test]
fn follows_each_plan_at_other_volumes() {
    let yearly = r#""usage":{"yearly":300}"#;
    // Three packages are planned, for months 1, 5 and 9. 150: the second waits until month 9, the third is never bought; one
    // package and 50 × 4.80 would do. 240: they last for five months each, so all are bought; two and 40 × 4.80 would do.
    // 360: 60 calls more at 4.80, and nothing is cheaper. 600: the packages last half a year, then six months of 50 × 4.80;
    // six packages would do.
    let expected = [
        variant(50, 150, "840.00", "660.00", "180.00"),
        variant(80, 240, "1260.00", "1032.00", "228.00"),
        variant(100, 300, "1260.00", "1260.00", "0.00"),
        variant(120, 360, "1548.00", "1548.00", "0.00"),
        variant(200, 600, "2700.00", "2520.00", "180.00"),
    ];
    check(yearly, "/regret/plans/0/variants", &format!("[{}]", expected.join(",")));
    // Postpaid all year regrets 360 at 600 calls (2,880 − 2,520), more than the 228 of the packages.
    check(yearly, "/regret/safest", r#""recommended""#);
    check(yearly, "/regret/plans/2/variants/4", &variant(200, 600, "2880.00", "2520.00", "360.00"));
}

#[test]
fn planned_purchases_wait_until_the_balance_does_not_cover_a_month() {
    #[track_caller]
    fn check(months: &str, costs: [&str; 5]) {
        // Packages of 100 and 1,000, and 4.80 for every other call.
        let book = r#""price_book":{"version":"v","currency":"USD","services":[{"id":"s","name":"S","package_validity_months":12,
            "packages":[{"calls":100,"price":"420"},{"calls":1000,"price":"3800"}],"tiers":[{"from":0,"unit_price":"4.8"}],"concurrent":null}]}"#;
        let insights = insights(&format!(r#""usage":{{"monthly":{months}}},{book}"#));
        let variants = insights["regret"]["plans"][0]["variants"].as_array().expect("a list").clone();
        assert_eq!(variants.iter().map(|variant| variant["cost"].as_str().expect("text")).collect::<Vec<_>>(), costs);
    }
    // One package of 1,000 is planned for each of ten months. At half of the calls each serves two months, and at 80% eight
    // are enough. Above 100% every month has 200, or 1,000, calls at 4.80.
    let ten_months = "[1000,1000,1000,1000,1000,1000,1000,1000,1000,1000,0,0]";
    check(ten_months, ["19000.00", "30400.00", "38000.00", "47600.00", "86000.00"]);
    // A package of 1,000 and one of 100, both for month 1. The larger one is bought first, and the other is not needed.
    check("[1100,0,0,0,0,0,0,0,0,0,0,0]", ["3800.00", "3800.00", "4220.00", "5276.00", "9500.00"]);
    // 80 calls at 4.80 in month 1, and a package of 100 in month 12, which is not bought before.
    check("[80,0,0,0,0,0,0,0,0,0,0,100]", ["612.00", "727.20", "804.00", "976.80", "1668.00"]);
}

#[test]
fn calls_that_fail_have_no_regret_and_make_a_plan_unsafe() {
    let fields = r#""usage":{"yearly":300},"postpaid":false,"concurrency":{"slots":1}"#;
    // Three packages hold 300 calls; of 360, 60 fail. Without postpaid, four packages are the best plan.
    check(
        fields,
        "/regret/plans/0/variants/3",
        r#"{"percent":120,"calls":360,"cost":"1260.00","cheapest":"1680.00","regret":null,"failing_calls":60}"#,
    );
    // A slot all year fails nothing, but costs more than one and a half times the three packages.
    check(fields, "/regret/safest", r#""recommended""#);
    check(fields, "/regret/plans/2/variants/0/regret", r#""85560.00""#);
}

/// The package fails at 120%. The slot does not, and costs 1.5 times as much as the package, or a little more than that.
#[test]
fn the_safest_plan_costs_at_most_half_as_much_again() {
    let book = |slot: &str| {
        format!(
            r#""usage":{{"monthly":[100,0,0,0,0,0,0,0,0,0,0,0]}},"postpaid":false,"concurrency":{{"slots":1}},
            "price_book":{{"version":"v","currency":"USD","services":[{{"id":"s","name":"S","package_validity_months":12,"tiers":[],
            "packages":[{{"calls":100,"price":"2"}}],"concurrent":{{"price_per_slot_month":"{slot}","max_slots":9}}}}]}}"#
        )
    };
    check(&book("3"), "/regret/safest", r#""concurrent_only""#);
    check(&book("3.000000001"), "/regret/safest", r#""recommended""#);
}

#[test]
fn queued_slots_carry_what_fits_into_all_of_their_hours() {
    // A slot that is busy for 80% of 720 hours carries 34,560 calls of a minute, so one is planned for every month. It is
    // never busy for more than 100%, which is 43,200 calls.
    let fields = r#""usage":{"yearly":414720},"concurrency":{"queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}}"#;
    let one_slot = |percent: u64, calls: u64, cheapest: &str, regret: &str| variant(percent, calls, "86400.00", cheapest, regret);
    let expected = [
        one_slot(50, 207_360, "86400.00", "0.00"),
        one_slot(80, 331_776, "86400.00", "0.00"),
        one_slot(100, 414_720, "86400.00", "0.00"),
        // 41,472 calls a month fit; two slots would keep to the target.
        one_slot(120, 497_664, "172800.00", "-86400.00"),
        // 829,440 − 12 × 43,200.
        r#"{"percent":200,"calls":829440,"cost":"86400.00","cheapest":"172800.00","regret":null,"failing_calls":311040}"#.into(),
    ];
    check(fields, "/regret/plans/0/variants", &format!("[{}]", expected.join(",")));
    // 250,000 calls a month of 90 s need 11 slots, which carry 316,800: all of 120%, and not of 200%.
    let fields = r#""usage":{"yearly":3000000},"concurrency":{"queued":{"seconds_per_call":"90","busy_hours_per_month":"720","target_utilisation":"0.8"}}"#;
    check(fields, "/regret/plans/0/variants/3/failing_calls", "0");
    check(fields, "/regret/plans/0/variants/4/failing_calls", "2198400");
    // Slots given directly are taken to be enough.
    check(r#""usage":{"yearly":1000000},"concurrency":{"slots":14}"#, "/regret/plans/0/variants/4/failing_calls", "0");
}

/// 1,250 calls of 90 s in the busiest hour are 31.25 erlangs, for which 43 slots block 0.9%. The blocking is the recursion's.
#[test]
fn live_traffic_fails_in_its_busiest_hour() {
    let share = r#""usage":{"yearly":3000000},"concurrency":{"live":{"seconds_per_call":"90","busy_hour_share":"0.005","accepted_failure":"0.01"}}"#;
    let calls =
        r#""usage":{"yearly":3000000},"concurrency":{"live":{"seconds_per_call":"90","busy_hour_calls":"1250","accepted_failure":"0.01"}}"#;
    for fields in [share, calls] {
        let insights = insights(fields);
        let variants = &insights["regret"]["plans"][0]["variants"];
        let failure = |place: usize| variants[place]["busy_hour_failure"].as_str().expect("text").parse::<f64>().expect("a number");
        let slots = (1..).find(|&slots| erlang_b(31.25, slots) <= 0.01).expect("enough");
        for (place, load) in [15.625, 25.0, 31.25, 37.5, 62.5].into_iter().enumerate() {
            assert!((failure(place) - erlang_b(load, slots)).abs() < 1e-9, "{load}: {variants}");
            assert_eq!(variants[place]["failing_calls"], 0);
            assert_eq!(variants[place]["regret"].is_null(), load > 31.25, "{variants}");
        }
        assert!((failure(3) - 0.049).abs() < 0.0005, "{variants}");
        assert_eq!(insights["regret"]["plans"][0]["plan"], "recommended");
    }
}

/// The slots that 500 calls of a minute need are those of 100,000 calls a year; twice the year has twice the busiest hour.
#[test]
fn a_busiest_hour_given_in_calls_grows_along_the_curve_and_the_budget() {
    let live = |yearly: u64, calls: u64| {
        format!(
            r#"{{"usage":{{"yearly":{yearly}}},"concurrency":{{"live":{{"seconds_per_call":"60","busy_hour_calls":"{calls}","accepted_failure":"0.01"}}}}}}"#
        )
    };
    let scenario = Scenario::from_json(&live(1_000_000, 500), &book()).expect("valid");
    let total = |yearly: u64, calls: u64| {
        quote(&Scenario::from_json(&live(yearly, calls), &book()).expect("valid"), &book()).expect("an answer").total
    };
    let curve = finished_curve(&scenario);
    let point = |calls: u64| curve.points().find(|point| point.calls == calls).expect("a point").best;
    assert_eq!([point(1_000_000), point(2_000_000)], [Some(total(1_000_000, 500)), Some(total(2_000_000, 1_000))]);
    assert_ne!(point(2_000_000), Some(total(2_000_000, 500)));
    // A budget of the doubled year buys just that, or a little more with the same slots; the busiest hour stays as given
    // only for a year without calls.
    let bought = calls_for(&scenario, &book(), total(2_000_000, 1_000)).expect("an answer");
    assert!((2_000_000..2_200_000).contains(&bought), "{bought}");
    let no_calls = scenario.usage().scaled_to(0).expect("a year");
    let without_volume = scenario.to_builder().usage(no_calls).build(&book()).expect("a valid scenario");
    assert_eq!(calls_for(&without_volume, &book(), total(1_000_000, 500)), Ok(1_000_000_000_000));
}

#[test]
fn slots_given_as_zero_are_not_free_slots_at_other_volumes() {
    // Two calls are one in month 6, for which no slots are known, and one in month 12.
    let fields = r#""usage":{"yearly":1},"concurrency":{"slots":[0,0,0,0,0,0,0,0,0,0,0,1]}"#;
    check(fields, "/regret/plans/0/variants/4", &variant(200, 2, "9.60", "9.60", "0.00"));
}

#[test]
fn volumes_that_are_refused_are_left_out_and_reported() {
    // Above 10^12 calls there is no year to plan.
    let largest = insights(r#""usage":{"yearly":1000000000000}"#);
    assert_eq!(largest["regret"]["plans"][0]["variants"].as_array().map(Vec::len), Some(3));
    let left_out: Value = serde_json::from_str(
        r#"[{"percent":120,"calls":1200000000000,"reason":"out_of_range"},{"percent":200,"calls":2000000000000,"reason":"out_of_range"}]"#,
    )
    .expect("JSON");
    assert_eq!((&largest["regret"]["left_out"], largest.get("left_out")), (&left_out, None));
    // 6 × 10^6 erlangs can be counted and 12 × 10^6 cannot.
    let fields = r#""usage":{"monthly":[10000000,0,0,0,0,0,0,0,0,0,0,0]},
        "concurrency":{"live":{"seconds_per_call":"3600","busy_hour_share":"0.6","accepted_failure":"0.9"}},
        "price_book":{"version":"v","currency":"USD","services":[{"id":"s","name":"S","packages":[],"package_validity_months":12,
        "tiers":[{"from":0,"unit_price":"1"}],"concurrent":{"price_per_slot_month":"40","max_slots":20000000}}]}"#;
    let live = insights(fields);
    let variants = live["regret"]["plans"][0]["variants"].as_array().expect("a list").clone();
    let percents: Vec<_> = variants.iter().map(|variant| variant["percent"].as_u64().expect("a number")).collect();
    assert_eq!(percents, [50, 80, 100, 120]);
    let left_out = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    assert_eq!(live["regret"]["left_out"], left_out(r#"[{"percent":200,"calls":20000000,"reason":"load_too_large"}]"#));
    assert_eq!(live["left_out"], left_out(r#"{"from":20000000,"reason":"load_too_large"}"#));
    assert_eq!(live["range"]["to"], Value::Null);
    let text = format!("{{{fields}}}");
    let scenario = Scenario::from_json(&text, &book()).expect("valid");
    let curve = finished_curve(&scenario);
    assert!(curve.points().all(|point| point.best.is_some()) && curve.points().count() >= 400);
    assert_eq!(curve.points().map(|point| point.calls).max(), Some(10_000_000));
    // A budget passes over them: postpaid pays for as many calls as it has dollars.
    assert_eq!(calls_for(&scenario, &book(), Decimal::from(5_000_000).into()), Ok(5_000_000));
}
