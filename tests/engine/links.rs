//! Links: each one opens as the estimate it was written from, and names the parts that it ignores.
//!
//! Round trips over random estimates, published links of version 1, and nonsense of every kind. Damaged links are
//! tested in [`travelled_links`](super::travelled_links). Source: the contract, "Links".

use std::sync::LazyLock;

use callmix::link::{Ignored, NoLink, Opened, Why, read, write};
use callmix::notes::{NoteField, Notes};
use callmix::price_book::PriceBook;
use callmix::scenario::Scenario;
use callmix::wording::ignored_sentence;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use super::estimates::estimates;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));

const KEYS: [&str; 24] = [
    "v", "check", "calls", "m", "profile", "start", "free", "owned", "postpaid", "tier", "slots", "queued", "live", "discount", "service",
    "customer", "by", "title", "ref", "note", "until", "budget", "book", "quoted",
];

/// The link without its check, whose place and form it checks.
#[track_caller]
pub fn without_check(link: &str) -> String {
    let (digits, behind) = link.strip_prefix("v=1&check=").and_then(|link| link.split_once('&')).expect(link);
    assert!(digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)), "{link}");
    format!("v=1&{behind}")
}

/// A link that is written like this again, except for the check that it may lack.
#[track_caller]
fn canonical(link: &str) -> Opened {
    let opened = read(link, &BOOK);
    let written = opened.link(&BOOK).expect("a link");
    let written = if link.contains("&check=") { written } else { without_check(&written) };
    assert_eq!((&opened.ignored, written.as_str()), (&Vec::new(), link));
    opened
}

proptest! {
    #![proptest_config(ProptestConfig {
        // More on request: PROPTEST_CASES=100000.
        cases: ProptestConfig::default().cases.max(10_000),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/engine/links.seeds"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn reads_what_it_writes_and_writes_it_again(estimate in estimates()) {
        let link = estimate.link(&BOOK).expect("a link");
        prop_assert_eq!(&read(&link, &BOOK), &estimate, "{}", link);
        prop_assert_eq!(canonical(&link), estimate);
        // No characters that chat programs, Markdown or HTML could interpret.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.,%=&".contains(&byte);
        prop_assert!(link.bytes().all(plain) && link.ends_with(|last: char| last.is_ascii_alphanumeric()), "{}", link);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_keeps_the_scenario(estimate in estimates()) {
        let json = estimate.scenario.to_json();
        let read = Scenario::from_json(&json, &BOOK).expect(&json);
        // JSON has the months of a named profile instead of its name.
        prop_assert_eq!(read.usage().months(), estimate.scenario.usage().months());
        prop_assert_eq!(read.to_json(), json);
        prop_assert_eq!(read.to_builder().usage(*estimate.scenario.usage()).build(&BOOK).expect("valid"), estimate.scenario);
    }

    #[test]
    fn opens_any_text(text in prop_oneof!["\\PC{0,80}", "([a-z]{0,6}=[0-9a-z,.%]{0,9}&){0,6}", any::<String>()]) {
        let opened = read(&text, &BOOK);
        prop_assert!(opened.ignored.len() <= 20);
        canonical(&opened.link(&BOOK).expect("a link"));
    }
}

/// Each link with its scenario in JSON, and its notes if it has any.
#[test]
fn published_links_of_version_1_keep_their_meaning() {
    let lines: Vec<&str> = include_str!("links/v1.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let starts = lines.iter().enumerate().filter(|(_, line)| !line.starts_with(' ')).map(|(place, _)| place);
    for (place, meant) in starts.map(|place| (place, lines[place + 1..].iter().take_while(|line| line.starts_with(' ')))) {
        let opened = canonical(lines[place]);
        let notes = if opened.notes.is_empty() { None } else { serde_json::to_string(&opened.notes).ok() };
        let found = [Some(opened.scenario.to_json()), notes];
        let meant: Vec<String> = meant.map(|line| line.trim_start().to_string()).collect();
        assert_eq!(found.into_iter().flatten().collect::<Vec<_>>(), meant, "{}", lines[place]);
    }
    let seen = |key: &str| lines.iter().any(|line| line.contains(&format!("{key}=")));
    assert_eq!(KEYS.iter().filter(|key| !seen(key)).count(), 0, "every key is in the file");
}

pub fn code(why: &Why) -> String {
    match why {
        Why::Refused(kind) => kind.code().into(),
        Why::Superseded { by } => format!("by:{by}"),
        Why::Form { .. } => "form".into(),
        Why::TooLong { .. } => "too_long".into(),
        Why::Without { needed } => format!("needs:{needed}"),
        Why::OfWhole { key } => format!("whole:{key}"),
        Why::LeftOut { with } => format!("with:{with}"),
        other => format!("{other:?}"),
    }
}

/// The ignored parts of a link of 300 calls, as `key why; key why`, and the link of the rest.
#[track_caller]
fn check(further: &str, expected: &str, used: &str) {
    check_all(&format!("v=1&calls=300{further}"), expected, &format!("v=1&calls=300{used}"));
}

#[track_caller]
fn check_all(link: &str, expected: &str, used: &str) {
    let opened = read(link, &BOOK);
    let ignored: Vec<String> = opened.ignored.iter().map(|Ignored { key, why }| format!("{key} {}", code(why))).collect();
    let written = without_check(&opened.link(&BOOK).expect("a link"));
    assert_eq!((ignored.join("; ").as_str(), written.as_str()), (expected, used), "{link}");
    for ignored in &opened.ignored {
        let sentence = ignored_sentence(ignored);
        assert!(sentence.ends_with('.') && !sentence.contains(['\n', '"']), "{sentence}");
    }
}

#[test]
fn names_ignored_parts_and_uses_the_rest() {
    check("", "", "");
    check("&colour=1&free=5", "colour UnknownKey", "&free=5");
    check("&free=5&free=6", "free Doubled", "&free=5");
    check("&free", "free NoValue", "");
    check("&free=x&postpaid=off", "free not_a_whole_number", "&postpaid=off");
    check("&free=5x", "free NotPlain { meant: 5 }", "");
    check("&free=1.2M", "free NotPlain { meant: 1200000 }", "");
    check("&free=1000000000001", "free out_of_range", "");
    check("&profile=declining", "profile unknown_value", "");
    check("&profile=peaks,40", "profile form", "");
    check("&profile=peaks,101,12", "profile out_of_range", "");
    check("&profile=peaks,40,13", "profile out_of_range", "");
    check("&profile=peaks,40,1,2,3,4,5,6,7,8,9,10,11,12", "profile form", "");
    check("&profile=peaks, 40%25,12,11", "", "&profile=peaks,40,11,12");
    check("&start=2027-13", "start malformed_month", "");
    check("&owned=350", "owned form", "");
    check("&owned=350x13", "owned out_of_range", "");
    check("&owned=0x1", "owned out_of_range", "");
    check("&owned=9x9,350x3", "", "&owned=350x3,9x9");
    check("&postpaid=no", "postpaid unknown_value", "");
    check("&tier=marginal", "tier unknown_value", "");
    check("&slots=0", "slots out_of_range", "");
    check("&slots=1,2", "slots wrong_length", "");
    check("&slots=3&queued=60,720,0.8", "queued by:slots", "&slots=3");
    check("&slots=x&queued=60,720,0.8", "slots not_a_whole_number", "&queued=60,720,0.8");
    check("&queued=60,745,0.8", "queued out_of_range", "");
    check("&queued=60,720", "queued form", "");
    check("&live=60,0,0.01", "live out_of_range", "");
    check("&live=60,101%25,0.01", "live out_of_range", "");
    check("&live=60,x%25,0.01", "live form", "");
    check("&discount=10", "discount form", "");
    check("&discount=101,0,0", "discount out_of_range", "");
    check("&discount=0.001,0,0", "discount malformed_decimal", "");
    check("&service=image", "service unknown_service", "");
    check("&until=2027-02-29", "until malformed_date", "");
    check("&title=a%00b", "title unusable_character", "");
    check("&title=a%E2%80%AEb", "title unusable_character", "");
    check("&title=%ff", "title NotText", "");
    check(&format!("&title={}", "x".repeat(121)), "title too_long", "");
    check(&format!("&owned={}1x1", "1x1,".repeat(4_000)), "owned too_long", "");
    check("&book=2026-11-22", "book form", "");
    check("&book=2026-11-22,XYZ", "book form", "");
    check("&budget=x", "budget malformed_decimal", "");
    check("&budget=1,260.50", "", "&budget=1260.5");
    check_all("v=1&m=1,2,3,4,5,6,7,8,9,10,11,12&budget=5", "budget needs:calls", "v=1&m=1,2,3,4,5,6,7,8,9,10,11,12");
    check_all("v=1&free=5&budget=5", "budget needs:calls", "v=1&calls=0&free=5");
    check("&quoted=-1", "quoted form", "");
    check("&quoted=1260.00", "", "&quoted=1260.00");
    let [most, more] = [30, 31].map(|digits| format!("&quoted={}.00", "9".repeat(digits)));
    check(&most, "", &most);
    check(&more, "quoted form", "");
}

#[test]
fn rewrites_other_notations_canonically() {
    check("&free=0&postpaid=on&profile=even&discount=0,0,0", "", "");
    check("&free=007", "", "&free=7");
    check("&free=1,000&owned=2 000x3&slots=1,000", "", "&free=1000&owned=2000x3&slots=1000");
    check("&free=%EF%BC%91%EF%BC%92", "", "&free=12");
    check("&queued=60, 720, 0.8&discount=10%25, 0, 5 %25", "", "&queued=60,720,0.8&discount=10,0,5");
    check("&live=60,0.5%,0.01", "", "&live=60,0.5%25,0.01");
    check("&slots=2,2,2,2,2,2,2,2,2,2,2,2", "", "&slots=2");
    check("&customer=A+B (C)*", "", "&customer=A%2BB%20%28C%29%2A");
    check("&check=1234", "check Changed", "");
    check("&check", "check NoValue", "");
    check("&customer=100%", "", "&customer=100%25");
    check("&title=Acme Inc.", "", "&title=Acme%20Inc%2E");
    check("&title=Acme Inc.&quoted=5", "", "&title=Acme%20Inc.&quoted=5.00");
    check("&&free=5&", "", "&free=5");
    check_all("#v=1&calls=300", "", "v=1&calls=300");
    check_all("free=5&calls=300&v=1", "", "v=1&calls=300&free=5");
    check_all("v=1&%63alls=300", "", "v=1&calls=300");
}

#[test]
fn reads_versions_and_calls() {
    check_all("calls=300", "v NoVersion", "v=1&calls=300");
    check_all("v=2&calls=300&mix=x", "mix UnknownKey; v OtherVersion", "v=1&calls=300");
    check_all("v=1&v=2&calls=300", "v Doubled", "v=1&calls=300");
    let months = "1,2,3,4,5,6,7,8,9,10,11,12";
    check_all(&format!("v=1&calls=5&m={months}&profile=growing"), "calls by:m; profile by:m", &format!("v=1&m={months}"));
    check_all("v=1&calls=12,000", "", "v=1&calls=12000");
    check_all("v=1&calls=12k", "calls NotPlain { meant: 12000 }", "v=1&calls=0");
    check_all("v=1&calls=5&m=1,2", "m wrong_length", "v=1&calls=5");
    check_all("v=1&calls=5&m=1,2,3,4,5,6,7,8,9,10,11,1000000000000", "m out_of_range", "v=1&calls=5");
    // The first months of a small growing year have no calls, so they need no slots.
    let slots = "0,0,0,0,0,0,0,1,0,0,0,1";
    check_all(&format!("v=1&calls=2&profile=growing&slots={slots}"), "", &format!("v=1&calls=2&profile=growing&slots={slots}"));
    for nothing in ["", "#", "v=1", "v=1&free=5", "v=1&calls=", "top"] {
        assert!(!read(nothing, &BOOK).has_usage, "{nothing:?}");
    }
    assert!(read("", &BOOK).is_blank() && read("#", &BOOK).is_blank() && !read("#v=1&free=5", &BOOK).is_blank());
    assert!(!read("top", &BOOK).understands_anything() && read("free=5", &BOOK).understands_anything());
}

#[test]
fn accepts_hostile_values_in_no_key() {
    let long = "9".repeat(10_000);
    let hostile = [
        "",
        " ",
        "%",
        "%2",
        "%zz",
        "%00",
        "%ff%fe",
        "%E2%80%AE",
        "-1",
        "+1",
        "1.5",
        "1e9",
        "NaN",
        "0x10",
        "1,,2",
        ",",
        "x",
        "1x",
        "x1",
        "x,x",
        "<script>alert(1)</script>",
        "%3Cimg%20src=x%20onerror=alert(1)%3E",
        "javascript:alert(1)",
        "\"};{\"",
        "\\\",\\\"",
        "null",
        "true",
        "{\"yearly\":1}",
        "\u{0}",
        "\u{202e}",
        "\u{2462}",
        "🚀",
        "=cmd|'/C calc'!A0",
        "'; DROP TABLE",
        "../../etc/passwd",
        "${7*7}",
        &long,
    ];
    for key in KEYS[1..].iter().chain(&["orders", "buy", "conc", "secs", "busy"]) {
        for value in hostile {
            let link = format!("v=1&{key}={value}&start=2027-01");
            let opened = read(&link, &BOOK);
            assert!(opened.scenario.start().is_some() || *key == "start", "{link}");
            // Texts may be anything. Other values have a form that none of these has.
            let is_text = ["customer", "by", "title", "ref", "note"].contains(key);
            let fits = (value.trim().is_empty() && *key == "until") || (value == "1.5" && *key == "quoted");
            assert!(is_text || fits || opened.ignored.iter().any(|ignored| ignored.key == *key), "{link}");
            canonical(&opened.link(&BOOK).expect("a link"));
        }
    }
}

#[test]
fn names_few_parts_of_megabytes_and_shortens_them() {
    for junk in ["x", "&", "a&", "calls=", "%", "%ff", "1,", "\u{0}", "&free=1", "\u{202e}=", "🚀"] {
        let opened = read(&junk.repeat((2 << 20) / junk.len()), &BOOK);
        assert!(opened.ignored.len() <= 20 && opened.ignored.iter().all(|ignored| ignored.key.chars().count() <= 40), "{junk:?}");
    }
    let opened = read(&format!("v=1&calls=300{}", "&free=1".repeat(1_000)), &BOOK);
    assert_eq!((opened.ignored.len(), opened.further_ignored, opened.scenario.free_calls()), (20, 979, 1));
}

/// The length of a link with `usage` and every other key but notes, with numbers of the size that customers have.
fn filled(usage: &str, owned: &str) -> usize {
    let link = format!(
        "v=1&{usage}&start=2027-01&free=123456&owned={owned}&postpaid=off&tier=billed&queued=1234.5,412.5,0.8525\
         &discount=12.25,12.25,12.25&service=image-animate&book=2026-11-22,6e1ff965&quoted=123456789.12"
    );
    canonical(&link).link(&BOOK).expect("a link").len()
}

#[test]
fn writes_short_links() {
    let five = "100000x3,100000x5,250000x7,1000000x9,1000000x12";
    assert!(filled("calls=1000000000000&profile=seasonal", five) < 300);
    let months = |month: &str| format!("m={}", [month; 12].join(","));
    assert!(filled(&months("123457"), "350x3,100x12") < 300);
    let huge = "1000000000000x12,".repeat(5);
    let odd = filled(&months("12345678901"), huge.trim_end_matches(','));
    // A service that sells slots sells at most 50, so twelve numbers of slots are short.
    assert!(odd + "&slots=".len() + 12 * "50,".len() < 600, "{odd}");
}

#[test]
fn writes_no_prices() {
    let own = r#"{"usage":{"yearly":1},"price_book":{"version":"v","currency":"USD","services":[{"id":"s","name":"S","packages":[],
        "package_validity_months":12,"tiers":[{"from":0,"unit_price":"1"}],"concurrent":null}]}}"#;
    let scenario = Scenario::from_json(own, &BOOK).expect("valid");
    assert_eq!(write(std::slice::from_ref(&scenario), &BOOK, &Notes::default(), None, None, None), Err(NoLink::OwnPriceBook));
    assert_eq!(Scenario::from_json(&scenario.to_json(), &BOOK), Ok(scenario));
    let owned = format!("{}1x1", "1x1,".repeat(3_999));
    assert!(canonical(&format!("v=1&calls=1&owned={owned}")).scenario.owned_packages().len() == 4_000);
    let long = read(&format!("v=1&calls=1&owned={owned}"), &BOOK).scenario;
    let owned = [long.owned_packages(), &long.owned_packages()[..1]].concat();
    let long = long.to_builder().owned_packages(owned).build(&BOOK).expect("valid");
    assert_eq!(write(&[long], &BOOK, &Notes::default(), None, None, None), Err(NoLink::TooLong));
}

/// The longest note, in letters that take the most bytes.
#[test]
fn writes_the_longest_notes() {
    let mut opened = read("v=1&calls=300", &BOOK);
    for field in [NoteField::Customer, NoteField::Sender, NoteField::Title, NoteField::Reference, NoteField::Note] {
        opened.notes.set(field, &"🚀".repeat(field.most_characters())).expect("allowed");
    }
    canonical(&opened.link(&BOOK).expect("a link"));
}
