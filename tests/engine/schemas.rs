//! The JSON Schemas of price book, scenario and quote, held against the parser and the writer.
//!
//! Documents are mutated, and the schema must accept what the parser accepts and refuse what it refuses. What no schema
//! can refuse is listed in one place, [`beyond_schemas`].

mod documents;
mod mutations;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use callmix::estimate::JointEstimate;
use callmix::json_lines::answer;
use callmix::price_book::PriceBook;
use callmix::problem::{ErrorKind, ValidationError};
use callmix::scenario::Scenario;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use self::documents::{every_field_of_a_book, every_form_of_a_scenario, scenarios_with_every_field_of_a_quote};
use self::mutations::mutations;
use super::estimates::scenarios;
use super::several_services::as_estimate;
use super::worlds::worlds;

static BUILT_IN: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));

/// The three schemas. Compiling them also checks that each is a valid schema of its draft.
struct Compiled {
    schemas: Schemas,
    price_book: SchemaIndex,
    scenario: SchemaIndex,
    quote: SchemaIndex,
}

static COMPILED: LazyLock<Compiled> = LazyLock::new(|| {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let [price_book, scenario, quote] = ["price-book", "scenario", "quote"]
        .map(|name| compiler.compile(&path_of(name), &mut schemas).unwrap_or_else(|error| panic!("{name}: {error:#}")));
    Compiled { schemas, price_book, scenario, quote }
});

fn path_of(schema: &str) -> String {
    format!("schemas/{schema}.schema.json")
}

fn read(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect(path)).expect(path)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    PriceBook,
    Scenario,
}

impl Kind {
    /// The errors of the parser.
    fn errors(self, text: &str) -> Vec<ValidationError> {
        match self {
            Self::PriceBook => PriceBook::from_json(text).err(),
            Self::Scenario => match serde_json::from_str::<Value>(text).is_ok_and(|document| document.get("services").is_some()) {
                true => JointEstimate::from_json(text, &BUILT_IN).err(),
                false => Scenario::from_json(text, &BUILT_IN).err(),
            },
        }
        .unwrap_or_default()
    }

    fn schema(self) -> SchemaIndex {
        if self == Self::PriceBook { COMPILED.price_book } else { COMPILED.scenario }
    }
}

fn validate(document: &Value, schema: SchemaIndex) -> Result<(), Box<boon::ValidationError<'_, '_>>> {
    COMPILED.schemas.validate(document, schema).map_err(Box::new)
}

#[track_caller]
fn check_valid(document: &Value, schema: SchemaIndex) {
    if let Err(refusal) = validate(document, schema) {
        panic!("{document}\n{refusal:#}");
    }
}

/// Why no JSON Schema can find an error of the parser; `None` where the schema must.
fn beyond_schemas(error: &ValidationError, document: &Value) -> Option<&'static str> {
    let given = || document.pointer(&format!("/{}", error.field.replace(['.', '['], "/").replace(']', "")));
    match &error.kind {
        ErrorKind::Duplicate => Some("it compares whole entries, not the id or size of each, and sees one field of each name"),
        ErrorKind::Unsorted => Some("it does not compare values with each other"),
        ErrorKind::YearAboveLimit { .. } | ErrorKind::OrderAboveLimit { .. } => Some("it does not add"),
        ErrorKind::UnsupportedSizes { .. } | ErrorKind::UnsupportedDiscount | ErrorKind::TooManyDigits => Some("it does not calculate"),
        ErrorKind::UnknownService { .. }
        | ErrorKind::UnknownApi { .. }
        | ErrorKind::UnknownPackage { .. }
        | ErrorKind::UnknownGroup { .. } => Some("it does not look up ids and sizes"),
        ErrorKind::ConflictingGroup | ErrorKind::ConflictingDiscount => Some("it does not compare services with each other"),
        ErrorKind::Missing { needed: "seconds_per_call" | "busy_hour_calls or busy_hour_share" }
            if error.field.starts_with("services[") =>
        {
            Some("what a line needs depends on its group")
        }
        ErrorKind::MonthWithoutSlots => Some("which months have calls is given elsewhere"),
        ErrorKind::OutOfRange(_) => {
            let fits = |least: i64| given().and_then(Value::as_i64).is_some_and(|number| (least..=u32::MAX.into()).contains(&number));
            // The service is the scenario's, of its own price book or the built-in one.
            let is_of_service = error.field.ends_with(".months_left") && fits(1);
            is_of_service.then_some("the range depends on the service")
        }
        ErrorKind::NotAWholeNumber(_) => {
            let is_whole = given().and_then(Value::as_f64).is_some_and(|number| number.fract() == 0.0);
            is_whole.then_some("1.0 and 1e3 are integers to it")
        }
        _ => None,
    }
}

/// Whether the schema accepts a document. The parser must agree, except where every error is beyond schemas.
fn accepted(kind: Kind, document: &Value) -> Result<bool, String> {
    let errors = kind.errors(&document.to_string());
    match validate(document, kind.schema()) {
        Err(refusal) if errors.is_empty() => Err(format!("only the schema refuses {document}\n{refusal:#}")),
        Ok(()) if errors.iter().any(|error| beyond_schemas(error, document).is_none()) => {
            Err(format!("only the parser refuses {document}\n{errors:?}"))
        }
        validated => Ok(validated.is_ok()),
    }
}

/// Valid documents to mutate. Of the published books only two packages each, because long ladders take time to prepare.
static VALID: LazyLock<Vec<(Kind, Value)>> = LazyLock::new(|| {
    let published = ["captcha", "face-recognition", "iocr"].map(|name| {
        let mut book = read(&format!("tests/engine/published/{name}.json"));
        for service in book["services"].as_array_mut().expect("services") {
            service["packages"].as_array_mut().expect("packages").truncate(2);
        }
        book
    });
    let books = [read("site/prices/2026-11-22.json"), every_field_of_a_book()].into_iter().chain(published);
    let scenarios = every_form_of_a_scenario().into_iter().map(|scenario| (Kind::Scenario, scenario));
    books.map(|book| (Kind::PriceBook, book)).chain(scenarios).collect()
});

#[test]
fn accept_valid_documents() {
    for (kind, document) in &*VALID {
        assert_eq!(kind.errors(&document.to_string()), [], "{document}");
        check_valid(document, kind.schema());
    }
    for name in ["captcha", "face-recognition", "iocr"] {
        check_valid(&read(&format!("tests/engine/published/{name}.json")), COMPILED.price_book);
    }
}

#[test]
fn agree_with_the_parser_on_every_small_change() {
    let mut counts = [0; 2];
    for (kind, document) in &*VALID {
        // A price book inside a scenario has the schema of one alone, which is tried there.
        let is_of_book = |place: &str| *kind == Kind::Scenario && place.starts_with("/price_book/");
        for mutation in mutations(document).into_iter().filter(|mutation| !is_of_book(mutation.place())) {
            let mut mutated = document.clone();
            mutation.apply(&mut mutated);
            counts[usize::from(accepted(*kind, &mutated).unwrap_or_else(|disagreement| panic!("{disagreement}")))] += 1;
        }
    }
    let [refused, accepted] = counts;
    assert!(refused > 4_000 && accepted > 400, "refused {refused} and accepted {accepted}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agree_with_the_parser_on_several_changes(document in any::<Index>(), changes in prop::collection::vec(any::<Index>(), 2..5)) {
        let (kind, mut document) = document.get(&VALID).clone();
        for change in changes {
            let mutations = mutations(&document);
            change.get(&mutations).apply(&mut document);
        }
        accepted(kind, &document).map_err(TestCaseError::fail)?;
    }
}

/// Each row of [`beyond_schemas`] is needed: the parser refuses the document with this one error, and the schema accepts it.
#[test]
fn accept_what_only_the_parser_can_refuse() {
    #[track_caller]
    fn check_text(kind: Kind, text: &str, expected: &str) {
        let document = serde_json::from_str(text).expect("JSON");
        let errors = kind.errors(text);
        let found: Vec<String> = errors.iter().map(|error| format!("{} {}", error.kind.code(), error.field)).collect();
        assert_eq!(found.join("; "), expected, "{text}");
        check_valid(&document, kind.schema());
        assert!(errors.iter().all(|error| beyond_schemas(error, &document).is_some()), "{text}");
    }
    #[track_caller]
    fn check_book(packages: &str, tiers: &str, expected: &str) {
        check_text(Kind::PriceBook, &book(packages, tiers, ""), expected);
    }
    check_book(r#"{"calls":1,"price":"1"},{"calls":1,"price":"2"}"#, "", "duplicate services[0].packages[1].calls");
    check_book(r#"{"calls":1,"price":"9"},{"calls":200001,"price":"1"}"#, "", "unsupported_sizes services[0].packages");
    let tiers = r#"{"from":0,"unit_price":"1"},{"from":9,"unit_price":"1"},{"from":8,"unit_price":"1"}"#;
    check_book("", tiers, "unsorted services[0].tiers[2].from");
    let long = r#"{"from":0,"unit_price":"999999999999.999999999"}"#;
    let long = book(r#"{"calls":1,"price":"999999999999"}"#, long, r#","price_per":1000000"#);
    check_text(Kind::PriceBook, &long, "too_many_digits services[0].tiers");
    check_text(Kind::PriceBook, &book("", FREE, r#","tier_mode":"volume","tier_mode":"volume""#), "duplicate services[0].tier_mode");

    let check = |fields: &str, expected: &str| check_text(Kind::Scenario, &format!("{{{fields}}}"), expected);
    check(r#""usage":{"monthly":[1000000000000,1,0,0,0,0,0,0,0,0,0,0]}"#, "out_of_range usage.monthly");
    check(r#""usage":{"yearly":1.0}"#, "not_a_whole_number usage.yearly");
    check(r#""usage":{"yearly":1e3}"#, "not_a_whole_number usage.yearly");
    check(r#""usage":{"yearly":1},"service":"x""#, "unknown_service service");
    check(r#""usage":{"apis":{"x":{"yearly":1}}}"#, "unknown_api usage.apis.x");
    check(r#""usage":{"yearly":1},"owned_packages":[{"calls":1,"months_left":13}]"#, "out_of_range owned_packages[0].months_left");
    check(
        r#""usage":{"monthly":[1,0,0,0,0,0,0,0,0,0,0,0]},"concurrency":{"slots":[0,0,0,0,0,0,0,0,0,0,0,0]}"#,
        "out_of_range concurrency.slots[0]",
    );
    let dear = book(r#"{"calls":1,"price":"1"},{"calls":200001,"price":"900000"}"#, "", "");
    check(&format!(r#""usage":{{"yearly":1}},"discount":{{"packages":"100"}},"price_book":{dear}"#), "unsupported_sizes discount.packages");
}

/// The one tier of a service that costs nothing.
const FREE: &str = r#"{"from":0,"unit_price":"0"}"#;

/// A price book of one service.
fn book(packages: &str, tiers: &str, further: &str) -> String {
    format!(
        r#"{{"version":"v","currency":"USD","services":[{{"id":"s","name":"S","package_validity_months":12,
            "packages":[{packages}],"tiers":[{tiers}],"concurrent":null{further}}}]}}"#
    )
}

#[test]
fn agree_with_the_parser_on_the_lengths_of_lists() {
    #[track_caller]
    fn check_most(most: u64, document: impl Fn(&str) -> String, entry: impl Fn(u64) -> Value) {
        for (count, is_valid) in [(most, true), (most + 1, false)] {
            let entries: Vec<String> = (0..count).map(|index| entry(index).to_string()).collect();
            let document = serde_json::from_str(&document(&entries.join(","))).expect("JSON");
            assert_eq!(accepted(Kind::PriceBook, &document), Ok(is_valid), "{count} entries");
        }
    }
    check_most(16, |packages| book(packages, "", ""), |index| json!({"calls": index + 1, "price": "1"}));
    check_most(32, |tiers| book("", tiers, ""), |index| json!({"from": index, "unit_price": "1"}));
    check_most(
        100,
        |apis| book("", FREE, &format!(r#","apis":[{apis}]"#)),
        |index| json!({"id": index.to_string(), "name": "", "units_per_call": 1}),
    );
    let add_on = |tiers: &str| book("", FREE, &format!(r#","included_slots":0,"add_on_slots":{{"max_slots":1,"tiers":[{tiers}]}}"#));
    check_most(32, add_on, |index| json!({"from": index + 1, "price_per_slot_month": "1"}));
}

/// The names of all fields of the schema, those of its definitions too.
fn names_in(schema: &Value, names: &mut BTreeSet<String>) {
    if let Some(fields) = schema["properties"].as_object().filter(|_| schema["additionalProperties"] == false) {
        names.extend(fields.keys().cloned());
    }
    match schema {
        Value::Object(fields) => fields.values().for_each(|part| names_in(part, names)),
        Value::Array(parts) => parts.iter().for_each(|part| names_in(part, names)),
        _ => {}
    }
}

/// The names of all fields of a document.
fn names_of(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            names.extend(fields.keys().cloned());
            fields.values().for_each(|field| names_of(field, names));
        }
        Value::Array(entries) => entries.iter().for_each(|entry| names_of(entry, names)),
        _ => {}
    }
}

/// A field that no document has would be a field that nothing tries.
#[test]
fn have_only_fields_that_the_documents_of_these_tests_have() {
    let of_kind = |kind: Kind| VALID.iter().filter(move |(of, _)| *of == kind).map(|(_, document)| document.clone()).collect();
    for (name, documents) in [("price-book", of_kind(Kind::PriceBook)), ("scenario", of_kind(Kind::Scenario)), ("quote", QUOTES.clone())] {
        let (mut named, mut tried) = (BTreeSet::new(), BTreeSet::new());
        names_in(&read(&path_of(name)), &mut named);
        names_of(&Value::Array(documents), &mut tried);
        named.retain(|field| !tried.contains(field));
        assert_eq!(named, BTreeSet::new(), "{name}");
    }
}

/// Quotes that together have every field.
static QUOTES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let scenarios = scenarios_with_every_field_of_a_quote();
    scenarios.iter().map(|scenario| quoted(&scenario.to_string()).unwrap_or_else(|| panic!("{scenario}"))).collect()
});

/// The quote of a scenario, as it is written; `None` where there is no plan.
fn quoted(scenario: &str) -> Option<Value> {
    answer(scenario, &BUILT_IN).ok().map(|quote| serde_json::from_str(&quote).expect("JSON"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn accept_quotes(scenario in scenarios(), world in worlds(), insights in prop::bool::weighted(0.05)) {
        let small = world.scenario().to_builder().price_book(Some(world.book())).insights(insights).build(&BUILT_IN).expect("valid");
        let estimate = as_estimate(&serde_json::from_str(&scenario.to_json()).expect("JSON")).to_string();
        for scenario in [scenario.to_json(), small.to_json(), estimate] {
            // What is written as a scenario must be readable too.
            check_valid(&serde_json::from_str(&scenario).expect("JSON"), COMPILED.scenario);
            if let Some(quote) = quoted(&scenario) {
                check_valid(&quote, COMPILED.quote);
            }
        }
    }
}

/// Fields of a quote that are not always there.
const OPTIONAL: [&str; 13] = [
    "list_price",
    "free_monthly",
    "sizing",
    "insights",
    "blocking",
    "most_calls_per_month",
    "most_calls_per_busy_hour",
    "most_erlangs",
    "left_out",
    "busy_hour_failure",
    "own_plan",
    "one_order",
    "any_order",
];

#[test]
fn refuse_quotes_with_a_field_changed() {
    for quote in &*QUOTES {
        check_valid(quote, COMPILED.quote);
        let is_refused = |place: &str, change: &dyn Fn(&mut Value), name: &str, expected: bool| {
            let mut changed = quote.clone();
            change(changed.pointer_mut(place).expect("a place"));
            assert_eq!(validate(&changed, COMPILED.quote).is_err(), expected, "{name} at {place:?} of {quote}");
        };
        for (place, fields) in objects(quote, String::new()) {
            for (name, value) in fields {
                let remove = |object: &mut Value| object.as_object_mut().and_then(|fields| fields.remove(name));
                // A group has its sizing, or null.
                let is_optional = OPTIONAL.contains(&name.as_str()) && !(name == "sizing" && place.starts_with("/groups/"));
                is_refused(&place, &|object| drop(remove(object)), name, !is_optional);
                let rename = |object: &mut Value| object[format!("{name}s")] = remove(object).expect("a field");
                is_refused(&place, &rename, name, true);
                let other = match value {
                    Value::Number(number) => json!(number.to_string()),
                    Value::Array(_) => json!({}),
                    Value::Object(_) => json!([]),
                    _ => json!(true),
                };
                is_refused(&place, &|object| object[name] = other.clone(), name, true);
            }
        }
    }
}

/// The objects in a value, each with its place.
fn objects(value: &Value, place: String) -> Vec<(String, &serde_json::Map<String, Value>)> {
    match value {
        Value::Object(fields) => {
            let inner = fields.iter().flat_map(|(name, field)| objects(field, format!("{place}/{name}")));
            let mut found: Vec<_> = inner.collect();
            found.push((place, fields));
            found
        }
        Value::Array(entries) => entries.iter().enumerate().flat_map(|(index, entry)| objects(entry, format!("{place}/{index}"))).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn refuse_amounts_in_another_form() {
    let with_total = |total: &str| {
        let mut quote = QUOTES[0].clone();
        quote["total"] = total.into();
        validate(&quote, COMPILED.quote).is_ok()
    };
    for total in ["0.00", "0.075", "1260.00", "4.80", "1234567890123456789012345678.123456789123"] {
        assert!(with_total(total), "{total}");
    }
    for total in ["", "0", "1.5", "1.500", "1.0", "01.00", "-1.00", "1,260.00", "1e3", "1.00 "] {
        assert!(!with_total(total), "{total}");
    }
}
