//! The file of all saved estimates: JSON with a version, the newest estimate first.

use serde::Serialize;

use super::record::{Estimate, Fields};
use crate::json::{self, JsonField, ValidationErrors};
use crate::problem::WholeRange;
use crate::wording::share as words;

/// The version of the file.
const VERSION: u64 = 1;

/// What a file has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Archive {
    /// The estimates, without keys.
    pub estimates: Vec<Estimate>,
    /// How many entries are no estimates.
    pub unreadable: usize,
}

#[derive(Serialize)]
struct File<'a> {
    version: u64,
    estimates: Vec<Fields<'a>>,
}

/// A name that says when the file was made.
pub(super) fn file_name(day: &str) -> String {
    ["callmix-estimates-", day, ".json"].concat()
}

/// The file of `estimates`.
pub(super) fn write(estimates: &[Estimate]) -> String {
    let file = File { version: VERSION, estimates: estimates.iter().map(|estimate| estimate.fields(&estimate.name)).collect() };
    // Texts and whole numbers always serialize.
    serde_json::to_string_pretty(&file).map(|text| text + "\n").unwrap_or_default()
}

/// The estimates of a file.
///
/// # Errors
/// The sentence that says why the text is no such file.
pub(super) fn read(text: &str) -> Result<Archive, &'static str> {
    let node = json::parse(text.trim_start_matches('\u{feff}')).map_err(|_| words::NO_ARCHIVE)?;
    let mut errors = ValidationErrors::default();
    let object = JsonField::root(&node, "").open_object(&mut errors).ok_or(words::NO_ARCHIVE)?;
    let version = object.get("version").and_then(|field| field.whole_number(WholeRange::new(1, u64::MAX), &mut errors));
    if version.ok_or(words::NO_ARCHIVE)? != VERSION {
        return Err(words::NEWER_ARCHIVE);
    }
    let entries = object.get("estimates").and_then(|field| field.list(&mut errors)).ok_or(words::NO_ARCHIVE)?;
    let estimates: Vec<Estimate> = entries.iter().filter_map(|entry| Estimate::from_fields(String::new(), entry)).collect();
    Ok(Archive { unreadable: entries.len() - estimates.len(), estimates })
}

#[cfg(test)]
mod tests {
    use super::super::record::tests::estimate;
    use super::*;

    #[test]
    fn reads_a_file_back_unchanged() {
        let estimates = [Estimate { name: "=1+1, \"<b>\"".into(), ..estimate("") }, estimate("")];
        assert_eq!(read(&write(&estimates)), Ok(Archive { estimates: estimates.into(), unreadable: 0 }));
        assert_eq!(read(&write(&[])), Ok(Archive { estimates: Vec::new(), unreadable: 0 }));
        assert_eq!(file_name("2027-01-31"), "callmix-estimates-2027-01-31.json");
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        for text in ["", "hello", "[]", "{}", r#"{"version":1}"#, r#"{"version":"1","estimates":[]}"#, r#"{"version":1,"estimates":{}}"#] {
            assert_eq!(read(text), Err(words::NO_ARCHIVE), "{text}");
        }
        assert_eq!(read(r#"{"version":2,"folders":[]}"#), Err(words::NEWER_ARCHIVE));
    }

    #[test]
    fn counts_the_entries_that_are_no_estimates() {
        let good = write(&[estimate("")]);
        let bad = r#"7, {}, {"name":"a","day":"b","total":"c","link":""}, {"name":" ","day":"b","total":"c","link":"v=1&calls=1"}"#;
        let mixed = good.replacen('[', &format!("[{bad}, "), 1);
        assert_eq!(read(&mixed), Ok(Archive { estimates: vec![estimate("")], unreadable: 4 }));
    }
}
