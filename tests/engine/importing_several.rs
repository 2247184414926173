//! Imported estimates of several services: as JSON and as links, with the totals then and today.

use std::sync::LazyLock;

use callmix::estimate::{JointEstimate, quote};
use callmix::import::{Imported, Prices, QuotedTotal, open, open_link};
use callmix::link::{BookStamp, write};
use callmix::notes::Notes;
use callmix::price_book::PriceBook;
use callmix::price_book::history::History;
use callmix::wording::{change_sentence, price_check_sentence};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::several_estimates::{BOOK, BOOK_JSON, joint_estimates};

/// An earlier book: animate's small packages and captions were dearer, and there was a service that is gone.
static EARLIER: LazyLock<PriceBook> = LazyLock::new(|| {
    let mut book = BOOK_JSON.clone();
    book["version"] = "2026-06-01".into();
    book["services"][0]["packages"][0]["price"] = "450".into();
    book["services"][3]["tiers"][0]["unit_price"] = "0.03".into();
    let mut gone = book["services"][3].clone();
    gone["id"] = "dubbing".into();
    gone["name"] = "Dubbing".into();
    book["services"].as_array_mut().expect("a list").push(gone);
    PriceBook::from_json(&book.to_string()).expect("a price book")
});

static HISTORY: LazyLock<History> = LazyLock::new(|| History::new(BOOK.clone(), vec![EARLIER.clone()]));

fn stamp(book: &PriceBook) -> String {
    format!("&book={},{}", book.version(), book.hash())
}

/// The totals then and today, whether the quoted total matches, the sentence and the changes.
#[track_caller]
fn check(link: &str, then: &str, today: &str, quoted_total: QuotedTotal, sentence: &str, changed: &[&str]) {
    let Imported { opened, price_check } = open_link(link, &HISTORY);
    let price_check = price_check.expect("calls");
    let Prices::Changed { then: before, changes, .. } = &price_check.prices else { panic!("changed") };
    let before = before.as_ref().as_ref().map(|quote| quote.total().to_string());
    let now = price_check.today.as_ref().map(|quote| quote.total().to_string());
    assert_eq!((before.as_deref(), now.as_deref(), price_check.quoted_total), (Ok(then), Ok(today), quoted_total), "{link}");
    assert_eq!(price_check_sentence(&opened, &price_check).as_deref(), Some(sentence), "{link}");
    assert_eq!(changes.iter().map(change_sentence).collect::<Vec<_>>(), changed, "{link}");
}

#[test]
fn compares_the_totals_of_all_services() {
    // 300 calls in three packages, and 1,000 by postpaid.
    let earlier = stamp(&EARLIER);
    check(
        &format!("v=1&calls=300&calls.2=1000&service.2=captions{earlier}&quoted=1380"),
        "1380.00",
        "1220.00",
        QuotedTotal::Matches,
        "This estimate was quoted at $1,380.00 with an older price list (1 June 2026). Today’s price is $1,220.00.",
        &["Animate: a 100-call package was 450.00 and is now 400.00.", "Captions: a postpaid call was 0.03 and is now 0.02."],
    );
    // What only the earlier book has counts for the earlier total.
    check(
        &format!("v=1&calls=300&calls.2=1000&service.2=dubbing{earlier}&quoted=1"),
        "1380.00",
        "1200.00",
        QuotedTotal::Differs,
        "This estimate was quoted at $1.00 with an older price list (1 June 2026), but that price list gives a different total. \
         Today’s price is $1,200.00.",
        &["Animate: a 100-call package was 450.00 and is now 400.00.", "Dubbing is no longer offered."],
    );
    let today = format!("v=1&calls=300&calls.2=1000&service.2=captions{}&quoted=1220", stamp(&BOOK));
    let price_check = open_link(&today, &HISTORY).price_check.expect("calls");
    assert_eq!((&price_check.prices, price_check.quoted_total), (&Prices::Unchanged, QuotedTotal::Matches));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn json_is_imported_completely(estimate in joint_estimates()) {
        let estimate = estimate.with_insights(false);
        let lines = estimate.to_scenarios(&BOOK);
        let Ok(quote) = quote(&estimate, &BOOK) else { return Ok(()) };
        let Imported { opened, price_check } = open(&estimate.to_json(), &HISTORY).expect("an estimate");
        prop_assert_eq!((opened.lines(), opened.has_usage), (lines.clone(), true));
        prop_assert_eq!(price_check.expect("calls").today.map(|again| again.total()), Ok(quote.total));
        let export = json!({"scenario": &estimate, "quote": &quote, "notes": {"title": "A"}});
        let Imported { opened, price_check } = open(&export.to_string(), &HISTORY).expect("an export");
        prop_assert_eq!((opened.lines(), &opened.book), (lines.clone(), &Some(BookStamp::of(&quote))));
        let price_check = price_check.expect("calls");
        prop_assert_eq!((&price_check.prices, price_check.quoted_total), (&Prices::Unchanged, QuotedTotal::Matches));
        // The link of what was imported is that of the estimate.
        let link = write(&lines, &BOOK, &opened.notes, None, opened.book.as_ref(), opened.quoted.as_ref());
        prop_assert_eq!(opened.link(&BOOK), link);
    }
}

#[test]
fn errors_have_their_place_in_the_export() {
    let errors = |document: &Value| {
        let errors = open(&document.to_string(), &HISTORY).expect_err("refused");
        errors.iter().map(|error| format!("{} {}", error.kind.code(), error.field)).collect::<Vec<_>>()
    };
    let line = json!({"service": "animate", "usage": {"yearly": 9}});
    let twice = json!({"services": [line, line]});
    assert_eq!(errors(&twice), ["duplicate services[1].service"]);
    assert_eq!(errors(&json!({"scenario": twice})), ["duplicate scenario.services[1].service"]);
    let slots = json!({"services": [line], "groups": {"generation": {"slots": 0}}});
    assert_eq!(errors(&json!({"scenario": slots})), ["out_of_range scenario.groups.generation.slots"]);
    // An answer alone has services and no scenario.
    let answer =
        quote(&JointEstimate::from_json(&json!({"services": [line]}).to_string(), &BOOK).expect("valid"), &BOOK).expect("an answer");
    assert_eq!(errors(&json!(answer)), ["missing scenario"]);
}

/// An estimate with its own price book has no link and is quoted by that book.
#[test]
fn keeps_an_own_price_book() {
    let lines = json!([{"usage": {"yearly": 300}}, {"service": "captions", "usage": {"yearly": 1000}}]);
    let document = json!({"services": lines, "price_book": &*EARLIER});
    let Imported { opened, price_check } = open(&document.to_string(), &HISTORY).expect("an estimate");
    assert!(opened.lines().iter().all(|line| line.price_book() == Some(&*EARLIER)));
    assert_eq!(price_check.expect("calls").today.map(|quote| quote.total().to_string()), Ok("1380.00".into()));
    assert!(write(&opened.lines(), &BOOK, &Notes::default(), None, None, None).is_err());
}
