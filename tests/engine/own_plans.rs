//! A plan of one's own beside the cheapest, and one order a year.

use callmix::json_lines::answer;
use callmix::link::{read, write};
use callmix::notes::Notes;
use callmix::price_book::PriceBook;
use callmix::scenario::Scenario;
use callmix::wording::ignored_sentence;
use serde_json::Value;

fn built_in() -> PriceBook {
    PriceBook::built_in().expect("valid")
}

fn quoted(scenario: &str) -> Value {
    let (Ok(text) | Err(text)) = answer(scenario, &built_in());
    serde_json::from_str(&text).expect("JSON")
}

#[track_caller]
fn check_orders(months: [u64; 12], any: &str, once: &str) {
    let usage = format!(r#""usage":{{"monthly":{months:?}}},"insights":true"#);
    let when_needed = quoted(&format!("{{{usage}}}"));
    let in_one_order = quoted(&format!(r#"{{{usage},"orders":"once"}}"#));
    assert_eq!((&when_needed["total"], &in_one_order["total"]), (&any.into(), &once.into()));
    let other = &when_needed["insights"]["one_order"];
    assert_eq!((&other["total"], &other["purchases"]), (&once.into(), &in_one_order["purchases"]));
    assert_eq!(when_needed["insights"]["any_order"], Value::Null);
    let other_way = &in_one_order["insights"]["any_order"];
    assert_eq!((&other_way["total"], &other_way["difference"]), (&any.into(), &other["difference"]));
    let cents = |total: &str| total.replace('.', "").parse::<i64>().expect("cents");
    assert_eq!(cents(other["difference"].as_str().expect("a difference")), cents(once) - cents(any));
}

#[test]
fn one_order_costs_what_the_rules_say() {
    check_orders([150, 50, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0], "1050.00", "1080.00");
    check_orders([1_050, 50, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0], "4410.00", "4460.00");
    check_orders([25; 12], "1260.00", "1260.00");
}

#[test]
fn prices_a_plan_beside_the_cheapest() {
    let quote = quoted(r#"{"usage":{"yearly":12000},"plan":{"purchases":[{"month":1,"calls":10000,"count":1}]}}"#);
    let plan = &quote["own_plan"];
    // 10,000 calls last until month 10; the 2,000 of months 11 and 12 are two times 1,000 at 3.8.
    assert_eq!((&plan["total"], &plan["failing_calls"], &plan["unused_prepaid"]), (&"44600.00".into(), &0.into(), &0.into()));
    assert_eq!((&quote["total"], &plan["difference"]), (&"44600.00".into(), &"0.00".into()));
    let quote = quoted(r#"{"usage":{"yearly":12000},"plan":{"purchases":[{"month":1,"calls":1000,"count":12}]}}"#);
    assert_eq!((&quote["own_plan"]["total"], &quote["own_plan"]["difference"]), (&"45600.00".into(), &"1000.00".into()));
    // Without postpaid, 2,000 calls fail, and the plan does not compare.
    let quote = quoted(r#"{"usage":{"yearly":12000},"postpaid":false,"plan":{"purchases":[{"month":1,"calls":10000,"count":1}]}}"#);
    let plan = &quote["own_plan"];
    assert_eq!((&plan["total"], &plan["failing_calls"], &plan["difference"]), (&"37000.00".into(), &2_000.into(), &Value::Null));
    let month = &plan["months"][10];
    assert_eq!((&month["calls"], &month["failing_calls"], &month["charge"]), (&1_000.into(), &1_000.into(), &"0.00".into()));
    // A named month without calls is nothing.
    let quote = quoted(r#"{"usage":{"monthly":[5,0,0,0,0,0,0,0,0,0,0,0]},"plan":{"concurrent_months":[2]}}"#);
    assert_eq!(quote["own_plan"]["total"], "24.00");
    let slots = r#"{"usage":{"monthly":[5,0,0,0,0,0,0,0,0,0,0,0]},"concurrency":{"slots":2},"plan":{"concurrent_months":[1]}}"#;
    assert_eq!(quoted(slots)["own_plan"]["total"], "14400.00");
}

#[test]
fn refuses_what_is_wrong_with_a_plan() {
    #[track_caller]
    fn check(fields: &str, expected: &str) {
        let answer = quoted(&format!(r#"{{"usage":{{"monthly":[5,0,0,0,0,0,0,0,0,0,0,0]}},{fields}}}"#));
        let errors = answer["errors"].as_array().cloned().unwrap_or_default();
        let found: Vec<String> = errors.iter().map(|error| format!("{} {}", error["code"], error["field"]).replace('"', "")).collect();
        assert_eq!(found.join("; "), expected, "{fields}");
    }
    let plan = |purchases: &str| format!(r#""plan":{{"purchases":[{purchases}]}}"#);
    check(r#""plan":null"#, "");
    check(r#""plan":{}"#, "");
    check(r#""orders":"twice""#, "unknown_value orders");
    check(r#""orders":null"#, "wrong_type orders");
    check(&plan(r#"{"month":1,"calls":101,"count":1}"#), "unknown_package plan.purchases[0].calls");
    check(&plan(r#"{"month":13,"calls":100,"count":0}"#), "out_of_range plan.purchases[0].month; out_of_range plan.purchases[0].count");
    check(&plan(r#"{"month":1,"calls":100,"count":1000000000000000000000000000000}"#), "out_of_range plan.purchases[0].count");
    check(&plan(r#"{"month":1,"calls":100,"count":10000000001}"#), "out_of_range plan.purchases");
    check(&plan(r#"{"month":1,"calls":100,"count":1},{"month":1,"calls":100,"count":2}"#), "duplicate plan.purchases[1]");
    check(&plan(r#"{"month":1,"calls":100}"#), "missing plan.purchases[0].count");
    let once = format!(r#""orders":"once",{}"#, plan(r#"{"month":2,"calls":100,"count":1}"#));
    check(&once, "out_of_range plan.purchases[0].month");
    check(r#""plan":{"concurrent_months":[1,1]}"#, "duplicate plan.concurrent_months[1]");
    check(r#""plan":{"concurrent_months":[0]}"#, "out_of_range plan.concurrent_months[0]");
    check(r#""plan":{"concurrent_months":[1]}"#, "slots_unknown plan.concurrent_months[0]");
    check(r#""concurrency":{"slots":51},"plan":{"concurrent_months":[2,1]}"#, "slots_above_maximum plan.concurrent_months[0]");
    let book = r#""price_book":{"version":"v","currency":"USD","services":[{"id":"s","name":"S","packages":[],
        "package_validity_months":12,"tiers":[{"from":0,"unit_price":"1"}],"concurrent":null}]}"#;
    check(&format!(r#"{book},"plan":{{"concurrent_months":[1]}}"#), "not_offered plan.concurrent_months[0]");
}

#[test]
fn links_and_json_keep_a_plan() {
    for (fields, keys) in [
        (r#""orders":"once""#, "orders=once"),
        (r#""plan":{"purchases":[]}"#, "buy=none"),
        (
            r#""orders":"once","plan":{"purchases":[{"month":1,"calls":100,"count":5},{"month":1,"calls":1000,"count":2}],"concurrent_months":[7,8]}"#,
            "orders=once&buy=1%3A100x5,1%3A1000x2&conc=7,8",
        ),
    ] {
        let text = format!(r#"{{"usage":{{"yearly":300}},{fields}}}"#);
        let scenario = Scenario::from_json(&text, &built_in()).expect("valid");
        assert_eq!(scenario.to_json(), text);
        let link = write(std::slice::from_ref(&scenario), &built_in(), &Notes::default(), None, None, None).expect("a link");
        assert!(link.ends_with(&format!("&calls=300&{keys}")), "{link}");
        let opened = read(&link, &built_in());
        assert_eq!((&opened.scenario, &opened.ignored[..]), (&scenario, &[][..]));
    }
}

#[test]
fn what_is_wrong_with_a_plan_in_a_link_is_named_and_the_rest_stays() {
    let check = |link: &str, json: &str, expected: &[&str]| {
        let opened = read(link, &built_in());
        let ignored: Vec<&str> = opened.ignored.iter().map(|ignored| ignored.key.as_str()).collect();
        assert_eq!((opened.scenario.to_json().as_str(), &ignored[..]), (json, expected), "{link}");
        opened.ignored.iter().for_each(|ignored| assert!(!ignored_sentence(ignored).is_empty()));
    };
    check(
        "v=1&calls=300&buy=1:1000x2,3:101x1,5:100x1",
        r#"{"usage":{"yearly":300},"plan":{"purchases":[{"month":1,"calls":1000,"count":2},{"month":5,"calls":100,"count":1}]}}"#,
        &["buy"],
    );
    check("v=1&calls=300&buy=1:1000&conc=7", r#"{"usage":{"yearly":300}}"#, &["buy", "conc"]);
    check("v=1&calls=300&conc=7", r#"{"usage":{"yearly":300}}"#, &["conc"]);
    check("v=1&calls=300&buy=none&conc=7,13", r#"{"usage":{"yearly":300},"plan":{"purchases":[]}}"#, &["conc"]);
    check("v=1&calls=300&orders=twice", r#"{"usage":{"yearly":300}}"#, &["orders"]);
}
