//! Erlang B and the sizing of live traffic.
//!
//! The table is "Maximum offered load versus B and N", as printed in Cisco's Traffic Analysis for Voice over IP and in
//! teletraffic handbooks: the load in erlangs of N lines at which a share B is blocked, to four digits. The bits in
//! `erlang_bits.txt` are compared here natively and in the browser's tests in WebAssembly.

#![expect(clippy::float_arithmetic, reason = "loads are compared, not money")]

use std::fmt::Write as _;

use callmix::capacity::{BusyHour, Concurrency, Growth, LiveTraffic, Load, QueuedWork, erlang_b, fewest_slots, is_enough};
use callmix::json_lines::answer;
use callmix::money::Decimal;
use callmix::price_book::PriceBook;
use callmix::quote::quote;
use callmix::scenario::Scenario;
use callmix::wording::above_maximum_sentence;
use proptest::prelude::*;
use serde_json::Value;

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a decimal")
}

fn live(seconds: &str, busy_hour: BusyHour, accepted: &str) -> LiveTraffic {
    LiveTraffic { seconds_per_call: decimal(seconds), busy_hour, accepted_failure: decimal(accepted) }
}

/// Loads by accepted share: 0.1, 0.5, 1, 2, 5, 10 and 20 percent.
#[track_caller]
fn check(lines: u64, loads: [&str; 7]) {
    for (accepted, load) in ["0.001", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2"].into_iter().zip(loads) {
        let traffic = live("60", BusyHour::Calls(decimal("1")), accepted);
        let found: f64 = traffic.largest_load(lines).to_string().parse().expect("a number");
        let published: f64 = load.parse().expect("a number");
        let decimals = load.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i32);
        // Half a unit of the last published digit; loads here are cut to thousandths.
        let tolerance = 0.5 * 10_f64.powi(-decimals) + 0.001;
        assert!((found - published).abs() <= tolerance, "{lines} lines at {accepted}: {found}, published {published}");
    }
}

#[test]
fn the_largest_loads_agree_with_the_published_table() {
    check(1, ["0.0010", "0.0050", "0.0101", "0.0204", "0.0526", "0.1111", "0.2500"]);
    check(2, ["0.0458", "0.1054", "0.1526", "0.2235", "0.3813", "0.5954", "1.000"]);
    check(3, ["0.1938", "0.3490", "0.4555", "0.6022", "0.8994", "1.271", "1.930"]);
    check(4, ["0.4393", "0.7012", "0.8694", "1.092", "1.525", "2.045", "2.945"]);
    check(5, ["0.7621", "1.132", "1.361", "1.657", "2.219", "2.881", "4.010"]);
    check(10, ["3.092", "3.961", "4.461", "5.084", "6.216", "7.511", "9.685"]);
    check(15, ["6.077", "7.376", "8.108", "9.010", "10.63", "12.48", "15.61"]);
}

#[test]
fn sizes_a_million_erlangs() {
    // At a load of as many erlangs as slots, the blocking is near the square root of 2 / (π × load).
    let blocking = erlang_b(1e6, 1_000_000);
    assert!((blocking - (2.0 / (std::f64::consts::PI * 1e6)).sqrt()).abs() < 1e-6, "{blocking}");
    let load = Load::from(Decimal::from(1_000_000));
    let slots = fewest_slots(&load, decimal("0.01"), 2_000_000).expect("within the most");
    assert!(erlang_b(1e6, slots) <= 0.01 && erlang_b(1e6, slots - 1) > 0.01, "{slots}");
}

/// 1/B(k) = 1 + (1/B(k − 1)) × k / load, from the first slot on.
fn from_the_first_slot(load: f64, slots: u64) -> f64 {
    1.0 / (1..=slots).fold(1.0, |inverse, slots| 1.0 + inverse * (slots as f64 / load))
}

#[test]
fn starting_below_a_large_load_changes_nothing() {
    for (load, slots) in [(1e5, 90_000), (1e5, 100_000), (1e5, 100_900), (5e6, 4_000_000), (5e6, 5_001_000), (1e9, 100_000)] {
        let (short, long) = (erlang_b(load, slots), from_the_first_slot(load, slots));
        assert!((short / long - 1.0).abs() < 1e-12, "{load} {slots}: {short}, {long}");
    }
}

/// B(1, a) = a / (1 + a), B(2, 1) = 1/5, B(2, 2) = 2/5, B(3, 1) = 1/16, B(2, 0.5) = 1/13.
#[test]
fn equality_is_enough() {
    let fewest = |load: &str, accepted: &str| fewest_slots(&Load::from(decimal(load)), decimal(accepted), 50);
    assert_eq!([fewest("1", "0.5"), fewest("1", "0.499999999")], [Some(1), Some(2)]);
    assert_eq!([fewest("0.000000001", "0.000000001"), fewest("999999999", "0.999999999")], [Some(1), Some(1)]);
    assert_eq!([fewest("1", "0.2"), fewest("1", "0.199999999")], [Some(2), Some(3)]);
    assert_eq!([fewest("2", "0.4"), fewest("2", "0.399999999")], [Some(2), Some(3)]);
    assert_eq!([fewest("1", "0.0625"), fewest("1", "0.062499999")], [Some(3), Some(4)]);
    assert_eq!([fewest("0.5", "0.076923077"), fewest("0.5", "0.076923076")], [Some(2), Some(3)]);
    // 280 calls of 30 s are 2.333… erlangs, and B(1) is 7/10.
    let load = live("30", BusyHour::Calls(decimal("280")), "0.7").load(1, Growth::NONE);
    assert_eq!(fewest_slots(&load, decimal("0.7"), 50), Some(1));
}

/// B(1, a) ≤ 3/10 just where a ≤ 3/7. Busiest hours and durations of nine decimals come as close to that as 10^−17 of it.
#[test]
fn loads_closer_to_the_edge_than_a_float_can_tell_are_decided_exactly() {
    // In units of 10^−18, the product of calls and seconds is at most 3600 × 3/7.
    let edge = 10_800 * 10_u128.pow(18) / 7;
    let billionths = |units: u128| Decimal::from_billionths(units).expect("few digits");
    let (mut below, mut above) = (0, 0);
    for seconds in 1_000_000_000_u128..1_000_400_000 {
        let calls = edge / seconds;
        let rest = edge % seconds;
        for (calls, distance) in [(calls, rest), (calls + 1, seconds - rest)] {
            if distance < 20_000 {
                let fits = calls * seconds <= edge;
                *(if fits { &mut below } else { &mut above }) += 1;
                let busy_hour = BusyHour::Calls(billionths(calls));
                let load = LiveTraffic { seconds_per_call: billionths(seconds), busy_hour, accepted_failure: decimal("0.3") };
                assert_eq!(is_enough(&load.load(1, Growth::NONE), 1, decimal("0.3")), fits, "{calls} × {seconds}");
            }
        }
    }
    assert!(below > 0 && above > 0, "{below} below, {above} above");
}

#[test]
fn queued_work_is_sized_exactly_and_needs_at_least_one_slot() {
    let work = |seconds: &str, hours: &str, share: &str| QueuedWork {
        seconds_per_call: decimal(seconds),
        busy_hours_per_month: decimal(hours),
        target_utilisation: decimal(share),
    };
    // 252 s of work, and a slot that is busy for 0.7 × 360 s.
    assert_eq!([840, 841].map(|calls| work("0.3", "0.1", "0.7").slots(calls)), [Some(1), Some(2)]);
    assert_eq!(work("0.000000001", "744", "1").slots(1), Some(1));
    // 10^12 calls of 10^12 s less one are not countable, and more than any price book sells.
    assert_eq!(work("999999999999", "0.000000001", "0.000000001").slots(1_000_000_000_000), None);
    let needed = |concurrency: Concurrency| concurrency.slots_needed(0, 1, Growth::NONE, 50);
    assert_eq!(needed(Concurrency::Queued(work("0.000000001", "744", "1"))), Some(1));
    assert_eq!(needed(Concurrency::Live(live("0.000000001", BusyHour::Calls(decimal("0.000000001")), "0.999999999"))), Some(1));
}

#[test]
fn queued_slots_carry_what_fits_into_all_of_their_hours() {
    let carried = |seconds: &str, hours: &str, slots: u64| {
        let busy_hours_per_month = decimal(hours);
        QueuedWork { seconds_per_call: decimal(seconds), busy_hours_per_month, target_utilisation: decimal("0.5") }.carried(slots)
    };
    assert_eq!([carried("90", "720", 0), carried("90", "720", 1), carried("90", "720", 11)], [0, 28_800, 316_800]);
    assert_eq!([carried("7", "1", 1), carried("7", "0.001", 2), carried("0.7", "0.001", 2)], [514, 1, 10]);
    assert_eq!(carried("0.000000001", "744", 50), 1_000_000_000_000);
}

#[test]
fn a_given_busiest_hour_grows_with_the_year() {
    let traffic = live("60", BusyHour::Calls(decimal("500")), "0.01");
    let share = live("60", BusyHour::Share(decimal("0.005")), "0.01");
    let erlangs = |traffic: LiveTraffic, growth: Growth| traffic.load(100_000, growth).erlangs();
    let fifth_more = Growth::new(1_000_000, 1_200_000);
    assert_eq!([erlangs(traffic, Growth::NONE), erlangs(traffic, fifth_more)], [500.0 / 60.0, 10.0]);
    // A share of the month has grown with the month already, and a year without calls has no proportion.
    assert_eq!([erlangs(share, fifth_more), erlangs(traffic, Growth::new(0, 5))], [500.0 / 60.0; 2]);
}

proptest! {
    /// A share that is the blocking probability rounded up is enough, and rounded down is not.
    #[test]
    fn distinguishes_shares_next_to_the_blocking_probability(load in 1_u64..200_000_000, slots in 1_u64..150) {
        let load = Decimal::from_billionths(u128::from(load) * 1_000_000).expect("few digits");
        let blocking = from_the_first_slot(load.to_string().parse().expect("a number"), slots) * 1e9;
        let share = |billionths: f64| Decimal::from_billionths(billionths as u128).expect("few digits");
        prop_assume!(blocking > 1.0 && blocking < 999_999_999.0 && (blocking - blocking.round()).abs() > 0.01);
        prop_assert!(is_enough(&load.into(), slots, share(blocking.ceil())));
        prop_assert!(!is_enough(&load.into(), slots, share(blocking.floor())));
        prop_assert_eq!(fewest_slots(&load.into(), share(blocking.ceil()), 1_000), Some(slots));
    }
}

#[test]
fn blocking_has_the_same_bits_as_in_the_browser() {
    let file = include_str!("erlang_bits.txt");
    let mut found = String::new();
    for line in file.lines() {
        let mut words = line.split(' ');
        let (load, slots) = (words.next().expect("a load"), words.next().expect("slots"));
        let blocking = erlang_b(load.parse().expect("a load"), slots.parse().expect("slots"));
        let _ = writeln!(found, "{load} {slots} {:016x}", blocking.to_bits());
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
fn a_sizing_shows_what_fails_with_one_slot_fewer_and_one_more() {
    // 8.108 erlangs: 486.48 calls of a minute. B(15) is the published 1%; one fewer and more by the recursion
    // 1/B(k) = 1 + (k / 8.108) / B(k − 1), by hand from B(15).
    let sized = sizing(r#"{"live":{"seconds_per_call":"60","busy_hour_calls":"486.48","accepted_failure":"0.011"}}"#);
    let blocking = &sized["months"][11]["blocking"];
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
    assert_eq!(sized["months"].as_array().map(Vec::len), Some(12));
}

/// The load is that of the slots, however much of it whole calls can use.
#[test]
fn the_load_of_the_most_slots_is_written_in_erlangs_and_whole_calls() {
    let check = |seconds: &str, needed: &str, most: &str| {
        let text = format!(
            r#"{{"usage":{{"yearly":1000}},"concurrency":{{"live":{{"seconds_per_call":"{seconds}","busy_hour_calls":"3000","accepted_failure":"0.01"}}}}}}"#
        );
        let book = PriceBook::built_in().expect("valid");
        let quote = quote(&Scenario::from_json(&text, &book).expect("valid"), &book).expect("an answer");
        let sentence = above_maximum_sentence(&quote.sizing.expect("sized")).expect("above");
        assert_eq!(sentence, format!("You need {needed} the 50 slots sold online. Contact sales. 50 slots {most} in the busiest hour."));
    };
    check("60", "64, more than", "can handle up to 2,274 calls");
    check("86400", "71,370, more than", "can handle up to 1 call");
    check("999999999", "more than", "can’t handle even one call");
}

#[test]
fn a_sizing_shows_what_the_most_slots_carry() {
    // At 1%, fifty slots carry 37.901 erlangs (37.9 in the tables): 2,274 calls of a minute in an hour.
    let sized = sizing(r#"{"live":{"seconds_per_call":"60","busy_hour_calls":"3000","accepted_failure":"0.01"}}"#);
    assert_eq!((&sized["months"][0]["slots"], &sized["max_slots"]), (&Value::Null, &Value::from(50)));
    assert_eq!((&sized["most_erlangs"], &sized["most_calls_per_busy_hour"]), (&Value::from("37.901"), &Value::from(2_274)));
    // With a share of 0.5% of the month's calls in the busiest hour, those are 454,815 calls a month (37.9013 × 60 / 0.005).
    let sized = sizing(r#"{"live":{"seconds_per_call":"60","busy_hour_share":"0.005","accepted_failure":"0.01"}}"#);
    assert_eq!(sized["most_calls_per_month"].as_u64().map(|calls| calls / 100), Some(4_548));
    // A slot is busy 0.8 × 720 hours, 34,560 calls of a minute; fifty carry 1,728,000.
    let sized = sizing(r#"{"queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}}"#);
    assert_eq!((&sized["months"][0]["slots"], &sized["most_calls_per_month"]), (&Value::from(1), &Value::from(1_728_000)));
    assert_eq!((&sized["most_erlangs"], sized["months"][0].get("blocking")), (&Value::Null, None));
}
