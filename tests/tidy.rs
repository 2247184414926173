//! Is the house in order?
//!
//! Rules that no compiler checks, read off the sources as text: which module may use which, that every module says
//! what question it answers, and that no file grows too long.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may end with a panic")]

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines in one file.
const MOST_LINES: usize = 400;
/// Modules from the ground up. A module may use those above it in this list, and its own parts.
const LAYERS: [&str; 31] = [
    "money",
    "order",
    "problem",
    "json",
    "date",
    "price_book",
    "usage",
    "capacity",
    "settlement",
    "planner",
    "ledger",
    "scenario",
    "sizing",
    "insight",
    "quote",
    "typed_number",
    "pasted",
    "notes",
    "link",
    "import",
    "wording",
    "html",
    "recommendation",
    "export",
    "qr",
    "json_lines",
    "js",
    "preview",
    "app",
    "main",
    "bin",
];

/// What the engine must not know of.
const FORBIDDEN_IN_ENGINE: [&str; 12] = [
    "yew",
    "gloo",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "std::time",
    "std::env",
    "std::fs",
    "std::io",
    "std::thread",
    "HashMap",
    "HashSet",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files below `folder` with one of `endings`, by path from the root.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| path.extension().is_some_and(|found| found == *ending)) {
                let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).expect("text")));
            }
        }
    }
    assert!(!found.is_empty(), "no file below {folder}");
    found.sort();
    found
}

fn module_of(name: &str) -> String {
    let path = name.strip_prefix("src/").unwrap_or(name);
    Path::new(path).iter().next().expect("a first part").to_string_lossy().trim_end_matches(".rs").to_string()
}

fn layer_of(module: &str) -> usize {
    LAYERS.iter().position(|layer| *layer == module).unwrap_or_else(|| panic!("{module} has no place in tests/tidy.rs"))
}

/// The part of a file before its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

#[test]
fn imports_point_down() {
    for (name, text) in files("src", &["rs"]).iter().filter(|(name, _)| name != "src/lib.rs") {
        let module = module_of(name);
        let layer = layer_of(&module);
        for (place, line) in without_tests(text).lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                assert!(used == module || layer_of(&used) < layer, "{name}:{}: {module} must not use {used}", place + 1);
            }
        }
    }
}

#[test]
fn the_engine_knows_no_world() {
    for (name, text) in files("src", &["rs"]).iter().filter(|(name, _)| layer_of_file(name) < layer_of("js")) {
        for (place, line) in without_tests(text).lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for forbidden in FORBIDDEN_IN_ENGINE {
                assert!(!line.contains(forbidden), "{name}:{}: the engine must not use {forbidden}", place + 1);
            }
            let float = line.contains("f64") || line.contains("f32");
            assert!(!float || name == "src/capacity.rs" || name == "src/json.rs", "{name}:{}: a float near money", place + 1);
        }
    }
}

fn layer_of_file(name: &str) -> usize {
    if name == "src/lib.rs" { layer_of("app") } else { layer_of(&module_of(name)) }
}

#[test]
fn every_module_says_what_it_answers() {
    for (name, text) in files("src", &["rs"]).into_iter().chain(files("tests", &["rs"])).chain(files("benches", &["rs"])) {
        assert!(text.starts_with("//! "), "{name} must open with //! and the question it answers");
    }
}

#[test]
fn no_file_grows_too_long() {
    let code = [files("src", &["rs"]), files("tests", &["rs", "mjs"]), files("benches", &["rs"]), files("embed", &["js", "mjs"])];
    for (name, text) in code.into_iter().flatten() {
        assert!(text.lines().count() <= MOST_LINES, "{name} has {} lines; the most is {MOST_LINES}", text.lines().count());
    }
    for (name, text) in files("styles", &["css"]) {
        assert!(text.lines().count() <= 150, "{name} has {} lines; the most is 150", text.lines().count());
    }
}

#[test]
fn every_style_sheet_has_its_layer_and_is_linked() {
    let page = fs::read_to_string(root().join("index.html")).expect("the page");
    for (name, text) in files("styles", &["css"]) {
        assert!(text.starts_with("@layer "), "{name} must open with its cascade layer");
        assert!(!text.contains("!important"), "{name} must not use !important");
        assert!(page.contains(&format!("href=\"{name}\"")), "index.html must link {name}");
    }
}

#[test]
fn the_tool_and_the_crate_of_wasm_bindgen_are_one_version() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file");
    let pinned = manifest.split("wasm-bindgen = { version = \"=").nth(1).and_then(|rest| rest.split('"').next()).expect("an exact pin");
    assert!(lock.contains(&format!("name = \"wasm-bindgen\"\nversion = \"{pinned}\"")), "Cargo.lock must have wasm-bindgen {pinned}");
}
