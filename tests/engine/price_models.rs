//! Price models that other price pages publish: graduated tiers, free calls each month, prices for a block of calls, slots by
//! number, included slots, and APIs with weights.
//!
//! `published/` has three real price books, each with scenarios and the totals that another program found for them.

use callmix::json_lines::answer;
use callmix::money::Decimal;
use callmix::price_book::PriceBook;
use callmix::problem::ValidationError;
use serde_json::Value;

fn book(service: &str) -> Result<PriceBook, Vec<ValidationError>> {
    PriceBook::from_json(&format!(
        r#"{{"version":"v","currency":"USD","services":[{{"id":"s","name":"S","package_validity_months":12,{service}}}]}}"#
    ))
}

fn quoted(scenario: &str, book: &PriceBook) -> Value {
    let (Ok(text) | Err(text)) = answer(scenario, book);
    serde_json::from_str(&text).expect("JSON")
}

#[track_caller]
fn check_total(service: &str, scenario: &str, total: &str) -> Value {
    let quote = quoted(scenario, &book(service).expect("a valid book"));
    assert_eq!(quote["total"], total, "{quote}");
    quote
}

/// The calls and unit price of each row.
fn rates(month: &Value) -> Vec<(u64, &str)> {
    let rows = month["postpaid_rates"].as_array().expect("rows");
    rows.iter().map(|row| (row["calls"].as_u64().expect("calls"), row["unit_price"].as_str().expect("a price"))).collect()
}

#[test]
fn finds_the_totals_of_published_price_books() {
    for name in ["captcha", "face-recognition", "iocr"] {
        let read = |end: &str| std::fs::read_to_string(format!("tests/engine/published/{name}.{end}")).expect("a file");
        let book = PriceBook::from_json(&read("json")).expect("a valid book");
        for case in read("cases.jsonl").lines() {
            let case: Value = serde_json::from_str(case).expect("JSON");
            let quote = quoted(&case["scenario"].to_string(), &book);
            let [total, expected] = [&quote["total"], &case["total"]].map(|total| Decimal::parse(total.as_str().expect("a total")));
            assert_eq!(total, expected, "{name}: {case}");
        }
    }
}

/// 200 calls: 100 at 0.005 and 100 at 0.002.
#[test]
fn each_call_of_graduated_tiers_has_its_own_price() {
    const TIERS: &str = r#""packages":[],"concurrent":null,"tier_mode":"graduated","tiers":[{"from":0,"unit_price":"0.005"},{"from":100,"unit_price":"0.002"}]"#;
    let quote = check_total(TIERS, r#"{"usage":{"monthly":[200,0,0,0,0,0,0,0,0,0,0,100]}}"#, "1.20");
    let month = &quote["months"][0];
    assert_eq!(rates(month), [(100, "0.005"), (100, "0.002")]);
    assert_eq!((&month["unit_price"], &month["postpaid_charge"]), (&Value::Null, &"0.70".into()));
    assert_eq!((rates(&quote["months"][11]), &quote["months"][11]["unit_price"]), (vec![(100, "0.005")], &"0.005".into()));
    // Under `all` the postpaid calls are the last of the month: 50 free ones are the first.
    let scenario = r#"{"usage":{"monthly":[200,0,0,0,0,0,0,0,0,0,0,0]},"free_calls":50,"tier_basis":"all"}"#;
    assert_eq!(rates(&check_total(TIERS, scenario, "0.45")["months"][0]), [(50, "0.005"), (100, "0.002")]);
    let scenario = r#"{"usage":{"monthly":[200,0,0,0,0,0,0,0,0,0,0,0]},"free_calls":50}"#;
    assert_eq!(rates(&check_total(TIERS, scenario, "0.60")["months"][0]), [(100, "0.005"), (50, "0.002")]);
}

/// Graduated, 270 from 1 and 235 from 11: 48 slots cost 270 × 10 + 235 × 38.
#[test]
fn slots_have_a_price_by_their_number() {
    let slots = |mode: &str, slots: u64, total: &str| {
        let service = format!(
            r#""packages":[],"tiers":[],"concurrent":{{"tiers":[{{"from":1,"price_per_slot_month":"270"}},{{"from":11,"price_per_slot_month":"235"}}],"tier_mode":"{mode}","max_slots":50}}"#
        );
        check_total(&service, &format!(r#"{{"usage":{{"monthly":[1,0,0,0,0,0,0,0,0,0,0,0]}},"concurrency":{{"slots":{slots}}}}}"#), total);
    };
    slots("graduated", 48, "11630.00");
    slots("volume", 48, "11280.00");
    slots("volume", 10, "2700.00");
    slots("volume", 11, "2585.00");
}

#[test]
fn each_month_has_its_own_free_calls() {
    let service = r#""packages":[],"concurrent":{"price_per_slot_month":"1","max_slots":1},"free_calls_per_month":10,"tiers":[{"from":0,"unit_price":"3.2"}],"price_per":1000"#;
    let quote = check_total(service, r#"{"usage":{"monthly":[15,8,0,0,0,0,0,0,0,0,0,12]},"free_calls":3}"#, "0.0128");
    let free: Vec<_> = [0, 1, 11].map(|month| (&quote["months"][month]["free"], &quote["months"][month]["free_monthly"])).into();
    assert_eq!(format!("{free:?}"), "[(Number(13), Number(10)), (Number(8), Number(8)), (Number(10), Number(10))]");
    assert_eq!(rates(&quote["months"][0]), [(2, "0.0032")]);
    // A concurrent month uses none.
    let quote = check_total(service, r#"{"usage":{"monthly":[999999,0,0,0,0,0,0,0,0,0,0,0]},"concurrency":{"slots":1}}"#, "1.00");
    assert_eq!((&quote["months"][0]["free"], &quote["months"][0]["free_monthly"]), (&0.into(), &0.into()));
}

#[test]
fn per_call_months_pay_for_slots_beyond_the_included_ones() {
    let service = r#""packages":[],"concurrent":null,"included_slots":2,"add_on_slots":{"price_per_slot_month":"30","max_slots":3},"tiers":[{"from":0,"unit_price":"1"}]"#;
    let year = |slots: &str| format!(r#"{{"usage":{{"monthly":[5,0,0,0,0,0,0,0,0,0,0,0]}}{slots}}}"#);
    check_total(service, &year(""), "5.00");
    check_total(service, &year(r#","concurrency":{"slots":2}"#), "5.00");
    let quote = check_total(service, &year(r#","concurrency":{"slots":5},"discount":{"concurrent":"10"}"#), "86.00");
    let month = &quote["months"][0];
    assert_eq!((&month["add_on_slots"], &month["add_on_charge"], &month["charge"]), (&3.into(), &"81.00".into(), &"86.00".into()));
    assert_eq!(quote["months"][1]["add_on_charge"], "0.00");
    assert_eq!(quote["alternatives"][1]["total"], "86.00");
    // Six at once are more than the service allows.
    let refused = quoted(&year(r#","concurrency":{"slots":6}"#), &book(service).expect("valid"));
    assert_eq!((&refused["error"]["code"], &refused["error"]["field"]), (&"no_plan".into(), &"postpaid".into()));
    let message = refused["error"]["message"].as_str().expect("a sentence");
    assert!(message.ends_with("a month needs more slots than this service allows; enter at most 5 slots."), "{message}");
}

#[test]
fn refuses_what_is_wrong_with_a_price_model() {
    #[track_caller]
    fn check(fields: &str, expected: &str) {
        let rest = r#""packages":[],"concurrent":null,"tiers":[{"from":0,"unit_price":"1"}]"#;
        let service = if fields.contains("\"concurrent\"") {
            fields.replace("\"concurrent\"", "\"packages\":[],\"tiers\":[],\"concurrent\"")
        } else {
            format!("{rest},{fields}")
        };
        let errors = book(&service).err().unwrap_or_default();
        let found: Vec<String> =
            errors.iter().map(|error| format!("{} {}", error.kind.code(), error.field.trim_start_matches("services[0]."))).collect();
        assert_eq!(found.join("; "), expected, "{fields}");
    }
    check(r#""unit":{"one":"picture","many":"pictures"}"#, "");
    check(r#""unit":{"one":""}"#, "empty unit.one; missing unit.many");
    check(r#""price_per":1000000"#, "");
    check(r#""price_per":12"#, "out_of_range price_per");
    check(r#""price_per":10000000"#, "out_of_range price_per");
    check(r#""price_per":-1"#, "out_of_range price_per");
    check(r#""tier_mode":"stepped""#, "unknown_value tier_mode");
    check(r#""free_calls_per_month":-1"#, "out_of_range free_calls_per_month");
    check(r#""free_calls_per_month":1.5"#, "not_a_whole_number free_calls_per_month");
    check(r#""included_slots":"2""#, "wrong_type included_slots");
    check(r#""add_on_slots":{"price_per_slot_month":"1","max_slots":1}"#, "missing included_slots");
    check(
        r#""included_slots":1,"add_on_slots":{"price_per_slot_month":"-1","max_slots":0}"#,
        "malformed_decimal add_on_slots.price_per_slot_month; out_of_range add_on_slots.max_slots",
    );
    let slots = |fields: &str| format!(r#""concurrent":{{{fields},"max_slots":9}}"#);
    let first = r#"{"from":1,"price_per_slot_month":"2"}"#;
    check(&slots(&format!(r#""tiers":[{first}],"tier_mode":"graduated""#)), "");
    check(&slots(&format!(r#""tiers":[{first}],"price_per_slot_month":"1""#)), "only_one_of concurrent.tiers");
    check(&slots(r#""tier_mode":"volume""#), "missing concurrent");
    check(&slots(r#""tiers":[]"#), "empty concurrent.tiers");
    check(&slots(r#""tiers":[{"from":2,"price_per_slot_month":"2"}]"#), "missing concurrent.tiers");
    check(&slots(r#""tiers":[{"from":0,"price_per_slot_month":"2"}]"#), "out_of_range concurrent.tiers[0].from");
    check(&slots(&format!(r#""tiers":[{first},{first}]"#)), "duplicate concurrent.tiers[1].from");
    check(
        &slots(&format!(r#""tiers":[{first},{{"from":7,"price_per_slot_month":"2"}},{{"from":3,"price_per_slot_month":"2"}}]"#)),
        "unsorted concurrent.tiers[2].from",
    );
    let api = |units: &str| format!(r#"{{"id":"a","name":"A","units_per_call":{units}}}"#);
    check(&format!(r#""apis":[{}]"#, api("1000000")), "");
    check(&format!(r#""apis":[{}]"#, api("0")), "out_of_range apis[0].units_per_call");
    check(&format!(r#""apis":[{}]"#, api("1000001")), "out_of_range apis[0].units_per_call");
    check(&format!(r#""apis":[{},{}]"#, api("1"), api("2")), "duplicate apis[1].id");
    check(r#""apis":[{"id":" "}]"#, "empty apis[0].id; missing apis[0].name; missing apis[0].units_per_call");
    // The largest price is 10^12 units of the smallest decimal of the others.
    let digits = r#""packages":[{"calls":1,"price":"999999999999"}],"concurrent":null,"price_per":1000000,"tiers":[{"from":0,"unit_price":"0.000000001"}]"#;
    assert_eq!(book(digits).map_err(|errors| errors[0].kind.code()), Err("too_many_digits"));
}

#[test]
fn writes_a_price_book_as_it_was_read() {
    for name in ["captcha", "face-recognition", "iocr"] {
        let text = std::fs::read_to_string(format!("tests/engine/published/{name}.json")).expect("a file");
        let book = PriceBook::from_json(&text).expect("a valid book");
        let written = serde_json::to_string(&book).expect("JSON");
        assert_eq!(PriceBook::from_json(&written).as_ref(), Ok(&book));
    }
    let fields = r#""unit":{"one":"a","many":"b"},"price_per":1000,"tiers":[{"from":0,"unit_price":"3.2"}],"packages":[],"concurrent":null,
        "apis":[{"id":"hd","name":"HD","units_per_call":5}],"included_slots":0,"free_calls_per_month":7"#;
    let book = book(fields).expect("a valid book");
    let written = serde_json::to_string(&book).expect("JSON");
    assert!(written.contains(r#""unit_price":"3.20""#), "{written}");
    assert_eq!(PriceBook::from_json(&written), Ok(book));
}

#[test]
fn the_price_book_of_the_readme_is_valid() {
    let readme = std::fs::read_to_string("README.md").expect("the README");
    let (_, section) = readme.split_once("### Price books").expect("the section");
    let example = section.split("```json").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let book = PriceBook::from_json(example).expect("a valid book");
    assert_eq!(quoted(r#"{"usage":{"yearly":300}}"#, &book)["total"], "1260.00");
}
