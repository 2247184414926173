//! Several services in one estimate: figures worked out by hand, one line as a scenario, and every error.
//!
//! Source: section 9 of the pricing rules, and the contract, "Several services".

use std::sync::LazyLock;

use callmix::json_lines::answer;
use callmix::price_book::PriceBook;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::contract::{errors_of, quote_of};
use super::estimates::scenarios;

/// The price book of a fictional provider: four services in two groups.
pub static VIDEO_CLOUD: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(&std::fs::read_to_string("tests/engine/several_services.json").expect("a price book")).expect("JSON")
});

/// An estimate with the prices of the fictional provider.
fn asked(services: Value, groups: Value) -> Value {
    json!({"services": services, "groups": groups, "price_book": *VIDEO_CLOUD})
}

#[track_caller]
fn quoted(document: &Value) -> Value {
    quote_of(&document.to_string()).unwrap_or_else(|errors| panic!("{errors}"))
}

#[track_caller]
fn check_errors(document: &Value, expected: &[&str]) {
    assert_eq!(errors_of(&document.to_string()), expected, "{document}");
}

/// A slot that is busy for 80% of 720 hours works 2,073,600 s. Each service has 3,110,400 s of work a month, one and a half slots.
fn pooled() -> Value {
    asked(
        json!([
            {"service": "animate", "usage": {"monthly": vec![51_840; 12]}, "seconds_per_call": "60"},
            {"service": "portrait", "usage": {"monthly": vec![103_680; 12]}, "seconds_per_call": "30"},
        ]),
        json!({"generation": {"queued": {"busy_hours_per_month": "720", "target_utilisation": "0.8"}}}),
    )
}

#[test]
fn services_of_a_group_share_slots() {
    let quote = quoted(&pooled());
    // Three slots at 6,000 in each month; alone, animate's calls would cost 32,000 for each 10,000.
    assert_eq!((&quote["total"], &quote["groups"][0]["total"]), (&json!("216000.00"), &json!("216000.00")));
    let month = json!({"month": 12, "mode": "concurrent", "slots": 3, "charge": "18000.00"});
    assert_eq!(quote["groups"][0]["months"][11], month);
    let sized = json!({"month": 1, "slots": 3, "separate_slots": 4, "slots_saved": 1});
    assert_eq!((&quote["groups"][0]["sizing"]["months"][0], &quote["groups"][0]["sizing"]["max_slots"]), (&sized, &json!(50)));
    assert_eq!(quote["groups"][0]["services"], json!(["animate", "portrait"]));
    let line = &quote["services"][1];
    assert_eq!((&line["name"], &line["subtotal"], &line["months"][0]["calls"]), (&json!("Portrait"), &json!("0.00"), &json!(103_680)));
    assert!(line["months"][0].get("slots").is_none() && line["months"][0].get("concurrent_charge").is_none());
    // 100% of the line is concurrent, so its own strategies cost nothing.
    for row in line["alternatives"].as_array().expect("three") {
        assert_eq!(row["total"], "0.00");
    }
    // 622,080 × 3.5 and 1,244,160 × 2 by postpaid.
    assert_eq!(quote["alternatives"][1], json!({"strategy": "postpaid_only", "total": "4665600.00"}));
    assert_eq!(quote["alternatives"][2], json!({"strategy": "concurrent_only", "total": "216000.00"}));
    assert_eq!(quote["price_book"].as_object().map(Map::len), Some(2));
}

#[test]
fn a_line_keeps_its_own_account_and_each_group_its_mode() {
    let document = asked(
        json!([
            {"service": "animate", "usage": {"yearly": 300}, "free_calls": 100},
            {"service": "transcode", "usage": {"monthly": vec![11_000; 12]}},
            {"service": "captions", "usage": {"yearly": 0}},
        ]),
        json!({}),
    );
    let quote = quoted(&document);
    // 200 calls of animate in two packages, and in each month 10,000 of transcode in a package of 40.
    let subtotals: Vec<&Value> = quote["services"].as_array().expect("a list").iter().map(|line| &line["subtotal"]).collect();
    assert_eq!(subtotals, ["800.00", "480.00", "0.00"]);
    assert_eq!(quote["total"], "1280.00");
    let groups: Vec<&Value> = quote["groups"].as_array().expect("a list").iter().map(|group| &group["group"]).collect();
    assert_eq!(groups, ["generation", "processing"]);
    assert_eq!(quote["alternatives"][2], json!({"strategy": "concurrent_only", "total": null, "reason": "slots_unknown"}));
    let concurrent = json!({"strategy": "concurrent_only", "total": null, "reason": "chosen_per_call"});
    assert_eq!(quote["services"][0]["alternatives"][2], concurrent);
    assert_eq!(quote["services"][2]["alternatives"][2], json!({"strategy": "concurrent_only", "total": "0.00"}));
}

#[test]
fn a_plan_of_ones_own_names_purchases_by_line_and_months_by_group() {
    let mut document = pooled();
    document["services"][1]["plan"] = json!({"purchases": [{"month": 12, "calls": 1000, "count": 104}]});
    document["groups"]["generation"]["concurrent_months"] = json!([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    let plan = &quoted(&document)["own_plan"];
    // 11 months of slots; in month 12 animate by postpaid, 51,840 × 3.5, and 104 packages for portrait.
    assert_eq!(plan["groups"][0]["total"], "198000.00");
    assert_eq!((&plan["services"][0]["subtotal"], &plan["services"][1]["subtotal"]), (&json!("181440.00"), &json!("187200.00")));
    assert_eq!((&plan["total"], &plan["difference"], &plan["failing_calls"]), (&json!("566640.00"), &json!("350640.00"), &json!(0)));
    assert_eq!(plan["services"][1]["unused_prepaid"], 320);
    document["postpaid"] = false.into();
    let plan = &quoted(&document)["own_plan"];
    assert_eq!((&plan["difference"], &plan["services"][0]["failing_calls"]), (&Value::Null, &json!(51_840)));
}

#[test]
fn insights_scale_all_lines_together() {
    let mut document = pooled();
    document["insights"] = true.into();
    let insights = &quoted(&document)["insights"];
    // One percent of the work still fills a slot for less than its calls cost.
    assert_eq!(insights["range"], json!({"kind": ["concurrent"], "from": null, "to": null, "below": null, "above": null}));
    let variants = &insights["regret"]["plans"][0]["variants"];
    let percents: Vec<&Value> = variants.as_array().expect("a list").iter().map(|variant| &variant["percent"]).collect();
    assert_eq!(percents, [50, 80, 100, 120, 200]);
    // Half the work needs two slots, and three are paid.
    let half = json!({"percent": 50, "cost": "216000.00", "cheapest": "144000.00", "regret": "72000.00", "failing_calls": 0});
    assert_eq!(variants[0], half);
    // Three slots work 7,776,000 s a month at most: 120% of the work fits, and of 200%, 12,441,600 s, five eighths do.
    assert_eq!((&variants[3]["failing_calls"], &variants[3]["cheapest"]), (&json!(0), &json!("288000.00")));
    assert_eq!(variants[4]["failing_calls"], 12 * (103_680 + 207_360) * 3 / 8);
    assert_eq!(insights["other_reading"], Value::Null);
    assert_eq!(insights["one_order"]["difference"], "0.00");
}

/// A scenario as an estimate of one line.
pub fn as_estimate(scenario: &Value) -> Value {
    let mut line = Map::new();
    let mut whole = Map::new();
    let mut group = Map::new();
    for (name, value) in scenario.as_object().expect("an object") {
        match name.as_str() {
            "start" | "postpaid" | "orders" | "price_book" | "insights" => drop(whole.insert(name.clone(), value.clone())),
            "concurrency" => {
                for (kind, rule) in value.as_object().expect("an object") {
                    let mut rule = rule.clone();
                    for name in ["seconds_per_call", "busy_hour_calls", "busy_hour_share"] {
                        if let Some(value) = rule.as_object_mut().and_then(|rule| rule.remove(name)) {
                            line.insert(name.into(), value);
                        }
                    }
                    group.insert(kind.clone(), rule);
                }
            }
            _ => drop(line.insert(name.clone(), value.clone())),
        }
    }
    whole.insert("services".into(), json!([line]));
    whole.insert("groups".into(), if group.is_empty() { json!({}) } else { json!({"video-creation": group}) });
    whole.into()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The estimate of one line says what the scenario says.
    #[test]
    fn one_line_is_a_scenario(scenario in scenarios()) {
        let book = PriceBook::built_in().expect("valid");
        let mut scenario: Value = serde_json::from_str(&scenario.to_json()).expect("JSON");
        for field in ["plan", "insights"] {
            scenario.as_object_mut().expect("an object").remove(field);
        }
        let json = |text: String| serde_json::from_str::<Value>(&text).expect("JSON");
        let parsed = |text: Result<String, String>| text.map(json).map_err(json);
        let single = parsed(answer(scenario.to_string(), &book));
        let estimate = as_estimate(&scenario);
        match (single, parsed(answer(estimate.to_string(), &book))) {
            (Ok(mut single), Ok(mut estimate)) => {
                prop_assert_eq!(&estimate["total"], &single["total"]);
                prop_assert_eq!(&estimate["alternatives"], &single["alternatives"]);
                let line = estimate["services"][0].take();
                prop_assert_eq!(&line["purchases"], &single["purchases"]);
                prop_assert_eq!(&line["unused_prepaid"], &single["unused_prepaid"]);
                let sized = |sizing: &Value| sizing["months"].as_array().map(|months| {
                    months.iter().map(|month| (month["month"].clone(), month["slots"].clone(), month["blocking"].clone())).collect::<Vec<_>>()
                });
                prop_assert_eq!(sized(&estimate["groups"][0]["sizing"]), sized(&single["sizing"]));
                for month in 0..12 {
                    let row = single["months"][month].as_object_mut().expect("a month");
                    let (slots, charge) = (row.remove("slots"), row.remove("concurrent_charge"));
                    let of_group = &estimate["groups"][0]["months"][month];
                    prop_assert_eq!((slots.as_ref(), charge.as_ref()), (of_group.get("slots"), of_group.get("charge")));
                    if row["mode"] == "concurrent" {
                        row["charge"] = "0.00".into();
                    }
                    prop_assert_eq!(&Value::from(row.clone()), &line["months"][month]);
                }
            }
            (Err(single), Err(estimate)) => prop_assert_eq!(&single["error"]["code"], &estimate["error"]["code"]),
            (single, estimate) => prop_assert!(false, "{single:?} {estimate:?}"),
        }
    }
}

#[test]
fn errors_name_the_line_and_the_group() {
    let line = |service: &str| json!({"service": service, "usage": {"yearly": 100}});
    let months = json!([1, 1, 1, "x", 1, 1, 1, 1, 1, 1, 1, 1]);
    check_errors(
        &asked(json!([line("animate"), {"service": "captions", "usage": {"monthly": months}}]), json!({})),
        &["wrong_type services[1].usage.monthly[3]"],
    );
    check_errors(&asked(json!([line("animate"), line("animate")]), json!(null)), &["duplicate services[1].service"]);
    // The first service of the book, once by default and once by name.
    check_errors(&asked(json!([{"usage": {"yearly": 1}}, line("animate")]), json!(null)), &["duplicate services[1].service"]);
    check_errors(&asked(json!([line("animate"), line("dance")]), json!({})), &["unknown_service services[1].service"]);
    check_errors(&asked(json!([]), json!({})), &["empty services"]);
    check_errors(&asked(json!(vec![line("animate"); 21]), json!({})), &["out_of_range services"]);
    check_errors(&asked(json!([{"service": "animate"}, 5]), json!({})), &["missing services[0].usage", "wrong_type services[1]"]);
    check_errors(
        &json!({"services": [line("x")], "usage": {"yearly": 1}}),
        &["unknown_service services[0].service", "unknown_field usage"],
    );
    let slots = json!({"generation": {"slots": [1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]}});
    check_errors(&asked(json!([line("animate")]), slots), &["out_of_range groups.generation.slots[2]"]);
    check_errors(&asked(json!([line("animate")]), json!({"generation": {"slots": 0}})), &["out_of_range groups.generation.slots"]);
    check_errors(&asked(json!([line("animate")]), json!({"generation": {"slots": "3"}})), &["wrong_type groups.generation.slots"]);
    check_errors(&asked(json!([line("animate")]), json!({"animate": {"slots": 3}})), &["unknown_field groups.animate"]);
    check_errors(&asked(json!([line("animate")]), json!({"generation": {}})), &["missing groups.generation"]);
    let twice = json!({"generation": {"slots": 1, "live": {"accepted_failure": "0.1"}}});
    check_errors(&asked(json!([line("animate")]), twice), &["only_one_of groups.generation.live"]);
    check_errors(
        &asked(json!([line("animate")]), json!({"generation": {"live": {"accepted_failure": "1"}}})),
        &["out_of_range groups.generation.live.accepted_failure"],
    );
}

#[test]
fn what_sized_slots_need_must_be_there() {
    let line = |service: &str, calls: u64| json!({"service": service, "usage": {"yearly": calls}});
    let queued = json!({"generation": {"queued": {"busy_hours_per_month": "720", "target_utilisation": "0.8"}}});
    check_errors(&asked(json!([line("animate", 9), line("portrait", 0)]), queued), &["missing services[0].seconds_per_call"]);
    let live = json!({"generation": {"live": {"accepted_failure": "0.01"}}});
    let mut timed = line("animate", 9);
    timed["seconds_per_call"] = "60".into();
    check_errors(&asked(json!([timed]), live.clone()), &["missing services[0]"]);
    timed["busy_hour_calls"] = "5".into();
    timed["busy_hour_share"] = "0.5".into();
    check_errors(&asked(json!([timed]), live), &["only_one_of services[0].busy_hour_share"]);
    timed["busy_hour_calls"] = "0".into();
    timed.as_object_mut().expect("an object").remove("busy_hour_share");
    check_errors(&asked(json!([timed]), json!({})), &["out_of_range services[0].busy_hour_calls"]);
}

#[test]
fn a_group_has_one_price_of_slots() {
    let line = |service: &str, percent: &str| json!({"service": service, "usage": {"yearly": 9}, "discount": {"concurrent": percent}});
    let lines = json!([line("animate", "10"), line("captions", "0"), line("portrait", "10.5")]);
    check_errors(&asked(lines, json!({})), &["conflicting_discount services[2].discount.concurrent"]);
    quoted(&asked(json!([line("animate", "10"), line("captions", "0"), line("portrait", "10.00")]), json!({})));
    let mut document = asked(json!([line("animate", "0")]), json!({}));
    document["price_book"]["services"][3]["concurrent"] = Value::Null;
    check_errors(&document, &["conflicting_group price_book.services[3]"]);
    document["price_book"]["services"][3].as_object_mut().expect("a service").remove("group");
    quoted(&document);
    document["price_book"]["services"][3]["id"] = "generation".into();
    check_errors(&document, &["conflicting_group price_book.services[3]"]);
    let file = callmix::json_lines::validation("prices.json", document["price_book"].to_string().as_bytes());
    assert!(file.expect_err("a conflict").contains(r#""code":"conflicting_group","field":"services[3]""#));
}

#[test]
fn lines_without_a_plan_are_named() {
    let line = |service: &str, calls: u64| json!({"service": service, "usage": {"yearly": calls}});
    let mut document = asked(json!([line("captions", 9), line("animate", 9), line("portrait", 0)]), json!({}));
    document["postpaid"] = false.into();
    check_errors(&document, &["no_plan services[0]"]);
    document["groups"]["processing"] = json!({"slots": 3});
    assert_eq!(quoted(&document)["groups"][0]["total"], "8100.00");
    // More slots than are sold.
    document["groups"]["processing"] = json!({"slots": 201});
    check_errors(&document, &["no_plan services[0]"]);
}

#[test]
fn amounts_and_loads_have_limits() {
    let line = |service: &str| json!({"service": service, "usage": {"yearly": 1_000_000_000_000_u64}});
    let mut document = asked(json!([line("animate"), line("portrait")]), json!({}));
    document["price_book"]["services"][0]["tiers"] = json!([{"from": 0, "unit_price": "999999999999"}]);
    document["price_book"]["services"][0]["packages"] = json!([]);
    quoted(&document);
    document["price_book"]["services"][1]["packages"] = json!([]);
    document["price_book"]["services"][1]["price_per"] = json!(1_000_000);
    document["price_book"]["services"][1]["tiers"] = json!([{"from": 0, "unit_price": "0.000000001"}]);
    check_errors(&document, &["amount_too_large services"]);
    let mut crowded = asked(json!([line("animate")]), json!({"generation": {"live": {"accepted_failure": "0.01"}}}));
    crowded["services"][0]["seconds_per_call"] = "3600".into();
    crowded["services"][0]["busy_hour_share"] = "1".into();
    for service in 0..2 {
        crowded["price_book"]["services"][service]["concurrent"]["max_slots"] = json!(1_000_000_000_000_u64);
    }
    check_errors(&crowded, &["load_too_large groups.generation.live"]);
}

#[test]
fn errors_of_a_plan_of_ones_own_name_their_place() {
    let line = json!({"service": "animate", "usage": {"yearly": 9}, "plan": {"purchases": [{"month": 13, "calls": 5, "count": 0}]}});
    let expected = [
        "out_of_range services[0].plan.purchases[0].month",
        "unknown_package services[0].plan.purchases[0].calls",
        "out_of_range services[0].plan.purchases[0].count",
    ];
    let mut document = asked(json!([line]), json!({}));
    assert!(errors_of(&document.to_string()).iter().all(|error| expected.contains(&error.as_str())));
    document["services"][0]["plan"] = json!({"concurrent_months": [1]});
    check_errors(&document, &["unknown_field services[0].plan.concurrent_months"]);
    document["services"][0]["plan"] = json!({"purchases": [{"month": 2, "calls": 100, "count": 1}]});
    document["orders"] = "once".into();
    check_errors(&document, &["out_of_range services[0].plan.purchases[0].month"]);
    let months = |months: Value| {
        asked(json!([{"service": "animate", "usage": {"yearly": 12}}]), json!({"generation": {"concurrent_months": months}}))
    };
    check_errors(
        &months(json!([3, 0, 3])),
        &["out_of_range groups.generation.concurrent_months[1]", "duplicate groups.generation.concurrent_months[2]"],
    );
    check_errors(&months(json!([3])), &["slots_unknown groups.generation.concurrent_months[0]"]);
    let mut above = months(json!([3]));
    above["groups"]["generation"]["slots"] = json!(51);
    check_errors(&above, &["slots_above_maximum groups.generation.concurrent_months[0]"]);
}
