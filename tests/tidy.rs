//! Rules of the source that no compiler checks: which module may use which, what the engine must not know, where
//! sentences live, how files open, how long they are, and which words are out of use.
//!
//! Every rule is a function from a file to its violations, so that a test can plant a violation in each file and see it
//! found.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may end with a panic")]

#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/styles.rs"]
mod styles;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use code::Code;

/// The most lines in one file of code, and in one style sheet.
const MOST_LINES: usize = 400;
const MOST_STYLE_LINES: usize = 150;

/// Modules from the lowest up. A module may use those above it in this list, and its own parts.
const LAYERS: [&str; 40] = [
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
    "list_price",
    "own_plan",
    "quote",
    "estimate",
    "typed_number",
    "entry",
    "pasted",
    "notes",
    "link",
    "import",
    "usage_files",
    "replay",
    "wording",
    "month_columns",
    "html",
    "recommendation",
    "export",
    "qr",
    "json_lines",
    "file_reports",
    "js",
    "preview",
    "app",
    "site",
    "main",
    "bin",
];

/// Crates, modules and types that the engine must not use: everything before `js` in [`LAYERS`] is the engine.
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

/// Files of the engine that may calculate with floats: queueing theory, and the form of a JSON number.
const FLOATS_ALLOWED: [&str; 5] =
    ["src/capacity.rs", "src/capacity/erlang.rs", "src/capacity/natural.rs", "src/capacity/pooled.rs", "src/json.rs"];

/// Words that the project no longer uses, each with the word to use instead.
const OLD_WORDS: &str = include_str!("tidy/old_words.txt");

/// One file with its path from the project's folder.
struct File {
    name: String,
    text: String,
}

/// A rule: the violations in one file, each with its line.
type Rule = fn(&File) -> Vec<String>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files below `folder` with one of `endings`, sorted by name. Build output and installed packages are left out.
fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            let last = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "dist", "node_modules", ".git"].contains(&last.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| last == *ending || last.ends_with(&format!(".{ending}"))) {
                let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
                found.push(File { name, text: fs::read_to_string(&path).expect("text") });
            }
        }
    }
    assert!(!found.is_empty(), "no file below {folder}");
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// The sources of the crate that are not tests. `lib.rs` only declares modules, so it has no layer.
fn modules() -> Vec<File> {
    let is_code = |file: &File| file.name != "src/lib.rs" && !file.name.ends_with("tests.rs") && !file.name.contains("/tests/");
    files("src", &["rs"]).into_iter().filter(is_code).collect()
}

fn module_of(name: &str) -> &str {
    let path = name.strip_prefix("src/").unwrap_or(name);
    path.split('/').next().expect("a first part").trim_end_matches(".rs")
}

fn layer_of(module: &str) -> usize {
    LAYERS.iter().position(|layer| *layer == module).unwrap_or_else(|| panic!("{module} has no layer in tests/tidy.rs"))
}

fn is_engine(file: &File) -> bool {
    layer_of(module_of(&file.name)) < layer_of("js")
}

/// Uses of modules that are not above the file's own.
fn upward_imports(file: &File) -> Vec<String> {
    let module = module_of(&file.name);
    let used_by = |path: &str| path.strip_prefix("crate::").map(|path| path.split("::").next().expect("a first part").to_owned());
    let paths = Code::of(&file.text).paths;
    let uses = paths.iter().filter_map(|(path, line)| Some((used_by(path)?, line)));
    uses.filter(|(used, _)| used != module && layer_of(used) >= layer_of(module))
        .map(|(used, line)| format!("{}:{line}: {module} must not use {used}", file.name))
        .collect()
}

/// Uses of what [`FORBIDDEN_IN_ENGINE`] lists, and floats, in a file of the engine.
fn world_in_engine(file: &File) -> Vec<String> {
    if !is_engine(file) {
        return Vec::new();
    }
    let code = Code::of(&file.text);
    let forbidden = |path: &str| {
        let is = |name: &str| {
            if name.contains(':') {
                format!("{path}::").starts_with(&format!("{name}::"))
            } else {
                path.split("::").any(|part| part == name)
            }
        };
        FORBIDDEN_IN_ENGINE.into_iter().find(|name| is(name))
    };
    let used = code.paths.iter().filter_map(|(path, line)| Some((forbidden(path)?.to_owned(), line)));
    let named = code.paths.iter().filter(|(path, _)| path.split("::").any(|part| part == "f64" || part == "f32"));
    let written = code
        .numbers
        .iter()
        .filter(|(number, _)| !number.starts_with("0x") && (number.contains('.') || number.contains("f64") || number.contains("f32")));
    let floats = named.chain(written).filter(|_| !FLOATS_ALLOWED.contains(&file.name.as_str()));
    used.chain(floats.map(|(float, line)| (format!("the float {float}"), line)))
        .map(|(what, line)| format!("{}:{line}: the engine must not use {what}", file.name))
        .collect()
}

/// Sentences outside of `wording`: strings with an upper-case first letter and at least three words, or a full stop.
fn stray_sentences(file: &File) -> Vec<String> {
    if module_of(&file.name) == "wording" {
        return Vec::new();
    }
    let texts = Code::of(&file.text).texts.into_iter().filter(|(text, _)| is_sentence(text));
    texts.map(|(text, line)| format!("{}:{line}: {text} belongs into src/wording", file.name)).collect()
}

fn is_sentence(literal: &str) -> bool {
    let text = literal.trim_start_matches(['r', 'b', '#']).trim_matches(['"', '#']).trim();
    let words = text.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
    words > 2 && (text.starts_with(char::is_uppercase) || text.ends_with(['.', '?', '!'])) && !text.contains('<')
}

/// Uses of words in [`OLD_WORDS`].
fn old_words(file: &File) -> Vec<String> {
    let list: Vec<(&str, &str)> = OLD_WORDS.lines().filter_map(|line| line.split_once(" -> ")).collect();
    let mut found = Vec::new();
    for (place, line) in file.text.lines().enumerate() {
        let line = line.to_lowercase();
        for (old, new) in &list {
            if has_word(&line, old) {
                found.push(format!("{}:{}: write \"{new}\" instead of \"{old}\"", file.name, place + 1));
            }
        }
    }
    found
}

/// Whether a text has these words, not as a part of longer ones. An underscore ends a word, so names are read too.
fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    text.match_indices(word).any(|(place, _)| !text[..place].ends_with(is_letter) && !text[place + word.len()..].starts_with(is_letter))
}

/// A file that does not open with a `//!` header, or whose header opens with a question instead of a noun.
fn missing_header(file: &File) -> Vec<String> {
    let first = file.text.lines().next().unwrap_or_default();
    let is_header = first.strip_prefix("//! ").is_some_and(|header| !header.ends_with('?'));
    if is_header { Vec::new() } else { vec![format!("{}:1: must open with //! and the noun that the file is about", file.name)] }
}

/// A file that is longer than `most` lines.
fn too_long(file: &File) -> Vec<String> {
    let most = if file.name.ends_with(".css") { MOST_STYLE_LINES } else { MOST_LINES };
    let lines = file.text.lines().count();
    if lines > most { vec![format!("{}: has {lines} lines; the most is {most}", file.name)] } else { Vec::new() }
}

#[track_caller]
fn check(files: impl IntoIterator<Item = File>, rule: Rule) {
    let violations: Vec<String> = files.into_iter().flat_map(|file| rule(&file)).collect();
    assert!(violations.is_empty(), "{} violations:\n{}", violations.len(), violations.join("\n"));
}

/// Everything that people read: code, comments, scripts and documents.
fn prose() -> Vec<File> {
    let folders = ["src", "tests", "benches", "embed", "scripts", "styles", "fuzz/fuzz_targets"];
    let endings = ["rs", "mjs", "js", "ts", "css", "html", "sh", "md"];
    let mut all: Vec<File> = folders.into_iter().flat_map(|folder| files(folder, &endings)).collect();
    for name in ["README.md", "ARCHITECTURE.md", "BENCHMARKS.md", "CHANGELOG.md", "Makefile", "Cargo.toml", "index.html"] {
        all.push(File { name: name.into(), text: fs::read_to_string(root().join(name)).expect("a document") });
    }
    all
}

#[test]
fn modules_use_only_modules_above_them() {
    check(modules(), upward_imports);
}

#[test]
fn the_engine_uses_no_clock_storage_or_browser() {
    check(modules(), world_in_engine);
}

#[test]
fn sentences_live_in_wording() {
    check(modules(), stray_sentences);
}

/// The pages have placeholders, which `callmix site` fills from `wording`.
#[test]
fn pages_have_no_sentences_of_their_own() {
    for name in ["index.html", "embed/body.html"] {
        let page = fs::read_to_string(root().join(name)).expect("a page");
        let texts = page.split('>').filter_map(|part| part.split('<').next()).map(str::trim);
        let sentences: Vec<&str> = texts.filter(|text| text.split(' ').count() > 2 && !text.starts_with("[[")).collect();
        assert!(sentences.is_empty(), "{name} has {sentences:?}; sentences belong into src/wording/shell.rs");
        assert!(page.contains("[["), "{name} has no placeholder");
    }
}

/// Whoever reads a type's name must find the one type that has it.
#[test]
fn names_of_types_are_unique() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in modules() {
        for line in file.text.lines() {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
            let is_type = |word: &str| ["struct", "enum", "trait", "type"].contains(&word);
            let words: Vec<&str> = words.by_ref().skip_while(|word| ["super", "crate", "in", "pub"].contains(word)).take(2).collect();
            if let [kind, name] = words[..]
                && is_type(kind)
                && line.trim_start().starts_with("pub")
            {
                places.entry(name.into()).or_default().push(file.name.clone());
            }
        }
    }
    assert!(places.len() > 100, "found {} types", places.len());
    let twice: Vec<_> = places.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn old_words_stay_out_of_use() {
    check(prose(), old_words);
}

#[test]
fn every_rust_file_opens_with_its_noun() {
    check(["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, &["rs"])), missing_header);
}

#[test]
fn no_file_is_too_long() {
    check(["src", "tests", "benches", "embed", "scripts"].into_iter().flat_map(|folder| files(folder, &["rs", "mjs", "js"])), too_long);
    check(files("styles", &["css"]), too_long);
}

/// A rule that reads only a part of a file would pass whatever the rest says, so each rule must find a violation that is
/// planted at the end of the code of every file, before its inline tests.
#[test]
fn rules_find_a_violation_planted_in_any_file() {
    for file in modules() {
        let mut planted: Vec<(Rule, &str)> = vec![(old_words, concat!("// A \"key", " costs\" too much.")), (too_long, "\n\n")];
        if layer_of(module_of(&file.name)) + 1 < LAYERS.len() {
            planted.push((upward_imports, "use {crate::bin as planted};"));
        }
        if is_engine(&file) {
            planted.extend([
                (world_in_engine as Rule, "use std::{env, io};"),
                (world_in_engine, "const PLANTED: Option<HashMap<u8, u8>> = None;"),
            ]);
        }
        if is_engine(&file) && !FLOATS_ALLOWED.contains(&file.name.as_str()) {
            planted.push((world_in_engine, "const PLANTED: Share = 0.5;"));
        }
        if module_of(&file.name) != "wording" {
            planted.push((stray_sentences, "const PLANTED: &str = \"Enter a whole number.\";"));
        }
        for (rule, violation) in planted {
            let violation = if violation.trim().is_empty() { violation.repeat(MOST_LINES) } else { violation.to_owned() };
            assert!(!rule(&planted_in(&file, &violation)).is_empty(), "{}: no rule finds {violation:.60}", file.name);
        }
    }
}

/// The file with a further item, after all others but inline tests.
fn planted_in(file: &File, item: &str) -> File {
    let end = file.text.find("#[cfg(test)]\nmod tests {").unwrap_or(file.text.len());
    let (code, tests) = file.text.split_at(end);
    File { name: file.name.clone(), text: format!("{code}\n{item}\n{tests}") }
}

#[test]
fn headers_that_ask_are_violations() {
    let file = |text: &str| File { name: "src/money.rs".into(), text: text.into() };
    assert_eq!(missing_header(&file("//! Exact amounts.\n")).len(), 0);
    assert_eq!(missing_header(&file("//! What is money?\n")).len(), 1);
    assert_eq!(missing_header(&file("use std::fmt;\n")).len(), 1);
}

#[test]
fn every_style_sheet_has_its_layer_and_is_linked() {
    let page = fs::read_to_string(root().join("index.html")).expect("the page");
    for File { name, text } in files("styles", &["css"]) {
        assert!(text.starts_with("@layer "), "{name} must open with its cascade layer");
        assert!(!text.contains("!important"), "{name} must not use !important");
        assert!(page.contains(&format!("href=\"{name}\"")), "index.html must link {name}");
    }
}

#[test]
fn the_tool_and_the_crate_of_wasm_bindgen_have_the_same_version() {
    let read = |name: &str| fs::read_to_string(root().join(Path::new(name))).expect("a file of the project");
    let manifest = read("Cargo.toml");
    let pinned = manifest.split("wasm-bindgen = { version = \"=").nth(1).and_then(|rest| rest.split('"').next()).expect("an exact pin");
    assert!(
        read("Cargo.lock").contains(&format!("name = \"wasm-bindgen\"\nversion = \"{pinned}\"")),
        "Cargo.lock must have wasm-bindgen {pinned}"
    );
}
