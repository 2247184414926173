//! Exported documents: CSV, Markdown and JSON.
//!
//! The expected documents are in `exports/`; `UPDATE_GOLDEN=1` rewrites them. Independent parsers read CSV and Markdown back.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use callmix::date::Date;
use callmix::export::{Caution, Document, csv, json, markdown};
use callmix::import::open_link;
use callmix::link::{Amount, BookStamp, write};
use callmix::money::{Decimal, Money};
use callmix::notes::{NoteField, Notes};
use callmix::price_book::PriceBook;
use callmix::quote::{Quote, quote};
use callmix::scenario::Scenario;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use super::estimates::scenarios;
use super::importing::{EARLIER, HISTORY};

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));

/// A quoted scenario with its notes and link.
struct Estimate {
    scenario: Scenario,
    quote: Quote,
    notes: Notes,
    link: Option<String>,
}

impl Estimate {
    #[track_caller]
    fn of(scenario: &str, notes: [&str; 6]) -> Self {
        let scenario = Scenario::from_json(scenario, &BOOK).expect("a scenario");
        let quote = quote(&scenario, &BOOK).expect("a quote");
        let mut written = Notes::default();
        NoteField::ALL.into_iter().zip(notes).for_each(|(field, text)| written.set(field, text).expect("allowed"));
        let (stamp, quoted) = (BookStamp::of(&quote), Amount::from(quote.total));
        let link = write(std::slice::from_ref(&scenario), &BOOK, &written, None, Some(&stamp), Some(&quoted)).ok();
        let link = link.map(|link| format!("https://callmix.example/#{link}"));
        Self { scenario, quote, notes: written, link }
    }

    fn document(&self) -> Document<'_> {
        let Self { scenario, quote, notes, link } = self;
        Document { scenario, quote, built_in: &BOOK, notes, date: Date::parse("2026-12-24"), link: link.as_deref(), caution: None }
    }
}

#[track_caller]
pub fn check(name: &str, written: &str) {
    let path = format!("{}/tests/engine/exports/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|update| update == "1") {
        std::fs::write(&path, written).expect("a writable file");
    }
    assert_eq!(written, std::fs::read_to_string(&path).expect("a document; UPDATE_GOLDEN=1 writes it"), "{name}");
}

/// The sources of the test's price books.
const PRICE_PAGES: [&str; 3] =
    ["https://www.tencentcloud.com/document/product/1248/66165", "https://a.example/*x*", "https://video-cloud.example/prices"];
const EVERYTHING: &str = r#"{"usage":{"monthly":[1000,0,1000,1000,1000,1000,1000,1000,1000,1000,40000,40000]},"start":"2027-02",
    "free_calls":500,"owned_packages":[{"calls":800,"months_left":2},{"calls":350,"months_left":12}],"tier_basis":"all",
    "discount":{"packages":"10","concurrent":"5"},"service":"image-animate","concurrency":
    {"queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}}}"#;
/// A plan that the sender chose, which leaves calls unpaid, at discounted prices.
const CHOSEN: &str = r#"{"usage":{"monthly":[50,50,50,50,50,50,50,50,50,50,50,60]},"start":"2027-01","postpaid":false,
    "discount":{"packages":"12.5"},"plan":{"purchases":[{"month":1,"calls":100,"count":3},{"month":7,"calls":100,"count":3}]}}"#;
/// A service that counts pictures, whose prices are for a thousand.
const PICTURES: &str = r#"{"usage":{"monthly":[2500,0,0,0,0,0,0,0,0,0,0,1200]},"start":"2027-03","free_calls":100,"concurrency":{"slots":3},
    "price_book":{"version":"2027-01-01","currency":"EUR","source":"https://a.example/*x*","services":[{"id":"p","name":"Pictures",
    "unit":{"one":"picture","many":"pictures"},"packages":[{"calls":1000,"price":"3.25"}],"package_validity_months":24,
    "tiers":[{"from":0,"unit_price":"5"},{"from":100,"unit_price":"2.5"}],"price_per":1000,"tier_mode":"graduated",
    "free_calls_per_month":10,"concurrent":null,"included_slots":2,"add_on_slots":{"price_per_slot_month":"0.5","max_slots":9}}]}}"#;
const HOSTILE: &str = r#"{"usage":{"yearly":300},"price_book":{"version":"=1|2 <b>","currency":"@US,D","source":"https://a.example/*x*",
    "services":[{"id":"s","name":"=HYPERLINK(\"http://a.example\")|*S*","packages":[{"calls":100,"price":"420"}],
    "package_validity_months":12,"tiers":[{"from":0,"unit_price":"4.8"}],"concurrent":null}]}}"#;
pub const HOSTILE_NOTES: [&str; 6] = [
    "<script>alert(1)</script>",
    "=1+1 | <i>x</i> _y_",
    "# ![x](javascript:alert(1)) | `b` &lt;",
    "[a](http://a.example) www.a.example",
    "- item\n\n---\n1. one\n    code\n===\n| a | b |\n> quote **bold** <!-- x\n```",
    "2028-02-29",
];

#[test]
fn writes_the_expected_documents() {
    for (name, scenario, notes) in [
        ("plain", r#"{"usage":{"yearly":300}}"#, [""; 6]),
        (
            "everything",
            EVERYTHING,
            [
                "Müller & Söhne",
                "Example Cloud Partners",
                "Launch, spring",
                "Q-17/3",
                "First line.\nSecond line.\n\nAfter a gap.",
                "2027-01-31",
            ],
        ),
        ("chosen", CHOSEN, ["", "Example Cloud Partners", "", "", "", ""]),
        ("pictures", PICTURES, [""; 6]),
        ("hostile", HOSTILE, HOSTILE_NOTES),
    ] {
        let estimate = Estimate::of(scenario, notes);
        let document = estimate.document();
        check(&format!("{name}.csv"), &csv(&document));
        check(&format!("{name}.md"), &markdown(&document));
        check(&format!("{name}.json"), &json(&document));
    }
}

pub fn money(text: &str) -> Money {
    // The sums of these tests are small.
    Decimal::parse(text).expect("an amount").times(1).expect("small")
}

/// The sum of a column, without its empty cells.
pub fn sum(rows: &[csv::StringRecord], header: &csv::StringRecord, name: &str) -> Money {
    let column = header.iter().position(|cell| cell == name).expect("a column");
    let cells = rows.iter().map(|row| &row[column]).filter(|cell| !cell.is_empty());
    cells.fold(Money::ZERO, |sum, cell| sum.plus(money(cell)).expect("small"))
}

#[track_caller]
fn check_sums(text: &str, quote: &Quote) {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    // The reader rejects rows whose length differs from the header's.
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 12);
    assert_eq!(sum(&rows, &header, "Total"), quote.total);
    let packages = quote.purchases.iter().fold(Money::ZERO, |sum, row| sum.plus(row.amount).expect("small"));
    assert_eq!(sum(&rows, &header, "Package cost"), packages);
    let parts = ["Package cost", "Postpaid cost", "Slot cost"].map(|name| sum(&rows, &header, name));
    assert_eq!(parts.into_iter().try_fold(Money::ZERO, Money::plus), Ok(quote.total), "the parts sum to the total");
    match &quote.list_price {
        Some(list_price) => assert_eq!(sum(&rows, &header, "Total at list prices"), list_price.total),
        None => assert!(!header.iter().any(|name| name == "Total at list prices")),
    }
}

/// Asserts that typed text added no markup: no HTML, code, images or emphasis, and no links but the document's own.
#[track_caller]
pub fn check_markup(text: &str, own_link: Option<&str>, lists_and_headings: [RangeInclusive<usize>; 2]) {
    let [allowed_lists, allowed_headings] = lists_and_headings;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_MATH;
    let (mut headings, mut lists, mut rules) = (0, 0, 0);
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(Some(dest_url.as_ref()) == own_link || PRICE_PAGES.contains(&dest_url.as_ref()), "{dest_url}")
            }
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::List(_)) => lists += 1,
            Event::Rule => rules += 1,
            Event::Start(
                Tag::Emphasis | Tag::Strikethrough | Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock | Tag::FootnoteDefinition(_),
            )
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => panic!("{event:?} in\n{text}"),
            _ => {}
        }
    }
    assert!(rules == 0 && allowed_lists.contains(&lists) && allowed_headings.contains(&headings), "{rules} {lists} {headings} in\n{text}");
}

#[test]
fn keeps_hostile_text_as_text() {
    let estimate = Estimate::of(HOSTILE, HOSTILE_NOTES);
    let document = estimate.document();
    check_sums(&csv(&document), &estimate.quote);
    check_markup(&markdown(&document), None, [2..=3, 6..=7]);
    check_verbatim(&markdown(&document), &["=1|2 <b>", "=HYPERLINK(\"http://a.example\")|*S*"]);
    check_harmless(&csv(&document));
}

/// Asserts that hostile notes and names are shown as they were typed.
#[track_caller]
pub fn check_verbatim(markdown: &str, names: &[&str]) {
    let text = |event| match event {
        Event::Text(text) => text.into_string(),
        _ => String::new(),
    };
    let shown: String = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(text).collect();
    for text in HOSTILE_NOTES[..4].iter().chain(names) {
        assert!(shown.contains(text), "{text} is not shown verbatim in {shown}");
    }
}

/// Asserts that no spreadsheet evaluates a cell.
#[track_caller]
pub fn check_harmless(text: &str) {
    for row in csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records() {
        for cell in &row.expect("a row") {
            assert!(!cell.trim_start_matches('\u{feff}').starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        }
    }
}

/// Nobody types a long address, and nobody reads one.
#[test]
fn shows_a_long_link_as_words() {
    let lines = |note: &str| {
        let estimate = Estimate::of(r#"{"usage":{"yearly":300}}"#, ["", "", "", "", note, ""]);
        let link = estimate.link.clone().expect("a link");
        (markdown(&estimate.document()).lines().last().map(String::from).expect("a line"), link)
    };
    let (short, link) = lines("x");
    assert_eq!(short, format!("- Link: <{link}>"));
    let (at_most, link) = lines(&"x".repeat(1 + 300 - link.len()));
    assert_eq!((at_most, link.len()), (format!("- Link: <{link}>"), 300));
    let (long, link) = lines(&"x".repeat(300));
    assert_eq!(long, format!("- Link: [Open this estimate online](<{link}>)"));
}

/// A reader of the document must not take today's total for the quoted one.
#[test]
fn compares_the_quoted_total_with_todays_below_the_title() {
    let estimate = Estimate::of(r#"{"usage":{"yearly":300}}"#, [""; 6]);
    let older = "v=1&calls=300&book=2026-06-01,HASH&quoted=1350.00".replace("HASH", EARLIER.hash());
    let imported = open_link(&older, &HISTORY);
    let note = "This estimate was quoted at $1,350.00 with an older price list (1 June 2026). Today’s price is $1,260.00.";
    let written = markdown(&Document { caution: Some(Caution::Imported(&imported)), ..estimate.document() });
    let rest = written.strip_prefix("# Estimate for Image Animate\n\n**Total per year, before tax: \\$1,260.00**\n\n");
    assert!(rest.is_some_and(|rest| rest.starts_with(&format!("{}\n\n- Date: 24 December 2026\n", note.replace('$', "\\$")))), "{written}");
}

#[test]
fn exports_the_quote_of_the_contract_with_its_scenario() {
    let estimate = Estimate::of(EVERYTHING, ["A", "", "", "", "", ""]);
    let read: Value = serde_json::from_str(&json(&estimate.document())).expect("JSON");
    assert_eq!(read["quote"], serde_json::to_value(&estimate.quote).expect("JSON"));
    assert_eq!(read["scenario"], serde_json::from_str::<Value>(&estimate.scenario.to_json()).expect("JSON"));
    assert_eq!((&read["notes"]["customer"], &read["date"]), (&"A".into(), &"2026-12-24".into()));
    assert_eq!(read["link"].as_str(), estimate.link.as_deref());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_estimate_sums_up_and_contains_no_markup(scenario in scenarios(), texts in prop::array::uniform5("[ -~\n]{0,40}")) {
        let Ok(quote) = quote(&scenario, &BOOK) else { return Ok(()) };
        let mut notes = Notes::default();
        for (field, text) in NoteField::ALL.into_iter().zip(&texts) {
            let _ = notes.set(field, text);
        }
        let document = Document { scenario: &scenario, quote: &quote, built_in: &BOOK, notes: &notes, date: None, link: None, caution: None };
        if quote.total < money("1000000000") {
            check_sums(&csv(&document), &quote);
        }
        check_markup(&markdown(&document), None, [2..=3, 6..=7]);
    }
}
