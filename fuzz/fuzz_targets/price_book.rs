//! Fuzzes price books: no text may panic, or be read as a price book that is written as another one.

#![no_main]

use std::sync::LazyLock;

use callmix::price_book::PriceBook;
use callmix::price_book::changes::changes;
use libfuzzer_sys::fuzz_target;

static BUILT_IN: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    match PriceBook::from_json(&text) {
        Ok(book) => {
            let written = serde_json::to_string(&book).expect("JSON");
            assert_eq!(PriceBook::from_json(&written).as_ref(), Ok(&book), "{written}");
            assert_eq!(changes(&book, &book), []);
            for change in changes(&BUILT_IN, &book) {
                assert!(!callmix::wording::change_sentence(&change).is_empty());
            }
        }
        Err(errors) => assert!(!errors.is_empty() && errors.iter().all(|error| !error.kind.code().is_empty())),
    }
});
