//! Which price books are published?
//!
//! Writes the files in src/price_book/books/, by their names, as Rust, so that the page needs no JSON to know its prices.

#![allow(clippy::expect_used, clippy::panic, reason = "a build may end with a panic")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

fn main() {
    let folder = Path::new("src/price_book/books");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("the books").map(|entry| entry.expect("an entry").path()).collect();
    // The page that the tests build, where prices have changed: its earlier book was never published.
    if env::var_os("CARGO_FEATURE_EARLIER_BOOK").is_some() {
        files.push("tests/engine/books/2026-06-01.json".into());
    }
    files.sort_by_key(|file| file.file_name().map(ToOwned::to_owned));
    let books: Vec<String> = files
        .iter()
        .map(|file| {
            let text = fs::read_to_string(file).expect("text");
            literal(&serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
        })
        .collect();
    let written = format!("static PUBLISHED: [Literal; {}] = [{}];", books.len(), books.join(", "));
    fs::write(Path::new(&env::var("OUT_DIR").expect("set by Cargo")).join("published.rs"), written).expect("the output folder");
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "Literal::Null".into(),
        Value::Bool(on) => format!("Literal::Switch({on})"),
        Value::Number(number) => format!("Literal::Whole({})", number.as_u64().expect("calls and months are whole")),
        Value::String(text) => format!("Literal::Text({text:?})"),
        Value::Array(entries) => format!("Literal::List(&[{}])", entries.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let mut written = String::from("Literal::Object(&[");
            for (name, value) in fields {
                write!(written, "({name:?}, {}), ", literal(value)).expect("a string takes everything");
            }
            written + "])"
        }
    }
}
