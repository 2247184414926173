//! Does Erlang B agree with published tables, to the digit, and with itself on every platform, to the bit?
//!
//! The table is "Maximum offered load versus B and N", as printed in Cisco's Traffic Analysis for Voice over IP and in
//! teletraffic handbooks: the erlangs that N lines carry when a share B may be blocked, to four digits. The bits in
//! `erlang_bits.txt` are compared here natively and in the browser's tests in WebAssembly.

#![expect(clippy::float_arithmetic, reason = "loads are compared, not money")]

use std::fmt::Write as _;

use callmix::capacity::{BusyHour, LiveTraffic, erlang_b, servers_for};
use callmix::json_lines::answer;
use callmix::money::Decimal;
use callmix::price_book::PriceBook;
use callmix::quote::quote;
use callmix::scenario::Scenario;
use callmix::wording::above_maximum_sentence;
use serde_json::Value;

/// Loads by accepted share: 0.1, 0.5, 1, 2, 5, 10 and 20 percent.
#[track_caller]
fn check(lines: u64, loads: [&str; 7]) {
    let exact = |text: &str| Decimal::parse(text).expect("a decimal");
    for (accepted, load) in ["0.001", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2"].into_iter().zip(loads) {
        let busy_hour = BusyHour::Calls(exact("1"));
        let traffic = LiveTraffic { seconds_per_call: exact("60"), busy_hour, accepted_failure: exact(accepted) };
        let found: f64 = traffic.largest_load(lines).to_string().parse().expect("a number");
        let published: f64 = load.parse().expect("a number");
        let decimals = load.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i32);
        // Half a unit of the last published digit; loads here are cut to thousandths.
        let tolerance = 0.5 * 10_f64.powi(-decimals) + 0.001;
        assert!((found - published).abs() <= tolerance, "{lines} lines at {accepted}: {found}, published {published}");
    }
}

#[test]
fn loads_agree_with_the_published_table() {
    check(1, ["0.0010", "0.0050", "0.0101", "0.0204", "0.0526", "0.1111", "0.2500"]);
    check(2, ["0.0458", "0.1054", "0.1526", "0.2235", "0.3813", "0.5954", "1.000"]);
    check(3, ["0.1938", "0.3490", "0.4555", "0.6022", "0.8994", "1.271", "1.930"]);
    check(4, ["0.4393", "0.7012", "0.8694", "1.092", "1.525", "2.045", "2.945"]);
    check(5, ["0.7621", "1.132", "1.361", "1.657", "2.219", "2.881", "4.010"]);
    check(10, ["3.092", "3.961", "4.461", "5.084", "6.216", "7.511", "9.685"]);
    check(15, ["6.077", "7.376", "8.108", "9.010", "10.63", "12.48", "15.61"]);
}

#[test]
fn a_million_erlangs_are_stable() {
    // At a load of as many erlangs as servers, the blocking is near the square root of 2 / (π × load).
    let blocking = erlang_b(1e6, 1_000_000);
    assert!((blocking - (2.0 / (std::f64::consts::PI * 1e6)).sqrt()).abs() < 1e-6, "{blocking}");
    let servers = servers_for(1e6, 0.01, 2_000_000).expect("within the most");
    assert!(erlang_b(1e6, servers) <= 0.01 && erlang_b(1e6, servers - 1) > 0.01, "{servers}");
}

#[test]
fn bits_are_those_of_the_file() {
    let file = include_str!("erlang_bits.txt");
    let mut found = String::new();
    for line in file.lines() {
        let mut words = line.split(' ');
        let (load, servers) = (words.next().expect("a load"), words.next().expect("servers"));
        let blocking = erlang_b(load.parse().expect("a load"), servers.parse().expect("servers"));
        let _ = writeln!(found, "{load} {servers} {:016x}", blocking.to_bits());
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/engine/erlang_bits.txt"), &found).expect("written");
    }
    assert!(file.lines().count() >= 20);
    assert_eq!(found, file);
}

fn sizing(sizing: &str) -> Value {
    let text = answer(format!(r#"{{"usage":{{"yearly":120000}},"concurrency":{sizing}}}"#), &PriceBook::built_in().expect("valid"));
    serde_json::from_str::<Value>(&text.expect(sizing)).expect("JSON")["sizing"].clone()
}

#[test]
fn live_traffic_tells_what_fails() {
    // 8.108 erlangs: 486.48 calls of a minute. B(15) is the published 1 %; one fewer and more by the recursion
    // 1/B(k) = 1 + (k / 8.108) / B(k − 1), by hand from B(15).
    let told = sizing(r#"{"live":{"seconds_per_call":"60","busy_hour_calls":"486.48","accepted_failure":"0.011"}}"#);
    let blocking = &told["months"][11]["blocking"];
    let near = |index: usize, slots: u64, share: f64| {
        let row = &blocking[index];
        let number = |name: &str| row[name].as_str().expect("text").parse::<f64>().expect("a number");
        assert_eq!(row["slots"], slots);
        assert!((number("share") - share).abs() < 1e-6, "{row}");
        assert!((number("failing_calls") - number("share") * 486.48).abs() < 1e-6, "{row}");
    };
    let fifteen = erlang_b(8.108, 15);
    near(1, 15, fifteen);
    near(0, 14, 15.0 / 8.108 / (1.0 / fifteen - 1.0));
    near(2, 16, 1.0 / (1.0 + 16.0 / 8.108 / fifteen));
    assert!((fifteen - 0.01).abs() < 1e-5);
    assert_eq!(told["months"].as_array().map(Vec::len), Some(12));
}

/// The load is that of the slots, whatever share of it whole calls can use.
#[test]
fn what_the_maximum_carries_is_said_in_erlangs_and_whole_calls() {
    let check = |seconds: &str, most: &str| {
        let text = format!(
            r#"{{"usage":{{"yearly":1000}},"concurrency":{{"live":{{"seconds_per_call":"{seconds}","busy_hour_calls":"3000","accepted_failure":"0.01"}}}}}}"#
        );
        let book = PriceBook::built_in().expect("valid");
        let quote = quote(&Scenario::from_json(&text, &book).expect("valid"), &book).expect("an answer");
        let said = above_maximum_sentence(&quote.sizing.expect("sized")).expect("above");
        assert_eq!(said, format!("You need more than the 50 slots sold online. Contact sales. 50 slots {most} in the busiest hour."));
    };
    check("60", "can handle up to 2,274 calls");
    check("86400", "can handle up to 1 call");
    check("999999999", "can’t handle even one call");
}

#[test]
fn the_maximum_carries_so_much() {
    // At 1 % fifty slots carry 37.901 erlangs (37.9 in the tables): 2,274 calls of a minute in an hour.
    let told = sizing(r#"{"live":{"seconds_per_call":"60","busy_hour_calls":"3000","accepted_failure":"0.01"}}"#);
    assert_eq!((&told["months"][0]["slots"], &told["max_slots"]), (&Value::Null, &Value::from(50)));
    assert_eq!((&told["most_erlangs"], &told["most_calls_per_busy_hour"]), (&Value::from("37.901"), &Value::from(2_274)));
    // With a share of 0.5 % of the month's calls in the busy hour, those are 454,815 calls a month (37.9013 × 60 / 0.005).
    let told = sizing(r#"{"live":{"seconds_per_call":"60","busy_hour_share":"0.005","accepted_failure":"0.01"}}"#);
    assert_eq!(told["most_calls_per_month"].as_u64().map(|calls| calls / 100), Some(4_548));
    // A slot is busy 0.8 × 720 hours, 34,560 calls of a minute; fifty carry 1,728,000.
    let told = sizing(r#"{"queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}}"#);
    assert_eq!((&told["months"][0]["slots"], &told["most_calls_per_month"]), (&Value::from(1), &Value::from(1_728_000)));
    assert_eq!((&told["most_erlangs"], told["months"][0].get("blocking")), (&Value::Null, None));
}
