//! Build script: compiles the published price books into the library.
//!
//! Generates a Rust literal from each file in `src/price_book/books/`, in the order of the file names, so that the page
//! needs no JSON parser for its own prices.

#![allow(clippy::expect_used, clippy::panic, reason = "a build script may panic")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

fn main() {
    let folder = Path::new("src/price_book/books");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder of price books").map(|entry| entry.expect("a folder entry").path()).collect();
    // For a test build of the page in which prices have changed. This earlier book was never published.
    if env::var_os("CARGO_FEATURE_EARLIER_BOOK").is_some() {
        files.push("tests/engine/books/2026-06-01.json".into());
    }
    files.sort_by_key(|file| file.file_name().map(ToOwned::to_owned));
    let books: Vec<String> = files
        .iter()
        .map(|file| {
            let text = fs::read_to_string(file).expect("a readable file");
            literal(&serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
        })
        .collect();
    let code = format!("static PUBLISHED: [Literal; {}] = [{}];", books.len(), books.join(", "));
    fs::write(Path::new(&env::var("OUT_DIR").expect("set by Cargo")).join("published.rs"), code).expect("a writable output folder");
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "Literal::Null".into(),
        Value::Bool(on) => format!("Literal::Switch({on})"),
        Value::Number(number) => format!("Literal::Whole({})", number.as_u64().expect("a whole number")),
        Value::String(text) => format!("Literal::Text({text:?})"),
        Value::Array(entries) => format!("Literal::List(&[{}])", entries.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let mut code = String::from("Literal::Object(&[");
            for (name, value) in fields {
                write!(code, "({name:?}, {}), ", literal(value)).expect("writing to a string cannot fail");
            }
            code + "])"
        }
    }
}
