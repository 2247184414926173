//! Usage that is given by API: units of the service, its links and JSON, and slots that count calls.

use std::slice::from_ref;

use callmix::json_lines::answer;
use callmix::link::{read, write};
use callmix::notes::Notes;
use callmix::price_book::PriceBook;
use callmix::scenario::Scenario;
use callmix::wording::ignored_sentence;
use serde_json::Value;

/// Credits at 1 each, packages of 100, slots; HD takes five credits a call and SD one.
fn book() -> PriceBook {
    let text = r#"{"version":"v","currency":"USD","services":[{"id":"video","name":"Video","unit":{"one":"credit","many":"credits"},
        "apis":[{"id":"hd","name":"HD video","units_per_call":5},{"id":"sd","name":"SD video","units_per_call":1}],
        "packages":[{"calls":100,"price":"60"}],"package_validity_months":12,"tiers":[{"from":0,"unit_price":"1"}],
        "concurrent":{"price_per_slot_month":"7","max_slots":9}}]}"#;
    PriceBook::from_json(text).expect("a valid book")
}

fn quoted(scenario: &str) -> Value {
    let (Ok(text) | Err(text)) = answer(scenario, &book());
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn a_month_has_the_units_of_all_apis() {
    let quote = quoted(r#"{"usage":{"apis":{"hd":{"yearly":12},"sd":{"monthly":[3,0,0,0,0,0,0,0,0,0,0,1]}}}}"#);
    let calls: Vec<u64> = quote["months"].as_array().expect("months").iter().map(|month| month["calls"].as_u64().expect("calls")).collect();
    assert_eq!(calls, [8, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6]);
    // 64 credits: one package for 60.
    assert_eq!(quote["total"], "60.00");
    assert_eq!(quoted(r#"{"usage":{"apis":{"sd":{"yearly":64}}}}"#)["total"], quoted(r#"{"usage":{"yearly":64}}"#)["total"]);
}

#[test]
fn slots_count_calls_and_not_units() {
    // 120 calls of an hour in 100 busy hours need 2 slots; 600 units would need 6.
    let concurrency = r#""concurrency":{"queued":{"seconds_per_call":"3600","busy_hours_per_month":"100","target_utilisation":"1"}}"#;
    let quote = quoted(&format!(r#"{{"usage":{{"apis":{{"hd":{{"monthly":[120,0,0,0,0,0,0,0,0,0,0,0]}}}}}},{concurrency}}}"#));
    assert_eq!((&quote["months"][0]["slots"], &quote["total"]), (&2.into(), &"14.00".into()));
    assert_eq!(quote["sizing"]["months"][0]["slots"], 2);
    // At twice the volume 1,200 units are 240 calls. Two slots carry 200 of them, which are 1,000 units.
    let insights =
        quoted(&format!(r#"{{"usage":{{"apis":{{"hd":{{"monthly":[120,0,0,0,0,0,0,0,0,0,0,0]}}}}}},{concurrency},"insights":true}}"#));
    let doubled = &insights["insights"]["regret"]["plans"][0]["variants"][4];
    assert_eq!((&doubled["calls"], &doubled["failing_calls"]), (&1_200.into(), &200.into()));
}

#[test]
fn refuses_wrong_usage_by_api() {
    #[track_caller]
    fn check(apis: &str, expected: &str) {
        let answer = quoted(&format!(r#"{{"usage":{{"apis":{apis}}}}}"#));
        let errors = answer["errors"].as_array().expect("errors").iter();
        let found: Vec<String> = errors.map(|error| format!("{} {}", error["code"], error["field"]).replace('"', "")).collect();
        assert_eq!(found.join("; "), expected, "{apis}");
    }
    check("{}", "empty usage.apis");
    check("[]", "wrong_type usage.apis");
    check(r#"{"4k":{"yearly":1},"hd":{"yearly":-1}}"#, "out_of_range usage.apis.hd.yearly");
    check(r#"{"4k":{"yearly":1},"hd":{"yearly":1}}"#, "unknown_api usage.apis.4k");
    check(r#"{"hd":{"yearly":1},"hd":{"yearly":2}}"#, "duplicate usage.apis.hd");
    check(r#"{"hd":{"daily":1}}"#, "unknown_field usage.apis.hd.daily; missing usage.apis.hd");
    check(r#"{"hd":{"yearly":1,"monthly":[1,1,1,1,1,1,1,1,1,1,1,1]}}"#, "only_one_of usage.apis.hd.monthly");
    check(r#"{"sd":{"yearly":1},"hd":{"yearly":200000000001}}"#, "out_of_range usage.apis.hd");
    let (Ok(text) | Err(text)) = answer(r#"{"usage":{"apis":{"hd":{"yearly":1}}}}"#, &PriceBook::built_in().expect("valid"));
    assert!(text.contains(r#""code":"unknown_api","field":"usage.apis.hd""#), "{text}");
}

#[test]
fn links_and_json_keep_the_usage_of_each_api() {
    for usage in [
        r#"{"apis":{"hd":{"yearly":100},"sd":{"yearly":7}}}"#,
        r#"{"apis":{"hd":{"yearly":100},"sd":{"monthly":[1,2,3,4,5,6,7,8,9,10,11,12]}}}"#,
        r#"{"apis":{"sd":{"yearly":64}}}"#,
    ] {
        let scenario = Scenario::from_json(&format!(r#"{{"usage":{usage}}}"#), &book()).expect("valid");
        assert_eq!(scenario.to_json(), format!(r#"{{"usage":{usage}}}"#));
        let link = write(from_ref(&scenario), &book(), &Notes::default(), None, None, None).expect("a link");
        let opened = read(&link, &book());
        assert_eq!((&opened.scenario, &opened.ignored[..], opened.has_usage), (&scenario, &[][..], true), "{link}");
        assert_eq!(opened.link(&book()).as_deref(), Ok(&*link));
    }
    let order = Scenario::from_json(r#"{"usage":{"apis":{"sd":{"yearly":1},"hd":{"yearly":2}}}}"#, &book()).expect("valid");
    assert!(write(from_ref(&order), &book(), &Notes::default(), None, None, None).expect("a link").ends_with("&calls.hd=2&calls.sd=1"));
}

#[test]
fn links_name_what_is_wrong_with_the_usage_of_an_api() {
    let check = |link: &str, units: u64, expected: &[&str]| {
        let opened = read(link, &book());
        let ignored: Vec<String> = opened.ignored.iter().map(|ignored| ignored.key.clone()).collect();
        assert_eq!(
            (opened.scenario.usage().total(), &ignored[..]),
            (units, &expected.iter().map(ToString::to_string).collect::<Vec<_>>()[..]),
            "{link}"
        );
        opened.ignored.iter().for_each(|ignored| assert!(!ignored_sentence(ignored).is_empty()));
    };
    check("v=1&calls.hd=100&calls.4k=3", 500, &["calls.4k"]);
    check("v=1&calls.hd=1,000&calls.hd=3", 5_000, &["calls.hd"]);
    check("v=1&calls.hd=100&calls.sd=x", 500, &["calls.sd"]);
    check("v=1&calls.hd=100&calls=12", 500, &["calls"]);
    check("v=1&calls.hd=1&m.hd=1,0,0,0,0,0,0,0,0,0,0,1", 10, &["calls.hd"]);
    check("v=1&calls.hd=186&profile=growing", 930, &[]);
    check("v=1&price.hd=1&calls=3", 3, &["price.hd"]);
    // Without the API, the calls of the service are all that is left.
    check("v=1&calls.4k=3&calls=12", 12, &["calls.4k"]);
}
