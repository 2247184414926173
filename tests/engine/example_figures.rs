//! Costs in the embedding examples and their documentation, checked against the engine.
//!
//! A dollar amount must end the words "12,000 calls a year cost $44,600.00"; a comment behind a call of `quote` must show
//! the total of its yearly calls. Any other amount fails, so that no figure goes unchecked.

use std::fs;
use std::path::Path;

use callmix::price_book::PriceBook;
use callmix::quote::quote;
use callmix::scenario::Scenario;
use callmix::usage::{Profile, Usage};

const COST: &str = " calls a year cost $";
const CODE: &str = "quote({ usage: { yearly: ";

/// The examples and the README, by path.
fn documents() -> Vec<(String, String)> {
    let embed = Path::new(env!("CARGO_MANIFEST_DIR")).join("embed");
    let mut paths = vec![embed.join("README.md")];
    paths.extend(fs::read_dir(embed.join("examples")).expect("the examples").map(|entry| entry.expect("a file").path()));
    paths.into_iter().map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("text"))).collect()
}

fn total(calls: u64) -> String {
    let usage = Usage::yearly(calls, Profile::Even).expect("a valid volume");
    quote(&Scenario::new(usage), &PriceBook::built_in().expect("valid")).expect("a plan").total.to_string()
}

/// The number at the start of a text, without thousands separators.
fn leading_number(text: &str) -> String {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',']).replace(',', "")
}

fn trailing_number(text: &str) -> &str {
    let start = text.rfind(|c: char| !c.is_ascii_digit() && c != ',').map_or(0, |index| index + 1);
    &text[start..]
}

/// The calls and the cost of each figure in a text, and the amounts that stand alone.
fn figures(text: &str) -> (Vec<(u64, String)>, Vec<String>) {
    let (mut costs, mut alone) = (Vec::new(), Vec::new());
    for (index, _) in text.match_indices('$') {
        let cost = leading_number(&text[index + 1..]);
        if cost.is_empty() {
            continue;
        }
        let calls = text[..=index].strip_suffix(COST).map(|before| trailing_number(before).replace(',', ""));
        match calls.and_then(|calls| calls.parse().ok()) {
            Some(calls) => costs.push((calls, cost)),
            None => alone.push(cost),
        }
    }
    for (index, _) in text.match_indices(CODE) {
        let line = text[index + CODE.len()..].lines().next().unwrap_or_default();
        if let (Ok(calls), Some((_, comment))) = (leading_number(line).parse(), line.split_once("// \"")) {
            costs.push((calls, leading_number(comment)));
        }
    }
    (costs, alone)
}

#[test]
fn embedding_examples_show_the_engines_costs() {
    let mut checked = 0;
    for (path, text) in documents() {
        let (costs, alone) = figures(&text);
        assert_eq!(alone, Vec::<String>::new(), "{path}: amounts without their number of calls");
        for (calls, cost) in costs {
            assert_eq!(cost, total(calls), "{path}: the cost of {calls} calls");
            checked += 1;
        }
    }
    assert!(checked >= 2, "found {checked} figures");
}

#[test]
fn a_figure_is_found_in_prose_and_in_code() {
    let text = r#"12,000 calls a year cost $42,000. About $7 each; ${total}. await quote({ usage: { yearly: 300 } }); // "1260.00""#;
    let found = figures(text);
    assert_eq!(found.0, [(12_000, "42000".to_string()), (300, "1260.00".to_string())]);
    assert_eq!(found.1, ["7"]);
}
