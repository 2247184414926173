//! Links as they arrive: wrapped, encoded, decorated, cut or edited on their way.
//!
//! Each repair is tried on a link with a check, which decides whether it was right, and on one written by hand. Source:
//! the contract, "Links, further keys".

use std::sync::LazyLock;

use callmix::import::open;
use callmix::link::{Opened, Why, is_link, read};
use callmix::notes::NoteField;
use callmix::price_book::PriceBook;
use callmix::price_book::history::History;
use callmix::wording::ignored_sentence;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;

use super::estimates::estimates;
use super::links::without_check;

pub static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));
static HISTORY: LazyLock<History> = LazyLock::new(|| History::built_in().expect("valid"));

/// Plain keys alone.
pub const SHORT: &str = "v=1&calls=120000&start=2027-01&free=5";
/// Texts with every kind of character, and a percentage.
pub const LONG: &str = "v=1&calls=300&live=60,0.5%25,0.01&customer=M%C3%BCller%20%26%20S%C3%B6hne&title=100%25%20of%20C%2B%2B%2C%20%28x%29\
                    &note=One%0A%0ATwo%21&until=2028-02-29&book=2026-11-22,6e1ff965&quoted=1260.00";
/// As the page writes it for a quote.
pub const QUOTED: &str = "v=1&calls=300&live=60,0.5%25,0.01&title=Launch%20%26%20go&book=2026-11-22,6e1ff965&quoted=1260.00";
/// The last value is a text.
pub const TITLED: &str = "v=1&calls=300&title=Launch%20of%20%28our%29%20site";

/// The link as the page writes it, with its check.
pub fn checked(link: &str) -> String {
    read(link, &BOOK).link(&BOOK).expect("a link")
}

/// A link that arrived as `text` opens as `link`, with nothing to report.
#[track_caller]
pub fn check(text: &str, link: &str) {
    let opened = read(text, &BOOK);
    assert_eq!((opened.ignored.as_slice(), opened.link(&BOOK).as_deref()), (&[][..], Ok(link)), "{text}");
}

/// The same for links with and without a check.
#[track_caller]
pub fn check_both(link: &str, change: impl Fn(&str) -> String) {
    check(&change(&checked(link)), &checked(link));
    check(&change(link), &checked(link));
}

/// Something that a link with all kinds of values survives.
#[track_caller]
pub fn survives(change: impl Fn(&str) -> String) {
    for link in [SHORT, LONG, TITLED] {
        check_both(link, &change);
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// What browsers encode in a fragment.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// The text as `location.hash` has it.
pub fn in_browser(text: &str) -> String {
    utf8_percent_encode(text, FRAGMENT).to_string()
}

#[test]
fn survives_html() {
    survives(|link| link.replace('&', "&amp;"));
    survives(|link| link.replace('&', "&amp;amp;"));
    survives(|link| link.replace('&', "&#38;"));
    survives(|link| link.replace('&', "&#x26;").replace('=', "&#61;"));
    for (and, is) in [("&#038;", "&#061;"), ("&#0038;", "&#x3D;"), ("&#X026;", "&#x003d;"), ("&AMP;", "="), ("&amp;#038;", "&amp;#61;")] {
        survives(|link| link.replace('&', "\u{1}").replace('=', is).replace('\u{1}', and));
    }
    // Parsers take these for characters even without their semicolon.
    survives(|link| link.replace("&note", "¬e").replace("&quoted", "\"ed"));
    survives(|link| link.replace("&note", "%C2%ACe").replace("&quoted", "%22ed"));
}

#[test]
fn survives_encoded_separators() {
    survives(encoded);
    survives(|link| encoded(&encoded(link)));
    survives(|link| link.replace('=', "%3D").replace('&', "%26"));
    survives(|link| link.replace('=', "%3d"));
    survives(|link| link.replace('&', "%26"));
    // A note that has separators of its own keeps them.
    for link in ["v=1&calls=5&note=R%26D%3D7", "v=1&calls=5&note=x%26calls%3D7", "v=1&calls=5&title=a%3D1%26free%3D2"] {
        check_both(link, str::to_string);
        check_both(link, encoded);
    }
}

#[test]
fn survives_line_breaks_and_spaces() {
    let wrapped = |link: &str, between: &str| {
        // Where mail programs wrap: anywhere.
        link.as_bytes().chunks(23).map(|part| std::str::from_utf8(part).expect("ASCII")).collect::<Vec<_>>().join(between)
    };
    for between in ["\n", "\r\n", "\n    ", "\r\n\t", "\n> ", "\n> > ", "\u{200b}", "\u{ad}"] {
        survives(|link| wrapped(link, between));
    }
    survives(|link| format!("  {link} \n"));
    survives(|link| link.replace('&', " & ").replace('=', " = "));
    survives(|link| link.replace('&', "%20&").replace("calls=", "calls=%20"));
    check_both(SHORT, |link| link.replace("120000", "120 000").replace("2027-01", "2027 -01"));
    check_both(SHORT, |link| link.replace("120000", "120%20000"));
    // In the source of a mail.
    survives(|link| wrapped(&link.replace('=', "=3D"), "=\r\n"));
}

#[test]
fn survives_encoding_as_a_whole() {
    let times = |link: &str, times: usize| (0..times).fold(link.to_owned(), |link, _| encoded(&link));
    for number in 1..=3 {
        survives(|link| times(link, number));
        survives(|link| format!("{}&utm_source=mail&foo=a", times(link, number)).replace("&foo=a", ""));
        survives_both_ends(number, |link| times(link, number));
    }
    survives(|link| times(&link.replace('&', "&amp;"), 2));
    survives(|link| times(&link.replace('&', "&#038;").replace("=", "&#61;"), 1));
    let wrapped = |link: &str| encoded(&link.as_bytes().chunks(23).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\r\n"));
    check_both(SHORT, wrapped);
    for link in [QUOTED, LONG] {
        check(&wrapped(&checked(link)), &checked(link));
    }
    let link = checked(QUOTED);
    check(&format!("{}&foo=a%26b", encoded(&link)), &link);
    for end in "v=1&check=0".len()..link.len() {
        for number in 1..=3 {
            changed(&times(&link[..end], number));
        }
        // Within a code too.
        let cut = encoded(&link[..end]);
        changed(&format!("{cut}%"));
        changed(&format!("{cut}%2"));
    }
}

/// A link that was encoded, with prose behind it that was not.
fn survives_both_ends(number: usize, change: impl Fn(&str) -> String) {
    for link in [SHORT, QUOTED] {
        for tail in ["”", "\" thanks", ") and more"] {
            check_both(link, |link| in_browser(&format!("{}{tail}", change(link))));
        }
        assert!(number <= 3 && is_link(&change(link)));
    }
}

#[test]
fn tells_links_from_anchors() {
    for anchor in ["#recommendation-title", "#top", "#calls", "#note", "#%E4%BB%B7%E6%A0%BC", "#prices%3Fx", "#100%25", "#a&b", "#x%3D1"] {
        assert!(!is_link(anchor), "{anchor}");
    }
    for link in [
        "#v=1&calls=300",
        "#v=1",
        "#free=5",
        "#x=1",
        "#calls%3D300",
        "#v%3D1%26calls%3D300",
        "#v&#61;1&calls&#61;300",
        "#v%253D1%2526m%253D1",
    ] {
        assert!(is_link(link), "{link}");
    }
    check("#v&#61;1&calls&#61;300", &checked("v=1&calls=300"));
}

#[test]
fn survives_another_encoding_of_values() {
    let lower = |link: &str| link.replace("%C3%BC", "%c3%bc").replace("%2C", "%2c");
    survives(lower);
    survives(|link| link.replace(',', "%2C"));
    survives(|link| link.replace("%28", "(").replace("%29", ")").replace("%21", "!"));
    survives(|link| link.replace("%C3%BC", "ü").replace("%C3%B6", "ö"));
    survives(|link| link.replace("%20", "+"));
    survives(|link| link.replace('%', "%25"));
    check_both(LONG, |link| link.replace("%20", "+").replace('%', "%25"));
}

#[test]
fn keeps_what_notes_say() {
    for title in ["C%2B%2B", "100%25", "50%25off", "%2B49%20170", "a%2Bb", "1%2B1%3D2", "%2541"] {
        let link = format!("v=1&calls=5&free=1&title={title}");
        check_both(&link, str::to_string);
        assert_eq!(without_check(&checked(&link)), link);
    }
    // With a check it is certain that these are meant.
    for title in ["%20x", "x%3D1", "M%C3%BCller", "&amp;", "a+b", "?utm_source=x", "v=1&calls=3", "%2520"] {
        let mut estimate = read("v=1&calls=5", &BOOK);
        estimate.notes.set(NoteField::Title, title).expect("allowed");
        let link = estimate.link(&BOOK).expect("a link");
        assert_eq!(read(&link, &BOOK).notes.get(NoteField::Title), title);
        check(&link, &link);
        check(&encoded(&link), &link);
    }
    // By hand: a plus between words is a space, other pluses are meant.
    for (typed, title) in [("Spring+launch", "Spring%20launch"), ("C++", "C%2B%2B"), ("+49", "%2B49"), ("A+B plan", "A%2BB%20plan")] {
        check(&format!("v=1&calls=5&title={typed}&free=1"), &checked(&format!("v=1&calls=5&title={title}&free=1")));
    }
}

#[test]
fn opens_pasted_markup() {
    for link in [checked(SHORT), checked(TITLED), SHORT.into(), TITLED.into()] {
        let address = format!("https://a.example/callmix/?lang=en#{link}");
        let html = address.replace('&', "&amp;");
        for text in [
            format!("[Estimate #5 (draft)]({address})"),
            format!("See [the estimate]({address}), please."),
            format!("[the estimate]({address} \"Callmix\")"),
            format!("<{address}>"),
            format!("We pay ({address})."),
            format!("<a href=\"{html}\">Estimate</a>"),
            format!("<a href='{html}'>Estimate</a> and more"),
            format!("\"{address}\""),
            format!("`{address}`"),
            format!("[1]: {address}"),
            format!("> {address}\n"),
            format!("https://out.example/?url=https://a.example/#{}", encoded(&link)),
        ] {
            let opened = open(&text, &HISTORY).map(|imported| imported.opened).expect(&text);
            assert_eq!((opened.ignored.as_slice(), opened.link(&BOOK)), (&[][..], Ok(checked(&link))), "{text}");
        }
    }
    // Brackets that a note opens belong to the link.
    let title = |text: &str| open(text, &HISTORY).map(|imported| imported.opened.notes.get(NoteField::Title)).expect(text);
    assert_eq!(title("[x](https://a.example/#v=1&calls=300&title=a(b)c) and (more)"), "a(b)c");
    assert_eq!(title("(https://a.example/#v=1&calls=300&title=a(b(c))d)"), "a(b(c))d");
    for nothing in ["[#1](https://a.example/)", "#top", "# Heading", "(#)", "[x](#", "](#)"] {
        assert!(open(nothing, &HISTORY).is_err(), "{nothing}");
    }
}

/// What a link that was changed opens as; the change is the first thing that is reported.
#[track_caller]
pub fn changed(text: &str) -> Opened {
    let opened = read(text, &BOOK);
    assert_eq!(opened.ignored.first().map(|ignored| (ignored.key.as_str(), &ignored.why)), Some(("check", &Why::Changed)), "{text}");
    let sentence = ignored_sentence(&opened.ignored[0]);
    assert!(sentence.contains("cut off or edited"), "{sentence}");
    opened
}

#[test]
fn reports_cut_links() {
    let link = checked(SHORT);
    // 12000 and 120000 are both volumes.
    assert_eq!(changed(&checked("v=1&calls=120000")[.."v=1&check=01234567&calls=12000".len()]).scenario.usage().total(), 12_000);
    for link in [&link, &checked(LONG), &checked(TITLED)] {
        for end in "v=1&check=".len()..link.len() {
            changed(&link[..end]);
        }
    }
    // Without its check nothing is known of what was cut, as in a link written by hand.
    check("v=1&calls=12000", &checked("v=1&calls=12000"));
}

#[test]
fn reports_edited_links() {
    let link = checked(LONG);
    for (place, _) in link.char_indices().skip("v=1&check=".len()).filter(|&(place, _)| link.as_bytes()[place].is_ascii_digit()) {
        let mut edited = link.clone().into_bytes();
        edited[place] = if edited[place] == b'7' { b'1' } else { b'7' };
        changed(&String::from_utf8(edited).expect("ASCII"));
    }
    changed(&link.replace("&free=5", "&free=6").replace("calls=300", "calls=3000"));
    changed(&format!("{link}&free=1"));
    changed(&link.replace("&until=2028-02-29", ""));
    changed(&checked(SHORT).replacen("&calls=120000&start=2027-01", "&start=2027-01&calls=120000", 1));
    let opened = changed(&checked("v=1&calls=300").replace("300", "301"));
    assert_eq!((opened.scenario.usage().total(), opened.ignored.len()), (301, 1));
    // The link that is written next is whole again.
    check(&opened.link(&BOOK).expect("a link"), &checked("v=1&calls=301"));
    for malformed in ["", "0", "0123456", "012345678", "0123456g", "zzzzzzzz", "-1234567", "%00"] {
        changed(&format!("v=1&check={malformed}&calls=300"));
    }
}

#[test]
fn accepts_a_check_in_capitals() {
    let link = checked(LONG);
    let (before, behind) = link.split_at("v=1&check=01234567".len());
    check(&format!("v=1&check={}{behind}", before["v=1&check=".len()..].to_uppercase()), &link);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1_000), failure_persistence: None, ..ProptestConfig::default() })]

    /// As they were written before links had checks.
    #[test]
    fn links_without_a_check_open_as_the_same_estimate(estimate in estimates()) {
        let link = without_check(&estimate.link(&BOOK).expect("a link"));
        // A note of percent signs alone that reads as an encoded text is taken for one.
        prop_assume!(!link.contains("%25") || link.split('%').skip(1).any(|behind| !behind.starts_with("25")));
        prop_assert_eq!(read(&link, &BOOK), estimate, "{}", link);
    }

    #[test]
    fn any_link_survives_any_way(estimate in estimates(), mut ways in prop::collection::vec(0..6_usize, 1..4)) {
        let link = estimate.link(&BOOK).expect("a link");
        // A form writes a plus sign for the spaces of the link itself, not for those of a line break on the way.
        ways.sort_by_key(|&way| way != 4);
        let travelled = ways.iter().fold(link.clone(), |link, way| match way {
            0 => link.replace('&', "&amp;"),
            1 => link.as_bytes().chunks(70).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\r\n "),
            2 if link.contains('=') => encoded(&link),
            3 => format!("{link}&utm_source=x"),
            4 => link.replace("%20", "+"),
            _ => link,
        });
        prop_assert_eq!(read(&travelled, &BOOK).link(&BOOK), Ok(link), "{}", travelled);
    }

    #[test]
    fn any_cut_is_reported(estimate in estimates(), place in any::<prop::sample::Index>()) {
        let link = estimate.link(&BOOK).expect("a link");
        let start = "v=1&check=".len();
        let cut = &link[..start + place.index(link.len() - start)];
        // A cut inside a percent sign at the end, as in `%25%25`, loses nothing: the link is put together again.
        if read(cut, &BOOK).link(&BOOK).as_ref() != Ok(&link) {
            changed(cut);
        }
    }
}
