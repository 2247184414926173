//! Exported documents about several services.
//!
//! The expected documents are in `exports/`, beside those about one service.

use std::sync::LazyLock;

use callmix::date::Date;
use callmix::estimate::{EstimateQuote, JointEstimate, PricedEstimate, quote};
use callmix::export::{
    Document, EstimateDocument, Part, Section, csv, estimate_csv, estimate_json, estimate_markdown, estimate_outline, markdown,
};
use callmix::money::Money;
use callmix::notes::{NoteField, Notes};
use callmix::price_book::PriceBook;
use callmix::quote::PurchaseRow;
use callmix::scenario::Scenario;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

use super::exported_estimates::{HOSTILE_NAMES, discounted, hostile, own_plan, three};
use super::exports::{HOSTILE_NOTES, check, check_harmless, check_markup, check_verbatim, money, sum};

/// The prices of the fictional provider.
static BOOK: LazyLock<PriceBook> = LazyLock::new(|| {
    let text = std::fs::read_to_string("tests/sites/example-video-cloud/prices/2027-01-01.json").expect("a price book");
    PriceBook::from_json(&text).expect("valid")
});

/// A quoted estimate with its notes.
struct Quoted {
    estimate: JointEstimate,
    quote: EstimateQuote,
    notes: Notes,
}

impl Quoted {
    #[track_caller]
    fn of(estimate: &Value, notes: [&str; 6]) -> Self {
        let estimate = JointEstimate::from_json(&estimate.to_string(), &BOOK).expect("an estimate");
        let quote = quote(&estimate, &BOOK).expect("a quote");
        let mut written = Notes::default();
        NoteField::ALL.into_iter().zip(notes).for_each(|(field, text)| written.set(field, text).expect("allowed"));
        Self { estimate, quote, notes: written }
    }

    fn document(&self) -> EstimateDocument<'_> {
        let Self { estimate, quote, notes } = self;
        let date = Date::parse("2026-12-24");
        EstimateDocument { estimate, quote, built_in: &BOOK, notes, date, link: Some("https://callmix.example/#v=1"), caution: None }
    }
}

#[test]
fn writes_the_expected_documents() {
    let plain = [""; 6];
    let notes = ["Müller & Söhne", "Example Cloud Partners", "", "Q-17/3", "First line.\nSecond line.", "2027-01-31"];
    for (name, estimate, notes) in [
        ("three-services", three(), notes),
        ("discounted-services", discounted(), plain),
        ("chosen-services", own_plan(), ["", "Example Cloud Partners", "", "", "", ""]),
        ("hostile-services", hostile(), HOSTILE_NOTES),
    ] {
        let quoted = Quoted::of(&estimate, notes);
        check(&format!("{name}.csv"), &estimate_csv(&quoted.document()));
        check(&format!("{name}.md"), &estimate_markdown(&quoted.document()));
        check(&format!("{name}.json"), &estimate_json(&quoted.document()));
    }
}

#[test]
fn keeps_hostile_text_as_text() {
    let quoted = Quoted::of(&hostile(), HOSTILE_NOTES);
    check_sums(&quoted.document());
    check_tables(&quoted.document());
    check_verbatim(&estimate_markdown(&quoted.document()), &[&HOSTILE_NAMES[..], &["=1|2 <b>"]].concat());
    check_harmless(&estimate_csv(&quoted.document()));
}

#[test]
fn exports_the_quote_of_the_contract_with_its_estimate() {
    for estimate in [three(), discounted(), own_plan(), hostile()] {
        let quoted = Quoted::of(&estimate, ["A", "", "", "", "", ""]);
        let read: Value = serde_json::from_str(&estimate_json(&quoted.document())).expect("JSON");
        assert_eq!(read["quote"], serde_json::to_value(&quoted.quote).expect("JSON"));
        let again = JointEstimate::from_json(&read["scenario"].to_string(), &BOOK).expect("an estimate");
        assert_eq!(quote(&again, &BOOK).expect("a quote"), quoted.quote);
        assert_eq!((&read["notes"]["customer"], &read["date"]), (&"A".into(), &"2026-12-24".into()));
        assert_eq!(read["terms"]["services"].as_array().map(Vec::len), Some(quoted.quote.services.len()));
    }
}

/// Services that share slots may count different things, and have prices for different numbers of them.
#[test]
fn speaks_of_calls_where_services_count_different_things() {
    let check = |units: [&str; 2], price_per: [u64; 2], heads: &[&str], switch: &str| {
        let service = |index: usize| {
            json!({"id": format!("s{index}"), "name": format!("S{index}"), "group": "g", "packages": [], "package_validity_months": 12,
                "unit": {"one": units[index], "many": format!("{}s", units[index])}, "price_per": price_per[index],
                "tiers": [{"from": 0, "unit_price": "5"}], "concurrent": {"price_per_slot_month": "9", "max_slots": 5}})
        };
        let book = json!({"version": "v", "currency": "USD", "services": [service(0), service(1)]});
        let usage = json!({"monthly": [9000, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]});
        let estimate = json!({"services": [{"service": "s0", "usage": usage}, {"service": "s1", "usage": usage}],
            "groups": {"g": {"slots": [1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}}, "price_book": book});
        let quoted = Quoted::of(&estimate, [""; 6]);
        let text = estimate_csv(&quoted.document());
        let header = csv::Reader::from_reader(text.as_bytes()).headers().expect("a header").clone();
        for head in heads {
            assert!(header.iter().any(|name| name == *head), "{head} in {text}");
        }
        assert_eq!(header.iter().any(|name| name == "Unit"), units[0] != units[1]);
        let text = estimate_markdown(&quoted.document());
        assert!(text.contains(&format!("S0 and S1: Switch back to billing per {switch}**")), "{text}");
    };
    check(["image", "image"], [1, 1], &["Images", "Postpaid price"], "image");
    check(["image", "image"], [1000, 1000], &["Images", "Postpaid price per 1,000 images"], "image");
    check(["image", "image"], [1000, 1], &["Images", "Postpaid price"], "image");
    check(["image", "page"], [1000, 1000], &["Calls", "Postpaid price"], "call");
}

/// A service that shares slots with no other has them in its own months, as a document about it alone would.
#[test]
fn has_rows_for_slots_only_where_they_are_shared() {
    let names = |estimate: Value| -> Vec<String> {
        let text = estimate_csv(&Quoted::of(&estimate, [""; 6]).document());
        let rows = csv::Reader::from_reader(text.as_bytes()).into_records();
        let mut names: Vec<String> = rows.map(|row| row.expect("a row")[2].to_string()).collect();
        names.dedup();
        names
    };
    assert_eq!(names(three()), ["Video Upscale", "Video Subtitles", "Picture Cutout", "Video Upscale and Video Subtitles"]);
    let mut alone = three();
    alone["services"].as_array_mut().expect("a list").remove(1);
    assert_eq!(names(alone), ["Video Upscale", "Picture Cutout"]);
}

/// An estimate of one service is written as a document about that service.
#[test]
fn one_service_has_the_rows_of_a_document_about_it() {
    let check = |fields: Value, of_line: Value, rule: Value, concurrency: Value| {
        let merged = |parts: &[&Value]| -> Value {
            let fields = parts.iter().flat_map(|part| part.as_object().expect("fields").clone());
            fields.collect::<serde_json::Map<String, Value>>().into()
        };
        let estimate = merged(&[&json!({"services": [of_line], "groups": rule}), &fields]);
        let quoted = Quoted::of(&estimate, [""; 6]);
        let mut of_line = of_line;
        of_line.as_object_mut().expect("fields").remove("seconds_per_call");
        let scenario = merged(&[&of_line, &json!({"concurrency": concurrency}), &fields]);
        let scenario = Scenario::from_json(&scenario.to_string(), &BOOK).expect("a scenario");
        let single = callmix::quote::quote(&scenario, &BOOK).expect("a quote");
        let EstimateDocument { notes, date, link, .. } = quoted.document();
        let document = Document { scenario: &scenario, quote: &single, built_in: &BOOK, notes, date, link, caution: None };
        assert_eq!(estimate_csv(&quoted.document()), csv(&document));
        let [of_estimate, of_scenario] = [estimate_markdown(&quoted.document()), markdown(&document)]
            .map(|text| text.split_once("\n## What this").expect("a section").0.to_string());
        assert_eq!(of_estimate, of_scenario);
    };
    let queued = json!({"busy_hours_per_month": "720", "target_utilisation": "0.8"});
    let mut single_queued = queued.clone();
    single_queued["seconds_per_call"] = "60".into();
    check(
        json!({"start": "2027-02"}),
        json!({"service": "video-upscale", "usage": {"monthly": [9, 900, 40_000, 40_000, 0, 90, 0, 0, 0, 0, 0, 12]}, "seconds_per_call": "60"}),
        json!({"video": {"queued": queued}}),
        json!({"queued": single_queued}),
    );
    check(
        json!({"postpaid": false}),
        json!({"service": "picture-cutout", "usage": {"yearly": 40_000}, "plan": {"purchases": [{"month": 2, "calls": 10_000, "count": 2}]}}),
        json!({}),
        Value::Null,
    );
}

/// In each of six months sharing saves one slot for 3,000.
#[test]
fn says_what_sharing_slots_saves() {
    let sentences = |estimate: &Value| -> Vec<Part> {
        let outline = estimate_outline(&Quoted::of(estimate, [""; 6]).document());
        let sections = outline.sections.into_iter().filter(|section| section.heading == "What sharing slots saves");
        sections.flat_map(|section| section.parts).collect()
    };
    let saved = "Video Upscale and Video Subtitles need 3 slots together, and 4 separately. Shared, they cost €18,000.00 less per year.";
    assert_eq!(sentences(&three()), [Part::Sentence(saved.into())]);
    let mut discounted = three();
    for line in 0..3 {
        discounted["services"][line]["discount"] = json!({"concurrent": "10"});
    }
    assert_eq!(sentences(&discounted), [Part::Sentence(saved.replace("18,000", "16,200"))]);
    let mut given = three();
    given["groups"]["video"] = json!({"slots": 3});
    assert_eq!(sentences(&given), []);
    let mut grows = three();
    grows["services"][0]["usage"]["monthly"][11] = 69_000.into();
    let varying = "Video Upscale and Video Subtitles need up to 4 slots together, and up to 4 separately. Shared, they cost €15,000.00 less per year.";
    assert_eq!(sentences(&grows), [Part::Sentence(varying.into())]);
}

/// Asserts that every column of money sums to what its name says.
#[track_caller]
fn check_sums(document: &EstimateDocument<'_>) {
    let quote = document.quote;
    let text = estimate_csv(document);
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').expect("a byte order mark").as_bytes());
    let header = reader.headers().expect("a header").clone();
    // The reader rejects rows whose length differs from the header's.
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() >= 12 * quote.services.len());
    // Names of columns about calls name what the services count.
    let column = |name: &str| header.iter().find(|head| head.starts_with(name)).map_or(Money::ZERO, |head| sum(&rows, &header, head));
    let added = |amounts: &mut dyn Iterator<Item = Money>| amounts.fold(Money::ZERO, |sum, amount| sum.plus(amount).expect("small"));
    let bought = |purchases: &[PurchaseRow]| added(&mut purchases.iter().map(|row| row.amount));
    let (total, groups, bought) = match &quote.own_plan {
        Some(PricedEstimate { total, groups, services, .. }) => {
            (*total, added(&mut groups.iter().map(|group| group.total)), added(&mut services.iter().map(|line| bought(&line.purchases))))
        }
        None => (
            quote.total,
            added(&mut quote.groups.iter().map(|group| group.total)),
            added(&mut quote.services.iter().map(|line| bought(&line.purchases))),
        ),
    };
    assert_eq!(sum(&rows, &header, "Total"), total, "{text}");
    assert_eq!(column("Slot cost"), groups, "{text}");
    assert_eq!(column("Package cost"), bought, "{text}");
    let parts = ["Package cost", "Postpaid cost", "Slot cost", "Add-on cost"];
    assert_eq!(added(&mut parts.into_iter().map(column)), total, "{text}");
    match &quote.own_plan {
        Some(own) => {
            assert_eq!(column("Total of the cheapest plan"), quote.total, "{text}");
            assert_eq!(column("Failing"), money(&own.failing_calls.to_string()), "{text}");
        }
        None => assert!(!header.iter().any(|name| name.starts_with("Failing") || name.ends_with("plan"))),
    }
}

/// Asserts that Markdown has all tables of the outline, and that the costs of each table sum to its last row.
#[track_caller]
fn check_tables(document: &EstimateDocument<'_>) {
    let outline = estimate_outline(document);
    let text = estimate_markdown(document);
    let tables = || outline.sections.iter().chain([&outline.options]).flat_map(|section| &section.parts);
    let tables = tables().filter(|part| matches!(part, Part::Table { .. })).count();
    let parsed = Parser::new_ext(&text, Options::ENABLE_TABLES).filter(|event| matches!(event, Event::Start(Tag::Table(_)))).count();
    assert_eq!(parsed, tables, "{text}");
    check_markup(&text, document.link, [3..=3, 6..=9]);
    let mut summed = 0;
    for Section { heading, parts } in &outline.sections {
        for part in parts {
            let Part::Table { columns, rows, total } = part else { continue };
            assert!(rows.iter().all(|row| row.len() == columns.len()), "{heading}: {text}");
            let Some(total) = total else { continue };
            let last = |row: &[callmix::export::Cell]| amount(&row.last().expect("a cell").text);
            let cost = rows.iter().map(|row| last(row)).fold(Money::ZERO, |sum, cost| sum.plus(cost).expect("small"));
            assert_eq!(cost, last(total), "{heading}: {text}");
            if heading.starts_with("Cost") || heading.starts_with("Month") {
                assert_eq!(cost, amount(&outline.sums.last().expect("a total").text), "{heading}");
                summed += 1;
            }
        }
    }
    assert_eq!(summed, if document.quote.services.len() > 1 { 2 } else { 1 });
}

fn amount(text: &str) -> Money {
    money(&text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>())
}

/// Estimates with the fictional provider's prices. Some have no plan.
fn estimates() -> impl Strategy<Value = Value> {
    const SERVICES: [&str; 4] = ["video-upscale", "video-subtitles", "picture-cutout", "picture-colour"];
    const SIZES: [&[u64]; 4] = [&[100, 1000, 10_000], &[1000], &[10_000], &[]];
    let calls = prop_oneof![2 => Just(0), 3 => 0..3_000_u64, 1 => 0..200_000_u64];
    let purchases = prop::collection::btree_map((1..13_u32, 0..3_usize), 1..9_u64, 0..4);
    let line = (prop::array::uniform12(calls), 0..2_000_u64, purchases, any::<bool>());
    let rule = prop_oneof![
        Just(None),
        (1..9_u64).prop_map(|slots| Some(json!({"slots": slots}))),
        (1..700_u64).prop_map(|hours| Some(json!({"queued": {"busy_hours_per_month": hours.to_string(), "target_utilisation": "0.7"}}))),
    ];
    let group = (rule, prop::collection::btree_set(1..13_u32, 0..4));
    let lines = prop::sample::subsequence((0..4_usize).collect::<Vec<_>>(), 1..5).prop_shuffle();
    let more = (prop::bool::weighted(0.7), prop::bool::weighted(0.4), prop::bool::weighted(0.4), any::<bool>());
    (lines, prop::array::uniform4(line), prop::array::uniform2(group), more).prop_map(
        |(services, lines, groups, (postpaid, has_plan, is_discounted, has_start))| {
            let line = |&service: &usize| {
                let (usage, free, purchases, is_packaged) = &lines[service];
                let mut line = json!({"service": SERVICES[service], "usage": {"monthly": usage}, "free_calls": free,
                    "seconds_per_call": (service * 7 + 1).to_string()});
                if is_discounted {
                    line["discount"] = json!({"packages": if *is_packaged { "12.5" } else { "0" }, "postpaid": "5", "concurrent": "3"});
                }
                if has_plan {
                    let sized = |(&(month, size), &count): (&(u32, usize), &u64)| {
                        let calls = SIZES[service].get(size)?;
                        Some(json!({"month": month, "calls": calls, "count": count}))
                    };
                    line["plan"] = json!({"purchases": purchases.iter().filter_map(sized).collect::<Vec<_>>()});
                }
                line
            };
            let mut estimate = json!({"services": services.iter().map(line).collect::<Vec<_>>(), "postpaid": postpaid, "groups": {}});
            for (name, (rule, months)) in ["video", "picture"].into_iter().zip(groups) {
                if let Some(mut rule) = rule {
                    if has_plan {
                        rule["concurrent_months"] = json!(months);
                    }
                    estimate["groups"][name] = rule;
                }
            }
            if has_start {
                estimate["start"] = "2027-11".into();
            }
            estimate
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_estimate_sums_up_and_contains_no_markup(asked in estimates(), texts in prop::array::uniform5("[ -~\n]{0,40}")) {
        let estimate = JointEstimate::from_json(&asked.to_string(), &BOOK).expect("an estimate");
        let Ok(quote) = quote(&estimate, &BOOK) else { return Ok(()) };
        let mut notes = Notes::default();
        for (field, text) in NoteField::ALL.into_iter().zip(&texts) {
            let _ = notes.set(field, text);
        }
        let document =
            EstimateDocument { estimate: &estimate, quote: &quote, built_in: &BOOK, notes: &notes, date: None, link: None, caution: None };
        check_sums(&document);
        check_tables(&document);
    }
}
