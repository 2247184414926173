//! Random estimates of several services, and what they are as scenarios and as JSON.
//!
//! The price book has groups, services without a group, without slots or with included ones, and services with APIs, one of
//! which is named by a number.

use std::sync::LazyLock;

use callmix::estimate::{JointEstimate, quote};
use callmix::price_book::PriceBook;
use callmix::problem::ValidationError;
use callmix::scenario::Scenario;
use callmix::usage::{Profile, Usage};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::several_services::VIDEO_CLOUD;

pub static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::from_json(&BOOK_JSON.to_string()).expect("a price book"));

/// The fictional provider's prices, and further services.
pub static BOOK_JSON: LazyLock<Value> = LazyLock::new(|| {
    let mut book = VIDEO_CLOUD.clone();
    let services = book["services"].as_array_mut().expect("a list");
    let apis = json!([{"id": "hd", "name": "HD", "units_per_call": 5}, {"id": "2", "name": "Two", "units_per_call": 1}]);
    services.push(json!({
        "id": "upscale", "name": "Upscale", "packages": [{"calls": 500, "price": "90"}], "package_validity_months": 12,
        "tiers": [{"from": 0, "unit_price": "0.25"}], "included_slots": 4, "add_on_slots": {"price_per_slot_month": "20", "max_slots": 30},
        "concurrent": null, "apis": apis.clone(),
    }));
    services.push(json!({
        "id": "2", "name": "Two", "packages": [{"calls": 10, "price": "5"}], "package_validity_months": 24,
        "tiers": [{"from": 0, "unit_price": "0.75"}], "concurrent": {"price_per_slot_month": "900", "max_slots": 20}, "apis": apis,
    }));
    book
});

/// The services of the book, with their groups and the size of a package, if any is sold.
const SERVICES: [(&str, &str, Option<u64>); 6] = [
    ("animate", "generation", Some(1_000)),
    ("portrait", "generation", Some(100)),
    ("transcode", "processing", Some(10_000)),
    ("captions", "processing", None),
    ("upscale", "upscale", Some(500)),
    ("2", "2", Some(10)),
];

fn usages(has_apis: bool) -> impl Strategy<Value = Value> {
    let calls = prop_oneof![1 => Just(0_u64), 4 => 0_u64..5_000];
    let months = prop::array::uniform12(prop_oneof![1 => Just(0_u64), 2 => 0_u64..400]);
    let one = prop_oneof![calls.prop_map(|calls| json!({"yearly": calls})), months.prop_map(|months| json!({"monthly": months}))].boxed();
    let apis = (prop::option::of(one.clone()), one.clone(), any::<bool>()).prop_map(|(hd, two, has_two)| {
        let two = Some(two).filter(|_| has_two || hd.is_none());
        let given = [("2", two), ("hd", hd)].into_iter().filter_map(|(id, usage)| Some((id.to_string(), usage?)));
        json!({"apis": given.collect::<Map<_, _>>()})
    });
    if has_apis { prop_oneof![one, apis].boxed() } else { one }
}

/// What is left out, or said, one in so many times.
fn sometimes(values: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    prop::option::weighted(0.4, values)
}

fn line(place: usize) -> impl Strategy<Value = Value> {
    let (id, _, size) = SERVICES[place];
    let purchases = prop::collection::btree_map(1_u32..=12, 1_u64..4, 0..3).prop_map(move |bought| {
        let purchase = |(month, count)| Some(json!({"month": month, "calls": size?, "count": count}));
        json!({"purchases": bought.into_iter().filter_map(purchase).collect::<Vec<_>>()})
    });
    let percent = || (0_u32..=1_000).prop_map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let discount = (percent(), percent()).prop_map(|(packages, postpaid)| json!({"packages": packages, "postpaid": postpaid}));
    let owned = prop::collection::vec((1_u64..900, 1_u32..=12), 1..3).prop_map(|owned| {
        owned.into_iter().map(|(calls, months_left)| json!({"calls": calls, "months_left": months_left})).collect::<Vec<_>>().into()
    });
    let account = (
        sometimes((1_u64..900).prop_map(Value::from)),
        sometimes(owned),
        sometimes(prop_oneof![Just(json!("billed")), Just(json!("all"))]),
        sometimes(discount),
        sometimes(purchases),
    );
    let seconds = prop::option::weighted(0.8, (1_u32..2_000).prop_map(|tenths| json!(format!("{}.{}", tenths / 10, tenths % 10))));
    let busy = prop_oneof![
        1 => Just(None),
        4 => (1_u32..900).prop_map(|calls| Some(("busy_hour_calls", calls.to_string()))),
        4 => (1_u32..1_000).prop_map(|share| Some(("busy_hour_share", format!("0.{share:04}")))),
    ];
    (usages(place > 3), account, seconds, busy).prop_map(move |(usage, (free, owned, basis, discount, plan), seconds, busy)| {
        let mut line = json!({"service": id, "usage": usage});
        let further = [
            ("free_calls", free),
            ("owned_packages", owned),
            ("tier_basis", basis),
            ("discount", discount),
            ("plan", plan),
            ("seconds_per_call", seconds),
        ];
        for (name, value) in further {
            value.into_iter().for_each(|value| line[name] = value);
        }
        busy.into_iter().for_each(|(name, value)| line[name] = value.into());
        line
    })
}

fn group() -> impl Strategy<Value = Value> {
    let slots = prop_oneof![
        (1_u64..30).prop_map(|slots| json!({"slots": slots})),
        prop::array::uniform12(1_u64..30).prop_map(|slots| json!({"slots": slots}))
    ];
    let queued = (1_u32..=744, 1_u32..=100)
        .prop_map(|(hours, percent)| (hours.to_string(), format!("{}.{:02}", percent / 100, percent % 100)))
        .prop_map(|(hours, share)| json!({"queued": {"busy_hours_per_month": hours, "target_utilisation": share}}));
    let live = (1_u32..100).prop_map(|percent| json!({"live": {"accepted_failure": format!("0.{percent:02}")}}));
    let months = prop::collection::btree_set(1_u32..=12, 0..4).prop_map(|months| months.into_iter().rev().collect::<Vec<_>>());
    let rule = prop_oneof![Just(json!({})), slots, queued.clone(), queued, live.clone(), live];
    (rule, prop::option::weighted(0.3, months)).prop_map(|(mut group, months)| {
        months.into_iter().for_each(|months| group["concurrent_months"] = json!(months));
        group
    })
}

/// Estimates with any services, in any order. Some are refused.
fn documents() -> impl Strategy<Value = Value> {
    let lines = Just((0..SERVICES.len()).collect::<Vec<_>>()).prop_shuffle().prop_flat_map(|places| {
        let lines: Vec<_> = places.into_iter().map(|place| line(place).boxed()).collect();
        (lines, 1..=SERVICES.len())
    });
    let groups = prop::collection::vec(group(), 5);
    let percents = prop::collection::vec(prop_oneof![Just(0_u32), 0_u32..=100], 2);
    let whole = (prop::option::of((2024_u32..2030, 1_u32..=12)), any::<bool>(), any::<bool>(), any::<bool>());
    (lines, groups, percents, whole).prop_map(|((mut lines, count), groups, percents, (start, postpaid, once, insights))| {
        lines.truncate(count);
        for line in &mut lines {
            let group = ["generation", "processing"].iter().position(|group| group_of(line) == Some(*group));
            if let Some(percent) = group.map(|group| percents[group]).filter(|percent| *percent > 0) {
                line["discount"]["concurrent"] = percent.to_string().into();
            }
        }
        if let Some(first) = lines.first_mut().filter(|line| insights && line["service"] == "animate") {
            // The first service of the book needs no name.
            first.as_object_mut().expect("an object").remove("service");
        }
        let names = ["generation", "processing", "upscale", "2"];
        let groups = names.into_iter().zip(groups).filter(|(_, group)| *group != json!({}));
        let groups: Map<String, Value> = groups.map(|(name, group)| (name.to_string(), group)).collect();
        let mut document = json!({"services": lines, "groups": groups, "postpaid": postpaid, "insights": insights});
        if let Some((year, month)) = start {
            document["start"] = format!("{year}-{month:02}").into();
        }
        if once {
            document["orders"] = "once".into();
        }
        document
    })
}

fn group_of(line: &Value) -> Option<&'static str> {
    SERVICES.iter().find(|service| line["service"] == service.0).map(|service| service.1)
}

/// Valid estimates.
pub fn joint_estimates() -> impl Strategy<Value = JointEstimate> {
    documents().prop_filter_map("a valid estimate", |document| JointEstimate::from_json(&document.to_string(), &BOOK).ok())
}

/// The lines of valid estimates, some of which have a profile, as JSON has not.
pub fn several_scenarios() -> impl Strategy<Value = Vec<Scenario>> {
    let profiles = prop_oneof![Just(Profile::Even), Just(Profile::Growing), Just(Profile::Seasonal)];
    (joint_estimates(), prop::collection::vec(prop::option::of(profiles), SERVICES.len())).prop_map(|(estimate, profiles)| {
        let lines = estimate.with_insights(false).to_scenarios(&BOOK).into_iter().zip(profiles);
        let with_profile = |(line, profile): (Scenario, Option<Profile>)| {
            let usage = profile.filter(|_| line.apis().is_empty()).and_then(|profile| Usage::yearly(line.usage().total(), profile));
            line.to_builder().usage(usage.unwrap_or(*line.usage())).build(&BOOK).expect("valid")
        };
        lines.map(with_profile).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1_000), max_local_rejects: u32::MAX, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn scenarios_of_an_estimate_make_the_same_estimate(estimate in joint_estimates()) {
        let scenarios = estimate.to_scenarios(&BOOK);
        for scenario in &scenarios {
            prop_assert_eq!(&scenario.to_builder().build(&BOOK).expect("valid by itself"), scenario);
        }
        prop_assert_eq!(JointEstimate::of(&scenarios, &BOOK), Ok(estimate));
    }

    #[test]
    fn json_keeps_the_estimate(estimate in joint_estimates()) {
        let json = estimate.to_json();
        prop_assert_eq!(JointEstimate::from_json(&json, &BOOK), Ok(estimate), "{}", json);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]
    /// What an estimate leaves out has no effect.
    #[test]
    fn what_is_left_out_changes_no_answer(document in documents()) {
        let Ok(estimate) = JointEstimate::from_json(&document.to_string(), &BOOK) else { return Ok(()) };
        let estimate = estimate.with_insights(false);
        let with_defaults = |mut document: Value| {
            let lines = document["services"].as_array_mut().expect("a list");
            for line in lines.iter_mut().filter(|line| line["seconds_per_call"].is_null()) {
                line["seconds_per_call"] = "60".into();
            }
            for line in lines.iter_mut().filter(|line| line["busy_hour_calls"].is_null() && line["busy_hour_share"].is_null()) {
                line["busy_hour_share"] = "0.01".into();
            }
            document["insights"] = false.into();
            JointEstimate::from_json(&document.to_string(), &BOOK).expect("valid with more")
        };
        // Only lines that need neither lack one of them, except those that are held against their own slots.
        let is_own = |line: &Value| line["service"] == "upscale";
        if !document["services"].as_array().expect("a list").iter().any(is_own) {
            let total = |estimate: &JointEstimate| quote(estimate, &BOOK).map(|quote| (quote.total, quote.services));
            prop_assert_eq!(total(&estimate), total(&with_defaults(document)));
        }
    }
}

/// Every field that is not the default, in the contract's order.
#[test]
fn json_has_the_fields_of_the_contract() {
    let all = r#"{"services":[{"service":"animate","usage":{"yearly":12000},"free_calls":5,
        "owned_packages":[{"calls":350,"months_left":3}],"tier_basis":"all","discount":{"packages":"10","postpaid":"0","concurrent":"0"},
        "plan":{"purchases":[{"month":1,"calls":1000,"count":2}]},"seconds_per_call":"60","busy_hour_calls":"500"},
        {"service":"portrait","usage":{"monthly":[1,2,3,4,5,6,7,8,9,10,11,12]},"seconds_per_call":"90.5","busy_hour_share":"0.005"},
        {"service":"captions","usage":{"yearly":1},"seconds_per_call":"1"},{"service":"2","usage":{"apis":{"hd":{"yearly":1}}}}],
        "groups":{"generation":{"live":{"accepted_failure":"0.01"},"concurrent_months":[7,8]},
        "processing":{"queued":{"busy_hours_per_month":"720","target_utilisation":"0.8"}},"2":{"slots":3}},
        "start":"2027-01","postpaid":false,"orders":"once","insights":true}"#;
    let all = all.replace("\n        ", "");
    let estimate = JointEstimate::from_json(&all, &BOOK).unwrap_or_else(|errors| panic!("{errors:?}"));
    assert_eq!(estimate.to_json(), all);
    // A price book of its own comes with it.
    let own = format!(r#"{{"services":[{{"usage":{{"yearly":1}}}}],"price_book":{}}}"#, serde_json::to_string(&*BOOK).expect("JSON"));
    assert_eq!(JointEstimate::from_json(&own, &PriceBook::built_in().expect("valid")).map(|estimate| estimate.to_json()), Ok(own));
}

fn of(lines: &[Value]) -> Result<JointEstimate, Vec<ValidationError>> {
    let scenario = |line: &Value| Scenario::from_json(&line.to_string(), &BOOK).unwrap_or_else(|errors| panic!("{errors:?}"));
    JointEstimate::of(&lines.iter().map(scenario).collect::<Vec<_>>(), &BOOK)
}

/// The errors of an estimate made of scenarios, and those of the estimate in JSON.
#[track_caller]
fn check(lines: &[Value], document: &Value, expected: &[&str]) {
    let named = |estimate: Result<JointEstimate, Vec<ValidationError>>| {
        let errors = estimate.err().unwrap_or_default();
        errors.iter().map(|error| format!("{} {}", error.kind.code(), error.field)).collect::<Vec<_>>()
    };
    assert_eq!(named(of(lines)), expected);
    assert_eq!(named(JointEstimate::from_json(&document.to_string(), &BOOK)), expected);
}

#[test]
fn errors_of_scenarios_are_those_of_json() {
    let line = |service: &str, calls: u64| json!({"service": service, "usage": {"yearly": calls}});
    let several = |lines: &[Value], groups: Value| json!({"services": lines, "groups": groups});
    let with = |mut line: Value, name: &str, value: Value| {
        line[name] = value;
        line
    };
    let twice = [line("animate", 9), line("animate", 9)];
    check(&twice, &several(&twice, json!({})), &["duplicate services[1].service"]);
    // Without a name it is the first of the book.
    let implied = of(&[line("animate", 9), json!({"usage": {"yearly": 9}})]).expect_err("refused");
    assert_eq!((implied[0].field.as_str(), implied[0].kind.code()), ("services[1].service", "duplicate"));
    let conflicting = [
        line("captions", 9),
        with(line("animate", 9), "discount", json!({"concurrent": "5"})),
        with(line("portrait", 9), "discount", json!({"concurrent": "10"})),
    ];
    check(&conflicting, &several(&conflicting, json!({})), &["conflicting_discount services[2].discount.concurrent"]);
    let queued = json!({"busy_hours_per_month": "720", "target_utilisation": "0.8"});
    let mut with_seconds = queued.clone();
    with_seconds["seconds_per_call"] = "60".into();
    check(
        &[with(line("animate", 9), "concurrency", json!({"queued": with_seconds})), line("captions", 9), line("portrait", 9)],
        &several(
            &[with(line("animate", 9), "seconds_per_call", "60".into()), line("captions", 9), line("portrait", 9)],
            json!({"generation": {"queued": queued}}),
        ),
        &["missing services[2].seconds_per_call"],
    );
    let live = json!({"seconds_per_call": "60", "busy_hour_calls": "5", "accepted_failure": "0.01"});
    check(
        &[
            with(line("animate", 9), "concurrency", json!({"live": live})),
            with(line("portrait", 9), "concurrency", json!({"queued": with_seconds})),
        ],
        &several(
            &[
                with(with(line("animate", 9), "seconds_per_call", "60".into()), "busy_hour_calls", "5".into()),
                with(line("portrait", 9), "seconds_per_call", "60".into()),
            ],
            json!({"generation": {"live": {"accepted_failure": "0.01"}}}),
        ),
        &["missing services[1]"],
    );
    let (mut june, mut july) = ([0; 12], [0; 12]);
    (june[5], july[6]) = (9, 9);
    let lines = [json!({"service": "animate", "usage": {"monthly": june}}), json!({"service": "portrait", "usage": {"monthly": july}})];
    let slots = json!([1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]);
    check(
        &[with(lines[0].clone(), "concurrency", json!({"slots": slots})), lines[1].clone()],
        &several(&lines, json!({"generation": {"slots": slots}})),
        &["out_of_range groups.generation.slots[6]"],
    );
    let bought = |month: u32| json!({"purchases": [{"month": month, "calls": 100, "count": 1}]});
    let once = [with(with(line("animate", 9), "orders", "once".into()), "plan", bought(1)), with(line("portrait", 9), "plan", bought(2))];
    let mut document = several(&[with(line("animate", 9), "plan", bought(1)), once[1].clone()], json!({}));
    document["orders"] = "once".into();
    check(&once, &document, &["out_of_range services[1].plan.purchases[0].month"]);
}

#[test]
fn estimates_have_one_to_twenty_lines_and_one_price_book() {
    let code = |lines: &[Scenario]| {
        let errors = JointEstimate::of(lines, &BOOK).expect_err("refused");
        errors.iter().map(|error| format!("{} {}", error.kind.code(), error.field)).collect::<Vec<_>>()
    };
    assert_eq!(code(&[]), ["empty services"]);
    let year = Scenario::new(Usage::yearly(9, Profile::Even).expect("a year"));
    assert_eq!(code(&vec![year.clone(); 21]), ["out_of_range services"]);
    assert_eq!(code(&vec![year.clone(); 20]).len(), 19);
    // A service of the built-in book that the first line's own book lacks, and a conflict of that book.
    let mut own = BOOK_JSON.clone();
    own["services"].as_array_mut().expect("a list").truncate(2);
    own["services"][1]["concurrent"] = Value::Null;
    let own = PriceBook::from_json(&own.to_string()).expect("a price book");
    let first = year.to_builder().price_book(Some(own)).build(&BOOK).expect("valid");
    let second = year.to_builder().service(Some("captions")).build(&BOOK).expect("valid");
    assert_eq!(code(&[first, second]), ["unknown_service services[1].service", "conflicting_group price_book.services[1]"]);
}
