//! Quotes computed by hand from the price page.
//!
//! One-line cases at the edges of tiers, packages, slots and months. Source: the built-in price book's page
//! (<https://www.tencentcloud.com/document/product/1248/66165>). `UPDATE_GOLDEN=1` rewrites the complete bills in `bills/`.

use callmix::json_lines::answer;
use callmix::price_book::{PriceBook, Service, TierBasis};
use callmix::settlement::{Account, Lot, Mode, MonthUse, Postpaid, Settlement, SettlementError, Terms, settle};
use serde_json::Value;

/// The quote of a scenario with calls in the first months only, and with `further` fields.
#[track_caller]
fn quoted(first_months: &[u64], further: &str) -> Value {
    let mut months = [0; 12];
    months[..first_months.len()].copy_from_slice(first_months);
    let comma = if further.is_empty() { "" } else { "," };
    let scenario = format!(r#"{{"usage":{{"monthly":{months:?}}}{comma}{further}}}"#);
    let quote = answer(&scenario, &PriceBook::built_in().expect("valid"));
    serde_json::from_str(&quote.expect(&scenario)).expect("JSON")
}

/// A year's calls spread evenly, by the formula of the pricing rules.
fn even(calls: u64) -> [u64; 12] {
    std::array::from_fn(|i| calls * (i as u64 + 1) / 12 - calls * i as u64 / 12)
}

/// A price book of one service, as a field of a scenario.
fn book(packages: &str, tiers: &str, concurrent: &str) -> String {
    format!(
        r#""price_book":{{"version":"v","currency":"USD","services":[{{"id":"s","name":"S","packages":[{packages}],
            "package_validity_months":12,"tiers":[{tiers}],"concurrent":{concurrent}}}]}}"#
    )
}

/// Purchases as text: `1:100 5:1000x2` is a package of 100 calls in month 1 and two of 1,000 in month 5.
fn purchases(quote: &Value) -> String {
    let row = |row: &Value| match (&row["month"], &row["calls"], &row["count"]) {
        (month, calls, count) if *count == 1 => format!("{month}:{calls}"),
        (month, calls, count) => format!("{month}:{calls}x{count}"),
    };
    quote["purchases"].as_array().expect("a list").iter().map(row).collect::<Vec<_>>().join(" ")
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".into(),
        other => other.to_string(),
    }
}

/// A field of each month.
fn column(quote: &Value, name: &str) -> Vec<String> {
    quote["months"].as_array().expect("twelve months").iter().map(|month| cell(&month[name])).collect()
}

#[track_caller]
fn check(first_months: &[u64], further: &str, total: &str, bought: &str) {
    let quote = quoted(first_months, further);
    assert_eq!((quote["total"].as_str(), purchases(&quote).as_str()), (Some(total), bought), "{first_months:?} {further}");
}

#[test]
fn quotes_the_examples_of_the_price_page() {
    check(&[25; 12], "", "1260.00", "1:100 5:100 9:100"); // 420 × 3
    check(&[1_100], r#""free_calls":5"#, "4161.00", ""); // (1100 − 5) × 3.8
}

#[track_caller]
fn check_month(calls: u64, postpaid_only: &str, total: &str, bought: &str) {
    assert_eq!(quoted(&[calls], "")["alternatives"][1]["total"], postpaid_only, "{calls} calls by postpaid");
    check(&[calls], "", total, bought);
}

#[test]
fn charges_one_month_at_the_tier_edges() {
    check_month(0, "0.00", "0.00", "");
    check_month(1, "4.80", "4.80", "");
    check_month(99, "475.20", "420.00", "1:100"); // 99 × 4.8
    check_month(100, "420.00", "420.00", ""); // 100 × 4.2; a package costs the same, and less for packages wins
    check_month(101, "424.20", "424.20", ""); // a package and one call would be 424.80
    check_month(999, "4195.80", "3800.00", "1:1000"); // 999 × 4.2
    check_month(1_000, "3800.00", "3800.00", "");
    check_month(1_001, "3803.80", "3803.80", "");
    check_month(9_999, "37996.20", "37000.00", "1:10000"); // 9,999 × 3.8
    check_month(10_000, "35000.00", "35000.00", "");
    check_month(10_001, "35003.50", "35003.50", "");
    check_month(100_000, "350000.00", "350000.00", ""); // the largest package costs the same
}

/// Months in which more calls would cost less by postpaid.
#[test]
fn charges_cliffs_in_full_unless_a_package_is_cheaper() {
    check_month(88, "422.40", "420.00", "1:100");
    check_month(904, "3796.80", "3796.80", "");
    check_month(905, "3801.00", "3800.00", "1:1000");
    check_month(9_210, "34998.00", "34998.00", "");
    check_month(9_211, "35001.80", "35001.80", ""); // 10,000 calls would be 35,000, but no package is as cheap
    check_month(9_736, "36996.80", "36996.80", "");
    check_month(9_737, "37000.60", "37000.00", "1:10000");
}

/// Even months stay in low tiers, so packages decide the total.
#[test]
fn charges_an_even_year_at_the_package_sizes() {
    check(&even(87), "", "417.60", ""); // 87 × 4.8
    check(&even(99), "", "420.00", "1:100");
    check(&even(100), "", "420.00", "1:100");
    check(&even(101), "", "424.80", "1:100"); // the last call by postpaid
    check(&even(999), "", "3800.00", "1:1000");
    check(&even(1_000), "", "3800.00", "1:1000");
    check(&even(1_001), "", "3804.80", "1:1000");
    // Nine packages of 1,000, and 666 calls at 4.2 in months with 100 or more postpaid calls; one more call would make 37,001.40.
    assert_eq!(quoted(&even(9_666), "")["total"], "36997.20");
    check(&even(9_667), "", "37000.00", "1:10000");
    check(&even(9_999), "", "37000.00", "1:10000");
    check(&even(10_000), "", "37000.00", "1:10000");
    check(&even(10_001), "", "37004.80", "1:10000");
}

#[test]
fn uses_free_calls_first_even_if_that_costs_a_tier() {
    check(&[5], r#""free_calls":5"#, "0.00", "");
    check(&[6], r#""free_calls":5"#, "4.80", "");
    check(&[12], r#""free_calls":1000000000000"#, "0.00", "");
    check(&[10_000], r#""free_calls":5"#, "37000.00", "1:10000");
    assert_eq!(quoted(&[10_000], r#""free_calls":5"#)["alternatives"][1]["total"], "37981.00"); // 9,995 × 3.8
}

#[test]
fn reads_the_tier_from_billed_or_from_all_calls() {
    check(&[10_000], r#""free_calls":5,"tier_basis":"all""#, "34982.50", ""); // 9,995 × 3.5
    check(&[1_100], r#""free_calls":150,"tier_basis":"billed""#, "3800.00", "1:1000"); // 950 × 4.2 would be 3,990
    check(&[1_100], r#""free_calls":150,"tier_basis":"all""#, "3610.00", ""); // 950 × 3.8
    let owned = r#""owned_packages":[{"calls":1000,"months_left":1}]"#;
    check(&[1_100], owned, "420.00", "");
    check(&[1_100], &format!(r#"{owned},"tier_basis":"all""#), "380.00", ""); // 100 × 3.8
}

#[test]
fn buys_packages_where_postpaid_is_off() {
    let off = r#""postpaid":false"#;
    check(&[1], off, "420.00", "1:100");
    check(&[101], off, "840.00", "1:100x2");
    check(&[900], off, "3780.00", "1:100x9");
    check(&[901], off, "3800.00", "1:1000");
}

#[test]
fn subtracts_discounts_from_list_prices_exactly() {
    let discount = r#""discount":{"packages":"10","postpaid":"0","concurrent":"5"},"concurrency":{"slots":4}"#;
    check(&[25; 12], discount, "1134.00", "1:100 5:100 9:100"); // 378 × 3
    check(&[100], discount, "378.00", "1:100"); // no longer equal to 420 by postpaid
    check(&[10_000], discount, "27360.00", ""); // 4 slots × 6,840
    check(&[1], r#""discount":{"postpaid":"12.34"}"#, "4.20768", "");
    check(&[99], r#""discount":{"postpaid":"100"}"#, "0.00", "");
}

#[test]
fn quotes_the_largest_year() {
    check(&even(1_000_000_000_000), "", "3500000000000.00", ""); // × 3.5
    check(&[1_000_000_000_000], r#""postpaid":false"#, "3500000000000.00", "1:100000x10000000");
    check(&even(1_000_000_000_000), r#""concurrency":{"slots":50}"#, "4320000.00", ""); // 12 × 50 × 7,200
}

#[test]
fn accepts_unusual_price_books() {
    let rising = book(r#"{"calls":1,"price":"2"}"#, r#"{"from":0,"unit_price":"1"},{"from":10,"unit_price":"5"}"#, "null");
    check(&[9], &rising, "9.00", "");
    check(&[10], &rising, "11.00", "1:1"); // 9 postpaid calls stay below the expensive tier; without a package, 10 × 5
    let bare = book("", r#"{"from":0,"unit_price":"0.075"}"#, "null");
    check(&[3], &format!(r#"{bare},"concurrency":{{"slots":0}}"#), "0.225", ""); // ignored: there is no concurrent billing
}

/// Checks the three alternatives, each as a total or as the reason why it is not available.
#[track_caller]
fn check_alternatives(first_months: &[u64], further: &str, expected: [&str; 3]) {
    let quote = quoted(first_months, further);
    let rows = quote["alternatives"].as_array().expect("three rows");
    let found: Vec<_> = rows.iter().map(|row| row["total"].as_str().or(row["reason"].as_str()).expect("either")).collect();
    assert_eq!(found, expected, "{first_months:?} {further}");
}

#[test]
fn lists_totals_or_reasons_for_each_strategy() {
    check_alternatives(&[25; 12], "", ["1260.00", "1440.00", "slots_unknown"]);
    check_alternatives(&[], r#""postpaid":false"#, ["0.00", "0.00", "0.00"]);
    check_alternatives(&[1], r#""postpaid":false"#, ["420.00", "postpaid_off", "slots_unknown"]);
    check_alternatives(&[5], r#""postpaid":false,"free_calls":5"#, ["0.00", "0.00", "slots_unknown"]);
    check_alternatives(&[1], r#""concurrency":{"slots":50}"#, ["420.00", "4.80", "360000.00"]);
    check_alternatives(&[1], r#""concurrency":{"slots":51}"#, ["420.00", "4.80", "slots_above_maximum"]);
    let tiers = book("", r#"{"from":0,"unit_price":"1"}"#, "null");
    check_alternatives(&[1], &tiers, ["not_offered", "1.00", "not_offered"]);
    let packages = book(r#"{"calls":1,"price":"2"}"#, "", "null");
    check_alternatives(&[1], &packages, ["2.00", "not_offered", "not_offered"]);
    check_alternatives(&[1], &format!(r#"{packages},"postpaid":false"#), ["2.00", "postpaid_off", "not_offered"]);
}

/// Checks the first cells of a column.
#[track_caller]
fn check_column(first_months: &[u64], further: &str, name: &str, cells: &str) {
    let expected: Vec<_> = cells.split(' ').collect();
    assert_eq!(column(&quoted(first_months, further), name)[..expected.len()], expected, "{name} of {first_months:?} {further}");
}

#[test]
fn expires_packages_at_the_end_of_their_last_month() {
    let owned = r#""owned_packages":[{"calls":350,"months_left":3}]"#;
    check(&[100; 12], owned, "3780.00", ""); // nine months of 420
    check_column(&[100; 12], owned, "prepaid_left", "250 150 50 0");
    check_column(&[100; 12], owned, "expired", "0 0 50 0");
    // The package that expires first is used first, in whichever order they are listed.
    let two = r#""owned_packages":[{"calls":60,"months_left":12},{"calls":60,"months_left":1}]"#;
    check_column(&[50, 50], two, "prepaid_left", "70 10 10 10 10 10 10 10 10 10 10 10");
    check_column(&[50, 50], two, "expired", "10 0 0 0 0 0 0 0 0 0 0 10");
    // A package bought in month 1 expires with month 12; one bought in month 2 outlives the year.
    check_column(&[88], "", "expired", "0 0 0 0 0 0 0 0 0 0 0 12");
    check_column(&[0, 88], "", "expired", "0 0 0 0 0 0 0 0 0 0 0 0");
    assert_eq!((&quoted(&[88], "")["unused_prepaid"], &quoted(&[0, 88], "")["unused_prepaid"]), (&12.into(), &12.into()));
}

/// Checks the modes: `p` for per call and `c` for concurrent.
#[track_caller]
fn check_modes(first_months: &[u64], further: &str, total: &str, modes: &str) {
    check(first_months, further, total, "");
    let found: String = column(&quoted(first_months, further), "mode").iter().map(|mode| &mode[..1]).collect();
    assert_eq!(found, modes, "{first_months:?} {further}");
}

#[test]
fn chooses_concurrent_months_where_they_are_cheaper() {
    let slots = |slots: &str| format!(r#""concurrency":{{"slots":{slots}}}"#);
    check_modes(&[10_000], &slots("4"), "28800.00", "cccccccccccc"); // 4 × 7,200; months without calls keep the mode
    check_modes(&[10_000], &slots("5"), "35000.00", "pppppppppppp"); // 36,000 is more than postpaid
    check_modes(&[72_000], &slots("35"), "252000.00", "pppppppppppp"); // equal costs: the mode does not change
    check_modes(&[72_001], &slots("35"), "252000.00", "cccccccccccc");
    check_modes(&[0, 10_000, 0, 10_000], &slots("4"), "57600.00", "pccccccccccc");
    let some = slots("[4,1,4,1,1,1,1,1,1,1,1,1]");
    check_modes(&[10_000, 10, 10_000, 0, 10], &some, "57696.00", "cpccpppppppp"); // twice 28,800 and twice 48
    check_column(&[10_000, 10, 10_000, 0, 10], &some, "slots", "4 0 4 0 0");
    // 50 slots, 360,000, are the maximum; a month that needs more stays per call.
    check_modes(&[102_858], &slots("50"), "360000.00", "cccccccccccc");
    check_modes(&[102_858], &slots("51"), "360003.00", "pppppppppppp"); // × 3.5
    let free = r#""free_calls":50,"concurrency":{"slots":4}"#;
    check_modes(&[10_000, 50], free, "28800.00", "cppppppppppp");
    check_column(&[10_000, 50], free, "free", "0 50 0"); // a concurrent month uses none, and no package
    let owned = r#""owned_packages":[{"calls":200,"months_left":1}],"concurrency":{"slots":4}"#;
    check_modes(&[10_000], owned, "28800.00", "cccccccccccc");
    check_column(&[10_000], owned, "expired", "200 0");
}

/// Checks the charge of a month in slots of 7,200.
#[track_caller]
fn check_slots(calls: u64, sizing: &str, charge: &str) {
    let row = &quoted(&[calls], &format!(r#""concurrency":{{{sizing}}}"#))["alternatives"][2];
    assert_eq!(row["total"].as_str().or(row["reason"].as_str()), Some(charge), "{calls} calls, {sizing}");
}

#[test]
fn sizes_queued_work_by_target_utilisation() {
    let queued = r#""queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}"#;
    check_slots(0, queued, "0.00");
    check_slots(1, queued, "7200.00");
    check_slots(34_560, queued, "7200.00"); // 720 × 3600 × 0.8 ÷ 60
    check_slots(34_561, queued, "14400.00");
    check_slots(1_728_000, queued, "360000.00"); // 50 times as many
    check_slots(1_728_001, queued, "slots_above_maximum");
    // 0.1 s is not a binary fraction, but 36,000 of them are exactly one hour.
    let short = r#""queued":{"seconds_per_call":"0.1","busy_hours_per_month":"1","target_utilisation":"1"}"#;
    check_slots(36_000, short, "7200.00");
    check_slots(36_001, short, "14400.00");
}

/// B(1, a) = a/(1+a); B(2, 1) = 1/5; B(3, 1) = 1/16; and the rules' own B(15, 8.108) = 1 %.
#[test]
fn sizes_live_traffic_by_accepted_failures() {
    let live = |calls, share| format!(r#""live":{{"seconds_per_call":"60","busy_hour_calls":"{calls}","accepted_failure":"{share}"}}"#);
    check_slots(1, &live("60", "0.5"), "7200.00");
    check_slots(1, &live("60", "0.499999999"), "14400.00");
    check_slots(1, &live("60.1", "0.5"), "14400.00");
    check_slots(1, &live("60", "0.2"), "14400.00");
    check_slots(1, &live("60", "0.0625"), "21600.00");
    check_slots(1, &live("60", "0.0624"), "28800.00");
    check_slots(1, &live("486.4", "0.01"), "108000.00"); // 8.107 erlangs, 15 slots
    check_slots(1, &live("486.6", "0.01"), "115200.00"); // 8.110 erlangs, 16 slots
    // The same load as a share: half of 120 calls are 60 calls.
    let share = r#""live":{"seconds_per_call":"60","busy_hour_share":"0.5","accepted_failure":"0.5"}"#;
    check_slots(120, share, "7200.00");
    check_slots(121, share, "14400.00");
    // 158.333 erlangs at 3 % need 168 slots: 9,499.98 calls of a minute.
    let sizing = format!(r#""concurrency":{{{}}}"#, live("9499.98", "0.03"));
    for (max_slots, concurrent) in [(168, "168.00"), (167, "slots_above_maximum")] {
        let slots = book("", r#"{"from":0,"unit_price":"1"}"#, &format!(r#"{{"price_per_slot_month":"1","max_slots":{max_slots}}}"#));
        check_alternatives(&[1], &format!("{slots},{sizing}"), ["not_offered", "1.00", concurrent]);
    }
}

/// Settles a month of an account with 5 free calls, 10 and 20 owned and 30 and 40 new ones; and the packages' balances.
fn settled(service: &Service, postpaid: Postpaid, month: u32, mode: Mode, calls: u64) -> (Result<Settlement, SettlementError>, Vec<u64>) {
    let [late, early, old, new] = [(10, 3), (20, 2), (30, 12), (40, 12)].map(|(calls, last_month)| Lot { calls, last_month });
    let mut account = Account::new(5, vec![late, early]);
    account.buy(old);
    account.buy(new);
    let terms = Terms { service, postpaid, tier_basis: TierBasis::Billed };
    let settled = settle(&terms, &MonthUse { month, mode, calls, slots: 2 }, &mut account);
    (settled, account.lots().map(|lot| lot.calls).collect())
}

#[track_caller]
fn check_order(calls: u64, shares: [u64; 3], left: &[u64]) {
    let book = PriceBook::built_in().expect("valid");
    let (settlement, lots) = settled(&book.services()[0], Postpaid::On, 1, Mode::PerCall, calls);
    let Settlement { free, prepaid, postpaid, prepaid_left, .. } = settlement.expect("settled");
    assert_eq!(([free, prepaid, postpaid], lots.as_slice(), prepaid_left), (shares, left, left.iter().sum()), "{calls} calls");
}

#[test]
fn pays_from_free_calls_then_owned_then_new_packages_then_postpaid() {
    check_order(0, [0, 0, 0], &[20, 10, 30, 40]);
    check_order(5, [5, 0, 0], &[20, 10, 30, 40]);
    check_order(6, [5, 1, 0], &[19, 10, 30, 40]);
    check_order(25, [5, 20, 0], &[10, 30, 40]);
    check_order(26, [5, 21, 0], &[9, 30, 40]);
    check_order(36, [5, 31, 0], &[29, 40]);
    check_order(66, [5, 61, 0], &[39]);
    check_order(105, [5, 100, 0], &[]);
    check_order(106, [5, 100, 1], &[]);
}

#[test]
fn rejects_calls_that_nothing_covers() {
    let book = PriceBook::built_in().expect("valid");
    let service = &book.services()[0];
    let text = r#"{"version":"1","currency":"USD","services":[{"id":"s","name":"S","packages":[{"calls":100,"price":"420"}],
        "package_validity_months":12,"tiers":[],"concurrent":null}]}"#;
    let packages_only = PriceBook::from_json(text).expect("valid");
    let bare = &packages_only.services()[0];
    let month_1 = |service, postpaid, mode, calls| settled(service, postpaid, 1, mode, calls).0.map(|settled| settled.postpaid);
    assert_eq!(month_1(service, Postpaid::Off, Mode::PerCall, 105), Ok(0));
    assert_eq!(month_1(service, Postpaid::Off, Mode::PerCall, 107), Err(SettlementError::CallsFail { calls: 2 }));
    assert_eq!(month_1(bare, Postpaid::On, Mode::PerCall, 107), Err(SettlementError::CallsFail { calls: 2 }));
    assert_eq!(month_1(bare, Postpaid::On, Mode::Concurrent, 1), Err(SettlementError::NoSlots));
}

#[test]
fn expires_packages_in_every_mode_and_without_calls() {
    let book = PriceBook::built_in().expect("valid");
    for (month, expired) in [(1, 0), (2, 20), (3, 30), (12, 100)] {
        for mode in [Mode::PerCall, Mode::Concurrent] {
            let (settlement, lots) = settled(&book.services()[0], Postpaid::On, month, mode, 0);
            let expected = Settlement { prepaid_left: 100, expired, ..Settlement::default() };
            assert_eq!((settlement, lots.iter().sum()), (Ok(expected), 100 - expired), "month {month}, {mode:?}");
        }
    }
}

/// A bill as an aligned text table: a row per month, then the purchases and the total.
fn bill(quote: &Value) -> String {
    const COLUMNS: &str = "month mode calls free prepaid postpaid unit_price postpaid_charge slots concurrent_charge package_charge \
        charge prepaid_left expired";
    let columns: Vec<_> = COLUMNS.split(' ').map(|name| [vec![name.to_string()], column(quote, name)].concat()).collect();
    let mut text = String::new();
    for row in 0..=12 {
        for cells in &columns {
            let width = cells.iter().map(String::len).max().unwrap_or(0);
            text += &format!("{:>width$}  ", cells[row]);
        }
        text = format!("{}\n", text.trim_end());
    }
    for row in quote["purchases"].as_array().expect("a list") {
        let [month, count, calls, amount] = ["month", "count", "calls", "amount"].map(|name| cell(&row[name]));
        text += &format!("buy in month {month}: {count} x {calls} calls for {amount}\n");
    }
    text + &format!("total {} {}\n", cell(&quote["total"]), cell(&quote["currency"]))
}

#[track_caller]
fn check_bill(name: &str, first_months: &[u64], further: &str, total: &str) {
    let quote = quoted(first_months, further);
    assert_eq!(quote["total"], total, "{name}");
    let path = format!("{}/tests/engine/bills/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|update| update == "1") {
        std::fs::write(&path, bill(&quote)).expect("a writable file");
    }
    assert_eq!(bill(&quote), std::fs::read_to_string(&path).expect("a bill; UPDATE_GOLDEN=1 writes it"), "{name}");
}

#[test]
fn writes_the_expected_bills() {
    check_bill("prepaid_example", &[25; 12], "", "1260.00");
    check_bill("postpaid_example", &[1_100], r#""free_calls":5"#, "4161.00");
    // 1,310 calls beyond free and owned ones: 1,000 for 3,800, three times 100 for 420, and the last ten at 4.8.
    let owned = r#""free_calls":50,"owned_packages":[{"calls":250,"months_left":3}]"#;
    check_bill("owned_and_bought", &[120, 120, 120, 120, 0, 0, 950, 120, 0, 0, 0, 60], owned, "5108.00");
    // 8,500 calls beyond the free ones: eight packages at 3,420 and five at 378; twice two slots at 6,840.
    let peak = r#""free_calls":500,"discount":{"packages":"10","concurrent":"5"},"concurrency":
        {"queued":{"seconds_per_call":"60","busy_hours_per_month":"720","target_utilisation":"0.8"}}"#;
    check_bill("peak_in_slots", &[1_000, 0, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 40_000, 40_000], peak, "56610.00");
}
