//! Imported estimates: the quoted total, today's total, and what of the text is invalid.
//!
//! Uses an earlier price book, which was never published: so far there is one. Source: the contract, "Links" and "Scenario".

use std::sync::LazyLock;

use callmix::export::{Document, json};
use callmix::import::{Imported, Prices, QuotedTotal, open, open_link};
use callmix::link::BookStamp;
use callmix::notes::{NoteField, Notes};
use callmix::price_book::PriceBook;
use callmix::price_book::changes::{changes, changes_of};
use callmix::price_book::history::History;
use callmix::quote::quote;
use callmix::scenario::Scenario;
use callmix::usage::{Profile, Usage};
use callmix::wording::{change_sentence, price_check_sentence};
use proptest::prelude::*;

use super::estimates::scenarios;
use super::links::without_check;

static TODAY: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));
pub static EARLIER: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::from_json(include_str!("books/2026-06-01.json")).expect("valid"));
pub static HISTORY: LazyLock<History> = LazyLock::new(|| History::new(TODAY.clone(), vec![EARLIER.clone()]));

#[test]
fn history_has_every_published_book() {
    let history = History::built_in().expect("valid");
    let folder = format!("{}/site/prices", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the published books")
        .filter_map(|entry| entry.expect("a file").file_name().to_string_lossy().strip_suffix(".json").map(ToString::to_string))
        .collect();
    files.sort();
    assert_eq!(history.known_versions().collect::<Vec<_>>(), files, "each book's file is named by its version");
    let newest = history.newest();
    assert_eq!(newest, &*TODAY);
    assert_eq!(history.published(newest.version(), newest.hash()), Some(newest));
    assert_eq!(history.published(newest.version(), "00000000"), None);
    assert_eq!(history.published("2020-01-01", newest.hash()), None);
}

#[test]
fn lists_changed_prices() {
    let found: Vec<String> = changes(&EARLIER, &TODAY).iter().map(change_sentence).collect();
    let expected = [
        "Image Animate: a 100-call package was 450.00 and is now 420.00.",
        "Image Animate: a 500-call package is no longer available. It was 2,100.00.",
        "Image Animate: a 100,000-call package is new, at 350,000.00.",
        "Image Animate: the validity of packages in months was 18 and is now 12.",
        "Image Animate: a postpaid call was 5.00 and is now 4.80.",
        "Image Animate: what counts towards a price tier was all calls in the month and is now only calls charged to postpaid.",
        "Image Animate: a concurrent slot per month was 8,000.00 and is now 7,200.00.",
        "Image Animate: the maximum number of concurrent slots was 40 and is now 50.",
        "Face Fusion is no longer offered.",
    ];
    assert_eq!(found, expected);
    assert_eq!(changes(&TODAY, &EARLIER).len(), expected.len());
    assert_eq!(change_sentence(&changes_of("face-fusion", &TODAY, &EARLIER)[0]), "Face Fusion is new.");
    assert_eq!((changes(&TODAY, &TODAY), changes_of("none", &TODAY, &EARLIER)), (vec![], vec![]));
    let in_euros = serde_json::to_string(&*TODAY).expect("JSON").replace("\"USD\"", "\"EUR\"");
    let euros = PriceBook::from_json(&in_euros).expect("valid");
    assert_eq!(change_sentence(&changes(&TODAY, &euros)[0]), "Image Animate: prices were in USD and are now in EUR.");
}

/// What became of the prices, the totals then and today, whether the quoted total matches, and the sentence.
#[track_caller]
fn check(link: &str, kind: &str, then: Option<&str>, today: &str, quoted_total: QuotedTotal, sentence: Option<&str>) {
    let Imported { opened, price_check } = open_link(link, &HISTORY);
    let price_check = price_check.expect("calls");
    let (found, before) = match &price_check.prices {
        Prices::Unsaid => ("unsaid", None),
        Prices::Unchanged => ("unchanged", None),
        Prices::Changed { then, .. } => ("changed", then.as_ref().as_ref().ok().map(|quote| quote.total().to_string())),
        Prices::Unknown(_) => ("unknown", None),
    };
    let total = price_check.today.as_ref().map(|quote| quote.total().to_string());
    assert_eq!(
        (found, before.as_deref(), total.as_deref().ok(), price_check.quoted_total),
        (kind, then, Some(today), quoted_total),
        "{link}"
    );
    assert_eq!(price_check_sentence(&opened, &price_check).as_deref(), sentence, "{link}");
}

fn stamp(book: &PriceBook) -> String {
    format!("&book={},{}", book.version(), book.hash())
}

#[test]
fn compares_prices_then_and_today() {
    let (today, earlier) = (stamp(&TODAY), stamp(&EARLIER));
    check("v=1&calls=300", "unsaid", None, "1260.00", QuotedTotal::Unknown, None);
    let unsaid = "This estimate was quoted at 1,350.00, but it doesn’t say which prices were used. Today’s price is $1,260.00.";
    check("v=1&calls=300&quoted=1350", "unsaid", None, "1260.00", QuotedTotal::Unknown, Some(unsaid));
    check(&format!("v=1&calls=300{today}&quoted=1260.00"), "unchanged", None, "1260.00", QuotedTotal::Matches, None);
    let edited = "This estimate was quoted at $1.00, although prices haven’t changed since. Today’s price is $1,260.00.";
    check(&format!("v=1&calls=300{today}&quoted=1"), "unchanged", None, "1260.00", QuotedTotal::Differs, Some(edited));
    // 300 calls were three packages at 450.
    let then = "This estimate was quoted at $1,350.00 with an older price list (1 June 2026). Today’s price is $1,260.00.";
    check(&format!("v=1&calls=300{earlier}&quoted=1350"), "changed", Some("1350.00"), "1260.00", QuotedTotal::Matches, Some(then));
    let edited = "This estimate was quoted at $1,000.00 with an older price list (1 June 2026), but that price list gives a different total. \
                  Today’s price is $1,260.00.";
    check(&format!("v=1&calls=300{earlier}&quoted=1000"), "changed", Some("1350.00"), "1260.00", QuotedTotal::Differs, Some(edited));
    let silent = "This estimate was quoted with an older price list (1 June 2026). Today’s price is $1,260.00.";
    check(&format!("v=1&calls=300{earlier}"), "changed", Some("1350.00"), "1260.00", QuotedTotal::Unknown, Some(silent));
    let unknown = "This estimate was quoted at 1,300.00 with a price list that we don’t have (1 January 2031). Today’s price is $1,260.00.";
    check("v=1&calls=300&book=2031-01-01,0123abcd&quoted=1300", "unknown", None, "1260.00", QuotedTotal::Unknown, Some(unknown));
    // A known version with another hash is another book.
    let forged = "This estimate was quoted at 1,300.00 with a price list that we don’t have (1 June 2026). Today’s price is $1,260.00.";
    check("v=1&calls=300&book=2026-06-01,0123abcd&quoted=1300", "unknown", None, "1260.00", QuotedTotal::Unknown, Some(forged));
}

/// Values that only the earlier book accepts count for the earlier quote.
#[test]
fn quotes_by_the_rules_of_the_earlier_book() {
    let link = format!("v=1&calls=300&owned=50x18&service=image-animate{}", stamp(&EARLIER));
    let Imported { opened, price_check } = open_link(&link, &HISTORY);
    assert_eq!(opened.ignored.len(), 1, "18 months are longer than packages are valid today");
    let Prices::Changed { then, .. } = price_check.expect("calls").prices else { panic!("changed") };
    // Two packages of 450, and 50 owned calls; the last 50 by packages too, as two months of 25 at 5 cost 250.
    assert_eq!(then.as_ref().as_ref().map(|quote| quote.total().to_string()), Ok("1150.00".into()));
    let gone = format!("v=1&calls=1000&service=face-fusion{}", stamp(&EARLIER));
    let Imported { opened, price_check } = open_link(&gone, &HISTORY);
    let Prices::Changed { then, changes, .. } = price_check.expect("calls").prices else { panic!("changed") };
    assert_eq!(opened.ignored[0].key, "service");
    assert_eq!(then.as_ref().as_ref().map(|quote| quote.total().to_string()), Ok("75.00".into()));
    assert_eq!(changes.iter().map(change_sentence).collect::<Vec<_>>(), ["Face Fusion is no longer offered."]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn exports_are_imported_completely(scenario in scenarios()) {
        let Ok(quote) = quote(&scenario, &TODAY) else { return Ok(()) };
        let mut notes = Notes::default();
        notes.set(NoteField::Note, "one\n\"two\" \\ </script>").expect("allowed");
        let text = json(&Document { scenario: &scenario, quote: &quote, built_in: &TODAY, notes: &notes, date: None, link: None, caution: None });
        let Imported { opened, price_check } = open(&text, &HISTORY).expect("an export");
        prop_assert_eq!((opened.scenario.to_json(), &opened.notes), (scenario.to_json(), &notes));
        prop_assert_eq!(opened.book, Some(BookStamp::of(&quote)));
        let price_check = price_check.expect("calls");
        prop_assert_eq!((&price_check.prices, price_check.quoted_total), (&Prices::Unchanged, QuotedTotal::Matches));
        prop_assert_eq!(price_check.today.map(|again| again.total()), Ok(quote.total));
    }
}

/// The link of a pasted estimate, without its check; or its errors, as `code field; code field`.
#[track_caller]
fn check_paste(text: &str, expected: Result<&str, &str>) {
    let link = open(text, &HISTORY).map(|imported| without_check(&imported.opened.link(&TODAY).expect("a link"))).map_err(|errors| {
        let errors = errors.iter().map(|error| format!("{} {}", error.kind.code(), error.field).trim_end().to_string());
        errors.collect::<Vec<_>>().join("; ")
    });
    assert_eq!(link.as_deref().map_err(String::as_str), expected, "{text}");
}

#[test]
fn opens_pasted_links_scenarios_and_exports() {
    check_paste(r#"{"usage":{"yearly":300}}"#, Ok("v=1&calls=300"));
    check_paste("\u{feff}\n {\"usage\":{\"yearly\":300},\n\"free_calls\":5}\n", Ok("v=1&calls=300&free=5"));
    check_paste("https://a.example/callmix/?x=1#v=1&calls=300&free=5", Ok("v=1&calls=300&free=5"));
    check_paste(" <https://a.example/#v=1&calls=300>\n", Ok("v=1&calls=300"));
    check_paste("#v=1&calls=300", Ok("v=1&calls=300"));
    check_paste("calls=300", Ok("v=1&calls=300"));
    check_paste(r#"{"scenario":{"usage":{"yearly":300}},"notes":{"title":"A & B"}}"#, Ok("v=1&calls=300&title=A%20%26%20B"));
    check_paste(r#"{"scenario":{"usage":{"yearly":300}},"notes":null,"quote":null,"date":"2027-01-01","link":"x"}"#, Ok("v=1&calls=300"));
    for nothing in ["", " ", "hello", "https://a.example/", "https://a.example/#top", "calls: 300", "300", "\u{0}", "v=1"] {
        check_paste(nothing, Err("not_openable"));
    }
    check_paste("{", Err("not_json"));
    check_paste("[]", Err("wrong_type"));
    check_paste(r#"{"usage":{"yearly":-1},"colour":1}"#, Err("out_of_range usage.yearly; unknown_field colour"));
    // A quote alone lacks the scenario.
    let quote = callmix::json_lines::answer(r#"{"usage":{"yearly":300}}"#, &TODAY).expect("a quote");
    check_paste(&quote, Err("missing scenario"));
    let fields = r#""scenario":{"usage":{"monthly":[1,2]},"start":"x"},"notes":{"valid_until":"2027-02-29","who":"x"},"paid":true"#;
    let errors = "wrong_length scenario.usage.monthly; malformed_month scenario.start; malformed_date notes.valid_until; \
                  unknown_field notes.who; unknown_field paid";
    check_paste(&format!("{{{fields}}}"), Err(errors));
    let stamped = |quote: &str| format!(r#"{{"scenario":{{"usage":{{"yearly":300}}}},"quote":{quote}}}"#);
    check_paste(&stamped("1"), Err("wrong_type quote"));
    check_paste(&stamped("{}"), Err("missing quote.total; missing quote.price_book"));
    let quote = r#"{"total":"1 USD","price_book":{"version":"","hash":"x"}}"#;
    check_paste(&stamped(quote), Err("malformed_decimal quote.total; empty quote.price_book.version"));
    let quote = r#"{"total":"1","price_book":{"version":"v","hash":"x"}}"#;
    check_paste(&stamped(quote), Err("malformed_hash quote.price_book.hash"));
    let quote = r#"{"total":"1","price_book":{"version":"v","hash":"0123abcd","service":"s"},"more":[]}"#;
    check_paste(&stamped(quote), Ok("v=1&calls=300&book=v,0123abcd&quoted=1.00"));
}

/// An estimate with its own price book has no link and is quoted by that book.
#[test]
fn keeps_an_own_price_book() {
    let own = EARLIER.clone();
    let scenario =
        Scenario::builder(Usage::yearly(300, Profile::Even).expect("a year")).price_book(Some(own)).build(&TODAY).expect("valid");
    let quote = quote(&scenario, &TODAY).expect("a quote");
    let text = json(&Document {
        scenario: &scenario,
        quote: &quote,
        built_in: &TODAY,
        notes: &Notes::default(),
        date: None,
        link: None,
        caution: None,
    });
    let Imported { opened, price_check } = open(&text, &HISTORY).expect("an export");
    assert_eq!(opened.scenario, scenario);
    let price_check = price_check.expect("calls");
    assert_eq!((&price_check.prices, price_check.quoted_total), (&Prices::Unchanged, QuotedTotal::Matches));
    assert_eq!(price_check.today.map(|quote| quote.total().to_string()), Ok("1350.00".into()));
}
