//! Fuzzes links and pasted text: no text may panic, or open as an estimate whose link opens as another one.

#![no_main]

use std::sync::LazyLock;

use callmix::link::{Opened, read};
use callmix::import::open;
use callmix::price_book::history::History;
use callmix::scenario::Scenario;
use libfuzzer_sys::fuzz_target;

static HISTORY: LazyLock<History> = LazyLock::new(|| History::built_in().expect("valid"));

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let book = HISTORY.newest();
    let opened = read(&text, book);
    for ignored in &opened.ignored {
        assert!(callmix::wording::ignored_sentence(ignored).chars().all(|c| !c.is_control()), "{ignored:?}");
    }
    if let Ok(link) = opened.link(book) {
        let again = read(&link, book);
        // A link without calls is written with zero calls, which is then a number like any other.
        assert!(again.ignored.is_empty(), "{link}: {:?}", again.ignored);
        assert_eq!(again.link(book).as_ref(), Ok(&link), "canonical");
        let json = |opened: &Opened| opened.lines().iter().map(Scenario::to_json).collect::<Vec<_>>();
        assert_eq!(json(&again), json(&opened), "{link}");
        assert_eq!((&again.notes, &again.book, &again.quoted), (&opened.notes, &opened.book, &opened.quoted));
        assert!(link.is_ascii() && link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.,%=&".contains(&byte)), "{link}");
    }
    // Pasted text may be JSON too. Short ones only, since this also quotes, and many slots are slow to size here.
    if data.len() < 400 {
        let _ = open(&text, &HISTORY);
    }
});
